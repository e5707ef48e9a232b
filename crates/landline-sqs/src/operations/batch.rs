//! What all batches have in common.

use std::collections::BTreeSet;

use landline_api::sqs as api;
use landline_api::sqs::errors;
use landline_wire::ServiceError;

use crate::quotas::{BATCH_MAX, NAME_MAX};

/// Refuses a batch as a whole.
pub(super) fn check<'a>(
    ids: impl ExactSizeIterator<Item = &'a String>,
    entry: &str,
) -> Result<(), ServiceError> {
    let count = ids.len();
    if count == 0 {
        let text = format!("There should be at least one {entry} in the request.");
        return Err(errors::EmptyBatchRequest.with(text));
    }
    if count > BATCH_MAX {
        let text = format!(
            "Maximum number of entries per request are {BATCH_MAX}. You have sent {count}."
        );
        return Err(errors::TooManyEntriesInBatchRequest.with(text));
    }
    let mut known = BTreeSet::new();
    for id in ids {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "-_".contains(letter);
        if id.is_empty() || id.len() > NAME_MAX || !id.chars().all(is_allowed) {
            let text = "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.";
            return Err(errors::InvalidBatchEntryId.with(text));
        }
        if !known.insert(id) {
            return Err(errors::BatchEntryIdsNotDistinct.with(format!("Id {id} repeated.")));
        }
    }
    Ok(())
}

/// An entry that failed.
pub(super) fn failed(id: String, error: ServiceError) -> api::BatchResultErrorEntry {
    let codes = api::SERVICE.query_codes.unwrap_or_default().iter();
    let code = codes
        .copied()
        .find_map(|(now, before)| (now == error.code).then_some(before));
    api::BatchResultErrorEntry {
        id,
        sender_fault: error.is_client_fault(),
        code: code.map_or_else(|| error.code.into_owned(), str::to_owned),
        message: Some(error.message),
    }
}
