"""Resources that were made by hand come into a stack as they are."""

import json

import pytest

from functions import archive

ROLE = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}]}


def table(node, name):
    description = {
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    node.client("dynamodb").create_table(TableName=name, **description)
    return {"TableName": name}, {"TableName": name, **description}


def bucket(node, name):
    node.client("s3").create_bucket(Bucket=name)
    return {"BucketName": name}, {"BucketName": name}


def queue(node, name):
    url = node.client("sqs").create_queue(QueueName=name)["QueueUrl"]
    return {"QueueUrl": url}, {"QueueName": name}


def topic(node, name):
    arn = node.client("sns").create_topic(Name=name)["TopicArn"]
    return {"TopicArn": arn}, {"TopicName": name}


def function(node, name):
    code = archive("def handler(event, context): return 1")
    settings = {"Runtime": "python3.12", "Handler": "app.handler", "Role": "arn:aws:iam::000000000000:role/r"}
    node.client("lambda").create_function(FunctionName=name, Code={"ZipFile": code}, **settings)
    return {"FunctionName": name}, {"FunctionName": name, "Code": {"ZipFile": "def handler(event, context): return 1"}, **settings}


def log_group(node, name):
    node.client("logs").create_log_group(logGroupName=name)
    return {"LogGroupName": name}, {"LogGroupName": name}


def role(node, name):
    node.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(ROLE))
    return {"RoleName": name}, {"RoleName": name, "AssumeRolePolicyDocument": ROLE}


def api(node, name):
    settings = {"Name": name, "ProtocolType": "WEBSOCKET", "RouteSelectionExpression": "$request.body.action"}
    made = node.client("apigatewayv2").create_api(**{key: value for key, value in settings.items()})
    return {"ApiId": made["ApiId"]}, settings


TYPES = {
    "AWS::DynamoDB::Table": table,
    "AWS::S3::Bucket": bucket,
    "AWS::SQS::Queue": queue,
    "AWS::SNS::Topic": topic,
    "AWS::Lambda::Function": function,
    "AWS::Logs::LogGroup": log_group,
    "AWS::IAM::Role": role,
    "AWS::ApiGatewayV2::Api": api,
}


def change_set(cloudformation, stack, template, kind, **more):
    made = cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName=f"by-{kind.lower()}",
        ChangeSetType=kind,
        TemplateBody=json.dumps(template),
        Capabilities=["CAPABILITY_NAMED_IAM"],
        **more,
    )
    cloudformation.get_waiter("change_set_create_complete").wait(ChangeSetName=made["Id"], WaiterConfig={"Delay": 1})
    return made["Id"]


@pytest.mark.parametrize("resource_type", TYPES)
def test_a_resource_comes_into_a_stack_and_goes_with_it(node, names, resource_type):
    cloudformation, stack, name = node.client("cloudformation"), names("stack"), names("imported")
    identifier, properties = TYPES[resource_type](node, name)
    template = {"Resources": {"R": {"Type": resource_type, "DeletionPolicy": "Retain", "Properties": properties}}}
    summary = cloudformation.get_template_summary(TemplateBody=json.dumps(template))
    summaries = summary["ResourceIdentifierSummaries"]
    assert summaries == [{"ResourceType": resource_type, "LogicalResourceIds": ["R"], "ResourceIdentifiers": [*identifier]}]
    listed = [{"ResourceType": resource_type, "LogicalResourceId": "R", "ResourceIdentifier": identifier}]
    made = change_set(cloudformation, stack, template, "IMPORT", ResourcesToImport=listed)
    cloudformation.execute_change_set(ChangeSetName=made)
    cloudformation.get_waiter("stack_import_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    resource = cloudformation.describe_stack_resource(StackName=stack, LogicalResourceId="R")["StackResourceDetail"]
    assert resource["PhysicalResourceId"] == next(iter(identifier.values()))

    # Nothing differs, so an output is all that is new; then the resource belongs to the stack and goes with it.
    template["Outputs"] = {"O": {"Value": {"Ref": "R"}}}
    template["Resources"]["R"]["DeletionPolicy"] = "Delete"
    cloudformation.update_stack(StackName=stack, TemplateBody=json.dumps(template), Capabilities=["CAPABILITY_NAMED_IAM"])
    described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    assert described["Outputs"][0]["OutputValue"] == resource["PhysicalResourceId"]
    cloudformation.delete_stack(StackName=stack)
    cloudformation.get_waiter("stack_delete_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    listed[0]["LogicalResourceId"] = "R"
    del template["Outputs"]
    made = cloudformation.create_change_set(
        StackName=stack,
        ChangeSetName="again",
        ChangeSetType="IMPORT",
        TemplateBody=json.dumps(template),
        ResourcesToImport=listed,
        Capabilities=["CAPABILITY_NAMED_IAM"],
    )
    gone = cloudformation.describe_change_set(ChangeSetName=made["Id"])
    assert gone["Status"] == "FAILED", gone


def test_a_deployment_imports_what_it_names(node, names):
    cloudformation, stack, name = node.client("cloudformation"), names("stack"), names("kept")
    dynamodb = node.client("dynamodb")
    _, properties = table(node, name)
    dynamodb.put_item(TableName=name, Item={"id": {"S": "kept"}})
    template = {
        "Resources": {
            "Table": {"Type": "AWS::DynamoDB::Table", "DeletionPolicy": "Retain", "Properties": properties},
            "Group": {"Type": "AWS::Logs::LogGroup", "Properties": {"LogGroupName": {"Ref": "Table"}}},
        },
        "Outputs": {"Arn": {"Value": {"Fn::GetAtt": ["Table", "Arn"]}}},
    }
    made = change_set(cloudformation, stack, template, "CREATE", ImportExistingResources=True)
    changes = cloudformation.describe_change_set(ChangeSetName=made)["Changes"]
    actions = {change["ResourceChange"]["LogicalResourceId"]: change["ResourceChange"]["Action"] for change in changes}
    assert actions == {"Table": "Import", "Group": "Add"}
    cloudformation.execute_change_set(ChangeSetName=made)
    cloudformation.get_waiter("stack_create_complete").wait(StackName=stack, WaiterConfig={"Delay": 1})
    described = cloudformation.describe_stacks(StackName=stack)["Stacks"][0]
    assert described["Outputs"][0]["OutputValue"].endswith(f":table/{name}")
    cloudformation.delete_stack(StackName=stack)
    assert dynamodb.get_item(TableName=name, Key={"id": {"S": "kept"}})["Item"] == {"id": {"S": "kept"}}
