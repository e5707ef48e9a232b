//! SAM's policy templates: what each allows, on which resources, by which parameters.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/serverless-policy-template-list.html>

use serde_json::json;

use super::super::error::TemplateError;
use super::super::node::Node;

/// A policy template.
struct PolicyTemplate {
    name: &'static str,
    parameters: &'static [&'static str],
    statements: &'static [Statement],
}

/// Actions of one service, by their names without the service's, on resources of that service by
/// what follows the account in their ARNs.
struct Statement {
    service: &'static str,
    actions: &'static str,
    resources: &'static [&'static str],
}

/// The policy document of a template; nothing if no template can have that name.
pub(super) fn document(
    name: &str,
    parameters: &Node,
    line: u32,
) -> Result<Option<Node>, TemplateError> {
    let Some(template) = TEMPLATES.iter().find(|template| template.name == name) else {
        return if name.ends_with("Policy") {
            let message = format!(
                "Policy template '{name}' is not supported by Landline yet; write its statements instead."
            );
            Err(TemplateError::at(line, message))
        } else {
            Ok(None)
        };
    };
    for parameter in template.parameters {
        if parameters.get(parameter).is_none() {
            let message = format!(
                "Must specify valid parameter values for policy template '{name}': {parameter} is missing"
            );
            return Err(TemplateError::at(line, message));
        }
    }
    let statements = template.statements.iter();
    let statements = statements.map(|statement| statement.node(template, parameters, line));
    Ok(Some(
        Node::object(line).with("Statement", Node::list(line, statements.collect())),
    ))
}

impl Statement {
    fn node(&self, template: &PolicyTemplate, parameters: &Node, line: u32) -> Node {
        let actions = self.actions.split(' ');
        let actions: Vec<_> = actions
            .map(|action| format!("{}:{action}", self.service))
            .collect();
        let resources = self.resources.iter();
        let resources: Vec<Node> = resources
            .map(|rest| match *rest {
                "*" => Node::string(line, "*"),
                rest => sub(&self.arn(rest), template, parameters, line),
            })
            .collect();
        let resource = match <[Node; 1]>::try_from(resources) {
            Ok([only]) => only,
            Err(several) => Node::list(line, several),
        };
        Node::object(line)
            .with("Action", Node::from_json(line, &json!(actions)))
            .with("Effect", Node::string(line, "Allow"))
            .with("Resource", resource)
    }

    /// The pattern of an ARN. What begins with a parameter and nothing else is one already.
    fn arn(&self, rest: &str) -> String {
        match (self.service, rest) {
            (_, "${secretArn}") => rest.to_owned(),
            ("s3", _) => format!("arn:${{AWS::Partition}}:s3:::{rest}"),
            (service, _) => format!(
                "arn:${{AWS::Partition}}:{service}:${{AWS::Region}}:${{AWS::AccountId}}:{rest}"
            ),
        }
    }
}

/// The text with the parameters that it names.
fn sub(text: &str, template: &PolicyTemplate, parameters: &Node, line: u32) -> Node {
    let mut variables = Node::object(line);
    for parameter in template.parameters {
        let variable = variable(parameter);
        if let Some(value) = parameters.get(parameter)
            && text.contains(&format!("${{{variable}}}"))
        {
            variables = variables.with(&variable, value.clone());
        }
    }
    let pair = vec![Node::string(line, text), variables];
    Node::object(line).with("Fn::Sub", Node::list(line, pair))
}

/// `tableName` of `TableName`.
fn variable(parameter: &str) -> String {
    let mut letters = parameter.chars();
    let first = letters.next().map(|first| first.to_ascii_lowercase());
    first.into_iter().chain(letters).collect()
}

/// A template with one statement.
macro_rules! template {
    ($name:literal $([$parameter:literal])?, $($service:literal, $actions:literal, $resources:expr);+) => {
        PolicyTemplate {
            name: $name,
            parameters: &[$($parameter)?],
            statements: &[$(Statement { service: $service, actions: $actions, resources: &$resources }),+],
        }
    };
}

const ANY: [&str; 1] = ["*"];
const TABLE: [&str; 2] = ["table/${tableName}", "table/${tableName}/index/*"];
const BUCKET: [&str; 2] = ["${bucketName}", "${bucketName}/*"];
const KEY: [&str; 1] = ["key/${keyId}"];
const STREAM: [&str; 1] = ["stream/${streamName}"];
const DELIVERY: [&str; 1] = ["deliverystream/${deliveryStreamName}"];
const IDENTITY: [&str; 1] = ["identity/${identityName}"];
const MACHINE: [&str; 1] = ["stateMachine:${stateMachineName}"];
const QUEUE: [&str; 1] = ["${queueName}"];

#[rustfmt::skip]
const TEMPLATES: &[PolicyTemplate] = &[
    template!("AWSSecretsManagerGetSecretValuePolicy" ["SecretArn"], "secretsmanager", "GetSecretValue", ["${secretArn}"]),
    template!("CloudFormationDescribeStacksPolicy", "cloudformation", "DescribeStacks", ["stack/*"]),
    template!("CloudWatchPutMetricPolicy", "cloudwatch", "PutMetricData", ANY),
    template!("ComprehendBasicAccessPolicy", "comprehend", "BatchDetectKeyPhrases DetectDominantLanguage DetectEntities BatchDetectEntities DetectKeyPhrases DetectSentiment BatchDetectDominantLanguage BatchDetectSentiment", ANY),
    template!("DynamoDBCrudPolicy" ["TableName"], "dynamodb", "GetItem DeleteItem PutItem Scan Query UpdateItem BatchWriteItem BatchGetItem DescribeTable ConditionCheckItem", TABLE),
    template!("DynamoDBReadPolicy" ["TableName"], "dynamodb", "GetItem Scan Query BatchGetItem DescribeTable", TABLE),
    template!("DynamoDBReconfigurePolicy" ["TableName"], "dynamodb", "UpdateTable", ["table/${tableName}"]),
    PolicyTemplate {
        name: "DynamoDBStreamReadPolicy",
        parameters: &["TableName", "StreamName"],
        statements: &[
            Statement { service: "dynamodb", actions: "DescribeStream GetRecords GetShardIterator", resources: &["table/${tableName}/stream/${streamName}"] },
            Statement { service: "dynamodb", actions: "ListStreams", resources: &["table/${tableName}/stream/*"] },
        ],
    },
    template!("DynamoDBWritePolicy" ["TableName"], "dynamodb", "PutItem UpdateItem BatchWriteItem", TABLE),
    template!("EventBridgePutEventsPolicy" ["EventBusName"], "events", "PutEvents", ["event-bus/${eventBusName}"]),
    template!("FilterLogEventsPolicy" ["LogGroupName"], "logs", "FilterLogEvents", ["log-group:${logGroupName}:log-stream:*"]),
    template!("FirehoseCrudPolicy" ["DeliveryStreamName"], "firehose", "CreateDeliveryStream DeleteDeliveryStream DescribeDeliveryStream PutRecord PutRecordBatch UpdateDestination", DELIVERY),
    template!("FirehoseWritePolicy" ["DeliveryStreamName"], "firehose", "PutRecord PutRecordBatch", DELIVERY),
    template!("KMSDecryptPolicy" ["KeyId"], "kms", "Decrypt", KEY),
    template!("KMSEncryptPolicy" ["KeyId"], "kms", "Encrypt", KEY),
    template!("KMSEncryptPolicy_v2" ["KeyId"], "kms", "Encrypt GenerateDataKey GenerateDataKeyWithoutPlaintext GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext", KEY),
    template!("KinesisCrudPolicy" ["StreamName"], "kinesis", "AddTagsToStream CreateStream DecreaseStreamRetentionPeriod DeleteStream DescribeStream DescribeStreamSummary GetShardIterator IncreaseStreamRetentionPeriod ListTagsForStream MergeShards PutRecord PutRecords SplitShard RemoveTagsFromStream", STREAM),
    template!("KinesisStreamReadPolicy" ["StreamName"], "kinesis", "ListStreams DescribeLimits", ["stream/*"]; "kinesis", "DescribeStream DescribeStreamSummary GetRecords GetShardIterator", STREAM),
    template!("LambdaInvokePolicy" ["FunctionName"], "lambda", "InvokeFunction", ["function:${functionName}*"]),
    template!("RekognitionDetectOnlyPolicy", "rekognition", "DetectFaces DetectLabels DetectModerationLabels DetectText", ANY),
    template!("S3CrudPolicy" ["BucketName"], "s3", "GetObject ListBucket GetBucketLocation GetObjectVersion PutObject PutObjectAcl GetLifecycleConfiguration PutLifecycleConfiguration DeleteObject", BUCKET),
    template!("S3FullAccessPolicy" ["BucketName"], "s3", "GetObject GetObjectAcl GetObjectVersion PutObject PutObjectAcl DeleteObject DeleteObjectTagging DeleteObjectVersionTagging GetObjectTagging GetObjectVersionTagging PutObjectTagging PutObjectVersionTagging", ["${bucketName}/*"]; "s3", "ListBucket GetBucketLocation GetLifecycleConfiguration PutLifecycleConfiguration", ["${bucketName}"]),
    template!("S3ReadPolicy" ["BucketName"], "s3", "GetObject ListBucket GetBucketLocation GetObjectVersion GetLifecycleConfiguration", BUCKET),
    template!("S3WritePolicy" ["BucketName"], "s3", "PutObject PutObjectAcl PutLifecycleConfiguration", BUCKET),
    template!("SESCrudPolicy" ["IdentityName"], "ses", "GetIdentityVerificationAttributes SendEmail SendRawEmail VerifyEmailIdentity", IDENTITY),
    template!("SESSendBouncePolicy" ["IdentityName"], "ses", "SendBounce", IDENTITY),
    template!("SNSCrudPolicy" ["TopicName"], "sns", "ListSubscriptionsByTopic CreateTopic SetTopicAttributes Subscribe Publish", ["${topicName}*"]),
    template!("SNSPublishMessagePolicy" ["TopicName"], "sns", "Publish", ["${topicName}"]),
    template!("SQSPollerPolicy" ["QueueName"], "sqs", "ChangeMessageVisibility ChangeMessageVisibilityBatch DeleteMessage DeleteMessageBatch GetQueueAttributes ReceiveMessage", QUEUE),
    template!("SQSSendMessagePolicy" ["QueueName"], "sqs", "SendMessage*", QUEUE),
    template!("SSMParameterReadPolicy" ["ParameterName"], "ssm", "DescribeParameters", ANY; "ssm", "GetParameters GetParameter GetParametersByPath", ["parameter/${parameterName}"]),
    template!("SSMParameterWithSlashPrefixReadPolicy" ["ParameterName"], "ssm", "DescribeParameters", ANY; "ssm", "GetParameters GetParameter GetParametersByPath", ["parameter${parameterName}"]),
    template!("StepFunctionsCallbackPolicy" ["StateMachineName"], "states", "SendTaskFailure SendTaskHeartbeat SendTaskSuccess", MACHINE),
    template!("StepFunctionsExecutionPolicy" ["StateMachineName"], "states", "StartExecution", MACHINE),
    template!("StepFunctionsExecutionPolicy_v2" ["StateMachineName"], "states", "StartExecution StartSyncExecution", MACHINE),
    template!("TextractDetectAnalyzePolicy", "textract", "DetectDocumentText StartDocumentTextDetection StartDocumentAnalysis AnalyzeDocument", ANY),
    template!("TextractGetResultPolicy", "textract", "GetDocumentTextDetection GetDocumentAnalysis", ANY),
    template!("TextractPolicy", "textract", "*", ANY),
    template!("VPCAccessPolicy", "ec2", "CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DetachNetworkInterface", ANY),
];

#[cfg(test)]
mod tests;
