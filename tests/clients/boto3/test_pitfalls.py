"""What deploy tools and SDKs stumble over, one by one. Each pitfall has its test; those that are tested elsewhere:

1. timestamps of events that do not increase hang SAM: test_cloudformation, `test_events_strictly_increase`
2. lists that are missing where they are empty: test_cloudformation, `test_lists_are_there_even_if_they_are_empty`
3. a deleted stack, asked by its ARN: test_cloudformation, `test_a_deleted_stack_is_described_by_its_arn`
4. a template that is not the text that was sent: test_cloudformation, `test_a_template_comes_back_byte_for_byte`
5. `ChangeSetNotFound` is a 404: test_cloudformation, `test_a_change_set_that_is_not_there_is_a_404`
10. a stage with AutoDeploy before its routes: test_cloudformation, `test_a_stage_that_deploys_by_itself_may_come_…`
11. `GoneException` is told by a header: test_connections, `test_a_closed_connection_is_gone`
12. `%3D` and doubled slashes in `@connections`: test_connections, `test_every_path_form_is_accepted`
13. custom resources see text, and answer at port 443: test_cloudformation, `test_a_function_makes_a_custom_resource`
14. no code signing is a 200: test_terraform, `test_aws_lambda_function`
15. the spelling of a policy's condition keys: test_terraform, `test_aws_lambda_permission`
18. presigned URLs of the old signature: test_s3, `test_presigned_urls_of_both_signatures_work`
"""

import base64
import json
import time
import urllib.error
import urllib.request

import boto3
import pytest

import functions
from server import Server, running


@pytest.fixture
def cloudformation(node):
    return node.client("cloudformation")


@pytest.fixture
def stack(cloudformation, names):
    """The name of a stack that is gone after the test."""
    name = names("stack")
    yield name
    cloudformation.delete_stack(StackName=name)


def describe(client, name):
    return client.describe_stacks(StackName=name)["Stacks"][0]


def crc64nvme(data):
    register = 0xFFFFFFFFFFFFFFFF
    for byte in data:
        register ^= byte
        for _ in range(8):
            register = register >> 1 ^ (0x9A6C9329AC4BC9B5 if register & 1 else 0)
    return base64.b64encode((register ^ 0xFFFFFFFFFFFFFFFF).to_bytes(8, "big")).decode()


def put_in_chunks(node, bucket, body, trailer):
    """As version 2 of the AWS CLI puts an object over TLS: in chunks, with the checksum behind them."""
    half = len(body) // 2
    chunks = [body[:half], body[half:], b""]
    framed = b"\r\n".join(b"%x\r\n%s" % (len(chunk), chunk) for chunk in chunks)
    day = time.strftime("%Y%m%d", time.gmtime())
    headers = {
        "Authorization": f"AWS4-HMAC-SHA256 Credential=test/{day}/us-east-1/s3/aws4_request, "
        f"SignedHeaders=host;x-amz-date, Signature={'0' * 64}",
        "Content-Encoding": "aws-chunked",
        "X-Amz-Content-Sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
        "X-Amz-Date": time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
        "X-Amz-Decoded-Content-Length": str(len(body)),
        "X-Amz-Sdk-Checksum-Algorithm": "CRC64NVME",
        "X-Amz-Trailer": "x-amz-checksum-crc64nvme",
    }
    data = framed + f"x-amz-checksum-crc64nvme:{trailer}\r\n\r\n".encode()
    request = urllib.request.Request(f"{node.endpoint}/{bucket}/key", data, headers, method="PUT")
    return urllib.request.urlopen(request, timeout=20)


def test_06_chunks_are_unframed_and_their_crc64nvme_trailer_is_verified(node, names):
    s3, bucket = node.client("s3"), names("bucket")
    s3.create_bucket(Bucket=bucket)
    body = b"no framing in the object\r\n" * 50
    put_in_chunks(node, bucket, body, crc64nvme(body)).close()
    got = s3.get_object(Bucket=bucket, Key="key", ChecksumMode="ENABLED")
    assert got["Body"].read() == body and got["ChecksumCRC64NVME"] == crc64nvme(body)
    assert "aws-chunked" not in got.get("ContentEncoding", "")
    with pytest.raises(urllib.error.HTTPError) as refused:
        put_in_chunks(node, bucket, body, crc64nvme(b"something else"))
    assert refused.value.code == 400 and b"<Code>BadDigest</Code>" in refused.value.read()


GROUP = "Description: from a bucket\nResources: {Group: {Type: 'AWS::Logs::LogGroup'}}\n"


@pytest.fixture(scope="module")
def templates(node):
    """A bucket with a template."""
    s3 = node.client("s3")
    s3.create_bucket(Bucket="pitfalls.templates")
    s3.put_bucket_versioning(Bucket="pitfalls.templates", VersioningConfiguration={"Status": "Enabled"})
    put = s3.put_object(Bucket="pitfalls.templates", Key="a folder/group.yaml", Body=GROUP.encode())
    s3.put_object(Bucket="pitfalls.templates", Key="later.yaml", Body=GROUP.replace("bucket", "later one").encode())
    return put["VersionId"]


@pytest.mark.parametrize(
    "url",
    [
        "{endpoint}/{bucket}/{key}",
        "https://s3.amazonaws.com/{bucket}/{key}",
        "https://s3.us-east-1.amazonaws.com/{bucket}/{key}",
        "https://s3-us-east-1.amazonaws.com/{bucket}/{key}",
        "https://s3.us-east-1.amazonaws.com.cn/{bucket}/{key}",
        "https://{bucket}.s3.amazonaws.com/{key}",
        "https://{bucket}.s3.us-east-1.amazonaws.com/{key}",
        "s3://{bucket}/{key}",
        "https://s3.amazonaws.com/{bucket}/{key}?versionId={version}",
    ],
)
def test_07_a_template_url_is_understood_in_every_form(node, cloudformation, templates, url):
    url = url.format(
        endpoint=node.endpoint, bucket="pitfalls.templates", key="a%20folder/group.yaml", version=templates
    )
    assert cloudformation.validate_template(TemplateURL=url)["Description"] == "from a bucket"


def test_07_a_nested_template_url_is_built_with_the_url_suffix(cloudformation, templates, stack):
    url = {"Fn::Join": ["", ["https://s3.us-east-1.", {"Ref": "AWS::URLSuffix"}, "/pitfalls.templates/later.yaml"]]}
    nested = {"Type": "AWS::CloudFormation::Stack", "Properties": {"TemplateURL": url}}
    cloudformation.create_stack(StackName=stack, TemplateBody=json.dumps({"Resources": {"Nested": nested}}))
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    (resource,) = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    assert describe(cloudformation, resource["PhysicalResourceId"])["Description"] == "from a later one"


def test_08_the_stack_that_sam_keeps_for_itself_is_a_sam_template_in_json(node, cloudformation, stack):
    bucket = {
        "Type": "AWS::S3::Bucket",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {
            "VersioningConfiguration": {"Status": "Enabled"},
            "Tags": [{"Key": "ManagedStackSource", "Value": "AwsSamCli"}],
        },
    }
    template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": "Managed Stack for AWS SAM CLI",
        "Resources": {"SamCliSourceBucket": bucket},
        "Outputs": {"SourceBucket": {"Value": {"Ref": "SamCliSourceBucket"}}},
    }
    created = cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName="InitialCreation",
        ChangeSetType="CREATE",
        Capabilities=["CAPABILITY_IAM"],
        Parameters=[],
        Tags=[{"Key": "ManagedStackSource", "Value": "AwsSamCli"}],
        TemplateBody=json.dumps(template),
    )
    cloudformation.get_waiter("change_set_create_complete").wait(ChangeSetName=created["Id"])
    cloudformation.execute_change_set(ChangeSetName=created["Id"])
    described = describe(cloudformation, created["StackId"])
    assert described["Tags"] == [{"Key": "ManagedStackSource", "Value": "AwsSamCli"}]
    (output,) = described["Outputs"]
    assert output["OutputKey"] == "SourceBucket"
    assert node.client("s3").head_bucket(Bucket=output["OutputValue"])


def test_09_a_parameter_comes_from_the_parameter_store_and_a_rule_reads_it(node, cloudformation, names, stack):
    """What `cdk` writes into every template that needs its bootstrap stack."""
    parameter = names("/cdk-bootstrap/version")
    template = {
        "Parameters": {
            "BootstrapVersion": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": parameter}
        },
        "Rules": {
            "CheckBootstrapVersion": {
                "Assertions": [
                    {
                        "Assert": {
                            "Fn::Not": [{"Fn::Contains": [["1", "2", "3", "4", "5"], {"Ref": "BootstrapVersion"}]}]
                        },
                        "AssertDescription": "CDK bootstrap stack version 6 required.",
                    }
                ]
            }
        },
        "Resources": {
            "Group": {"Type": "AWS::Logs::LogGroup", "DependsOn": "Other"},
            "Other": {"Type": "AWS::Logs::LogGroup"},
        },
    }
    ssm = node.client("ssm")
    ssm.put_parameter(Name=parameter, Value="5", Type="String")
    with pytest.raises(cloudformation.exceptions.ClientError, match="CDK bootstrap stack version 6 required."):
        cloudformation.create_stack(StackName=stack, TemplateBody=json.dumps(template))
    ssm.put_parameter(Name=parameter, Value="33", Type="String", Overwrite=True)
    cloudformation.create_stack(StackName=stack, TemplateBody=json.dumps(template))
    (shown,) = describe(cloudformation, stack)["Parameters"]
    assert (shown["ParameterValue"], shown["ResolvedValue"]) == (parameter, "33")


def test_16_the_account_is_the_same_for_every_key_and_after_a_restart(tmp_path):
    def accounts(server):
        """Of three callers: the CDK remembers the account of each access key for ever."""
        options = {"endpoint_url": server.endpoint, "region_name": "us-east-1"}
        for key in ("test", "AKIAIOSFODNN7EXAMPLE"):
            sts = boto3.client("sts", aws_access_key_id=key, aws_secret_access_key="any", **options)
            yield sts.get_caller_identity()["Account"]
        role = sts.assume_role(RoleArn="arn:aws:iam::000000000000:role/cdk", RoleSessionName="aws-cdk-root")
        assumed = role["Credentials"]
        sts = boto3.client(
            "sts",
            aws_access_key_id=assumed["AccessKeyId"],
            aws_secret_access_key=assumed["SecretAccessKey"],
            aws_session_token=assumed["SessionToken"],
            **options,
        )
        yield sts.get_caller_identity()["Account"]

    for _ in range(2):
        with running(Server.serve, tmp_path) as server:
            assert set(accounts(server)) == {"000000000000"}


def test_17_a_function_keeps_its_node_options_and_finds_the_certificates_that_exist_here(node, names):
    source = """
        const { readFileSync } = require("node:fs");
        exports.handler = async () => ({
            options: process.env.NODE_OPTIONS,
            certificates: readFileSync(process.env.AWS_CA_BUNDLE, "utf8").includes("BEGIN CERTIFICATE"),
        });
    """
    variables = {
        "NODE_OPTIONS": "--enable-source-maps",
        # As the CDK's deployment of files to buckets has it; no file of this name is here.
        "AWS_CA_BUNDLE": "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem.of-amazon-linux",
    }
    lambda_ = node.client("lambda")
    settings = {"runtime": "nodejs20.x", "file": "index.js", "handler": "index.handler"}
    with functions.function(lambda_, name := names("f"), source, Environment={"Variables": variables}, **settings):
        seen = functions.invoke(lambda_, name)["Payload"]
    assert seen["options"].startswith("--enable-source-maps") and seen["certificates"] is True
