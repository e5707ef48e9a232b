//! How a PATCH changes members: what is left out stays as it is.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::ContentHandlingStrategy;

/// An empty text clears.
pub(super) fn text(kept: &mut Option<String>, given: Option<String>) {
    if given.is_some() {
        *kept = non_empty(given);
    }
}

/// What becomes of bytes and texts: an empty text, which is none of the ways, clears.
pub(super) fn handling(
    kept: &mut Option<ContentHandlingStrategy>,
    given: Option<ContentHandlingStrategy>,
) {
    if given.is_some() {
        *kept = given.filter(|given| !given.as_str().is_empty());
    }
}

/// A value without an empty form.
pub(super) fn value<T>(kept: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *kept = given;
    }
}

/// A map that is replaced as a whole; an empty one clears.
pub(super) fn map<T>(kept: &mut Option<BTreeMap<String, T>>, given: Option<BTreeMap<String, T>>) {
    if let Some(given) = given {
        *kept = Some(given).filter(|map| !map.is_empty());
    }
}

/// A map that is merged key by key; an empty value removes its key.
///
/// That is how infrastructure tools take a single stage variable or parameter away:
/// they send the changed keys alone. A map without any key clears.
pub(super) fn entries(kept: &mut BTreeMap<String, String>, given: BTreeMap<String, String>) {
    if given.is_empty() {
        kept.clear();
    }
    for (key, value) in given {
        if value.is_empty() {
            kept.remove(&key);
        } else {
            kept.insert(key, value);
        }
    }
}

/// An empty text stands for an absent one.
pub(super) fn non_empty(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.is_empty())
}
