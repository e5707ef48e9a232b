//! Where what is generated is not what the models say, with the reason.

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

/// The HTTP status of exceptions whose model leaves it out.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>
const STATUSES: &[(&str, &str, u16)] = &[
    ("s3", "AccessDenied", 403),
    ("s3", "BucketAlreadyExists", 409),
    ("s3", "BucketAlreadyOwnedByYou", 409),
    ("s3", "IdempotencyParameterMismatch", 400),
    ("s3", "InvalidObjectState", 403),
    ("s3", "NoSuchBucket", 404),
    ("s3", "NoSuchKey", 404),
    ("s3", "NoSuchUpload", 404),
];

/// What errors were called in the query protocol, where that differs: SDKs show these codes.
/// <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-making-api-requests-json.html>
pub(super) const QUERY_CODES: &[(&str, &str, &str)] = &[
    (
        "sqs",
        "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
    ),
    ("sqs", "QueueNameExists", "QueueAlreadyExists"),
    (
        "sqs",
        "InvalidParameterValueException",
        "InvalidParameterValue",
    ),
    (
        "sqs",
        "MissingRequiredParameterException",
        "MissingParameter",
    ),
    (
        "sqs",
        "QueueDeletedRecently",
        "AWS.SimpleQueueService.QueueDeletedRecently",
    ),
    (
        "sqs",
        "PurgeQueueInProgress",
        "AWS.SimpleQueueService.PurgeQueueInProgress",
    ),
    (
        "sqs",
        "BatchEntryIdsNotDistinct",
        "AWS.SimpleQueueService.BatchEntryIdsNotDistinct",
    ),
    (
        "sqs",
        "BatchRequestTooLong",
        "AWS.SimpleQueueService.BatchRequestTooLong",
    ),
    (
        "sqs",
        "EmptyBatchRequest",
        "AWS.SimpleQueueService.EmptyBatchRequest",
    ),
    (
        "sqs",
        "InvalidBatchEntryId",
        "AWS.SimpleQueueService.InvalidBatchEntryId",
    ),
    (
        "sqs",
        "TooManyEntriesInBatchRequest",
        "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
    ),
    (
        "sqs",
        "MessageNotInflight",
        "AWS.SimpleQueueService.MessageNotInflight",
    ),
    (
        "sqs",
        "UnsupportedOperation",
        "AWS.SimpleQueueService.UnsupportedOperation",
    ),
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
    // Their absence is refused in other words, and in turn.
    ("dynamodb", "TagResourceInput", "ResourceArn"),
    ("dynamodb", "TagResourceInput", "Tags"),
    ("dynamodb", "UntagResourceInput", "ResourceArn"),
    ("dynamodb", "UntagResourceInput", "TagKeys"),
    ("dynamodb", "ListTagsOfResourceInput", "ResourceArn"),
];

/// Members whose values the service refuses in words of its own, not in those of the
/// constraints of its model: their handlers look at them.
const UNCHECKED: &[(&str, &str, &str)] = &[
    ("apigatewayv2", "CreateApiRequest", "ProtocolType"),
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

/// The HTTP status of an exception whose model leaves it out.
pub(super) fn unmodelled_status(service: &str, exception: &str) -> Option<u16> {
    let known = STATUSES
        .iter()
        .find(|(of, name, _)| (*of, *name) == (service, exception));
    known.map(|(_, _, status)| *status)
}

/// Whether a structure is an enum in Rust.
pub(super) fn is_union(service: &str, shape: &str) -> bool {
    UNIONS.contains(&(service, shape))
}
