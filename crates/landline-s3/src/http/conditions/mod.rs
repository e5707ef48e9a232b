//! `If-Match` and its relatives, and `Range`.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html>

use landline_wire::{ServiceError, Timestamp};

use crate::error::precondition_failed;

/// The four conditions of a read, or of the source of a copy.
#[derive(Debug, Default)]
pub(crate) struct Conditions<'a> {
    pub(crate) matching: Option<&'a str>,
    pub(crate) none_matching: Option<&'a str>,
    pub(crate) modified_since: Option<&'a str>,
    pub(crate) unmodified_since: Option<&'a str>,
}

/// What a condition that does not hold comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unmodified {
    /// `304 Not Modified`.
    NotModified,
    /// `412 Precondition Failed`, as for the source of a copy.
    Failed,
}

impl Conditions<'_> {
    /// Holds them against a version. An `ETag` that matches outranks a date.
    pub(crate) fn check(
        &self,
        etag: &str,
        modified: Timestamp,
        unmodified: Unmodified,
    ) -> Result<(), ServiceError> {
        let matches = |list: &str| {
            let mut tags = list
                .split(',')
                .map(|tag| tag.trim().trim_start_matches("W/"));
            tags.any(|tag| tag == "*" || tag.trim_matches('"') == etag)
        };
        let since = |date: &str| Timestamp::parse(date).map(|date| modified > date);
        match (self.matching, self.unmodified_since) {
            (Some(list), _) if !matches(list) => return Err(precondition_failed("If-Match")),
            (None, Some(date)) if since(date) == Some(true) => {
                return Err(precondition_failed("If-Unmodified-Since"));
            }
            _ => {}
        }
        let (is_unmodified, condition) = match (self.none_matching, self.modified_since) {
            (Some(list), _) => (matches(list), "If-None-Match"),
            (None, Some(date)) => (since(date) == Some(false), "If-Modified-Since"),
            (None, None) => (false, ""),
        };
        match (is_unmodified, unmodified) {
            (false, _) => Ok(()),
            (true, Unmodified::NotModified) => {
                Err(ServiceError::new("NotModified", 304, "Not Modified"))
            }
            (true, Unmodified::Failed) => Err(precondition_failed(condition)),
        }
    }
}

/// The bytes from `first` on, `length` of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: u64,
    pub(crate) length: u64,
}

/// Reads `bytes=0-9`, `bytes=10-`, `bytes=-5`. Anything else, several ranges too, means the
/// whole object: `None`.
pub(crate) fn range(text: &str, size: u64) -> Result<Option<Range>, ServiceError> {
    let Some((first, last)) = text
        .trim()
        .strip_prefix("bytes=")
        .and_then(|range| range.split_once('-'))
    else {
        return Ok(None);
    };
    let number = |text: &str| text.trim().parse::<u64>().ok();
    let (first, end) = match (number(first), number(last)) {
        (Some(first), Some(last)) if last >= first => (first, last.saturating_add(1).min(size)),
        (Some(first), None) if last.trim().is_empty() => (first, size),
        (None, Some(0)) if first.trim().is_empty() => (size, size),
        (None, Some(suffix)) if first.trim().is_empty() => (size.saturating_sub(suffix), size),
        _ => return Ok(None),
    };
    if first >= size {
        let problem = "The requested range is not satisfiable";
        return Err(ServiceError::new("InvalidRange", 416, problem)
            .with_field("RangeRequested", text)
            .with_field("ActualObjectSize", size));
    }
    Ok(Some(Range {
        first,
        length: end - first,
    }))
}

#[cfg(test)]
mod tests;
