//! The AWS-managed policies whose meaning Landline knows: those that the functions of
//! WebSocket applications are given. Any other allows nothing.
//!
//! The statements follow
//! <https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html>;
//! services that Landline does not have are left out.

use landline_wire::policy::PolicyDocument;
use serde_json::json;

/// What an AWS-managed policy allows on every resource.
#[derive(Debug, Clone, Copy)]
pub(super) struct ManagedPolicy {
    actions: &'static [&'static str],
    resource: &'static str,
}

/// The policy that an ARN names, if its text is known.
pub(super) fn managed_policy(arn: &str) -> Option<ManagedPolicy> {
    let name = arn.strip_prefix("arn:aws:iam::aws:policy/")?;
    let (_, policy) = POLICIES.iter().find(|(known, _)| *known == name)?;
    Some(*policy)
}

impl ManagedPolicy {
    pub(super) fn document(self) -> PolicyDocument {
        let document = json!({
            "Version": "2012-10-17",
            "Statement": { "Effect": "Allow", "Action": self.actions, "Resource": self.resource },
        });
        PolicyDocument::from_json(&document).expect("the table holds actions and resources")
    }
}

const fn policy(actions: &'static [&'static str], resource: &'static str) -> ManagedPolicy {
    ManagedPolicy { actions, resource }
}

const EXECUTE_API: &str = "arn:aws:execute-api:*:*:*";
const WRITES_LOGS: [&str; 3] = [
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:PutLogEvents",
];

const POLICIES: &[(&str, ManagedPolicy)] = &[
    ("AdministratorAccess", policy(&["*"], "*")),
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
        "service-role/AWSLambdaVPCAccessExecutionRole",
        policy(&WRITES_LOGS, "*"),
    ),
];
