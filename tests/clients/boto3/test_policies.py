"""Managed policies and boundaries: who has them, what keeps them, and stacks that change them."""

import json

import pytest

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
        ],
    }
)
DOCUMENT = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "execute-api:*", "Resource": "*"}]}
)

STACK = """\
Parameters:
  Bound: {Type: String, Default: ''}
  Hours: {Type: Number, Default: 1}
Conditions:
  Bounded: !Not [!Equals [!Ref Bound, '']]
Resources:
  Most:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: %s}
  Worker:
    Type: AWS::IAM::Role
    Properties:
      Description: !Sub 'for ${Hours} hours'
      AssumeRolePolicyDocument: %s
      MaxSessionDuration: !If [Bounded, 7200, !Ref AWS::NoValue]
      PermissionsBoundary: !If [Bounded, !Ref Most, !Ref AWS::NoValue]
Outputs:
  Worker: {Value: !Ref Worker}
  Most: {Value: !Ref Most}
""" % (DOCUMENT, TRUST)


@pytest.fixture
def policy(node, names):
    iam = node.client("iam")
    return iam.create_policy(PolicyName=names("policy"), PolicyDocument=DOCUMENT)["Policy"]["Arn"]


@pytest.fixture
def role(node, names):
    return node.client("iam").create_role(RoleName=names("role"), AssumeRolePolicyDocument=TRUST)["Role"]["RoleName"]


def test_a_policy_tells_who_has_it_and_stays_as_long(node, names, policy, role):
    iam = node.client("iam")
    user, group = names("user"), names("group")
    iam.create_user(UserName=user, PermissionsBoundary=policy)
    iam.create_group(GroupName=group)
    iam.attach_role_policy(RoleName=role, PolicyArn=policy)
    iam.attach_group_policy(GroupName=group, PolicyArn=policy)

    told = iam.get_policy(PolicyArn=policy)["Policy"]
    assert (told["AttachmentCount"], told["PermissionsBoundaryUsageCount"]) == (2, 1)
    entities = iam.list_entities_for_policy(PolicyArn=policy)
    assert [it["RoleName"] for it in entities["PolicyRoles"]] == [role]
    assert [it["UserName"] for it in entities["PolicyUsers"]] == [user]
    assert [it["GroupName"] for it in entities["PolicyGroups"]] == [group]
    attached = iam.list_entities_for_policy(PolicyArn=policy, PolicyUsageFilter="PermissionsPolicy")
    assert attached["PolicyUsers"] == [] and len(attached["PolicyRoles"]) == 1

    with pytest.raises(iam.exceptions.DeleteConflictException, match="attached to entities"):
        iam.delete_policy(PolicyArn=policy)
    iam.detach_role_policy(RoleName=role, PolicyArn=policy)
    iam.detach_group_policy(GroupName=group, PolicyArn=policy)
    iam.delete_user_permissions_boundary(UserName=user)
    iam.delete_policy(PolicyArn=policy)
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.list_entities_for_policy(PolicyArn=policy)


def test_a_list_of_entities_comes_in_pages(node, names, policy):
    iam = node.client("iam")
    wanted = sorted(names("role") for _ in range(3))
    for name in wanted:
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=TRUST)
        iam.attach_role_policy(RoleName=name, PolicyArn=policy)
    pages = iam.get_paginator("list_entities_for_policy").paginate(PolicyArn=policy, PaginationConfig={"PageSize": 2})
    assert [it["RoleName"] for page in pages for it in page["PolicyRoles"]] == wanted


def test_a_policy_with_versions_is_not_deleted(node, policy):
    iam = node.client("iam")
    iam.create_policy_version(PolicyArn=policy, PolicyDocument=DOCUMENT)
    iam.set_default_policy_version(PolicyArn=policy, VersionId="v2")
    assert iam.get_policy(PolicyArn=policy)["Policy"]["DefaultVersionId"] == "v2"
    with pytest.raises(iam.exceptions.DeleteConflictException, match="more than one version"):
        iam.delete_policy(PolicyArn=policy)
    iam.delete_policy_version(PolicyArn=policy, VersionId="v1")
    iam.delete_policy(PolicyArn=policy)


def test_a_policy_has_tags(node, policy):
    iam = node.client("iam")
    iam.tag_policy(PolicyArn=policy, Tags=[{"Key": "team", "Value": "chat"}, {"Key": "tier", "Value": "1"}])
    iam.untag_policy(PolicyArn=policy, TagKeys=["tier"])
    assert iam.list_policy_tags(PolicyArn=policy)["Tags"] == [{"Key": "team", "Value": "chat"}]


def test_what_is_no_policy_is_neither_attached_nor_a_boundary(node, role):
    iam = node.client("iam")
    account = node.client("sts").get_caller_identity()["Account"]
    missing = f"arn:aws:iam::{account}:policy/missing"
    with pytest.raises(iam.exceptions.NoSuchEntityException, match="does not exist or is not attachable"):
        iam.attach_role_policy(RoleName=role, PolicyArn=missing)
    with pytest.raises(iam.exceptions.NoSuchEntityException, match=f"Scope ARN: {missing} does not exist"):
        iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=missing)


def test_a_boundary_comes_and_goes(node, policy, role):
    iam = node.client("iam")
    iam.put_role_permissions_boundary(RoleName=role, PermissionsBoundary=policy)
    boundary = iam.get_role(RoleName=role)["Role"]["PermissionsBoundary"]
    assert boundary == {"PermissionsBoundaryType": "Policy", "PermissionsBoundaryArn": policy}
    iam.delete_role_permissions_boundary(RoleName=role)
    assert "PermissionsBoundary" not in iam.get_role(RoleName=role)["Role"]


def test_a_stack_changes_what_its_role_may_at_most(node, names):
    iam, stacks, name = node.client("iam"), node.client("cloudformation"), names("stack")

    def update(**parameters):
        given = [{"ParameterKey": key, "ParameterValue": value} for key, value in parameters.items()]
        stacks.update_stack(
            StackName=name, TemplateBody=STACK, Parameters=given, Capabilities=["CAPABILITY_IAM"]
        )
        stacks.get_waiter("stack_update_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
        return iam.get_role(RoleName=outputs["Worker"])["Role"]

    stacks.create_stack(StackName=name, TemplateBody=STACK, Capabilities=["CAPABILITY_IAM"])
    stacks.get_waiter("stack_create_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    told = stacks.describe_stacks(StackName=name)["Stacks"][0]["Outputs"]
    outputs = {it["OutputKey"]: it["OutputValue"] for it in told}

    bounded = update(Bound="yes", Hours="2")
    assert bounded["PermissionsBoundary"]["PermissionsBoundaryArn"] == outputs["Most"]
    assert (bounded["MaxSessionDuration"], bounded["Description"]) == (7200, "for 2 hours")
    free = update(Bound="", Hours="2")
    assert "PermissionsBoundary" not in free and free["MaxSessionDuration"] == 3600

    # Somebody else made a version: the stack takes it along.
    iam.create_policy_version(PolicyArn=outputs["Most"], PolicyDocument=DOCUMENT)
    stacks.delete_stack(StackName=name)
    stacks.get_waiter("stack_delete_complete").wait(StackName=name, WaiterConfig={"Delay": 1})
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.get_policy(PolicyArn=outputs["Most"])
