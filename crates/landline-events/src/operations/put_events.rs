//! `PutEvents`, `TestEventPattern`.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html>

use landline_api::events as api;
use landline_api::events::errors;
use landline_wire::event_pattern::Pattern;
use landline_wire::{Caller, Handler, ServiceError, request_id};
use serde_json::Value;

use super::{Service, bus_name};
use crate::errors::invalid;
use crate::publish::{Content, Occurrence};
use crate::quotas::ENTRIES_BYTES_MAX;

impl Handler<api::PutEvents> for Service {
    async fn handle(
        &self,
        input: api::PutEventsInput,
        caller: &Caller,
    ) -> Result<api::PutEventsOutput, ServiceError> {
        let bytes: usize = input.entries.iter().map(size).sum();
        if bytes > ENTRIES_BYTES_MAX {
            return Err(invalid(
                "Total size of the entries in the request is over the limit.",
            ));
        }
        let (mut answers, mut occurrences, mut failed) = (Vec::new(), Vec::new(), 0);
        for entry in input.entries {
            match self.occurrence(entry, caller) {
                Ok((id, occurrence)) => {
                    occurrences.push(occurrence);
                    answers.push(api::PutEventsResultEntry {
                        event_id: Some(id),
                        ..Default::default()
                    });
                }
                Err(refusal) => {
                    failed += 1;
                    answers.push(api::PutEventsResultEntry {
                        error_code: Some(refusal.code.to_owned()),
                        error_message: Some(refusal.message),
                        ..Default::default()
                    });
                }
            }
        }
        self.publish(occurrences).await?;
        Ok(api::PutEventsOutput {
            failed_entry_count: Some(failed),
            entries: Some(answers),
        })
    }
}

/// Why an entry is no event.
struct Refusal {
    code: &'static str,
    message: String,
}

fn lacks(member: &str) -> Refusal {
    Refusal {
        code: "InvalidArgument",
        message: format!(
            "Parameter {member} is not valid. Reason: {member} is a required argument."
        ),
    }
}

impl Service {
    fn occurrence(
        &self,
        entry: api::PutEventsRequestEntry,
        caller: &Caller,
    ) -> Result<(String, Occurrence), Refusal> {
        let given = |text: Option<String>| text.filter(|text| !text.is_empty());
        let source = given(entry.source).ok_or_else(|| lacks("Source"))?;
        let detail_type = given(entry.detail_type).ok_or_else(|| lacks("DetailType"))?;
        let detail = given(entry.detail).ok_or_else(|| lacks("Detail"))?;
        if source.starts_with("aws.") && !caller.is_service() {
            return Err(Refusal {
                code: "NotAuthorizedForSourceException",
                message: "Not authorized for the source.".to_owned(),
            });
        }
        let detail = serde_json::from_str::<Value>(&detail).ok();
        let Some(detail) = detail.filter(Value::is_object) else {
            return Err(Refusal {
                code: "MalformedDetail",
                message: "Detail is malformed.".to_owned(),
            });
        };
        let content = Content {
            source,
            detail_type,
            detail,
            resources: entry.resources.unwrap_or_default(),
            time: entry.time.unwrap_or_else(|| self.now()),
        };
        let id = request_id::uuid();
        let occurrence = Occurrence {
            bus: bus_name(entry.event_bus_name.as_deref()).to_owned(),
            event: self.event(&id, &content),
            hops: 0,
        };
        Ok((id, occurrence))
    }
}

/// <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-putevent-size.html>
fn size(entry: &api::PutEventsRequestEntry) -> usize {
    let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
    let resources = entry.resources.iter().flatten().map(String::len);
    let time = if entry.time.is_some() { 14 } else { 0 };
    time + text(&entry.source)
        + text(&entry.detail_type)
        + text(&entry.detail)
        + resources.sum::<usize>()
}

impl Handler<api::TestEventPattern> for Service {
    async fn handle(
        &self,
        input: api::TestEventPatternInput,
        _caller: &Caller,
    ) -> Result<api::TestEventPatternOutput, ServiceError> {
        let pattern = super::rules::pattern(&input.event_pattern)?;
        let event = serde_json::from_str::<Value>(&input.event).ok();
        let Some(event) = event.filter(Value::is_object) else {
            return Err(invalid("Parameter Event is not valid."));
        };
        // The guide names `resources` too, and AWS does without.
        for member in ["id", "account", "source", "time", "region", "detail-type"] {
            if event.get(member).is_none() {
                return Err(invalid(format!(
                    "Parameter Event is not valid. Reason: {member} is a required argument."
                )));
            }
        }
        Ok(api::TestEventPatternOutput {
            result: Some(pattern.matches(&event)),
        })
    }
}

pub(super) fn invalid_pattern(reason: impl std::fmt::Display) -> ServiceError {
    errors::InvalidEventPatternException
        .with(format!("Event pattern is not valid. Reason: {reason}"))
}

/// A pattern that describes at least something.
pub(super) fn parsed(text: &str) -> Result<Pattern, ServiceError> {
    let is_empty = serde_json::from_str::<Value>(text)
        .is_ok_and(|value| value.as_object().is_some_and(serde_json::Map::is_empty));
    if is_empty {
        return Err(invalid_pattern("Empty objects are not allowed"));
    }
    Pattern::parse(text).map_err(invalid_pattern)
}
