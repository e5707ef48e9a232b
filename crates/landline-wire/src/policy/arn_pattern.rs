//! The `Arn…` operators: ARNs compared part by part.
//!
//! `ArnEquals` and `ArnLike` are the same operator: both take wildcards, and a wildcard
//! never reaches over a colon into the next of the six parts.

use crate::arn::wildcard_matches;

/// Whether an ARN matches a pattern.
pub(super) fn arn_matches(pattern: &str, arn: &str) -> bool {
    let mut patterns = pattern.splitn(6, ':');
    let mut parts = arn.splitn(6, ':');
    let mut compared = 0;
    loop {
        match (patterns.next(), parts.next()) {
            (Some(pattern), Some(part)) if wildcard_matches(pattern, part) => compared += 1,
            (None, None) => return compared == 6,
            _ => return false,
        }
    }
}
