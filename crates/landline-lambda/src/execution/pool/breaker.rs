//! Stops a function that cannot start from keeping the machine busy with trying.
//!
//! AWS publishes nothing of the kind; a fleet can bear it, one small machine cannot.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::execution::invocation::Failure;

/// Counts starts that failed.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: VecDeque<Instant>,
    open: Option<(Instant, Failure)>,
    pause: Duration,
}

impl Breaker {
    /// The last failure, while nobody should try again.
    pub(super) fn open(&self, now: Instant) -> Option<Failure> {
        let (until, failure) = self.open.as_ref()?;
        (now < *until).then(|| failure.clone())
    }

    /// Notes a failure; true when that was one too many.
    pub(super) fn record(&mut self, failure: Failure, now: Instant) -> bool {
        self.failures.push_back(now);
        while self
            .failures
            .front()
            .is_some_and(|at| now.duration_since(*at) > WINDOW)
        {
            self.failures.pop_front();
        }
        if self.failures.len() < MAX_FAILURES {
            return false;
        }
        // One more failure after the pause opens it again, for longer.
        self.failures.pop_front();
        self.pause = (self.pause * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
        self.open = Some((now + self.pause, failure));
        true
    }

    /// A start went well.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }
}

const MAX_FAILURES: usize = 5;
const WINDOW: Duration = Duration::from_mins(1);
const FIRST_PAUSE: Duration = Duration::from_secs(1);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
