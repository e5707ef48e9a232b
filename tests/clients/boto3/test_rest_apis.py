"""What owners of REST APIs do with boto3 beside serving them: trials of methods, exports, documentation."""

import contextlib
import http.server
import json
import threading

import pytest

import functions

PROXY = """
    import json

    def handler(event, context):
        told = {"path": event["pathParameters"], "stage": event["requestContext"]["stage"]}
        return {"statusCode": 201, "headers": {"X-Seen": "yes"}, "body": json.dumps(told)}
"""


@pytest.fixture
def gateway(node):
    return node.client("apigateway")


class Pets(http.server.BaseHTTPRequestHandler):
    """A backend that tells what it was asked for."""

    def do_GET(self):
        body = json.dumps({"asked": self.path}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def backend():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pets)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def method(gateway, name, verb="GET"):
    """A method at `/pets/{id}` without an integration, as other calls name it."""
    api = gateway.create_rest_api(name=name)
    place = {"restApiId": api["id"]}
    pets = gateway.create_resource(**place, parentId=api["rootResourceId"], pathPart="pets")
    pet = gateway.create_resource(**place, parentId=pets["id"], pathPart="{id}")
    place.update(resourceId=pet["id"], httpMethod=verb)
    gateway.put_method(**place, authorizationType="AWS_IAM", apiKeyRequired=True)
    return place


def test_a_mock_is_tried_before_it_is_deployed(gateway, names):
    place = method(gateway, names("mock"))
    template = {"application/json": '{"statusCode": 200}'}
    gateway.put_integration(**place, type="MOCK", requestTemplates=template)
    gateway.put_method_response(**place, statusCode="200", responseParameters={"method.response.header.X-Own": False})
    gateway.put_integration_response(
        **place, statusCode="200", responseParameters={"method.response.header.X-Own": "'mine'"},
        responseTemplates={"application/json": '{"id": "$input.params(\'id\')", "colour": "$stageVariables.colour"}'},
    )
    tried = gateway.test_invoke_method(
        **place, pathWithQueryString="/pets/7?a=b", stageVariables={"colour": "red"}, headers={"Accept": "application/json"}
    )
    assert (tried["status"], json.loads(tried["body"])) == (200, {"id": "7", "colour": "red"})
    assert tried["headers"]["X-Own"] == "mine" and tried["multiValueHeaders"]["X-Own"] == ["mine"]
    assert tried["latency"] >= 0
    first, *lines = tried["log"].splitlines()
    assert first.startswith("Execution log for request ")
    told = [line.split(" : ", 1)[1] for line in lines if " : " in line]
    assert told[0].startswith("Starting execution for request: ")
    for line in (
        "HTTP Method: GET, Resource Path: /pets/7",
        "Method request path: {id=7}",
        "Method request query string: {a=b}",
        "Successfully completed execution",
        "Method completed with status: 200",
    ):
        assert line in told, tried["log"]


def test_a_backend_is_asked_by_a_trial(gateway, names):
    place = method(gateway, names("http"))
    with backend() as url:
        gateway.put_method_response(**place, statusCode="200")
        gateway.put_integration(
            **place, type="HTTP", integrationHttpMethod="GET", uri=f"{url}/animals/{{animal}}",
            requestParameters={"integration.request.path.animal": "method.request.path.id"},
        )
        gateway.put_integration_response(**place, statusCode="200")
        tried = gateway.test_invoke_method(**place, pathWithQueryString="/pets/7")
    assert (tried["status"], json.loads(tried["body"])) == (200, {"asked": "/animals/7"})
    assert f"Sending request to {url}/animals/7" in tried["log"]
    assert "Received response. Status: 200, Integration latency: " in tried["log"]


def test_a_function_is_asked_by_a_trial(node, gateway, names):
    lambda_ = node.client("lambda")
    place = method(gateway, names("proxy"))
    with functions.function(lambda_, names("proxy"), PROXY) as created:
        lambda_.add_permission(
            FunctionName=created["FunctionName"], StatementId="rest", Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        region = gateway.meta.region_name
        uri = f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{created['FunctionArn']}/invocations"
        gateway.put_integration(**place, type="AWS_PROXY", integrationHttpMethod="POST", uri=uri)
        tried = gateway.test_invoke_method(**place, pathWithQueryString="/pets/7")
    assert (tried["status"], tried["headers"]["X-Seen"]) == (201, "yes")
    assert json.loads(tried["body"]) == {"path": {"id": "7"}, "stage": "test-invoke-stage"}
    assert "Endpoint request URI: " in tried["log"]


def test_a_method_that_is_not_there_cannot_be_tried(gateway, names):
    place = method(gateway, names("none"))
    with pytest.raises(gateway.exceptions.NotFoundException) as refused:
        gateway.test_invoke_method(**{**place, "httpMethod": "PUT"})
    assert refused.value.response["Error"]["Message"] == "Invalid Method identifier specified"


GUARD = """
    def handler(event, context):
        if event["authorizationToken"] == "stranger":
            raise Exception("Unauthorized")
        allowed = {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": event["methodArn"]}
        return {"principalId": "friend", "policyDocument": {"Version": "2012-10-17", "Statement": [allowed]}}
"""


def test_an_authorizer_says_its_policy_when_it_is_tried(node, gateway, names):
    lambda_ = node.client("lambda")
    api = gateway.create_rest_api(name=names("guarded"))["id"]
    with functions.function(lambda_, names("guard"), GUARD) as created:
        lambda_.add_permission(
            FunctionName=created["FunctionName"], StatementId="guard", Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        region = gateway.meta.region_name
        uri = f"arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{created['FunctionArn']}/invocations"
        guard = gateway.create_authorizer(
            restApiId=api, name="guard", type="TOKEN", authorizerUri=uri, identitySource="method.request.header.Token"
        )["id"]
        tried = gateway.test_invoke_authorizer(restApiId=api, authorizerId=guard, headers={"Token": "friend"})
        assert (tried["clientStatus"], tried["principalId"]) == (0, "friend")
        (statement,) = json.loads(tried["policy"])["Statement"]
        assert statement["Resource"].endswith(f":{api}/ESTestInvoke-stage/GET/")
        assert f"Starting authorizer: {guard} for request: " in tried["log"]
        for headers in ({"Token": "stranger"}, {}):
            tried = gateway.test_invoke_authorizer(restApiId=api, authorizerId=guard, headers=headers)
            assert tried["clientStatus"] == 401 and "policy" not in tried
            assert "Unauthorized request: " in tried["log"]


DEFINITION = {
    "openapi": "3.0.1",
    "info": {"title": "pets", "description": "all of them", "version": "7"},
    "paths": {
        "/pets/{id}": {
            "post": {
                "operationId": "PutPet",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
                "requestBody": {
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    "required": True,
                },
                "responses": {
                    "200": {
                        "description": "200 response",
                        "headers": {"X-Own": {"schema": {"type": "string"}}},
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
                    }
                },
                "x-amazon-apigateway-integration": {
                    "type": "mock",
                    "passthroughBehavior": "when_no_match",
                    "requestTemplates": {"application/json": '{"statusCode": 200}'},
                    "responses": {
                        "default": {
                            "statusCode": "200",
                            "responseParameters": {"method.response.header.X-Own": "'mine'"},
                        }
                    },
                },
            }
        }
    },
    "components": {"schemas": {"Pet": {"type": "object", "properties": {"name": {"type": "string"}}}}},
}


def export(gateway, api, kind="oas30", accepts="application/json", extensions="apigateway"):
    gateway.create_deployment(restApiId=api, stageName="dev")
    return gateway.get_export(
        restApiId=api, stageName="dev", exportType=kind, accepts=accepts, parameters={"extensions": extensions}
    )


def test_an_export_says_what_was_imported(gateway):
    api = gateway.import_rest_api(body=json.dumps(DEFINITION))["id"]
    first = export(gateway, api)
    assert first["contentType"] == "application/octet-stream"
    assert first["contentDisposition"].startswith('attachment; filename="oas30_')
    text = first["body"].read()
    document = json.loads(text)
    assert document["info"] == DEFINITION["info"] and document["components"] == DEFINITION["components"]
    assert document["paths"] == DEFINITION["paths"]
    again = gateway.import_rest_api(body=text)["id"]
    second = json.loads(export(gateway, again)["body"].read())
    assert {**second, "servers": []} == {**document, "servers": []}


@pytest.mark.parametrize("kind, schemas", [("swagger", "definitions"), ("oas30", "components")])
def test_an_export_in_yaml_is_imported_again(gateway, kind, schemas):
    api = gateway.import_rest_api(body=json.dumps(DEFINITION))["id"]
    text = export(gateway, api, kind, "application/yaml")["body"].read()
    assert f"\n{schemas}:\n".encode() in text
    again = gateway.import_rest_api(body=text)["id"]
    assert export(gateway, again)["body"].read() == export(gateway, api)["body"].read().replace(api.encode(), again.encode())


def test_documentation_belongs_to_places_and_is_published(gateway):
    api = gateway.import_rest_api(body=json.dumps(DEFINITION))["id"]
    place = {"type": "METHOD", "path": "/pets/{id}", "method": "POST"}
    made = gateway.create_documentation_part(restApiId=api, location=place, properties='{"description": "puts"}')
    assert made["location"] == place
    with pytest.raises(gateway.exceptions.ConflictException):
        gateway.create_documentation_part(restApiId=api, location=place, properties="{}")
    part = {"restApiId": api, "documentationPartId": made["id"]}
    gateway.update_documentation_part(
        **part, patchOperations=[{"op": "replace", "path": "/properties", "value": '{"description": "changes"}'}]
    )
    (listed,) = gateway.get_documentation_parts(restApiId=api, type="METHOD")["items"]
    assert (listed["id"], json.loads(listed["properties"])) == (made["id"], {"description": "changes"})
    gateway.create_deployment(restApiId=api, stageName="dev")
    version = gateway.create_documentation_version(restApiId=api, documentationVersion="1", stageName="dev")
    assert version["version"] == "1"
    assert gateway.get_stage(restApiId=api, stageName="dev")["documentationVersion"] == "1"
    open_ = gateway.get_documentation_parts(restApiId=api, locationStatus="UNDOCUMENTED", path="/pets/{id}")["items"]
    locations = [it["location"] for it in open_]
    assert {**place, "type": "RESPONSE_HEADER", "statusCode": "200", "name": "X-Own"} in locations
    assert place not in locations
    gateway.delete_documentation_part(**part)
    with pytest.raises(gateway.exceptions.NotFoundException):
        gateway.get_documentation_part(**part)
