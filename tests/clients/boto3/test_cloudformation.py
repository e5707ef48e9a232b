"""CloudFormation as deployment tools call it: stacks, change sets, events, and what those tools stumble over."""

import json
import time

import botocore.exceptions
import pytest

from server import Server, eventually, running

TABLE = """\
Resources:
  Items:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
"""

# A comment and odd spacing: the text has to come back as it is.
GROUP = """\
# told by its author
Parameters:
  Days: {Type: Number, Default: 7}
  Secret: {Type: String, NoEcho: true, Default: hidden}
Resources:
  Group:
    Type: AWS::Logs::LogGroup
    DependsOn: Other
    Properties: {RetentionInDays:   !Ref Days}
  Other: {Type: AWS::Logs::LogGroup}
Outputs:
  Name: {Value: !Ref Group, Description: the group}
"""


@pytest.fixture
def cloudformation(node):
    return node.client("cloudformation")


@pytest.fixture
def stack(cloudformation, names):
    """The name of a stack that is gone after the test."""
    name = names("stack")
    yield name
    cloudformation.delete_stack(StackName=name)


def refusal(call, **arguments):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        call(**arguments)
    error = refused.value.response
    return error["Error"]["Code"], error["Error"]["Message"], error["ResponseMetadata"]["HTTPStatusCode"]


def describe(client, name):
    return client.describe_stacks(StackName=name)["Stacks"][0]


def test_a_stack_is_created_updated_and_deleted(node, cloudformation, stack):
    started = time.monotonic()
    stack_id = cloudformation.create_stack(StackName=stack, TemplateBody=TABLE)["StackId"]
    # The waiters sleep for half a minute unless the stack is there at the first look.
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack)
    resources = cloudformation.describe_stack_resources(StackName=stack)["StackResources"]
    table = resources[0]["PhysicalResourceId"]
    assert node.client("dynamodb").describe_table(TableName=table)["Table"]["TableStatus"] == "ACTIVE"

    cloudformation.update_stack(StackName=stack, TemplateBody=TABLE + "  Group: {Type: 'AWS::Logs::LogGroup'}\n")
    cloudformation.get_waiter("stack_update_complete").wait(StackName=stack_id)
    summaries = cloudformation.list_stack_resources(StackName=stack)["StackResourceSummaries"]
    assert {summary["LogicalResourceId"] for summary in summaries} == {"Items", "Group"}

    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack)
    assert time.monotonic() - started < 25
    with pytest.raises(node.client("dynamodb").exceptions.ResourceNotFoundException):
        node.client("dynamodb").describe_table(TableName=table)


def test_a_deleted_stack_is_described_by_its_arn(cloudformation, stack):
    stack_id = cloudformation.create_stack(StackName=stack, TemplateBody=GROUP)["StackId"]
    cloudformation.delete_stack(StackName=stack_id)
    assert describe(cloudformation, stack_id)["StackStatus"] == "DELETE_COMPLETE"
    assert refusal(cloudformation.describe_stacks, StackName=stack) == (
        "ValidationError",
        f"Stack with id {stack} does not exist",
        400,
    )
    newest = cloudformation.describe_stack_events(StackName=stack_id)["StackEvents"][0]
    assert newest["ResourceStatus"] == "DELETE_COMPLETE" and newest["PhysicalResourceId"] == stack_id


def test_lists_are_there_even_if_they_are_empty(cloudformation, stack):
    cloudformation.create_stack(StackName=stack, TemplateBody=TABLE, Parameters=[], Tags=[], NotificationARNs=[])
    described = describe(cloudformation, stack)
    assert described["Outputs"] == described["Tags"] == described["Parameters"] == []
    summary = cloudformation.get_template_summary(StackName=stack)
    assert summary["Parameters"] == [] and summary["ResourceTypes"] == ["AWS::DynamoDB::Table"]


def test_a_template_comes_back_byte_for_byte(cloudformation, stack):
    cloudformation.create_stack(StackName=stack, TemplateBody=GROUP)
    body = cloudformation.get_template(StackName=stack, TemplateStage="Original")["TemplateBody"]
    assert body == GROUP


def test_parameters_can_be_what_they_were(cloudformation, stack):
    cloudformation.create_stack(
        StackName=stack,
        TemplateBody=GROUP,
        Parameters=[{"ParameterKey": "Days", "ParameterValue": "3"}],
    )
    shown = {p["ParameterKey"]: p["ParameterValue"] for p in describe(cloudformation, stack)["Parameters"]}
    assert shown == {"Days": "3", "Secret": "****"}
    unchanged = refusal(
        cloudformation.update_stack,
        StackName=stack,
        UsePreviousTemplate=True,
        Parameters=[{"ParameterKey": "Days", "UsePreviousValue": True}],
    )
    assert unchanged == ("ValidationError", "No updates are to be performed.", 400)


def test_a_change_set_creates_a_stack(cloudformation, stack):
    created = cloudformation.create_change_set(
        StackName=stack, ChangeSetName="first", ChangeSetType="CREATE", TemplateBody=GROUP
    )
    assert describe(cloudformation, stack)["StackStatus"] == "REVIEW_IN_PROGRESS"
    # sam reads the time of the first event before it executes.
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    assert [event["ResourceStatus"] for event in events] == ["REVIEW_IN_PROGRESS"]
    cloudformation.get_waiter("change_set_create_complete").wait(ChangeSetName=created["Id"])
    changes = cloudformation.describe_change_set(ChangeSetName="first", StackName=stack)["Changes"]
    assert [change["ResourceChange"]["Action"] for change in changes] == ["Add", "Add"]
    cloudformation.execute_change_set(ChangeSetName=created["Id"], ClientRequestToken="token-1")
    cloudformation.get_waiter("stack_create_complete").wait(StackName=created["StackId"])
    events = cloudformation.describe_stack_events(StackName=created["StackId"])["StackEvents"]
    assert events[0]["ClientRequestToken"] == "token-1"


def test_a_change_set_without_a_change_fails_in_the_words_that_tools_know(cloudformation, stack):
    cloudformation.create_stack(StackName=stack, TemplateBody=GROUP)
    cloudformation.create_change_set(StackName=stack, ChangeSetName="none", TemplateBody=GROUP)
    described = cloudformation.describe_change_set(StackName=stack, ChangeSetName="none")
    assert described["Status"] == "FAILED"
    assert described["StatusReason"].startswith("The submitted information didn't contain changes.")


def test_a_change_set_that_is_not_there_is_a_404(cloudformation, stack):
    cloudformation.create_stack(StackName=stack, TemplateBody=GROUP)
    cloudformation.delete_change_set(StackName=stack, ChangeSetName="cdk-deploy-change-set")
    code, _, status = refusal(
        cloudformation.describe_change_set, StackName=stack, ChangeSetName="cdk-deploy-change-set"
    )
    assert (code, status) == ("ChangeSetNotFound", 404)


def test_a_change_set_tells_what_is_replaced(cloudformation, stack):
    template = "Resources:\n  G: {{Type: 'AWS::Logs::LogGroup', Properties: {{LogGroupName: {}}}}}\n".format
    cloudformation.create_stack(StackName=stack, TemplateBody=template(f"{stack}-a"))
    cloudformation.create_change_set(StackName=stack, ChangeSetName="c", TemplateBody=template(f"{stack}-b"))
    described = cloudformation.describe_change_set(StackName=stack, ChangeSetName="c", IncludePropertyValues=True)
    change = described["Changes"][0]["ResourceChange"]
    assert change["Action"] == "Modify" and change["Replacement"] == "True" and change["Scope"] == ["Properties"]
    target = change["Details"][0]["Target"]
    assert (target["BeforeValue"], target["AfterValue"]) == (f"{stack}-a", f"{stack}-b")
    assert json.loads(change["AfterContext"]) == {"Properties": {"LogGroupName": f"{stack}-b"}}


def test_events_strictly_increase(cloudformation, stack):
    cloudformation.create_stack(StackName=stack, TemplateBody=GROUP)
    times = [event["Timestamp"] for event in cloudformation.describe_stack_events(StackName=stack)["StackEvents"]]
    assert len(times) > 4 and times == sorted(set(times), reverse=True)


def test_a_failed_creation_is_turned_back(cloudformation, stack):
    template = GROUP.split("Outputs")[0] + "  Bad: {Type: 'AWS::Lambda::Permission', DependsOn: Group, Properties: {Action: 'lambda:InvokeFunction', FunctionName: nobody, Principal: '*'}}\n"
    cloudformation.create_stack(StackName=stack, TemplateBody=template)
    assert describe(cloudformation, stack)["StackStatus"] == "ROLLBACK_COMPLETE"
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    failed = [event for event in events if event["ResourceStatus"] == "CREATE_FAILED"]
    assert [event["LogicalResourceId"] for event in failed] == ["Bad"]
    code, message, _ = refusal(cloudformation.update_stack, StackName=stack, TemplateBody=GROUP)
    assert code == "ValidationError" and "is in ROLLBACK_COMPLETE state and can not be updated" in message


def test_rules_are_checked_before_anything_is_made(cloudformation, names):
    template = {
        "Parameters": {"Version": {"Type": "String"}},
        "Rules": {
            "CheckVersion": {
                "Assertions": [
                    {
                        "Assert": {"Fn::Not": [{"Fn::Contains": [["1", "2"], {"Ref": "Version"}]}]},
                        "AssertDescription": "version 3 required",
                    }
                ]
            }
        },
        "Resources": {"G": {"Type": "AWS::Logs::LogGroup"}},
    }
    name = names("stack")
    code, message, _ = refusal(
        cloudformation.create_stack,
        StackName=name,
        TemplateBody=json.dumps(template),
        Parameters=[{"ParameterKey": "Version", "ParameterValue": "2"}],
    )
    assert code == "ValidationError" and "version 3 required" in message


def test_unknown_types_are_refused_and_harmless_ones_told(cloudformation, names, stack):
    code, message, _ = refusal(
        cloudformation.create_stack, StackName=names("stack"), TemplateBody="Resources: {X: {Type: 'AWS::EC2::VPC'}}"
    )
    assert (code, message) == ("ValidationError", "Template format error: Unrecognized resource types: [AWS::EC2::VPC]")
    cloudformation.create_stack(StackName=stack, TemplateBody="Resources: {X: {Type: 'AWS::CloudWatch::Alarm'}}")
    events = cloudformation.describe_stack_events(StackName=stack)["StackEvents"]
    assert any("does not provide AWS::CloudWatch::Alarm" in event.get("ResourceStatusReason", "") for event in events)


def test_capabilities_are_asked_for(cloudformation, stack):
    template = json.dumps(
        {
            "Transform": "AWS::Serverless-2016-10-31",
            "Resources": {
                "F": {
                    "Type": "AWS::Serverless::Function",
                    "Properties": {"Runtime": "python3.12", "Handler": "index.handler", "InlineCode": "handler = print"},
                }
            },
        }
    )
    cloudformation.create_change_set(
        StackName=stack, ChangeSetName="without", ChangeSetType="CREATE", TemplateBody=template
    )
    described = cloudformation.describe_change_set(StackName=stack, ChangeSetName="without")
    assert described["StatusReason"] == "Requires capabilities : [CAPABILITY_IAM]"
    created = cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName="with",
        ChangeSetType="CREATE",
        TemplateBody=template,
        Capabilities=["CAPABILITY_IAM"],
        Tags=[{"Key": "ManagedStackSource", "Value": "AwsSamCli"}],
    )
    cloudformation.execute_change_set(ChangeSetName=created["Id"])
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack)
    assert describe(cloudformation, stack)["Tags"] == [{"Key": "ManagedStackSource", "Value": "AwsSamCli"}]
    processed = cloudformation.get_template(StackName=stack)["TemplateBody"]
    assert "FRole" in processed["Resources"] and "Transform" not in processed


CUSTOM = '''\
Resources:
  Maker:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Timeout: 20
      Role: arn:aws:iam::000000000000:role/test
      Code:
        ZipFile: |
          import json, http.client, urllib.parse

          def handler(event, context):
              url = urllib.parse.urlparse(event["ResponseURL"])
              properties = event["ResourceProperties"]
              answer = {
                  "Status": "SUCCESS",
                  "PhysicalResourceId": "made-" + properties["Number"],
                  "StackId": event["StackId"],
                  "RequestId": event["RequestId"],
                  "LogicalResourceId": event["LogicalResourceId"],
                  "Data": {"Seen": json.dumps([event["RequestType"], properties["Number"], properties["Flag"]])},
              }
              # As cfn-response does: the port of the URL is dropped, and TLS is taken for granted.
              connection = http.client.HTTPSConnection(url.hostname)
              connection.request("PUT", url.path + "?" + url.query, json.dumps(answer))
              assert connection.getresponse().status == 200
  Made:
    Type: Custom::Made
    Properties: {ServiceToken: !GetAtt Maker.Arn, Number: 7, Flag: true}
Outputs:
  Seen: {Value: !GetAtt Made.Seen}
  Id: {Value: !Ref Made}
'''


def test_a_function_makes_a_custom_resource(cloudformation, stack):
    cloudformation.create_stack(StackName=stack, TemplateBody=CUSTOM)
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    outputs = {output["OutputKey"]: output["OutputValue"] for output in describe(cloudformation, stack)["Outputs"]}
    assert outputs["Id"] == "made-7"
    # Numbers and booleans reach the function as text.
    assert json.loads(outputs["Seen"]) == ["Create", "7", "true"]


def test_a_stage_that_deploys_by_itself_may_come_before_its_routes(node, cloudformation, stack):
    template = """\
Resources:
  Api: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: a, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}
  Stage: {Type: 'AWS::ApiGatewayV2::Stage', Properties: {ApiId: !Ref Api, StageName: prod, AutoDeploy: true}}
  Integration: {Type: 'AWS::ApiGatewayV2::Integration', DependsOn: Stage, Properties: {ApiId: !Ref Api, IntegrationType: MOCK, RequestTemplates: {'200': '{"statusCode": 200}'}, TemplateSelectionExpression: '200'}}
  Route: {Type: 'AWS::ApiGatewayV2::Route', Properties: {ApiId: !Ref Api, RouteKey: $connect, Target: !Sub 'integrations/${Integration}'}}
Outputs:
  Api: {Value: !Ref Api}
"""
    from websockets.sync.client import connect

    cloudformation.create_stack(StackName=stack, TemplateBody=template)
    described = describe(cloudformation, stack)
    assert described["StackStatus"] == "CREATE_COMPLETE"
    api_id = described["Outputs"][0]["OutputValue"]
    with connect(f"{node.endpoint.replace('http', 'ws')}/{api_id}/prod"):
        pass


def test_exports_hold_their_stack(cloudformation, names, stack):
    export = names("export")
    exporting = f"Resources: {{G: {{Type: 'AWS::Logs::LogGroup'}}}}\nOutputs: {{O: {{Value: !Ref G, Export: {{Name: {export}}}}}}}\n"
    importing = f"Resources: {{G: {{Type: 'AWS::Logs::LogGroup', Properties: {{LogGroupName: !Join [/, [!ImportValue {export}, two]]}}}}}}"
    other = names("stack")
    cloudformation.create_stack(StackName=other, TemplateBody=exporting)
    cloudformation.create_stack(StackName=stack, TemplateBody=importing)
    assert cloudformation.list_imports(ExportName=export)["Imports"] == [stack]
    assert export in {found["Name"] for found in cloudformation.list_exports()["Exports"]}
    cloudformation.delete_stack(StackName=other)
    held = describe(cloudformation, other)
    assert held["StackStatus"] == "CREATE_COMPLETE"
    assert held["StackStatusReason"].startswith(f"Delete canceled. Cannot delete export {export} as it is in use by {stack}")
    cloudformation.delete_stack(StackName=stack)
    cloudformation.delete_stack(StackName=other)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=other)


# A custom resource that is never made; it may be deleted.
SILENT = """\
Resources:
  Maker:
    Type: AWS::Lambda::Function
    Properties:
      Runtime: python3.12
      Handler: index.handler
      Role: arn:aws:iam::000000000000:role/test
      Code:
        ZipFile: |
          import json, urllib.request
          def handler(event, context):
              if event["RequestType"] == "Delete":
                  names = ("StackId", "RequestId", "LogicalResourceId", "PhysicalResourceId")
                  answer = {"Status": "SUCCESS", **{name: event[name] for name in names}}
                  body = json.dumps(answer).encode()
                  urllib.request.urlopen(urllib.request.Request(event["ResponseURL"], body, method="PUT"))
  Made: {Type: Custom::Made, Properties: {ServiceToken: !GetAtt Maker.Arn}}
"""


def test_what_a_crash_interrupted_is_turned_back(tmp_path):
    server = Server.serve(tmp_path)
    try:
        client = server.client("cloudformation")
        stack_id = client.create_stack(StackName="s", TemplateBody=SILENT)["StackId"]
        # The function never answers, so that the call returned before the stack was there.
        assert describe(client, stack_id)["StackStatus"] == "CREATE_IN_PROGRESS"
        functions = server.client("lambda").list_functions()["Functions"]
        assert len(functions) == 1
    finally:
        server.kill()
    with running(Server.serve, tmp_path, may_warn="operation that was interrupted") as server:
        client = server.client("cloudformation")

        def turned_back():
            return describe(client, stack_id)["StackStatus"] == "ROLLBACK_COMPLETE"

        eventually(turned_back)
        assert server.client("lambda").list_functions()["Functions"] == []


def test_a_creation_that_takes_too_long_can_be_deleted(cloudformation, stack):
    stack_id = cloudformation.create_stack(StackName=stack, TemplateBody=SILENT)["StackId"]
    code, message, _ = refusal(cloudformation.update_stack, StackName=stack, TemplateBody=TABLE)
    assert (code, message) == (
        "ValidationError",
        f"Stack:{stack_id} is in CREATE_IN_PROGRESS state and can not be updated.",
    )
    cloudformation.delete_stack(StackName=stack)

    def deleted():
        return describe(cloudformation, stack_id)["StackStatus"] == "DELETE_COMPLETE"

    eventually(deleted)
