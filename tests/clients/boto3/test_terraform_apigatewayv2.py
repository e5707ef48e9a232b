"""Terraform's AWS provider, replayed call by call: a WebSocket API and what it is made of."""

import pytest

from terraform import TAGS, gone, plan, shows

FUNCTION_URI = (
    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
    "arn:aws:lambda:us-east-1:000000000000:function:nobody/invocations"
)


@pytest.fixture
def gateway(node):
    return node.client("apigatewayv2")


@pytest.fixture
def api(gateway, names):
    created = gateway.create_api(
        Name=names("api"),
        ProtocolType="WEBSOCKET",
        ApiKeySelectionExpression="$request.header.x-api-key",
        RouteSelectionExpression="$request.body.action",
        Description="a chat",
        Tags=TAGS,
    )
    yield created["ApiId"]
    try:
        gateway.delete_api(ApiId=created["ApiId"])
    except gateway.exceptions.NotFoundException:
        pass


def test_aws_apigatewayv2_api(gateway, api):
    read = plan(lambda: gateway.get_api(ApiId=api))
    shows(
        read,
        ApiKeySelectionExpression="$request.header.x-api-key",
        RouteSelectionExpression="$request.body.action",
        Description="a chat",
        DisableExecuteApiEndpoint=False,
        IpAddressType="ipv4",
        ProtocolType="WEBSOCKET",
        Version=None,
        CorsConfiguration=None,
        Tags=TAGS,
    )
    assert read["ApiEndpoint"].startswith("ws")
    gateway.update_api(ApiId=api, Version="2", Description="another")
    arn = f"arn:aws:apigateway:us-east-1::/apis/{api}"
    gateway.tag_resource(ResourceArn=arn, Tags={"Project": "talk"})
    gateway.untag_resource(ResourceArn=arn, TagKeys=["Empty"])
    shows(plan(lambda: gateway.get_api(ApiId=api)), Version="2", Description="another", Tags={"Project": "talk"})
    gateway.delete_api(ApiId=api)
    gone(lambda: gateway.delete_api(ApiId=api), "NotFoundException")


def integrate(gateway, api, **settings):
    defaults = {"ConnectionType": "INTERNET", "PassthroughBehavior": "WHEN_NO_MATCH", "PayloadFormatVersion": "1.0"}
    return gateway.create_integration(ApiId=api, **{**defaults, **settings})["IntegrationId"]


def test_aws_apigatewayv2_integration_of_a_function(gateway, api):
    integration = integrate(
        gateway, api, IntegrationType="AWS_PROXY", IntegrationUri=FUNCTION_URI, ContentHandlingStrategy="CONVERT_TO_TEXT"
    )
    read = plan(lambda: gateway.get_integration(ApiId=api, IntegrationId=integration))
    shows(
        read,
        ConnectionType="INTERNET",
        ContentHandlingStrategy="CONVERT_TO_TEXT",
        IntegrationMethod="POST",
        IntegrationType="AWS_PROXY",
        IntegrationUri=FUNCTION_URI,
        PassthroughBehavior="WHEN_NO_MATCH",
        PayloadFormatVersion="1.0",
        TimeoutInMillis=29000,
        TlsConfig=None,
        ConnectionId=None,
    )
    gateway.delete_integration(ApiId=api, IntegrationId=integration)
    gone(lambda: gateway.get_integration(ApiId=api, IntegrationId=integration), "NotFoundException")


def test_aws_apigatewayv2_integration_with_templates(gateway, api):
    settings = {
        "IntegrationType": "HTTP",
        "IntegrationUri": "https://example.com/{room}",
        "IntegrationMethod": "PUT",
        "RequestParameters": {"integration.request.header.room": "route.request.querystring.room"},
        "RequestTemplates": {"application/json": '{"a": $input.json("$")}'},
        "TemplateSelectionExpression": "application/json",
        "TimeoutInMillis": 5000,
        "Description": "to the web",
    }
    integration = integrate(gateway, api, **settings)
    read = plan(lambda: gateway.get_integration(ApiId=api, IntegrationId=integration))
    shows(read, **settings, IntegrationResponseSelectionExpression="${integration.response.statuscode}")
    gateway.update_integration(ApiId=api, IntegrationId=integration, TimeoutInMillis=6000)
    read = plan(lambda: gateway.get_integration(ApiId=api, IntegrationId=integration))
    shows(read, **{**settings, "TimeoutInMillis": 6000})


def test_aws_apigatewayv2_route(gateway, api):
    target = "integrations/" + integrate(gateway, api, IntegrationType="MOCK")
    route = gateway.create_route(
        ApiId=api,
        RouteKey="$connect",
        ApiKeyRequired=False,
        AuthorizationType="NONE",
        OperationName="Connect",
        RequestParameters={"route.request.querystring.room": {"Required": True}},
        Target=target,
    )["RouteId"]
    read = plan(lambda: gateway.get_route(ApiId=api, RouteId=route))
    shows(
        read,
        ApiKeyRequired=False,
        AuthorizationType="NONE",
        AuthorizerId=None,
        OperationName="Connect",
        RequestParameters={"route.request.querystring.room": {"Required": True}},
        RouteKey="$connect",
        RouteResponseSelectionExpression=None,
        Target=target,
    )
    gateway.update_route(ApiId=api, RouteId=route, RouteResponseSelectionExpression="$default")
    read = plan(lambda: gateway.get_route(ApiId=api, RouteId=route))
    shows(read, RouteResponseSelectionExpression="$default", OperationName="Connect")
    gateway.delete_route(ApiId=api, RouteId=route)
    gone(lambda: gateway.get_route(ApiId=api, RouteId=route), "NotFoundException")


def test_aws_apigatewayv2_deployment_and_stage(gateway, api):
    gateway.create_route(ApiId=api, RouteKey="$default", ApiKeyRequired=False, AuthorizationType="NONE")
    deployment = gateway.create_deployment(ApiId=api, Description="first")["DeploymentId"]
    read = plan(lambda: gateway.get_deployment(ApiId=api, DeploymentId=deployment))
    shows(read, AutoDeployed=False, Description="first", DeploymentStatus="DEPLOYED")

    settings = {
        "AccessLogSettings": {
            "DestinationArn": "arn:aws:logs:us-east-1:000000000000:log-group:access",
            "Format": "$context.requestId",
        },
        "AutoDeploy": False,
        "DefaultRouteSettings": {
            "DataTraceEnabled": False,
            "DetailedMetricsEnabled": False,
            "LoggingLevel": "OFF",
            "ThrottlingBurstLimit": 100,
            "ThrottlingRateLimit": 50.0,
        },
        "DeploymentId": deployment,
        "Description": "for all",
        "StageVariables": {"colour": "red"},
        "Tags": TAGS,
    }
    gateway.create_stage(ApiId=api, StageName="prod", **settings)
    stage, _ = plan(lambda: gateway.get_stage(ApiId=api, StageName="prod"), lambda: gateway.get_api(ApiId=api))
    shows(stage, **settings, ClientCertificateId=None, RouteSettings={}, StageName="prod")
    gateway.update_stage(ApiId=api, StageName="prod", RouteSettings={"$default": {"ThrottlingBurstLimit": 5}})
    gateway.delete_route_settings(ApiId=api, StageName="prod", RouteKey="$default")
    shows(plan(lambda: gateway.get_stage(ApiId=api, StageName="prod")), **settings, RouteSettings={})

    gateway.delete_stage(ApiId=api, StageName="prod")
    gone(lambda: gateway.get_stage(ApiId=api, StageName="prod"), "NotFoundException")
    gateway.delete_deployment(ApiId=api, DeploymentId=deployment)
    gone(lambda: gateway.get_deployment(ApiId=api, DeploymentId=deployment), "NotFoundException")


def test_aws_apigatewayv2_authorizer(gateway, api):
    authorizer = gateway.create_authorizer(
        ApiId=api,
        AuthorizerType="REQUEST",
        AuthorizerUri=FUNCTION_URI,
        IdentitySource=["route.request.header.Auth"],
        Name="who",
    )["AuthorizerId"]
    read = plan(lambda: gateway.get_authorizer(ApiId=api, AuthorizerId=authorizer))
    shows(
        read,
        AuthorizerType="REQUEST",
        AuthorizerUri=FUNCTION_URI,
        IdentitySource=["route.request.header.Auth"],
        Name="who",
        AuthorizerCredentialsArn=None,
        JwtConfiguration=None,
    )
    gateway.delete_authorizer(ApiId=api, AuthorizerId=authorizer)
    gone(lambda: gateway.get_authorizer(ApiId=api, AuthorizerId=authorizer), "NotFoundException")


def test_aws_apigatewayv2_route_response_and_integration_response(gateway, api):
    integration = integrate(gateway, api, IntegrationType="MOCK")
    route = gateway.create_route(ApiId=api, RouteKey="ping", Target=f"integrations/{integration}")["RouteId"]
    made = gateway.create_route_response(ApiId=api, RouteId=route, RouteResponseKey="$default")
    of_route = {"ApiId": api, "RouteId": route, "RouteResponseId": made["RouteResponseId"]}
    shows(plan(lambda: gateway.get_route_response(**of_route)), RouteResponseKey="$default", ModelSelectionExpression=None)
    settings = {
        "IntegrationResponseKey": "/200/",
        "ResponseTemplates": {"application/json": "{}"},
        "TemplateSelectionExpression": "application/json",
        "ContentHandlingStrategy": "CONVERT_TO_TEXT",
    }
    made = gateway.create_integration_response(ApiId=api, IntegrationId=integration, **settings)
    of_integration = {
        "ApiId": api, "IntegrationId": integration, "IntegrationResponseId": made["IntegrationResponseId"],
    }  # fmt: skip
    shows(plan(lambda: gateway.get_integration_response(**of_integration)), **settings)
    gateway.delete_integration_response(**of_integration)
    gateway.delete_route_response(**of_route)
    gone(lambda: gateway.get_integration_response(**of_integration), "NotFoundException")
    gone(lambda: gateway.get_route_response(**of_route), "NotFoundException")
