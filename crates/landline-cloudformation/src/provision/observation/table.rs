//! Which operation describes a resource, and where its answer has what properties.

/// How the resources of one type are read.
pub(super) struct Reading {
    pub(super) resource_type: &'static str,
    pub(super) service: &'static str,
    pub(super) operation: &'static str,
    pub(super) input: &'static [(&'static str, Given)],
    /// The member of the answer that describes the resource, if it is not all of it.
    pub(super) within: Option<&'static str>,
    /// A list in the answer, and the member of its items that has the physical id.
    pub(super) listed: Option<(&'static str, &'static str)>,
    /// Properties that the answer has under their own names.
    pub(super) properties: &'static [&'static str],
    /// Properties, and where the answer has them.
    pub(super) renamed: &'static [(&'static str, &'static str)],
    /// The same, where an answer without the value does not say that it is unset.
    pub(super) told: &'static [(&'static str, &'static str)],
}

/// What a member of the input is.
pub(super) enum Given {
    PhysicalId,
    /// What stands last in a physical id of several parts, `bus|rule`.
    LastOfPhysicalId,
    Property(&'static str),
    Texts(&'static [&'static str]),
}

use Given::{LastOfPhysicalId, PhysicalId, Property, Texts};

const fn reading(
    resource_type: &'static str,
    service: &'static str,
    operation: &'static str,
    input: &'static [(&'static str, Given)],
) -> Reading {
    Reading {
        resource_type,
        service,
        operation,
        input,
        within: None,
        listed: None,
        properties: &[],
        renamed: &[],
        told: &[],
    }
}

pub(super) static READINGS: [Reading; 27] = [
    Reading {
        properties: &[
            "ApiKeySelectionExpression",
            "CorsConfiguration",
            "Description",
            "DisableExecuteApiEndpoint",
            "Name",
            "ProtocolType",
            "RouteSelectionExpression",
            "Tags",
            "Version",
        ],
        ..reading(
            "AWS::ApiGatewayV2::Api",
            "apigatewayv2",
            "GetApi",
            &[("ApiId", PhysicalId)],
        )
    },
    Reading {
        properties: &[
            "ApiKeyRequired",
            "AuthorizationScopes",
            "AuthorizationType",
            "AuthorizerId",
            "ModelSelectionExpression",
            "OperationName",
            "RequestModels",
            "RequestParameters",
            "RouteKey",
            "RouteResponseSelectionExpression",
            "Target",
        ],
        ..reading(
            "AWS::ApiGatewayV2::Route",
            "apigatewayv2",
            "GetRoute",
            &[("ApiId", Property("ApiId")), ("RouteId", PhysicalId)],
        )
    },
    Reading {
        properties: &[
            "ModelSelectionExpression",
            "ResponseModels",
            "RouteResponseKey",
        ],
        ..reading(
            "AWS::ApiGatewayV2::RouteResponse",
            "apigatewayv2",
            "GetRouteResponse",
            &[
                ("ApiId", Property("ApiId")),
                ("RouteId", Property("RouteId")),
                ("RouteResponseId", PhysicalId),
            ],
        )
    },
    Reading {
        properties: &[
            "ConnectionId",
            "ConnectionType",
            "ContentHandlingStrategy",
            "CredentialsArn",
            "Description",
            "IntegrationMethod",
            "IntegrationType",
            "IntegrationUri",
            "PassthroughBehavior",
            "PayloadFormatVersion",
            "RequestParameters",
            "RequestTemplates",
            "TemplateSelectionExpression",
            "TimeoutInMillis",
        ],
        ..reading(
            "AWS::ApiGatewayV2::Integration",
            "apigatewayv2",
            "GetIntegration",
            &[("ApiId", Property("ApiId")), ("IntegrationId", PhysicalId)],
        )
    },
    Reading {
        properties: &[
            "ContentHandlingStrategy",
            "IntegrationResponseKey",
            "ResponseParameters",
            "ResponseTemplates",
            "TemplateSelectionExpression",
        ],
        ..reading(
            "AWS::ApiGatewayV2::IntegrationResponse",
            "apigatewayv2",
            "GetIntegrationResponse",
            &[
                ("ApiId", Property("ApiId")),
                ("IntegrationId", Property("IntegrationId")),
                ("IntegrationResponseId", PhysicalId),
            ],
        )
    },
    Reading {
        properties: &[
            "AuthorizerPayloadFormatVersion",
            "AuthorizerResultTtlInSeconds",
            "AuthorizerType",
            "AuthorizerUri",
            "EnableSimpleResponses",
            "IdentitySource",
            "JwtConfiguration",
            "Name",
        ],
        ..reading(
            "AWS::ApiGatewayV2::Authorizer",
            "apigatewayv2",
            "GetAuthorizer",
            &[("ApiId", Property("ApiId")), ("AuthorizerId", PhysicalId)],
        )
    },
    Reading {
        properties: &["ContentType", "Description", "Name", "Schema"],
        ..reading(
            "AWS::ApiGatewayV2::Model",
            "apigatewayv2",
            "GetModel",
            &[("ApiId", Property("ApiId")), ("ModelId", PhysicalId)],
        )
    },
    Reading {
        properties: &["Description"],
        ..reading(
            "AWS::ApiGatewayV2::Deployment",
            "apigatewayv2",
            "GetDeployment",
            &[("ApiId", Property("ApiId")), ("DeploymentId", PhysicalId)],
        )
    },
    Reading {
        properties: &[
            "AccessLogSettings",
            "AutoDeploy",
            "DefaultRouteSettings",
            "DeploymentId",
            "Description",
            "RouteSettings",
            "StageVariables",
            "Tags",
        ],
        ..reading(
            "AWS::ApiGatewayV2::Stage",
            "apigatewayv2",
            "GetStage",
            &[("ApiId", Property("ApiId")), ("StageName", PhysicalId)],
        )
    },
    Reading {
        properties: &[
            "BinaryMediaTypes",
            "Description",
            "DisableExecuteApiEndpoint",
            "MinimumCompressionSize",
            "Name",
        ],
        renamed: &[("ApiKeySourceType", "ApiKeySource")],
        ..reading(
            "AWS::ApiGateway::RestApi",
            "apigateway",
            "GetRestApi",
            &[("RestApiId", PhysicalId)],
        )
    },
    Reading {
        properties: &["ParentId", "PathPart"],
        ..reading(
            "AWS::ApiGateway::Resource",
            "apigateway",
            "GetResource",
            &[
                ("RestApiId", Property("RestApiId")),
                ("ResourceId", PhysicalId),
            ],
        )
    },
    Reading {
        properties: &["DeploymentId", "Description", "TracingEnabled", "Variables"],
        ..reading(
            "AWS::ApiGateway::Stage",
            "apigateway",
            "GetStage",
            &[
                ("RestApiId", Property("RestApiId")),
                ("StageName", PhysicalId),
            ],
        )
    },
    Reading {
        renamed: &[
            ("Architectures", "Configuration.Architectures"),
            ("Description", "Configuration.Description"),
            ("Environment", "Configuration.Environment"),
            ("EphemeralStorage", "Configuration.EphemeralStorage"),
            ("Handler", "Configuration.Handler"),
            ("KmsKeyArn", "Configuration.KMSKeyArn"),
            ("Layers", "Configuration.Layers.*.Arn"),
            ("LoggingConfig", "Configuration.LoggingConfig"),
            ("MemorySize", "Configuration.MemorySize"),
            ("PackageType", "Configuration.PackageType"),
            ("Role", "Configuration.Role"),
            ("Runtime", "Configuration.Runtime"),
            ("Tags", "Tags"),
            ("Timeout", "Configuration.Timeout"),
            ("TracingConfig", "Configuration.TracingConfig"),
        ],
        ..reading(
            "AWS::Lambda::Function",
            "lambda",
            "GetFunction",
            &[("FunctionName", PhysicalId)],
        )
    },
    Reading {
        properties: &["Description", "FunctionVersion", "Name"],
        ..reading(
            "AWS::Lambda::Alias",
            "lambda",
            "GetAlias",
            &[
                ("FunctionName", Property("FunctionName")),
                ("Name", Property("Name")),
            ],
        )
    },
    Reading {
        properties: &["AuthType", "Cors", "InvokeMode"],
        ..reading(
            "AWS::Lambda::Url",
            "lambda",
            "GetFunctionUrlConfig",
            &[
                ("FunctionName", Property("TargetFunctionArn")),
                ("Qualifier", Property("Qualifier")),
            ],
        )
    },
    Reading {
        properties: &[
            "BatchSize",
            "BisectBatchOnFunctionError",
            "EventSourceArn",
            "FilterCriteria",
            "FunctionResponseTypes",
            "MaximumBatchingWindowInSeconds",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "ParallelizationFactor",
            "StartingPosition",
            "TumblingWindowInSeconds",
        ],
        ..reading(
            "AWS::Lambda::EventSourceMapping",
            "lambda",
            "GetEventSourceMapping",
            &[("UUID", PhysicalId)],
        )
    },
    Reading {
        within: Some("Table"),
        properties: &[
            "AttributeDefinitions",
            "DeletionProtectionEnabled",
            "GlobalSecondaryIndexes",
            "KeySchema",
            "LocalSecondaryIndexes",
            "ProvisionedThroughput",
            "StreamSpecification",
            "TableName",
        ],
        told: &[
            ("BillingMode", "BillingModeSummary.BillingMode"),
            ("TableClass", "TableClassSummary.TableClass"),
        ],
        ..reading(
            "AWS::DynamoDB::Table",
            "dynamodb",
            "DescribeTable",
            &[("TableName", PhysicalId)],
        )
    },
    Reading {
        within: Some("Attributes"),
        properties: &[
            "ContentBasedDeduplication",
            "DeduplicationScope",
            "DelaySeconds",
            "FifoQueue",
            "FifoThroughputLimit",
            "KmsMasterKeyId",
            "MaximumMessageSize",
            "MessageRetentionPeriod",
            "ReceiveMessageWaitTimeSeconds",
            "RedriveAllowPolicy",
            "RedrivePolicy",
            "VisibilityTimeout",
        ],
        ..reading(
            "AWS::SQS::Queue",
            "sqs",
            "GetQueueAttributes",
            &[
                ("QueueUrl", PhysicalId),
                ("AttributeNames", Texts(&["All"])),
            ],
        )
    },
    Reading {
        within: Some("Attributes"),
        properties: &[
            "ContentBasedDeduplication",
            "DisplayName",
            "FifoTopic",
            "KmsMasterKeyId",
            "SignatureVersion",
            "TracingConfig",
        ],
        ..reading(
            "AWS::SNS::Topic",
            "sns",
            "GetTopicAttributes",
            &[("TopicArn", PhysicalId)],
        )
    },
    Reading {
        within: Some("Role"),
        properties: &[
            "AssumeRolePolicyDocument",
            "Description",
            "MaxSessionDuration",
            "Path",
            "RoleName",
            "Tags",
        ],
        ..reading(
            "AWS::IAM::Role",
            "iam",
            "GetRole",
            &[("RoleName", PhysicalId)],
        )
    },
    Reading {
        within: Some("Policy"),
        properties: &["Description", "Path"],
        ..reading(
            "AWS::IAM::ManagedPolicy",
            "iam",
            "GetPolicy",
            &[("PolicyArn", PhysicalId)],
        )
    },
    Reading {
        listed: Some(("LogGroups", "LogGroupName")),
        properties: &["LogGroupClass", "LogGroupName", "RetentionInDays"],
        ..reading(
            "AWS::Logs::LogGroup",
            "logs",
            "DescribeLogGroups",
            &[("LogGroupNamePrefix", PhysicalId)],
        )
    },
    Reading {
        within: Some("Parameter"),
        properties: &["DataType", "Name", "Type", "Value"],
        ..reading(
            "AWS::SSM::Parameter",
            "ssm",
            "GetParameter",
            &[("Name", PhysicalId)],
        )
    },
    Reading {
        properties: &["Description", "Name"],
        ..reading(
            "AWS::SecretsManager::Secret",
            "secretsmanager",
            "DescribeSecret",
            &[("SecretId", PhysicalId)],
        )
    },
    Reading {
        properties: &["Description", "EventPattern", "ScheduleExpression", "State"],
        ..reading(
            "AWS::Events::Rule",
            "events",
            "DescribeRule",
            &[
                ("Name", LastOfPhysicalId),
                ("EventBusName", Property("EventBusName")),
            ],
        )
    },
    Reading {
        properties: &["RoleArn"],
        renamed: &[("StateMachineName", "Name"), ("StateMachineType", "Type")],
        ..reading(
            "AWS::StepFunctions::StateMachine",
            "stepfunctions",
            "DescribeStateMachine",
            &[("StateMachineArn", PhysicalId)],
        )
    },
    // Nothing but whether it is there: a bucket has its settings in operations of their own.
    reading(
        "AWS::S3::Bucket",
        "s3",
        "HeadBucket",
        &[("Bucket", PhysicalId)],
    ),
];
