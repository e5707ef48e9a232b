//! What a connector grants from one type of resource to another.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html>

use serde_json::{Value as Json, json};

/// What is made for a connector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grant {
    /// A policy of the source's role.
    SourceRole,
    /// A policy of the destination's role; an event-source mapping waits for it.
    DestinationRole,
    /// The destination's own policy.
    Queue,
    Topic,
    /// A permission to invoke the destination.
    Invocation,
}

/// What a pair of types may be connected with.
pub(super) struct Profile {
    pub(super) grant: Grant,
    /// `Read` and `Write`, each with its statements or, for an invocation, with the members of the permission.
    pub(super) categories: Vec<(&'static str, Json)>,
    /// The combinations that are taken, where not every one is.
    pub(super) together: Option<&'static [&'static str]>,
}

/// The profile of a pair of CloudFormation's types.
pub(super) fn find(source: &str, destination: &str) -> Option<Profile> {
    let function = "AWS::Lambda::Function";
    if source == function {
        return of_function(destination);
    }
    let invocation = |principal: &str, source_arn: &str| {
        let members = json!({
            "Action": "lambda:InvokeFunction", "Principal": principal, "SourceArn": source_arn,
        });
        Profile::new(Grant::Invocation, vec![("Write", members)])
    };
    let queue = |principal: &str| {
        let write = deliver(principal, "sqs:SendMessage");
        Profile::new(Grant::Queue, vec![("Write", write)])
    };
    let profile = match (source, destination) {
        ("AWS::ApiGatewayV2::Api" | "AWS::ApiGateway::RestApi", "AWS::Lambda::Function") => {
            invocation("apigateway.amazonaws.com", API_ARN)
        }
        ("AWS::Events::Rule", "AWS::Lambda::Function") => {
            invocation("events.amazonaws.com", "%{Source.Arn}")
        }
        ("AWS::SNS::Topic", "AWS::Lambda::Function") => {
            invocation("sns.amazonaws.com", "%{Source.Arn}")
        }
        ("AWS::S3::Bucket", "AWS::Lambda::Function") => {
            let mut profile = invocation("s3.amazonaws.com", "%{Source.Arn}");
            profile.categories[0].1["SourceAccount"] = json!("${AWS::AccountId}");
            profile
        }
        ("AWS::SQS::Queue", "AWS::Lambda::Function") => Profile {
            together: Some(&["Read", "Write"]),
            ..Profile::new(
                Grant::DestinationRole,
                vec![
                    ("Write", allow(&["sqs:DeleteMessage"], &["%{Source.Arn}"])),
                    (
                        "Read",
                        allow(
                            &["sqs:ReceiveMessage", "sqs:GetQueueAttributes"],
                            &["%{Source.Arn}"],
                        ),
                    ),
                ],
            )
        },
        ("AWS::DynamoDB::Table", "AWS::Lambda::Function") => {
            let actions = [
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
            ];
            let read = allow(&actions, &["%{Source.Arn}/stream/*"]);
            Profile::new(Grant::DestinationRole, vec![("Read", read)])
        }
        ("AWS::SNS::Topic", "AWS::SQS::Queue") => queue("sns.amazonaws.com"),
        ("AWS::Events::Rule", "AWS::SQS::Queue") => queue("events.amazonaws.com"),
        ("AWS::Events::Rule", "AWS::SNS::Topic") => {
            let write = deliver("events.amazonaws.com", "sns:Publish");
            Profile::new(Grant::Topic, vec![("Write", write)])
        }
        _ => return None,
    };
    Some(profile)
}

/// What a function may do with another resource.
fn of_function(destination: &str) -> Option<Profile> {
    let arn = &["%{Destination.Arn}"][..];
    let categories = match destination {
        "AWS::DynamoDB::Table" => {
            let resources = ["%{Destination.Arn}", "%{Destination.Arn}/index/*"];
            vec![
                ("Read", allow(&TABLE_READ, &resources)),
                ("Write", allow(&TABLE_WRITE, &resources)),
            ]
        }
        "AWS::S3::Bucket" => {
            let resources = ["%{Destination.Arn}", "%{Destination.Arn}/*"];
            vec![
                ("Read", allow(&BUCKET_READ, &resources)),
                ("Write", allow(&BUCKET_WRITE, &resources)),
            ]
        }
        "AWS::SQS::Queue" => vec![
            (
                "Read",
                allow(&["sqs:ReceiveMessage", "sqs:GetQueueAttributes"], arn),
            ),
            ("Write", allow(&QUEUE_WRITE, arn)),
        ],
        "AWS::SNS::Topic" => vec![("Write", allow(&["sns:Publish"], arn))],
        "AWS::Lambda::Function" => {
            let actions = ["lambda:InvokeAsync", "lambda:InvokeFunction"];
            vec![("Write", allow(&actions, arn))]
        }
        "AWS::Events::EventBus" => vec![("Write", allow(&["events:PutEvents"], arn))],
        _ => return None,
    };
    Some(Profile::new(Grant::SourceRole, categories))
}

impl Profile {
    fn new(grant: Grant, categories: Vec<(&'static str, Json)>) -> Self {
        Self {
            grant,
            categories,
            together: None,
        }
    }
}

fn allow(actions: &[&str], resources: &[&str]) -> Json {
    json!([{ "Effect": "Allow", "Action": actions, "Resource": resources }])
}

/// A service may bring what the source sends.
fn deliver(principal: &str, action: &str) -> Json {
    json!([{
        "Effect": "Allow", "Principal": { "Service": principal },
        "Resource": "%{Destination.Arn}", "Action": action,
        "Condition": { "ArnEquals": { "aws:SourceArn": "%{Source.Arn}" } },
    }])
}

const API_ARN: &str = "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:%{Source.ResourceId}/%{Source.Qualifier}";

const TABLE_READ: [&str; 6] = [
    "dynamodb:GetItem",
    "dynamodb:Query",
    "dynamodb:Scan",
    "dynamodb:BatchGetItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:PartiQLSelect",
];
const TABLE_WRITE: [&str; 7] = [
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:BatchWriteItem",
    "dynamodb:PartiQLDelete",
    "dynamodb:PartiQLInsert",
    "dynamodb:PartiQLUpdate",
];
const BUCKET_READ: [&str; 13] = [
    "s3:GetObject",
    "s3:GetObjectAcl",
    "s3:GetObjectLegalHold",
    "s3:GetObjectRetention",
    "s3:GetObjectTorrent",
    "s3:GetObjectVersion",
    "s3:GetObjectVersionAcl",
    "s3:GetObjectVersionForReplication",
    "s3:GetObjectVersionTorrent",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
    "s3:ListMultipartUploadParts",
];
const BUCKET_WRITE: [&str; 7] = [
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutObject",
    "s3:PutObjectLegalHold",
    "s3:PutObjectRetention",
    "s3:RestoreObject",
];
const QUEUE_WRITE: [&str; 4] = [
    "sqs:DeleteMessage",
    "sqs:SendMessage",
    "sqs:ChangeMessageVisibility",
    "sqs:PurgeQueue",
];
