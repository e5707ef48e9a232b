"""Authorizers, models, integration responses, API keys and usage plans as boto3 makes them."""

import json

import pytest
from botocore.exceptions import ClientError

FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:door"
INVOCATION = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{FUNCTION}/invocations"
SCHEMA = json.dumps(
    {
        "$schema": "http://json-schema.org/draft-04/schema#",
        "type": "object",
        "properties": {"action": {"type": "string"}, "count": {"type": "integer"}},
        "required": ["action"],
    }
)


@pytest.fixture
def gateway(node):
    return node.client("apigatewayv2")


@pytest.fixture
def v1(node):
    return node.client("apigateway")


@pytest.fixture
def api(gateway, names):
    created = gateway.create_api(
        Name=names("api"), ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action"
    )
    yield created["ApiId"]
    gateway.delete_api(ApiId=created["ApiId"])


def refusal(call):
    with pytest.raises(ClientError) as refused:
        call()
    response = refused.value.response
    return response["ResponseMetadata"]["HTTPStatusCode"], response["Error"]["Code"], response["Error"]["Message"]


def members(answer):
    return sorted(set(answer) - {"ResponseMetadata"})


def status(answer):
    return answer["ResponseMetadata"]["HTTPStatusCode"]


def make_authorizer(gateway, api, **more):
    settings = {"IdentitySource": ["route.request.header.Auth"], "Name": "door", **more}
    return gateway.create_authorizer(ApiId=api, AuthorizerType="REQUEST", AuthorizerUri=INVOCATION, **settings)


def test_an_authorizer_lives_from_creation_to_deletion(gateway, api):
    created = make_authorizer(gateway, api)
    assert status(created) == 201
    assert members(created) == ["AuthorizerId", "AuthorizerType", "AuthorizerUri", "IdentitySource", "Name"]
    ids = {"ApiId": api, "AuthorizerId": created["AuthorizerId"]}
    assert gateway.update_authorizer(**ids, Name="gate")["Name"] == "gate"
    assert [it["Name"] for it in gateway.get_authorizers(ApiId=api)["Items"]] == ["gate"]
    assert status(gateway.delete_authorizer(**ids)) == 204
    missing = refusal(lambda: gateway.get_authorizer(**ids))
    assert missing == (404, "NotFoundException", "Invalid Authorizer identifier specified")


def test_what_an_authorizer_of_a_websocket_api_cannot_have(gateway, api):
    call = lambda: make_authorizer(gateway, api, AuthorizerResultTtlInSeconds=0)
    text = "AuthorizerResultTtlInSeconds cannot be set for WEBSOCKET protocol Apis."
    assert refusal(call) == (400, "BadRequestException", text)
    call = lambda: make_authorizer(gateway, api, EnableSimpleResponses=False, AuthorizerPayloadFormatVersion="2.0")
    text = "AuthorizerPayloadFormatVersion cannot be set for WEBSOCKET protocol Apis."
    assert refusal(call) == (400, "BadRequestException", text)
    call = lambda: make_authorizer(gateway, api, IdentitySource=["$request.header.Auth"])
    assert refusal(call)[2].startswith("Invalid request identity source expression: $request.header.Auth. The sources")


def test_connect_is_authorized_by_an_authorizer_that_exists(gateway, api):
    authorizer = make_authorizer(gateway, api, IdentitySource=[])["AuthorizerId"]
    connect = {"ApiId": api, "RouteKey": "$connect", "AuthorizationType": "CUSTOM"}
    assert refusal(lambda: gateway.create_route(**connect, AuthorizerId="nobody"))[0] == 404
    route = gateway.create_route(**connect, AuthorizerId=authorizer)
    assert route["AuthorizerId"] == authorizer
    in_use = refusal(lambda: gateway.delete_authorizer(ApiId=api, AuthorizerId=authorizer))
    assert in_use[:2] == (409, "ConflictException")


def test_a_model_lives_from_creation_to_deletion(gateway, api):
    created = gateway.create_model(ApiId=api, Name="Chat", Schema=SCHEMA)
    assert (status(created), created["ContentType"], created["Schema"]) == (201, "application/json", SCHEMA)
    ids = {"ApiId": api, "ModelId": created["ModelId"]}
    template = gateway.get_model_template(**ids)["Value"]
    assert template.startswith("#set($inputRoot = $input.path('$'))\n{")
    assert '"count" : 42' in template
    route = gateway.create_route(
        ApiId=api, RouteKey="send", ModelSelectionExpression="$request.body.action", RequestModels={"send": "Chat"}
    )
    assert refusal(lambda: gateway.delete_model(**ids))[:2] == (409, "ConflictException")
    gateway.delete_route(ApiId=api, RouteId=route["RouteId"])
    assert status(gateway.delete_model(**ids)) == 204


def test_a_bad_schema_is_refused(gateway, api):
    call = lambda: gateway.create_model(ApiId=api, Name="Chat", Schema='{"type": "strin"}')
    code, _, message = refusal(call)
    assert (code, message.split(".")[0]) == (
        400,
        "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified",
    )


def test_integration_responses_are_kept_by_their_keys(gateway, api):
    integration = gateway.create_integration(
        ApiId=api,
        IntegrationType="MOCK",
        RequestTemplates={"200": '{"statusCode": 200}'},
        TemplateSelectionExpression="200",
    )["IntegrationId"]
    ids = {"ApiId": api, "IntegrationId": integration}
    created = gateway.create_integration_response(
        **ids,
        IntegrationResponseKey="/200/",
        ResponseTemplates={"$default": "{}"},
        TemplateSelectionExpression="${integration.response.statuscode}",
    )
    response = {**ids, "IntegrationResponseId": created["IntegrationResponseId"]}
    again = lambda: gateway.create_integration_response(**ids, IntegrationResponseKey="/200/")
    assert refusal(again)[:2] == (409, "ConflictException")
    updated = gateway.update_integration_response(**response, ResponseTemplates={"$default": "[]"})
    assert updated["ResponseTemplates"] == {"$default": "[]"}
    assert status(gateway.delete_integration_response(**response)) == 204
    assert gateway.get_integration_responses(**ids)["Items"] == []


def test_operations_of_http_apis_are_refused(gateway, api):
    for call in [
        lambda: gateway.export_api(ApiId=api, OutputType="JSON", Specification="OAS30"),
        lambda: gateway.reimport_api(ApiId=api, Body="{}"),
        lambda: gateway.delete_cors_configuration(ApiId=api),
    ]:
        assert refusal(call)[:2] == (400, "BadRequestException")


@pytest.fixture
def stage(gateway, api):
    gateway.create_stage(ApiId=api, StageName="prod")
    return {"apiId": api, "stage": "prod"}


@pytest.fixture
def key(v1, names):
    created = v1.create_api_key(name=names("key"), enabled=True)
    yield created
    v1.delete_api_key(apiKey=created["id"])


@pytest.fixture
def plan(v1, names, stage):
    created = v1.create_usage_plan(
        name=names("plan"),
        apiStages=[stage],
        throttle={"rateLimit": 5.5, "burstLimit": 10},
        quota={"limit": 100, "period": "WEEK", "offset": 1},
    )
    yield created
    for left in v1.get_usage_plan(usagePlanId=created["id"])["apiStages"]:
        patch = {"op": "remove", "path": "/apiStages", "value": f"{left['apiId']}:{left['stage']}"}
        v1.update_usage_plan(usagePlanId=created["id"], patchOperations=[patch])
    v1.delete_usage_plan(usagePlanId=created["id"])


def test_a_key_hides_its_value(v1, key, names):
    assert (len(key["value"]), key["enabled"]) == (40, True)
    assert "value" not in v1.get_api_key(apiKey=key["id"])
    assert v1.get_api_key(apiKey=key["id"], includeValue=True)["value"] == key["value"]
    listed = v1.get_api_keys(nameQuery=key["name"], includeValues=True)["items"]
    assert [it["value"] for it in listed] == [key["value"]]
    again = lambda: v1.create_api_key(name=names("key"), value=key["value"])
    assert refusal(again) == (409, "ConflictException", "API Key already exists")


def test_keys_are_paged_by_boto3_itself(v1, key):
    pages = v1.get_paginator("get_api_keys").paginate(PaginationConfig={"PageSize": 1})
    assert key["id"] in [item["id"] for page in pages for item in page["items"]]


def test_a_key_is_patched_and_tagged(v1, key):
    patch = [{"op": "replace", "path": "/enabled", "value": "false"}]
    assert v1.update_api_key(apiKey=key["id"], patchOperations=patch)["enabled"] is False
    arn = f"arn:aws:apigateway:us-east-1::/apikeys/{key['id']}"
    v1.tag_resource(resourceArn=arn, tags={"a": "1", "b": "2"})
    v1.untag_resource(resourceArn=arn, tagKeys=["a"])
    assert v1.get_tags(resourceArn=arn)["tags"] == {"b": "2"}


def test_a_key_joins_a_plan_once(v1, key, plan):
    join = lambda: v1.create_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"], keyType="API_KEY")
    assert join()["value"] == key["value"]
    assert refusal(join)[:2] == (409, "ConflictException")
    assert [it["id"] for it in v1.get_usage_plan_keys(usagePlanId=plan["id"])["items"]] == [key["id"]]
    usage = v1.get_usage(usagePlanId=plan["id"], startDate="2027-02-01", endDate="2027-02-02")
    assert usage["items"] == {key["id"]: [[0, 100], [0, 100]]}
    v1.delete_usage_plan_key(usagePlanId=plan["id"], keyId=key["id"])
    assert v1.get_usage_plans(keyId=key["id"])["items"] == []


def test_a_plan_is_patched(v1, plan):
    patch = [
        {"op": "replace", "path": "/throttle/rateLimit", "value": "7"},
        {"op": "remove", "path": "/quota"},
    ]
    patched = v1.update_usage_plan(usagePlanId=plan["id"], patchOperations=patch)
    assert (patched["throttle"]["rateLimit"], "quota" in patched) == (7.0, False)
    bad = [{"op": "remove", "path": "/name"}]
    call = lambda: v1.update_usage_plan(usagePlanId=plan["id"], patchOperations=bad)
    assert refusal(call)[2].startswith("Invalid patch path  '/name' specified for op 'remove'.")
    delete = lambda: v1.delete_usage_plan(usagePlanId=plan["id"])
    assert refusal(delete)[2].startswith(f"Cannot delete Usage Plan {plan['id']} because there are API Stages")


def test_a_plan_is_for_stages_that_exist(v1, api):
    call = lambda: v1.create_usage_plan(name="plan", apiStages=[{"apiId": api, "stage": "nowhere"}])
    assert refusal(call) == (404, "NotFoundException", f"API Stage not found: {api}:nowhere")


def test_the_account_takes_a_role(v1):
    role = "arn:aws:iam::123456789012:role/logs"
    patch = [{"op": "replace", "path": "/cloudwatchRoleArn", "value": role}]
    assert v1.update_account(patchOperations=patch)["cloudwatchRoleArn"] == role
    account = v1.get_account()
    assert (account["apiKeyVersion"], account["features"]) == ("4", ["UsagePlans"])
    assert account["throttleSettings"] == {"rateLimit": 10000.0, "burstLimit": 5000}


def test_vpc_links_are_kept(gateway):
    link = gateway.create_vpc_link(Name="link", SubnetIds=["subnet-1"])
    assert link["VpcLinkStatus"] == "AVAILABLE"
    assert status(gateway.delete_vpc_link(VpcLinkId=link["VpcLinkId"])) == 202
