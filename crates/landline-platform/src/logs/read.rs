//! Reading events back: one stream page by page, or a whole group filtered.

use std::ops::ControlFlow;

use landline_api::logs::{
    FilterLogEvents, FilterLogEventsInput, FilterLogEventsOutput, FilteredLogEvent, GetLogEvents,
    GetLogEventsInput, GetLogEventsOutput, OutputLogEvent, SearchedLogStream, errors,
};
use landline_store::{Direction, KeyRange};
use landline_wire::{Caller, Handler, ServiceError};

use super::events::{self, EventRecord, Position};
use super::pattern::Pattern;
use super::{Logs, STREAMS, existing_group, group_name, no_such_stream, stream_id};
use crate::WriteFailure;

/// A page holds at most this many events.
const MAX_PAGE_EVENTS: i32 = 10_000;
/// A page holds at most about this many bytes of messages.
const MAX_PAGE_BYTES: usize = 1_048_576;

/// One page while it is filled.
struct Page {
    events: Vec<(Position, EventRecord)>,
    bytes: usize,
    limit: usize,
    full: bool,
}

impl Page {
    fn of(limit: Option<i32>) -> Self {
        let limit = limit.unwrap_or(MAX_PAGE_EVENTS);
        let limit = usize::try_from(limit).unwrap_or(1);
        Self {
            events: Vec::new(),
            bytes: 0,
            limit,
            full: false,
        }
    }

    fn add(&mut self, position: Position, event: EventRecord) -> ControlFlow<()> {
        if self.events.len() >= self.limit || self.bytes >= MAX_PAGE_BYTES {
            self.full = true;
            return ControlFlow::Break(());
        }
        self.bytes += event.message.len();
        self.events.push((position, event));
        ControlFlow::Continue(())
    }
}

/// The events of a group between two times, both in milliseconds; the end is `end_limit`.
fn range(group: &str, start: Option<i64>, end_limit: Option<i64>) -> KeyRange {
    let at = |millis: i64| Position {
        millis: u64::try_from(millis).unwrap_or(0),
        sequence: 0,
    };
    let end = end_limit.map_or(
        Position {
            millis: u64::MAX,
            sequence: u64::MAX,
        },
        at,
    );
    events::between(group, at(start.unwrap_or(0)), end)
}

impl Handler<FilterLogEvents> for Logs {
    async fn handle(
        &self,
        input: FilterLogEventsInput,
        _caller: &Caller,
    ) -> Result<FilterLogEventsOutput, ServiceError> {
        let group = group_name(input.log_group_name, input.log_group_identifier)?;
        let pattern = Pattern::parse(input.filter_pattern.as_deref().unwrap_or_default())
            .map_err(|text| errors::InvalidParameterException.with(text))?;
        // AWS's end is inclusive.
        let end = input.end_time.map(|end| end.saturating_add(1));
        let mut range = range(&group, input.start_time, end);
        if let Some(token) = &input.next_token {
            range = range.after(&events::key(&group, position(token)?));
        }
        let prefix = input.log_stream_name_prefix.unwrap_or_default();
        let names = input.log_stream_names.unwrap_or_default();
        let wanted = |event: &EventRecord| {
            event.stream.starts_with(&prefix)
                && (names.is_empty() || names.contains(&event.stream))
                && pattern.matches(&event.message)
        };
        let mut page = Page::of(input.limit);
        self.store.read(|reader| {
            existing_group(reader, &group)?;
            events::scan(
                reader,
                &range,
                Direction::Forward,
                &mut |position, event| {
                    if wanted(&event) {
                        page.add(position, event)
                    } else {
                        ControlFlow::Continue(())
                    }
                },
            )?;
            Ok::<_, WriteFailure>(())
        })?;
        let last = page.events.last().map(|(position, _)| position.to_token());
        Ok(FilterLogEventsOutput {
            next_token: last.filter(|_| page.full),
            events: Some(page.events.into_iter().map(filtered).collect()),
            searched_log_streams: Some(Vec::<SearchedLogStream>::new()),
        })
    }
}

fn filtered((position, event): (Position, EventRecord)) -> FilteredLogEvent {
    FilteredLogEvent {
        log_stream_name: Some(event.stream),
        timestamp: i64::try_from(position.millis).ok(),
        message: Some(event.message),
        ingestion_time: Some(event.ingested_millis),
        event_id: Some(position.to_token()),
    }
}

impl Handler<GetLogEvents> for Logs {
    async fn handle(
        &self,
        input: GetLogEventsInput,
        _caller: &Caller,
    ) -> Result<GetLogEventsOutput, ServiceError> {
        let group = group_name(input.log_group_name, input.log_group_identifier)?;
        let range = range(&group, input.start_time, input.end_time);
        // Tokens are `f/…` and `b/…`: which way, and from where.
        let (direction, range) = match input.next_token.as_deref().map(|token| token.split_at(2)) {
            None if input.start_from_head == Some(true) => (Direction::Forward, range),
            None => (Direction::Backward, range),
            Some(("f/", from)) => (
                Direction::Forward,
                range.after(&events::key(&group, position(from)?)),
            ),
            Some(("b/", from)) => (
                Direction::Backward,
                range.before(&events::key(&group, position(from)?)),
            ),
            Some(_) => return Err(invalid_token()),
        };
        let mut page = Page::of(input.limit);
        self.store.read(|reader| {
            existing_group(reader, &group)?;
            if STREAMS
                .get_in(reader, &stream_id(&group, &input.log_stream_name))?
                .is_none()
            {
                return Err(WriteFailure::from(no_such_stream()));
            }
            events::scan(reader, &range, direction, &mut |position, event| {
                if event.stream == input.log_stream_name {
                    page.add(position, event)
                } else {
                    ControlFlow::Continue(())
                }
            })?;
            Ok(())
        })?;
        if direction == Direction::Backward {
            page.events.reverse();
        }
        Ok(stream_page(page, input.next_token.as_deref()))
    }
}

/// At either end the token stays what it was: so SDKs see that nothing follows.
fn stream_page(page: Page, came_with: Option<&str>) -> GetLogEventsOutput {
    let stayed = came_with.and_then(|token| token.get(2..)).map_or_else(
        || {
            Position {
                millis: 0,
                sequence: 0,
            }
            .to_token()
        },
        str::to_owned,
    );
    let token = |event: Option<&(Position, EventRecord)>| {
        event.map_or_else(|| stayed.clone(), |(position, _)| position.to_token())
    };
    let forward = format!("f/{}", token(page.events.last()));
    let backward = format!("b/{}", token(page.events.first()));
    let events = page
        .events
        .into_iter()
        .map(|(position, event)| OutputLogEvent {
            timestamp: i64::try_from(position.millis).ok(),
            message: Some(event.message),
            ingestion_time: Some(event.ingested_millis),
        });
    GetLogEventsOutput {
        events: Some(events.collect()),
        next_forward_token: Some(forward),
        next_backward_token: Some(backward),
    }
}

fn position(token: &str) -> Result<Position, ServiceError> {
    Position::from_token(token).ok_or_else(invalid_token)
}

fn invalid_token() -> ServiceError {
    errors::InvalidParameterException.with("The specified nextToken is invalid.")
}
