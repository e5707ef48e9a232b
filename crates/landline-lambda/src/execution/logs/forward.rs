//! Carries lines to the logs service, in batches, through the dispatcher.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use landline_api::logs;
use landline_wire::{Caller, Dispatcher, ServiceError};

use tokio_util::sync::CancellationToken;

use super::{LogBatch, LogQueue};

/// A log group and a stream in it.
type StreamName = (Arc<str>, Arc<str>);

/// Stores batches until `stop`; then what is left.
pub(crate) async fn forward(
    mut queue: LogQueue,
    dispatcher: Dispatcher,
    caller: Caller,
    stop: CancellationToken,
) {
    let mut batches = Vec::new();
    loop {
        tokio::select! {
            count = queue.batches.recv_many(&mut batches, MAX_BATCHES) => if count == 0 { return },
            () = stop.cancelled(), if !queue.batches.is_closed() => {
                queue.batches.close();
                continue;
            }
        }
        // Lines that come soon after go along: one durable write for many invocations.
        let more = tokio::time::sleep(GATHER_TIME);
        tokio::pin!(more);
        while batches.len() < MAX_BATCHES {
            tokio::select! {
                batch = queue.batches.recv() => match batch {
                    Some(batch) => batches.push(batch),
                    None => break,
                },
                () = &mut more => break,
                () = stop.cancelled() => break,
            }
        }
        let bytes: usize = batches.iter().map(|batch| batch.bytes).sum();
        for ((group, stream), events) in by_stream(batches.drain(..)) {
            for events in chunks(events) {
                store(&dispatcher, &caller, &group, &stream, events).await;
            }
        }
        queue.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
    }
}

fn by_stream(
    batches: impl Iterator<Item = Arc<LogBatch>>,
) -> HashMap<StreamName, Vec<logs::InputLogEvent>> {
    let mut streams: HashMap<StreamName, Vec<_>> = HashMap::new();
    for batch in batches {
        let name = (batch.log_group.clone(), batch.log_stream.clone());
        let events = streams.entry(name).or_default();
        let batch = Arc::unwrap_or_clone(batch);
        events.extend(batch.lines.into_iter().map(|line| logs::InputLogEvent {
            timestamp: line.timestamp,
            // The service refuses an empty event.
            message: if line.message.is_empty() {
                " ".into()
            } else {
                line.message
            },
        }));
    }
    streams
}

/// Cuts events into calls that the service takes: 1 MiB and 10,000 events.
fn chunks(events: Vec<logs::InputLogEvent>) -> Vec<Vec<logs::InputLogEvent>> {
    let mut calls = vec![Vec::new()];
    let mut bytes = 0;
    for event in events {
        let length = event.message.len() + super::LINE_OVERHEAD_BYTES;
        let full = bytes + length > MAX_CALL_BYTES
            || calls
                .last()
                .is_some_and(|call| call.len() == MAX_CALL_EVENTS);
        if full {
            calls.push(Vec::new());
            bytes = 0;
        }
        bytes += length;
        if let Some(call) = calls.last_mut() {
            call.push(event);
        }
    }
    calls.retain(|call| !call.is_empty());
    calls
}

async fn store(
    dispatcher: &Dispatcher,
    caller: &Caller,
    group: &str,
    stream: &str,
    log_events: Vec<logs::InputLogEvent>,
) {
    let put = logs::PutLogEventsInput {
        log_group_name: group.to_owned(),
        log_stream_name: stream.to_owned(),
        log_events,
        ..Default::default()
    };
    let mut stored = dispatcher
        .call::<logs::PutLogEvents>(put.clone(), caller)
        .await;
    if let Err(error) = &stored
        && logs::errors::ResourceNotFoundException.matches(error)
    {
        create(dispatcher, caller, group, stream).await;
        stored = dispatcher.call::<logs::PutLogEvents>(put, caller).await;
    }
    if let Err(error) = stored {
        tracing::debug!(%error, group, stream, "log lines lost");
    }
}

/// Makes the group and the stream; either may be there already.
async fn create(dispatcher: &Dispatcher, caller: &Caller, group: &str, stream: &str) {
    let log = |created: Result<_, ServiceError>| {
        if let Err(error) = created
            && !logs::errors::ResourceAlreadyExistsException.matches(&error)
        {
            tracing::debug!(%error, group, stream, "log stream not created");
        }
    };
    let input = logs::CreateLogGroupInput {
        log_group_name: group.to_owned(),
        ..Default::default()
    };
    log(dispatcher.call::<logs::CreateLogGroup>(input, caller).await);
    let input = logs::CreateLogStreamInput {
        log_group_name: group.to_owned(),
        log_stream_name: stream.to_owned(),
    };
    log(dispatcher
        .call::<logs::CreateLogStream>(input, caller)
        .await);
}

const GATHER_TIME: Duration = Duration::from_millis(200);
const MAX_BATCHES: usize = 4096;
const MAX_CALL_BYTES: usize = 1_048_576;
const MAX_CALL_EVENTS: usize = 10_000;
