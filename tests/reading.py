"""What the services tell of resources that stacks make, by the type in a template: all that a template can set.

A reader gets the server, the physical id, and the ids of what its template makes beside the resource, by logical id.
"""

import json
import re

import botocore.exceptions

# What differs between any two resources that are made alike.
FLEETING = re.compile(
    "aws:cloudformation|ResponseMetadata$"
    "|.*(Date|Modified|[rR]evisionId|Sha256|CreationTime|LastModifiedTime|LastUpdateDateTime|StateTransitionReason)$"
)

# A service may tell of a member that it is nothing, or not tell of it.
NOTHING = [None, False, 0, -1, "", "0", "false", [], {}]


def told(node, kind, resource_id, beside):
    """What a service tells of a resource, without what is of this one alone."""
    text = json.dumps(lasting(READ[kind](node, resource_id, beside)), default=str, sort_keys=True)
    for logical_id, physical_id in [*beside.items(), ("ID", resource_id)]:
        text = text.replace(physical_id, logical_id).replace(re.split("[/:]", physical_id)[-1], logical_id)
    return json.loads(text)


def lasting(value):
    if isinstance(value, list):
        tags = [it for it in value if not (isinstance(it, dict) and str(it.get("Key", it.get("TagKey"))).startswith("aws:"))]
        return [lasting(it) for it in tags]
    if isinstance(value, dict):
        members = {key: lasting(it) for key, it in value.items() if not FLEETING.match(key)}
        return {key: it for key, it in members.items() if it not in NOTHING}
    return value


def answer(call, **arguments):
    """An answer, or the code of the error where there is no such thing."""
    try:
        return call(**arguments)
    except botocore.exceptions.ClientError as error:
        return error.response["Error"]["Code"]


def without(answer, *members):
    return {key: value for key, value in answer.items() if key not in members}


def topic(node, arn, _):
    sns = node.client("sns")
    attributes = sns.get_topic_attributes(TopicArn=arn)["Attributes"].items()
    defaults = {"SignatureVersion": "1", "TracingConfig": "PassThrough", "FifoThroughputScope": "Topic"}.items()
    return [
        {key: value for key, value in attributes if key not in {"Policy", "SubscriptionsConfirmed"} and (key, value) not in defaults},
        sns.list_tags_for_resource(ResourceArn=arn),
        answer(sns.get_data_protection_policy, ResourceArn=arn),
        [it["Protocol"] for it in sns.list_subscriptions_by_topic(TopicArn=arn)["Subscriptions"]],
    ]


def subscription(node, arn, _):
    attributes = node.client("sns").get_subscription_attributes(SubscriptionArn=arn)["Attributes"]
    return without(attributes, "SubscriptionArn", "TopicArn", "Endpoint")


def queue(node, url, _):
    sqs = node.client("sqs")
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return [without(attributes, "CreatedTimestamp", "LastModifiedTimestamp"), sqs.list_queue_tags(QueueUrl=url).get("Tags", {})]


def bus(node, name, _):
    events = node.client("events")
    bus = events.describe_event_bus(Name=name)
    return [bus, events.list_tags_for_resource(ResourceARN=bus["Arn"])]


def bus_policy(node, _, beside):
    policy = node.client("events").describe_event_bus(Name=beside["Bus"])["Policy"]
    # Both cases have one bus, whose statements stand in the order in which they came.
    return sorted(json.loads(policy)["Statement"], key=lambda statement: statement["Sid"])


def log_group(node, name, _):
    logs = node.client("logs")
    (group,) = logs.describe_log_groups(logGroupNamePrefix=name)["logGroups"]
    return [without(group, "creationTime"), logs.list_tags_for_resource(resourceArn=group["logGroupArn"])]


def state_machine(node, arn, _):
    states = node.client("stepfunctions")
    machine = {"encryptionConfiguration": {"type": "AWS_OWNED_KEY"}} | states.describe_state_machine(stateMachineArn=arn)
    return [machine, [tag for tag in states.list_tags_for_resource(resourceArn=arn)["tags"] if "aws:" not in tag["key"]]]


def table(node, name, _):
    dynamodb = node.client("dynamodb")
    table = dynamodb.describe_table(TableName=name)["Table"]
    table["TableClassSummary"] = table.get("TableClassSummary", {}).get("TableClass", "STANDARD")
    backups = dynamodb.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    return [
        without(table, "TableId", "LatestStreamArn", "LatestStreamLabel", "BillingModeSummary", "ProvisionedThroughput", "CreationDateTime"),
        answer(dynamodb.get_resource_policy, ResourceArn=table["TableArn"]),
        dynamodb.list_tags_of_resource(ResourceArn=table["TableArn"]),
        dynamodb.describe_time_to_live(TableName=name),
        backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"],
    ]


def bucket(node, name, _):
    s3 = node.client("s3")
    parts = ["encryption", "cors", "lifecycle_configuration", "tagging", "website", "notification_configuration"]
    return [answer(getattr(s3, f"get_bucket_{part}"), Bucket=name) for part in parts]


def parameter(node, name, _):
    ssm = node.client("ssm")
    (parameter,) = ssm.describe_parameters(ParameterFilters=[{"Key": "Name", "Values": [name]}])["Parameters"]
    return [without(parameter, "Version"), ssm.list_tags_for_resource(ResourceType="Parameter", ResourceId=name)]


def secret(node, arn, _):
    secret = node.client("secretsmanager").describe_secret(SecretId=arn)
    return [secret.get(key) for key in ["Description", "KmsKeyId", "Tags"]]


def key(node, key_id, _):
    kms = node.client("kms")
    return [
        kms.describe_key(KeyId=key_id)["KeyMetadata"],
        kms.get_key_policy(KeyId=key_id)["Policy"],
        without(kms.get_key_rotation_status(KeyId=key_id), "NextRotationDate"),
        kms.list_resource_tags(KeyId=key_id),
    ]


def repository(node, name, _):
    ecr = node.client("ecr")
    (repository,) = ecr.describe_repositories(repositoryNames=[name])["repositories"]
    return [
        without(repository, "createdAt"),
        ecr.list_tags_for_resource(resourceArn=repository["repositoryArn"])["tags"],
    ]


def lambda_function(node, name, _):
    functions = node.client("lambda")
    functions.get_waiter("function_updated_v2").wait(FunctionName=name, WaiterConfig={"Delay": 0.1})
    found = functions.get_function(FunctionName=name)
    return [
        without(found["Configuration"], "LastModified"),
        found.get("Concurrency"),
        found.get("Tags", {}),
        functions.get_function_recursion_config(FunctionName=name),
        functions.get_runtime_management_config(FunctionName=name),
    ]


def mapping(node, uuid, _):
    functions = node.client("lambda")
    mapping = functions.get_event_source_mapping(UUID=uuid)
    return [mapping, functions.list_tags(Resource=mapping["EventSourceMappingArn"])["Tags"]]


def gateway(service, call, member, **owners):
    """A reader of API Gateway: the call, the member that has the id, and the logical ids of those that own it."""

    def read(node, resource_id, beside):
        ids = {owner: beside[logical_id] for owner, logical_id in owners.items()}
        told = getattr(node.client(service), call)(**ids, **{member: resource_id})
        return without(told, "id", "rootResourceId", "DeploymentId", "LastDeploymentStatusMessage")

    return read


def domain(node, name, _):
    told = node.client("apigatewayv2").get_domain_name(DomainName=name)
    (configuration,) = told.pop("DomainNameConfigurations")
    return [told, without(configuration, "ApiGatewayDomainName")]


def pool(node, pool_id, _):
    cognito = node.client("cognito-idp")
    pool = cognito.describe_user_pool(UserPoolId=pool_id)["UserPool"]
    return [without(pool, "Name"), pool.get("UserPoolTags", {}), cognito.get_user_pool_mfa_config(UserPoolId=pool_id)]


def pool_group(node, name, beside):
    return node.client("cognito-idp").get_group(GroupName=name, UserPoolId=beside["Pool"])


def pool_domain(node, name, _):
    return node.client("cognito-idp").describe_user_pool_domain(Domain=name)["DomainDescription"].get("ManagedLoginVersion")


def identity_pool(node, pool_id, _):
    pool = node.client("cognito-identity").describe_identity_pool(IdentityPoolId=pool_id)
    return [pool.get("AllowClassicFlow", False), pool.get("IdentityPoolTags", {})]


READ = {
    "AWS::ApiGateway::Authorizer": gateway("apigateway", "get_authorizer", "authorizerId", restApiId="Rest"),
    "AWS::ApiGateway::DomainName": domain,
    "AWS::ApiGateway::Model": gateway("apigateway", "get_model", "modelName", restApiId="Rest"),
    "AWS::ApiGateway::RequestValidator": gateway("apigateway", "get_request_validator", "requestValidatorId", restApiId="Rest"),
    "AWS::ApiGateway::RestApi": gateway("apigateway", "get_rest_api", "restApiId"),
    "AWS::ApiGateway::Stage": gateway("apigateway", "get_stage", "stageName", restApiId="Rest"),
    "AWS::ApiGatewayV2::DomainName": domain,
    "AWS::ApiGatewayV2::VpcLink": gateway("apigatewayv2", "get_vpc_link", "VpcLinkId"),
    "AWS::Cognito::IdentityPool": identity_pool,
    "AWS::Cognito::UserPool": pool,
    "AWS::Cognito::UserPoolDomain": pool_domain,
    "AWS::Cognito::UserPoolGroup": pool_group,
    "AWS::DynamoDB::GlobalTable": table,
    "AWS::DynamoDB::Table": table,
    "AWS::ECR::Repository": repository,
    "AWS::Events::EventBus": bus,
    "AWS::Events::EventBusPolicy": bus_policy,
    "AWS::KMS::Key": key,
    "AWS::Lambda::EventSourceMapping": mapping,
    "AWS::Lambda::Function": lambda_function,
    "AWS::Logs::LogGroup": log_group,
    "AWS::S3::Bucket": bucket,
    "AWS::SNS::Subscription": subscription,
    "AWS::SNS::Topic": topic,
    "AWS::SQS::Queue": queue,
    "AWS::SSM::Parameter": parameter,
    "AWS::SecretsManager::Secret": secret,
    "AWS::StepFunctions::StateMachine": state_machine,
}
for kind, owner in {
    "Api": {},
    "Authorizer": {"ApiId": "Owner"},
    "Integration": {"ApiId": "Owner"},
    "IntegrationResponse": {"ApiId": "Owner", "IntegrationId": "Mock"},
    "Model": {"ApiId": "Owner"},
    "Route": {"ApiId": "Owner"},
    "RouteResponse": {"ApiId": "Owner", "RouteId": "Key"},
    "Stage": {"ApiId": "Owner"},
}.items():
    call = "get_" + re.sub("(?<=[a-z])(?=[A-Z])", "_", kind).lower()
    member = "StageName" if kind == "Stage" else f"{kind}Id"
    READ[f"AWS::ApiGatewayV2::{kind}"] = gateway("apigatewayv2", call, member, **owner)
