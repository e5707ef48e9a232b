//! What tags a table may have.

use landline_api::dynamodb as api;
use landline_wire::ServiceError;

use crate::error::validation;
use crate::quotas::MAX_TAGS;

/// What tags may consist of.
///
/// <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Tagging.html>
pub(crate) fn check_tags(tags: &[api::Tag]) -> Result<(), ServiceError> {
    let is_allowed = |text: &str| {
        let mut characters = text.chars();
        characters.all(|c| c.is_alphanumeric() || c.is_whitespace() || "+-=._:/@".contains(c))
    };
    let broken = tags
        .iter()
        .flat_map(|tag| [&tag.key, &tag.value])
        .find(|text| !is_allowed(text));
    match broken {
        Some(text) => Err(validation(format!(
            "One or more parameter values were invalid: Tag keys and values may only hold letters, digits, blanks and + - = . _ : / @: {text}"
        ))),
        None => check_tag_count(tags.len()),
    }
}

/// How many tags a table may have.
pub(crate) fn check_tag_count(count: usize) -> Result<(), ServiceError> {
    if count > MAX_TAGS {
        return Err(validation(format!(
            "Too many tags: the limit is {MAX_TAGS}"
        )));
    }
    Ok(())
}
