//! A message as it is kept, and the digests that SDKs check. Pure.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation>

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::sqs as api;
use landline_wire::hex;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};

/// A message in the store, in JSON.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct MessageRecord {
    pub(crate) id: String,
    pub(crate) body: String,
    pub(crate) sender: String,
    pub(crate) sent_millis: i64,
    /// When it may be received first.
    pub(crate) visible_millis: i64,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) attributes: BTreeMap<String, AttributeRecord>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trace_header: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deduplication_id: Option<String>,
    /// Of FIFO queues.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sequence_number: Option<String>,
    /// The ARN of the queue that gave it up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dead_letter_source: Option<String>,
    /// How often it was received in the queue that gave it up.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(crate) receives: u32,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// An attribute that the sender gave a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct AttributeRecord {
    pub(crate) data_type: String,
    pub(crate) value: AttributeValue,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum AttributeValue {
    Text(String),
    /// In base64.
    Binary(String),
}

impl AttributeRecord {
    /// What the caller gave, which has been checked.
    pub(crate) fn of(value: api::MessageAttributeValue) -> Self {
        let content = match (value.string_value, value.binary_value) {
            (_, Some(binary)) => AttributeValue::Binary(STANDARD.encode(binary)),
            (text, None) => AttributeValue::Text(text.unwrap_or_default()),
        };
        Self {
            data_type: value.data_type,
            value: content,
        }
    }

    /// As the API tells it.
    pub(crate) fn to_api(&self) -> api::MessageAttributeValue {
        let (string_value, binary_value) = match &self.value {
            AttributeValue::Text(text) => (Some(text.clone()), None),
            AttributeValue::Binary(text) => (None, Some(Bytes::from(decoded(text)))),
        };
        api::MessageAttributeValue {
            string_value,
            binary_value,
            data_type: self.data_type.clone(),
            ..Default::default()
        }
    }
}

fn decoded(text: &str) -> Vec<u8> {
    STANDARD.decode(text).unwrap_or_default()
}

/// MD5 of a text, in hexadecimal.
pub(crate) fn md5_of(text: &str) -> String {
    hex(&Md5::digest(text))
}

/// MD5 of attributes in the order of their names; `None` when there are none.
pub(crate) fn md5_of_attributes<'a>(
    attributes: impl IntoIterator<Item = (&'a String, &'a AttributeRecord)>,
) -> Option<String> {
    let mut digest = Md5::new();
    let mut is_empty = true;
    for (name, attribute) in attributes {
        is_empty = false;
        add_with_length(&mut digest, name.as_bytes());
        add_with_length(&mut digest, attribute.data_type.as_bytes());
        match &attribute.value {
            AttributeValue::Text(text) => {
                digest.update([1]);
                add_with_length(&mut digest, text.as_bytes());
            }
            AttributeValue::Binary(text) => {
                digest.update([2]);
                add_with_length(&mut digest, &decoded(text));
            }
        }
    }
    (!is_empty).then(|| hex(&digest.finalize()))
}

fn add_with_length(digest: &mut Md5, bytes: &[u8]) {
    let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
    digest.update(length.to_be_bytes());
    digest.update(bytes);
}
