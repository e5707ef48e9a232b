//! Under which names services and their actions are called.

use super::Service;

/// What the ARN of an optimized integration calls a service.
pub(super) fn optimized(name: &str) -> &'static Service {
    let mut all = OPTIMIZED.iter();
    let found = all.find(|(known, _)| *known == name);
    found.map_or(&OPTIMIZED[0].1, |(_, service)| service)
}

/// What `aws-sdk:{name}` calls a service; `None` when it is not here.
pub(super) fn sdk(name: &str) -> Option<&'static Service> {
    let name = name.to_ascii_lowercase();
    let mut all = SDK.iter();
    all.find(|(known, _)| *known == name)
        .map(|(_, service)| service)
}

/// `getItem` is `GetItem`.
pub(super) fn operation(action: &str) -> String {
    let mut letters = action.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

const fn own(
    module: &'static str,
    prefix: &'static str,
    label: &'static str,
    general: &'static str,
) -> Service {
    Service {
        module,
        prefix,
        label,
        general,
        is_optimized: true,
    }
}

const fn plain(module: &'static str, prefix: &'static str, general: &'static str) -> Service {
    Service {
        module,
        prefix,
        label: prefix,
        general,
        is_optimized: false,
    }
}

static OPTIMIZED: [(&str, Service); 6] = [
    (
        "dynamodb",
        own(
            "dynamodb",
            "DynamoDB",
            "AmazonDynamoDBv2",
            "AmazonDynamoDBException",
        ),
    ),
    (
        "events",
        own(
            "events",
            "EventBridge",
            "AmazonEventBridge",
            "AmazonEventBridgeException",
        ),
    ),
    (
        "lambda",
        own("lambda", "Lambda", "AWSLambda", "AWSLambdaException"),
    ),
    ("sns", own("sns", "SNS", "AmazonSNS", "AmazonSNSException")),
    ("sqs", own("sqs", "SQS", "AmazonSQS", "AmazonSQSException")),
    (
        "states",
        own(
            "stepfunctions",
            "StepFunctions",
            "AWSStepFunctions",
            "AWSStepFunctionsException",
        ),
    ),
];

/// As the AWS SDK for Java 2 names them.
static SDK: [(&str, Service); 24] = [
    (
        "apigateway",
        plain("apigateway", "ApiGateway", "ApiGatewayException"),
    ),
    (
        "apigatewaymanagementapi",
        plain(
            "apigatewaymanagementapi",
            "ApiGatewayManagementApi",
            "ApiGatewayManagementApiException",
        ),
    ),
    (
        "apigatewayv2",
        plain("apigatewayv2", "ApiGatewayV2", "ApiGatewayV2Exception"),
    ),
    (
        "cloudformation",
        plain(
            "cloudformation",
            "CloudFormation",
            "CloudFormationException",
        ),
    ),
    (
        "cloudwatch",
        plain("cloudwatch", "CloudWatch", "CloudWatchException"),
    ),
    (
        "cloudwatchlogs",
        plain("logs", "CloudWatchLogs", "CloudWatchLogsException"),
    ),
    (
        "cognitoidentity",
        plain(
            "cognito_identity",
            "CognitoIdentity",
            "CognitoIdentityException",
        ),
    ),
    (
        "cognitoidentityprovider",
        plain(
            "cognito_idp",
            "CognitoIdentityProvider",
            "CognitoIdentityProviderException",
        ),
    ),
    (
        "dynamodb",
        plain("dynamodb", "DynamoDb", "DynamoDbException"),
    ),
    (
        "dynamodbstreams",
        plain(
            "dynamodbstreams",
            "DynamoDbStreams",
            "DynamoDbStreamsException",
        ),
    ),
    ("ecr", plain("ecr", "Ecr", "EcrException")),
    (
        "eventbridge",
        plain("events", "EventBridge", "EventBridgeException"),
    ),
    ("iam", plain("iam", "Iam", "IamException")),
    ("kms", plain("kms", "Kms", "KmsException")),
    ("lambda", plain("lambda", "Lambda", "LambdaException")),
    ("s3", plain("s3", "S3", "S3Exception")),
    (
        "scheduler",
        plain("scheduler", "Scheduler", "SchedulerException"),
    ),
    (
        "secretsmanager",
        plain(
            "secretsmanager",
            "SecretsManager",
            "SecretsManagerException",
        ),
    ),
    ("sfn", plain("stepfunctions", "Sfn", "SfnException")),
    ("sns", plain("sns", "Sns", "SnsException")),
    ("sqs", plain("sqs", "Sqs", "SqsException")),
    ("ssm", plain("ssm", "Ssm", "SsmException")),
    ("sts", plain("sts", "Sts", "StsException")),
    ("xray", plain("xray", "XRay", "XRayException")),
];
