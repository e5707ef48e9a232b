//! `SendMessage`, `SendMessageBatch`.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html>

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::sqs as api;
use landline_api::sqs::errors;
use landline_store::Fate;
use landline_wire::hex;
use landline_wire::{Caller, Handler, ServiceError, request_id};
use sha2::{Digest as _, Sha256};

use super::batch;
use crate::Sqs;
use crate::attributes::Settings;
use crate::errors::{WriteFailure, invalid, invalid_value, missing};
use crate::message::{AttributeRecord, AttributeValue, MessageRecord, md5_of, md5_of_attributes};
use crate::queue::{Queue, SentRecord};
use crate::quotas::{
    ATTRIBUTE_NAME_MAX, BATCH_BYTES_MAX, DEDUPLICATION_MILLIS, DELAY_SECONDS_MAX,
    MESSAGE_ATTRIBUTES_MAX,
};

/// A message on its way into its queue.
#[derive(Debug)]
struct Outgoing {
    record: MessageRecord,
    /// The key under which a FIFO queue remembers it.
    deduplication_key: Option<String>,
}

/// What is answered to a message.
#[derive(Debug)]
struct Sent {
    message_id: String,
    sequence_number: Option<String>,
    body_md5: String,
    attributes_md5: Option<String>,
    system_attributes_md5: Option<String>,
}

/// What is written at once.
#[derive(Debug, Default)]
struct Writing {
    messages: Vec<(u64, MessageRecord)>,
    remembered: Vec<(String, SentRecord)>,
    forgotten: Vec<String>,
}

impl Handler<api::SendMessage> for Sqs {
    async fn handle(
        &self,
        input: api::SendMessageInput,
        caller: &Caller,
    ) -> Result<api::SendMessageOutput, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let entry = api::SendMessageBatchRequestEntry {
            id: String::new(),
            message_body: input.message_body,
            delay_seconds: input.delay_seconds,
            message_attributes: input.message_attributes,
            message_system_attributes: input.message_system_attributes,
            message_deduplication_id: input.message_deduplication_id,
            message_group_id: input.message_group_id,
        };
        let outgoing = self.outgoing(&queue.state().settings, entry, caller)?;
        let sent = self.send(&queue, vec![outgoing]).await?.pop();
        let sent = sent.ok_or_else(|| ServiceError::internal(&"a message was not sent"))?;
        Ok(api::SendMessageOutput {
            md5_of_message_body: Some(sent.body_md5),
            md5_of_message_attributes: sent.attributes_md5,
            md5_of_message_system_attributes: sent.system_attributes_md5,
            message_id: Some(sent.message_id),
            sequence_number: sent.sequence_number,
        })
    }
}

impl Handler<api::SendMessageBatch> for Sqs {
    async fn handle(
        &self,
        input: api::SendMessageBatchInput,
        caller: &Caller,
    ) -> Result<api::SendMessageBatchOutput, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let ids = input.entries.iter().map(|entry| &entry.id);
        batch::check(ids, "SendMessageBatchRequestEntry")?;
        let bytes: usize = input.entries.iter().map(size).sum();
        if bytes > BATCH_BYTES_MAX {
            let text = format!(
                "Batch requests cannot be longer than {BATCH_BYTES_MAX} bytes. You have sent {bytes} bytes."
            );
            return Err(errors::BatchRequestTooLong.with(text));
        }
        let state = queue.state();
        for entry in &input.entries {
            check_fifo_entry(&state.settings, entry)?;
        }
        let (mut ids, mut outgoing, mut failed) = (Vec::new(), Vec::new(), Vec::new());
        for entry in input.entries {
            let id = entry.id.clone();
            match self.outgoing(&state.settings, entry, caller) {
                Ok(message) => {
                    ids.push(id);
                    outgoing.push(message);
                }
                Err(error) => failed.push(batch::failed(id, error)),
            }
        }
        let sent = self.send(&queue, outgoing).await?;
        let successful = ids.into_iter().zip(sent);
        let successful = successful.map(|(id, sent)| api::SendMessageBatchResultEntry {
            id,
            message_id: sent.message_id,
            md5_of_message_body: sent.body_md5,
            md5_of_message_attributes: sent.attributes_md5,
            md5_of_message_system_attributes: sent.system_attributes_md5,
            sequence_number: sent.sequence_number,
        });
        Ok(api::SendMessageBatchOutput {
            successful: successful.collect(),
            failed,
        })
    }
}

impl Sqs {
    /// Checks what a caller sends.
    fn outgoing(
        &self,
        settings: &Settings,
        entry: api::SendMessageBatchRequestEntry,
        caller: &Caller,
    ) -> Result<Outgoing, ServiceError> {
        check_content(settings, &entry)?;
        let delay = delay_seconds(settings, entry.delay_seconds)?;
        let (deduplication_id, deduplication_key) = deduplication(settings, &entry)?;
        let now = self.now();
        let attributes = entry.message_attributes.unwrap_or_default().into_iter();
        let mut system = entry.message_system_attributes.unwrap_or_default();
        let trace_header = system
            .remove("AWSTraceHeader")
            .and_then(|it| it.string_value)
            .or_else(|| caller.trace_id.as_deref().map(str::to_owned));
        let record = MessageRecord {
            id: request_id::uuid(),
            body: entry.message_body,
            sender: caller.account_id.to_string(),
            sent_millis: now,
            visible_millis: now + delay * 1000,
            attributes: attributes
                .map(|(name, value)| (name, AttributeRecord::of(value)))
                .collect(),
            trace_header,
            group: entry.message_group_id,
            deduplication_id,
            sequence_number: None,
            dead_letter_source: None,
            receives: 0,
        };
        Ok(Outgoing {
            record,
            deduplication_key,
        })
    }

    /// Makes messages durable, then lets them be received.
    async fn send(
        &self,
        queue: &Arc<Queue>,
        outgoing: Vec<Outgoing>,
    ) -> Result<Vec<Sent>, ServiceError> {
        let is_fifo = queue.state().settings.is_fifo;
        let _in_order = if is_fifo {
            Some(queue.sending.lock().await)
        } else {
            None
        };
        let (sent, writing) = self.arrange(queue, outgoing, is_fifo);
        if !writing.messages.is_empty() {
            write(self, queue, writing).await?;
        }
        Ok(sent)
    }

    /// Numbers messages, and leaves out what a FIFO queue was sent before.
    fn arrange(
        &self,
        queue: &Queue,
        outgoing: Vec<Outgoing>,
        is_fifo: bool,
    ) -> (Vec<Sent>, Writing) {
        let now = self.now();
        let mut known = queue.known.lock();
        let mut writing = Writing {
            forgotten: known.forget_old(now),
            ..Writing::default()
        };
        let mut all = Vec::new();
        for Outgoing {
            mut record,
            deduplication_key,
        } in outgoing
        {
            let key = deduplication_key.as_ref();
            let before = key.and_then(|key| {
                let same_call = writing.remembered.iter().find(|(it, _)| it == key);
                same_call
                    .map(|(_, sent)| sent)
                    .or_else(|| known.get(key, now))
            });
            let mut sent = sent(&record);
            if let Some(before) = before {
                sent.message_id.clone_from(&before.message_id);
                sent.sequence_number = Some(before.sequence_number.clone());
                all.push(sent);
                continue;
            }
            let number = self.next_number();
            if is_fifo {
                let sequence_number = format!("{number:020}");
                record.sequence_number = Some(sequence_number.clone());
                sent.sequence_number = Some(sequence_number);
            }
            if let (Some(key), Some(sequence_number)) = (deduplication_key, &sent.sequence_number) {
                let remembered = SentRecord {
                    message_id: record.id.clone(),
                    sequence_number: sequence_number.clone(),
                    expires_millis: now + DEDUPLICATION_MILLIS,
                };
                writing.remembered.push((key, remembered));
            }
            writing.messages.push((number, record));
            all.push(sent);
        }
        (all, writing)
    }
}

/// Writes all of it, or nothing. What is durable may be received, even if the sender has gone
/// away meanwhile.
async fn write(sqs: &Sqs, queue: &Arc<Queue>, writing: Writing) -> Result<(), ServiceError> {
    let queue = queue.clone();
    let written = sqs.store.write(move |transaction| {
        Queue::check_in(transaction, &queue.name, queue.id)?;
        for (number, record) in &writing.messages {
            transaction.put(queue.message_key(*number), json(record));
        }
        for key in &writing.forgotten {
            transaction.delete(queue.sent_key(key));
        }
        for (key, record) in &writing.remembered {
            transaction.put(queue.sent_key(key), json(record));
        }
        transaction.on_settled(move |fate| {
            if fate == Fate::Kept {
                queue.remember(writing.remembered);
                queue.admit(&writing.messages);
            }
        });
        Ok::<_, WriteFailure>(())
    });
    Ok(written.await?)
}

/// A record of texts and numbers, which always has a form in JSON.
pub(super) fn json<T: serde::Serialize>(record: &T) -> Vec<u8> {
    serde_json::to_vec(record).unwrap_or_default()
}

fn sent(record: &MessageRecord) -> Sent {
    let trace = record.trace_header.as_ref().map(|text| AttributeRecord {
        data_type: "String".to_owned(),
        value: AttributeValue::Text(text.clone()),
    });
    let name = "AWSTraceHeader".to_owned();
    Sent {
        message_id: record.id.clone(),
        sequence_number: None,
        body_md5: md5_of(&record.body),
        attributes_md5: md5_of_attributes(&record.attributes),
        system_attributes_md5: md5_of_attributes(trace.iter().map(|trace| (&name, trace))),
    }
}

/// What counts against the size of a message: its body and its attributes.
fn size(entry: &api::SendMessageBatchRequestEntry) -> usize {
    let attributes = entry.message_attributes.iter().flatten();
    let attributes = attributes.map(|(name, value)| {
        let text = value.string_value.as_ref().map_or(0, String::len);
        let binary = value.binary_value.as_ref().map_or(0, bytes::Bytes::len);
        name.len() + value.data_type.len() + text + binary
    });
    entry.message_body.len() + attributes.sum::<usize>()
}

fn check_content(
    settings: &Settings,
    entry: &api::SendMessageBatchRequestEntry,
) -> Result<(), ServiceError> {
    if entry.message_body.is_empty() {
        return Err(missing("MessageBody"));
    }
    let max = settings.message_bytes_max;
    if size(entry) > max {
        return Err(invalid(format!(
            "One or more parameters are invalid. Reason: Message must be shorter than {max} bytes."
        )));
    }
    if !entry.message_body.chars().all(is_message_letter) {
        return Err(errors::InvalidMessageContents.with(format!(
            "Invalid characters were found. Valid unicode characters are {MESSAGE_LETTERS}"
        )));
    }
    let Some(attributes) = &entry.message_attributes else {
        return Ok(());
    };
    check_attributes(attributes)
}

fn check_attributes(
    attributes: &BTreeMap<String, api::MessageAttributeValue>,
) -> Result<(), ServiceError> {
    if attributes.len() > MESSAGE_ATTRIBUTES_MAX {
        return Err(invalid(format!(
            "Number of message attributes [{}] exceeds the allowed maximum [{MESSAGE_ATTRIBUTES_MAX}].",
            attributes.len()
        )));
    }
    for (name, attribute) in attributes {
        check_attribute_name(name)?;
        let kind = attribute.data_type.split('.').next().unwrap_or_default();
        let has_value = match kind {
            "String" | "Number" => attribute
                .string_value
                .as_ref()
                .is_some_and(|it| !it.is_empty()),
            "Binary" => attribute
                .binary_value
                .as_ref()
                .is_some_and(|it| !it.is_empty()),
            _ if attribute.data_type.len() > ATTRIBUTE_NAME_MAX => {
                return Err(invalid(format!(
                    "The type of message (user) attribute '{name}' is too long."
                )));
            }
            _ => {
                return Err(invalid(format!(
                    "The message attribute '{name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String."
                )));
            }
        };
        if !has_value {
            return Err(invalid(format!(
                "Message (user) attribute '{name}' must contain a non-empty value of type '{}'.",
                attribute.data_type
            )));
        }
        let text = attribute.string_value.as_deref().unwrap_or_default();
        if !text.chars().all(is_message_letter) {
            return Err(invalid(format!(
                "Invalid binary character found in message (user) attribute '{name}'. Valid unicode characters are {MESSAGE_LETTERS}"
            )));
        }
        if kind == "Number" && text.parse::<f64>().is_err() {
            return Err(invalid(format!(
                "Can't cast the value of message (user) attribute '{name}' to a number."
            )));
        }
    }
    Ok(())
}

fn is_message_letter(letter: char) -> bool {
    matches!(letter, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

const MESSAGE_LETTERS: &str =
    "#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF";

/// Letters of other languages are allowed, whatever the guide says.
fn check_attribute_name(name: &str) -> Result<(), ServiceError> {
    let is_allowed = |letter: char| letter.is_alphanumeric() || "_-.".contains(letter);
    if name.is_empty() || name.len() > ATTRIBUTE_NAME_MAX || !name.chars().all(is_allowed) {
        return Err(invalid(
            "Message (user) attribute name can only contain upper and lower score characters, digits, periods, hyphens and underscores.",
        ));
    }
    if name.starts_with('.') || name.ends_with('.') {
        return Err(invalid(
            "Message (user) attribute name can not start or end with a period.",
        ));
    }
    let lower = name.to_ascii_lowercase();
    if ["aws.", "amazon."].iter().any(|it| lower.starts_with(it)) {
        return Err(invalid(
            "Message (user) attribute name can not start with AWS. or Amazon.",
        ));
    }
    Ok(())
}

/// What a FIFO queue refuses a whole batch for, and in another form than a single message.
fn check_fifo_entry(
    settings: &Settings,
    entry: &api::SendMessageBatchRequestEntry,
) -> Result<(), ServiceError> {
    if settings.is_fifo && entry.message_group_id.is_none() {
        return Err(invalid(missing("MessageGroupId").message));
    }
    let has_id = entry.message_deduplication_id.is_some() || settings.deduplicates_by_content;
    if settings.is_fifo && !has_id {
        return Err(invalid(NO_DEDUPLICATION_ID));
    }
    Ok(())
}

const NO_DEDUPLICATION_ID: &str = "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly";

fn delay_seconds(settings: &Settings, asked: Option<i32>) -> Result<i64, ServiceError> {
    let Some(seconds) = asked else {
        return Ok(settings.delay_seconds);
    };
    if !(0..=DELAY_SECONDS_MAX).contains(&seconds) {
        let reason = format!("DelaySeconds must be >= 0 and <= {DELAY_SECONDS_MAX}.");
        return Err(invalid_value(seconds, "DelaySeconds", &reason));
    }
    // A FIFO queue has one delay for all.
    if settings.is_fifo && seconds > 0 {
        let reason = "The request include parameter that is not valid for this queue type.";
        return Err(invalid_value(seconds, "DelaySeconds", reason));
    }
    Ok(if settings.is_fifo {
        settings.delay_seconds
    } else {
        seconds.into()
    })
}

/// The deduplication id of a message, and the key under which it is remembered.
fn deduplication(
    settings: &Settings,
    entry: &api::SendMessageBatchRequestEntry,
) -> Result<(Option<String>, Option<String>), ServiceError> {
    let is_allowed = |text: &String| {
        let mut letters = text.chars();
        (1..=128).contains(&text.len()) && letters.all(|letter| letter.is_ascii_graphic())
    };
    let given = [
        ("MessageGroupId", &entry.message_group_id),
        ("MessageDeduplicationId", &entry.message_deduplication_id),
    ];
    for (name, value) in given {
        if let Some(value) = value.as_ref().filter(|value| !is_allowed(value)) {
            let reason = format!(
                "{name} can only include alphanumeric and punctuation characters. 1 to 128 in length."
            );
            return Err(invalid_value(value, name, &reason));
        }
    }
    if !settings.is_fifo {
        if let Some(id) = &entry.message_deduplication_id {
            let reason = "The request include parameter that is not valid for this queue type";
            return Err(invalid_value(id, "MessageDeduplicationId", reason));
        }
        return Ok((None, None));
    }
    let Some(group) = &entry.message_group_id else {
        return Err(missing("MessageGroupId"));
    };
    let id = match &entry.message_deduplication_id {
        Some(id) => id.clone(),
        None if settings.deduplicates_by_content => {
            hex(&Sha256::digest(entry.message_body.as_bytes()))
        }
        None => {
            return Err(invalid(NO_DEDUPLICATION_ID));
        }
    };
    // No letter of a group or an id is a space.
    let key = if settings.deduplicates_by_group {
        format!("{group} {id}")
    } else {
        id.clone()
    };
    Ok((Some(id), Some(key)))
}
