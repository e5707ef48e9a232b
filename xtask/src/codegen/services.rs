//! What is generated: the services, their operations, and the few members whose
//! Rust type is not the model's.

/// One service's cut.
pub(super) struct Service {
    /// The module's name, and the model's folder.
    pub(super) name: &'static str,
    /// The model's version, the folder below it.
    pub(super) version: &'static str,
    /// The code with which it refuses what breaks its model's constraints.
    pub(super) validation_code: &'static str,
    /// The operations to generate.
    pub(super) operations: &'static [&'static str],
}

/// Every service that Landline offers.
pub(super) const SERVICES: &[Service] = &[
    Service {
        name: "apigatewayv2",
        version: "2018-11-29",
        validation_code: "BadRequestException",
        operations: &[
            "CreateApi",
            "GetApi",
            "GetApis",
            "UpdateApi",
            "DeleteApi",
            "CreateRoute",
            "GetRoute",
            "GetRoutes",
            "UpdateRoute",
            "DeleteRoute",
            "DeleteRouteRequestParameter",
            "CreateRouteResponse",
            "GetRouteResponse",
            "GetRouteResponses",
            "UpdateRouteResponse",
            "DeleteRouteResponse",
            "CreateIntegration",
            "GetIntegration",
            "GetIntegrations",
            "UpdateIntegration",
            "DeleteIntegration",
            "CreateDeployment",
            "GetDeployment",
            "GetDeployments",
            "UpdateDeployment",
            "DeleteDeployment",
            "CreateStage",
            "GetStage",
            "GetStages",
            "UpdateStage",
            "DeleteStage",
            "DeleteRouteSettings",
            "DeleteAccessLogSettings",
            "CreateIntegrationResponse",
            "GetIntegrationResponse",
            "GetIntegrationResponses",
            "UpdateIntegrationResponse",
            "DeleteIntegrationResponse",
            "CreateAuthorizer",
            "GetAuthorizer",
            "GetAuthorizers",
            "UpdateAuthorizer",
            "DeleteAuthorizer",
            "ResetAuthorizersCache",
            "CreateModel",
            "GetModel",
            "GetModels",
            "GetModelTemplate",
            "UpdateModel",
            "DeleteModel",
            "CreateDomainName",
            "GetDomainName",
            "GetDomainNames",
            "UpdateDomainName",
            "DeleteDomainName",
            "CreateApiMapping",
            "GetApiMapping",
            "GetApiMappings",
            "UpdateApiMapping",
            "DeleteApiMapping",
            "CreateVpcLink",
            "GetVpcLink",
            "GetVpcLinks",
            "UpdateVpcLink",
            "DeleteVpcLink",
            "DeleteCorsConfiguration",
            "ImportApi",
            "ReimportApi",
            "ExportApi",
            "GetTags",
            "TagResource",
            "UntagResource",
        ],
    },
    // Only what WebSocket APIs share with REST APIs: keys, plans, the account.
    Service {
        name: "apigateway",
        version: "2015-07-09",
        validation_code: "BadRequestException",
        operations: &[
            "CreateApiKey",
            "GetApiKey",
            "GetApiKeys",
            "UpdateApiKey",
            "DeleteApiKey",
            "CreateUsagePlan",
            "GetUsagePlan",
            "GetUsagePlans",
            "UpdateUsagePlan",
            "DeleteUsagePlan",
            "CreateUsagePlanKey",
            "GetUsagePlanKey",
            "GetUsagePlanKeys",
            "DeleteUsagePlanKey",
            "GetUsage",
            "GetAccount",
            "UpdateAccount",
            "GetTags",
            "TagResource",
            "UntagResource",
        ],
    },
    Service {
        name: "apigatewaymanagementapi",
        version: "2018-11-29",
        validation_code: "BadRequestException",
        operations: &["PostToConnection", "GetConnection", "DeleteConnection"],
    },
    Service {
        name: "lambda",
        version: "2015-03-31",
        validation_code: "ValidationException",
        operations: &[
            "CreateFunction",
            "GetFunction",
            "GetFunctionConfiguration",
            "UpdateFunctionCode",
            "UpdateFunctionConfiguration",
            "DeleteFunction",
            "ListFunctions",
            "Invoke",
            "CreateEventSourceMapping",
            "GetEventSourceMapping",
            "ListEventSourceMappings",
            "UpdateEventSourceMapping",
            "DeleteEventSourceMapping",
            "PublishVersion",
            "ListVersionsByFunction",
            "CreateAlias",
            "GetAlias",
            "ListAliases",
            "UpdateAlias",
            "DeleteAlias",
            "PublishLayerVersion",
            "GetLayerVersion",
            "GetLayerVersionByArn",
            "ListLayerVersions",
            "ListLayers",
            "DeleteLayerVersion",
            "PutFunctionConcurrency",
            "GetFunctionConcurrency",
            "DeleteFunctionConcurrency",
            "PutFunctionEventInvokeConfig",
            "UpdateFunctionEventInvokeConfig",
            "GetFunctionEventInvokeConfig",
            "ListFunctionEventInvokeConfigs",
            "DeleteFunctionEventInvokeConfig",
            "GetFunctionCodeSigningConfig",
            "GetAccountSettings",
            "CreateFunctionUrlConfig",
            "GetFunctionUrlConfig",
            "UpdateFunctionUrlConfig",
            "DeleteFunctionUrlConfig",
            "ListFunctionUrlConfigs",
            "AddPermission",
            "RemovePermission",
            "GetPolicy",
            "ListTags",
            "TagResource",
            "UntagResource",
        ],
    },
    Service {
        name: "dynamodb",
        version: "2012-08-10",
        validation_code: "ValidationException",
        operations: &[
            "CreateTable",
            "DescribeTable",
            "DeleteTable",
            "ListTables",
            "PutItem",
            "GetItem",
            "DeleteItem",
            "UpdateItem",
            "Query",
            "Scan",
            "BatchWriteItem",
            "BatchGetItem",
            "TransactWriteItems",
            "TransactGetItems",
            "UpdateTimeToLive",
            "DescribeTimeToLive",
            "TagResource",
            "UntagResource",
            "ListTagsOfResource",
            "DescribeEndpoints",
            "DescribeLimits",
            "UpdateTable",
            "DescribeContinuousBackups",
            "UpdateContinuousBackups",
        ],
    },
    Service {
        name: "dynamodbstreams",
        version: "2012-08-10",
        validation_code: "ValidationException",
        operations: &[
            "ListStreams",
            "DescribeStream",
            "GetShardIterator",
            "GetRecords",
        ],
    },
    Service {
        name: "sts",
        version: "2011-06-15",
        validation_code: "ValidationError",
        operations: &["GetCallerIdentity", "AssumeRole", "GetSessionToken"],
    },
    Service {
        name: "logs",
        version: "2014-03-28",
        validation_code: "InvalidParameterException",
        operations: &[
            "CreateLogGroup",
            "DeleteLogGroup",
            "DescribeLogGroups",
            "CreateLogStream",
            "DeleteLogStream",
            "DescribeLogStreams",
            "PutLogEvents",
            "GetLogEvents",
            "FilterLogEvents",
            "PutRetentionPolicy",
            "DeleteRetentionPolicy",
        ],
    },
    // What API Gateway counts, and what applications count themselves.
    Service {
        name: "cloudwatch",
        version: "2010-08-01",
        validation_code: "ValidationError",
        operations: &[
            "PutMetricData",
            "GetMetricData",
            "GetMetricStatistics",
            "ListMetrics",
        ],
    },
    Service {
        name: "iam",
        version: "2010-05-08",
        validation_code: "ValidationError",
        operations: &[
            "CreateRole",
            "GetRole",
            "DeleteRole",
            "ListRoles",
            "UpdateAssumeRolePolicy",
            "PutRolePolicy",
            "GetRolePolicy",
            "DeleteRolePolicy",
            "ListRolePolicies",
            "AttachRolePolicy",
            "DetachRolePolicy",
            "ListAttachedRolePolicies",
            "TagRole",
            "UntagRole",
            "ListRoleTags",
            "SimulatePrincipalPolicy",
        ],
    },
    Service {
        name: "cloudformation",
        version: "2010-05-15",
        validation_code: "ValidationError",
        operations: &[
            "CreateStack",
            "UpdateStack",
            "DeleteStack",
            "DescribeStacks",
            "ListStacks",
            "DescribeStackEvents",
            "DescribeEvents",
            "DescribeStackResource",
            "DescribeStackResources",
            "ListStackResources",
            "GetTemplate",
            "GetTemplateSummary",
            "ValidateTemplate",
            "CreateChangeSet",
            "DescribeChangeSet",
            "ExecuteChangeSet",
            "DeleteChangeSet",
            "ListChangeSets",
            "ListExports",
            "ListImports",
            "UpdateTerminationProtection",
            "RollbackStack",
            "ContinueUpdateRollback",
            "CancelUpdateStack",
            "SignalResource",
            "SetStackPolicy",
            "GetStackPolicy",
            "DescribeAccountLimits",
        ],
    },
];

/// Output members that a service hands over as JSON text (`landline_wire::Encoded`).
const ENCODED: &[(&str, &str, &str)] = &[
    ("dynamodb", "GetItemOutput", "Item"),
    ("dynamodb", "PutItemOutput", "Attributes"),
    ("dynamodb", "UpdateItemOutput", "Attributes"),
    ("dynamodb", "DeleteItemOutput", "Attributes"),
    ("dynamodb", "ScanOutput", "Items"),
    ("dynamodb", "QueryOutput", "Items"),
    ("dynamodb", "BatchGetItemOutput", "Responses"),
    ("dynamodb", "ItemResponse", "Item"),
    ("dynamodbstreams", "StreamRecord", "Keys"),
    ("dynamodbstreams", "StreamRecord", "NewImage"),
    ("dynamodbstreams", "StreamRecord", "OldImage"),
];

/// Structures of which exactly one member is set.
const UNIONS: &[(&str, &str)] = &[
    ("dynamodb", "AttributeValue"),
    ("dynamodbstreams", "AttributeValue"),
];

/// Members that the service does not miss although its model requires them.
const OPTIONAL: &[(&str, &str, &str)] = &[
    // websocket-api.md §4.2: an authorizer without identity sources is made.
    ("apigatewayv2", "CreateAuthorizerRequest", "IdentitySource"),
    // deploy-tools.md §5: a function without code signing answers without an ARN.
    (
        "lambda",
        "GetFunctionCodeSigningConfigResponse",
        "CodeSigningConfigArn",
    ),
];

/// Members whose values the service refuses in words of its own, not in those of the
/// constraints of its model: their handlers look at them.
const UNCHECKED: &[(&str, &str, &str)] = &[
    ("apigatewayv2", "CreateAuthorizerRequest", "AuthorizerType"),
    (
        "apigatewayv2",
        "CreateAuthorizerRequest",
        "AuthorizerResultTtlInSeconds",
    ),
    ("apigatewayv2", "UpdateAuthorizerRequest", "AuthorizerType"),
    (
        "apigatewayv2",
        "UpdateAuthorizerRequest",
        "AuthorizerResultTtlInSeconds",
    ),
];

/// Whether a member may be left out, whatever the model says.
pub(super) fn is_optional(service: &str, shape: &str, member: &str) -> bool {
    OPTIONAL.contains(&(service, shape, member))
}

/// Whether the constraints of a member's model do not hold.
pub(super) fn is_unchecked(service: &str, shape: &str, member: &str) -> bool {
    UNCHECKED.contains(&(service, shape, member))
}

/// Whether a member is handed over as JSON text.
pub(super) fn is_encoded(service: &str, shape: &str, member: &str) -> bool {
    ENCODED.contains(&(service, shape, member))
}

/// Whether a structure is an enum in Rust.
pub(super) fn is_union(service: &str, shape: &str) -> bool {
    UNIONS.contains(&(service, shape))
}
