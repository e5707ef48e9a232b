//! Where lines of logs are written: one queue, and one task that empties it.
//!
//! Nothing waits for it. A line that finds the queue full is dropped and counted.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use landline_api::logs;
use landline_wire::{Caller, Dispatcher, ServiceError, Timestamp, request_id};
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{mpsc, oneshot};

use crate::quotas;

/// The queue of lines.
#[derive(Debug)]
pub(crate) struct LogSink {
    queue: mpsc::Sender<Job>,
    dropped: Arc<AtomicU64>,
    has_refused_firehose: AtomicBool,
}

/// One line, and where it goes.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) place: Place,
    pub(crate) account_id: Arc<str>,
    pub(crate) region: Arc<str>,
    pub(crate) time: Timestamp,
    pub(crate) text: String,
}

/// Where a line goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    LogGroup(Arc<str>),
    File(Arc<Path>),
    Stdout,
}

#[derive(Debug)]
enum Job {
    Write(Entry),
    /// Answers when everything before it is written.
    Flush(oneshot::Sender<()>),
}

impl LogSink {
    /// A queue, and the task that empties it until the queue is dropped.
    pub(crate) fn new(dispatcher: Dispatcher) -> (Self, impl Future<Output = ()> + Send) {
        let (queue, jobs) = mpsc::channel(quotas::QUEUED_LOG_LINES);
        let dropped = Arc::new(AtomicU64::new(0));
        let sink = Self {
            queue,
            dropped: Arc::clone(&dropped),
            has_refused_firehose: AtomicBool::new(false),
        };
        let writer = Writer {
            dispatcher,
            jobs,
            dropped,
            // One stream for each life of the node, named as the service names them.
            stream: stream_name(),
        };
        (sink, writer.run())
    }

    /// Hands on a line, or drops it where there is no room.
    pub(crate) fn push(&self, entry: Entry) {
        if self.queue.try_send(Job::Write(entry)).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Waits until what was pushed so far is written.
    pub(crate) async fn flush(&self) {
        let (done, written) = oneshot::channel();
        if self.queue.send(Job::Flush(done)).await.is_ok() {
            let _writer_is_gone = written.await;
        }
    }

    /// How many lines found no room.
    pub(crate) fn dropped(&self) -> u64 {
        self.dropped.load(Ordering::Relaxed)
    }

    /// Says once that there is no Firehose.
    pub(crate) fn refuse_firehose(&self, stream: &str) {
        if !self.has_refused_firehose.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                stream,
                "Landline has no Firehose: access logs for it are not written"
            );
        }
    }
}

struct Writer {
    dispatcher: Dispatcher,
    jobs: mpsc::Receiver<Job>,
    dropped: Arc<AtomicU64>,
    stream: String,
}

/// Lines for one place, of one account and region.
type Batches = BTreeMap<(Place, Arc<str>, Arc<str>), Vec<(Timestamp, String)>>;

impl Writer {
    async fn run(mut self) {
        let mut told = 0;
        let mut jobs = Vec::new();
        while self.jobs.recv_many(&mut jobs, MAX_JOBS).await > 0 {
            let was_full = jobs.len() == MAX_JOBS;
            let (batches, flushes) = sort(&mut jobs);
            for ((place, account_id, region), lines) in batches {
                match place {
                    Place::LogGroup(group) => {
                        let caller = Caller::root(&account_id, &region)
                            .service("apigateway.amazonaws.com", "");
                        self.put(&group, lines, &caller).await;
                    }
                    Place::File(path) => append(&path, &lines).await,
                    Place::Stdout => print(&lines).await,
                }
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
                    "log lines were dropped: they come faster than they are written"
                );
                told = dropped;
            }
            if may_gather {
                // Lines come in flocks; a store prefers them together.
                tokio::time::sleep(GATHER_TIME).await;
            }
        }
    }

    async fn put(&self, group: &str, mut lines: Vec<(Timestamp, String)>, caller: &Caller) {
        // Executions end in another order than they begin; events must be in the order of time.
        lines.sort_by_key(|(time, _)| time.as_millis());
        let mut events = Vec::new();
        let mut bytes = 0;
        for (time, message) in lines {
            let size = message.len() + EVENT_OVERHEAD;
            if bytes + size > MAX_CALL_BYTES || events.len() == MAX_CALL_EVENTS {
                self.put_events(group, std::mem::take(&mut events), caller)
                    .await;
                bytes = 0;
            }
            bytes += size;
            let timestamp = time.as_millis();
            events.push(logs::InputLogEvent { message, timestamp });
        }
        self.put_events(group, events, caller).await;
    }

    async fn put_events(&self, group: &str, events: Vec<logs::InputLogEvent>, caller: &Caller) {
        let input = logs::PutLogEventsInput {
            log_group_name: group.to_owned(),
            log_stream_name: self.stream.clone(),
            log_events: events,
            ..logs::PutLogEventsInput::default()
        };
        let put = |input| self.dispatcher.call::<logs::PutLogEvents>(input, caller);
        let mut stored = put(input.clone()).await;
        if let Err(error) = &stored
            && logs::errors::ResourceNotFoundException.matches(error)
        {
            self.create(group, caller).await;
            stored = put(input).await;
        }
        if let Err(error) = stored {
            tracing::warn!(group, code = %error.code, message = error.message, "log lines cannot be stored");
        }
    }

    /// Makes the group and the stream; either may be there already.
    async fn create(&self, group: &str, caller: &Caller) {
        let log = |created: Result<_, ServiceError>| {
            if let Err(error) = created
                && !logs::errors::ResourceAlreadyExistsException.matches(&error)
            {
                tracing::debug!(%error, group, "log stream not created");
            }
        };
        let input = logs::CreateLogGroupInput {
            log_group_name: group.to_owned(),
            ..logs::CreateLogGroupInput::default()
        };
        log(self
            .dispatcher
            .call::<logs::CreateLogGroup>(input, caller)
            .await);
        let input = logs::CreateLogStreamInput {
            log_group_name: group.to_owned(),
            log_stream_name: self.stream.clone(),
        };
        log(self
            .dispatcher
            .call::<logs::CreateLogStream>(input, caller)
            .await);
    }
}

/// The lines by where they go, each place in order, and who waits for them.
fn sort(jobs: &mut Vec<Job>) -> (Batches, Vec<oneshot::Sender<()>>) {
    let mut batches = Batches::new();
    let mut flushes = Vec::new();
    for job in jobs.drain(..) {
        match job {
            Job::Write(entry) => batches
                .entry((entry.place, entry.account_id, entry.region))
                .or_default()
                .push((entry.time, entry.text)),
            Job::Flush(done) => flushes.push(done),
        }
    }
    (batches, flushes)
}

async fn append(path: &Path, lines: &[(Timestamp, String)]) {
    let opened = tokio::fs::OpenOptions::new()
        .create(true)
        .append(true)
        .open(path)
        .await;
    let written = match opened {
        Ok(file) => write_lines(file, lines).await,
        Err(error) => Err(error),
    };
    if let Err(error) = written {
        tracing::warn!(path = %path.display(), %error, "access log cannot be written");
    }
}

async fn print(lines: &[(Timestamp, String)]) {
    if let Err(error) = write_lines(tokio::io::stdout(), lines).await {
        tracing::warn!(%error, "access log cannot be written");
    }
}

async fn write_lines(
    mut target: impl AsyncWrite + Unpin,
    lines: &[(Timestamp, String)],
) -> std::io::Result<()> {
    let mut text = String::new();
    for (_, line) in lines {
        text.push_str(line);
        text.push('\n');
    }
    target.write_all(text.as_bytes()).await?;
    target.flush().await
}

fn stream_name() -> String {
    use std::fmt::Write as _;
    let mut name = String::with_capacity(32);
    for byte in request_id::random_bytes::<16>() {
        let _always_fits = write!(name, "{byte:02x}");
    }
    name
}

const GATHER_TIME: Duration = Duration::from_millis(100);
const MAX_JOBS: usize = 1024;
/// The limits of `PutLogEvents`.
const MAX_CALL_BYTES: usize = 1_048_576;
const MAX_CALL_EVENTS: usize = 10_000;
const EVENT_OVERHEAD: usize = 26;
