//! The lines that Lambda itself writes into a function's log.

use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use landline_wire::Clock;

use crate::execution::invocation::{self, Failure};
use crate::execution::logs::WorkerLog;
use crate::function::FunctionSpec;

pub(super) fn start(log: &mut WorkerLog, request_id: &str, version: &str) {
    log.add(format!("START RequestId: {request_id} Version: {version}"));
}

/// What Lambda says of an event that failed; a runtime has told its own errors already.
pub(super) fn failure(
    log: &mut WorkerLog,
    clock: &Arc<dyn Clock>,
    request_id: &str,
    failure: &Failure,
) {
    match failure {
        Failure::TimedOut { after_millis } => {
            let now = clock.now().iso8601_millis();
            let text = invocation::timed_out(*after_millis);
            log.add(format!("{now} {request_id} {text}"));
        }
        Failure::Exited(exit) => {
            log.add(format!("RequestId: {request_id} Error: {exit}"));
        }
        Failure::NotStarted { message, .. } => {
            log.add(format!("RequestId: {request_id} Error: {message}"));
        }
        Failure::ResponseTooLarge { bytes } => log.add(format!(
            "RequestId: {request_id} Error: the response has {bytes} bytes, more than Lambda takes"
        )),
        Failure::Reported { .. } => {}
    }
}

/// The END and REPORT lines of one event.
#[derive(Debug)]
pub(super) struct Report<'a> {
    pub(super) duration: Duration,
    pub(super) init_duration: Option<Duration>,
    pub(super) memory_mb: u32,
    pub(super) max_memory_mb: u32,
    pub(super) failure: Option<&'a Failure>,
}

impl<'a> Report<'a> {
    /// Of an event whose environment never came up.
    pub(super) fn of_failed_start(function: &FunctionSpec, failure: &'a Failure) -> Self {
        Self {
            duration: Duration::ZERO,
            init_duration: None,
            memory_mb: function.memory_mb,
            max_memory_mb: 0,
            failure: Some(failure),
        }
    }

    pub(super) fn write(&self, log: &mut WorkerLog, request_id: &str) {
        log.add(format!("END RequestId: {request_id}"));
        let millis = self.duration.as_secs_f64() * 1000.0;
        let mut line = format!(
            "REPORT RequestId: {request_id}\tDuration: {millis:.2} ms\tBilled Duration: {:.0} ms\tMemory Size: {} MB\tMax Memory Used: {} MB",
            millis.ceil(),
            self.memory_mb,
            self.max_memory_mb,
        );
        if let Some(init) = self.init_duration {
            let _ = write!(
                line,
                "\tInit Duration: {:.2} ms",
                init.as_secs_f64() * 1000.0
            );
        }
        match self.failure {
            None => {}
            Some(Failure::TimedOut { .. }) => line.push_str("\tStatus: timeout"),
            Some(failure) => {
                let _ = write!(
                    line,
                    "\tStatus: error\tError Type: {}",
                    failure.error_type()
                );
            }
        }
        log.add(line);
    }
}
