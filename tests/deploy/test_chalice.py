"""Chalice, which asks no CloudFormation: it calls Lambda, IAM and API Gateway one by one."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running
from tools import CHALICE, installed, reachable, run

pytestmark = installed


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.serve, tmp_path_factory.mktemp("chalice")) as server:
        yield server


def test_the_chat_of_its_tutorial_is_deployed_changed_and_deleted(server, tmp_path):
    folder = shutil.copytree(ROOT / "tests" / "deploy" / "chalice", tmp_path / "chat")

    def chalice(*arguments):
        return run(server, folder, CHALICE, *arguments)

    def hear(said):
        url = next(word for word in said.split() if word.startswith("wss://"))
        with connect(reachable(server, url)) as socket:
            socket.send("hello")
            return socket.recv(timeout=20)

    said = chalice("deploy")
    assert "Resources deployed:" in said
    assert hear(said) == "I got your message: hello"

    code = folder / "app.py"
    code.write_text(code.read_text().replace("I got", "We got"))
    assert hear(chalice("deploy")) == "We got your message: hello"
    assert "REPORT RequestId" in chalice("logs", "--name", "websocket_message", "--include-lambda-messages")

    chalice("delete")
    assert server.client("apigatewayv2").get_apis()["Items"] == []
    assert server.client("lambda").list_functions()["Functions"] == []
    assert server.client("iam").list_roles()["Roles"] == []
