"""The AWS CDK: an application of two stacks, with custom resources, a nested stack and an import between stacks."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running
from tools import BIN, installed, output_of, reachable, run, stack_names

pytestmark = installed


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    # Custom resources invoke functions as roles whose policies Landline does not judge yet.
    with running(Server.serve, tmp_path_factory.mktemp("cdk"), may_warn="no policy of the role allows it") as server:
        yield server


@pytest.fixture(scope="module")
def application(tmp_path_factory):
    return shutil.copytree(ROOT / "tests" / "deploy" / "cdk", tmp_path_factory.mktemp("application") / "cdk")


def cdk(server, folder, *arguments):
    return run(server, folder, BIN / "cdk", *arguments)


def answer(server):
    with connect(reachable(server, output_of(server, "Chat", "Url"))) as socket:
        socket.send("what are you?")
        return socket.recv(timeout=20)


def change(application, before, after):
    code = application / "function" / "index.js"
    code.write_text(code.read_text().replace(before, after))


def test_an_application_lives_through_every_command(server, application):
    assert "bootstrapped" in cdk(server, application, "bootstrap")
    deploy = ["deploy", "--all", "--require-approval", "never"]
    cdk(server, application, *deploy)
    assert answer(server) == "version 1"
    parameter = server.client("ssm").get_parameter(Name="/chat/parameter")["Parameter"]
    assert parameter["Value"] == "made by a custom resource"
    assert output_of(server, "Other", "QueueOfChat").startswith("arn:aws:sqs:us-east-1:000000000000:Chat-")

    assert "(no changes)" in cdk(server, application, *deploy)
    assert "There were no differences" in cdk(server, application, "diff")

    change(application, "version 1", "version 2")
    cdk(server, application, "deploy", "Chat", "--hotswap")
    assert answer(server) == "version 2"
    change(application, "version 2", "version 3")
    cdk(server, application, *deploy)
    assert answer(server) == "version 3"

    cdk(server, application, "destroy", "--all", "--force")
    assert stack_names(server) == {"CDKToolkit"}
    assert server.client("apigatewayv2").get_apis()["Items"] == []
    assert server.client("dynamodb").list_tables()["TableNames"] == []
