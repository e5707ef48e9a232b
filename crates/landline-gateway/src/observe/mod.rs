//! What is told of executions: access logs, execution logs, metrics, spans.
//!
//! Counters belong to the stage and are always on. Where a stage wants logs, an
//! [`Observer`] goes with each execution; every execution ends in one [`finish`].
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html>.

mod access_log;
pub(crate) mod cloud_watch;
mod destination;
mod execution_log;
mod format;
pub(crate) mod metrics;
mod observer;
mod outcome;
pub mod prometheus;
mod settings;
pub(crate) mod sink;
#[cfg(test)]
mod tests;
mod trace;
mod trial_log;

pub use destination::Destination;
pub use format::{Format, FormatError};
pub(crate) use observer::{KeyCheck, Observer, PhaseOutcome, Received, Sent, listed, masked};
pub(crate) use outcome::{FailureSource, Outcome};
pub use settings::{AccessLog, ExecutionLogging, Level, Observation, RouteObservation};
pub use trace::SPANS;
pub(crate) use trace::{ConnectionTrace, Step, TraceContext};
pub(crate) use trial_log::{Shown, TrialLog, told};

use crate::deployment::snapshot::LiveStage;
use crate::gateway::DataPlane;
use crate::message::subject::Subject;

/// Begins to observe an execution. `None` where the stage wants no logs of it.
pub(crate) fn begin(
    plane: &DataPlane,
    stage: &LiveStage,
    route_key: Option<&str>,
) -> Option<Box<Observer>> {
    let observation = &stage.observation;
    if observation.is_silent() {
        return None;
    }
    let logging = observation.logging_of(route_key);
    if logging.is_none() && observation.access_log.is_none() {
        return None;
    }
    Some(Box::new(Observer::new(plane.clock.clone(), logging)))
}

/// Tells how an execution ended: counts it and its failure, and writes its logs.
pub(crate) fn finish(subject: &Subject<'_>, outcome: &Outcome, observer: Option<&Observer>) {
    subject.count(|counters| counters.end(outcome.failure));
    let Some(observer) = observer else {
        return;
    };
    if let Some(logging) = observer.logging {
        execution_log::write(subject, outcome, observer, logging);
    }
    if let Some(log) = &subject.stage.observation.access_log {
        access_log::write(log, subject, outcome, observer);
    }
}
