//! `Publish`, `PublishBatch`.
//!
//! <https://docs.aws.amazon.com/sns/latest/api/API_Publish.html>

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use landline_api::sns as api;
use landline_api::sns::errors;
use landline_wire::{Caller, Handler, ServiceError, hex, request_id};
use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};
use tokio::sync::OwnedSemaphorePermit;

use crate::Sns;
use crate::delivery::DeliveryRecord;
use crate::errors::{WriteFailure, invalid, no_topic};
use crate::message::{AttributeRecord, MessageRecord};
use crate::quotas::{BATCH_MAX, DEDUPLICATION_MILLIS, MESSAGE_BYTES_MAX, NAME_MAX, SUBJECT_MAX};
use crate::topic::{SENT, SentRecord, Topic, check_topic};

/// What is answered to a message.
#[derive(Debug, Clone)]
struct Published {
    message_id: String,
    sequence_number: Option<String>,
}

impl Handler<api::Publish> for Sns {
    async fn handle(
        &self,
        input: api::PublishInput,
        _caller: &Caller,
    ) -> Result<api::PublishOutput, ServiceError> {
        let target = input.topic_arn.as_ref().or(input.target_arn.as_ref());
        let topic = match (target, &input.phone_number) {
            (Some(arn), None) => Some(self.find(arn)?),
            (None, Some(_)) => None,
            _ => {
                return Err(invalid(
                    "TopicArn or TargetArn Reason: no value for required parameter",
                ));
            }
        };
        let entry = api::PublishBatchRequestEntry {
            id: String::new(),
            message: input.message,
            subject: input.subject,
            message_structure: input.message_structure,
            message_attributes: input.message_attributes,
            message_deduplication_id: input.message_deduplication_id,
            message_group_id: input.message_group_id,
        };
        let Some(topic) = topic else {
            // The text is checked, and goes nowhere.
            check(&entry)?;
            tracing::warn!("Landline sends no SMS: a message to a phone number is dropped");
            return Ok(api::PublishOutput {
                message_id: Some(request_id::uuid()),
                sequence_number: None,
            });
        };
        let message = self.message(&topic, entry)?;
        let published = self.publish(&topic, vec![message]).await?.pop();
        let published =
            published.ok_or_else(|| ServiceError::internal(&"a message was not published"))?;
        Ok(api::PublishOutput {
            message_id: Some(published.message_id),
            sequence_number: published.sequence_number,
        })
    }
}

impl Handler<api::PublishBatch> for Sns {
    async fn handle(
        &self,
        input: api::PublishBatchInput,
        _caller: &Caller,
    ) -> Result<api::PublishBatchOutput, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let entries = input.publish_batch_request_entries;
        check_batch(&entries)?;
        let (mut ids, mut messages, mut failed) = (Vec::new(), Vec::new(), Vec::new());
        for entry in entries {
            let id = entry.id.clone();
            match self.message(&topic, entry) {
                Ok(message) => {
                    ids.push(id);
                    messages.push(message);
                }
                Err(error) => failed.push(api::BatchResultErrorEntry {
                    id,
                    sender_fault: error.is_client_fault(),
                    code: error.code.into_owned(),
                    message: Some(error.message),
                }),
            }
        }
        let published = self.publish(&topic, messages).await?;
        let successful = ids.into_iter().zip(published);
        let successful = successful.map(|(id, published)| api::PublishBatchResultEntry {
            id: Some(id),
            message_id: Some(published.message_id),
            sequence_number: published.sequence_number,
        });
        Ok(api::PublishBatchOutput {
            successful: Some(successful.collect()),
            failed: Some(failed),
        })
    }
}

impl Sns {
    /// Checks what a publisher sends.
    fn message(
        &self,
        topic: &Topic,
        entry: api::PublishBatchRequestEntry,
    ) -> Result<MessageRecord, ServiceError> {
        check(&entry)?;
        let deduplication_id = deduplication_id(topic, &entry)?;
        let (text, texts) = match entry.message_structure.as_deref() {
            Some("json") => texts(&entry.message)?,
            None | Some("") => (entry.message, BTreeMap::new()),
            Some(_) => return Err(invalid("MessageStructure")),
        };
        let attributes = entry.message_attributes.unwrap_or_default().into_iter();
        Ok(MessageRecord {
            id: request_id::uuid(),
            topic_arn: topic.arn.clone(),
            text,
            texts,
            subject: entry.subject,
            attributes: attributes
                .map(|(name, value)| (name, AttributeRecord::of(value)))
                .collect(),
            published_millis: self.now(),
            group: entry.message_group_id,
            deduplication_id,
            sequence_number: None,
        })
    }

    /// Makes messages durable for each subscriber who wants them, then lets them go out.
    async fn publish(
        &self,
        topic: &Arc<Topic>,
        messages: Vec<MessageRecord>,
    ) -> Result<Vec<Published>, ServiceError> {
        let _in_order = if topic.is_fifo() {
            Some(topic.sending.lock().await)
        } else {
            None
        };
        let (published, writing) = self.arrange(topic, messages);
        if writing.is_empty() {
            return Ok(published);
        }
        let room = self.deliveries.make_room(writing.deliveries.len())?;
        self.write(topic, writing, room).await?;
        Ok(published)
    }

    /// Numbers messages, leaves out what a FIFO topic was told before, and finds who wants them.
    fn arrange(&self, topic: &Topic, messages: Vec<MessageRecord>) -> (Vec<Published>, Writing) {
        let now = self.now();
        let mut known = topic.known.lock();
        let mut writing = Writing {
            forgotten: known.forget_old(now),
            ..Writing::default()
        };
        let subscriptions = topic.subscriptions();
        let mut all = Vec::new();
        for mut message in messages {
            let key = message.deduplication_id.clone().filter(|_| topic.is_fifo());
            let before = key.as_ref().and_then(|key| {
                let same_call = writing.remembered.iter().find(|(it, _)| it == key);
                same_call
                    .map(|(_, sent)| sent)
                    .or_else(|| known.get(key, now))
            });
            if let Some(before) = before {
                all.push(Published {
                    message_id: before.message_id.clone(),
                    sequence_number: Some(before.sequence_number.clone()),
                });
                continue;
            }
            let number = self.next_number();
            message.sequence_number = topic.is_fifo().then(|| format!("{number:020}"));
            if let (Some(key), Some(sequence_number)) = (key, &message.sequence_number) {
                let sent = SentRecord {
                    message_id: message.id.clone(),
                    sequence_number: sequence_number.clone(),
                    expires_millis: now + DEDUPLICATION_MILLIS,
                };
                writing.remembered.push((key, sent));
            }
            all.push(Published {
                message_id: message.id.clone(),
                sequence_number: message.sequence_number.clone(),
            });
            let message = Arc::new(message);
            for subscription in &subscriptions {
                let text = message.text_for(subscription.record.protocol.as_str());
                let filter = subscription.filter.as_ref();
                let is_wanted = filter.is_none_or(|filter| filter.wants(&message, text));
                let is_reached =
                    subscription.is_confirmed() && subscription.record.protocol.is_delivered();
                if is_wanted && is_reached {
                    let record = DeliveryRecord {
                        topic: topic.name.clone(),
                        subscription: subscription.id.clone(),
                        message: message.clone(),
                    };
                    let id = format!("{number:020}:{}", subscription.id);
                    writing.deliveries.push((id, record));
                }
            }
        }
        (all, writing)
    }

    /// Writes all of it, or nothing. What is durable goes out, even if the publisher has gone away meanwhile.
    async fn write(
        &self,
        topic: &Arc<Topic>,
        writing: Writing,
        room: OwnedSemaphorePermit,
    ) -> Result<(), ServiceError> {
        let (topic, deliveries) = (topic.clone(), self.deliveries.clone());
        let written = self.store.write(move |transaction| {
            check_topic(transaction, &topic.name, no_topic)?;
            for key in &writing.forgotten {
                SENT.delete_in(transaction, &topic.key(key));
            }
            for (key, record) in &writing.remembered {
                SENT.put_in(transaction, &topic.key(key), record)?;
            }
            let remembered = writing.remembered;
            transaction.on_settled(move |fate| {
                if fate == landline_store::Fate::Kept {
                    let mut known = topic.known.lock();
                    for (key, record) in remembered {
                        known.insert(key, record);
                    }
                }
            });
            deliveries.keep_in(transaction, room, writing.deliveries)?;
            Ok::<_, WriteFailure>(())
        });
        Ok(written.await?)
    }
}

/// What is written at once.
#[derive(Debug, Default)]
struct Writing {
    deliveries: Vec<(String, DeliveryRecord)>,
    remembered: Vec<(String, SentRecord)>,
    forgotten: Vec<String>,
}

impl Writing {
    fn is_empty(&self) -> bool {
        self.deliveries.is_empty() && self.remembered.is_empty() && self.forgotten.is_empty()
    }
}

fn check(entry: &api::PublishBatchRequestEntry) -> Result<(), ServiceError> {
    if entry.message.is_empty() {
        return Err(invalid("Empty message"));
    }
    if size(entry) > MESSAGE_BYTES_MAX {
        return Err(invalid("Message too long"));
    }
    if let Some(subject) = &entry.subject {
        let is_allowed = |letter: char| !letter.is_control();
        let is_short = (1..=SUBJECT_MAX).contains(&subject.chars().count());
        if !is_short || !subject.chars().all(is_allowed) {
            return Err(invalid("Subject"));
        }
    }
    for (name, attribute) in entry.message_attributes.iter().flatten() {
        check_attribute(name, attribute)?;
    }
    Ok(())
}

/// What counts against the size of a message: its text and its attributes.
fn size(entry: &api::PublishBatchRequestEntry) -> usize {
    let attributes = entry.message_attributes.iter().flatten();
    let attributes = attributes.map(|(name, value)| {
        let text = value.string_value.as_ref().map_or(0, String::len);
        let binary = value.binary_value.as_ref().map_or(0, bytes::Bytes::len);
        name.len() + value.data_type.len() + text + binary
    });
    entry.message.len() + attributes.sum::<usize>()
}

/// <https://docs.aws.amazon.com/sns/latest/dg/sns-message-attributes.html>
fn check_attribute(name: &str, attribute: &api::MessageAttributeValue) -> Result<(), ServiceError> {
    let refused = |reason: String| errors::InvalidParameterValueException.with(reason);
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    let lower = name.to_ascii_lowercase();
    if ["aws.", "amazon."].iter().any(|it| lower.starts_with(it)) {
        return Err(refused(
            "The message attribute name can not start with AWS. or Amazon.".to_owned(),
        ));
    }
    if name.is_empty() || name.len() > NAME_MAX || !name.chars().all(is_allowed) {
        return Err(refused(format!(
            "The message attribute name '{name}' is invalid. The attribute name can contain only the characters a-z, A-Z, 0-9, underscore (_), hyphen (-), and period (.)."
        )));
    }
    let kind = attribute.data_type.split('.').next().unwrap_or_default();
    let text = attribute
        .string_value
        .as_deref()
        .filter(|it| !it.is_empty());
    let binary = attribute.binary_value.as_ref().filter(|it| !it.is_empty());
    let has_value = match kind {
        "String" | "Number" => text.is_some(),
        "Binary" => binary.is_some(),
        _ => {
            return Err(refused(format!(
                "The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
            )));
        }
    };
    if !has_value {
        return Err(refused(format!(
            "The message attribute '{name}' must contain non-empty message attribute value for message attribute type '{}'.",
            attribute.data_type
        )));
    }
    if kind == "Number" && text.is_some_and(|text| text.parse::<f64>().is_err()) {
        return Err(refused(format!(
            "Could not cast message attribute '{name}' value to number."
        )));
    }
    if attribute.data_type == "String.Array"
        && text.is_some_and(|text| serde_json::from_str::<Vec<Value>>(text).is_err())
    {
        return Err(refused(format!(
            "The message attribute '{name}' is no array in JSON."
        )));
    }
    Ok(())
}

/// The default text, and those of protocols, of a message with `MessageStructure` `json`.
fn texts(message: &str) -> Result<(String, BTreeMap<String, String>), ServiceError> {
    let parsed: Result<Map<String, Value>, _> = serde_json::from_str(message);
    let parsed =
        parsed.map_err(|_| invalid("Message Structure - JSON message body failed to parse"))?;
    // What is no text is passed over, as if it were not there.
    let texts = parsed.into_iter().filter_map(|(name, value)| match value {
        Value::String(text) => Some((name, text)),
        _ => None,
    });
    let mut texts: BTreeMap<String, String> = texts.collect();
    let default = texts.remove("default");
    let default = default
        .ok_or_else(|| invalid("Message Structure - No default entry in JSON message body"))?;
    Ok((default, texts))
}

fn deduplication_id(
    topic: &Topic,
    entry: &api::PublishBatchRequestEntry,
) -> Result<Option<String>, ServiceError> {
    let given = entry.message_deduplication_id.clone();
    if !topic.is_fifo() {
        if given.is_some() {
            return Err(invalid(
                "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
            ));
        }
        return Ok(None);
    }
    if entry.message_group_id.as_ref().is_none_or(String::is_empty) {
        return Err(invalid(
            "The MessageGroupId parameter is required for FIFO topics",
        ));
    }
    if given.is_some() {
        return Ok(given);
    }
    let record = topic.record();
    let by_content = record.attributes.get("ContentBasedDeduplication");
    if by_content.is_none_or(|it| it != "true") {
        return Err(invalid(
            "The topic should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly",
        ));
    }
    Ok(Some(hex(&Sha256::digest(&entry.message))))
}

/// Refuses a batch as a whole.
fn check_batch(entries: &[api::PublishBatchRequestEntry]) -> Result<(), ServiceError> {
    if entries.is_empty() {
        return Err(errors::EmptyBatchRequestException
            .with("The batch request doesn't contain any entries."));
    }
    if entries.len() > BATCH_MAX {
        return Err(errors::TooManyEntriesInBatchRequestException
            .with("The batch request contains more entries than permissible."));
    }
    if entries.iter().map(size).sum::<usize>() > MESSAGE_BYTES_MAX {
        return Err(errors::BatchRequestTooLongException
            .with("The length of all the messages put together is more than the limit."));
    }
    let mut known = BTreeSet::new();
    for entry in entries {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        let id = &entry.id;
        if id.len() > 80 {
            return Err(errors::InvalidBatchEntryIdException.with(format!(
                "The Id of a batch entry in the batch request is too long: {id}"
            )));
        }
        if id.is_empty() || !id.chars().all(is_allowed) {
            return Err(errors::InvalidBatchEntryIdException.with(format!(
                "The Id of a batch entry in the batch request contains an impermissible character: {id}"
            )));
        }
        if !known.insert(id) {
            return Err(errors::BatchEntryIdsNotDistinctException
                .with("Two or more batch entries in the request have the same Id."));
        }
    }
    Ok(())
}
