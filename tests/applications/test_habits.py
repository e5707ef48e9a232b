"""What the code of public applications does, in both languages: ways to write a handler, to find the API's own host, to
call other functions and to clean up after clients that have gone."""

import json

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from application import Handler, application, ask, node

# The endpoint as an expression of Python: the API's own host, which no environment variable of the SDKs changes.
HOST = '"https://%s.execute-api.%s.amazonaws.com/%s" % (os.environ["API_ID"], os.environ["AWS_REGION"], event["requestContext"]["stage"])'

# Every way to write a handler answers with its own name.
WAYS = {
    "py_nested": Handler("def handler(event, context): return {'statusCode': 200, 'body': 'py_nested'}", handler="src/deep/app.handler", file="src/deep/app.py"),
    "py_dotted": Handler("from . import app\ndef handler(event, context): return {'statusCode': 200, 'body': __package__ and 'py_dotted'}", handler="package.app.handler", file="package/app.py"),
    "py_text_status": Handler("def handler(event, context): return {'statusCode': '200', 'body': 'py_text_status'}"),
    "py_prints": Handler("import sys\ndef handler(event, context):\n    print('x' * 300_000); sys.stderr.write('no end of line'); return {'statusCode': 200, 'body': 'py_prints'}"),
    "js_async": node("exports.handler = async () => ({ statusCode: 200, body: 'js_async' })"),
    "js_callback": node("exports.handler = (event, context, callback) => { setTimeout(() => callback(null, { statusCode: 200, body: 'js_callback' }), 5) }"),
    "js_no_wait": node("exports.handler = (event, context, callback) => { setTimeout(() => {}, 60000); context.callbackWaitsForEmptyEventLoop = false; callback(null, { statusCode: 200, body: 'js_no_wait' }) }"),
    "js_succeed": node("exports.handler = (event, context) => context.succeed({ statusCode: 200, body: 'js_succeed' })"),
    "js_done": node("exports.handler = (event, context) => context.done(null, { statusCode: 200, body: 'js_done' })"),
    "js_await_at_top": node("const name = await Promise.resolve('js_await_at_top'); export const handler = async () => ({ statusCode: 200, body: name })", file="js_await_at_top.mjs"),
    "js_default": node("export default async () => ({ statusCode: 200, body: 'js_default' })", file="js_default.mjs", handler="js_default.default"),
    "js_common": node("module.exports.handler = async () => ({ statusCode: 200, body: 'js_common' })", file="js_common.cjs"),
    "js_module_unsaid": node("export const handler = async () => ({ statusCode: 200, body: 'js_module_unsaid' })"),
    "js_nested": node("exports.a = { b: async () => ({ statusCode: 200, body: 'js_nested' }) }", file="src/js/app.js", handler="src/js/app.a.b"),
    "js_old_runtime": node("exports.handler = async () => ({ statusCode: 200, body: 'js_old_runtime' })"),
}  # fmt: skip
WAYS["js_old_runtime"].runtime = "nodejs12.x"

PYTHON_APP = f"""
    import json, os
    import boto3

    dynamodb = boto3.resource("dynamodb")

    def handler(event, context):
        told = json.loads(event["body"])
        endpoint = {HOST}
        api = boto3.client("apigatewaymanagementapi", endpoint_url=endpoint)
        me = event["requestContext"]["connectionId"]
        if "post" in told:
            try:
                api.post_to_connection(ConnectionId=told.get("to", me), Data=told["post"].encode())
            except api.exceptions.GoneException as gone:
                return answer([type(gone).__name__, gone.response["ResponseMetadata"]["HTTPStatusCode"]])
        if "invoke" in told:
            function = boto3.client("lambda").invoke(FunctionName=told["invoke"], Payload=json.dumps(event))
            return json.load(function["Payload"])
        if "remember" in told:
            dynamodb.Table(os.environ["TABLE_NAME"]).put_item(Item={{"id": "watcher", "connection": me}})
        if "count" in told:
            for number in range(told["count"]):
                api.post_to_connection(ConnectionId=me, Data=str(number).encode())
        return answer(me)

    def answer(value):
        return {{"statusCode": 200, "body": json.dumps(value)}}
"""

NODE_APP = """
    import https from "node:https";
    import { ApiGatewayManagementApiClient, GoneException, PostToConnectionCommand } from "@aws-sdk/client-apigatewaymanagementapi";
    import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
    import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";

    const { API_ID, AWS_REGION, TABLE_NAME } = process.env;
    const host = `${API_ID}.execute-api.${AWS_REGION}.amazonaws.com`;
    // The slash at the end makes the SDK ask for /dev//@connections, on AWS as here.
    const api = new ApiGatewayManagementApiClient({ endpoint: `https://${host}/dev/` });
    const table = DynamoDBDocumentClient.from(new DynamoDBClient({}));

    const status = (path) => new Promise((resolve, reject) => {
      https.request({ host, path, method: "POST" }, (response) => resolve(response.resume().statusCode)).on("error", reject).end("x");
    });

    export const handler = async ({ body, requestContext }) => {
      const told = JSON.parse(body);
      const ConnectionId = told.to ?? requestContext.connectionId;
      const answer = (value) => ({ statusCode: 200, body: JSON.stringify(value) });
      if (told.unsigned) {
        const path = `/dev/@connections/${encodeURIComponent(ConnectionId)}`;
        return answer([(await fetch(`https://${host}${path}`, { method: "POST", body: "x" })).status, await status(path)]);
      }
      await table.send(new PutCommand({ TableName: TABLE_NAME, Item: { id: ConnectionId } }));
      try {
        await api.send(new PostToConnectionCommand({ ConnectionId, Data: told.post }));
      } catch (error) {
        return answer([error.name, error instanceof GoneException, error.$metadata.httpStatusCode]);
      }
      return answer(requestContext.connectionId);
    };
"""

CONNECT = """
    import boto3
    def handler(event, context):
        if "welcome" not in (event.get("queryStringParameters") or {}):
            return {"statusCode": 200}
        request = event["requestContext"]
        api = boto3.client("apigatewaymanagementapi", endpoint_url="https://%s/%s" % (request["domainName"], request["stage"]))
        try:
            api.post_to_connection(ConnectionId=request["connectionId"], Data=b"welcome")
        except api.exceptions.GoneException:
            return {"statusCode": 410}
        return {"statusCode": 200}
"""

DISCONNECT = f"""
    import json, os
    import boto3
    def handler(event, context):
        request = event["requestContext"]
        watcher = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"]).get_item(Key={{"id": "watcher"}}).get("Item")
        if watcher:
            api = boto3.client("apigatewaymanagementapi", endpoint_url={HOST})
            told = [request["connectionId"], request["disconnectStatusCode"], request["disconnectReason"]]
            api.post_to_connection(ConnectionId=watcher["connection"], Data=json.dumps(told).encode())
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    handlers = {**WAYS, "py": Handler(PYTHON_APP, timeout=20), "js": node(NODE_APP, file="js.mjs", timeout=20)}
    handlers |= {"$connect": Handler(CONNECT), "$disconnect": Handler(DISCONNECT)}
    with application(tmp_path_factory.mktemp("habits"), handlers) as server:
        yield server


@pytest.fixture
def socket(server):
    with connect(server.url) as socket:
        yield socket


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_write_a_handler_answers(socket, way):
    assert ask(socket, way) == way


@pytest.mark.parametrize("language", ["py", "js"])
def test_the_host_that_code_builds_by_itself_is_this_server(socket, language):
    assert ask(socket, language, post="pushed") == "pushed"
    assert json.loads(socket.recv(timeout=20))


@pytest.mark.parametrize(("language", "says"), [("py", ["GoneException", 410]), ("js", ["GoneException", True, 410])])
def test_a_client_that_has_gone_is_the_exception_that_code_catches(server, socket, language, says):
    with connect(server.url) as other:
        gone = json.loads(ask(other, "py"))
    assert json.loads(ask(socket, language, post="x", to=gone)) == says


def test_an_unsigned_post_from_a_function_is_refused_as_on_aws(socket):
    assert json.loads(ask(socket, "js", unsigned=True)) == [403, 403]


def test_a_function_calls_another_with_the_sdk(socket):
    assert ask(socket, "py", invoke="js_await_at_top") == "js_await_at_top"


def test_posts_to_one_connection_arrive_in_order(socket):
    socket.send('{"action":"py","count":100}')
    assert [socket.recv(timeout=20) for _ in range(100)] == [str(number) for number in range(100)]


def test_a_welcome_from_inside_connect_is_gone(server):
    with pytest.raises(Exception, match="410"):
        connect(server.url + "?welcome=1")


def test_others_are_told_from_disconnect(server, socket):
    ask(socket, "py", remember=True)
    with connect(server.url) as other:
        leaver = json.loads(ask(other, "py"))
        other.close(4001, "because I say so")
    assert json.loads(socket.recv(timeout=20)) == [leaver, 4001, "because I say so"]


def test_fifty_messages_at_once_are_all_answered(socket):
    for _ in range(50):
        socket.send('{"action":"js_callback"}')
    assert [socket.recv(timeout=30) for _ in range(50)] == ["js_callback"] * 50


@pytest.mark.parametrize(("message", "code"), [("x" * 33_000, 1009), (b"binary", 1003)])
def test_a_frame_that_breaks_the_rules_closes_only_its_own_connection(server, socket, message, code):
    with connect(server.url) as other, pytest.raises(ConnectionClosed) as closed:
        other.send(message)
        other.recv(timeout=20)
    assert closed.value.rcvd.code == code
    assert ask(socket, "js_async") == "js_async"
