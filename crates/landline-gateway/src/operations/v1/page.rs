//! One page of a list: `limit` items after `position`, which is the last identifier of the
//! page before.

use landline_wire::ServiceError;

use crate::state::bad_request;

/// What a list operation answers with.
#[derive(Debug)]
pub(super) struct Page<T> {
    pub(super) items: Vec<T>,
    /// Where the next page begins; absent on the last.
    pub(super) position: Option<String>,
}

const DEFAULT_LIMIT: usize = 25;
const MOST: usize = 500;

/// Cuts a page out of all items, which come in the order of their identifiers.
pub(super) fn page<T>(
    all: Vec<T>,
    id: impl Fn(&T) -> &str,
    limit: Option<i32>,
    position: Option<&str>,
) -> Result<Page<T>, ServiceError> {
    let limit = match limit {
        None | Some(0) => DEFAULT_LIMIT,
        Some(limit) => usize::try_from(limit)
            .map_err(|_| bad_request("Invalid limit specified"))?
            .min(MOST),
    };
    let mut rest = all
        .into_iter()
        .filter(|item| position.is_none_or(|position| id(item) > position))
        .peekable();
    let items: Vec<T> = rest.by_ref().take(limit).collect();
    let more = rest.peek().is_some();
    let position = items.last().map(|last| id(last).to_owned());
    Ok(Page {
        items,
        position: position.filter(|_| more),
    })
}
