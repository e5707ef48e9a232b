"""The commands of the binary, as scripts and people use them."""

import re
import subprocess

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, binary, running

COMMANDS = ["dev", "serve", "deploy", "connect", "logs", "env", "exec", "doctor", "tables", "template"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.dev, tmp_path_factory.mktemp("cli"), "examples/chat") as server:
        yield server


def landline(server, *arguments, **options):
    return subprocess.run(
        [binary(), *arguments],
        cwd=ROOT,
        env=server.environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        **options,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(server, command):
    ran = landline(server, command, "--help")
    assert ran.returncode == 0
    assert re.search(rf"^Usage: landline {command}", ran.stdout, re.M)


def test_a_port_in_use_is_said_with_the_remedy(server, tmp_path):
    address = server.endpoint.removeprefix("http://")
    ran = landline(server, "serve", "--listen", address, "--data-dir", str(tmp_path), stdin=subprocess.DEVNULL)
    assert ran.returncode != 0
    said = ran.stdout + ran.stderr
    assert address.split(":")[1] in said and "in use" in said and "--listen" in said
    assert "panicked" not in said


def test_a_data_directory_belongs_to_one_server(server):
    ran = landline(
        server, "serve", "--listen", "127.0.0.1:0", "--data-dir", str(server.data_dir), stdin=subprocess.DEVNULL
    )
    assert ran.returncode != 0
    assert str(server.data_dir) in ran.stdout + ran.stderr


def test_env_prints_what_a_shell_needs(server):
    ran = landline(server, "env")
    assert ran.returncode == 0, ran.stderr
    assert f"export AWS_ENDPOINT_URL={server.endpoint}" in ran.stdout.replace("'", "").replace('"', "")
    assert "AWS_ACCESS_KEY_ID" in ran.stdout and "AWS_CA_BUNDLE" in ran.stdout


def test_exec_runs_a_tool_and_ends_with_its_status(server):
    ran = landline(server, "exec", "--", "sh", "-c", 'echo "$AWS_ENDPOINT_URL"; exit 7')
    assert (ran.returncode, ran.stdout.strip()) == (7, server.endpoint)


def test_node_keeps_the_roots_of_the_system(server):
    """npm behind a proxy that inspects TLS: its root is the system's, and Landline's is not the only one."""
    ran = landline(server, "exec", "--", "sh", "-c", 'grep -c BEGIN "$NODE_EXTRA_CA_CERTS"')
    assert int(ran.stdout) > 1


def test_exec_lets_a_tool_use_aws_host_names(server):
    """No endpoint at all: the name is AWS's, the proxy and the certificate authority are Landline's."""
    script = (
        "import boto3;"
        "s = boto3.client('sts', region_name='us-east-1', endpoint_url='https://sts.us-east-1.amazonaws.com');"
        "print(s.get_caller_identity()['Account'])"
    )
    ran = landline(server, "exec", "--", "python", "-c", script)
    assert ran.returncode == 0, ran.stderr
    assert re.fullmatch(r"\d{12}\n", ran.stdout)


def test_exec_leads_node_programs_that_know_no_proxy(server, tmp_path):
    """Architect with version 2 of the SDK: neither an endpoint nor a proxy reaches it. Its user's options stay."""
    (tmp_path / "mine.cjs").write_text("process.mine = 'mine';")
    script = (
        "require('node:https').get('https://dynamodb.us-east-1.amazonaws.com/',"
        " (answer) => console.log(process.mine, answer.resume().statusCode))"
    )
    ran = subprocess.run(
        [binary(), "exec", "--", "node", "-e", script],
        env={**server.environment(), "NODE_OPTIONS": f"--require {tmp_path}/mine.cjs"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ran.stdout == "mine 200\n", ran.stderr


def test_exec_brings_back_a_command_that_leaves_the_endpoint(server):
    """Version 1 of the AWS CLI calls queues by AWS's host name, whatever AWS_ENDPOINT_URL says."""
    server.client("sqs").create_queue(QueueName="typed")
    ran = landline(server, "exec", "--", "aws", "sqs", "list-queues", "--query", "QueueUrls[0]")
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip('"\n').endswith("/typed")


def test_connect_shows_what_arrives_and_ends_with_its_input(server):
    with connect(server.url) as other:
        ran = landline(
            server, "connect", server.url, input='{"action":"sendmessage","data":"typed by hand"}\n'
        )
        assert ran.returncode == 0, ran.stderr
        assert other.recv(timeout=20) == "typed by hand"


def test_connect_takes_the_url_that_aws_tools_print(server):
    url = f"wss://{server.api_id}.execute-api.us-east-1.amazonaws.com/{server.stage}"
    with connect(server.url) as other:
        ran = landline(server, "connect", url, input='{"action":"sendmessage","data":"by AWS\'s name"}\n')
        assert ran.returncode == 0, ran.stderr
        assert other.recv(timeout=20) == "by AWS's name"


def test_connect_takes_a_custom_domain(server):
    client = server.client("apigatewayv2")
    client.create_domain_name(
        DomainName="chat.example.com",
        DomainNameConfigurations=[{"CertificateArn": "arn:aws:acm:us-east-1:000000000000:certificate/c"}],
    )
    # The function posts to the domain and the stage of its event: the key is the stage's name.
    mapping = {"ApiId": server.api_id, "Stage": server.stage, "ApiMappingKey": server.stage}
    client.create_api_mapping(DomainName="chat.example.com", **mapping)
    with connect(server.url) as other:
        ran = landline(
            server, "connect", f"wss://chat.example.com/{server.stage}", input='{"action":"sendmessage","data":"by our own name"}\n'
        )
        assert ran.returncode == 0, ran.stderr
        assert other.recv(timeout=20) == "by our own name"
    client.delete_domain_name(DomainName="chat.example.com")


def test_connect_says_why_it_cannot(server):
    ran = landline(server, "connect", server.url + "x", stdin=subprocess.DEVNULL)
    assert ran.returncode != 0
    assert "403" in ran.stderr
    ran = landline(server, "connect", "chat.example.com/prod", stdin=subprocess.DEVNULL)
    assert "it begins with ws://" in ran.stderr


def test_logs_shows_what_a_function_printed(server):
    client = server.client("lambda")
    name = next(f["FunctionName"] for f in client.list_functions()["Functions"] if "connect" in f["Handler"])
    client.invoke(FunctionName=name, Payload=b'{"requestContext":{"connectionId":"logged"}}')
    ran = landline(server, "logs", name)
    assert ran.returncode == 0, ran.stderr
    assert "START RequestId: " in ran.stdout and "REPORT RequestId: " in ran.stdout


def test_logs_finds_the_log_group_that_a_function_has_chosen(server):
    client = server.client("lambda")
    name = next(f["FunctionName"] for f in client.list_functions()["Functions"] if "connect" in f["Handler"])
    client.update_function_configuration(FunctionName=name, LoggingConfig={"LogGroup": "/chosen/by/its/author"})
    ran = landline(server, "logs", name)
    assert ran.returncode == 1 and "/chosen/by/its/author: it has not run yet" in ran.stderr
    following = subprocess.Popen(
        [binary(), "logs", "--follow", name],
        env=server.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        client.invoke(FunctionName=name, Payload=b'{"requestContext":{"connectionId":"logged"}}')
        assert any("REPORT RequestId: " in line for line in following.stdout), "the log ended"
    finally:
        following.kill()
        following.wait()
        client.update_function_configuration(FunctionName=name, LoggingConfig={"LogGroup": f"/aws/lambda/{name}"})


def test_logs_takes_the_name_that_the_function_has_in_the_template(server):
    client = server.client("lambda")
    name = next(f["FunctionName"] for f in client.list_functions()["Functions"] if "-ConnectFunction-" in f["FunctionName"])
    following = subprocess.Popen(
        [binary(), "logs", "--follow", "ConnectFunction"],
        env=server.environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        event = b'{"requestContext":{"connectionId":"followed"}}'
        request = client.invoke(FunctionName=name, Payload=event)["ResponseMetadata"]["RequestId"]
        assert any(f"REPORT RequestId: {request}" in line for line in following.stdout), "the log ended"
    finally:
        following.kill()
        following.wait()


def test_logs_of_nobody_name_the_functions_that_have_some(server):
    test_logs_shows_what_a_function_printed(server)
    ran = landline(server, "logs", "Nobody")
    assert ran.returncode == 1
    assert "there are no logs of Nobody" in ran.stderr and "-ConnectFunction-" in ran.stderr


def test_doctor_names_the_interpreters(server, tmp_path):
    ran = landline(server, "doctor", "--listen", "127.0.0.1:0", "--data-dir", str(tmp_path))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "python" in ran.stdout.lower() and "node" in ran.stdout.lower()


def test_deploy_puts_a_template_on_a_running_server(tmp_path):
    with running(Server.serve, tmp_path) as server:
        ran = landline(server, "deploy", "examples/notify")
        assert ran.returncode == 0, ran.stdout + ran.stderr
        assert re.search(r"ws://\S+", ran.stdout)
        assert [api["Name"] for api in server.client("apigatewayv2").get_apis()["Items"]] == ["notify-notifications"]


@pytest.fixture(scope="module")
def copy(server, tmp_path_factory):
    """A second server whose tables are those of the first."""

    def serve(data_dir):
        settings = data_dir.parent / "landline.toml"
        settings.write_text(f'[dynamodb]\nendpoint = "{server.endpoint}"\n')
        other = Server(data_dir, "serve", "--config", str(settings))
        other.endpoint = "http://" + other.wait_for_line(r"127\.0\.0\.1:[1-9]\d*")
        other.wait_until_ready()
        return other

    with running(serve, tmp_path_factory.mktemp("external") / "data") as other:
        yield other


def create_table(server, name):
    server.client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )


def test_a_table_moves_by_export_and_import(server, tmp_path):
    dynamodb = server.client("dynamodb")
    create_table(server, "here")
    create_table(server, "there")
    for number in range(60):
        item = {"id": {"S": f"c{number}"}, "n": {"N": str(number)}, "tags": {"SS": ["a", "b"]}, "raw": {"B": b"\0\xff"}}
        dynamodb.put_item(TableName="here", Item=item)
    file = tmp_path / "items.jsonl"
    exported = landline(server, "tables", "export", "here", "--output", str(file))
    assert exported.returncode == 0 and "60 items of here" in exported.stderr
    assert len(file.read_text().splitlines()) == 60
    imported = landline(server, "tables", "import", "there", str(file))
    assert imported.returncode == 0 and "60 items into there" in imported.stderr, imported.stderr

    def items(table):
        return sorted(dynamodb.scan(TableName=table)["Items"], key=lambda item: item["id"]["S"])

    assert items("there") == items("here")


def test_a_line_that_is_no_item_is_named(server):
    ran = landline(server, "tables", "import", "here", input='{"Item":{"id":{"S":"1"}}}\n{"id":1}\n')
    assert ran.returncode != 0
    assert "line 2" in ran.stderr


def test_a_dynamodb_elsewhere_takes_the_place_of_the_embedded_one(server, copy):
    create_table(copy, "elsewhere")
    assert "elsewhere" in server.client("dynamodb").list_tables()["TableNames"]
    dynamodb = copy.client("dynamodb")
    dynamodb.put_item(TableName="elsewhere", Item={"id": {"S": "1"}, "list": {"L": [{"NULL": True}, {"BOOL": False}]}})
    here = server.client("dynamodb").get_item(TableName="elsewhere", Key={"id": {"S": "1"}})["Item"]
    assert dynamodb.get_item(TableName="elsewhere", Key={"id": {"S": "1"}})["Item"] == here
    with pytest.raises(dynamodb.exceptions.ConditionalCheckFailedException):
        dynamodb.put_item(
            TableName="elsewhere", Item={"id": {"S": "1"}}, ConditionExpression="attribute_not_exists(id)"
        )


def test_a_node_that_has_just_come_up_stops_when_it_is_told(tmp_path):
    for start in range(10):
        server = Server(tmp_path / str(start), "serve")
        server.wait_for_line("listening")
        assert server.stop() == 0
