"""An update of a stack makes of a resource what a creation would have made of it.

Each case of updates.yaml makes two resources of a type: one has properties once that the other gets later. After the
update, each has to be what the other was, as the service itself tells.
"""

import json
import pathlib

import pytest
import yaml

from reading import told

CASES = pathlib.Path(__file__).with_name("updates.yaml")


class Template(yaml.SafeLoader):
    """YAML with CloudFormation's short forms of functions."""


def function(loader, name, node):
    value = loader.construct_scalar(node)
    if name == "Ref":
        return {"Ref": value}
    return {f"Fn::{name}": value.split(".", 1) if name == "GetAtt" else value}


Template.add_multi_constructor("!", function)
GROUPS = yaml.load(CASES.read_text(), Template)


def template(cases, full):
    """The resources of both letters: those of the letter `full` have what the cases have once."""
    resources = {}
    for letter in "ab":
        for index, case in enumerate(cases):
            properties = {**case.get("Always", {}), **(case["Once"] if letter == full else {})}
            beside = case.get("Beside", {})
            one = {"Type": case["Type"], "DependsOn": list(beside), "Properties": properties}
            own = {**beside, f"Case{index}SELF": one}
            resources |= json.loads(json.dumps(own).replace("SELF", letter))
    return json.dumps({"Resources": resources})


@pytest.fixture
def deploy(node, names):
    """Makes or changes a stack, and tells its resources."""
    cloudformation, name = node.client("cloudformation"), names("stack")

    def wait(waiter):
        cloudformation.get_waiter(waiter).wait(StackName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 600})

    def change(body):
        exists = any(it["StackName"] == name for it in cloudformation.describe_stacks()["Stacks"])
        call = cloudformation.update_stack if exists else cloudformation.create_stack
        call(StackName=name, TemplateBody=body)
        try:
            wait(f"stack_{'update' if exists else 'create'}_complete")
        except Exception:
            events = cloudformation.describe_stack_events(StackName=name)["StackEvents"]
            reasons = [(it["LogicalResourceId"], it.get("ResourceStatusReason")) for it in events if "FAILED" in it["ResourceStatus"]]
            raise AssertionError(reasons) from None
        made = cloudformation.describe_stack_resources(StackName=name)["StackResources"]
        return {it["LogicalResourceId"]: it["PhysicalResourceId"] for it in made}

    yield change
    cloudformation.delete_stack(StackName=name)
    wait("stack_delete_complete")


def differences(deploy, node, cases):
    """What each case has after the update, where that is not what its other resource had before."""

    def read(made, letter):
        own = {key[:-1]: value for key, value in made.items() if key.endswith(letter)}
        return [told(node, case["Type"], own[f"Case{index}"], own) for index, case in enumerate(cases)]

    made = deploy(template(cases, "a"))
    full, plain = read(made, "a"), read(made, "b")
    for case, one, other in zip(cases, full, plain):
        assert one != other, f"{case['Type']} does not tell what a template sets"
    assert deploy(template(cases, "b")) == made, "nothing is made anew"
    compared = zip(cases, read(made, "a"), plain, read(made, "b"), full)
    for case, removed, never_had, added, had in compared:
        yield from [(case["Type"], is_now, meant) for is_now, meant in [(removed, never_had), (added, had)] if is_now != meant]


@pytest.mark.parametrize("group", GROUPS)
def test_an_update_makes_what_a_creation_would_have_made(node, deploy, group):
    trusted = node.data_dir / "tls" / "ca.pem"
    cases = json.loads(json.dumps(GROUPS[group]).replace("TRUSTED", str(trusted)))
    assert list(differences(deploy, node, cases)) == []


CLONED = """\
Resources:
  Original: {Type: AWS::ApiGateway::RestApi, Properties: {Name: original}}
  Pets:
    Type: AWS::ApiGateway::Resource
    Properties: {RestApiId: !Ref Original, ParentId: !GetAtt Original.RootResourceId, PathPart: pets}
  Copy: {Type: AWS::ApiGateway::RestApi, DependsOn: Pets, Properties: {Name: copy, CloneFrom: !Ref Original}}
"""


def test_a_rest_api_is_a_copy_of_another_one(node, deploy):
    made = deploy(CLONED)
    resources = node.client("apigateway").get_resources(restApiId=made["Copy"])["items"]
    assert sorted(it["path"] for it in resources) == ["/", "/pets"]
