"""What templates put around functions: provisioned aliases, shared layers, filters of logs, users with keys."""

import json
import time

import boto3
import botocore.exceptions
import pytest

from server import REGION, eventually

STACK = """\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Executions: {Type: Number, Default: 2}
  Stage: {Type: String, Default: live}
Resources:
  Worker:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      AutoPublishAlias: !Ref Stage
      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: !Ref Executions}
      RuntimeManagementConfig: {UpdateRuntimeOn: FunctionUpdate}
      RecursiveLoop: Allow
      Events:
        Lines: {Type: CloudWatchLogs, Properties: {LogGroupName: !Ref Source, FilterPattern: '{ $.level = "error" }'}}
        Files: {Type: S3, Properties: {Bucket: !Ref Files, Events: 's3:ObjectCreated:*'}}
      InlineCode: |
        import base64, gzip, json

        def handler(event, context):
            if "awslogs" in event:
                told = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
                print("LINES", [line["message"] for line in told["logEvents"]])
            else:
                print("FILE", event["Records"][0]["s3"]["object"]["key"])
  Source: {Type: AWS::Logs::LogGroup}
  Errors:
    Type: AWS::Logs::MetricFilter
    Properties:
      LogGroupName: !Ref Source
      FilterPattern: '{ $.took > 0 }'
      MetricTransformations:
        - {MetricName: Took, MetricNamespace: !Ref AWS::StackName, MetricValue: $.took, Dimensions: [{Key: Route, Value: $.route}]}
  Files: {Type: AWS::S3::Bucket}
Outputs:
  Worker: {Value: !Ref Worker}
  Source: {Value: !Ref Source}
  Files: {Value: !Ref Files}
"""

USERS = """\
Resources:
  Uploaders:
    Type: AWS::IAM::Group
    Properties:
      Policies:
        - PolicyName: upload
          PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 's3:PutObject', Resource: '*'}]}
  Uploader:
    Type: AWS::IAM::User
    Properties: {Groups: [!Ref Uploaders], ManagedPolicyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess']}
  Key: {Type: AWS::IAM::AccessKey, Properties: {UserName: !Ref Uploader, Status: Active}}
  More:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: more
      Users: [!Ref Uploader]
      PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: 'sts:*', Resource: '*'}]}
Outputs:
  User: {Value: !Ref Uploader}
  Arn: {Value: !GetAtt Uploader.Arn}
  Group: {Value: !Ref Uploaders}
  Id: {Value: !Ref Key}
  Secret: {Value: !GetAtt Key.SecretAccessKey}
"""


@pytest.fixture
def stack(node, names):
    """Makes a stack that is gone after the test, and changes it."""
    cloudformation, name = node.client("cloudformation"), names("stack")
    capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]

    def deploy(template, **parameters):
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        exists = any(it["StackName"] == name for it in cloudformation.describe_stacks()["Stacks"])
        call, done = (cloudformation.update_stack, "update") if exists else (cloudformation.create_stack, "create")
        call(StackName=name, TemplateBody=template, Capabilities=capabilities, Parameters=given)
        cloudformation.get_waiter(f"stack_{done}_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
        told = cloudformation.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
        return name, {it["OutputKey"]: it["OutputValue"] for it in told}

    yield deploy
    cloudformation.delete_stack(StackName=name)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})


def test_what_stands_around_a_function_does_its_work(node, stack):
    name, made = stack(STACK)
    function = {"FunctionName": made["Worker"]}
    functions, logs, s3 = node.client("lambda"), node.client("logs"), node.client("s3")
    provisioned = functions.get_provisioned_concurrency_config(**function, Qualifier="live")
    assert (provisioned["Status"], provisioned["RequestedProvisionedConcurrentExecutions"]) == ("READY", 2)
    assert functions.get_runtime_management_config(**function)["UpdateRuntimeOn"] == "FunctionUpdate"
    assert functions.get_function_recursion_config(**function)["RecursiveLoop"] == "Allow"

    logs.create_log_stream(logGroupName=made["Source"], logStreamName="s")
    lines = [{"level": "info"}, {"level": "error", "took": 12.5, "route": "send"}]
    events = [{"timestamp": int(time.time() * 1000), "message": json.dumps(line)} for line in lines]
    logs.put_log_events(logGroupName=made["Source"], logStreamName="s", logEvents=events)
    s3.put_object(Bucket=made["Files"], Key="a.txt", Body=b"hello")

    def printed(pattern):
        found = logs.filter_log_events(logGroupName=f"/aws/lambda/{made['Worker']}", filterPattern=pattern)["events"]
        return [it["message"].strip() for it in found]

    def told():
        try:
            return printed("LINES") and printed("FILE")
        except botocore.exceptions.ClientError:
            return False

    eventually(told)
    assert printed("LINES") == [f"LINES {[json.dumps(lines[1])]}"]
    assert printed("FILE") == ["FILE a.txt"]
    (metric,) = node.client("cloudwatch").list_metrics(Namespace=name)["Metrics"]
    assert (metric["MetricName"], metric["Dimensions"]) == ("Took", [{"Name": "Route", "Value": "send"}])

    stack(STACK, Executions="3")
    provisioned = functions.get_provisioned_concurrency_config(**function, Qualifier="live")
    assert provisioned["RequestedProvisionedConcurrentExecutions"] == 3
    with pytest.raises(functions.exceptions.ProvisionedConcurrencyConfigNotFoundException):
        functions.get_provisioned_concurrency_config(**function, Qualifier="1")
    without = STACK.replace("      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: !Ref Executions}\n", "")
    stack(without)
    with pytest.raises(functions.exceptions.ProvisionedConcurrencyConfigNotFoundException):
        functions.get_provisioned_concurrency_config(**function, Qualifier="live")
    s3.delete_object(Bucket=made["Files"], Key="a.txt")


def test_an_update_says_that_it_is_on_its_way(node, stack):
    _, made = stack(STACK)
    functions = node.client("lambda")
    changed = functions.update_function_configuration(FunctionName=made["Worker"], Timeout=9)
    assert (changed["LastUpdateStatus"], changed["LastUpdateStatusReasonCode"]) == ("InProgress", "Creating")
    functions.get_waiter("function_updated_v2").wait(FunctionName=made["Worker"], WaiterConfig={"Delay": 1})


def test_a_user_of_a_template_is_who_signs_with_its_key(node, stack):
    _, made = stack(USERS)

    def as_user(service):
        keys = {"aws_access_key_id": made["Id"], "aws_secret_access_key": made["Secret"]}
        return boto3.client(service, endpoint_url=node.endpoint, region_name=REGION, **keys)

    assert made["Id"].startswith("AKIA") and len(made["Secret"]) == 40
    assert as_user("sts").get_caller_identity()["Arn"] == made["Arn"]
    assert as_user("iam").get_user()["User"]["UserName"] == made["User"]
    iam = node.client("iam")
    (group,) = iam.list_groups_for_user(UserName=made["User"])["Groups"]
    assert group["GroupName"] == made["Group"]
    simulated = iam.simulate_principal_policy(PolicySourceArn=made["Arn"], ActionNames=["s3:PutObject", "s3:DeleteBucket"])
    decisions = [it["EvalDecision"] for it in simulated["EvaluationResults"]]
    assert decisions == ["allowed", "implicitDeny"]

    inactive = USERS.replace("Status: Active", "Status: Inactive")
    _, changed = stack(inactive)
    assert changed == made
    assert iam.list_access_keys(UserName=made["User"])["AccessKeyMetadata"][0]["Status"] == "Inactive"
