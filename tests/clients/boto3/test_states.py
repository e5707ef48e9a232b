"""State machines as boto3 sees them, and stacks in which an execution ends at a socket or a client waits for one."""

import json
import textwrap

import botocore.config
import botocore.exceptions
import functions
import pytest
from websockets.sync.client import connect

from server import eventually

SECONDS = 30  # the first message starts functions
ROLE = "arn:aws:iam::000000000000:role/machine"


@pytest.fixture
def states(node):
    # The SDK would put `sync-` before an address.
    return node.client("stepfunctions", config=botocore.config.Config(inject_host_prefix=False))


@pytest.fixture
def machine(states, names):
    """Makes state machines that are gone after the test."""
    made = []

    def make(definition, **settings):
        answer = states.create_state_machine(
            name=names("machine"), definition=json.dumps(definition), roleArn=ROLE, **settings
        )
        made.append(answer["stateMachineArn"])
        return made[-1]

    yield make
    for arn in made:
        states.delete_state_machine(stateMachineArn=arn)


def ended(states, execution):
    """The execution once it runs no more."""

    def look():
        described = states.describe_execution(executionArn=execution)
        return described if described["status"] != "RUNNING" else None

    return eventually(look)


def run(states, machine, given):
    execution = states.start_execution(stateMachineArn=machine, input=json.dumps(given))["executionArn"]
    return ended(states, execution)


def only(state):
    return {"StartAt": "Only", "States": {"Only": {"End": True, **state}}}


def test_a_function_a_wait_and_a_choice_make_an_execution(node, states, machine, names):
    source = """
        def handler(event, context):
            return {"doubled": event["n"] * 2}
    """
    with functions.function(node.client("lambda"), names("double"), source) as function:
        definition = {
            "StartAt": "Double",
            "States": {
                "Double": {"Type": "Task", "Resource": function["FunctionArn"], "ResultPath": "$.made", "Next": "Hold"},
                "Hold": {"Type": "Wait", "Seconds": 1, "Next": "Judge"},
                "Judge": {
                    "Type": "Choice",
                    "Choices": [{"Variable": "$.made.doubled", "NumericGreaterThan": 10, "Next": "Big"}],
                    "Default": "Small",
                },
                "Big": {"Type": "Pass", "Parameters": {"text.$": "States.Format('{} is big', $.made.doubled)"}, "End": True},
                "Small": {"Type": "Fail", "Error": "TooSmall", "Cause": "It is small."},
            },
        }
        arn = machine(definition)
        big = run(states, arn, {"n": 21})
        assert (big["status"], json.loads(big["output"])) == ("SUCCEEDED", {"text": "42 is big"})
        small = run(states, arn, {"n": 1})
        assert (small["status"], small["error"], small["cause"]) == ("FAILED", "TooSmall", "It is small.")
        events = states.get_execution_history(executionArn=big["executionArn"])["events"]
        kinds = [event["type"] for event in events]
        assert kinds[:5] == [
            "ExecutionStarted", "TaskStateEntered", "LambdaFunctionScheduled", "LambdaFunctionStarted", "LambdaFunctionSucceeded",
        ]  # fmt: skip
        assert [event["id"] for event in events] == list(range(1, len(events) + 1))
        listed = states.list_executions(stateMachineArn=arn)["executions"]
        assert [execution["status"] for execution in listed] == ["FAILED", "SUCCEEDED"]


def test_a_definition_that_is_wrong_is_refused_with_its_place(machine):
    with pytest.raises(botocore.exceptions.ClientError) as refused:
        machine({"StartAt": "a", "States": {"a": {"Type": "Pass", "Next": "b"}}})
    error = refused.value.response["Error"]
    assert error["Code"] == "InvalidDefinition"
    assert error["Message"] == (
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: b at /States/a/Next'"
    )


def test_tables_queues_and_topics_are_called_by_the_machine(node, states, machine, names):
    dynamodb, sqs = node.client("dynamodb"), node.client("sqs")
    table, url = names("orders"), sqs.create_queue(QueueName=names("jobs"))["QueueUrl"]
    dynamodb.create_table(
        TableName=table,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    key = {"id": {"S.$": "$.id"}}
    sdk = "arn:aws:states:::aws-sdk:sqs:getQueueAttributes"
    definition = {
        "StartAt": "Put",
        "States": {
            "Put": {
                "Type": "Task",
                "Resource": "arn:aws:states:::dynamodb:putItem",
                "Parameters": {"TableName": table, "Item": {**key, "n": {"N.$": "States.Format('{}', $.n)"}}},
                "ResultPath": None,
                "Next": "Get",
            },
            "Get": {
                "Type": "Task",
                "Resource": "arn:aws:states:::dynamodb:getItem",
                "Parameters": {"TableName": table, "Key": key},
                "ResultSelector": {"n.$": "$.Item.n.N"},
                "Next": "Send",
            },
            "Send": {
                "Type": "Task",
                "Resource": "arn:aws:states:::sqs:sendMessage",
                "Parameters": {"QueueUrl": url, "MessageBody": {"got.$": "$.n"}},
                "Next": "Count",
            },
            "Count": {
                "Type": "Task",
                "Resource": sdk,
                "Parameters": {"QueueUrl": url, "AttributeNames": ["ApproximateNumberOfMessages"]},
                "OutputPath": "$.Attributes.ApproximateNumberOfMessages",
                "End": True,
            },
        },
    }
    done = run(states, machine(definition), {"id": "o1", "n": 7})
    assert (done["status"], done.get("output")) == ("SUCCEEDED", '"1"'), done
    (message,) = sqs.receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"]) == {"got": "7"}
    missing = only(
        {
            "Type": "Task",
            "Resource": "arn:aws:states:::dynamodb:getItem",
            "Parameters": {"TableName": names("nothing"), "Key": {"id": {"S": "x"}}},
        }
    )
    assert run(states, machine(missing), {})["error"] == "DynamoDB.ResourceNotFoundException"
    dynamodb.delete_table(TableName=table)
    sqs.delete_queue(QueueUrl=url)


def test_a_map_in_jsonata_adds_up_what_its_items_make(states, machine):
    definition = {
        "QueryLanguage": "JSONata",
        "StartAt": "Each",
        "States": {
            "Each": {
                "Type": "Map",
                "Items": "{% $states.input.orders[total > 5] %}",
                "ItemProcessor": {
                    "ProcessorConfig": {"Mode": "INLINE"},
                    "StartAt": "Tax",
                    "States": {"Tax": {"Type": "Pass", "Output": "{% $round($states.input.total * 1.2, 2) %}", "End": True}},
                },
                "Assign": {"all": "{% $states.result %}"},
                "Next": "Sum",
            },
            "Sum": {"Type": "Pass", "Output": {"sum": "{% $sum($all) %}", "n": "{% $count($all) %}"}, "End": True},
        },
    }
    done = run(states, machine(definition), {"orders": [{"total": 10}, {"total": 1}, {"total": 20}]})
    assert json.loads(done["output"]) == {"sum": 36, "n": 2}


def test_a_task_waits_for_the_word_of_a_worker(node, states, machine, names):
    url = node.client("sqs").create_queue(QueueName=names("ask"))["QueueUrl"]
    definition = only(
        {
            "Type": "Task",
            "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Parameters": {"QueueUrl": url, "MessageBody": {"token.$": "$$.Task.Token"}},
        }
    )
    started = states.start_execution(stateMachineArn=machine(definition))["executionArn"]
    sqs = node.client("sqs")
    (message,) = eventually(lambda: sqs.receive_message(QueueUrl=url, WaitTimeSeconds=1).get("Messages"))
    states.send_task_success(taskToken=json.loads(message["Body"])["token"], output='{"approved": true}')
    assert json.loads(ended(states, started)["output"]) == {"approved": True}
    sqs.delete_queue(QueueUrl=url)


def test_an_express_machine_answers_who_waits(states, machine):
    definition = only({"Type": "Pass", "Parameters": {"hello.$": "$.name"}})
    answer = states.start_sync_execution(stateMachineArn=machine(definition, type="EXPRESS"), input='{"name": "Ada"}')
    assert (answer["status"], json.loads(answer["output"])) == ("SUCCEEDED", {"hello": "Ada"})


TEMPLATE = """
    Transform: AWS::Serverless-2016-10-31
    Resources:
      Chat:
        Type: AWS::ApiGatewayV2::Api
        Properties: {Name: !Ref AWS::StackName, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
      Start:
        Type: AWS::ApiGatewayV2::Integration
        Properties:
          ApiId: !Ref Chat
          IntegrationType: AWS
          IntegrationMethod: POST
          IntegrationUri: !Sub arn:aws:apigateway:${AWS::Region}:states:action/StartExecution
          CredentialsArn: !GetAtt StartRole.Arn
          TemplateSelectionExpression: \\$default
          RequestTemplates:
            $default: !Sub >-
              {"stateMachineArn": "${Flow}", "input": "{\\"id\\": \\"$context.connectionId\\"}"}
      StartRole:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Action: 'sts:AssumeRole', Principal: {Service: apigateway.amazonaws.com}}]}
          Policies:
            - PolicyName: start
              PolicyDocument: {Statement: [{Effect: Allow, Action: 'states:StartExecution', Resource: !Ref Flow}]}
      StartRoute:
        Type: AWS::ApiGatewayV2::Route
        Properties: {ApiId: !Ref Chat, RouteKey: start, Target: !Sub 'integrations/${Start}'}
      Stage:
        Type: AWS::ApiGatewayV2::Stage
        Properties: {ApiId: !Ref Chat, StageName: live, AutoDeploy: true}
      Greet:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: python3.12
          Handler: index.handler
          InlineCode: |
            def handler(event, context):
                return {"text": "hello " + event["id"]}
      Flow:
        Type: AWS::Serverless::StateMachine
        Properties:
          Definition:
            StartAt: Greet
            States:
              Greet: {Type: Task, Resource: '${GreetArn}', ResultPath: $.made, Next: Post}
              Post:
                Type: Task
                Resource: arn:aws:states:::apigateway:invoke
                Parameters:
                  ApiEndpoint: '${Endpoint}'
                  Method: POST
                  Stage: live
                  Path.$: States.Format('/@connections/{}', $.id)
                  RequestBody.$: $.made
                  AuthType: IAM_ROLE
                End: true
          DefinitionSubstitutions:
            GreetArn: !GetAtt Greet.Arn
            Endpoint: !Sub '${Chat}.execute-api.${AWS::Region}.amazonaws.com'
          Policies:
            - LambdaInvokePolicy: {FunctionName: !Ref Greet}
            - Statement:
                - Effect: Allow
                  Action: execute-api:ManageConnections
                  Resource: !Sub 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Chat}/*'
          Events:
            Seen: {Type: EventBridgeRule, Properties: {Pattern: {source: [!Ref AWS::StackName]}, InputPath: $.detail}}
      Quick:
        Type: AWS::StepFunctions::StateMachine
        Properties:
          StateMachineType: EXPRESS
          RoleArn: !GetAtt FlowRole.Arn
          DefinitionString: !Sub '{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "${Greet.Arn}", "End": true}}}'
      Ask:
        Type: AWS::Serverless::Function
        Properties:
          Runtime: python3.12
          Handler: index.handler
          Environment: {Variables: {MACHINE: !Ref Quick}}
          Policies: [{Statement: [{Effect: Allow, Action: 'states:StartSyncExecution', Resource: !Ref Quick}]}]
          InlineCode: |
            import boto3, os
            def handler(event, context):
                answer = boto3.client("stepfunctions").start_sync_execution(
                    stateMachineArn=os.environ["MACHINE"], input='{"id": "you"}')
                return answer["output"]
    Outputs:
      Api: {Value: !Ref Chat}
      Flow: {Value: !Ref Flow}
      Ask: {Value: !Ref Ask}
"""


def test_a_stack_starts_executions_that_post_to_sockets(node, states, names):
    cloudformation, stack = node.client("cloudformation"), names("flow")
    cloudformation.create_stack(
        StackName=stack,
        TemplateBody=textwrap.dedent(TEMPLATE),
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    (described,) = cloudformation.describe_stacks(StackName=stack)["Stacks"]
    made = {output["OutputKey"]: output["OutputValue"] for output in described["Outputs"]}
    with connect(f"{node.endpoint.replace('http', 'ws')}/{made['Api']}/live") as socket:
        socket.send(json.dumps({"action": "start"}))
        told = json.loads(socket.recv(timeout=SECONDS))
        if "executionArn" in told:  # the integration's own answer, where the route has a response
            told = json.loads(socket.recv(timeout=SECONDS))
        assert told["text"].startswith("hello ")
        # The rule's way: an event starts an execution with its detail.
        entry = {"Source": stack, "DetailType": "Seen", "Detail": json.dumps({"id": told["text"].removeprefix("hello ")})}
        node.client("events").put_events(Entries=[entry])
        assert json.loads(socket.recv(timeout=SECONDS)) == told
    listed = states.list_executions(stateMachineArn=made["Flow"])["executions"]
    assert len(listed) == 2
    answer = functions.invoke(node.client("lambda"), made["Ask"])
    assert json.loads(answer["Payload"]) == {"text": "hello you"}
    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    with pytest.raises(states.exceptions.StateMachineDoesNotExist):
        states.describe_state_machine(stateMachineArn=made["Flow"])
