"""The AWS CLI, pointed at Landline by AWS_ENDPOINT_URL alone."""

import json
import os
import subprocess

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, running

SECONDS = 20


@pytest.fixture(scope="module")
def notify(tmp_path_factory):
    with running(Server.dev, tmp_path_factory.mktemp("notify"), "examples/notify") as server:
        yield server


def aws(server, *arguments, fails=False):
    ran = subprocess.run(
        ["aws", *arguments], cwd=ROOT, env=server.environment(), capture_output=True, text=True, timeout=60
    )
    assert bool(ran.returncode) == fails, ran.stderr
    if fails:
        return ran.stderr
    return json.loads(ran.stdout) if ran.stdout.strip() else None


def test_who_am_i(notify):
    assert set(aws(notify, "sts", "get-caller-identity")) == {"Account", "Arn", "UserId"}


def test_a_notification_reaches_every_client(notify, tmp_path):
    answer = tmp_path / "answer.json"
    with connect(notify.url) as ada, connect(notify.url) as bob:
        invoked = aws(
            notify, "lambda", "invoke", "--function-name", "notify", "--payload",
            "fileb://examples/notify/event.json", str(answer),
        )  # fmt: skip
        assert invoked["StatusCode"] == 200 and "FunctionError" not in invoked, answer.read_text()
        for socket in (ada, bob):
            assert json.loads(socket.recv(timeout=SECONDS)) == {"title": "Your order has left the house"}
    assert json.loads(answer.read_text()) == {"reached": 2, "gone": 0}


def test_a_connection_can_be_described_written_to_and_closed(notify, tmp_path):
    with connect(notify.url) as socket:
        socket.send("{}")
        connection = json.loads(socket.recv(timeout=SECONDS))["connectionId"]
        management = ["apigatewaymanagementapi", "--endpoint-url", f"{notify.endpoint}/{notify.api_id}/{notify.stage}"]
        # An id may begin with a dash, so that it is given with `=`.
        described = aws(notify, *management, "get-connection", f"--connection-id={connection}")
        assert described["Identity"]["SourceIp"] == "127.0.0.1"
        (tmp_path / "data").write_text("from the shell")
        aws(notify, *management, "post-to-connection", f"--connection-id={connection}", "--data", f"fileb://{tmp_path}/data")
        assert socket.recv(timeout=SECONDS) == "from the shell"
        aws(notify, *management, "delete-connection", f"--connection-id={connection}")
    refused = aws(notify, *management, "get-connection", f"--connection-id={connection}", fails=True)
    assert "(GoneException)" in refused


def test_the_api_can_be_read_as_it_was_deployed(notify):
    api = aws(notify, "apigatewayv2", "get-apis")["Items"][0]
    assert (api["Name"], api["ProtocolType"]) == ("notify-notifications", "WEBSOCKET")
    routes = aws(notify, "apigatewayv2", "get-routes", "--api-id", api["ApiId"])["Items"]
    assert {route["RouteKey"] for route in routes} == {"$connect", "$disconnect"}
    stage = aws(notify, "apigatewayv2", "get-stage", "--api-id", api["ApiId"], "--stage-name", "dev")
    assert stage["AutoDeploy"] is True


def test_a_table_can_be_used_from_the_shell(notify):
    aws(
        notify, "dynamodb", "create-table", "--table-name", "shell", "--billing-mode", "PAY_PER_REQUEST",
        "--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH",
    )  # fmt: skip
    aws(notify, "dynamodb", "wait", "table-exists", "--table-name", "shell")
    aws(notify, "dynamodb", "put-item", "--table-name", "shell", "--item", '{"id":{"S":"a"},"n":{"N":"1"}}')
    assert aws(notify, "dynamodb", "scan", "--table-name", "shell")["Items"] == [{"id": {"S": "a"}, "n": {"N": "1"}}]
    aws(notify, "dynamodb", "delete-table", "--table-name", "shell")


def test_the_log_of_a_function_can_be_read(notify):
    groups = aws(notify, "logs", "describe-log-groups", "--log-group-name-prefix", "/aws/lambda/notify")["logGroups"]
    assert groups[0]["logGroupName"] == "/aws/lambda/notify"


@pytest.mark.parametrize(
    ("arguments", "text"),
    [
        (["apigatewayv2", "get-api", "--api-id", "nowhere"], "(NotFoundException)"),
        (["lambda", "get-function", "--function-name", "nowhere"], "(ResourceNotFoundException)"),
        (["dynamodb", "describe-table", "--table-name", "nowhere"], "(ResourceNotFoundException)"),
        (["iam", "get-role", "--role-name", "nowhere"], "(NoSuchEntity)"),
        (["logs", "describe-log-streams", "--log-group-name", "nowhere"], "(ResourceNotFoundException)"),
    ],
    ids=["apigatewayv2", "lambda", "dynamodb", "iam", "logs"],
)
def test_the_cli_names_the_error_of_each_protocol(notify, arguments, text):
    assert text in aws(notify, *arguments, fails=True)


def test_a_stack_is_deployed_changed_and_deleted(notify, tmp_path):
    template = tmp_path / "template.yaml"
    text = "Parameters:\n  Days: {Type: Number}\nResources:\n  Group: {Type: 'AWS::Logs::LogGroup', Properties: {RetentionInDays: !Ref Days}}\n"
    template.write_text(text)
    deploy = ["cloudformation", "deploy", "--stack-name", "shell", "--template-file", str(template)]
    # The command prints progress, no JSON.
    ran = subprocess.run(
        ["aws", *deploy, "--parameter-overrides", "Days=7"],
        cwd=ROOT, env=notify.environment(), capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "Successfully created/updated stack - shell" in ran.stdout, ran.stderr
    unchanged = aws(notify, *deploy, "--fail-on-empty-changeset", fails=True)
    assert "No changes to deploy" in unchanged
    stacks = aws(notify, "cloudformation", "describe-stacks", "--stack-name", "shell")
    assert stacks["Stacks"][0]["StackStatus"] == "CREATE_COMPLETE"
    body = aws(notify, "cloudformation", "get-template", "--stack-name", "shell")["TemplateBody"]
    assert body == text
    aws(notify, "cloudformation", "delete-stack", "--stack-name", "shell")
    aws(notify, "cloudformation", "wait", "stack-delete-complete", "--stack-name", "shell")
    gone = aws(notify, "cloudformation", "describe-stacks", "--stack-name", "shell", fails=True)
    assert "Stack with id shell does not exist" in gone


def test_files_are_copied_to_a_bucket_and_back(notify, tmp_path):
    source, target = tmp_path / "source", tmp_path / "target"
    (source / "sub").mkdir(parents=True)
    (source / "index.html").write_text("<h1>home</h1>")
    (source / "sub" / "large").write_bytes(b"0123456789abcdef" * 700_000)
    for file in (source / "index.html", source / "sub" / "large"):
        # S3 knows whole seconds, so that a file of this second would count as newer than its copy.
        os.utime(file, (1_700_000_000, 1_700_000_000))

    def s3(*arguments, fails=False):
        ran = subprocess.run(
            ["aws", "s3", *arguments], cwd=ROOT, env=notify.environment(), capture_output=True, text=True, timeout=60
        )
        assert bool(ran.returncode) == fails, ran.stderr
        return ran.stdout + ran.stderr

    s3("mb", "s3://site")
    s3("sync", str(source), "s3://site/web/")
    assert "PRE web/" in s3("ls", "s3://site")
    assert "index.html" in s3("ls", "s3://site/web/")
    s3("sync", "s3://site/web/", str(target))
    assert (target / "sub" / "large").read_bytes() == (source / "sub" / "large").read_bytes()
    assert s3("sync", str(source), "s3://site/web/") == ""
    s3("cp", "s3://site/web/index.html", "s3://site/copy.html")
    url = s3("presign", "s3://site/copy.html").strip()
    import urllib.request

    with urllib.request.urlopen(url, timeout=SECONDS) as answer:
        assert answer.read() == b"<h1>home</h1>"
    assert "BucketNotEmpty" in s3("rb", "s3://site", fails=True)
    s3("rm", "s3://site", "--recursive")
    s3("rb", "s3://site")
