"""The control plane of WebSocket APIs as boto3 calls it, up to a client that talks to what was made."""

import json
import re

import pytest
from botocore.exceptions import ClientError
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

import functions

SECONDS = 20
ECHO = """
    def handler(event, context):
        return {"statusCode": 200, "body": "echo " + event.get("body", "")}
"""


@pytest.fixture
def gateway(node):
    return node.client("apigatewayv2")


@pytest.fixture
def api(gateway, names):
    created = gateway.create_api(
        Name=names("api"), ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )
    yield created["ApiId"]
    gateway.delete_api(ApiId=created["ApiId"])


@pytest.fixture
def echo(node, names):
    lambda_ = node.client("lambda")
    with functions.function(lambda_, names("echo"), ECHO) as created:
        lambda_.add_permission(
            FunctionName=created["FunctionName"],
            StatementId="gateway",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        yield created["FunctionArn"]


def refusal(call):
    with pytest.raises(ClientError) as refused:
        call()
    response = refused.value.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response["Error"]["Message"]


def members(answer):
    return sorted(set(answer) - {"ResponseMetadata"})


def invocations(function_arn):
    return f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{function_arn}/invocations"


def add_route(gateway, api, key, function_arn, **settings):
    integration = gateway.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=invocations(function_arn)
    )
    target = f"integrations/{integration['IntegrationId']}"
    return gateway.create_route(ApiId=api, RouteKey=key, Target=target, **settings)


def test_a_new_api_has_exactly_these_members(gateway, names):
    created = gateway.create_api(
        Name=names("api"), ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )
    assert created["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert members(created) == [
        "ApiEndpoint", "ApiId", "ApiKeySelectionExpression", "CreatedDate", "DisableExecuteApiEndpoint",
        "IpAddressType", "Name", "ProtocolType", "RouteSelectionExpression",
    ]  # fmt: skip
    assert re.fullmatch(r"[a-z0-9]{10}", created["ApiId"])
    assert created["ApiEndpoint"] == f"wss://{created['ApiId']}.execute-api.us-east-1.amazonaws.com"
    assert created["ApiKeySelectionExpression"] == "$request.header.x-api-key"
    assert members(gateway.get_api(ApiId=created["ApiId"])) == members(created)
    assert gateway.delete_api(ApiId=created["ApiId"])["ResponseMetadata"]["HTTPStatusCode"] == 204
    assert refusal(lambda: gateway.get_api(ApiId=created["ApiId"]))[:2] == (404, "NotFoundException")


def test_a_new_route_has_exactly_these_members(gateway, api):
    created = gateway.create_route(ApiId=api, RouteKey="hello")
    assert members(created) == ["ApiKeyRequired", "AuthorizationType", "RouteId", "RouteKey"]
    assert (created["ApiKeyRequired"], created["AuthorizationType"]) == (False, "NONE")
    assert re.fullmatch(r"[a-z0-9]{7}", created["RouteId"])


def test_a_route_key_is_taken_once(gateway, api):
    gateway.create_route(ApiId=api, RouteKey="hello")
    again = lambda: gateway.create_route(ApiId=api, RouteKey="hello")
    assert refusal(again) == (409, "ConflictException", "Route with key hello already exists for this API")


def test_an_updated_route_answers_201_and_keeps_what_was_not_named(gateway, api):
    route = gateway.create_route(ApiId=api, RouteKey="old", OperationName="Keep")["RouteId"]
    updated = gateway.update_route(ApiId=api, RouteId=route, RouteKey="new")
    assert updated["ResponseMetadata"]["HTTPStatusCode"] == 201
    assert (updated["RouteKey"], updated["OperationName"]) == ("new", "Keep")


def test_lists_are_sorted_by_id_and_come_in_pages(gateway, api):
    created = {gateway.create_route(ApiId=api, RouteKey=f"r{number}")["RouteId"] for number in range(5)}
    listed = [route["RouteId"] for route in gateway.get_routes(ApiId=api)["Items"]]
    assert listed == sorted(created)
    first = gateway.get_routes(ApiId=api, MaxResults="2")
    assert [route["RouteId"] for route in first["Items"]] == listed[:2]
    second = gateway.get_routes(ApiId=api, MaxResults="2", NextToken=first["NextToken"])
    assert [route["RouteId"] for route in second["Items"]] == listed[2:4]


def test_a_new_stage_has_exactly_these_members(gateway, api):
    created = gateway.create_stage(ApiId=api, StageName="dev")
    assert members(created) == [
        "AutoDeploy", "CreatedDate", "DefaultRouteSettings", "LastUpdatedDate", "RouteSettings", "StageName",
        "StageVariables", "Tags",
    ]  # fmt: skip
    assert created["DefaultRouteSettings"] == {
        "DataTraceEnabled": False,
        "DetailedMetricsEnabled": False,
        "LoggingLevel": "OFF",
    }


def test_an_api_without_routes_cannot_be_deployed(gateway, api):
    call = lambda: gateway.create_deployment(ApiId=api)
    assert refusal(call) == (400, "BadRequestException", "At least one route is required before deploying the Api")


def test_only_connect_may_be_authorized(gateway, api):
    call = lambda: gateway.create_route(ApiId=api, RouteKey="hello", AuthorizationType="AWS_IAM")
    status, code, message = refusal(call)
    assert (status, code) == (400, "BadRequestException")
    assert message.startswith("Currently, authorization is restricted to the $connect route only")


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda g, api: g.get_route(ApiId=api, RouteId="nothere"), "Invalid Route identifier specified"),
        (lambda g, api: g.get_integration(ApiId=api, IntegrationId="nothere"), "Invalid Integration identifier specified"),
        (lambda g, api: g.get_deployment(ApiId=api, DeploymentId="nothere"), "Invalid Deployment identifier specified"),
        (lambda g, api: g.get_stage(ApiId=api, StageName="nothere"), "Invalid stage identifier specified"),
    ],
    ids=["route", "integration", "deployment", "stage"],
)
def test_what_does_not_exist_is_not_found(gateway, api, call, message):
    status, code, text = refusal(lambda: call(gateway, api))
    assert (status, code) == (404, "NotFoundException")
    assert text.startswith(message)


def test_an_api_made_call_by_call_carries_messages(node, gateway, api, echo):
    add_route(gateway, api, "$default", echo)
    deployment = gateway.create_deployment(ApiId=api)
    assert deployment["DeploymentStatus"] == "DEPLOYED"
    gateway.create_stage(ApiId=api, StageName="dev", DeploymentId=deployment["DeploymentId"])
    with connect(f"{node.endpoint.replace('http', 'ws')}/{api}/dev") as socket:
        socket.send("one way")
        with pytest.raises(TimeoutError):
            socket.recv(timeout=1)


def test_the_calls_of_a_tutorial_are_accepted_as_written(gateway, api, echo):
    """A bare function ARN, a payload format that WebSocket APIs do not have, and a deployment without a stage."""
    for key in ["$connect", "$disconnect", "$default"]:
        integration = gateway.create_integration(
            ApiId=api,
            IntegrationType="AWS_PROXY",
            IntegrationUri=echo,
            IntegrationMethod="POST",
            PayloadFormatVersion="2.0",
        )
        assert (integration["IntegrationUri"], integration["PayloadFormatVersion"]) == (echo, "2.0")
        gateway.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration['IntegrationId']}")
    assert gateway.create_deployment(ApiId=api, Description="Initial")["DeploymentStatus"] == "DEPLOYED"


def test_a_two_way_route_needs_expression_response_and_deployment(node, gateway, api, echo):
    route = add_route(gateway, api, "$default", echo, RouteResponseSelectionExpression="$default")["RouteId"]
    gateway.create_route_response(ApiId=api, RouteId=route, RouteResponseKey="$default")
    gateway.create_stage(ApiId=api, StageName="dev")
    gateway.create_deployment(ApiId=api, StageName="dev")
    with connect(f"{node.endpoint.replace('http', 'ws')}/{api}/dev") as socket:
        socket.send("both ways")
        assert socket.recv(timeout=SECONDS) == "echo both ways"


def test_an_edit_is_invisible_until_it_is_deployed(node, gateway, api, echo):
    add_route(gateway, api, "first", echo)
    gateway.create_stage(ApiId=api, StageName="dev")
    gateway.create_deployment(ApiId=api, StageName="dev")
    with connect(f"{node.endpoint.replace('http', 'ws')}/{api}/dev") as socket:
        route = add_route(gateway, api, "$default", echo, RouteResponseSelectionExpression="$default")["RouteId"]
        gateway.create_route_response(ApiId=api, RouteId=route, RouteResponseKey="$default")
        socket.send("before")
        assert json.loads(socket.recv(timeout=SECONDS))["message"] == "Forbidden"
        gateway.create_deployment(ApiId=api, StageName="dev")
        socket.send("after")
        assert socket.recv(timeout=SECONDS) == "echo after"


def test_a_stage_with_auto_deploy_follows_every_edit(node, gateway, api, echo):
    gateway.create_stage(ApiId=api, StageName="auto", AutoDeploy=True)
    route = add_route(gateway, api, "$default", echo, RouteResponseSelectionExpression="$default")["RouteId"]
    gateway.create_route_response(ApiId=api, RouteId=route, RouteResponseKey="$default")
    with connect(f"{node.endpoint.replace('http', 'ws')}/{api}/auto") as socket:
        socket.send("follow")
        assert socket.recv(timeout=SECONDS) == "echo follow"


def test_without_permission_the_function_is_not_invoked(node, gateway, api, names):
    with functions.function(node.client("lambda"), names("closed"), ECHO) as created:
        add_route(gateway, api, "$connect", created["FunctionArn"])
        gateway.create_stage(ApiId=api, StageName="dev", AutoDeploy=True)
        with pytest.raises(InvalidStatus) as refused:
            connect(f"{node.endpoint.replace('http', 'ws')}/{api}/dev")
    assert refused.value.response.status_code == 500
    assert json.loads(refused.value.response.body)["message"] == "Internal server error"


@pytest.mark.parametrize("status", [301, 401, 403, 501])
def test_the_status_of_connect_is_the_status_of_the_handshake(node, gateway, api, names, status):
    source = f"def handler(event, context): return {{'statusCode': {status}}}\n"
    lambda_ = node.client("lambda")
    with functions.function(lambda_, name := names("refuse"), source) as created:
        lambda_.add_permission(
            FunctionName=name, StatementId="s", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
        )
        add_route(gateway, api, "$connect", created["FunctionArn"])
        gateway.create_stage(ApiId=api, StageName="dev", AutoDeploy=True)
        with pytest.raises(InvalidStatus) as refused:
            connect(f"{node.endpoint.replace('http', 'ws')}/{api}/dev")
    assert refused.value.response.status_code == status


@pytest.mark.parametrize("path", ["/{api}", "/{api}/nowhere", "/{api}/dev/more", "/nobody/dev"])
def test_a_url_without_a_stage_is_forbidden(node, gateway, api, path):
    gateway.create_stage(ApiId=api, StageName="dev")
    with pytest.raises(InvalidStatus) as refused:
        connect(node.endpoint.replace("http", "ws") + path.format(api=api))
    response = refused.value.response
    assert (response.status_code, json.loads(response.body)) == (403, {"message": "Forbidden"})
