"""The Lambda API as boto3 calls it; the functions run for real."""

import base64
import json
import re

import pytest

import functions
from server import eventually

HELLO = """
    def handler(event, context):
        return {"hello": event}
"""


@pytest.fixture
def lambda_(node):
    return node.client("lambda")


def test_a_function_lives_from_create_to_delete(lambda_, names):
    name = names("life")
    created = functions.create(
        lambda_, name, HELLO, Description="says hello", Timeout=7, Environment={"Variables": {"AB": "1"}}
    )
    assert created["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert created["FunctionArn"].endswith(f":function:{name}")
    assert (created["Timeout"], created["MemorySize"], created["PackageType"]) == (7, 128, "Zip")
    assert created["Environment"] == {"Variables": {"AB": "1"}}

    lambda_.get_waiter("function_active_v2").wait(FunctionName=name)
    found = lambda_.get_function(FunctionName=name)
    assert found["Configuration"]["CodeSha256"] == created["CodeSha256"]
    assert found["Configuration"]["State"] == "Active"
    assert name in [f["FunctionName"] for page in lambda_.get_paginator("list_functions").paginate() for f in page["Functions"]]

    updated = lambda_.update_function_configuration(FunctionName=name, Timeout=9, Description="")
    assert (updated["Timeout"], updated["Description"]) == (9, "")
    assert updated["Environment"] == {"Variables": {"AB": "1"}}

    lambda_.delete_function(FunctionName=name)
    with pytest.raises(lambda_.exceptions.ResourceNotFoundException) as missing:
        lambda_.get_function(FunctionName=name)
    assert f"Function not found: {created['FunctionArn']}" in str(missing.value)


def test_a_name_is_taken_once(lambda_, names):
    with functions.function(lambda_, name := names("taken"), HELLO):
        with pytest.raises(lambda_.exceptions.ResourceConflictException, match="Function already exist: "):
            functions.create(lambda_, name, HELLO)


@pytest.mark.parametrize(
    ("runtime", "file", "handler", "source"),
    [
        ("python3.12", "app.py", "app.handler", HELLO),
        ("python3.9", "deep/app.py", "deep/app.handler", HELLO),
        ("nodejs22.x", "index.mjs", "index.handler", "export const handler = async (e) => ({ hello: e });"),
        ("nodejs20.x", "index.js", "index.handler", "exports.handler = async (e) => ({ hello: e });"),
        ("nodejs18.x", "index.js", "index.handler", "exports.handler = (e, c, done) => done(null, { hello: e });"),
    ],
    ids=["python", "python-in-a-folder", "node-esm", "node-commonjs", "node-callback"],
)
def test_invoke_answers_with_what_the_handler_returned(lambda_, names, runtime, file, handler, source):
    with functions.function(lambda_, name := names("hello"), source, runtime=runtime, file=file, handler=handler):
        answer = functions.invoke(lambda_, name, {"to": "wörld"})
        assert answer["StatusCode"] == 200 and answer["ExecutedVersion"] == "$LATEST"
        assert answer["Payload"] == {"hello": {"to": "wörld"}}
        assert "FunctionError" not in answer


def test_a_custom_runtime_speaks_the_runtime_api(lambda_, names):
    bootstrap = """\
        #!/usr/bin/env python3
        import json, os, urllib.request
        api = "http://" + os.environ["AWS_LAMBDA_RUNTIME_API"] + "/2018-06-01/runtime/invocation/"
        while True:
            with urllib.request.urlopen(api + "next") as invocation:
                event = json.load(invocation)
                request_id = invocation.headers["Lambda-Runtime-Aws-Request-Id"]
            answer = json.dumps({"mine": event}).encode()
            urllib.request.urlopen(api + request_id + "/response", answer).close()
    """
    settings = {"runtime": "provided.al2023", "file": "bootstrap", "handler": "any"}
    with functions.function(lambda_, name := names("custom"), bootstrap, **settings):
        assert functions.invoke(lambda_, name, [1])["Payload"] == {"mine": [1]}


def test_the_handler_finds_what_lambda_gives_it(lambda_, names):
    source = """
        import os

        def handler(event, context):
            variables = ["AWS_REGION", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "MINE"]
            return {
                "variables": {name: os.environ.get(name) for name in variables},
                "request_id": context.aws_request_id,
                "arn": context.invoked_function_arn,
                "left": context.get_remaining_time_in_millis(),
            }
    """
    settings = {"MemorySize": 256, "Timeout": 30, "Environment": {"Variables": {"MINE": "yes"}}}
    with functions.function(lambda_, name := names("context"), source, **settings) as created:
        answer = functions.invoke(lambda_, name)
    seen = answer["Payload"]
    assert seen["variables"] == {
        "AWS_REGION": "us-east-1",
        "AWS_LAMBDA_FUNCTION_NAME": name,
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "256",
        "MINE": "yes",
    }
    assert seen["request_id"] == answer["ResponseMetadata"]["RequestId"]
    assert seen["arn"] == created["FunctionArn"]
    assert 0 < seen["left"] <= 30_000


def test_a_warm_function_keeps_its_state(lambda_, names):
    source = """
        count = 0

        def handler(event, context):
            global count
            count += 1
            return count
    """
    with functions.function(lambda_, name := names("warm"), source):
        assert [functions.invoke(lambda_, name)["Payload"] for _ in range(3)] == [1, 2, 3]


def test_new_code_is_what_the_next_invocation_runs(lambda_, names):
    with functions.function(lambda_, name := names("fresh"), HELLO) as created:
        functions.invoke(lambda_, name)
        source = "def handler(event, context): return 'new'\n"
        updated = lambda_.update_function_code(FunctionName=name, ZipFile=functions.archive(source))
        assert updated["CodeSha256"] != created["CodeSha256"]
        lambda_.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 1})
        assert functions.invoke(lambda_, name)["Payload"] == "new"


def test_a_raised_error_has_the_shape_of_lambda(lambda_, names):
    source = """
        def handler(event, context):
            raise ValueError("no such colour")
    """
    with functions.function(lambda_, name := names("raise"), source):
        answer = functions.invoke(lambda_, name)
    assert answer["StatusCode"] == 200 and answer["FunctionError"] == "Unhandled"
    assert answer["Payload"]["errorMessage"] == "no such colour"
    assert answer["Payload"]["errorType"] == "ValueError"
    assert any("app.py" in line for line in answer["Payload"]["stackTrace"])
    assert "requestId" in answer["Payload"]


def test_a_thrown_error_has_the_shape_of_lambda(lambda_, names):
    source = "exports.handler = async () => { throw new TypeError('no such colour'); };"
    settings = {"runtime": "nodejs22.x", "file": "index.js", "handler": "index.handler"}
    with functions.function(lambda_, name := names("throw"), source, **settings):
        answer = functions.invoke(lambda_, name)
    assert answer["FunctionError"] == "Unhandled"
    assert answer["Payload"]["errorMessage"] == "no such colour"
    assert answer["Payload"]["errorType"] == "TypeError"
    assert answer["Payload"]["trace"][0] == "TypeError: no such colour"


def test_a_function_that_takes_too_long_is_ended(lambda_, names):
    source = """
        import time

        def handler(event, context):
            time.sleep(event)
            return "awake"
    """
    with functions.function(lambda_, name := names("sleepy"), source, Timeout=1):
        answer = functions.invoke(lambda_, name, 60)
        assert answer["FunctionError"] == "Unhandled"
        request_id = answer["ResponseMetadata"]["RequestId"]
        assert answer["Payload"] == {
            "errorType": "Sandbox.Timedout",
            "errorMessage": f"RequestId: {request_id} Error: Task timed out after 1.00 seconds",
        }
        assert functions.invoke(lambda_, name, 0)["Payload"] == "awake"


def test_a_function_that_exits_takes_nothing_else_down(lambda_, names):
    source = """
        import os

        def handler(event, context):
            os._exit(event) if event else None
            return "alive"
    """
    with functions.function(lambda_, name := names("exit"), source):
        answer = functions.invoke(lambda_, name, 3)
        assert answer["FunctionError"] == "Unhandled"
        assert answer["Payload"]["errorType"] == "Runtime.ExitError"
        assert answer["Payload"]["errorMessage"].endswith("Error: Runtime exited with error: exit status 3")
        assert functions.invoke(lambda_, name, 0)["Payload"] == "alive"


@pytest.mark.parametrize(
    ("handler", "error_type"), [("nowhere.handler", "Runtime.ImportModuleError"), ("app.nothing", "Runtime.HandlerNotFound")]
)
def test_a_handler_that_is_not_there_is_said(lambda_, names, handler, error_type):
    with functions.function(lambda_, name := names("missing"), HELLO, handler=handler):
        answer = functions.invoke(lambda_, name)
    assert (answer["FunctionError"], answer["Payload"]["errorType"]) == ("Unhandled", error_type)


def test_the_tail_of_the_log_comes_with_the_answer(lambda_, names):
    source = """
        def handler(event, context):
            print("mixing")
    """
    with functions.function(lambda_, name := names("tail"), source):
        answer = functions.invoke(lambda_, name, LogType="Tail")
    log = base64.b64decode(answer["LogResult"]).decode()
    request_id = answer["ResponseMetadata"]["RequestId"]
    assert re.search(rf"^START RequestId: {request_id} Version: \$LATEST$", log, re.M)
    assert re.search(r"^mixing$", log, re.M)
    assert re.search(rf"^END RequestId: {request_id}$", log, re.M)
    assert re.search(rf"^REPORT RequestId: {request_id}\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\t", log, re.M)


def test_what_a_function_prints_is_in_its_log_group(node, lambda_, names):
    source = """
        def handler(event, context):
            print("first\\nsecond")
    """
    with functions.function(lambda_, name := names("logs"), source):
        functions.invoke(lambda_, name)
        logs = node.client("logs")
        group = f"/aws/lambda/{name}"

        def messages():
            try:
                events = logs.filter_log_events(logGroupName=group)["events"]
            except logs.exceptions.ResourceNotFoundException:
                return []
            found = [event["message"].rstrip("\n") for event in events]
            return found if any(message.startswith("REPORT") for message in found) else []

        written = eventually(messages)
        assert written.index("first") < written.index("second")
        streams = logs.describe_log_streams(logGroupName=group)["logStreams"]
        assert re.fullmatch(r"\d{4}/\d{2}/\d{2}/\[\$LATEST\][0-9a-f]{32}", streams[0]["logStreamName"])


def test_an_event_is_accepted_at_once_and_runs_later(node, lambda_, names):
    table = names("events")
    dynamodb = node.client("dynamodb")
    dynamodb.create_table(
        TableName=table,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    source = """
        import boto3

        def handler(event, context):
            boto3.client("dynamodb").put_item(TableName=event["table"], Item={"id": {"S": "done"}})
    """
    with functions.function(lambda_, name := names("event"), source, Timeout=30):
        answer = functions.invoke(lambda_, name, {"table": table}, InvocationType="Event")
        assert (answer["StatusCode"], answer["Payload"]) == (202, None)
        eventually(lambda: dynamodb.get_item(TableName=table, Key={"id": {"S": "done"}}).get("Item"))


def test_a_dry_run_runs_nothing(lambda_, names):
    with functions.function(lambda_, name := names("dry"), "raise SystemExit(1)\n"):
        assert functions.invoke(lambda_, name, InvocationType="DryRun")["StatusCode"] == 204


def test_a_function_that_does_not_exist_is_not_found(lambda_):
    with pytest.raises(lambda_.exceptions.ResourceNotFoundException, match="Function not found: arn:aws:lambda:"):
        functions.invoke(lambda_, "nobody")


def test_permissions_make_the_resource_policy(lambda_, names):
    with functions.function(lambda_, name := names("policy"), HELLO) as created:
        permission = {
            "FunctionName": name,
            "StatementId": "gateway",
            "Action": "lambda:InvokeFunction",
            "Principal": "apigateway.amazonaws.com",
            "SourceArn": "arn:aws:execute-api:us-east-1:000000000000:abc123/*",
        }
        lambda_.add_permission(**permission)
        with pytest.raises(lambda_.exceptions.ResourceConflictException):
            lambda_.add_permission(**permission)

        policy = json.loads(lambda_.get_policy(FunctionName=name)["Policy"])
        assert policy["Statement"] == [
            {
                "Sid": "gateway",
                "Effect": "Allow",
                "Principal": {"Service": "apigateway.amazonaws.com"},
                "Action": "lambda:InvokeFunction",
                "Resource": created["FunctionArn"],
                "Condition": {"ArnLike": {"AWS:SourceArn": permission["SourceArn"]}},
            }
        ]
        lambda_.remove_permission(FunctionName=name, StatementId="gateway")
        with pytest.raises(lambda_.exceptions.ResourceNotFoundException):
            lambda_.get_policy(FunctionName=name)


def test_functions_find_the_sdks_that_lambda_bundles(lambda_, names):
    source = """
        import {DynamoDBDocumentClient} from "@aws-sdk/lib-dynamodb";
        import {ApiGatewayManagementApiClient} from "@aws-sdk/client-apigatewaymanagementapi";
        export const handler = async () => [typeof DynamoDBDocumentClient.from, typeof ApiGatewayManagementApiClient];
    """
    settings = {"runtime": "nodejs22.x", "file": "index.mjs", "handler": "index.handler", "Timeout": 30}
    with functions.function(lambda_, name := names("sdk"), source, **settings):
        assert functions.invoke(lambda_, name)["Payload"] == ["function", "function"]


def test_a_program_of_a_layer_is_at_opt(lambda_, names):
    # As the layer of the CDK with the AWS CLI: the path is absolute, and the interpreter is that of AWS's image.
    script = "#!/var/lang/bin/python\nimport sys\nprint('a program of a layer, given', sys.argv[1])\n"
    layer = lambda_.publish_layer_version(
        LayerName=names("layer"), Content={"ZipFile": functions.archive(script, "tools/tell")}
    )["LayerVersionArn"]
    source = """
        import subprocess

        def handler(event, context):
            return subprocess.run(["/opt/tools/tell", event], capture_output=True, text=True, check=True).stdout
    """
    with functions.function(lambda_, name := names("opt"), source, Layers=[layer]):
        assert functions.invoke(lambda_, name, "a word")["Payload"] == "a program of a layer, given a word\n"
