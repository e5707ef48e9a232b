"""EventBridge and its scheduler as boto3 sees them, and a stack in which what happens elsewhere ends at a socket."""

import datetime
import json

import functions
import pytest
from websockets.sync.client import connect

from server import eventually

SECONDS = 30  # the first message starts functions


@pytest.fixture
def events(node):
    return node.client("events")


@pytest.fixture
def queue(node, names):
    """Makes queues, as their URL and their ARN, that are gone after the test."""
    sqs, urls = node.client("sqs"), []

    def make():
        urls.append(sqs.create_queue(QueueName=names("jobs"))["QueueUrl"])
        told = sqs.get_queue_attributes(QueueUrl=urls[-1], AttributeNames=["QueueArn"])["Attributes"]
        return urls[-1], told["QueueArn"]

    yield make
    for url in urls:
        sqs.delete_queue(QueueUrl=url)


@pytest.fixture
def rule(events, names):
    """Makes rules with one target that are gone after the test."""
    made = []

    def make(target, bus="default", **settings):
        name = names("rule")
        arn = events.put_rule(Name=name, EventBusName=bus, **settings)["RuleArn"]
        made.append((name, bus))
        events.put_targets(Rule=name, EventBusName=bus, Targets=[{"Id": "one", **target}])
        return arn

    yield make
    for name, bus in made:
        events.remove_targets(Rule=name, EventBusName=bus, Ids=["one"])
        events.delete_rule(Name=name, EventBusName=bus)


def received(node, url):
    """The body of the next message of a queue, once there is one."""
    sqs = node.client("sqs")
    (message,) = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"))
    sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])
    return message["Body"]


def entry(source, detail, **more):
    return {"Source": source, "DetailType": "Joined", "Detail": json.dumps(detail), **more}


def test_an_event_reaches_the_targets_of_the_rules_that_it_matches(node, events, rule, queue, names):
    url, arn = queue()
    source = names("app")
    rule({"Arn": arn}, EventPattern=json.dumps({"source": [source], "detail": {"age": [{"numeric": [">=", 18]}]}}))
    when = datetime.datetime(2027, 2, 3, 9, 15, 42, tzinfo=datetime.timezone.utc)
    entries = [entry(source, {"age": 12}), entry(source, {"age": 20}, Time=when, Resources=["arn:x"])]
    answer = events.put_events(Entries=[*entries, {"Source": source}])
    assert answer["FailedEntryCount"] == 1
    assert answer["Entries"][2]["ErrorCode"] == "InvalidArgument"
    told = json.loads(received(node, url))
    assert told == {
        "version": "0",
        "id": answer["Entries"][1]["EventId"],
        "detail-type": "Joined",
        "source": source,
        "account": "000000000000",
        "time": "2027-02-03T09:15:42Z",
        "region": "us-east-1",
        "resources": ["arn:x"],
        "detail": {"age": 20},
    }


def test_a_target_is_told_what_its_transformer_makes(node, events, rule, queue, names):
    url, arn = queue()
    source = names("app")
    transformer = {"InputPathsMap": {"user": "$.detail.user"}, "InputTemplate": '{"text": "<user> is here"}'}
    rule({"Arn": arn, "InputTransformer": transformer}, EventPattern=json.dumps({"source": [source]}))
    events.put_events(Entries=[entry(source, {"user": "ann"})])
    assert json.loads(received(node, url)) == {"text": "ann is here"}


def test_a_bus_hands_events_on_to_topics(node, events, rule, queue, names):
    sns = node.client("sns")
    url, arn = queue()
    bus, source = names("bus"), names("app")
    topic = sns.create_topic(Name=names("news"))["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    bus_arn = events.create_event_bus(Name=bus)["EventBusArn"]
    rule({"Arn": topic, "InputPath": "$.detail"}, bus=bus, EventPattern=json.dumps({"source": [source]}))
    rule({"Arn": bus_arn}, EventPattern=json.dumps({"source": [source]}))
    events.put_events(Entries=[entry(source, {"user": "ann"})])
    assert json.loads(received(node, url)) == {"user": "ann"}
    sns.delete_topic(TopicArn=topic)


def test_a_bus_and_a_topic_are_told_what_became_of_an_event(node, events, rule, queue, names):
    client, sns, name = node.client("lambda"), node.client("sns"), names("done")
    url, arn = queue()
    topic = sns.create_topic(Name=names("news"))["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    bus = events.describe_event_bus()["Arn"]
    with functions.function(client, name, "def handler(event, context): return 'done'") as function:
        mine = {"requestContext": {"functionArn": [{"prefix": function["FunctionArn"]}]}}
        rule({"Arn": arn, "InputPath": "$.detail"}, EventPattern=json.dumps({"source": ["lambda"], "detail": mine}))
        for destination in (bus, topic):
            config = {"OnSuccess": {"Destination": destination}}
            client.put_function_event_invoke_config(FunctionName=name, DestinationConfig=config)
            client.invoke(FunctionName=name, InvocationType="Event", Payload="{}")
            told = json.loads(received(node, url))
            assert (told["requestContext"]["condition"], told["responsePayload"]) == ("Success", "done")
    sns.delete_topic(TopicArn=topic)


def test_refusals_are_the_exceptions_of_the_model(events, names):
    with pytest.raises(events.exceptions.ResourceNotFoundException, match="does not exist on EventBus default"):
        events.describe_rule(Name=names("rule"))
    with pytest.raises(events.exceptions.InvalidEventPatternException, match="Event pattern is not valid"):
        events.put_rule(Name=names("rule"), EventPattern='{"source": "app"}')
    with pytest.raises(events.exceptions.ClientError, match="ScheduleExpression is not valid"):
        events.put_rule(Name=names("rule"), ScheduleExpression="rate(5 minute)")


def test_a_schedule_calls_once_and_goes(node, queue, names):
    scheduler, name = node.client("scheduler"), names("remind")
    url, arn = queue()
    group = names("group")
    scheduler.create_schedule_group(Name=group, Tags=[{"Key": "team", "Value": "chat"}])
    at = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=2)).strftime("%Y-%m-%dT%H:%M:%S")
    target = {"Arn": arn, "RoleArn": "arn:aws:iam::000000000000:role/caller", "Input": '{"remind": "ann"}'}
    settings = {"FlexibleTimeWindow": {"Mode": "OFF"}, "Target": target, "GroupName": group}
    created = scheduler.create_schedule(
        Name=name, ScheduleExpression=f"at({at})", ActionAfterCompletion="DELETE", **settings
    )
    assert created["ScheduleArn"].endswith(f":schedule/{group}/{name}")
    told = scheduler.get_schedule(Name=name, GroupName=group)
    assert (told["State"], told["Target"]["Input"]) == ("ENABLED", '{"remind": "ann"}')
    assert json.loads(received(node, url)) == {"remind": "ann"}
    with pytest.raises(scheduler.exceptions.ResourceNotFoundException):
        scheduler.get_schedule(Name=name, GroupName=group)
    arn = scheduler.get_schedule_group(Name=group)["Arn"]
    assert scheduler.list_tags_for_resource(ResourceArn=arn)["Tags"] == [{"Key": "team", "Value": "chat"}]
    scheduler.delete_schedule_group(Name=group)


# A client asks over its socket; the AWS SDK for JavaScript in the function publishes and puts; and what the topic, the
# rule and the schedules tell the other function comes back over the socket.
STACK = """
Transform: AWS::Serverless-2016-10-31
Globals: {Function: {Runtime: nodejs22.x, Handler: index.handler, Timeout: 30}}
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: events, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
  Integration:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Ask.Arn}/invocations
  Default:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: $default, Target: !Sub 'integrations/${Integration}'}
  Publish:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS
      IntegrationMethod: POST
      CredentialsArn: !GetAtt Role.Arn
      IntegrationUri: !Sub arn:aws:apigateway:${AWS::Region}:sns:action/Publish
      RequestParameters: {integration.request.querystring.TopicArn: !Sub "'${Topic}'"}
      RequestTemplates: {$default: "Message=$util.urlEncode($context.connectionId)"}
      TemplateSelectionExpression: \\$default
  Direct:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: direct, Target: !Sub 'integrations/${Publish}'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: apigateway.amazonaws.com}}]}
      Policies: [{PolicyName: publish, PolicyDocument: {Statement: [{Effect: Allow, Action: 'sns:Publish', Resource: !Ref Topic}]}}]
  Stage: {Type: AWS::ApiGatewayV2::Stage, Properties: {ApiId: !Ref Api, StageName: test, AutoDeploy: true}}
  Permission:
    Type: AWS::Lambda::Permission
    Properties: {Action: 'lambda:InvokeFunction', FunctionName: !Ref Ask, Principal: apigateway.amazonaws.com}
  Topic: {Type: AWS::SNS::Topic}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: !Sub '${AWS::StackName}-bus'}}
  Ask:
    Type: AWS::Serverless::Function
    Properties:
      Environment: {Variables: {TOPIC: !Ref Topic, BUS: !Ref Bus}}
      Policies:
        - SNSPublishMessagePolicy: {TopicName: !GetAtt Topic.TopicName}
        - EventBridgePutEventsPolicy: {EventBusName: !Ref Bus}
      InlineCode: |
        const { SNSClient, PublishCommand } = require("@aws-sdk/client-sns");
        const { EventBridgeClient, PutEventsCommand } = require("@aws-sdk/client-eventbridge");
        exports.handler = async ({ body, requestContext: { connectionId } }) => {
          const MessageAttributes = { kind: { DataType: "String", StringValue: "greeting" } };
          const Detail = JSON.stringify({ connectionId });
          if (JSON.parse(body).action === "publish") {
            await new SNSClient({}).send(new PublishCommand({ TopicArn: process.env.TOPIC, Message: connectionId, MessageAttributes }));
          } else {
            const Entries = [{ EventBusName: process.env.BUS, Source: "chat", DetailType: "Asked", Detail }];
            const answer = await new EventBridgeClient({}).send(new PutEventsCommand({ Entries }));
            if (answer.FailedEntryCount) throw new Error(JSON.stringify(answer));
          }
          return { statusCode: 200 };
        };
  Tell:
    Type: AWS::Serverless::Function
    Properties:
      Environment: {Variables: {URL: !Sub 'https://${Api}.execute-api.${AWS::Region}.amazonaws.com/test'}}
      Policies: [{Statement: [{Effect: Allow, Action: 'execute-api:ManageConnections', Resource: '*'}]}]
      Events:
        News: {Type: SNS, Properties: {Topic: !Ref Topic}}
        Asked: {Type: EventBridgeRule, Properties: {EventBusName: !Ref Bus, Pattern: {source: [chat], detail-type: [Asked]}}}
        Nightly: {Type: Schedule, Properties: {Schedule: cron(0 3 * * ? *)}}
        Weekly: {Type: ScheduleV2, Properties: {ScheduleExpression: rate(7 days), State: DISABLED}}
      InlineCode: |
        const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require("@aws-sdk/client-apigatewaymanagementapi");
        exports.handler = async (event) => {
          const sns = event.Records?.[0].Sns;
          const ConnectionId = sns ? sns.Message : event.detail.connectionId;
          const Data = sns ? `sns ${sns.MessageAttributes.kind?.Value}` : `events ${event["detail-type"]}`;
          await new ApiGatewayManagementApiClient({ endpoint: process.env.URL }).send(new PostToConnectionCommand({ ConnectionId, Data }));
        };
Outputs:
  Url: {Value: !Sub '${Api}/test'}
  Rule: {Value: !Ref TellAsked}
"""


def test_what_a_topic_and_a_rule_are_told_ends_at_the_socket(node, names):
    cloudformation, stack = node.client("cloudformation"), names("stack")
    capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
    cloudformation.create_stack(StackName=stack, TemplateBody=STACK, Capabilities=capabilities)
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    told = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]["Outputs"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in told}
    assert outputs["Rule"].startswith(f"{stack}-bus|{stack}-TellAsked-")
    with connect(f"{node.endpoint.replace('http', 'ws')}/{outputs['Url']}") as socket:
        for action, frame in [("publish", "sns greeting"), ("put", "events Asked"), ("direct", "sns undefined")]:
            socket.send(json.dumps({"action": action}))
            assert socket.recv(timeout=SECONDS) == frame
    rules = node.client("events").list_rules(NamePrefix=f"{stack}-TellNightly")["Rules"]
    assert [rule["ScheduleExpression"] for rule in rules] == ["cron(0 3 * * ? *)"]
    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    assert node.client("events").list_rules(NamePrefix=stack)["Rules"] == []
    assert not [t for t in node.client("sns").list_topics()["Topics"] if stack in t["TopicArn"]]
