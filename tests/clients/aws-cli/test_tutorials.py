"""The AWS CLI as tutorials type it: an application from its first role to a client that talks to it, and stacks."""

import contextlib
import io
import json
import os
import shutil
import unittest.mock

import awscli.clidriver
import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running

SECONDS = 20


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.serve, tmp_path_factory.mktemp("tutorials")) as server:
        yield server


@pytest.fixture
def aws(server, tmp_path):
    """Types a command; what it printed, read if it is JSON. The program is loaded once, which is most of its time."""

    def run(*arguments, fails=False):
        printed = io.StringIO()
        with (
            contextlib.chdir(tmp_path),
            unittest.mock.patch.dict(os.environ, server.environment(), clear=True),
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(printed),
        ):
            status = awscli.clidriver.create_clidriver().main(list(arguments))
        text = printed.getvalue()
        assert bool(status) == fails, text
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            return text

    return run


def says_hello(server, url):
    host, stage = url.removeprefix("wss://").split("/", 1)
    reachable = f"{server.endpoint.replace('http', 'ws')}/{host.split('.')[0]}/{stage}"
    with connect(reachable) as socket:
        socket.send('{"action":"sendmessage","data":"hello"}')
        return socket.recv(timeout=SECONDS)


def test_a_serverless_application_is_packaged_and_deployed(server, aws, tmp_path):
    shutil.copytree(ROOT / "examples" / "chat", tmp_path, dirs_exist_ok=True)
    # The command does not look into Globals.
    text = (tmp_path / "template.yaml").read_text().replace("    CodeUri: python\n", "")
    (tmp_path / "template.yaml").write_text(text.replace("      Handler:", "      CodeUri: python\n      Handler:"))
    aws("s3", "mb", "s3://packages")
    aws(
        "cloudformation", "package", "--template-file", "template.yaml", "--s3-bucket", "packages",
        "--output-template-file", "packaged.yaml",
    )  # fmt: skip
    assert "s3://packages/" in (tmp_path / "packaged.yaml").read_text()
    deploy = [
        "cloudformation", "deploy", "--template-file", "packaged.yaml", "--stack-name", "packaged",
        "--capabilities", "CAPABILITY_IAM", "--parameter-overrides", "TableName=packaged",
    ]  # fmt: skip
    assert "Successfully created/updated stack - packaged" in aws(*deploy)
    unchanged = aws(*deploy, "--no-fail-on-empty-changeset")
    assert "No changes to deploy. Stack packaged is up to date" in unchanged
    (stack,) = aws("cloudformation", "describe-stacks", "--stack-name", "packaged")["Stacks"]
    outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
    assert says_hello(server, outputs["WebSocketURI"]) == "hello"
    aws("cloudformation", "delete-stack", "--stack-name", "packaged")
    aws("cloudformation", "wait", "stack-delete-complete", "--stack-name", "packaged")


def test_a_stack_is_created_updated_waited_for_and_deleted(aws, tmp_path):
    template = "Parameters: {Days: {Type: Number}}\nResources: {Group: {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: !Ref Days}}}\n"
    (tmp_path / "group.yaml").write_text(template)
    named = ["--stack-name", "typed", "--template-body", "file://group.yaml", "--parameters"]
    assert aws("cloudformation", "validate-template", "--template-body", "file://group.yaml")["Parameters"]
    aws("cloudformation", "create-stack", *named, "ParameterKey=Days,ParameterValue=7")
    aws("cloudformation", "wait", "stack-create-complete", "--stack-name", "typed")
    aws("cloudformation", "update-stack", *named, "ParameterKey=Days,ParameterValue=14")
    aws("cloudformation", "wait", "stack-update-complete", "--stack-name", "typed")
    again = aws("cloudformation", "update-stack", *named, "ParameterKey=Days,ParameterValue=14", fails=True)
    assert "No updates are to be performed." in again
    (resource,) = aws("cloudformation", "list-stack-resources", "--stack-name", "typed")["StackResourceSummaries"]
    (group,) = aws("logs", "describe-log-groups", "--log-group-name-prefix", resource["PhysicalResourceId"])["logGroups"]
    assert group["retentionInDays"] == 14
    aws("cloudformation", "delete-stack", "--stack-name", "typed")
    aws("cloudformation", "wait", "stack-delete-complete", "--stack-name", "typed")


TRUST = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},"Action":"sts:AssumeRole"}]}'
HANDLER = """
import json, boto3

table = boto3.resource("dynamodb").Table("typed-connections")

def handler(event, context):
    about = event["requestContext"]
    if about["routeKey"] == "$connect":
        table.put_item(Item={"id": about["connectionId"]})
        return {"statusCode": 200}
    if about["routeKey"] == "$disconnect":
        table.delete_item(Key={"id": about["connectionId"]})
        return {"statusCode": 200}
    gateway = boto3.client("apigatewaymanagementapi", endpoint_url=f"https://{about['domainName']}/{about['stage']}")
    for item in table.scan()["Items"]:
        gateway.post_to_connection(ConnectionId=item["id"], Data=json.loads(event["body"])["data"].encode())
    return {"statusCode": 200}
"""


def test_an_application_is_typed_call_by_call(server, aws, tmp_path):
    role = aws("iam", "create-role", "--role-name", "typed", "--assume-role-policy-document", TRUST)["Role"]["Arn"]
    for policy in ("service-role/AWSLambdaBasicExecutionRole", "AmazonDynamoDBFullAccess", "AmazonAPIGatewayInvokeFullAccess"):
        aws("iam", "attach-role-policy", "--role-name", "typed", "--policy-arn", f"arn:aws:iam::aws:policy/{policy}")
    table = ["--table-name", "typed-connections"]
    aws(
        "dynamodb", "create-table", *table, "--attribute-definitions", "AttributeName=id,AttributeType=S",
        "--key-schema", "AttributeName=id,KeyType=HASH", "--billing-mode", "PAY_PER_REQUEST",
    )  # fmt: skip
    aws("dynamodb", "wait", "table-exists", *table)
    (tmp_path / "app.py").write_text(HANDLER)
    shutil.make_archive(tmp_path / "app", "zip", tmp_path, "app.py")
    function = aws(
        "lambda", "create-function", "--function-name", "typed", "--runtime", "python3.12", "--handler", "app.handler",
        "--role", role, "--zip-file", "fileb://app.zip", "--timeout", "20",
    )["FunctionArn"]  # fmt: skip
    aws("lambda", "wait", "function-active-v2", "--function-name", "typed")

    api = aws(
        "apigatewayv2", "create-api", "--name", "typed", "--protocol-type", "WEBSOCKET",
        "--route-selection-expression", "$request.body.action",
    )  # fmt: skip
    of_api = ["--api-id", api["ApiId"]]
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function}/invocations"
    integration = aws(
        "apigatewayv2", "create-integration", *of_api, "--integration-type", "AWS_PROXY", "--integration-uri", uri
    )  # fmt: skip
    for key in ("$connect", "$disconnect", "sendmessage"):
        target = f"integrations/{integration['IntegrationId']}"
        aws("apigatewayv2", "create-route", *of_api, "--route-key", key, "--target", target)
    aws("apigatewayv2", "create-stage", *of_api, "--stage-name", "prod", "--auto-deploy")
    aws(
        "lambda", "add-permission", "--function-name", "typed", "--statement-id", "gateway", "--action",
        "lambda:InvokeFunction", "--principal", "apigateway.amazonaws.com",
        "--source-arn", f"arn:aws:execute-api:us-east-1:000000000000:{api['ApiId']}/*",
    )  # fmt: skip
    assert says_hello(server, f"{api['ApiEndpoint']}/prod") == "hello"

    (tmp_path / "app.py").write_text(HANDLER.replace('["data"]', '["data"].upper()'))
    shutil.make_archive(tmp_path / "app", "zip", tmp_path, "app.py")
    aws("lambda", "update-function-code", "--function-name", "typed", "--zip-file", "fileb://app.zip")
    aws("lambda", "wait", "function-updated-v2", "--function-name", "typed")
    assert says_hello(server, f"{api['ApiEndpoint']}/prod") == "HELLO"

    events = aws("logs", "filter-log-events", "--log-group-name", "/aws/lambda/typed", "--filter-pattern", "REPORT")
    assert len(events["events"]) >= 3
    aws("apigatewayv2", "delete-api", *of_api)
    aws("lambda", "delete-function", "--function-name", "typed")
    aws("dynamodb", "delete-table", *table)
