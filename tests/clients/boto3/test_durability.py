"""What a 2xx promised is still there after the process was killed."""

import pytest
from websockets.sync.client import connect

from server import Server, running


def test_state_survives_a_kill(tmp_path):
    server = Server.dev(tmp_path, "examples/chat")
    try:
        dynamodb = server.client("dynamodb")
        dynamodb.create_table(
            TableName="kept",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "N"}],
            BillingMode="PAY_PER_REQUEST",
        )
        for number in range(50):
            dynamodb.put_item(TableName="kept", Item={"id": {"N": str(number)}})
        path = server.url.split("/", 3)[3]
        functions = {f["FunctionName"] for f in server.client("lambda").list_functions()["Functions"]}
    finally:
        server.kill()

    with running(Server.dev, tmp_path, "examples/chat") as again:
        assert again.url.split("/", 3)[3] == path
        found = again.client("dynamodb").scan(TableName="kept")["Items"]
        assert sorted(int(item["id"]["N"]) for item in found) == list(range(50))
        assert {f["FunctionName"] for f in again.client("lambda").list_functions()["Functions"]} == functions
        with connect(again.url) as socket:
            socket.send('{"action":"sendmessage","data":"back again"}')
            assert socket.recv(timeout=20) == "back again"


def test_serve_goes_on_with_what_dev_deployed(tmp_path):
    with running(Server.dev, tmp_path, "examples/chat") as server:
        api_id = server.api_id
    with running(Server.serve, tmp_path) as server:
        assert [api["ApiId"] for api in server.client("apigatewayv2").get_apis()["Items"]] == [api_id]


def test_sigterm_ends_the_server_cleanly(tmp_path):
    server = Server.dev(tmp_path, "examples/chat")
    with connect(server.url) as socket:
        assert server.stop() == 0
        with pytest.raises(Exception):
            socket.recv(timeout=5)
