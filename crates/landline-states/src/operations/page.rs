//! Lists, a page at a time; and structures that are kept as JSON.

use landline_wire::protocol::json::to_vec;
use landline_wire::shape::{Decoder, Naming, Node, Structure};
use serde_json::Value;

use crate::quotas::{PAGE, PAGE_MAX};

/// How many a caller wants.
pub(super) fn size(limit: Option<i32>) -> usize {
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    limit
        .filter(|limit| *limit > 0)
        .unwrap_or(PAGE)
        .min(PAGE_MAX)
}

/// What comes after `token` in an order by `key`, and the token of what comes after that.
pub(super) fn page<T>(
    all: Vec<T>,
    token: Option<&str>,
    limit: Option<i32>,
    key: impl Fn(&T) -> &str,
) -> (Vec<T>, Option<String>) {
    let after = token.unwrap_or_default();
    let mut rest = all.into_iter().filter(|item| key(item) > after);
    let page: Vec<T> = rest.by_ref().take(size(limit)).collect();
    let has_more = rest.next().is_some();
    let next = page.last().filter(|_| has_more);
    let next = next.map(|item| key(item).to_owned());
    (page, next)
}

/// A structure as the store keeps it.
pub(super) fn kept<T: Structure>(structure: Option<&T>) -> Option<Value> {
    let text = to_vec(structure?, Naming::Wire);
    serde_json::from_slice(&text).ok()
}

/// A structure that was kept.
pub(super) fn shown<T: Structure>(value: Option<&Value>) -> Option<T> {
    let text = value?.to_string();
    let node = Node::from_json(text.as_bytes()).ok()?;
    T::decode(node, &mut Decoder::new(Naming::Wire)).ok()
}
