//! What functions print, from the worker's pipe to the log group.
//!
//! A worker cuts the bytes into lines ([`WorkerLog`]) and hands them on without ever waiting: what
//! does not fit is dropped and counted, so a function that prints without end costs only itself.

mod forward;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::{Bytes, BytesMut};
use landline_wire::Clock;
use tokio::sync::{broadcast, mpsc};

pub(crate) use forward::forward;

use crate::quotas::{
    MAX_LOG_LINE_BYTES, MAX_PENDING_LOG_BYTES, MAX_QUEUED_LOG_BYTES, MAX_TAIL_BYTES,
};

/// One line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// Milliseconds since the epoch.
    pub timestamp: i64,
    /// The text, without the line end.
    pub message: String,
}

/// Lines of one log stream, in order.
#[derive(Debug, Clone)]
pub struct LogBatch {
    /// The function that printed them.
    pub function_name: Arc<str>,
    /// `/aws/lambda/{function}`, unless the function says otherwise.
    pub log_group: Arc<str>,
    /// One per execution environment: `2027/02/03/[$LATEST]…`.
    pub log_stream: Arc<str>,
    /// The lines.
    pub lines: Vec<LogLine>,
    bytes: usize,
}

/// Where all workers hand on their lines.
#[derive(Debug)]
pub(crate) struct LogRouter {
    queue: mpsc::Sender<Arc<LogBatch>>,
    queued_bytes: Arc<AtomicUsize>,
    tap: broadcast::Sender<Arc<LogBatch>>,
    clock: Arc<dyn Clock>,
}

/// The receiving end, for the task that stores lines.
#[derive(Debug)]
pub(crate) struct LogQueue {
    batches: mpsc::Receiver<Arc<LogBatch>>,
    queued_bytes: Arc<AtomicUsize>,
}

impl LogRouter {
    pub(crate) fn new(clock: Arc<dyn Clock>) -> (Self, LogQueue) {
        let (queue, batches) = mpsc::channel(MAX_QUEUED_BATCHES);
        let queued_bytes = Arc::new(AtomicUsize::new(0));
        let (tap, _) = broadcast::channel(MAX_TAPPED_BATCHES);
        let router = Self {
            queue,
            queued_bytes: queued_bytes.clone(),
            tap,
            clock,
        };
        (
            router,
            LogQueue {
                batches,
                queued_bytes,
            },
        )
    }

    /// Every batch from now on; a receiver that is too slow misses some.
    pub(crate) fn tap(&self) -> broadcast::Receiver<Arc<LogBatch>> {
        self.tap.subscribe()
    }

    /// Hands on a batch, or says that it does not fit.
    fn send(&self, batch: LogBatch) -> Result<(), usize> {
        let (bytes, count) = (batch.bytes, batch.lines.len());
        let batch = Arc::new(batch);
        if self.tap.receiver_count() > 0 {
            let _ = self.tap.send(batch.clone());
        }
        if self.queued_bytes.load(Ordering::Relaxed) + bytes > MAX_QUEUED_LOG_BYTES {
            return Err(count);
        }
        self.queued_bytes.fetch_add(bytes, Ordering::Relaxed);
        self.queue.try_send(batch).map_err(|_| {
            self.queued_bytes.fetch_sub(bytes, Ordering::Relaxed);
            count
        })
    }
}

/// The log of one execution environment.
#[derive(Debug)]
pub struct WorkerLog {
    router: Arc<LogRouter>,
    function_name: Arc<str>,
    log_group: Arc<str>,
    log_stream: Arc<str>,
    /// The beginning of a line whose end has not come yet.
    partial: BytesMut,
    lines: Vec<LogLine>,
    line_bytes: usize,
    dropped: usize,
    tail: Option<Tail>,
}

impl WorkerLog {
    pub(crate) fn new(
        router: Arc<LogRouter>,
        function_name: Arc<str>,
        log_group: Arc<str>,
        log_stream: Arc<str>,
    ) -> Self {
        Self {
            router,
            function_name,
            log_group,
            log_stream,
            partial: BytesMut::new(),
            lines: Vec::new(),
            line_bytes: 0,
            dropped: 0,
            tail: None,
        }
    }

    /// `AWS_LAMBDA_LOG_STREAM_NAME`
    pub fn log_stream(&self) -> &Arc<str> {
        &self.log_stream
    }

    /// Keeps the end of the log from here on, for an answer.
    pub(crate) fn start_tail(&mut self) {
        self.tail = Some(Tail::default());
    }

    /// Keeps the end of the log from an earlier point on, of which `before` is the end.
    pub(crate) fn resume_tail(&mut self, before: &[u8]) {
        self.tail = Some(Tail(before.to_vec()));
    }

    pub(crate) fn take_tail(&mut self) -> Option<Bytes> {
        self.tail.take().map(Tail::finish)
    }

    /// Takes what the function printed.
    pub fn print(&mut self, mut bytes: &[u8]) {
        while let Some(end) = memchr::memchr(b'\n', bytes) {
            let (line, rest) = bytes.split_at(end);
            bytes = &rest[1..];
            if self.partial.is_empty() {
                self.add_long_line(line);
            } else {
                self.partial.extend_from_slice(line);
                self.end_partial();
            }
        }
        self.partial.extend_from_slice(bytes);
        if self.partial.len() > MAX_LOG_LINE_BYTES {
            self.end_partial();
        }
    }

    /// Ends a line that has no end of its own, as the process ended.
    pub(crate) fn end_partial(&mut self) {
        if !self.partial.is_empty() {
            let partial = self.partial.split();
            self.add_long_line(&partial);
        }
    }

    fn add_long_line(&mut self, line: &[u8]) {
        if line.len() <= MAX_LOG_LINE_BYTES {
            return self.add_bytes(line);
        }
        for part in line.chunks(MAX_LOG_LINE_BYTES) {
            self.add_bytes(part);
        }
    }

    fn add_bytes(&mut self, line: &[u8]) {
        if let Some(tail) = &mut self.tail {
            tail.add(line);
        }
        if self.line_bytes + line.len() > MAX_PENDING_LOG_BYTES {
            self.dropped += 1;
            return;
        }
        // Runtimes write the line ends inside one event as carriage returns.
        let message = String::from_utf8_lossy(line).replace('\r', "\n");
        self.keep(message);
    }

    /// Adds a line of Landline's own, such as `START`.
    pub(crate) fn add(&mut self, message: String) {
        if let Some(tail) = &mut self.tail {
            tail.add(message.as_bytes());
        }
        self.keep(message);
    }

    fn keep(&mut self, message: String) {
        self.line_bytes += message.len() + LINE_OVERHEAD_BYTES;
        self.lines.push(LogLine {
            timestamp: self.router.clock.now().as_millis(),
            message,
        });
    }

    /// Hands on the lines so far. Never waits.
    pub fn flush(&mut self) {
        if self.lines.is_empty() {
            return;
        }
        if self.dropped > 0 {
            let count = std::mem::take(&mut self.dropped);
            self.keep(format!(
                "Landline dropped {count} lines: the function prints faster than they can be stored"
            ));
        }
        let batch = LogBatch {
            function_name: self.function_name.clone(),
            log_group: self.log_group.clone(),
            log_stream: self.log_stream.clone(),
            lines: std::mem::take(&mut self.lines),
            bytes: std::mem::take(&mut self.line_bytes),
        };
        if let Err(count) = self.router.send(batch) {
            self.dropped += count;
        }
    }

    /// Whether lines are being dropped, so that the reader can slow the function down.
    pub(crate) fn is_dropping(&self) -> bool {
        self.dropped > 0
    }
}

/// The end of a log, as `LogType: Tail` answers it.
#[derive(Debug, Default)]
struct Tail(Vec<u8>);

impl Tail {
    fn add(&mut self, line: &[u8]) {
        let line = &line[line.len().saturating_sub(MAX_TAIL_BYTES)..];
        self.0.extend_from_slice(line);
        self.0.push(b'\n');
        if self.0.len() > 4 * MAX_TAIL_BYTES {
            self.cut();
        }
    }

    fn cut(&mut self) {
        let surplus = self.0.len().saturating_sub(MAX_TAIL_BYTES);
        self.0.drain(..surplus);
    }

    fn finish(mut self) -> Bytes {
        self.cut();
        self.0.into()
    }
}

const MAX_QUEUED_BATCHES: usize = 4096;
const MAX_TAPPED_BATCHES: usize = 1024;
/// What the logs service adds to the length of each event.
const LINE_OVERHEAD_BYTES: usize = 26;
