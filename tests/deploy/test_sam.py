"""The SAM CLI, from the first deployment to the last: the chat example, unmodified."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running
from tools import SAM, installed, output_of, reachable, run, stack_names

pytestmark = installed


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.serve, tmp_path_factory.mktemp("sam")) as server:
        yield server


@pytest.fixture
def chat(tmp_path):
    return shutil.copytree(ROOT / "examples" / "chat", tmp_path / "chat")


def says_hello(server, stack):
    url = reachable(server, output_of(server, stack, "WebSocketURI"))
    with connect(url) as one, connect(url) as other:
        one.send('{"action":"sendmessage","data":"hello"}')
        return [one.recv(timeout=20), other.recv(timeout=20)]


def deploy(server, folder, stack, *more, **options):
    arguments = ["--stack-name", stack, "--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset", *more]
    return run(server, folder, SAM, "deploy", *arguments, **options)


def test_an_application_is_deployed_changed_and_deleted(server, chat):
    said = deploy(server, chat, "chat", "--resolve-s3")
    assert "Successfully created/updated stack - chat" in said
    assert says_hello(server, "chat") == ["hello", "hello"]

    unchanged = deploy(server, chat, "chat", "--resolve-s3", fails=True)
    assert "No changes to deploy. Stack chat is up to date" in unchanged

    handler = next((chat / "python").rglob("*.py"))
    handler.write_text(handler.read_text() + "\n# changed\n")
    changed = deploy(server, chat, "chat", "--resolve-s3")
    assert "UPDATE_COMPLETE" in changed
    assert says_hello(server, "chat") == ["hello", "hello"]

    assert "prod" in run(server, chat, SAM, "list", "endpoints", "--stack-name", "chat")
    assert "WebSocketURI" in run(server, chat, SAM, "list", "stack-outputs", "--stack-name", "chat")
    event = '{"requestContext":{"connectionId":"nobody"}}'
    invoked = run(
        server, chat, SAM, "remote", "invoke", "ConnectFunction", "--stack-name", "chat", "--event", event
    )
    assert '"statusCode": 200' in invoked
    assert "REPORT RequestId" in run(server, chat, SAM, "logs", "--stack-name", "chat", "-n", "ConnectFunction")

    assert "Deleted successfully" in run(server, chat, SAM, "delete", "--stack-name", "chat", "--no-prompts")
    assert "chat" not in stack_names(server)


def test_a_guided_deployment_asks_as_in_the_tutorials(server, chat):
    run(server, chat, SAM, "build")
    answers = "guided\nus-east-1\n\nn\ny\nn\ny\n\n\n"
    said = run(server, chat, SAM, "deploy", "--guided", answers=answers)
    assert "Successfully created/updated stack - guided" in said
    assert says_hello(server, "guided") == ["hello", "hello"]
    run(server, chat, SAM, "delete", "--stack-name", "guided", "--no-prompts")


def test_code_is_synchronised_without_a_deployment(server, chat):
    deploy(server, chat, "synced", "--resolve-s3")
    handler = next((chat / "python").rglob("*.py"))
    handler.write_text(handler.read_text() + "\n# changed\n")
    said = run(server, chat, SAM, "sync", "--code", "--stack-name", "synced", answers="y\n")
    assert "Finished syncing Lambda Function" in said
    assert says_hello(server, "synced") == ["hello", "hello"]
    run(server, chat, SAM, "delete", "--stack-name", "synced", "--no-prompts")


def test_a_template_that_breaks_is_turned_back_and_says_why(server, tmp_path):
    (tmp_path / "template.yaml").write_text(
        "Transform: AWS::Serverless-2016-10-31\n"
        "Resources:\n"
        "  Table: {Type: AWS::Serverless::SimpleTable}\n"
        "  Route: {Type: AWS::ApiGatewayV2::Route, DependsOn: Table, Properties: {ApiId: nothing, RouteKey: x}}\n"
    )
    said = deploy(server, tmp_path, "broken", "--resolve-s3", fails=True)
    assert "ROLLBACK_COMPLETE" in said
    # The tool breaks lines wherever its columns end.
    events = server.client("cloudformation").describe_stack_events(StackName="broken")["StackEvents"]
    reasons = {event["LogicalResourceId"]: event["ResourceStatusReason"] for event in events if "FAILED" in event["ResourceStatus"]}
    assert "Invalid API identifier specified" in reasons["Route"]
