"""The Serverless Framework: the fork that its community keeps, and version 3 itself, which knows no endpoint but AWS's."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, binary, eventually, running
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
    # What the framework makes of a function's events: a topic, a rule with a schedule, a rule with a pattern.
    (topic,) = server.client("sns").list_topics()["Topics"]
    server.client("sns").publish(TopicArn=topic["TopicArn"], Message="hello")
    entry = {"Source": "chat", "DetailType": "Asked", "Detail": "{}"}
    assert server.client("events").put_events(Entries=[entry])["FailedEntryCount"] == 0
    for source in ("aws:sns", "chat"):
        eventually(lambda: f"told by {source}" in serverless("logs", "-f", "told"))
    schedules = {rule.get("ScheduleExpression") for rule in server.client("events").list_rules()["Rules"]}
    assert schedules == {"rate(1 hour)", None}
    serverless("remove")
    assert stack_names(server) == set()
