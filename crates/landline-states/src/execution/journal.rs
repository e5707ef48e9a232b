//! What happens in executions, for log groups: a line for each event that the machine's configuration asks for.
//!
//! Nothing waits for it: a line that finds the queue full is dropped and counted, as AWS delivers logs with its best
//! effort. Of express executions nothing else can be seen.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html>

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use landline_api::logs;
use landline_wire::timestamp::TimestampFormat;
use landline_wire::{Caller, Dispatcher, Timestamp, request_id};
use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};

use super::record::ExecutionRecord;
use crate::machine::Revision;
use crate::quotas::JOURNAL_LINES;

/// What a machine wants to have logged, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Logging {
    group: Arc<str>,
    level: Level,
    data: Data,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    All,
    Error,
    Fatal,
}

/// Whether lines have what goes into states and comes out of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Data {
    Included,
    LeftOut,
}

impl Logging {
    /// As a revision has it; `None` when nothing is logged.
    pub(crate) fn of(revision: &Revision) -> Option<Self> {
        let logging = revision.logging.as_ref()?;
        let level = match logging.get("level").and_then(Value::as_str) {
            Some("ALL") => Level::All,
            Some("ERROR") => Level::Error,
            Some("FATAL") => Level::Fatal,
            _ => return None,
        };
        let arn = logging.pointer("/destinations/0/cloudWatchLogsLogGroup/logGroupArn");
        let has_data = logging.get("includeExecutionData") == Some(&Value::Bool(true));
        Some(Self {
            group: group_of(arn?.as_str()?)?.into(),
            level,
            data: if has_data {
                Data::Included
            } else {
                Data::LeftOut
            },
        })
    }

    /// The line of an event, if it is asked for.
    fn line(&self, execution: &ExecutionRecord, event: &Value) -> Option<Line> {
        let kind = event["type"].as_str()?;
        let is_wanted = match self.level {
            Level::All => true,
            Level::Error => is_error(kind) || is_fatal(kind),
            Level::Fatal => is_fatal(kind),
        };
        if !is_wanted {
            return None;
        }
        let time = milliseconds(&event["timestamp"]);
        let text = json!({
            "id": event["id"].to_string(),
            "type": kind,
            "details": self.details(event),
            "redrive_count": execution.redrives.to_string(),
            "previous_event_id": event["previousEventId"].to_string(),
            "event_timestamp": time.as_millis().to_string(),
            "execution_arn": execution.arn,
        });
        Some(Line {
            group: self.group.clone(),
            machine: execution.machine.clone(),
            time,
            text: text.to_string(),
        })
    }

    /// The only member that is an object.
    fn details(&self, event: &Value) -> Value {
        let mut members = event.as_object().into_iter().flatten();
        let details = members.find_map(|(_, value)| value.as_object());
        let mut details = details.cloned().unwrap_or_default();
        if self.data == Data::LeftOut {
            details.retain(|name, _| !DATA.contains(&name.as_str()));
        }
        details.into()
    }
}

/// What is left out without `includeExecutionData`.
const DATA: &[&str] = &[
    "assignedVariables",
    "assignedVariablesDetails",
    "input",
    "inputDetails",
    "output",
    "outputDetails",
    "parameters",
];

/// The group of `arn:aws:logs:eu-west-1:000000000000:log-group:/states/greet:*`.
pub(crate) fn group_of(arn: &str) -> Option<&str> {
    let (_, group) = arn.split_once(":log-group:")?;
    let group = group.strip_suffix(":*").unwrap_or(group);
    (!group.is_empty()).then_some(group)
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "times are some 10^12 milliseconds"
)]
fn milliseconds(seconds: &Value) -> Timestamp {
    let seconds = seconds.as_f64().unwrap_or_default();
    Timestamp::from_millis((seconds * 1000.0).round() as i64)
}

/// <https://docs.aws.amazon.com/step-functions/latest/dg/cloudwatch-log-level.html>
fn is_error(kind: &str) -> bool {
    matches!(
        kind,
        "ActivityFailed"
            | "ActivityScheduleFailed"
            | "ActivityTimedOut"
            | "FailStateEntered"
            | "LambdaFunctionFailed"
            | "LambdaFunctionScheduleFailed"
            | "LambdaFunctionStartFailed"
            | "LambdaFunctionTimedOut"
            | "MapIterationAborted"
            | "MapIterationFailed"
            | "MapRunAborted"
            | "MapRunFailed"
            | "MapStateAborted"
            | "MapStateFailed"
            | "ParallelStateAborted"
            | "ParallelStateFailed"
            | "TaskFailed"
            | "TaskStartFailed"
            | "TaskStateAborted"
            | "TaskSubmitFailed"
            | "TaskTimedOut"
            | "WaitStateAborted"
    )
}

fn is_fatal(kind: &str) -> bool {
    matches!(
        kind,
        "ExecutionAborted" | "ExecutionFailed" | "ExecutionTimedOut"
    )
}

#[derive(Debug)]
struct Line {
    group: Arc<str>,
    machine: String,
    time: Timestamp,
    text: String,
}

#[derive(Debug)]
enum Job {
    Write(Line),
    /// Answers when everything before it is written.
    Flush(oneshot::Sender<()>),
}

/// The queue of lines.
#[derive(Debug)]
pub(crate) struct Journal {
    queue: mpsc::Sender<Job>,
    dropped: Arc<AtomicU64>,
}

impl Journal {
    /// A queue, and the task that empties it until the queue is dropped.
    pub(crate) fn new(
        dispatcher: Dispatcher,
        caller: Caller,
    ) -> (Self, impl Future<Output = ()> + Send) {
        let (queue, jobs) = mpsc::channel(JOURNAL_LINES);
        let dropped = Arc::new(AtomicU64::new(0));
        let writer = Writer {
            dispatcher,
            caller,
            jobs,
            dropped: dropped.clone(),
            streams: HashMap::new(),
        };
        (Self { queue, dropped }, writer.run())
    }

    /// Hands on the lines of events, or drops them where there is no room.
    pub(super) fn push(
        &self,
        logging: &Logging,
        execution: &ExecutionRecord,
        events: &[(u64, Value)],
    ) {
        for (_, event) in events {
            if let Some(line) = logging.line(execution, event)
                && self.queue.try_send(Job::Write(line)).is_err()
            {
                self.dropped.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    /// Waits until what was pushed so far is written.
    pub(crate) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.queue.send(Job::Flush(done)).await.is_ok() {
            let _writer_is_gone = written.await;
        }
    }
}

struct Writer {
    dispatcher: Dispatcher,
    caller: Caller,
    jobs: mpsc::Receiver<Job>,
    dropped: Arc<AtomicU64>,
    /// The stream of each machine's group: one for each life of the node.
    streams: HashMap<(Arc<str>, String), String>,
}

/// Lines of one machine for one group.
type Batches = BTreeMap<(Arc<str>, String), Vec<logs::InputLogEvent>>;

impl Writer {
    async fn run(mut self) {
        let mut told = 0;
        let mut jobs = Vec::new();
        while self.jobs.recv_many(&mut jobs, JOBS_AT_ONCE).await > 0 {
            let was_full = jobs.len() == JOBS_AT_ONCE;
            let (batches, flushes) = sort(&mut jobs);
            for ((group, machine), lines) in batches {
                self.put(group, machine, lines).await;
            }
            let may_gather = flushes.is_empty() && !was_full;
            for flush in flushes {
                let _nobody_waits = flush.send(());
            }
            let dropped = self.dropped.load(Ordering::Relaxed);
            if dropped > told {
                let lines = dropped - told;
                tracing::warn!(
                    lines,
                    "log lines of executions were dropped: they come faster than they are written"
                );
                told = dropped;
            }
            if may_gather {
                tokio::time::sleep(GATHER_TIME).await;
            }
        }
    }

    /// Writes lines in calls that are not too large.
    async fn put(&mut self, group: Arc<str>, machine: String, lines: Vec<logs::InputLogEvent>) {
        let mut events = Vec::new();
        let mut bytes = 0;
        let first = lines.first().map_or(0, |line| line.timestamp);
        let since = Timestamp::from_millis(first);
        let Some(stream) = self.stream(group.clone(), machine, since).await else {
            return;
        };
        for line in lines {
            let size = line.message.len() + EVENT_OVERHEAD;
            if bytes + size > CALL_BYTES_MAX {
                let full = std::mem::take(&mut events);
                self.put_events(&group, &stream, full).await;
                bytes = 0;
            }
            bytes += size;
            events.push(line);
        }
        self.put_events(&group, &stream, events).await;
    }

    /// The stream of a machine, made when it first has something to say.
    async fn stream(
        &mut self,
        group: Arc<str>,
        machine: String,
        since: Timestamp,
    ) -> Option<String> {
        let key = (group, machine);
        if let Some(stream) = self.streams.get(&key) {
            return Some(stream.clone());
        }
        let (group, machine) = &key;
        let minute = since.format(TimestampFormat::Iso8601)[..16].replace(['T', ':'], "-");
        let id = u32::from_le_bytes(request_id::random_bytes());
        let stream = format!("states/{machine}/{minute}/{id:08x}");
        let input = logs::CreateLogStreamInput {
            log_group_name: group.to_string(),
            log_stream_name: stream.clone(),
        };
        let dispatcher = &self.dispatcher;
        let made = dispatcher.call::<logs::CreateLogStream>(input, &self.caller);
        if let Err(error) = made.await {
            // Somebody has removed the group: as on AWS, nobody is told.
            tracing::debug!(%error, %group, machine, "an execution cannot be logged");
            return None;
        }
        if self.streams.len() >= STREAMS_MAX {
            self.streams.clear();
        }
        self.streams.insert(key, stream.clone());
        Some(stream)
    }

    async fn put_events(&mut self, group: &str, stream: &str, events: Vec<logs::InputLogEvent>) {
        if events.is_empty() {
            return;
        }
        let input = logs::PutLogEventsInput {
            log_group_name: group.to_owned(),
            log_stream_name: stream.to_owned(),
            log_events: events,
            ..Default::default()
        };
        let dispatcher = &self.dispatcher;
        let put = dispatcher.call::<logs::PutLogEvents>(input, &self.caller);
        if let Err(error) = put.await {
            tracing::warn!(%error, group, "log lines of executions cannot be stored");
            // The group may have been made anew, without the stream.
            self.streams.retain(|(known, _), _| **known != *group);
        }
    }
}

/// The lines by where they go, each place in order, and who waits for them.
fn sort(jobs: &mut Vec<Job>) -> (Batches, Vec<oneshot::Sender<()>>) {
    let mut batches = Batches::new();
    let mut flushes = Vec::new();
    for job in jobs.drain(..) {
        match job {
            Job::Write(line) => {
                let lines = batches.entry((line.group, line.machine)).or_default();
                lines.push(logs::InputLogEvent {
                    timestamp: line.time.as_millis(),
                    message: line.text,
                });
            }
            Job::Flush(done) => flushes.push(done),
        }
    }
    // Executions of one machine come in any order; events must be in the order of time.
    for lines in batches.values_mut() {
        lines.sort_by_key(|line| line.timestamp);
    }
    (batches, flushes)
}

/// Lines come in flocks; a store prefers them together.
const GATHER_TIME: Duration = Duration::from_millis(100);
const JOBS_AT_ONCE: usize = 1024;
const STREAMS_MAX: usize = 10_000;
/// The limits of `PutLogEvents`; of events there are never too many.
const CALL_BYTES_MAX: usize = 1_048_576;
const EVENT_OVERHEAD: usize = 26;
