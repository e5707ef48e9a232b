"""The Serverless Framework: the fork that its community keeps, and version 3 itself, which knows no endpoint but AWS's."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, binary, running
from tools import BIN, PACKAGES, installed, reachable, run, stack_names

pytestmark = installed

COMMANDS = {
    "osls": [BIN / "osls"],
    # The package of the fork takes the name of its command.
    "serverless": [binary(), "exec", "--", "node", PACKAGES / "serverless" / "bin" / "serverless.js"],
}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.serve, tmp_path_factory.mktemp("serverless")) as server:
        yield server


@pytest.mark.parametrize("name", COMMANDS)
def test_a_service_is_deployed_changed_and_removed(server, tmp_path, name):
    folder = shutil.copytree(ROOT / "tests" / "deploy" / "serverless", tmp_path / "service")

    def serverless(*arguments):
        return run(server, folder, *COMMANDS[name], *arguments)

    def echo(said):
        words = [word for word in said.split() if word.startswith("wss://")]
        with connect(reachable(server, words[0])) as socket:
            socket.send('{"action":"echo","data":"hi"}')
            return socket.recv(timeout=20)

    assert echo(serverless("deploy")) == "hi"
    code = folder / "handler.js"
    code.write_text(code.read_text().replace(".data", '.data + "!"'))
    assert echo(serverless("deploy")) == "hi!"
    code.write_text(code.read_text().replace('"!"', '"?"'))
    serverless("deploy", "function", "-f", "echo")
    assert echo(serverless("info")) == "hi?"
    assert "Duration" in serverless("logs", "-f", "echo")
    serverless("remove")
    assert stack_names(server) == set()
