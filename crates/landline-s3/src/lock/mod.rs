//! Object Lock: until when versions may not be deleted, and what buckets say of new ones.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html>

use landline_wire::protocol::xml_reader::Element;
use landline_wire::{ServiceError, Timestamp};
use serde::{Deserialize, Serialize};

use crate::bucket::Bucket;
use crate::error::{invalid_argument, invalid_request, malformed_xml};

/// What keeps a version from being deleted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Lock {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retention: Option<Retention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) hold: Option<Hold>,
}

/// A lock that ends by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Retention {
    pub(crate) mode: Mode,
    pub(crate) until_millis: i64,
}

/// Who may lift a retention before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Mode {
    /// Whoever may, and says so.
    Governance,
    /// Nobody.
    Compliance,
}

/// A lock without an end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Hold {
    On,
    Off,
}

/// Whether a request lifts what it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bypass {
    Yes,
    No,
}

impl Mode {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Governance => "GOVERNANCE",
            Self::Compliance => "COMPLIANCE",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "GOVERNANCE" => Some(Self::Governance),
            "COMPLIANCE" => Some(Self::Compliance),
            _ => None,
        }
    }
}

impl Hold {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::On => "ON",
            Self::Off => "OFF",
        }
    }

    pub(crate) fn parse(name: &str) -> Option<Self> {
        match name {
            "ON" => Some(Self::On),
            "OFF" => Some(Self::Off),
            _ => None,
        }
    }
}

impl Retention {
    pub(crate) fn until(&self) -> Timestamp {
        Timestamp::from_millis(self.until_millis)
    }

    /// Whether it still holds.
    fn holds(&self, now: Timestamp) -> bool {
        self.until_millis > now.as_millis()
    }

    /// Whether it may be taken away, or lie before its end.
    fn yields(&self, now: Timestamp, bypass: Bypass) -> bool {
        !self.holds(now) || self.mode == Mode::Governance && bypass == Bypass::Yes
    }
}

impl Lock {
    pub(crate) fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Refuses to delete a version that it holds.
    pub(crate) fn check_deletion(
        &self,
        now: Timestamp,
        bypass: Bypass,
    ) -> Result<(), ServiceError> {
        let is_retained = self.retention.as_ref();
        let is_retained = is_retained.is_some_and(|it| !it.yields(now, bypass));
        if is_retained || self.hold == Some(Hold::On) {
            return Err(protected());
        }
        Ok(())
    }

    /// Refuses a retention that ends before the one that is there, or is easier to lift.
    pub(crate) fn check_retention(
        &self,
        next: Option<&Retention>,
        now: Timestamp,
        bypass: Bypass,
    ) -> Result<(), ServiceError> {
        let Some(known) = self.retention.as_ref() else {
            return Ok(());
        };
        let is_longer = next.is_some_and(|next| {
            next.until_millis >= known.until_millis
                && (next.mode == known.mode || known.mode == Mode::Governance)
        });
        // A retention by governance is made one by compliance as little as it is made shorter.
        let is_same_mode = next.is_some_and(|next| next.mode == known.mode);
        if is_longer && is_same_mode || known.yields(now, bypass) {
            return Ok(());
        }
        Err(protected())
    }
}

fn protected() -> ServiceError {
    let text = "Access Denied because object protected by object lock.";
    ServiceError::new("AccessDenied", 403, text)
}

pub(crate) fn no_lock_of_bucket() -> ServiceError {
    invalid_request("Bucket is missing Object Lock Configuration")
}

pub(crate) fn no_lock_of_object(key: &str) -> ServiceError {
    let text = "The specified object does not have a ObjectLock configuration";
    ServiceError::new("NoSuchObjectLockConfiguration", 404, text).with_field("Key", key)
}

/// What a request for a new object says in its header fields.
pub(crate) struct Asked<'a> {
    pub(crate) mode: Option<&'a str>,
    pub(crate) until: Option<&'a str>,
    pub(crate) hold: Option<&'a str>,
}

impl Bucket {
    /// The bucket with locks, for which it keeps versions.
    pub(crate) fn locking(mut self) -> Self {
        self.versioning = Some("Enabled".to_owned());
        self.settings
            .insert(PARAMETER.to_owned(), ENABLED.to_owned());
        self
    }

    pub(crate) fn has_locks(&self) -> bool {
        self.settings.contains_key(PARAMETER)
    }

    /// The lock of a new object: what is asked for, else the bucket's.
    pub(crate) fn lock(&self, asked: &Asked<'_>, now: Timestamp) -> Result<Lock, ServiceError> {
        let retention = match (asked.mode, asked.until) {
            (None, None) => None,
            (Some(mode), Some(until)) => {
                let mode = Mode::parse(mode)
                    .ok_or_else(|| invalid_argument("Unknown wormMode directive.", MODE, mode))?;
                Some(Retention {
                    mode,
                    until_millis: end(until, now)?,
                })
            }
            (Some(_), None) => {
                return Err(invalid_argument(BOTH, UNTIL, ""));
            }
            (None, Some(_)) => {
                return Err(invalid_argument(BOTH, MODE, ""));
            }
        };
        let hold = match asked.hold {
            None => None,
            Some(text) => Some(Hold::parse(text).ok_or_else(|| {
                invalid_argument("Legal Hold must be either of 'ON' or 'OFF'", HOLD, text)
            })?),
        };
        if !self.has_locks() {
            return match (&retention, hold) {
                (None, None) => Ok(Lock::default()),
                _ => Err(no_lock_of_bucket()),
            };
        }
        Ok(Lock {
            retention: retention.or_else(|| self.default_retention(now)),
            hold,
        })
    }

    fn default_retention(&self, now: Timestamp) -> Option<Retention> {
        let configuration = self.document(PARAMETER)?;
        let rule = configuration.child("Rule")?.child("DefaultRetention")?;
        let mode = Mode::parse(rule.text_of("Mode")?)?;
        let number = |name: &str| rule.text_of(name).and_then(|it| it.parse::<i64>().ok());
        let days = number("Days").or_else(|| number("Years").map(|it| it * 365))?;
        Some(Retention {
            mode,
            until_millis: now.as_millis().saturating_add(days.saturating_mul(DAY)),
        })
    }
}

const DAY: i64 = 24 * 60 * 60 * 1000;
const BOTH: &str =
    "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied";

/// When a retention ends, which is not yet.
pub(crate) fn end(text: &str, now: Timestamp) -> Result<i64, ServiceError> {
    let Some(until) = Timestamp::parse(text) else {
        let problem = "The retain until date must be provided in ISO 8601 format";
        return Err(invalid_argument(problem, UNTIL, text));
    };
    if until.as_millis() <= now.as_millis() {
        let problem = "The retain until date must be in the future!";
        return Err(invalid_argument(problem, UNTIL, text));
    }
    Ok(until.as_millis())
}

/// Refuses a configuration that cannot be one.
pub(crate) fn check_configuration(document: &Element) -> Result<(), ServiceError> {
    if document.text_of("ObjectLockEnabled") != Some("Enabled") {
        return Err(malformed_xml());
    }
    let Some(rule) = document.child("Rule") else {
        return Ok(());
    };
    let rule = rule.child("DefaultRetention").ok_or_else(malformed_xml)?;
    let mode = rule.text_of("Mode").and_then(Mode::parse);
    let (days, years) = (rule.text_of("Days"), rule.text_of("Years"));
    let (Some(_), (Some(length), None) | (None, Some(length))) = (mode, (days, years)) else {
        return Err(malformed_xml());
    };
    if length
        .parse::<u32>()
        .is_ok_and(|length| (1..=36_500).contains(&length))
    {
        return Ok(());
    }
    let text = "Default retention period must be a positive integer value.";
    Err(invalid_argument(
        text,
        if days.is_some() { "Days" } else { "Years" },
        length,
    ))
}

/// The name of the bucket's setting.
pub(crate) const PARAMETER: &str = "object-lock";
/// The configuration of a bucket that was made with locks.
pub(crate) const ENABLED: &str = "<ObjectLockConfiguration xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>";
pub(crate) const MODE: &str = "x-amz-object-lock-mode";
pub(crate) const UNTIL: &str = "x-amz-object-lock-retain-until-date";
pub(crate) const HOLD: &str = "x-amz-object-lock-legal-hold";

#[cfg(test)]
mod tests;
