"""The Serverless Framework, in the fork that its community keeps."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running
from tools import BIN, installed, reachable, run, stack_names

pytestmark = installed


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.serve, tmp_path_factory.mktemp("osls")) as server:
        yield server


def test_a_service_is_deployed_changed_and_removed(server, tmp_path):
    folder = shutil.copytree(ROOT / "tests" / "deploy" / "osls", tmp_path / "service")

    def osls(*arguments):
        return run(server, folder, BIN / "osls", *arguments)

    def echo(said):
        words = [word for word in said.split() if word.startswith("wss://")]
        with connect(reachable(server, words[0])) as socket:
            socket.send('{"action":"echo","data":"hi"}')
            return socket.recv(timeout=20)

    assert echo(osls("deploy")) == "hi"
    assert echo(osls("info")) == "hi"
    code = folder / "handler.js"
    code.write_text(code.read_text().replace(".data", '.data + "!"'))
    assert echo(osls("deploy")) == "hi!"
    code.write_text(code.read_text().replace('"!"', '"?"'))
    osls("deploy", "function", "-f", "echo")
    assert echo(osls("info")) == "hi?"
    assert "Duration" in osls("logs", "-f", "echo")
    osls("remove")
    assert stack_names(server) == set()
