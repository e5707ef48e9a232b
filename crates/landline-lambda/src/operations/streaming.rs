//! `InvokeWithResponseStream`: the answer goes to its caller as the function writes it.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html>

use std::collections::VecDeque;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::lambda as api;
use landline_wire::protocol::event_stream;
use landline_wire::{Caller, ServiceError};
use serde_json::{Map, Value};
use tokio::sync::mpsc;

use super::invoke::{admit, invocation_of, too_many_requests};
use crate::Lambda;
use crate::execution::{Outcome, StreamPart};
use crate::quotas::MAX_WAITING_PARTS;

/// An answer on its way, from its first part on.
#[derive(Debug)]
pub(crate) struct Streaming {
    pub(crate) executed_version: String,
    /// What has come already.
    first: Option<StreamPart>,
    rest: mpsc::Receiver<StreamPart>,
}

impl Streaming {
    pub(crate) async fn next(&mut self) -> Option<StreamPart> {
        match self.first.take() {
            Some(part) => Some(part),
            None => self.rest.recv().await,
        }
    }
}

/// An answer that ended before its end: whoever takes it must not take it for whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer broke off")]
pub struct BrokenOff;

/// An answer as messages of an event stream.
#[derive(Debug)]
pub struct EventStream {
    /// `X-Amz-Executed-Version`
    pub executed_version: String,
    streaming: Streaming,
    has_begun: bool,
    has_ended: bool,
    ready: VecDeque<Bytes>,
}

impl EventStream {
    /// The next message; `None` after the last one, which says how the function ended.
    pub async fn next(&mut self) -> Option<Result<Bytes, BrokenOff>> {
        loop {
            if let Some(message) = self.ready.pop_front() {
                return Some(Ok(message));
            }
            if self.has_ended {
                return None;
            }
            match self.streaming.next().await {
                Some(StreamPart::Begins { .. }) => self.has_begun = true,
                Some(StreamPart::Data(bytes)) => self.ready.push_back(chunk(&bytes)),
                Some(StreamPart::Ends(outcome)) => self.end(&outcome),
                Some(StreamPart::Throttled(_)) | None => {
                    self.has_ended = true;
                    return Some(Err(BrokenOff));
                }
            }
        }
    }

    fn end(&mut self, outcome: &Outcome) {
        self.has_ended = true;
        if !outcome.failed && !outcome.payload.is_empty() {
            self.ready.push_back(chunk(&outcome.payload));
        }
        let mut complete = Map::new();
        if outcome.failed {
            // What a runtime tells at the end of its answer is passed on in its words.
            let code = if self.has_begun {
                error_type(&outcome.payload)
            } else {
                None
            };
            let code = code.unwrap_or_else(|| "Unhandled".into());
            let details = String::from_utf8_lossy(&outcome.payload).into_owned();
            complete.insert("ErrorCode".into(), code.into());
            complete.insert("ErrorDetails".into(), details.into());
        }
        if let Some(tail) = &outcome.log_tail {
            complete.insert("LogResult".into(), STANDARD.encode(tail).into());
        }
        let complete = Value::Object(complete).to_string();
        let json = "application/json";
        let message = event_stream::event("InvokeComplete", json, complete.as_bytes());
        self.ready.push_back(message);
    }
}

fn chunk(bytes: &[u8]) -> Bytes {
    event_stream::event("PayloadChunk", "application/octet-stream", bytes)
}

fn error_type(payload: &[u8]) -> Option<String> {
    let error: Value = serde_json::from_slice(payload).ok()?;
    Some(error.get("errorType")?.as_str()?.to_owned())
}

impl Lambda {
    /// Invokes a function for a caller who takes the answer as it comes. `None`: the call was dry.
    ///
    /// # Errors
    ///
    /// As `Invoke` refuses.
    pub async fn invoke_with_response_stream(
        self: &Arc<Self>,
        input: api::InvokeInput,
        caller: &Caller,
    ) -> Result<Option<EventStream>, ServiceError> {
        if input.invocation_type == Some(api::InvocationType::DryRun) {
            admit(self, &input, caller)?;
            return Ok(None);
        }
        let streaming = self.stream(input, caller).await?;
        Ok(Some(EventStream {
            executed_version: streaming.executed_version.clone(),
            streaming,
            has_begun: false,
            has_ended: false,
            ready: VecDeque::new(),
        }))
    }

    /// Runs a function; comes back with the first part of its answer.
    pub(crate) async fn stream(
        self: &Arc<Self>,
        input: api::InvokeInput,
        caller: &Caller,
    ) -> Result<Streaming, ServiceError> {
        let target = admit(self, &input, caller)?;
        let kind = api::InvocationType::RequestResponse;
        let mut invocation = invocation_of(caller, input, &kind, &target)?;
        let (parts, mut rest) = mpsc::channel(MAX_WAITING_PARTS);
        invocation.stream = Some(parts.clone());
        let function = target.function.clone();
        // The function runs to its end, whoever still listens.
        self.node.tasks.spawn(async move {
            let last = match function.invoke(invocation).await {
                Ok(outcome) => StreamPart::Ends(outcome),
                Err(throttled) => StreamPart::Throttled(throttled),
            };
            let _ = parts.send(last).await;
        });
        match rest.recv().await {
            Some(StreamPart::Throttled(throttled)) => Err(too_many_requests(throttled)),
            first => Ok(Streaming {
                executed_version: target.function.spec.version.to_string(),
                first,
                rest,
            }),
        }
    }
}
