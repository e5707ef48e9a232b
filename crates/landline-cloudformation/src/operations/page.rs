//! Lists in pages: a token says how many items came before.

use landline_wire::ServiceError;

use super::invalid;
use crate::quotas;

/// The items of the page that the token asks for, and the token of the next.
pub(super) fn page<T>(
    items: Vec<T>,
    token: Option<&str>,
) -> Result<(Vec<T>, Option<String>), ServiceError> {
    let wrong = || invalid("NextToken is not valid");
    let start: usize = token.map_or(Ok(0), |token| token.parse().map_err(|_| wrong()))?;
    let rest = items.len().saturating_sub(start);
    let next = (rest > quotas::PAGE).then(|| (start + quotas::PAGE).to_string());
    let page = items.into_iter().skip(start).take(quotas::PAGE);
    Ok((page.collect(), next))
}
