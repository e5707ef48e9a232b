//! When a certificate is asked for: at once when there is none, again when two thirds of
//! its life are over, and later and later after failures. Pure.

use std::time::Duration;

use landline_wire::Timestamp;

use super::validity::Validity;

/// The first pause after a failure; it doubles with each further one. Authorities lock a
/// name out that fails too often: Let's Encrypt after five times in an hour.
const FIRST_RETRY: Duration = Duration::from_mins(1);
/// The longest pause after a failure.
const LAST_RETRY: Duration = Duration::from_hours(6);
/// The longest sleep: a machine that was suspended, or whose clock was set, finds out.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);
/// The shortest sleep.
const SHORTEST_PAUSE: Duration = Duration::from_secs(1);

/// How far a name has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    certificate: Option<Validity>,
    failures: u32,
    retry_at: Option<Timestamp>,
}

impl Progress {
    /// A name with the certificate that it has, and without failures.
    pub fn beginning(certificate: Option<Validity>) -> Self {
        Self {
            certificate,
            failures: 0,
            retry_at: None,
        }
    }

    /// Whether to ask for a certificate now.
    pub fn is_due(&self, now: Timestamp) -> bool {
        self.due_at().is_none_or(|at| at <= now)
    }

    /// Remembers that there was none at this time.
    pub fn failed(&mut self, now: Timestamp) {
        let doubled = FIRST_RETRY.saturating_mul(1 << self.failures.min(16));
        self.failures = self.failures.saturating_add(1);
        self.retry_at = Some(later(now, doubled.min(LAST_RETRY)));
    }

    /// How long until the next attempt.
    pub fn retry_in(&self, now: Timestamp) -> Duration {
        until(self.due_at(), now)
    }

    /// `None` stands for at once.
    fn due_at(&self) -> Option<Timestamp> {
        let renew_at = self.certificate.map(renew_at);
        renew_at.max(self.retry_at)
    }
}

/// How long to sleep until one of the names is due.
pub fn pause<'a>(names: impl Iterator<Item = &'a Progress>, now: Timestamp) -> Duration {
    let next = names.map(|progress| until(progress.due_at(), now)).min();
    next.unwrap_or(LONGEST_PAUSE)
        .clamp(SHORTEST_PAUSE, LONGEST_PAUSE)
}

fn renew_at(validity: Validity) -> Timestamp {
    let (from, to) = (validity.from.as_millis(), validity.to.as_millis());
    let life = to.saturating_sub(from).max(0);
    Timestamp::from_millis(from.saturating_add(life / 3 * 2))
}

fn later(from: Timestamp, by: Duration) -> Timestamp {
    let millis = i64::try_from(by.as_millis()).unwrap_or(i64::MAX);
    Timestamp::from_millis(from.as_millis().saturating_add(millis))
}

fn until(at: Option<Timestamp>, now: Timestamp) -> Duration {
    let millis = at.map_or(0, |at| at.as_millis().saturating_sub(now.as_millis()));
    Duration::from_millis(u64::try_from(millis).unwrap_or_default())
}
