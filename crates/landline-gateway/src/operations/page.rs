//! One page of a list, sorted by identifier.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use landline_wire::ServiceError;

use crate::state::bad_request;

/// What a list operation answers with.
#[derive(Debug)]
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub(super) next_token: Option<String>,
}

/// Cuts a page out of all items, which come in the order of their identifiers.
///
/// `max_results` is text in the model; without it everything is answered at once.
/// The token holds the last identifier of its page, so it stays good when items go.
pub(super) fn page<T>(
    all: Vec<T>,
    id: impl Fn(&T) -> &str,
    max_results: Option<&str>,
    next_token: Option<&str>,
) -> Result<Page<T>, ServiceError> {
    let limit = max_results.map_or(Ok(usize::MAX), parse_limit)?;
    let after = next_token.map(parse_token).transpose()?;
    let mut rest = all
        .into_iter()
        .filter(|item| after.as_deref().is_none_or(|after| id(item) > after))
        .peekable();
    let items: Vec<T> = rest.by_ref().take(limit).collect();
    let more = rest.peek().is_some();
    let last = items.last().map(id).filter(|_| more);
    let next_token = last.map(|last| URL_SAFE_NO_PAD.encode(last));
    Ok(Page { items, next_token })
}

fn parse_limit(text: &str) -> Result<usize, ServiceError> {
    match text.trim().parse() {
        Ok(limit) if limit > 0 => Ok(limit),
        _ => Err(bad_request(format!("Invalid MaxResults: {text}"))),
    }
}

fn parse_token(token: &str) -> Result<String, ServiceError> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok();
    bytes
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .ok_or_else(|| bad_request("Invalid NextToken"))
}
