//! The AWS-managed policies: any can be attached and looked at, and those that the functions of
//! WebSocket applications are given have a meaning. Any other allows nothing.
//!
//! The statements follow
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>;
//! services that Landline does not have are left out.

use landline_api::iam as api;
use landline_wire::Timestamp;
use landline_wire::policy::PolicyDocument;
use serde_json::{Value as Json, json};

use super::percent_encoded;

/// What an AWS-managed policy allows on every resource.
#[derive(Debug, Clone, Copy)]
pub(super) struct ManagedPolicy {
    actions: &'static [&'static str],
    resource: &'static str,
}

/// The policy that an ARN names, if its text is known.
pub(super) fn managed_policy(arn: &str) -> Option<ManagedPolicy> {
    let name = arn.strip_prefix(ARN_PREFIX)?;
    let (_, policy) = POLICIES.iter().find(|(known, _)| *known == name)?;
    Some(*policy)
}

impl ManagedPolicy {
    pub(super) fn document(self) -> PolicyDocument {
        PolicyDocument::from_json(&self.text()).expect("the table holds actions and resources")
    }

    fn text(self) -> Json {
        json!({
            "Version": "2012-10-17",
            "Statement": [{ "Effect": "Allow", "Action": self.actions, "Resource": self.resource }],
        })
    }
}

/// An AWS-managed policy as `GetPolicy` answers it, whether its text is known or not: a role may
/// have any of them.
pub(super) fn describe(arn: &str) -> Option<api::Policy> {
    let (path, name) = split(arn)?;
    Some(api::Policy {
        policy_name: Some(name.to_owned()),
        arn: Some(arn.to_owned()),
        path: Some(format!("/{path}")),
        default_version_id: Some(VERSION.to_owned()),
        attachment_count: Some(0),
        permissions_boundary_usage_count: Some(0),
        is_attachable: Some(true),
        create_date: Some(MADE),
        update_date: Some(MADE),
        ..api::Policy::default()
    })
}

/// The one version that an AWS-managed policy has here.
pub(super) fn describe_version(arn: &str) -> Option<api::PolicyVersion> {
    split(arn)?;
    let nothing = || json!({ "Version": "2012-10-17", "Statement": [] });
    let text = managed_policy(arn).map_or_else(nothing, ManagedPolicy::text);
    Some(api::PolicyVersion {
        document: Some(percent_encoded(&text.to_string())),
        version_id: Some(VERSION.to_owned()),
        is_default_version: Some(true),
        create_date: Some(MADE),
    })
}

/// `service-role/` and the name behind it.
fn split(arn: &str) -> Option<(&str, &str)> {
    let rest = arn.strip_prefix(ARN_PREFIX)?;
    let at = rest.rfind('/').map_or(0, |slash| slash + 1);
    let (path, name) = rest.split_at(at);
    (!name.is_empty()).then_some((path, name))
}

const ARN_PREFIX: &str = "arn:aws:iam::aws:policy/";
const VERSION: &str = "v1";
/// When the first AWS-managed policies were made: 2015-02-06.
const MADE: Timestamp = Timestamp::from_millis(1_423_180_800_000);

const fn policy(actions: &'static [&'static str], resource: &'static str) -> ManagedPolicy {
    ManagedPolicy { actions, resource }
}

const EXECUTE_API: &str = "arn:aws:execute-api:*:*:*";
const WRITES_LOGS: [&str; 3] = [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
];

const WRITES_TRACES: [&str; 5] = [
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
    "xray:GetSamplingRules",
    "xray:GetSamplingTargets",
    "xray:GetSamplingStatisticSummaries",
];

const POLICIES: &[(&str, ManagedPolicy)] = &[
    ("AdministratorAccess", policy(&["*"], "*")),
    ("AWSXRayDaemonWriteAccess", policy(&WRITES_TRACES, "*")),
    ("AWSXrayWriteOnlyAccess", policy(&WRITES_TRACES, "*")),
    ("AmazonS3FullAccess", policy(&["s3:*"], "*")),
    (
        "AmazonS3ReadOnlyAccess",
        policy(&["s3:Get*", "s3:List*", "s3:Describe*"], "*"),
    ),
    ("AmazonSQSFullAccess", policy(&["sqs:*"], "*")),
    (
        "AmazonSQSReadOnlyAccess",
        policy(
            &[
                "sqs:GetQueueAttributes",
                "sqs:GetQueueUrl",
                "sqs:ListDeadLetterSourceQueues",
                "sqs:ListQueues",
            ],
            "*",
        ),
    ),
    ("AmazonSSMFullAccess", policy(&["ssm:*"], "*")),
    (
        "AmazonSSMReadOnlyAccess",
        policy(&["ssm:Describe*", "ssm:Get*", "ssm:List*"], "*"),
    ),
    (
        "AmazonAPIGatewayInvokeFullAccess",
        policy(
            &["execute-api:Invoke", "execute-api:ManageConnections"],
            EXECUTE_API,
        ),
    ),
    (
        "AmazonAPIGatewayAdministrator",
        policy(&["apigateway:*"], "arn:aws:apigateway:*::/*"),
    ),
    ("AmazonDynamoDBFullAccess", policy(&["dynamodb:*"], "*")),
    ("AmazonDynamoDBFullAccess_v2", policy(&["dynamodb:*"], "*")),
    (
        "AmazonDynamoDBReadOnlyAccess",
        policy(
            &[
                "dynamodb:BatchGetItem",
                "dynamodb:Describe*",
                "dynamodb:GetItem",
                "dynamodb:List*",
                "dynamodb:Query",
                "dynamodb:Scan",
            ],
            "*",
        ),
    ),
    ("AWSLambda_FullAccess", policy(&["lambda:*", "logs:*"], "*")),
    ("CloudWatchLogsFullAccess", policy(&["logs:*"], "*")),
    (
        "service-role/AWSLambdaBasicExecutionRole",
        policy(&WRITES_LOGS, "*"),
    ),
    (
        "service-role/AWSLambdaRole",
        policy(&["lambda:InvokeFunction"], "*"),
    ),
    (
        "service-role/AmazonAPIGatewayPushToCloudWatchLogs",
        policy(
            &[
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:DescribeLogGroups",
                "logs:DescribeLogStreams",
                "logs:PutLogEvents",
                "logs:GetLogEvents",
                "logs:FilterLogEvents",
            ],
            "*",
        ),
    ),
    (
        "service-role/AWSLambdaDynamoDBExecutionRole",
        policy(
            &[
                "dynamodb:DescribeStream",
                "dynamodb:GetRecords",
                "dynamodb:GetShardIterator",
                "dynamodb:ListStreams",
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:PutLogEvents",
            ],
            "*",
        ),
    ),
    (
        "service-role/AWSLambdaSQSQueueExecutionRole",
        policy(
            &[
                "sqs:ReceiveMessage",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "logs:CreateLogGroup",
                "logs:CreateLogStream",
                "logs:PutLogEvents",
            ],
            "*",
        ),
    ),
    (
        "service-role/AWSLambdaVPCAccessExecutionRole",
        policy(&WRITES_LOGS, "*"),
    ),
];
