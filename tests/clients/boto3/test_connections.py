"""`@connections` as boto3 calls it, under every URL that applications build."""

import json
import urllib.error
import urllib.request

import pytest
from botocore.exceptions import ClientError
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

import functions
from server import Server, eventually, running

SECONDS = 20


@pytest.fixture
def socket(chat):
    with connect(chat.url, max_size=None) as socket:
        yield socket


@pytest.fixture
def connection_id(socket):
    """A client learns its own id from an error frame."""
    socket.send("{}")
    return json.loads(socket.recv(timeout=SECONDS))["connectionId"]


def refusal(call):
    with pytest.raises(ClientError) as refused:
        call()
    error, metadata = refused.value.response["Error"], refused.value.response["ResponseMetadata"]
    return metadata["HTTPStatusCode"], error["Code"], error.get("Message", "")


def test_a_post_arrives_as_a_text_message(chat, socket, connection_id):
    answer = chat.management().post_to_connection(ConnectionId=connection_id, Data=b"psst")
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert socket.recv(timeout=SECONDS) == "psst"


@pytest.mark.parametrize(
    "path", ["/{api}/{stage}", "/{api}/{stage}/", "/_aws/execute-api/{api}/{stage}", "//{api}//{stage}"]
)
def test_every_path_form_is_accepted(chat, socket, connection_id, path):
    url = chat.endpoint + path.format(api=chat.api_id, stage=chat.stage)
    chat.client("apigatewaymanagementapi", endpoint_url=url).post_to_connection(
        ConnectionId=connection_id, Data=b"found"
    )
    assert socket.recv(timeout=SECONDS) == "found"


@pytest.mark.parametrize("escaped", [True, False])
def test_the_host_form_is_accepted_with_the_id_escaped_or_not(chat, socket, connection_id, escaped):
    host = f"{chat.api_id}.execute-api.us-east-1.amazonaws.com"
    shown = connection_id.replace("=", "%3D") if escaped else connection_id
    request = urllib.request.Request(f"{chat.endpoint}/{chat.stage}/@connections/{shown}", b"host", {"Host": host})
    # Unsigned, the request is refused, but only after the id was understood.
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request)
    assert (refused.value.code, json.load(refused.value)) == (403, {"message": "Missing Authentication Token"})


def test_get_describes_the_connection(chat, socket, connection_id):
    described = chat.management().get_connection(ConnectionId=connection_id)
    assert described["Identity"]["SourceIp"] == "127.0.0.1"
    assert described["Identity"]["UserAgent"].startswith("Python")
    assert described["ConnectedAt"] <= described["LastActiveAt"]


def test_a_post_counts_as_activity_and_a_get_does_not(chat, socket, connection_id):
    management = chat.management()
    first = management.get_connection(ConnectionId=connection_id)["LastActiveAt"]
    assert management.get_connection(ConnectionId=connection_id)["LastActiveAt"] == first
    management.post_to_connection(ConnectionId=connection_id, Data=b"tick")
    assert management.get_connection(ConnectionId=connection_id)["LastActiveAt"] > first


def test_delete_closes_the_connection(chat, socket, connection_id):
    answer = chat.management().delete_connection(ConnectionId=connection_id)
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 204
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=SECONDS)
    assert (closed.value.rcvd.code, closed.value.rcvd.reason) == (1000, "Connection Closed Normally")


@pytest.mark.parametrize("operation", ["post_to_connection", "get_connection", "delete_connection"])
def test_a_closed_connection_is_gone(chat, operation):
    with connect(chat.url) as socket:
        socket.send("{}")
        gone = json.loads(socket.recv(timeout=SECONDS))["connectionId"]
    management = chat.management()
    arguments = {"ConnectionId": gone, **({"Data": b"late"} if operation.startswith("post") else {})}

    def is_gone():
        try:
            getattr(management, operation)(**arguments)
        except management.exceptions.GoneException as error:
            return error

    error = eventually(is_gone)
    assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 410


def test_an_id_that_was_never_issued_is_a_bad_request(chat):
    call = lambda: chat.management().post_to_connection(ConnectionId="garbage", Data=b"?")
    assert refusal(call) == (400, "BadRequestException", "Invalid connectionId: garbage")


def test_an_invalid_id_is_refused_before_the_signature_is_looked_at(chat):
    url = f"{chat.endpoint}/{chat.api_id}/{chat.stage}/@connections/garbage"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(urllib.request.Request(url, b"?"))
    assert (refused.value.code, refused.value.headers["x-amzn-ErrorType"]) == (400, "BadRequestException")


def test_the_stage_must_exist(chat, connection_id):
    call = lambda: chat.management(stage="nowhere").post_to_connection(ConnectionId=connection_id, Data=b"?")
    assert refusal(call) == (403, "ForbiddenException", "Forbidden")


def test_128_kb_are_delivered_as_one_message(chat, socket, connection_id):
    chat.management().post_to_connection(ConnectionId=connection_id, Data=b"z" * 131_072)
    assert socket.recv(timeout=SECONDS) == "z" * 131_072


def test_more_than_128_kb_are_refused_and_the_connection_survives(chat, socket, connection_id):
    management = chat.management()
    status, _, _ = refusal(lambda: management.post_to_connection(ConnectionId=connection_id, Data=b"z" * 131_073))
    assert status == 413
    management.post_to_connection(ConnectionId=connection_id, Data=b"alive")
    assert socket.recv(timeout=SECONDS) == "alive"


def test_bytes_that_are_not_utf_8_are_replaced(chat, socket, connection_id):
    chat.management().post_to_connection(ConnectionId=connection_id, Data=b"a\xffb")
    assert socket.recv(timeout=SECONDS) == "a\ufffdb"


CARELESS = """
    const { ApiGatewayManagementApiClient, PostToConnectionCommand } = require("@aws-sdk/client-apigatewaymanagementapi");
    const pause = (millis) => new Promise((done) => setTimeout(done, millis));
    exports.handler = async ({ requestContext: { connectionId, domainName, stage }, body }) => {
        const client = new ApiGatewayManagementApiClient({ endpoint: `https://${domainName}/${stage}` });
        const post = (Data) => client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data }));
        if (body === "careless") pause(300).then(() => post("late")); // nobody waits for it
        else await pause(1000);
        return { statusCode: 200, body: "answered" };
    };
"""


def deploy_careless(server):
    """The URL of an API whose every message goes to a handler that may not wait for its post."""
    lambda_, gateway = server.client("lambda"), server.client("apigatewayv2")
    functions.create(lambda_, "careless", CARELESS, runtime="nodejs20.x", file="index.js", handler="index.handler", Timeout=20)
    lambda_.get_waiter("function_active_v2").wait(FunctionName="careless", WaiterConfig={"Delay": 1})
    lambda_.add_permission(
        FunctionName="careless", StatementId="api", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
    )
    arn = lambda_.get_function(FunctionName="careless")["Configuration"]["FunctionArn"]
    api = gateway.create_api(Name="careless", ProtocolType="WEBSOCKET", RouteSelectionExpression="$request.body.action")
    uri = f"arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{arn}/invocations"
    integration = gateway.create_integration(ApiId=api["ApiId"], IntegrationType="AWS_PROXY", IntegrationUri=uri)
    target = f"integrations/{integration['IntegrationId']}"
    route = gateway.create_route(ApiId=api["ApiId"], RouteKey="$default", Target=target)
    gateway.create_route_response(ApiId=api["ApiId"], RouteId=route["RouteId"], RouteResponseKey="$default")
    gateway.create_stage(ApiId=api["ApiId"], StageName="prod", AutoDeploy=True)
    return f"{server.endpoint.replace('http', 'ws')}/{api['ApiId']}/prod"


def test_a_post_that_nobody_waits_for_leaves_with_the_next_event_where_functions_are_frozen(tmp_path):
    """C55: on AWS it is lost, unless another event wakes the function up."""
    with running(Server, tmp_path, "serve", "--freeze-functions") as server:
        server.endpoint = "http://" + server.wait_for_line(r"127\.0\.0\.1:[1-9]\d*")
        server.wait_until_ready()
        with connect(deploy_careless(server)) as socket:
            socket.send("careless")
            assert socket.recv(timeout=SECONDS) == "answered"
            with pytest.raises(TimeoutError):
                socket.recv(timeout=1.5)
            socket.send("careful")
            assert {socket.recv(timeout=SECONDS) for _ in range(2)} == {"late", "answered"}
