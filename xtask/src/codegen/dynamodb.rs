//! Where DynamoDB's front end checks otherwise than its published model says.
//!
//! The model became wider when requests were allowed to name tables by ARN; what the service refuses,
//! and in which order it lists an enumeration's values, stayed as it was.

/// An enumeration's values in the order in which the front end lists them.
const LISTED: &[(&str, &[&str])] = &[
    (
        "ComparisonOperator",
        &[
            "IN",
            "NULL",
            "BETWEEN",
            "LT",
            "NOT_CONTAINS",
            "EQ",
            "GT",
            "NOT_NULL",
            "NE",
            "LE",
            "BEGINS_WITH",
            "GE",
            "CONTAINS",
        ],
    ),
    ("ConditionalOperator", &["OR", "AND"]),
    ("ProjectionType", &["ALL", "INCLUDE", "KEYS_ONLY"]),
    (
        "ReturnValue",
        &["ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE", "UPDATED_NEW"],
    ),
    ("ScalarAttributeType", &["B", "N", "S"]),
    (
        "Select",
        &[
            "SPECIFIC_ATTRIBUTES",
            "COUNT",
            "ALL_ATTRIBUTES",
            "ALL_PROJECTED_ATTRIBUTES",
        ],
    ),
];

/// The inputs of the operations on items, which count a bad table name among their violations.
const ITEM_INPUTS: &[&str] = &[
    "PutItemInput",
    "GetItemInput",
    "DeleteItemInput",
    "UpdateItemInput",
    "QueryInput",
    "ScanInput",
];

/// The inputs of the operations on tables, which refuse a bad table name before anything else.
const TABLE_INPUTS: &[&str] = &[
    "CreateTableInput",
    "DescribeTableInput",
    "DeleteTableInput",
    "UpdateTableInput",
    "DescribeTimeToLiveInput",
    "UpdateTimeToLiveInput",
    "DescribeContinuousBackupsInput",
    "UpdateContinuousBackupsInput",
];

/// What a table's name must be, unless it is an ARN.
const NAME: &str = r#" .length(3, 255) .pattern("[a-zA-Z0-9_.-]+") .exempt("arn:")"#;

/// The global indexes of a request.
const GLOBAL_INDEXES: &[&str] = &["GlobalSecondaryIndex", "CreateGlobalSecondaryIndexAction"];

/// How many attributes a key has; those of global indexes have more since November 2025.
const KEYS: &str = " .length(1, 2)";
const GLOBAL_KEYS: &str = " .length(1, 8)";

/// The values of an enumeration, when they are listed in another order than the model's.
pub(super) fn listed(service: &str, shape: &str) -> Option<&'static [&'static str]> {
    let mut listed = LISTED.iter().filter(|_| is_dynamodb(service));
    listed
        .find(|(name, _)| *name == shape)
        .map(|(_, values)| *values)
}

/// The constraints of a member, when they are others than the model's.
pub(super) fn constraints(service: &str, structure: &str, member: &str) -> Option<String> {
    if !is_dynamodb(service) {
        return None;
    }
    let keys = r#" .length(1, u64::MAX) .keys(3, 255, "[a-zA-Z0-9_.-]+") .exempt("arn:")"#;
    Some(match (structure, member) {
        (_, "TableName") if ITEM_INPUTS.contains(&structure) => NAME.to_owned(),
        (_, "TableName") if TABLE_INPUTS.contains(&structure) => format!("{NAME} .own_words()"),
        ("CreateTableInput", "KeySchema") => format!("{KEYS} .missed()"),
        ("CreateTableInput", "AttributeDefinitions") => " .missed()".to_owned(),
        ("LocalSecondaryIndex", "KeySchema") => KEYS.to_owned(),
        (_, "KeySchema") if GLOBAL_INDEXES.contains(&structure) => GLOBAL_KEYS.to_owned(),
        ("BatchGetItemInput", "RequestItems") => keys.to_owned(),
        ("BatchWriteItemInput", "RequestItems") => format!("{keys} .values(1, 25)"),
        ("TagResourceInput" | "UntagResourceInput" | "ListTagsOfResourceInput", "ResourceArn") => {
            String::new()
        }
        _ => return None,
    })
}

fn is_dynamodb(service: &str) -> bool {
    service == "dynamodb"
}
