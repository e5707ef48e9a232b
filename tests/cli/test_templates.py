"""`landline dev` and templates: what is wrong is said with its name and line, and what ran goes on running."""

import json
import shutil
import subprocess

import pytest
from websockets.sync.client import connect

from server import CLIENT_ENVIRONMENT, ROOT, Server, binary, eventually, running

SECONDS = 20
API = """\
Resources:
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: api
      ProtocolType: WEBSOCKET
      RouteSelectionExpression: $request.body.action
"""


def refused(tmp_path, template):
    """What `landline dev` says of a template that it must not deploy."""
    path = tmp_path / "template.yaml"
    path.write_text(template)
    ran = subprocess.run(
        [binary(), "dev", str(path), "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path / "data")],
        env={**CLIENT_ENVIRONMENT, "PATH": "/usr/bin:/bin"}, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
    )  # fmt: skip
    assert ran.returncode != 0, ran.stdout
    assert "panicked" not in ran.stdout
    return ran.stdout


@pytest.mark.parametrize(
    ("addition", "words"),
    [
        ("  Odd:\n    Type: AWS::Odd::Thing\n", ["Odd", "AWS::Odd::Thing", "8"]),
        ("  Table:\n    Type: AWS::DynamoDB::Table\n    Properties:\n      TableName: x\n", ["Table", "KeySchema"]),
        ("  Route:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref Nobody\n      RouteKey: x\n", ["Route", "Nobody", "11"]),
        ("  Route:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref Api\n", ["Route", "RouteKey"]),
        ("  A:\n    Type: AWS::ApiGatewayV2::Deployment\n    DependsOn: B\n    Properties:\n      ApiId: !Ref Api\n"
         "  B:\n    Type: AWS::ApiGatewayV2::Deployment\n    DependsOn: A\n    Properties:\n      ApiId: !Ref Api\n", ["A", "B", "ircular"]),
        ("  Route:\n    Type: AWS::ApiGatewayV2::Route\n    Properties:\n      ApiId: !Ref Api\n      RouteKey: !Join [x]\n", ["Route", "Join", "12"]),
        ("  Route: [\n", ["YAML", "line 9"]),
    ],
    ids=["unknown-type", "missing-property", "unknown-reference", "missing-route-key", "circle", "bad-intrinsic", "not-yaml"],
)  # fmt: skip
def test_a_template_that_cannot_work_is_refused_with_name_and_line(tmp_path, addition, words):
    said = refused(tmp_path, API + addition)
    assert [word for word in words if word not in said] == [], said


def test_a_template_that_is_not_there_is_said(tmp_path):
    ran = subprocess.run(
        [binary(), "dev", str(tmp_path / "nothing"), "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path)],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60,
    )  # fmt: skip
    assert ran.returncode != 0
    assert str(tmp_path / "nothing") in ran.stdout


@pytest.fixture
def copy(tmp_path):
    """The chat application, to be edited."""
    folder = tmp_path / "chat"
    shutil.copytree(ROOT / "examples/chat", folder, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_an_edit_is_deployed_and_open_connections_see_it(copy, tmp_path):
    with running(Server.dev, tmp_path / "data", copy) as server, connect(server.url) as socket:
        handler = copy / "python/send_message.py"
        handler.write_text(handler.read_text().replace('["data"]', '["data"].upper()'))

        def shouted():
            socket.send('{"action":"sendmessage","data":"hello"}')
            return socket.recv(timeout=SECONDS) == "HELLO"

        eventually(shouted, seconds=30)


def test_a_bad_edit_leaves_what_ran_before_running(copy, tmp_path):
    with running(Server.dev, tmp_path / "data", copy) as server, connect(server.url) as socket:
        template = copy / "template.yaml"
        good = template.read_text()
        template.write_text(good.replace("AWS::ApiGatewayV2::Stage", "AWS::ApiGatewayV2::Sage"))
        server.wait_for_line("AWS::ApiGatewayV2::Sage", seconds=30)
        socket.send('{"action":"sendmessage","data":"still here"}')
        assert socket.recv(timeout=SECONDS) == "still here"
        with connect(server.url) as other:
            other.send("{}")
            assert json.loads(other.recv(timeout=SECONDS))["message"] == "Forbidden"

        template.write_text(good.replace("RouteKey: sendmessage", "RouteKey: say"))

        def renamed():
            socket.send('{"action":"say","data":"renamed"}')
            return socket.recv(timeout=SECONDS) == "renamed"

        eventually(renamed, seconds=30)
