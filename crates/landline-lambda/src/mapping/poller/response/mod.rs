//! Which records a function says it has not taken (`ReportBatchItemFailures`). Pure.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-batchfailurereporting.html>

use std::collections::HashMap;

use serde_json::Value;

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    /// All records are done.
    Done,
    /// None is.
    Failed,
    /// Those at these places are not, in ascending order.
    FailedAt(Vec<usize>),
}

/// Reads a function's answer. An answer that does not say what failed means that nothing did;
/// one that says it badly means that everything did.
pub(super) fn verdict(answer: &[u8], ids: &[&str]) -> Verdict {
    let Ok(answer) = serde_json::from_slice::<Value>(answer) else {
        return Verdict::Failed;
    };
    let failures = match answer.get("batchItemFailures") {
        None | Some(Value::Null) => return Verdict::Done,
        Some(Value::Array(list)) if list.is_empty() => return Verdict::Done,
        Some(Value::Array(list)) => list,
        Some(_) => return Verdict::Failed,
    };
    let known: HashMap<&str, usize> = ids.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut places = Vec::new();
    for failure in failures {
        let id = failure.get("itemIdentifier").and_then(Value::as_str);
        match id.and_then(|id| known.get(id)) {
            Some(place) => places.push(*place),
            None => return Verdict::Failed,
        }
    }
    places.sort_unstable();
    places.dedup();
    Verdict::FailedAt(places)
}

#[cfg(test)]
mod tests;
