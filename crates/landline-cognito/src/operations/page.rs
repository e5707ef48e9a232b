//! Lists, a page at a time.

use crate::quotas::PAGE;

/// How many a caller wants, of what one page holds.
pub(super) fn size(wanted: Option<i32>) -> usize {
    let wanted = wanted.and_then(|wanted| usize::try_from(wanted).ok());
    wanted
        .filter(|wanted| *wanted > 0)
        .unwrap_or(PAGE)
        .min(PAGE)
}

/// What comes after `token` in an order by `key`, and the token of what comes after that.
pub(super) fn page<T>(
    all: Vec<T>,
    token: Option<&str>,
    size: usize,
    key: impl Fn(&T) -> &str,
) -> (Vec<T>, Option<String>) {
    let after = token.unwrap_or_default();
    let mut rest = all.into_iter().filter(|item| key(item) > after);
    let page: Vec<T> = rest.by_ref().take(size).collect();
    let has_more = rest.next().is_some();
    let next = page.last().filter(|_| has_more);
    let next = next.map(|item| key(item).to_owned());
    (page, next)
}
