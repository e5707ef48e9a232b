"""The AWS CDK takes over what was made by hand: `cdk import`, and a deployment that imports what it names."""

import json
import shutil

import pytest

from server import ROOT, Server, running
from tools import BIN, installed, run

pytestmark = installed


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with running(Server.serve, tmp_path_factory.mktemp("cdk-import")) as server:
        server.client("dynamodb").create_table(
            TableName="made-by-hand",
            KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
        server.client("dynamodb").put_item(TableName="made-by-hand", Item={"id": {"S": "kept"}})
        server.client("s3").create_bucket(Bucket="bucket-made-by-hand")
        server.client("logs").create_log_group(logGroupName="made-by-hand")
        yield server


@pytest.fixture(scope="module")
def application(server, tmp_path_factory):
    folder = shutil.copytree(ROOT / "tests" / "deploy" / "cdk-import", tmp_path_factory.mktemp("application") / "app")
    cdk(server, folder, 1, "bootstrap")
    cdk(server, folder, 1, "deploy", "--require-approval", "never")
    return folder


def cdk(server, folder, step, *arguments, **options):
    return run(server, folder, BIN / "cdk", *arguments, "--context", f"step={step}", **options)


def resources(server):
    found = server.client("cloudformation").describe_stack_resources(StackName="Kept")["StackResources"]
    return {resource["ResourceType"].split("::")[-1]: resource for resource in found}


def test_what_was_made_by_hand_is_imported_and_then_deployed(server, application):
    template = json.loads(cdk(server, application, 2, "synth", "--json"))
    ids = {resource["Type"].split("::")[-1]: logical_id for logical_id, resource in template["Resources"].items()}
    names = {ids["Bucket"]: {"BucketName": "bucket-made-by-hand"}, ids["Table"]: {"TableName": "made-by-hand"}}
    mapping = application / "mapping.json"
    mapping.write_text(json.dumps(names))
    imported = cdk(server, application, 2, "import", "--resource-mapping", mapping)
    assert "IMPORT_COMPLETE" in imported
    assert resources(server)["Bucket"]["PhysicalResourceId"] == "bucket-made-by-hand"
    cdk(server, application, 2, "deploy", "--require-approval", "never")
    assert "no changes" in cdk(server, application, 2, "deploy", "--require-approval", "never")


def test_a_deployment_imports_what_it_names(server, application):
    deploy = ["deploy", "--require-approval", "never"]
    assert "already exists" in cdk(server, application, 3, *deploy, fails=True)
    cdk(server, application, 3, *deploy, "--import-existing-resources")
    assert "made-by-hand" in {group["logGroupName"] for group in server.client("logs").describe_log_groups()["logGroups"]}
    cdk(server, application, 3, "destroy", "--force")
    kept = server.client("dynamodb").get_item(TableName="made-by-hand", Key={"id": {"S": "kept"}})
    assert kept["Item"] == {"id": {"S": "kept"}}
