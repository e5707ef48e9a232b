//! The attributes of a queue: what it may be told, and what follows from it. Pure.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html>

use std::collections::BTreeMap;

use landline_api::sqs::errors;
use landline_wire::ServiceError;
use serde_json::Value;

use crate::errors::{invalid, invalid_value};
use crate::quotas::NAME_MAX;

/// What follows from a queue's attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Settings {
    pub(crate) is_fifo: bool,
    pub(crate) visibility_seconds: i64,
    pub(crate) delay_seconds: i64,
    pub(crate) retention_seconds: i64,
    pub(crate) wait_seconds: i64,
    pub(crate) message_bytes_max: usize,
    /// Whether a FIFO queue takes the digest of a body for its deduplication id.
    pub(crate) deduplicates_by_content: bool,
    /// Whether deduplication ids count within their groups only.
    pub(crate) deduplicates_by_group: bool,
    pub(crate) redrive: Option<Redrive>,
}

/// Where messages go that were received too often.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Redrive {
    /// The queue's name.
    pub(crate) target: String,
    pub(crate) max_receives: u32,
}

impl Settings {
    /// Reads attributes that were checked when they were set.
    pub(crate) fn of(name: &str, attributes: &BTreeMap<String, String>) -> Self {
        let number = |attribute: &Numeric| {
            let set = attributes.get(attribute.name);
            set.and_then(|text| text.parse().ok())
                .unwrap_or(attribute.default)
        };
        let is = |name: &str, value: &str| attributes.get(name).is_some_and(|it| it == value);
        let redrive = attributes.get("RedrivePolicy");
        Self {
            is_fifo: is_fifo_name(name),
            visibility_seconds: number(&VISIBILITY),
            delay_seconds: number(&DELAY),
            retention_seconds: number(&RETENTION),
            wait_seconds: number(&WAIT),
            message_bytes_max: usize::try_from(number(&MESSAGE_SIZE)).unwrap_or(usize::MAX),
            deduplicates_by_content: is("ContentBasedDeduplication", "true"),
            deduplicates_by_group: is("DeduplicationScope", "messageGroup"),
            redrive: redrive.and_then(|text| Redrive::parse(text).ok()),
        }
    }
}

impl Redrive {
    /// Reads a `RedrivePolicy`.
    pub(crate) fn parse(text: &str) -> Result<Self, ServiceError> {
        let refused = |reason: &str| invalid_value(text, "RedrivePolicy", reason);
        let policy: Value = serde_json::from_str(text).unwrap_or_default();
        let Some(policy) = policy.as_object() else {
            return Err(refused("Redrive policy is not a valid JSON map."));
        };
        let lacks = |name: &str| {
            refused(&format!(
                "Redrive policy does not contain mandatory attribute: {name}."
            ))
        };
        let arn = policy.get("deadLetterTargetArn").and_then(Value::as_str);
        let arn = arn.ok_or_else(|| lacks("deadLetterTargetArn"))?;
        let max = policy
            .get("maxReceiveCount")
            .ok_or_else(|| lacks("maxReceiveCount"))?;
        let number = match max {
            Value::String(text) => text.parse().ok(),
            other => other.as_u64(),
        };
        let Some(number) = number.filter(|number| (1..=1000).contains(number)) else {
            return Err(refused(&format!(
                "Invalid value for maxReceiveCount: {max}, valid values are from 1 to 1000 both inclusive."
            )));
        };
        let parts: Vec<&str> = arn.split(':').collect();
        match parts.as_slice() {
            ["arn", _, "sqs", _, _, name] => Ok(Self {
                target: (*name).to_owned(),
                max_receives: u32::try_from(number).unwrap_or(u32::MAX),
            }),
            _ => Err(refused("Invalid value for deadLetterTargetArn.")),
        }
    }
}

pub(crate) fn is_fifo_name(name: &str) -> bool {
    name.strip_suffix(".fifo").is_some()
}

/// Refuses what no queue may be called.
pub(crate) fn check_name(name: &str, is_fifo: bool) -> Result<(), ServiceError> {
    let plain = if is_fifo {
        name.strip_suffix(".fifo").unwrap_or_default()
    } else {
        name
    };
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
    if !plain.is_empty() && plain.chars().all(is_allowed) && name.len() <= NAME_MAX {
        return Ok(());
    }
    Err(invalid(if is_fifo {
        "The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length"
    } else {
        "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length"
    }))
}

/// Writes truth as SQS tells it: it takes `True` for `true`.
pub(crate) fn normalize(attributes: &mut BTreeMap<String, String>) {
    for name in [
        "ContentBasedDeduplication",
        "FifoQueue",
        "SqsManagedSseEnabled",
    ] {
        if let Some(value) = attributes.get_mut(name) {
            value.make_ascii_lowercase();
        }
    }
}

/// Refuses to make a FIFO queue of one that is none, or the reverse.
pub(crate) fn check_kept(
    attributes: &BTreeMap<String, String>,
    is_fifo: bool,
) -> Result<(), ServiceError> {
    match attributes.get("FifoQueue") {
        Some(value) if (value == "true") != is_fifo => Err(errors::InvalidAttributeValue.with(
            "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.",
        )),
        _ => Ok(()),
    }
}

/// Refuses attributes that a queue may not be given.
pub(crate) fn check(
    attributes: &BTreeMap<String, String>,
    is_fifo: bool,
) -> Result<(), ServiceError> {
    for (name, value) in attributes {
        check_one(name, value, is_fifo)?;
    }
    Ok(())
}

fn check_one(name: &str, value: &str, is_fifo: bool) -> Result<(), ServiceError> {
    if let Some(numeric) = NUMERIC.iter().find(|numeric| numeric.name == name) {
        let number = value.parse::<i64>().ok();
        let is_fine = number.is_some_and(|it| (numeric.least..=numeric.most).contains(&it));
        return is_fine.then_some(()).ok_or_else(|| invalid_attribute(name));
    }
    let allowed: &[&str] = match name {
        "RedrivePolicy" if value.is_empty() => return Ok(()),
        "RedrivePolicy" => return Redrive::parse(value).map(|_| ()),
        "Policy" | "RedriveAllowPolicy" => {
            let is_fine = value.is_empty() || serde_json::from_str::<Value>(value).is_ok();
            return is_fine.then_some(()).ok_or_else(|| invalid_attribute(name));
        }
        "KmsMasterKeyId" => return Ok(()),
        "SqsManagedSseEnabled" => &["true", "false"],
        "FifoQueue" | "ContentBasedDeduplication" if is_fifo => &["true", "false"],
        "DeduplicationScope" if is_fifo => &["messageGroup", "queue"],
        "FifoThroughputLimit" if is_fifo => &["perQueue", "perMessageGroupId"],
        "DeduplicationScope" | "FifoThroughputLimit" => {
            return Err(errors::InvalidAttributeName.with(format!(
                "You can specify the {name} only when FifoQueue is set to true."
            )));
        }
        // What only FIFO queues have, other queues do not know.
        _ => return Err(unknown(name)),
    };
    allowed
        .contains(&value)
        .then_some(())
        .ok_or_else(|| invalid_attribute(name))
}

fn invalid_attribute(name: &str) -> ServiceError {
    errors::InvalidAttributeValue.with(format!("Invalid value for the parameter {name}."))
}

pub(crate) fn unknown(name: &str) -> ServiceError {
    errors::InvalidAttributeName.with(format!("Unknown Attribute {name}."))
}

/// All attributes that can be set, with the values of those that were not.
pub(crate) fn with_defaults(
    attributes: &BTreeMap<String, String>,
    is_fifo: bool,
) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = NUMERIC
        .iter()
        .filter(|numeric| numeric.is_always_told)
        .map(|numeric| (numeric.name.to_owned(), numeric.default.to_string()))
        .collect();
    let mut default = |name: &str, value: &str| all.insert(name.to_owned(), value.to_owned());
    let has_key = attributes.contains_key("KmsMasterKeyId");
    default(
        "SqsManagedSseEnabled",
        if has_key { "false" } else { "true" },
    );
    if is_fifo {
        default("FifoQueue", "true");
        default("ContentBasedDeduplication", "false");
        default("DeduplicationScope", "queue");
        default("FifoThroughputLimit", "perQueue");
    }
    all.extend(attributes.clone());
    all
}

/// An attribute that is a number.
struct Numeric {
    name: &'static str,
    least: i64,
    most: i64,
    default: i64,
    is_always_told: bool,
}

const fn numeric(name: &'static str, least: i64, most: i64, default: i64) -> Numeric {
    Numeric {
        name,
        least,
        most,
        default,
        is_always_told: true,
    }
}

const VISIBILITY: Numeric = numeric("VisibilityTimeout", 0, 43_200, 30);
const DELAY: Numeric = numeric("DelaySeconds", 0, 900, 0);
const RETENTION: Numeric = numeric("MessageRetentionPeriod", 60, 1_209_600, 345_600);
const WAIT: Numeric = numeric("ReceiveMessageWaitTimeSeconds", 0, 20, 0);
const MESSAGE_SIZE: Numeric = numeric("MaximumMessageSize", 1024, 1_048_576, 1_048_576);
const KEY_REUSE: Numeric = Numeric {
    is_always_told: false,
    ..numeric("KmsDataKeyReusePeriodSeconds", 60, 86_400, 300)
};

const NUMERIC: [Numeric; 6] = [VISIBILITY, DELAY, RETENTION, WAIT, MESSAGE_SIZE, KEY_REUSE];
