"""The SAM CLI, from the first deployment to the last: the chat example, unmodified."""

import json
import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running
from tools import SAM, Following, installed, output_of, reachable, run, stack_names

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
    with Following(server, chat, SAM, "logs", "--stack-name", "chat", "-n", "SendMessageFunction", "--tail") as tail:
        assert says_hello(server, "chat") == ["hello", "hello"]
        tail.wait_for("REPORT RequestId")

    event = '{"requestContext":{"connectionId":"nobody"}}'
    invoked = run(
        server, chat, SAM, "remote", "invoke", "ConnectFunction", "--stack-name", "chat", "--event", event
    )
    assert '"statusCode": 200' in invoked
    assert "REPORT RequestId" in run(server, chat, SAM, "logs", "--stack-name", "chat", "-n", "ConnectFunction")

    assert "Deleted successfully" in run(server, chat, SAM, "delete", "--stack-name", "chat", "--no-prompts")
    assert "chat" not in stack_names(server)


def test_artifacts_go_to_a_bucket_of_ones_own_and_parameters_to_the_template(server, chat):
    server.client("s3").create_bucket(Bucket="artifacts")
    where = ["--s3-bucket", "artifacts", "--s3-prefix", "chats"]
    deploy(server, chat, "rooms", *where, "--parameter-overrides", "TableName=rooms")
    assert says_hello(server, "rooms") == ["hello", "hello"]
    assert "rooms" in server.client("dynamodb").list_tables()["TableNames"]
    kept = server.client("s3").list_objects_v2(Bucket="artifacts")["Contents"]
    assert all(entry["Key"].startswith("chats/") for entry in kept) and len(kept) == 2

    def listed(what):
        return json.loads(run(server, chat, SAM, "list", what, "--stack-name", "rooms", "--output", "json"))

    resources = {entry["LogicalResourceId"]: entry["PhysicalResourceId"] for entry in listed("resources")}
    assert resources["ConnectionsTable"] == "rooms" and "ConnectFunctionRole" in resources
    (api,) = [entry for entry in listed("endpoints") if entry["LogicalResourceId"] == "ChatApi"]
    assert api["PhysicalResourceId"] == resources["ChatApi"] and any("/prod" in url for url in api["CloudEndpoint"])
    assert "WebSocketURI" in {entry["OutputKey"] for entry in listed("stack-outputs")}
    run(server, chat, SAM, "delete", "--stack-name", "rooms", "--no-prompts", "--s3-bucket", "artifacts")


def test_a_guided_deployment_asks_as_in_the_tutorials(server, chat):
    run(server, chat, SAM, "build")
    answers = "guided\nus-east-1\n\nn\ny\nn\ny\n\n\n"
    said = run(server, chat, SAM, "deploy", "--guided", answers=answers)
    assert "Successfully created/updated stack - guided" in said
    assert says_hello(server, "guided") == ["hello", "hello"]
    run(server, chat, SAM, "delete", "--stack-name", "guided", "--no-prompts")


def test_a_stack_is_synchronised_and_then_its_code_alone(server, chat):
    # What a function depends on becomes a layer, in a nested stack that the tool adds.
    (chat / "node" / "package.json").write_text('{"name": "chat", "version": "1.0.0"}')
    sync = ["sync", "--stack-name", "synced", "--no-watch", "--template-file", "template-node.yaml"]
    said = run(server, chat, SAM, *sync, answers="y\n")
    assert "Stack creation succeeded. Sync infra completed." in said
    assert says_hello(server, "synced") == ["hello", "hello"]
    assert any(name.startswith("synced-AwsSamAutoDependencyLayerNestedStack-") for name in stack_names(server))
    template = chat / "template-node.yaml"
    template.write_text(template.read_text().replace("MemorySize: 256", "MemorySize: 512"))
    assert "Stack update succeeded. Sync infra completed." in run(server, chat, SAM, *sync, answers="y\n")
    handler = chat / "node" / "sendmessage.mjs"
    handler.write_text(handler.read_text() + "\n// changed\n")
    said = run(server, chat, SAM, *sync, "--code", answers="y\n")
    assert "Finished syncing Lambda Function" in said
    assert says_hello(server, "synced") == ["hello", "hello"]
    # `sam delete` takes no nested template whose URL is not one of AWS's hosts.
    cloudformation = server.client("cloudformation")
    cloudformation.delete_stack(StackName="synced")
    cloudformation.get_waiter("stack_delete_complete").wait(StackName="synced", WaiterConfig={"Delay": 1})
    assert not any(name.startswith("synced") for name in stack_names(server))


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
