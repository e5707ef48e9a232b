"""The chat application with real functions, a real table and a WebSocket library: what its users see."""

import json
import re
import socket as socket_module

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from server import Server, eventually, running

SECONDS = 20  # the first message may start a function


def say(socket, text):
    socket.send(json.dumps({"action": "sendmessage", "data": text}))


def connected(chat):
    """The connection ids in the table, read as the author of the application would."""
    items = chat.client("dynamodb").scan(TableName="chat-connections")["Items"]
    return {item["connectionId"]["S"] for item in items}


def test_a_message_reaches_everybody(chat):
    with connect(chat.url) as ada, connect(chat.url) as bob:
        say(ada, "hello")
        assert ada.recv(timeout=SECONDS) == "hello"
        assert bob.recv(timeout=SECONDS) == "hello"


def test_the_url_may_end_with_a_slash(chat):
    with connect(chat.url.rstrip("/") + "/") as socket:
        say(socket, "slashed")
        assert socket.recv(timeout=SECONDS) == "slashed"


def test_text_beyond_ascii_arrives_as_it_was_sent(chat):
    with connect(chat.url) as socket:
        say(socket, "Grüße, 世界 👋")
        assert socket.recv(timeout=SECONDS) == "Grüße, 世界 👋"


@pytest.mark.parametrize("message", ['{"action":"dance"}', '{"data":"no action"}', "no json", "", "[1]"])
def test_a_message_without_a_route_gets_the_error_frame_and_the_socket_stays_open(chat, message):
    frame = r'\{"message": "Forbidden", "connectionId":"[\w=-]+", "requestId":"[\w=-]+"\}'
    with connect(chat.url) as socket:
        socket.send(message)
        assert re.fullmatch(frame, socket.recv(timeout=SECONDS))
        say(socket, "still here")
        assert socket.recv(timeout=SECONDS) == "still here"


def test_the_error_frame_names_the_connection(chat):
    with connect(chat.url) as socket:
        socket.send("{}")
        assert json.loads(socket.recv(timeout=SECONDS))["connectionId"] in connected(chat)


def test_a_client_that_leaves_is_removed_from_the_table(chat):
    before = connected(chat)
    with connect(chat.url):
        (mine,) = connected(chat) - before
    eventually(lambda: mine not in connected(chat))


def test_a_client_that_vanishes_is_removed_from_the_table(chat):
    before = connected(chat)
    socket = connect(chat.url)
    (mine,) = connected(chat) - before
    socket.socket.shutdown(socket_module.SHUT_RDWR)  # no close frame
    eventually(lambda: mine not in connected(chat))


def test_the_row_of_a_connection_that_is_gone_is_cleaned_up(chat):
    before = connected(chat)
    with connect(chat.url):
        (stale,) = connected(chat) - before
    eventually(lambda: stale not in connected(chat))

    # As if $disconnect had never run.
    chat.client("dynamodb").put_item(TableName="chat-connections", Item={"connectionId": {"S": stale}})
    with connect(chat.url) as socket:
        say(socket, "anybody?")
        assert socket.recv(timeout=SECONDS) == "anybody?"
        eventually(lambda: stale not in connected(chat))


def test_a_binary_frame_closes_the_connection(chat):
    with connect(chat.url) as socket:
        socket.send(b"\x00\x01")
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=SECONDS)
        assert closed.value.rcvd.code == 1003


def test_a_frame_above_32_kb_closes_the_connection(chat):
    with connect(chat.url) as socket:
        socket.send("x" * 32769)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=SECONDS)
        assert closed.value.rcvd.code == 1009


def test_a_long_message_may_come_in_fragments(chat):
    text = json.dumps({"action": "sendmessage", "data": "y" * 100_000})
    with connect(chat.url, max_size=None) as socket:
        socket.send(text[start : start + 25_000] for start in range(0, len(text), 25_000))
        assert socket.recv(timeout=SECONDS) == "y" * 100_000


def test_many_messages_from_many_clients_all_arrive(chat):
    sockets = [connect(chat.url) for _ in range(5)]
    try:
        for number, socket in enumerate(sockets):
            for turn in range(4):
                say(socket, f"{number}.{turn}")
        expected = sorted(f"{number}.{turn}" for number in range(5) for turn in range(4))
        for socket in sockets:
            assert sorted(socket.recv(timeout=60) for _ in expected) == expected
    finally:
        for socket in sockets:
            socket.close()


def test_a_handler_that_throws_gives_the_error_frame(tmp_path):
    with running(Server.dev, tmp_path, "examples/chat") as chat, connect(chat.url) as socket:
        socket.send('{"action":"sendmessage"}')  # the Python handler asks for ["data"]
        frame = json.loads(socket.recv(timeout=SECONDS))
        assert list(frame) == ["message", "connectionId", "requestId"]
        assert frame["message"] == "Internal server error"
        say(socket, "no harm done")
        assert socket.recv(timeout=SECONDS) == "no harm done"
