//! Lists, a page at a time.

use crate::quotas::PAGE;

/// What comes after `token` in an order by `key`, and the token of what comes after that.
pub(crate) fn page<T>(
    all: Vec<T>,
    token: Option<&str>,
    limit: Option<i32>,
    key: impl Fn(&T) -> &str,
) -> (Vec<T>, Option<String>) {
    let after = token.unwrap_or_default();
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    let limit = limit.unwrap_or(PAGE).clamp(1, PAGE);
    let mut rest = all.into_iter().filter(|item| key(item) > after);
    let page: Vec<T> = rest.by_ref().take(limit).collect();
    let has_more = rest.next().is_some();
    let next = page.last().filter(|_| has_more);
    let next = next.map(|item| key(item).to_owned());
    (page, next)
}
