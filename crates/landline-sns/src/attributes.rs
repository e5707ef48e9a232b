//! What topics and subscriptions may be told, and what follows from it. Pure.
//!
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html>
//! <https://docs.aws.amazon.com/sns/latest/api/API_SetSubscriptionAttributes.html>

use std::collections::BTreeMap;

use landline_wire::{Arn, ServiceError};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::errors::{invalid, invalid_because};
use crate::filter::{Filter, Scope};
use crate::quotas::NAME_MAX;
use crate::topic::TopicRecord;

/// How a subscriber is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Protocol {
    Lambda,
    Sqs,
    Http,
    Https,
    Email,
    EmailJson,
    Sms,
    Application,
    Firehose,
}

impl Protocol {
    pub(crate) fn parse(text: &str) -> Result<Self, ServiceError> {
        match text {
            "lambda" => Ok(Self::Lambda),
            "sqs" => Ok(Self::Sqs),
            "http" => Ok(Self::Http),
            "https" => Ok(Self::Https),
            "email" => Ok(Self::Email),
            "email-json" => Ok(Self::EmailJson),
            "sms" => Ok(Self::Sms),
            "application" => Ok(Self::Application),
            "firehose" => Ok(Self::Firehose),
            other => Err(invalid(format!(
                "Amazon SNS does not support this protocol string: {other}"
            ))),
        }
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Lambda => "lambda",
            Self::Sqs => "sqs",
            Self::Http => "http",
            Self::Https => "https",
            Self::Email => "email",
            Self::EmailJson => "email-json",
            Self::Sms => "sms",
            Self::Application => "application",
            Self::Firehose => "firehose",
        }
    }

    /// Whether messages go out by it.
    pub(crate) fn is_delivered(self) -> bool {
        matches!(self, Self::Lambda | Self::Sqs | Self::Http | Self::Https)
    }

    pub(crate) fn is_web(self) -> bool {
        matches!(self, Self::Http | Self::Https)
    }

    /// Whether the subscriber has to say that it wants to be told.
    pub(crate) fn is_confirmed_by_subscriber(self) -> bool {
        self.is_web() || matches!(self, Self::Email | Self::EmailJson)
    }

    /// Refuses an endpoint that the protocol cannot reach.
    pub(crate) fn check_endpoint(self, endpoint: &str) -> Result<(), ServiceError> {
        let is_of = |service: &str| Arn::parse(endpoint).is_some_and(|arn| arn.service == service);
        let (is_fine, what) = match self {
            Self::Lambda => (is_of("lambda"), "Lambda endpoint ARN"),
            Self::Sqs => (is_of("sqs"), "SQS endpoint ARN"),
            Self::Firehose => (is_of("firehose"), "Firehose endpoint ARN"),
            Self::Application => (is_of("sns"), "Application endpoint ARN"),
            Self::Http => (
                endpoint.starts_with("http://"),
                "Endpoint must match the specified protocol",
            ),
            Self::Https => (
                endpoint.starts_with("https://"),
                "Endpoint must match the specified protocol",
            ),
            Self::Email | Self::EmailJson => (endpoint.contains('@'), "Email address"),
            Self::Sms => (
                endpoint.bytes().filter(u8::is_ascii_digit).count() >= 4,
                "Invalid SMS endpoint: {endpoint}",
            ),
        };
        is_fine.then_some(()).ok_or_else(|| invalid(what))
    }
}

/// Where messages go that a subscriber did not take: `RedrivePolicy`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeadLetters {
    pub(crate) queue_arn: String,
}

impl DeadLetters {
    pub(crate) fn parse(text: &str) -> Result<Self, ServiceError> {
        let policy: Value = serde_json::from_str(text)
            .map_err(|_| invalid("RedrivePolicy: failed to parse JSON."))?;
        let arn = policy.get("deadLetterTargetArn").and_then(Value::as_str);
        let is_queue = |arn: &&str| Arn::parse(arn).is_some_and(|arn| arn.service == "sqs");
        let arn = arn
            .filter(is_queue)
            .ok_or_else(|| invalid("RedrivePolicy: deadLetterTargetArn is an invalid arn"))?;
        Ok(Self {
            queue_arn: arn.to_owned(),
        })
    }
}

/// Refuses what no topic may be called.
pub(crate) fn check_name(name: &str, is_fifo: bool) -> Result<(), ServiceError> {
    let plain = name.strip_suffix(".fifo").filter(|_| is_fifo);
    let plain = if is_fifo {
        plain.unwrap_or_default()
    } else {
        name
    };
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if !plain.is_empty() && plain.chars().all(is_allowed) && name.len() <= NAME_MAX {
        return Ok(());
    }
    Err(if is_fifo && name.strip_suffix(".fifo").is_some() {
        invalid(
            "Fifo Topic names must end with .fifo and must be made up of only uppercase and lowercase ASCII letters, numbers, underscores, and hyphens, and must be between 1 and 256 characters long.",
        )
    } else {
        invalid("Topic Name")
    })
}

/// Refuses an attribute that a topic may not be given.
pub(crate) fn check_of_topic(name: &str, value: &str, is_fifo: bool) -> Result<(), ServiceError> {
    let is_fine = match name {
        "DisplayName" => value.chars().count() <= 100,
        "Policy" => is_policy(value),
        "DeliveryPolicy" | "DataProtectionPolicy" | "ArchivePolicy" => {
            value.is_empty() || serde_json::from_str::<Value>(value).is_ok()
        }
        "KmsMasterKeyId" => true,
        "SignatureVersion" => matches!(value, "1" | "2"),
        "TracingConfig" => matches!(value, "PassThrough" | "Active"),
        "FifoTopic" => value == if is_fifo { "true" } else { "false" },
        "ContentBasedDeduplication" => is_fifo && matches!(value, "true" | "false"),
        "FifoThroughputScope" => is_fifo && matches!(value, "Topic" | "MessageGroup"),
        // Success and failure feedback of each protocol: kept.
        _ if is_feedback(name) => true,
        _ => return Err(invalid("AttributeName")),
    };
    is_fine
        .then_some(())
        .ok_or_else(|| invalid_because("Attributes", format_args!("Invalid value for {name}")))
}

fn is_policy(text: &str) -> bool {
    let policy: Value = serde_json::from_str(text).unwrap_or_default();
    text.is_empty() || policy.get("Statement").is_some()
}

fn is_feedback(name: &str) -> bool {
    let protocols = ["HTTP", "Firehose", "Lambda", "Application", "SQS"];
    let ends = [
        "SuccessFeedbackRoleArn",
        "SuccessFeedbackSampleRate",
        "FailureFeedbackRoleArn",
    ];
    let rest = protocols.iter().find_map(|it| name.strip_prefix(it));
    rest.is_some_and(|rest| ends.contains(&rest))
}

/// Writes truth as SNS tells it: it takes `True` for `true`.
pub(crate) fn normalize(attributes: &mut BTreeMap<String, String>) {
    if let Some(value) = attributes.get_mut("RawMessageDelivery") {
        let lower = value.to_ascii_lowercase();
        if matches!(lower.as_str(), "true" | "false") {
            *value = lower;
        }
    }
}

/// [`check_of_subscription`] for `Subscribe`, which says that it was the attributes.
pub(crate) fn check_given(attributes: &BTreeMap<String, String>) -> Result<(), ServiceError> {
    check_of_subscription(attributes).map_err(|mut error| {
        let named = ["FilterPolicy", "RawMessageDelivery"];
        let what = error.message.strip_prefix("Invalid parameter: ");
        if let Some(what) = what.filter(|it| named.iter().any(|name| it.starts_with(name))) {
            error = invalid_because("Attributes", what);
        }
        error
    })
}

/// Refuses attributes that a subscription may not be given; all of them together, since one says how another is read.
pub(crate) fn check_of_subscription(
    attributes: &BTreeMap<String, String>,
) -> Result<(), ServiceError> {
    let scope = attributes.get("FilterPolicyScope").map(String::as_str);
    let scope = Scope::parse(scope)?;
    for (name, value) in attributes {
        match name.as_str() {
            "RawMessageDelivery" if !matches!(value.as_str(), "true" | "false") => {
                return Err(invalid(format_args!(
                    "RawMessageDelivery: Invalid value [{value}]. Must be true or false."
                )));
            }
            "FilterPolicy" if !value.is_empty() => {
                Filter::parse(value, scope)?;
            }
            "RedrivePolicy" if !value.is_empty() => {
                DeadLetters::parse(value)?;
            }
            "DeliveryPolicy" if !value.is_empty() => {
                let policy = serde_json::from_str::<Value>(value);
                policy.map_err(|_| invalid("DeliveryPolicy: failed to parse JSON."))?;
            }
            "RawMessageDelivery"
            | "FilterPolicy"
            | "FilterPolicyScope"
            | "RedrivePolicy"
            | "DeliveryPolicy"
            | "SubscriptionRoleArn"
            | "ReplayPolicy" => {}
            _ => return Err(invalid("AttributeName")),
        }
    }
    Ok(())
}

/// The policy of a topic that was given none: its owner may everything.
pub(crate) fn default_policy(record: &TopicRecord) -> Value {
    json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [{
            "Effect": "Allow",
            "Sid": "__default_statement_ID",
            "Principal": { "AWS": "*" },
            "Action": [
                "SNS:GetTopicAttributes",
                "SNS:SetTopicAttributes",
                "SNS:AddPermission",
                "SNS:RemovePermission",
                "SNS:DeleteTopic",
                "SNS:Subscribe",
                "SNS:ListSubscriptionsByTopic",
                "SNS:Publish",
            ],
            "Resource": record.arn,
            "Condition": { "StringEquals": { "AWS:SourceOwner": record.owner } },
        }],
    })
}

/// How messages are tried when nobody says otherwise, as AWS tells it.
pub(crate) fn default_delivery_policy() -> Value {
    json!({ "http": {
        "defaultHealthyRetryPolicy": {
            "minDelayTarget": 20,
            "maxDelayTarget": 20,
            "numRetries": 3,
            "numMaxDelayRetries": 0,
            "numNoDelayRetries": 0,
            "numMinDelayRetries": 0,
            "backoffFunction": "linear",
        },
        "disableSubscriptionOverrides": false,
        "defaultRequestPolicy": { "headerContentType": "text/plain; charset=UTF-8" },
    } })
}
