"""One template, three ways to deploy it: each gives the same stack, because the same engine makes it."""

import json
import subprocess

import pytest

from server import ROOT, Server, binary, running

CHAT = ROOT / "examples" / "chat"


def typed(server, *command):
    ran = subprocess.run(command, cwd=CHAT, env=server.environment(), capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def deployed_by_landline(folder):
    with running(Server.serve, folder) as server:
        typed(server, binary(), "deploy", ".")
        return made(server)


def run_by_landline(folder):
    with running(Server.dev, folder, "examples/chat") as server:
        return made(server)


def deployed_by_the_aws_cli(folder):
    with running(Server.serve, folder) as server:
        server.client("s3").create_bucket(Bucket="artifacts")
        packaged = str(folder / "packaged.yaml")
        package = ["--template-file", "template.yaml", "--s3-bucket", "artifacts", "--output-template-file", packaged]
        typed(server, "aws", "cloudformation", "package", *package)
        deploy = ["--template-file", packaged, "--stack-name", "chat", "--capabilities", "CAPABILITY_IAM"]
        typed(server, "aws", "cloudformation", "deploy", *deploy)
        return made(server)


def made(server):
    """All that the stack is made of, with the names of its resources where their ids would be."""
    cloudformation = server.client("cloudformation")
    (stack,) = cloudformation.describe_stacks()["Stacks"]
    resources = cloudformation.describe_stack_resources(StackName=stack["StackName"])["StackResources"]
    lambda_, gateway, iam = (server.client(name) for name in ("lambda", "apigatewayv2", "iam"))
    api = next(r["PhysicalResourceId"] for r in resources if r["ResourceType"] == "AWS::ApiGatewayV2::Api")
    roles = iam.list_roles()["Roles"]
    found = {
        "stack": {key: stack.get(key) for key in ("Outputs", "Parameters", "Description", "StackStatus")},
        "resources": [(r["LogicalResourceId"], r["ResourceType"], r["ResourceStatus"]) for r in resources],
        "functions": [
            {"configuration": function, "policy": json.loads(lambda_.get_policy(FunctionName=function["FunctionName"])["Policy"])}
            for function in lambda_.list_functions()["Functions"]
        ],
        "routes": gateway.get_routes(ApiId=api)["Items"],
        "integrations": gateway.get_integrations(ApiId=api)["Items"],
        "stages": gateway.get_stages(ApiId=api)["Items"],
        "roles": [
            (role, iam.list_attached_role_policies(RoleName=role["RoleName"])["AttachedPolicies"]) for role in roles
        ],
        "table": server.client("dynamodb").describe_table(TableName="chat-connections")["Table"],
    }
    names = {r["PhysicalResourceId"]: f"<{r['LogicalResourceId']}>" for r in resources}
    return in_names(found, names | {stack["StackId"]: "<stack>"})


# What differs between any two deployments: dates, ids that nobody gave, how a zip file was packed, and whether the
# interpreter of a function has been looked for already.
OWN = {
    "CodeSha256", "CodeSize", "CreateDate", "CreatedDate", "CreationDateTime", "LastModified", "LastUpdatedDate",
    "LastUpdateToPayPerRequestDateTime", "ResponseMetadata", "RevisionId", "RoleId", "TableId", "Sid",
    "State", "StateReason", "StateReasonCode",
}  # fmt: skip


def in_names(value, names):
    if isinstance(value, dict):
        return {key: in_names(entry, names) for key, entry in sorted(value.items()) if key not in OWN}
    if isinstance(value, (list, tuple)):
        return sorted((in_names(entry, names) for entry in value), key=str)
    if isinstance(value, str):
        # Longer ids first: one may be the beginning of another.
        for name in sorted(names, key=len, reverse=True):
            value = value.replace(name, names[name])
    return value


@pytest.fixture(scope="module")
def by_the_aws_cli(tmp_path_factory):
    return deployed_by_the_aws_cli(tmp_path_factory.mktemp("aws"))


@pytest.mark.parametrize("deploy", [deployed_by_landline, run_by_landline])
def test_the_stack_is_that_of_the_aws_cli(by_the_aws_cli, tmp_path, deploy):
    assert deploy(tmp_path / "data") == by_the_aws_cli
