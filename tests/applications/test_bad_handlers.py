"""Handlers that fail in every way: the client gets what AWS gives, the caller of Lambda gets the reason, and nothing
else stops working."""

import base64
import json
import os
import time
from urllib.parse import quote

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from application import Handler, application, ask, is_error, node
from functions import function
from server import eventually

PYTHON = {
    "fine": ("def handler(event, context): return {'statusCode': 200, 'body': 'fine'}", None),
    "throws": ("def handler(event, context): raise ValueError('no')", "ValueError"),
    "exits": ("import sys\ndef handler(event, context): sys.exit(1)", "Runtime.ExitError"),
    "exits_well": ("import os\ndef handler(event, context): os._exit(0)", "Runtime.ExitError"),
    "crashes": ("import os\ndef handler(event, context): os.kill(os.getpid(), 11)", "Runtime.ExitError"),
    "hangs": ("import time\ndef handler(event, context): time.sleep(60)", "Sandbox.Timedout"),
    "recurses": ("def handler(event, context): return handler(event, context)", "RecursionError"),
    "gobbles": ("def handler(event, context): return b'x' * 10**12", "MemoryError"),
    "none": ("def handler(event, context): return None", None),
    "text": ("def handler(event, context): return 'hello'", None),
    "no_status": ("def handler(event, context): return {'body': 'x'}", None),
    "odd_status": ("def handler(event, context): return {'statusCode': 'abc'}", None),
    "object_body": ("def handler(event, context): return {'statusCode': 200, 'body': {'a': 1}}", None),
    "not_json": ("def handler(event, context): return {'statusCode': 200, 'body': object()}", "Runtime.MarshalError"),
    "too_large": ("def handler(event, context): return {'statusCode': 200, 'body': 'x' * 7_000_000}", "Function.ResponseSizeTooLarge"),
    "asynchronous": ("async def handler(event, context): return {'statusCode': 200}", "Runtime.MarshalError"),
    "syntax": ("def handler(event, context:", "Runtime.UserCodeSyntaxError"),
    "no_module": ("import nowhere", "Runtime.ImportModuleError"),
    "no_handler": ("def other(event, context): pass", "Runtime.HandlerNotFound"),
    "bad_import": ("raise RuntimeError('at import')", "RuntimeError"),
    "exits_at_import": ("import sys\nsys.exit(4)", "Runtime.ExitError"),
}  # fmt: skip

NODE = {
    "node_fine": ("exports.handler = async () => ({ statusCode: 200, body: 'fine' })", None),
    "node_throws": ("exports.handler = async () => { throw new TypeError('no') }", "TypeError"),
    "node_throws_text": ("exports.handler = async () => { throw 'no' }", "string"),
    "node_calls_back_error": ("exports.handler = (e, c, callback) => callback(new RangeError('no'))", "RangeError"),
    "node_rejects_apart": ("exports.handler = () => new Promise(() => { Promise.reject(new Error('apart')) })", "Runtime.UnhandledPromiseRejection"),
    "node_never": ("exports.handler = async () => new Promise(() => {})", "Runtime.NodeJsExit"),
    "node_nothing": ("exports.handler = () => {}", None),
    "node_exits": ("exports.handler = async () => process.exit(1)", "Runtime.ExitError"),
    "node_hangs": ("exports.handler = async () => { for (;;); }", "Sandbox.Timedout"),
    "node_circular": ("exports.handler = async () => { const a = {}; a.a = a; return a }", "Runtime.MarshalError"),
    "node_syntax": ("exports.handler = async () => {", "Runtime.UserCodeSyntaxError"),
    "node_no_module": ("require('nowhere')", "Runtime.ImportModuleError"),
    "node_other_client": ("import '@aws-sdk/client-honeycode'; export const handler = async () => 1", "Runtime.ImportModuleError"),
    "node_old_sdk": ("const { DynamoDB } = require('aws-sdk/clients/all')", "Runtime.ImportModuleError"),
    "node_no_handler": ("exports.other = 1", "Runtime.HandlerNotFound"),
}  # fmt: skip

CONNECT = """
    import json
    def handler(event, context):
        return json.loads((event.get("queryStringParameters") or {}).get("answer", '{"statusCode": 200}'))
"""

DAEMON = """
    import subprocess
    def handler(event, context):
        child = subprocess.Popen(["sleep", "600"], start_new_session=True)
        print(f"daemon {child.pid}", flush=True)
        import time; time.sleep(60)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    handlers = {key: Handler(source, timeout=1 if "hangs" in key else 10) for key, (source, _) in PYTHON.items()}
    handlers |= {key: node(source, timeout=1 if "hangs" in key else 10) for key, (source, _) in NODE.items()}
    handlers |= {"$connect": Handler(CONNECT), "daemon": Handler(DAEMON, timeout=1)}
    with application(tmp_path_factory.mktemp("bad"), handlers) as server:
        yield server


@pytest.mark.parametrize("key", [key for key in PYTHON | NODE if "fine" not in key])
def test_a_message_to_a_bad_handler_gives_an_error_frame_and_the_socket_lives(server, key):
    fine = "node_fine" if key.startswith("node") else "fine"
    with connect(server.url) as socket:
        assert is_error(ask(socket, key))
        assert ask(socket, fine) == "fine"


@pytest.mark.parametrize("key", [key for key, (_, error) in (PYTHON | NODE).items() if error])
def test_lambda_names_the_error_and_the_tail_of_the_log_shows_it(server, key):
    kind = (PYTHON | NODE)[key][1]
    answer = server.client("lambda").invoke(FunctionName=key, Payload=b"{}", LogType="Tail")
    assert (answer["StatusCode"], answer["FunctionError"]) == (200, "Unhandled")
    error = json.loads(answer["Payload"].read())
    assert error["errorType"] == kind
    tail = base64.b64decode(answer["LogResult"]).decode()
    assert "START RequestId: " in tail and "\nREPORT RequestId: " in tail
    message = error["errorMessage"].partition("\n")[0]
    said = message.partition(" Error: ")[2] if message.startswith("RequestId: ") else message
    # The tail has only the last 4 KB; a long stack leaves no room for its message.
    assert key in ("recurses", "too_large") or said in tail, tail


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ('{"statusCode": 201}', 101), ('{"statusCode": "204"}', 101), ('{"statusCode": 301}', 301),
        ('{"statusCode": 401}', 401), ('{"statusCode": 503}', 503), ('{"statusCode": 999}', 502),
        ('{"statusCode": 0}', 502), ('{"statusCode": "x"}', 502), ("{}", 502), ("null", 502), ('"x"', 502), ("[", 502),
    ],
)  # fmt: skip
def test_what_connect_returns_is_the_status_of_the_handshake(server, answer, status):
    try:
        with connect(f"{server.url}?answer={quote(answer)}") as socket:
            got = socket.response.status_code
    except InvalidStatus as refused:
        got = refused.response.status_code
    assert got == status


def test_a_client_of_the_sdk_that_is_not_bundled_is_named_with_the_remedy(server):
    answer = server.client("lambda").invoke(FunctionName="node_other_client", Payload=b"{}", LogType="Tail")
    assert json.loads(answer["Payload"].read())["errorType"] == "Runtime.ImportModuleError"
    assert 'run "npm install @aws-sdk/client-honeycode"' in base64.b64decode(answer["LogResult"]).decode()


def test_code_that_misses_version_2_of_the_sdk_is_told_that_aws_has_none_either(server):
    answer = server.client("lambda").invoke(FunctionName="node_old_sdk", Payload=b"{}", LogType="Tail")
    said = base64.b64decode(answer["LogResult"]).decode()
    assert 'do not bundle aws-sdk, on AWS neither: run "npm install aws-sdk"' in said


UNBUILT = [
    ("nodejs22.x", "app.ts", "export const handler = async () => 1", {}, "app.ts is TypeScript, which Lambda does not run"),
    ("nodejs22.x", "app.js", "require('nowhere')", {"package.json": '{"dependencies":{"nowhere":"1"}}'}, 'run "npm install"'),
    ("python3.12", "app.py", "import nowhere", {"requirements.txt": "no-where"}, "nowhere is not installed, and there is"),
]  # fmt: skip


@pytest.mark.parametrize(("runtime", "file", "source", "others", "remedy"), UNBUILT)
def test_code_that_nobody_has_built_is_told_the_remedy(server, runtime, file, source, others, remedy):
    client = server.client("lambda")
    with function(client, "unbuilt", source, runtime=runtime, file=file, others=others):
        answer = client.invoke(FunctionName="unbuilt", Payload=b"{}", LogType="Tail")
        assert remedy in base64.b64decode(answer["LogResult"]).decode()


def test_a_hang_does_not_delay_other_messages_of_the_connection(server):
    with connect(server.url) as socket:
        ask(socket, "fine")
        socket.send('{"action":"hangs"}')
        began = time.monotonic()
        assert ask(socket, "fine") == "fine"
        assert time.monotonic() - began < 1, "it waited for the handler that hangs"
        assert is_error(socket.recv(timeout=20))


def test_a_timeout_ends_children_in_sessions_of_their_own(server):
    with connect(server.url) as socket:
        assert is_error(ask(socket, "daemon"))
    pid = int(server.wait_for_line(r"daemon \d+").split()[1])

    def gone():
        return not os.path.exists(f"/proc/{pid}/cwd")

    eventually(gone)
