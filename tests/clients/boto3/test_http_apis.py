"""HTTP and REST APIs as boto3 makes them and as a browser uses them; the functions run for real."""

import base64
import json
import urllib.error
import urllib.request

import pytest

import functions

ECHO = """
    def handler(event, context):
        return {"path": event.get("rawPath") or event["path"], "body": event.get("body")}
"""

PROXY = """
    import json

    def handler(event, context):
        return {"statusCode": 201, "headers": {"X-Seen": event["httpMethod"]}, "body": json.dumps(event["pathParameters"])}
"""


def request(url, method="GET", body=None, headers=()):
    """Status, headers and text of an answer, whatever its status."""
    asked = urllib.request.Request(url, data=body, method=method, headers=dict(headers))
    try:
        with urllib.request.urlopen(asked, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()


@pytest.fixture
def echo(node, names):
    lambda_ = node.client("lambda")
    with functions.function(lambda_, names("echo"), ECHO) as created:
        yield created["FunctionArn"]


def test_quick_create_answers_at_once(node, names, echo):
    gateway = node.client("apigatewayv2")
    api = gateway.create_api(Name=names("quick"), ProtocolType="HTTP", Target=echo, CorsConfiguration={"AllowOrigins": ["*"]})
    assert api["ApiEndpoint"].startswith("https://")
    function = echo.rsplit(":", 1)[1]
    node.client("lambda").add_permission(
        FunctionName=function, StatementId="http", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
    )
    status, headers, text = request(f"{node.endpoint}/{api['ApiId']}/pets/1?a=b", headers={"Origin": "https://example.com"})
    assert (status, json.loads(text)["path"]) == (200, "/pets/1")
    assert headers["access-control-allow-origin"] == "*"
    status, _, text = request(f"{node.endpoint}/{api['ApiId']}/", "POST", b"\x00\xff", {"Content-Type": "image/png"})
    assert (status, json.loads(text)["body"]) == (200, base64.b64encode(b"\x00\xff").decode())
    gateway.delete_api(ApiId=api["ApiId"])


def test_a_rest_api_is_made_deployed_and_asked(node, names):
    lambda_, gateway = node.client("lambda"), node.client("apigateway")
    with functions.function(lambda_, names("proxy"), PROXY) as created:
        arn = created["FunctionArn"]
        lambda_.add_permission(
            FunctionName=created["FunctionName"], StatementId="rest", Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        api = gateway.create_rest_api(name=names("rest"))
        place = {"restApiId": api["id"]}
        pets = gateway.create_resource(**place, parentId=api["rootResourceId"], pathPart="pets")
        pet = gateway.create_resource(**place, parentId=pets["id"], pathPart="{id}")
        place.update(resourceId=pet["id"], httpMethod="ANY")
        gateway.put_method(**place, authorizationType="NONE")
        region = gateway.meta.region_name
        uri = f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{arn}/invocations"
        gateway.put_integration(**place, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
        gateway.create_deployment(restApiId=api["id"], stageName="prod")

        status, headers, text = request(f"{node.endpoint}/{api['id']}/prod/pets/7", "PUT", b"{}")
        assert (status, headers["X-Seen"], json.loads(text)) == (201, "PUT", {"id": "7"})
        status, headers, text = request(f"{node.endpoint}/{api['id']}/prod/cats")
        assert (status, json.loads(text)) == (403, {"message": "Missing Authentication Token"})
        assert headers["x-amzn-ErrorType"] == "MissingAuthenticationTokenException"

        stage = gateway.update_stage(
            restApiId=api["id"], stageName="prod",
            patchOperations=[{"op": "replace", "path": "/*/*/throttling/burstLimit", "value": "0"}],
        )
        assert stage["methodSettings"]["*/*"]["throttlingBurstLimit"] == 0
        assert request(f"{node.endpoint}/{api['id']}/prod/pets/7")[0] == 429
        gateway.delete_rest_api(restApiId=api["id"])


def test_an_http_api_sends_to_a_queue_without_a_function(node, names):
    gateway, sqs = node.client("apigatewayv2"), node.client("sqs")
    queue = sqs.create_queue(QueueName=names("inbox"))["QueueUrl"]
    api = gateway.create_api(Name=names("direct"), ProtocolType="HTTP")["ApiId"]
    integration = gateway.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationSubtype="SQS-SendMessage", PayloadFormatVersion="1.0",
        CredentialsArn="arn:aws:iam::000000000000:role/sender",
        RequestParameters={"QueueUrl": queue, "MessageBody": "$request.body.text", "DelaySeconds": "0"},
    )["IntegrationId"]
    gateway.create_route(ApiId=api, RouteKey="POST /messages", Target=f"integrations/{integration}")
    gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    status, headers, text = request(f"{node.endpoint}/{api}/messages", "POST", b'{"text": "hello"}')
    assert (status, headers["content-type"]) == (200, "application/json")
    (message,) = sqs.receive_message(QueueUrl=queue, WaitTimeSeconds=5)["Messages"]
    assert message["Body"] == "hello"
    assert json.loads(text)["MessageId"] == message["MessageId"]


def test_an_http_api_is_exported_and_imported_again(node, names, echo):
    gateway = node.client("apigatewayv2")
    api = gateway.create_api(Name=names("exported"), ProtocolType="HTTP", Target=echo, RouteKey="GET /pets/{id}")["ApiId"]

    def export(api, output="JSON", **wanted):
        return gateway.export_api(ApiId=api, OutputType=output, Specification="OAS30", **wanted)["body"].read()

    document = json.loads(export(api, StageName="$default"))
    assert document["servers"][0]["variables"]["basePath"]["default"] == ""
    path = document["paths"]["/pets/{id}"]
    assert path["get"]["x-amazon-apigateway-integration"]["uri"] == echo and path["parameters"][0]["name"] == "id"
    bare = json.loads(export(api, IncludeExtensions=False))
    assert not any(name.startswith("x-") for name in [*bare, *bare["paths"]["/pets/{id}"]["get"]])
    again = gateway.import_api(Body=export(api, "YAML").decode())["ApiId"]
    assert json.loads(export(again))["paths"] == document["paths"]
    for made in (api, again):
        gateway.delete_api(ApiId=made)
