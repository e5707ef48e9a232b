"""What a role may do at the doors that are no operation of an API: S3, functions' URLs, and queues with policies."""

import json
import urllib.error
import urllib.request

import boto3
import botocore.auth
import botocore.awsrequest
import botocore.credentials
import pytest
from botocore.exceptions import ClientError

from functions import function
from server import Server, running

ACCOUNT = "000000000000"
TRUST = json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}, "Action": "sts:AssumeRole"}]})


def enforcing(data_dir):
    server = Server(data_dir, "serve", "--iam", "enforce")
    server.endpoint = "http://" + server.wait_for_line(r"127\.0\.0\.1:[1-9]\d*")
    server.wait_until_ready()
    return server


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    with running(enforcing, tmp_path_factory.mktemp("doors")) as server:
        yield server


@pytest.fixture
def role(node, request):
    """Makes the test's role with what it may, and answers the credentials of one who has assumed it."""
    name = f"role-{request.node.name[-40:]}"

    def make(*statements):
        iam = node.client("iam")
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        if statements:
            document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
            iam.put_role_policy(RoleName=name, PolicyName="own", PolicyDocument=document)
        arn = f"arn:aws:iam::{ACCOUNT}:role/{name}"
        assumed = node.client("sts").assume_role(RoleArn=arn, RoleSessionName="me")["Credentials"]
        return arn, {
            "aws_access_key_id": assumed["AccessKeyId"],
            "aws_secret_access_key": assumed["SecretAccessKey"],
            "aws_session_token": assumed["SessionToken"],
        }

    return make


def as_role(node, service, keys):
    return boto3.client(service, region_name="us-east-1", endpoint_url=node.endpoint, **keys)


def allow(action, resource, **more):
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def refused(call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]


def test_s3_asks_what_a_role_may(node, role):
    node.client("s3").create_bucket(Bucket="own-bucket")
    node.client("s3").put_object(Bucket="own-bucket", Key="a/1", Body=b"1")
    arn = "arn:aws:s3:::own-bucket"
    only_a = {"Condition": {"StringLike": {"s3:prefix": "a/*"}}}
    _, keys = role(allow("s3:GetObject", f"{arn}/a/*"), allow("s3:ListBucket", arn, **only_a), allow("s3:DeleteObject", f"{arn}/a/*"))
    s3 = as_role(node, "s3", keys)
    assert s3.get_object(Bucket="own-bucket", Key="a/1")["Body"].read() == b"1"
    assert s3.list_objects_v2(Bucket="own-bucket", Prefix="a/")["KeyCount"] == 1
    assert refused(s3.list_objects_v2, Bucket="own-bucket", Prefix="b/")["Code"] == "AccessDenied"
    error = refused(s3.put_object, Bucket="own-bucket", Key="a/2", Body=b"2")
    assert error["Code"] == "AccessDenied"
    assert error["Message"].endswith(
        'is not authorized to perform: s3:PutObject on resource: "arn:aws:s3:::own-bucket/a/2" '
        "because no identity-based policy allows the s3:PutObject action"
    )
    copy = {"Bucket": "own-bucket", "Key": "a/1"}
    assert refused(s3.copy_object, Bucket="own-bucket", Key="a/3", CopySource=copy)["Code"] == "AccessDenied"
    deleted = s3.delete_objects(Bucket="own-bucket", Delete={"Objects": [{"Key": "a/1"}, {"Key": "b/1"}]})
    assert [it["Key"] for it in deleted["Deleted"]] == ["a/1"]
    assert [(it["Key"], it["Code"]) for it in deleted["Errors"]] == [("b/1", "AccessDenied")]
    assert refused(s3.list_buckets)["Code"] == "AccessDenied"


def test_a_bucket_policy_allows_and_denies_roles(node, role):
    s3 = node.client("s3")
    s3.create_bucket(Bucket="policy-bucket")
    arn, keys = role(allow("s3:PutObject", "*"))
    resource = "arn:aws:s3:::policy-bucket/*"
    statements = [
        {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "s3:GetObject", "Resource": resource},
        {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject", "Resource": f"{resource[:-1]}secret/*"},
    ]
    s3.put_bucket_policy(Bucket="policy-bucket", Policy=json.dumps({"Version": "2012-10-17", "Statement": statements}))
    s3 = as_role(node, "s3", keys)
    s3.put_object(Bucket="policy-bucket", Key="1", Body=b"1")
    assert s3.get_object(Bucket="policy-bucket", Key="1")["Body"].read() == b"1"
    error = refused(s3.put_object, Bucket="policy-bucket", Key="secret/1", Body=b"1")
    assert "explicit deny" in error["Message"]


def call_url(node, host, keys=None):
    url = f"https://{host}/"
    headers = {"Host": host}
    if keys:
        credentials = botocore.credentials.Credentials(*keys.values())
        request = botocore.awsrequest.AWSRequest("GET", url, headers=headers)
        botocore.auth.SigV4Auth(credentials, "lambda", "us-east-1").add_auth(request)
        headers = dict(request.headers)
        headers["Host"] = host
    asked = urllib.request.Request(node.endpoint + "/", headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_a_url_with_iam_asks_for_a_signature_and_a_permission(node, role):
    client = node.client("lambda")
    source = "def handler(event, context): return event['requestContext']['authorizer']['iam']"
    with function(client, "guarded", source) as made:
        config = client.create_function_url_config(FunctionName="guarded", AuthType="AWS_IAM")
        host = config["FunctionUrl"].split("/")[2]
        assert call_url(node, host) == (403, {"Message": "Forbidden"})
        arn, keys = role()
        status, body = call_url(node, host, keys)
        assert (status, body["Message"].split(".")[0]) == (403, "Forbidden")
        document = {"Version": "2012-10-17", "Statement": [allow("lambda:InvokeFunctionUrl", made["FunctionArn"])]}
        node.client("iam").put_role_policy(
            RoleName=arn.split("/")[1], PolicyName="url", PolicyDocument=json.dumps(document)
        )
        status, body = call_url(node, host, keys)
        assert status == 200
        assert body["userArn"].startswith(f"arn:aws:sts::{ACCOUNT}:assumed-role/")


def test_a_queue_policy_lets_a_role_in(node, role):
    url = node.client("sqs").create_queue(QueueName="guarded")["QueueUrl"]
    arn, keys = role()
    sqs = as_role(node, "sqs", keys)
    assert refused(sqs.send_message, QueueUrl=url, MessageBody="1")["Code"].endswith("AccessDeniedException")
    policy = {"Version": "2012-10-17", "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": arn}, "Action": "sqs:SendMessage", "Resource": "*"}]}
    node.client("sqs").set_queue_attributes(QueueUrl=url, Attributes={"Policy": json.dumps(policy)})
    sqs.send_message(QueueUrl=url, MessageBody="1")
    assert refused(sqs.receive_message, QueueUrl=url)["Code"].endswith("AccessDeniedException")
    node.client("sqs").add_permission(QueueUrl=url, Label="more", AWSAccountIds=[ACCOUNT], Actions=["ReceiveMessage"])
    told = node.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["Policy"])["Attributes"]["Policy"]
    assert [it.get("Sid") for it in json.loads(told)["Statement"]] == [None, "more"]
