//! What is done with lines as they come: functions are sent them, metrics count them.

use std::collections::HashMap;
use std::io::Write as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use landline_api::logs::InputLogEvent;
use landline_api::{cloudwatch, lambda};
use landline_wire::{Arn, Caller, ServiceError, Timestamp};
use parking_lot::RwLock;
use serde_json::{Value as Json, json};

use super::events::Position;
use super::metric_filters::Metric;
use super::pattern::Pattern;
use super::subscriptions::caller_of;
use super::{GROUPS, GroupRecord, Logs};
use crate::unavailable;

/// One call of a function carries about this many bytes of lines.
const MAX_CALL_BYTES: usize = 256 * 1024;
/// The most values in one call of CloudWatch.
const MAX_DATA: usize = 1000;

/// What watches each group; a group without filters is not here.
pub(super) type Watched = RwLock<HashMap<String, Arc<Vec<Watcher>>>>;

/// A filter that is in force.
#[derive(Debug)]
pub(super) struct Watcher {
    name: String,
    pattern: Pattern,
    purpose: Purpose,
}

#[derive(Debug)]
enum Purpose {
    /// The ARN of a function.
    Call(String),
    Count(Metric),
}

/// A line, with its id.
pub(super) struct Line {
    position: Position,
    millis: i64,
    message: String,
}

/// The filters of a group, as far as anything is done for them.
pub(super) fn watchers_of(record: &GroupRecord) -> Vec<Watcher> {
    let calls = record.subscriptions.iter().map(|(name, it)| {
        let purpose = Purpose::Call(it.destination_arn.clone());
        (name, &it.pattern, purpose)
    });
    let counts = record.metric_filters.iter().map(|(name, it)| {
        let purpose = Purpose::Count(it.metric.clone());
        (name, &it.pattern, purpose)
    });
    let filters = calls.chain(counts).filter_map(|(name, pattern, purpose)| {
        Some(Watcher {
            name: name.clone(),
            pattern: Pattern::parse(pattern).ok()?,
            purpose,
        })
    });
    filters.collect()
}

impl Logs {
    /// Brings what watches a group up to date.
    pub(super) fn watch(&self, group: &str) -> Result<(), ServiceError> {
        let mut watched = self.watched.write();
        let record = GROUPS.get(&*self.store, group);
        let record = record.map_err(|error| unavailable(&error))?;
        let watchers = record.as_ref().map(watchers_of).unwrap_or_default();
        if watchers.is_empty() {
            watched.remove(group);
        } else {
            watched.insert(group.to_owned(), Arc::new(watchers));
        }
        Ok(())
    }

    /// A copy of the lines for those who watch the group; none for nobody.
    pub(super) fn watched_lines(
        &self,
        group: &str,
        first: u64,
        events: &[InputLogEvent],
    ) -> Option<(Arc<Vec<Watcher>>, Vec<Line>)> {
        let watchers = self.watched.read().get(group).cloned()?;
        let lines = (first..).zip(events).map(|(sequence, event)| Line {
            position: Position {
                millis: u64::try_from(event.timestamp).unwrap_or_default(),
                sequence,
            },
            millis: event.timestamp,
            message: event.message.clone(),
        });
        Some((watchers, lines.collect()))
    }

    /// Tells those who watch a group what came. Lines are kept whatever becomes of this.
    pub(super) async fn tell(
        &self,
        (watchers, lines): (Arc<Vec<Watcher>>, Vec<Line>),
        (group, stream): (&str, &str),
        caller: &Caller,
    ) {
        let by = caller_of(group, caller);
        for watcher in watchers.iter() {
            let matching = lines
                .iter()
                .filter(|line| watcher.pattern.matches(&line.message));
            let matching: Vec<&Line> = matching.collect();
            if matching.is_empty() {
                continue;
            }
            let told = match &watcher.purpose {
                Purpose::Call(function) => {
                    let from = (group, stream, watcher.name.as_str());
                    self.call(function, from, &matching, &by).await
                }
                Purpose::Count(metric) => self.count(metric, watcher, &matching, &by).await,
            };
            if let Err(error) = told {
                tracing::warn!(group, filter = watcher.name, %error, "what a filter of a log group has found was not told");
            }
        }
    }

    async fn call(
        &self,
        function: &str,
        (group, stream, filter): (&str, &str, &str),
        lines: &[&Line],
        by: &Caller,
    ) -> Result<(), ServiceError> {
        let Some(dispatcher) = self.dispatcher.get() else {
            return Ok(());
        };
        let resource = Arn::parse(function).map(|arn| arn.resource.to_owned());
        let name = resource.as_deref().and_then(|it| it.split(':').nth(1));
        if group.strip_prefix("/aws/lambda/") == name && name.is_some() {
            tracing::warn!(
                group,
                filter,
                "a function is not sent its own lines: it would write more of them without end"
            );
            return Ok(());
        }
        let mut rest = lines;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = rest.iter().take_while(|line| {
                bytes += line.message.len();
                bytes <= MAX_CALL_BYTES
            });
            let (part, after) = rest.split_at(fits.count().max(1));
            let message = message(part, (group, stream, filter), by);
            let input = lambda::InvokeInput {
                function_name: function.to_owned(),
                invocation_type: Some(lambda::InvocationType::Event),
                payload: Some(
                    json!({"awslogs": {"data": packed(&message)}})
                        .to_string()
                        .into(),
                ),
                ..Default::default()
            };
            dispatcher.call::<lambda::Invoke>(input, by).await?;
            rest = after;
        }
        Ok(())
    }

    async fn count(
        &self,
        metric: &Metric,
        watcher: &Watcher,
        lines: &[&Line],
        by: &Caller,
    ) -> Result<(), ServiceError> {
        let Some(dispatcher) = self.dispatcher.get() else {
            return Ok(());
        };
        let data: Vec<_> = lines
            .iter()
            .filter_map(|line| datum(metric, watcher, line))
            .collect();
        for part in data.chunks(MAX_DATA) {
            let input = cloudwatch::PutMetricDataInput {
                namespace: metric.namespace.clone(),
                metric_data: Some(part.to_vec()),
                ..Default::default()
            };
            dispatcher
                .call::<cloudwatch::PutMetricData>(input, by)
                .await?;
        }
        Ok(())
    }
}

/// What a function is told, before it is packed.
fn message(lines: &[&Line], (group, stream, filter): (&str, &str, &str), by: &Caller) -> Json {
    let events = lines.iter().map(|line| {
        json!({
            "id": line.position.to_token(),
            "timestamp": line.millis,
            "message": line.message,
        })
    });
    json!({
        "messageType": "DATA_MESSAGE",
        "owner": &*by.account_id,
        "logGroup": group,
        "logStream": stream,
        "subscriptionFilters": [filter],
        "logEvents": events.collect::<Vec<_>>(),
    })
}

fn packed(message: &Json) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    // Writing to memory cannot fail.
    let _written = encoder.write_all(message.to_string().as_bytes());
    STANDARD.encode(encoder.finish().unwrap_or_default())
}

fn datum(metric: &Metric, watcher: &Watcher, line: &Line) -> Option<cloudwatch::MetricDatum> {
    let named = |text: &str| {
        if text.starts_with('$') {
            watcher.pattern.value(text, &line.message)
        } else {
            Some(text.to_owned())
        }
    };
    let value = named(&metric.value)?.parse().ok()?;
    let dimensions = metric.dimensions.iter().map(|(name, text)| {
        Some(cloudwatch::Dimension {
            name: name.clone(),
            value: named(text)?,
        })
    });
    Some(cloudwatch::MetricDatum {
        metric_name: metric.name.clone(),
        dimensions: Some(dimensions.collect::<Option<_>>()?),
        timestamp: Some(Timestamp::from_millis(line.millis)),
        value: Some(value),
        unit: metric.unit.as_deref().map(cloudwatch::StandardUnit::from),
        ..Default::default()
    })
}
