"""Terraform's AWS provider, replayed call by call: roles, functions, tables, log groups and objects."""

import hashlib
import json
import urllib.parse

import botocore.handlers
import pytest

import functions
from server import eventually
from terraform import TAGS, gone, plan, shows

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}}
        ],
    }
)
POLICY = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Action": ["dynamodb:*"], "Effect": "Allow", "Resource": "*"}]}
)
HELLO = "def handler(event, context): return {'statusCode': 200}\n"


@pytest.fixture
def iam(node):
    return node.client("iam")


@pytest.fixture
def lambda_(node):
    return node.client("lambda")


@pytest.fixture
def dynamodb(node):
    return node.client("dynamodb")


# What the provider asks before it does anything.


def test_the_provider_starts_with_who_it_is(node, iam):
    identity = node.client("sts").get_caller_identity()
    partition, account = identity["Arn"].split(":")[1], identity["Arn"].split(":")[4]
    assert (partition, account) == ("aws", identity["Account"])
    assert iam.get_user()["User"]["Arn"].split(":")[4] == account
    assert len(iam.list_roles(MaxItems=1)["Roles"]) <= 1


# aws_iam_*


@pytest.fixture
def role(iam, names):
    name = names("role")
    iam.create_role(
        RoleName=name,
        AssumeRolePolicyDocument=TRUST,
        Path="/",
        MaxSessionDuration=3600,
        Description="of a function",
        Tags=[{"Key": key, "Value": value} for key, value in TAGS.items()],
    )
    yield name
    try:
        iam.delete_role(RoleName=name)
    except iam.exceptions.NoSuchEntityException:
        pass


def test_aws_iam_role_and_its_policies(iam, role, names):
    read, inline, attached = plan(
        lambda: iam.get_role(RoleName=role)["Role"],
        lambda: iam.list_role_policies(RoleName=role),
        lambda: iam.list_attached_role_policies(RoleName=role),
    )
    shows(
        read,
        Arn=f"arn:aws:iam::000000000000:role/{role}",
        AssumeRolePolicyDocument=json.loads(TRUST),
        Description="of a function",
        MaxSessionDuration=3600,
        Path="/",
    )
    assert {tag["Key"]: tag["Value"] for tag in read["Tags"]} == TAGS
    assert read["RoleId"].startswith("AROA")
    assert (inline["PolicyNames"], attached["AttachedPolicies"]) == ([], [])

    iam.update_role(RoleName=role, MaxSessionDuration=7200)
    iam.update_role_description(RoleName=role, Description="of two functions")
    read = plan(lambda: iam.get_role(RoleName=role)["Role"])
    shows(read, MaxSessionDuration=7200, Description="of two functions")
    # aws_iam_role_policy
    iam.put_role_policy(RoleName=role, PolicyName="tables", PolicyDocument=POLICY)
    read = plan(lambda: iam.get_role_policy(RoleName=role, PolicyName="tables"))
    shows(read, RoleName=role, PolicyName="tables", PolicyDocument=json.loads(POLICY))
    # aws_iam_role_policy_attachment
    managed = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
    iam.attach_role_policy(RoleName=role, PolicyArn=managed)
    read = plan(lambda: iam.list_attached_role_policies(RoleName=role))
    assert read["AttachedPolicies"] == [{"PolicyName": "AWSLambdaBasicExecutionRole", "PolicyArn": managed}]

    iam.delete_role_policy(RoleName=role, PolicyName="tables")
    gone(lambda: iam.get_role_policy(RoleName=role, PolicyName="tables"), "NoSuchEntity")
    iam.detach_role_policy(RoleName=role, PolicyArn=managed)
    assert iam.list_instance_profiles_for_role(RoleName=role)["InstanceProfiles"] == []
    iam.delete_role(RoleName=role)
    gone(lambda: iam.get_role(RoleName=role), "NoSuchEntity")


def test_aws_iam_role_sends_its_trust_url_encoded(node, role):
    iam = node.client("iam")
    iam.meta.events.unregister("after-call.iam", botocore.handlers.json_decode_policies)
    document = iam.get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]
    assert document.startswith("%7B") and json.loads(urllib.parse.unquote(document)) == json.loads(TRUST)


def test_aws_iam_policy(iam, names):
    created = iam.create_policy(
        PolicyName=names("policy"),
        Path="/",
        Description="tables",
        PolicyDocument=POLICY,
        Tags=[{"Key": "Project", "Value": "chat"}],
    )["Policy"]
    arn = created["Arn"]
    read, version = plan(
        lambda: iam.get_policy(PolicyArn=arn)["Policy"],
        lambda: iam.get_policy_version(PolicyArn=arn, VersionId="v1")["PolicyVersion"],
    )
    shows(read, DefaultVersionId="v1", Path="/", Description="tables", Tags=[{"Key": "Project", "Value": "chat"}])
    shows(version, Document=json.loads(POLICY), IsDefaultVersion=True)
    assert [v["VersionId"] for v in iam.list_policy_versions(PolicyArn=arn)["Versions"]] == ["v1"]
    iam.delete_policy(PolicyArn=arn)
    gone(lambda: iam.get_policy(PolicyArn=arn), "NoSuchEntity")


# aws_lambda_*


@pytest.fixture
def function(lambda_, names):
    name = names("function")
    lambda_.create_function(
        FunctionName=name,
        Role=functions.ROLE,
        Runtime="python3.12",
        Handler="app.handler",
        Code={"ZipFile": functions.archive(HELLO)},
        Description="says nothing",
        MemorySize=128,
        PackageType="Zip",
        Timeout=3,
        Publish=False,
        Tags=TAGS,
    )
    yield name
    try:
        lambda_.delete_function(FunctionName=name)
    except lambda_.exceptions.ResourceNotFoundException:
        pass


def has_settled(lambda_, name):
    def settled():
        configuration = lambda_.get_function(FunctionName=name)["Configuration"]
        return configuration["State"] == "Active" and configuration["LastUpdateStatus"] == "Successful"

    eventually(settled)


def read_function(lambda_, name):
    return plan(
        lambda: lambda_.get_function(FunctionName=name),
        lambda: lambda_.list_versions_by_function(FunctionName=name, MaxItems=10000),
        lambda: lambda_.get_function_code_signing_config(FunctionName=name),
    )


def test_aws_lambda_function(lambda_, function):
    has_settled(lambda_, function)
    read, versions, signing = read_function(lambda_, function)
    # Any answer but this one fails the whole plan.
    assert signing == {"FunctionName": function}
    assert [version["Version"] for version in versions["Versions"]] == ["$LATEST"]
    assert versions.get("NextMarker") is None
    assert read["Code"]["Location"] and read["Code"]["RepositoryType"] == "S3"
    assert read["Tags"] == TAGS and "Concurrency" not in read
    configuration = read["Configuration"]
    shows(
        configuration,
        Architectures=["x86_64"],
        Description="says nothing",
        Environment=None,
        EphemeralStorage={"Size": 512},
        FunctionArn=f"arn:aws:lambda:us-east-1:000000000000:function:{function}",
        Handler="app.handler",
        Layers=None,
        LoggingConfig={"LogFormat": "Text", "LogGroup": f"/aws/lambda/{function}"},
        MemorySize=128,
        PackageType="Zip",
        Role=functions.ROLE,
        Runtime="python3.12",
        Timeout=3,
        TracingConfig={"Mode": "PassThrough"},
        Version="$LATEST",
    )
    assert configuration["CodeSize"] > 0 and configuration["LastModified"] and not configuration.get("VpcConfig")


def test_aws_lambda_function_is_updated_and_published(lambda_, function):
    has_settled(lambda_, function)
    before = lambda_.get_function(FunctionName=function)["Configuration"]["CodeSha256"]
    lambda_.update_function_configuration(
        FunctionName=function, Timeout=9, Environment={"Variables": {"TABLE": "chat"}}, MemorySize=256
    )
    has_settled(lambda_, function)
    package = functions.archive(HELLO + "# two\n")
    lambda_.update_function_code(FunctionName=function, ZipFile=package, Architectures=["x86_64"], DryRun=False)
    has_settled(lambda_, function)
    published = lambda_.publish_version(FunctionName=function)["Version"]
    lambda_.put_function_concurrency(FunctionName=function, ReservedConcurrentExecutions=5)

    read, versions, _ = read_function(lambda_, function)
    shows(read["Configuration"], Timeout=9, MemorySize=256, Environment={"Variables": {"TABLE": "chat"}})
    assert read["Configuration"]["CodeSha256"] != before
    assert read["Concurrency"] == {"ReservedConcurrentExecutions": 5}
    assert [version["Version"] for version in versions["Versions"]] == ["$LATEST", published]
    assert versions["Versions"][1]["FunctionArn"].endswith(f":{function}:{published}")

    lambda_.delete_function(FunctionName=function)
    gone(lambda: lambda_.get_function(FunctionName=function), "ResourceNotFoundException")


def test_aws_lambda_permission(lambda_, function):
    source = "arn:aws:execute-api:us-east-1:000000000000:abcdefghij/*/$connect"
    lambda_.add_permission(
        FunctionName=function,
        StatementId="gateway",
        Action="lambda:InvokeFunction",
        Principal="apigateway.amazonaws.com",
        SourceArn=source,
        SourceAccount="000000000000",
    )
    policy = json.loads(plan(lambda: lambda_.get_policy(FunctionName=function))["Policy"])
    (statement,) = policy["Statement"]
    assert statement == {
        "Sid": "gateway",
        "Effect": "Allow",
        "Principal": {"Service": "apigateway.amazonaws.com"},
        "Action": "lambda:InvokeFunction",
        "Resource": f"arn:aws:lambda:us-east-1:000000000000:function:{function}",
        # The provider looks for these keys, letter by letter.
        "Condition": {
            "StringEquals": {"AWS:SourceAccount": "000000000000"},
            "ArnLike": {"AWS:SourceArn": source},
        },
    }
    lambda_.remove_permission(FunctionName=function, StatementId="gateway")
    gone(lambda: lambda_.get_policy(FunctionName=function), "ResourceNotFoundException")


# aws_dynamodb_table


def active(dynamodb, table):
    # The provider wants to see it twice.
    for _ in range(2):
        assert dynamodb.describe_table(TableName=table)["Table"]["TableStatus"] == "ACTIVE"


def recovery(dynamodb, table):
    # The provider reads no more of it; the times of what could be restored go on.
    described = dynamodb.describe_continuous_backups(TableName=table)["ContinuousBackupsDescription"]
    return {"status": described["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"]}


def read_table(dynamodb, table):
    arn = f"arn:aws:dynamodb:us-east-1:000000000000:table/{table}"
    return plan(
        lambda: dynamodb.describe_table(TableName=table)["Table"],
        lambda: recovery(dynamodb, table),
        lambda: dynamodb.describe_time_to_live(TableName=table)["TimeToLiveDescription"],
        lambda: dynamodb.list_tags_of_resource(ResourceArn=arn),
    )


def test_aws_dynamodb_table_on_demand(dynamodb, names):
    name = names("table")
    keys = [{"AttributeName": "id", "KeyType": "HASH"}]
    by_room = [{"AttributeName": "room", "KeyType": "HASH"}, {"AttributeName": "id", "KeyType": "RANGE"}]
    attributes = [{"AttributeName": "id", "AttributeType": "S"}, {"AttributeName": "room", "AttributeType": "S"}]
    dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=attributes,
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=False,
        GlobalSecondaryIndexes=[
            {"IndexName": "by-room", "KeySchema": by_room, "Projection": {"ProjectionType": "ALL"}}
        ],
        KeySchema=keys,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        Tags=[{"Key": "Project", "Value": "chat"}],
    )
    active(dynamodb, name)
    dynamodb.update_time_to_live(TableName=name, TimeToLiveSpecification={"AttributeName": "ttl", "Enabled": True})
    dynamodb.update_continuous_backups(
        TableName=name, PointInTimeRecoverySpecification={"PointInTimeRecoveryEnabled": True}
    )
    table, backups, ttl, tags = read_table(dynamodb, name)
    shows(
        table,
        KeySchema=keys,
        DeletionProtectionEnabled=False,
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"},
        TableArn=f"arn:aws:dynamodb:us-east-1:000000000000:table/{name}",
        SSEDescription=None,
        TableClassSummary=None,
        LocalSecondaryIndexes=None,
    )
    assert sorted(table["AttributeDefinitions"], key=str) == sorted(attributes, key=str)
    assert table["BillingModeSummary"]["BillingMode"] == "PAY_PER_REQUEST"
    assert table["LatestStreamArn"].startswith(table["TableArn"] + "/stream/") and table["LatestStreamLabel"]
    (index,) = table["GlobalSecondaryIndexes"]
    shows(index, IndexName="by-room", KeySchema=by_room, Projection={"ProjectionType": "ALL"}, IndexStatus="ACTIVE")
    # The provider dereferences both without asking.
    assert table["ProvisionedThroughput"]["ReadCapacityUnits"] == 0
    assert index["ProvisionedThroughput"]["WriteCapacityUnits"] == 0
    assert backups == {"status": "ENABLED"}
    assert ttl == {"AttributeName": "ttl", "TimeToLiveStatus": "ENABLED"}
    assert tags["Tags"] == [{"Key": "Project", "Value": "chat"}]

    dynamodb.delete_table(TableName=name)
    gone(lambda: dynamodb.describe_table(TableName=name), "ResourceNotFoundException")


def test_aws_dynamodb_table_provisioned(dynamodb, names):
    name = names("table")
    dynamodb.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PROVISIONED",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        ProvisionedThroughput={"ReadCapacityUnits": 3, "WriteCapacityUnits": 2},
    )
    active(dynamodb, name)
    table, backups, ttl, tags = read_table(dynamodb, name)
    shows(table["ProvisionedThroughput"], ReadCapacityUnits=3, WriteCapacityUnits=2)
    shows(table, StreamSpecification=None, LatestStreamArn=None, GlobalSecondaryIndexes=None)
    assert backups == {"status": "DISABLED"}
    assert (ttl, tags["Tags"]) == ({"TimeToLiveStatus": "DISABLED"}, [])
    dynamodb.update_table(TableName=name, ProvisionedThroughput={"ReadCapacityUnits": 5, "WriteCapacityUnits": 2})
    active(dynamodb, name)
    shows(read_table(dynamodb, name)[0]["ProvisionedThroughput"], ReadCapacityUnits=5, WriteCapacityUnits=2)
    dynamodb.delete_table(TableName=name)
    gone(lambda: dynamodb.describe_table(TableName=name), "ResourceNotFoundException")


# aws_cloudwatch_log_group, aws_s3_object, and the lock file of the S3 backend


def test_aws_cloudwatch_log_group(node, names):
    logs, name = node.client("logs"), names("/chat/group")
    logs.create_log_group(logGroupName=name, logGroupClass="STANDARD", tags={"Project": "chat"})
    logs.put_retention_policy(logGroupName=name, retentionInDays=7)
    arn = f"arn:aws:logs:us-east-1:000000000000:log-group:{name}"
    found, tags = plan(
        lambda: logs.describe_log_groups(logGroupNamePrefix=name),
        lambda: logs.list_tags_for_resource(resourceArn=arn),
    )
    (group,) = found["logGroups"]
    shows(group, arn=f"{arn}:*", logGroupArn=arn, logGroupClass="STANDARD", logGroupName=name, retentionInDays=7)
    assert tags["tags"] == {"Project": "chat"}
    logs.delete_log_group(logGroupName=name)
    assert logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"] == []


def test_aws_s3_object_and_the_lock_of_the_backend(node, names):
    s3, bucket = node.client("s3"), names("bucket")
    s3.create_bucket(Bucket=bucket)
    package = functions.archive(HELLO)
    s3.put_object(Bucket=bucket, Key="function.zip", Body=package, Tagging="Project=chat")
    head, tags = plan(
        lambda: s3.head_object(Bucket=bucket, Key="function.zip"),
        lambda: s3.get_object_tagging(Bucket=bucket, Key="function.zip"),
    )
    shows(head, ContentLength=len(package), ETag=f'"{hashlib.md5(package).hexdigest()}"')
    assert tags["TagSet"] == [{"Key": "Project", "Value": "chat"}]

    lock = {"Bucket": bucket, "Key": "terraform.tfstate.tflock", "IfNoneMatch": "*"}
    s3.put_object(Body=b"{}", **lock)
    gone(lambda: s3.put_object(Body=b"{}", **lock), "PreconditionFailed")
    for key in ("terraform.tfstate.tflock", "function.zip"):
        s3.delete_object(Bucket=bucket, Key=key)
    gone(lambda: s3.head_object(Bucket=bucket, Key="function.zip"), "404")
    s3.delete_bucket(Bucket=bucket)
