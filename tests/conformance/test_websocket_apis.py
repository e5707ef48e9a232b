"""What trips users of WebSocket APIs up, as their clients and their real functions see it.

The numbers are the rows of the behaviour that Landline promises; the in-process conformance tests cover them too, and
those that need a clock only there.
"""

import json
import re
import socket as sockets
import time

import pytest
import recorder as recording
from botocore.exceptions import ClientError
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Close
from websockets.sync.client import connect

from server import eventually

SECONDS = 20
PLAIN = ["$connect", "$disconnect", "$default"]


@pytest.fixture(scope="module")
def recorder(node):
    with recording.recorder(node, "conformance") as recorder:
        yield recorder


@pytest.fixture(scope="module")
def api(recorder):
    """$connect, $disconnect, one two-way and one one-way route, and no $default."""
    with recorder.api("$connect", "$disconnect", "ask", "tell", two_way=["ask"]) as api:
        yield api


def own_id(socket):
    """The connection's id, from the error frame of a message that no route takes."""
    socket.send("{}")
    return json.loads(socket.recv(timeout=SECONDS))["connectionId"]


def event_of(recorder, connection, kind):
    def seen():
        return [e for e in recorder.events(connection) if e["requestContext"]["eventType"] == kind]

    return eventually(seen)[-1]


def refused(call):
    with pytest.raises(InvalidStatus) as handshake:
        call()
    response = handshake.value.response
    return response.status_code, response


def ask(socket, **told):
    socket.send(json.dumps({"action": "ask", **told}))
    return socket.recv(timeout=SECONDS)


def nothing_comes(socket, seconds=1):
    with pytest.raises(TimeoutError):
        socket.recv(timeout=seconds)


def test_c02_a_stage_named_default_is_served_under_its_name_only(recorder):
    with recorder.api("ask", two_way=["ask"], stage="$default") as api:
        with api.connect() as socket:
            assert ask(socket) == "seen"
        assert refused(lambda: connect(api.url.removesuffix("/$default")))[0] == 403


def test_c03_compression_is_never_negotiated(api):
    with api.connect() as socket:
        assert "permessage-deflate" in socket.request.headers["Sec-WebSocket-Extensions"]
        names = sorted(name.lower() for name, _ in socket.response.headers.raw_items())
    assert names == ["connection", "date", "sec-websocket-accept", "upgrade"]


def test_c04_a_subprotocol_that_connect_does_not_name_is_not_echoed(api):
    with api.connect(subprotocols=["chat"]) as socket:
        assert socket.subprotocol is None


def test_c05_only_the_subprotocol_of_connects_headers_reaches_the_client(api):
    headers = {"Sec-WebSocket-Protocol": "chat", "Set-Cookie": "a=b", "X-Own": "1"}
    answer = json.dumps({"statusCode": 200, "headers": headers}).replace('"', "%22").replace(" ", "%20")
    with api.connect(f"answer={answer}", subprotocols=["chat", "other"]) as socket:
        assert socket.subprotocol == "chat"
        assert "Set-Cookie" not in socket.response.headers and "X-Own" not in socket.response.headers


@pytest.mark.parametrize("status", [200, 201])
def test_c06_a_status_of_2xx_accepts(api, status):
    with api.connect(f"answer=%7B%22statusCode%22:{status}%7D") as socket:
        assert ask(socket) == "seen"


@pytest.mark.parametrize("status", [301, 400, 401, 403, 501])
def test_c06_any_other_status_is_the_handshakes(api, status):
    assert refused(lambda: api.connect(f"answer=%7B%22statusCode%22:{status}%7D"))[0] == status


def test_c07_a_connect_function_that_throws_is_a_502(api):
    status, response = refused(lambda: api.connect("raise=no"))
    assert status == 502
    body = json.loads(response.body)
    assert list(body) == ["message", "connectionId", "requestId"]
    assert body["message"] == "Internal server error"
    assert response.headers["x-amz-apigw-id"] == body["requestId"]


@pytest.mark.parametrize("answer", ["null", "%22text%22", "%7B%7D"], ids=["null", "text", "no-status"])
def test_c07_an_answer_without_a_status_is_a_502(api, answer):
    assert refused(lambda: api.connect(f"answer={answer}"))[0] == 502


@pytest.mark.parametrize("operation", ["post_to_connection", "get_connection", "delete_connection"])
def test_c08_a_connection_is_gone_for_its_own_connect_function(api, operation):
    # The function returns the status that it got.
    assert refused(lambda: api.connect(f"call={operation}"))[0] == 410


def test_c09_without_a_connect_route_everybody_may_connect(recorder):
    with recorder.api("$disconnect", "ask", two_way=["ask"]) as api:
        with api.connect() as socket:
            assert ask(socket) == "seen"
            connection = own_id(socket)
        assert event_of(recorder, connection, "DISCONNECT")


def test_c10_a_message_without_a_route_gets_the_forbidden_frame(api):
    with api.connect() as socket:
        socket.send('{"action":"nothing"}')
        frame = socket.recv(timeout=SECONDS)
        assert re.fullmatch(r'\{"message": "Forbidden", "connectionId":"[\w=-]+", "requestId":"[\w=-]+"\}', frame)
        assert ask(socket) == "seen"


@pytest.mark.parametrize(
    "message", ["plain text", "", "[1,2]", "7", '{"other":1}', '{"action":7}', '{"action":"$connect"}', '{"action":null}']
)
def test_c11_what_selects_no_route_goes_to_default(recorder, shared_default, message):
    with shared_default.connect() as socket:
        socket.send(message)
        assert socket.recv(timeout=SECONDS) == "seen"
    event = recorder.all_events(shared_default)
    assert any(e.get("body") == message and e["requestContext"]["routeKey"] == "$default" for e in event)


@pytest.fixture(scope="module")
def shared_default(recorder):
    with recorder.api("$default", two_way=["$default"]) as api:
        yield api


def test_c12_a_composed_expression_joins_what_it_finds(recorder):
    expression = "${request.body.a}-${request.body.b}"
    with recorder.api("x-y", "x-", two_way=["x-y", "x-"], expression=expression) as api, api.connect() as socket:
        for message in ['{"a":"x","b":"y"}', '{"a":"x"}']:
            socket.send(message)
            assert socket.recv(timeout=SECONDS) == "seen"


def test_c12_a_nested_path_is_followed(recorder):
    with recorder.api("go", two_way=["go"], expression="$request.body.service.do") as api, api.connect() as socket:
        socket.send('{"service":{"do":"go"}}')
        assert socket.recv(timeout=SECONDS) == "seen"


def test_c13_route_keys_are_case_sensitive(api):
    with api.connect() as socket:
        socket.send('{"action":"ASK"}')
        assert json.loads(socket.recv(timeout=SECONDS))["message"] == "Forbidden"


def test_c14_a_function_that_throws_gives_an_error_frame_even_one_way(api):
    with api.connect() as socket:
        socket.send('{"action":"tell","raise":"no"}')
        assert json.loads(socket.recv(timeout=SECONDS))["message"] == "Internal server error"
        assert ask(socket) == "seen"


@pytest.mark.parametrize("answer", ["null", '"text"', "{}", '{"body":"no status"}'])
def test_c15_an_answer_without_a_status_gives_an_error_frame(api, answer):
    with api.connect() as socket:
        socket.send(json.dumps({"action": "tell", "answer": answer}))
        assert json.loads(socket.recv(timeout=SECONDS))["message"] == "Internal server error"


def test_c16_a_status_of_500_is_no_error_of_a_message(api):
    with api.connect() as socket:
        socket.send(json.dumps({"action": "tell", "answer": '{"statusCode": 500}'}))
        nothing_comes(socket)
        assert ask(socket) == "seen"


def test_c17_a_one_way_route_keeps_the_answer(api):
    with api.connect() as socket:
        socket.send('{"action":"tell"}')
        nothing_comes(socket)


def test_c18_the_message_event_has_exactly_these_members(api, recorder):
    with api.connect() as socket:
        ask(socket, note="x")
        event = event_of(recorder, own_id(socket), "MESSAGE")
    assert list(event) == ["requestContext", "body", "isBase64Encoded"]
    assert json.loads(event["body"]) == {"action": "ask", "note": "x"}
    assert event["isBase64Encoded"] is False
    assert list(event["requestContext"]) == [
        "routeKey", "messageId", "eventType", "extendedRequestId", "requestTime", "messageDirection", "stage",
        "connectedAt", "requestTimeEpoch", "identity", "requestId", "domainName", "connectionId", "apiId",
    ]  # fmt: skip
    context = event["requestContext"]
    assert context["domainName"] == f"{api.id}.execute-api.us-east-1.amazonaws.com"
    assert re.fullmatch(r"\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d \+0000", context["requestTime"])


def test_c18_the_connect_event_has_exactly_these_members(api, recorder):
    with api.connect("room=7&tag=a&tag=b", additional_headers={"X-Mixed-Case": "kept"}) as socket:
        event = event_of(recorder, own_id(socket), "CONNECT")
    assert list(event) == [
        "headers", "multiValueHeaders", "queryStringParameters", "multiValueQueryStringParameters", "requestContext",
        "isBase64Encoded",
    ]  # fmt: skip
    assert event["queryStringParameters"] == {"room": "7", "tag": "b"}
    assert event["multiValueQueryStringParameters"] == {"room": ["7"], "tag": ["a", "b"]}
    headers = event["headers"]
    assert headers["X-Mixed-Case"] == "kept"
    assert headers["X-Forwarded-For"] == "127.0.0.1"
    assert (headers["X-Forwarded-Port"], headers["X-Forwarded-Proto"]) == ("443", "https")
    assert re.fullmatch(r"Root=1-[0-9a-f]{8}-[0-9a-f]{24}", headers["X-Amzn-Trace-Id"])
    assert list(headers) == sorted(headers, key=str.lower)
    assert not {"connection", "upgrade", "content-length"} & {name.lower() for name in headers}
    assert event["multiValueHeaders"] == {name: [value] for name, value in headers.items()}


def test_c19_without_a_query_its_members_are_absent(api, recorder):
    with api.connect() as socket:
        event = event_of(recorder, own_id(socket), "CONNECT")
    assert list(event) == ["headers", "multiValueHeaders", "requestContext", "isBase64Encoded"]


def test_c20_stage_variables_are_there_when_the_stage_has_some(recorder):
    variables = {"tier": "gold"}
    with recorder.api(*PLAIN, two_way=["$default"], StageVariables=variables) as api:
        with api.connect() as socket:
            socket.send("x")
            socket.recv(timeout=SECONDS)
        events = eventually(lambda: found if len(found := recorder.all_events(api)) == 3 else None)
    assert [event["stageVariables"] for event in events] == [variables] * 3


def test_c21_request_ids_are_one_and_the_message_has_its_own(api, recorder):
    with api.connect() as socket:
        ask(socket)
        context = event_of(recorder, own_id(socket), "MESSAGE")["requestContext"]
    assert context["requestId"] == context["extendedRequestId"] != context["messageId"]
    assert re.fullmatch(r"[\w-]{15}=", context["requestId"])


def test_c32_a_frame_above_32_kb_closes_with_1009_and_fragments_are_joined(api, recorder):
    with api.connect() as socket:
        socket.send("x" * 32_769)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=SECONDS)
        assert closed.value.rcvd.code == 1009
    note = "y" * 100_000
    with api.connect() as socket:
        message = json.dumps({"action": "ask", "note": note})
        socket.send(message[at : at + 26_000] for at in range(0, len(message), 26_000))
        assert socket.recv(timeout=SECONDS) == "seen"
        assert json.loads(event_of(recorder, own_id(socket), "MESSAGE")["body"])["note"] == note


def test_c32_a_message_above_128_kb_closes_with_1009(api):
    with api.connect() as socket:
        # The close may come before the last fragment has gone.
        with pytest.raises(ConnectionClosed) as closed:
            socket.send("x" * 30_000 for _ in range(5))
            socket.recv(timeout=SECONDS)
        assert closed.value.rcvd.code == 1009


def test_c33_a_binary_message_closes_with_1003(api):
    with api.connect() as socket:
        socket.send(b"\x00")
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=SECONDS)
        assert closed.value.rcvd.code == 1003


def test_c34_a_refused_post_is_no_activity(api):
    with api.connect(max_size=None) as socket:
        connection = own_id(socket)
        management = api.management()
        before = management.get_connection(ConnectionId=connection)["LastActiveAt"]
        with pytest.raises(ClientError) as refused:
            management.post_to_connection(ConnectionId=connection, Data=b"z" * 131_073)
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 413
        assert "x-amzn-errortype" not in refused.value.response["ResponseMetadata"]["HTTPHeaders"]
        assert management.get_connection(ConnectionId=connection)["LastActiveAt"] == before


def test_c36_a_deleted_connection_tells_both_sides_the_same(api, recorder):
    with api.connect() as socket:
        connection = own_id(socket)
        api.management().delete_connection(ConnectionId=connection)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=SECONDS)
    assert closed.value.rcvd == Close(1000, "Connection Closed Normally")
    context = event_of(recorder, connection, "DISCONNECT")["requestContext"]
    assert (context["disconnectStatusCode"], context["disconnectReason"]) == (1000, "Connection Closed Normally")


def test_c37_the_clients_close_is_echoed_and_told_to_disconnect(api, recorder):
    with api.connect() as socket:
        connection = own_id(socket)
        socket.close(4001, "I am off")
    assert socket.protocol.close_rcvd == Close(4001, "I am off")
    context = event_of(recorder, connection, "DISCONNECT")["requestContext"]
    assert (context["disconnectStatusCode"], context["disconnectReason"]) == (4001, "I am off")


def test_c37_a_close_without_a_code_is_1005(api, recorder):
    """By hand: the library refuses to send such a frame."""
    host, port = recorder.server.endpoint.removeprefix("http://").split(":")
    with sockets.create_connection((host, int(port)), timeout=SECONDS) as raw:
        raw.sendall(
            f"GET /{api.id}/{api.stage} HTTP/1.1\r\nHost: {host}\r\nConnection: upgrade\r\nUpgrade: websocket\r\n"
            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n".encode()
        )
        while not raw.recv(4096).endswith(b"\r\n\r\n"):
            pass
        raw.sendall(b"\x81\x82\0\0\0\0{}")
        connection = re.search(rb'"connectionId":"([^"]+)"', raw.recv(4096))[1].decode()
        raw.sendall(b"\x88\x80\0\0\0\0")
        context = event_of(recorder, connection, "DISCONNECT")["requestContext"]
    assert (context["disconnectStatusCode"], context["disconnectReason"]) == (
        1005,
        "Client-side close frame status not set",
    )


def test_c37_a_connection_that_is_lost_is_1006(api, recorder):
    socket = api.connect()
    connection = own_id(socket)
    socket.socket.shutdown(sockets.SHUT_RDWR)
    context = event_of(recorder, connection, "DISCONNECT")["requestContext"]
    assert context["disconnectStatusCode"] == 1006


def test_c45_another_stage_of_the_api_reaches_the_connection(recorder):
    with recorder.api("ask", two_way=["ask"]) as api:
        recorder.gateway.create_stage(ApiId=api.id, StageName="other")
        with api.connect() as socket:
            api.management(stage="other").post_to_connection(ConnectionId=own_id(socket), Data=b"over there")
            assert socket.recv(timeout=SECONDS) == "over there"


def test_c47_an_open_connection_follows_the_new_deployment(recorder):
    with recorder.api("ask", two_way=["ask"]) as api, api.connect() as socket:
        api.add_route("more", two_way=True)
        socket.send('{"action":"more"}')
        assert json.loads(socket.recv(timeout=SECONDS))["message"] == "Forbidden"
        recorder.gateway.create_deployment(ApiId=api.id, StageName=api.stage)
        socket.send('{"action":"more"}')
        assert socket.recv(timeout=SECONDS) == "seen"


def test_c49_a_throttle_of_nothing_refuses_every_handshake(recorder):
    settings = {"ThrottlingBurstLimit": 0, "ThrottlingRateLimit": 0.0}
    with recorder.api("$default", DefaultRouteSettings=settings) as api:
        assert refused(api.connect)[0] == 429


def test_c52_the_disconnect_event_has_four_fixed_headers(api, recorder):
    with api.connect() as socket:
        connection = own_id(socket)
    event = event_of(recorder, connection, "DISCONNECT")
    host = f"{api.id}.execute-api.us-east-1.amazonaws.com"
    assert event["headers"] == {"Host": host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""}
    assert event["multiValueHeaders"] == {name: [value] for name, value in event["headers"].items()}
    assert "body" not in event


def test_c56_messages_of_one_connection_run_side_by_side(api):
    with api.connect() as socket:
        ask(socket)
        start = time.monotonic()
        for _ in range(3):
            socket.send('{"action":"ask","sleep":"2"}')
        assert [socket.recv(timeout=60) for _ in range(3)] == ["seen"] * 3
        assert time.monotonic() - start < 5.9  # one after the other they would need six seconds


def test_c61_a_client_without_a_name_has_none_in_its_identity(api, recorder):
    with api.connect(user_agent_header=None) as socket:
        event = event_of(recorder, own_id(socket), "CONNECT")
    assert event["requestContext"]["identity"] == {"sourceIp": "127.0.0.1"}


def test_a_function_that_floods_its_log_takes_nothing_down(node, recorder, names):
    import functions

    source = """
        def handler(event, context):
            for _ in range(50_000):
                print("x" * 1000)
            return {"statusCode": 200, "body": "done"}
    """
    lambda_ = node.client("lambda")
    with functions.function(lambda_, name := names("flood"), source, Timeout=60) as created:
        lambda_.add_permission(
            FunctionName=name, StatementId="s", Action="lambda:InvokeFunction", Principal="apigateway.amazonaws.com"
        )
        with recorder.api("ask", two_way=["ask"]) as api:
            api.add_route("flood", two_way=True, function=created["FunctionArn"])
            recorder.gateway.create_deployment(ApiId=api.id, StageName=api.stage)
            with api.connect() as socket, api.connect() as other:
                socket.send('{"action":"flood"}')
                assert ask(other) == "seen"
                assert socket.recv(timeout=60) == "done"
