//! URLs and headers of requests to backends.

use std::collections::BTreeMap;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use landline_wire::protocol::action;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parameters::Mapped;

/// What becomes of slashes in path parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slashes {
    /// They part segments: a greedy variable of an HTTP request stands for many.
    Kept,
    /// A value is one segment, whatever it holds.
    Encoded,
}

/// A URL with its path parameters filled in and the query added.
pub(super) fn complete(url: &str, mapped: &Mapped, slashes: Slashes) -> String {
    let mut url = fill_path(url, &mapped.path, slashes);
    if !mapped.query.is_empty() {
        url.push(if url.contains('?') { '&' } else { '?' });
        let query = mapped.query.iter();
        url.push_str(&action::form(
            query.map(|(name, value)| (name.as_str(), value.as_str())),
        ));
    }
    url
}

/// Replaces `{name}` by the path parameter of that name; what has none stays.
fn fill_path(url: &str, parameters: &BTreeMap<String, String>, slashes: Slashes) -> String {
    let kept = match slashes {
        Slashes::Kept => PATH,
        Slashes::Encoded => PATH_SEGMENT,
    };
    let mut filled = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, after)| Some((parameters.get(name)?, after)));
        if let Some((value, after)) = known {
            filled.extend(utf8_percent_encode(value, kept));
            rest = after;
        } else {
            filled.push('{');
            rest = after;
        }
    }
    filled.push_str(rest);
    filled
}

/// Sets headers that a mapping made; what cannot be a header is left out.
pub(super) fn insert_headers(headers: &mut HeaderMap, mapped: &[(String, String)]) {
    for (name, value) in mapped {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_str(value);
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.insert(name, value);
        }
    }
}

const PATH_SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

const PATH: &AsciiSet = &PATH_SEGMENT.remove(b'/');
