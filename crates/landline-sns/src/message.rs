//! A message as it is kept, and what each kind of subscriber is told of it. Pure.
//!
//! <https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html>

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::sns as api;
use landline_wire::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// A message in the store, in JSON.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct MessageRecord {
    pub(crate) id: String,
    pub(crate) topic_arn: String,
    /// What subscribers are told whose protocol has no text of its own.
    pub(crate) text: String,
    /// Of `MessageStructure` `json`: texts by protocol.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) texts: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) subject: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) attributes: BTreeMap<String, AttributeRecord>,
    pub(crate) published_millis: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    /// What a FIFO queue tells repetitions by.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) deduplication_id: Option<String>,
    /// Of FIFO topics.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) sequence_number: Option<String>,
}

/// An attribute that the publisher gave a message.
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

    /// The bytes of a binary value.
    pub(crate) fn binary(&self) -> Option<Bytes> {
        match &self.value {
            AttributeValue::Binary(text) => Some(STANDARD.decode(text).unwrap_or_default().into()),
            AttributeValue::Text(_) => None,
        }
    }

    /// The value of one that is text.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            AttributeValue::Text(text) => Some(text),
            AttributeValue::Binary(_) => None,
        }
    }

    fn shown(&self) -> Value {
        let (AttributeValue::Text(value) | AttributeValue::Binary(value)) = &self.value;
        json!({ "Type": self.data_type, "Value": value })
    }
}

/// Where the URLs in an envelope lead.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Links<'a> {
    pub(crate) endpoint: &'a str,
    pub(crate) subscription_arn: &'a str,
}

impl Links<'_> {
    fn unsubscribe(&self) -> String {
        let Self {
            endpoint,
            subscription_arn,
        } = self;
        format!("{endpoint}/?Action=Unsubscribe&SubscriptionArn={subscription_arn}")
    }

    fn certificate(&self) -> String {
        format!("{}/SimpleNotificationService.pem", self.endpoint)
    }
}

impl MessageRecord {
    /// The text for the subscribers of a protocol.
    pub(crate) fn text_for(&self, protocol: &str) -> &str {
        self.texts.get(protocol).unwrap_or(&self.text)
    }

    fn attributes_shown(&self) -> Map<String, Value> {
        let attributes = self.attributes.iter();
        attributes
            .map(|(name, attribute)| (name.clone(), attribute.shown()))
            .collect()
    }

    /// The event of a function: `Records[0].Sns`. Unlike in an envelope every member is there.
    ///
    /// <https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html>
    pub(crate) fn event(&self, links: Links<'_>) -> Value {
        json!({ "Records": [{
            "EventSource": "aws:sns",
            "EventVersion": "1.0",
            "EventSubscriptionArn": links.subscription_arn,
            "Sns": {
                "Type": "Notification",
                "MessageId": self.id,
                "TopicArn": self.topic_arn,
                "Subject": self.subject,
                "Message": self.text_for("lambda"),
                "Timestamp": timestamp(self.published_millis),
                "SignatureVersion": "1",
                "Signature": UNSIGNED,
                "SigningCertUrl": links.certificate(),
                "UnsubscribeUrl": links.unsubscribe(),
                "MessageAttributes": self.attributes_shown(),
            },
        }] })
    }

    /// What queues and web servers are told, unless they want the bare text.
    pub(crate) fn envelope(&self, protocol: &str, links: Links<'_>) -> String {
        let mut told = Map::new();
        let mut tell = |name: &str, value: String| told.insert(name.to_owned(), value.into());
        tell("Type", "Notification".to_owned());
        tell("MessageId", self.id.clone());
        if let Some(number) = &self.sequence_number {
            tell("SequenceNumber", number.clone());
        }
        tell("TopicArn", self.topic_arn.clone());
        if let Some(subject) = &self.subject {
            tell("Subject", subject.clone());
        }
        tell("Message", self.text_for(protocol).to_owned());
        tell("Timestamp", timestamp(self.published_millis));
        // Messages of FIFO topics are not signed.
        if self.sequence_number.is_none() {
            tell("SignatureVersion", "1".to_owned());
            tell("Signature", UNSIGNED.to_owned());
            tell("SigningCertURL", links.certificate());
        }
        tell("UnsubscribeURL", links.unsubscribe());
        if !self.attributes.is_empty() {
            told.insert(
                "MessageAttributes".to_owned(),
                self.attributes_shown().into(),
            );
        }
        pretty(&told)
    }
}

/// What a web server is asked before it is told anything.
pub(crate) fn confirmation(
    id: &str,
    topic_arn: &str,
    token: &str,
    now: i64,
    links: Links<'_>,
) -> String {
    let text = format!(
        "You have chosen to subscribe to the topic {topic_arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message."
    );
    let url = format!(
        "{}/?Action=ConfirmSubscription&TopicArn={topic_arn}&Token={token}",
        links.endpoint
    );
    let told = [
        ("Type", "SubscriptionConfirmation".to_owned()),
        ("MessageId", id.to_owned()),
        ("Token", token.to_owned()),
        ("TopicArn", topic_arn.to_owned()),
        ("Message", text),
        ("SubscribeURL", url),
        ("Timestamp", timestamp(now)),
        ("SignatureVersion", "1".to_owned()),
        ("Signature", UNSIGNED.to_owned()),
        ("SigningCertURL", links.certificate()),
    ];
    let told = told.map(|(name, value)| (name.to_owned(), Value::from(value)));
    pretty(&told.into_iter().collect())
}

fn pretty(told: &Map<String, Value>) -> String {
    serde_json::to_string_pretty(told).unwrap_or_default()
}

fn timestamp(millis: i64) -> String {
    Timestamp::from_millis(millis).iso8601_millis()
}

/// In the place of a signature, which takes a certificate of AWS's: base64, and no signature of anything (ADR 14).
const UNSIGNED: &str = "TGFuZGxpbmUgZG9lcyBub3Qgc2lnbiBub3RpZmljYXRpb25z";
