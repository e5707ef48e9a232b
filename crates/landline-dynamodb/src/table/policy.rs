//! The policy of a table or of its stream, as it is kept.

use landline_wire::policy::PolicyDocument;
use landline_wire::{ServiceError, Timestamp};
use serde::{Deserialize, Serialize};

use crate::error::validation;
use crate::quotas::MAX_POLICY_BYTES;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct PolicyRecord {
    pub(crate) document: String,
    /// When it was put: a later revision has a greater number.
    revision: i64,
}

impl PolicyRecord {
    pub(crate) fn new(document: String, now: Timestamp) -> Self {
        Self {
            document,
            revision: now.as_millis(),
        }
    }

    /// The revision after this one, even if the clock has not moved.
    pub(crate) fn followed_by(&self, document: String, now: Timestamp) -> Self {
        Self {
            document,
            revision: now.as_millis().max(self.revision + 1),
        }
    }

    pub(crate) fn revision_id(&self) -> String {
        self.revision.to_string()
    }
}

/// Refuses what is no policy document.
pub(crate) fn check_policy(document: &str) -> Result<(), ServiceError> {
    if document.len() > MAX_POLICY_BYTES {
        return Err(validation(format!(
            "Resource-based policy document exceeds the maximum size of {MAX_POLICY_BYTES} bytes"
        )));
    }
    match PolicyDocument::parse(document) {
        Ok(_) => Ok(()),
        Err(malformed) => Err(validation(format!("Invalid policy document: {malformed}"))),
    }
}
