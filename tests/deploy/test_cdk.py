"""The AWS CDK: an application of two stacks, with custom resources, a nested stack and an import between stacks."""

import shutil

import pytest
from websockets.sync.client import connect

from server import ROOT, Server, eventually, running
from tools import BIN, Following, installed, output_of, reachable, run, stack_names

pytestmark = installed

DEPLOY = ["deploy", "--all", "--require-approval", "never"]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    # The roles that the CDK makes, for itself and for the application, may what they need.
    with running(Server.serve, tmp_path_factory.mktemp("cdk"), "--iam", "enforce") as server:
        yield server


@pytest.fixture(scope="module")
def application(server, tmp_path_factory):
    """The folder of the application, once it is deployed."""
    folder = shutil.copytree(ROOT / "tests" / "deploy" / "cdk", tmp_path_factory.mktemp("application") / "cdk")
    assert "bootstrapped" in cdk(server, folder, "bootstrap")
    cdk(server, folder, *DEPLOY)
    return folder


def cdk(server, folder, *arguments, **options):
    return run(server, folder, BIN / "cdk", *arguments, **options)


def answer(server):
    with connect(reachable(server, output_of(server, "Chat", "Url"))) as socket:
        socket.send("what are you?")
        return socket.recv(timeout=20)


def change(application, before, after):
    code = application / "function" / "index.js"
    code.write_text(code.read_text().replace(before, after))


def test_what_an_application_brings_along_is_there(server, application):
    assert answer(server) == "version 1"
    # A custom resource calls an operation of AWS.
    parameter = server.client("ssm").get_parameter(Name="/chat/parameter")["Parameter"]
    assert parameter["Value"] == "made by a custom resource"
    # Another one runs the AWS CLI that lies in a layer, at /opt.
    page = server.client("s3").get_object(Bucket=output_of(server, "Chat", "FilesName"), Key="index.html")
    assert page["Body"].read() == b"<h1>chat</h1>"
    # One stack exports what the other imports.
    assert output_of(server, "Other", "QueueOfChat").startswith("arn:aws:sqs:us-east-1:000000000000:Chat-")

    # Topics and rules reach who listens.
    (topic,) = server.client("sns").list_topics()["Topics"]
    told = server.client("sns").list_subscriptions_by_topic(TopicArn=topic["TopicArn"])["Subscriptions"]
    assert {subscription["Protocol"] for subscription in told} == {"lambda", "sqs"}
    buses = server.client("events").list_event_buses(NamePrefix="Chat")["EventBuses"]
    (rule,) = server.client("events").list_rules(EventBusName=buses[0]["Name"])["Rules"]
    targets = server.client("events").list_targets_by_rule(EventBusName=buses[0]["Name"], Rule=rule["Name"])["Targets"]
    assert {target.get("InputPath") for target in targets} == {None, "$.detail"}


def test_a_state_machine_of_constructs_may_what_its_tasks_do(server, application):
    states = server.client("stepfunctions")
    machine = output_of(server, "Chat", "MachineArn")
    started = states.start_execution(stateMachineArn=machine, input='{"rooms": ["lobby", "attic"]}')

    def ended():
        execution = states.describe_execution(executionArn=started["executionArn"])
        return execution["status"] != "RUNNING" and execution

    execution = eventually(ended)
    assert execution["status"] == "SUCCEEDED", execution


def test_without_a_change_nothing_is_deployed(server, application):
    assert "(no changes)" in cdk(server, application, *DEPLOY)
    assert "There were no differences" in cdk(server, application, "diff")


def test_what_others_change_is_drift(server, application):
    assert "Number of resources with drift: 0" in cdk(server, application, "drift")
    queue = server.client("sqs").list_queues(QueueNamePrefix="Other-Own")["QueueUrls"][0]
    server.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "77"})
    told = cdk(server, application, "drift", "Other")
    assert "VisibilityTimeout" in told and "77" in told
    server.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "30"})


def test_a_change_is_swapped_in_seen_by_watch_and_deployed(server, application):
    change(application, "version 1", "version 2")
    cdk(server, application, "deploy", "Chat", "--hotswap")
    assert answer(server) == "version 2"

    with Following(server, application, BIN / "cdk", "watch", "Chat") as watch:
        watch.wait_for("Total time")
        change(application, "version 2", "version 3")

        def swapped():
            return answer(server) == "version 3"

        eventually(swapped, seconds=60)

    change(application, "version 3", "version 4")
    cdk(server, application, *DEPLOY)
    assert answer(server) == "version 4"


def test_a_deployment_that_fails_says_why_and_the_next_one_succeeds(server, application):
    failing = cdk(server, application, "deploy", "Other", "--exclusively", "--context", "seconds=99999", fails=True)
    assert "UPDATE_FAILED" in failing and "Invalid value for the parameter VisibilityTimeout" in failing
    (stack,) = server.client("cloudformation").describe_stacks(StackName="Other")["Stacks"]
    assert stack["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    cdk(server, application, "deploy", "Other", "--exclusively", "--context", "seconds=60")
    queue = server.client("sqs")
    attributes = queue.get_queue_attributes(
        QueueUrl=next(url for url in queue.list_queues()["QueueUrls"] if "/Other-" in url),
        AttributeNames=["VisibilityTimeout"],
    )
    assert attributes["Attributes"] == {"VisibilityTimeout": "60"}


def test_in_the_end_nothing_is_left(server, application):
    cdk(server, application, "destroy", "--all", "--force")
    assert stack_names(server) == {"CDKToolkit"}
    assert server.client("apigatewayv2").get_apis()["Items"] == []
    assert server.client("dynamodb").list_tables()["TableNames"] == []
    assert server.client("sns").list_topics()["Topics"] == []
    assert server.client("events").list_rules()["Rules"] == []
