//! The policy of a form: until when it holds, and what it asks of every field.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use std::ops::RangeInclusive;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_wire::{ServiceError, Timestamp};
use serde_json::Value;

use super::fields::Fields;
use crate::quotas::PUT_BYTES_MAX;

/// A policy, read.
#[derive(Debug)]
pub(super) struct Policy {
    expires_at: Timestamp,
    conditions: Vec<Condition>,
}

#[derive(Debug)]
enum Condition {
    /// Of one field, or of the bucket.
    Field {
        matching: Matching,
        /// As the policy writes it, without `$`.
        name: String,
        wanted: String,
    },
    /// `content-length-range`.
    Length(RangeInclusive<u64>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Matching {
    Equal,
    StartsWith,
}

/// What no policy has to name.
const EXEMPT: [&str; 5] = [
    "policy",
    "file",
    "signature",
    "x-amz-signature",
    "awsaccesskeyid",
];

impl Policy {
    /// Reads a policy as a form has it, in base64.
    pub(super) fn read(encoded: &str) -> Result<Self, ServiceError> {
        // Forms wrap long lines.
        let encoded: String = encoded.split_ascii_whitespace().collect();
        let bytes = STANDARD.decode(encoded);
        let bytes = bytes.map_err(|_| invalid("Invalid Base64 encoding."))?;
        let document: Value =
            serde_json::from_slice(&bytes).map_err(|_| invalid("Invalid JSON."))?;
        let expiration = document
            .get("expiration")
            .ok_or_else(|| invalid("Policy missing expiration."))?;
        let text = expiration.as_str().unwrap_or_default();
        let expires_at = Timestamp::parse(text)
            .ok_or_else(|| invalid(&format!("Invalid 'expiration' value: '{text}'")))?;
        let conditions = document
            .get("conditions")
            .and_then(Value::as_array)
            .ok_or_else(|| invalid("Policy missing conditions."))?;
        let mut read = Vec::new();
        for condition in conditions {
            read.push(Condition::read(condition)?);
        }
        Ok(Self {
            expires_at,
            conditions: read,
        })
    }

    /// Refuses a form that is too late, that lacks what a condition asks for, or that has
    /// a field without a condition. Gives the sizes that the file may have.
    pub(super) fn check(
        &self,
        fields: &Fields,
        bucket: &str,
        now: Timestamp,
    ) -> Result<RangeInclusive<u64>, ServiceError> {
        if now > self.expires_at {
            return Err(denied("Policy expired."));
        }
        let (mut min, mut max) = (0, PUT_BYTES_MAX);
        let mut covered = Vec::new();
        for condition in &self.conditions {
            match condition {
                Condition::Length(range) => {
                    min = min.max(*range.start());
                    max = max.min(*range.end());
                }
                Condition::Field {
                    matching,
                    name,
                    wanted,
                } => {
                    let lower = name.to_ascii_lowercase();
                    let value = match lower.as_str() {
                        "bucket" => Some(bucket),
                        lower => fields.get(lower),
                    };
                    if !value.is_some_and(|value| matching.holds(&lower, value, wanted)) {
                        return Err(denied(&format!("Policy Condition failed: {condition}")));
                    }
                    covered.push(lower);
                }
            }
        }
        let extra: Vec<&str> = fields
            .names()
            .filter(|name| !EXEMPT.contains(name) && !name.starts_with("x-ignore-"))
            .filter(|name| !covered.iter().any(|it| it == name))
            .collect();
        if extra.is_empty() {
            return Ok(min..=max);
        }
        Err(denied(&format!("Extra input fields: {}", extra.join(", "))))
    }
}

impl Condition {
    fn read(value: &Value) -> Result<Self, ServiceError> {
        match value {
            Value::Object(pairs) => {
                let mut pairs = pairs.iter();
                let (Some((name, wanted)), None) = (pairs.next(), pairs.next()) else {
                    let text = "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.";
                    return Err(invalid(text));
                };
                let Some(wanted) = wanted.as_str() else {
                    let text = "Invalid Simple-Condition: value must be a string.";
                    return Err(invalid(text));
                };
                Ok(Self::Field {
                    matching: Matching::Equal,
                    name: name.clone(),
                    wanted: wanted.to_owned(),
                })
            }
            Value::Array(parts) => Self::read_list(parts),
            _ => Err(invalid("Invalid Condition: must be a list or an object.")),
        }
    }

    fn read_list(parts: &[Value]) -> Result<Self, ServiceError> {
        let [operation, first, second] = parts else {
            return Err(invalid("Invalid Condition: wrong number of arguments."));
        };
        let operation = operation.as_str().unwrap_or_default();
        let matching = match operation.to_ascii_lowercase().as_str() {
            "eq" => Matching::Equal,
            "starts-with" => Matching::StartsWith,
            "content-length-range" => {
                let (Some(min), Some(max)) = (number(first), number(second)) else {
                    let text = "Invalid content-length-range: not a number.";
                    return Err(invalid(text));
                };
                return Ok(Self::Length(min..=max));
            }
            _ => {
                let text = format!("Invalid Condition: unknown operation '{operation}'.");
                return Err(invalid(&text));
            }
        };
        let name = first.as_str().and_then(|name| name.strip_prefix('$'));
        let (Some(name), Some(wanted)) = (name, second.as_str()) else {
            let text = "Invalid Condition: a field begins with '$' and its value is a string.";
            return Err(invalid(text));
        };
        Ok(Self::Field {
            matching,
            name: name.to_owned(),
            wanted: wanted.to_owned(),
        })
    }
}

/// A condition in the words of a refusal.
impl std::fmt::Display for Condition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Field {
                matching,
                name,
                wanted,
            } => {
                let operation = match matching {
                    Matching::Equal => "eq",
                    Matching::StartsWith => "starts-with",
                };
                let (name, wanted) = (Value::from(format!("${name}")), Value::from(&**wanted));
                write!(f, "[\"{operation}\", {name}, {wanted}]")
            }
            Self::Length(range) => {
                let (min, max) = (range.start(), range.end());
                write!(f, "[\"content-length-range\", {min}, {max}]")
            }
        }
    }
}

impl Matching {
    fn holds(self, name: &str, value: &str, wanted: &str) -> bool {
        match self {
            Self::Equal => value == wanted,
            // Only of this field a list may be given.
            Self::StartsWith if name == "content-type" => value
                .split(',')
                .all(|kind| kind.trim_start().starts_with(wanted)),
            Self::StartsWith => value.starts_with(wanted),
        }
    }
}

/// A number, which some clients put in quotes.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    }
}

fn invalid(text: &str) -> ServiceError {
    ServiceError::new(
        "InvalidPolicyDocument",
        400,
        format!("Invalid Policy: {text}"),
    )
}

fn denied(text: &str) -> ServiceError {
    let text = format!("Invalid according to Policy: {text}");
    ServiceError::new("AccessDenied", 403, text)
}
