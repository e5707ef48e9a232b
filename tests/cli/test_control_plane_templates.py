"""Templates with all that a WebSocket API can have beside routes, deployed, changed and looked at through boto3."""

import json
import subprocess

from server import ROOT, Server, binary, running

TEMPLATE = """\
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties: {Name: wide, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}
  Door:
    Type: AWS::ApiGatewayV2::Authorizer
    Properties:
      ApiId: !Ref Api
      Name: door
      AuthorizerType: REQUEST
      AuthorizerUri: !Sub arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:door/invocations
      IdentitySource: [route.request.querystring.token]
  Chat:
    Type: AWS::ApiGatewayV2::Model
    Properties: {ApiId: !Ref Api, Name: Chat, Schema: {type: object, required: [action]}}
  Connect:
    Type: AWS::ApiGatewayV2::Route
    Properties: {ApiId: !Ref Api, RouteKey: $connect, AuthorizationType: CUSTOM, AuthorizerId: !Ref Door, ApiKeyRequired: true}
  Mock:
    Type: AWS::ApiGatewayV2::Integration
    Properties: {ApiId: !Ref Api, IntegrationType: MOCK, TemplateSelectionExpression: '200', RequestTemplates: {'200': '{"statusCode":200}'}}
  MockResponse:
    Type: AWS::ApiGatewayV2::IntegrationResponse
    Properties: {ApiId: !Ref Api, IntegrationId: !Ref Mock, IntegrationResponseKey: /200/, ResponseTemplates: {'200': '{}'}}
  Send:
    Type: AWS::ApiGatewayV2::Route
    DependsOn: Chat
    Properties:
      ApiId: !Ref Api
      RouteKey: send
      Target: !Sub integrations/${Mock}
      ModelSelectionExpression: $request.body.action
      RequestModels: {send: Chat}
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Api, StageName: prod, AutoDeploy: true, DefaultRouteSettings: {LoggingLevel: INFO}}
  Key:
    Type: AWS::ApiGateway::ApiKey
    Properties: {Name: wide, Enabled: true, Value: vvvvvvvvvvvvvvvvvvvvvvvv, Tags: [{Key: team, Value: chat}]}
  Plan:
    Type: AWS::ApiGateway::UsagePlan
    DependsOn: Stage
    Properties:
      UsagePlanName: wide
      ApiStages: [{ApiId: !Ref Api, Stage: prod, Throttle: {$connect: {RateLimit: 2, BurstLimit: 3}}}]
      Quota: {Limit: 100, Period: MONTH}
  Member:
    Type: AWS::ApiGateway::UsagePlanKey
    Properties: {KeyId: !Ref Key, KeyType: API_KEY, UsagePlanId: !Ref Plan}
  Account:
    Type: AWS::ApiGateway::Account
    Properties: {CloudWatchRoleArn: !Sub 'arn:aws:iam::${AWS::AccountId}:role/logs'}
  Link:
    Type: AWS::ApiGatewayV2::VpcLink
    Properties: {Name: wide, SubnetIds: [subnet-1]}
"""

SERVERLESS = """\
Transform: AWS::Serverless-2016-10-31
Resources:
  Door:
    Type: AWS::Serverless::Function
    Properties: {Runtime: python3.12, Handler: index.handler, InlineCode: 'def handler(event, context): pass'}
  Chat:
    Type: AWS::Serverless::WebSocketApi
    Properties:
      RouteSelectionExpression: $request.body.action
      Auth: {AuthType: CUSTOM, AuthArn: !GetAtt Door.Arn, IdentitySource: [route.request.querystring.token]}
      Routes:
        $connect: {FunctionArn: !GetAtt Door.Arn, ApiKeyRequired: true}
        $default: {FunctionArn: !GetAtt Door.Arn, RouteResponseSelectionExpression: $default}
"""


def deploy(server, tmp_path, template):
    path = tmp_path / "template.yaml"
    path.write_text(template)
    ran = subprocess.run(
        [binary(), "deploy", str(path), "--stack-name", "wide"],
        cwd=ROOT, env=server.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout


def items(answer):
    return answer.get("Items", answer.get("items"))


def only(answer):
    [item] = items(answer)
    return item


def test_a_template_with_everything_is_deployed_changed_and_emptied(tmp_path):
    with running(Server.serve, tmp_path / "data") as server:
        gateway, v1 = server.client("apigatewayv2"), server.client("apigateway")
        deploy(server, tmp_path, TEMPLATE)
        api = only(gateway.get_apis())["ApiId"]
        routes = {route["RouteKey"]: route for route in items(gateway.get_routes(ApiId=api))}
        assert routes["$connect"]["AuthorizerId"] == only(gateway.get_authorizers(ApiId=api))["AuthorizerId"]
        assert json.loads(only(gateway.get_models(ApiId=api))["Schema"]) == {"type": "object", "required": ["action"]}
        plan = only(v1.get_usage_plans())
        throttle = {"$connect": {"rateLimit": 2.0, "burstLimit": 3}}
        assert plan["apiStages"] == [{"apiId": api, "stage": "prod", "throttle": throttle}]
        assert only(v1.get_usage_plan_keys(usagePlanId=plan["id"]))["name"] == "wide"
        assert v1.get_account()["cloudwatchRoleArn"].endswith(":role/logs")

        changed = TEMPLATE.replace("IdentitySource: [route.request.querystring.token]", "IdentitySource: [route.request.header.Auth]")
        changed = changed.replace("Enabled: true", "Enabled: false").replace("{Key: team, Value: chat}", "{Key: team, Value: web}")
        changed = changed.replace("Quota: {Limit: 100, Period: MONTH}", "Throttle: {RateLimit: 5, BurstLimit: 5}")
        changed = changed.replace("required: [action]", "required: [action, text]").replace("/200/", "$default")
        deploy(server, tmp_path, changed)
        assert only(gateway.get_authorizers(ApiId=api))["IdentitySource"] == ["route.request.header.Auth"]
        key = only(v1.get_api_keys())
        own = {name: value for name, value in key["tags"].items() if not name.startswith("aws:")}
        assert (key["enabled"], own) == (False, {"team": "web"})
        assert key["tags"]["aws:cloudformation:stack-name"]
        plan = only(v1.get_usage_plans())
        assert (plan["throttle"], "quota" in plan) == ({"rateLimit": 5.0, "burstLimit": 5}, False)

        deploy(server, tmp_path, "Resources:\n  Api: {Type: 'AWS::ApiGatewayV2::Api', Properties: {Name: wide, ProtocolType: WEBSOCKET, RouteSelectionExpression: $request.body.action}}\n")
        assert only(gateway.get_apis())["ApiId"] == api
        left = [gateway.get_authorizers(ApiId=api), gateway.get_models(ApiId=api), gateway.get_routes(ApiId=api)]
        left += [gateway.get_vpc_links(), v1.get_api_keys(), v1.get_usage_plans()]
        assert [items(answer) for answer in left] == [[]] * 6


def test_an_authorized_serverless_api_is_deployed(tmp_path):
    with running(Server.serve, tmp_path / "data") as server:
        gateway = server.client("apigatewayv2")
        deploy(server, tmp_path, SERVERLESS)
        api = only(gateway.get_apis())["ApiId"]
        authorizer = only(gateway.get_authorizers(ApiId=api))
        assert authorizer["IdentitySource"] == ["route.request.querystring.token"]
        routes = {route["RouteKey"]: route for route in items(gateway.get_routes(ApiId=api))}
        connect = routes["$connect"]
        assert (connect["AuthorizationType"], connect["ApiKeyRequired"]) == ("CUSTOM", True)
        assert connect["AuthorizerId"] == authorizer["AuthorizerId"]
        assert only(gateway.get_stages(ApiId=api))["DeploymentId"]
