//! Texts of a policy with wildcards and variables in them.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html>

use std::borrow::Cow;

use super::Context;
use crate::arn::wildcard_matches;

/// A text of a policy.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    text: String,
    case: Case,
    has_variables: Variables,
}

/// Whether upper and lower case differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    /// They do.
    Kept,
    /// They do not, as in actions.
    Ignored,
}

/// Whether `${…}` stands for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Variables {
    /// It stands for a value of the context.
    Replaced,
    /// It is text.
    Literal,
}

/// Stand in for the wildcards of a value that must match itself alone. No ARN and no
/// context value holds them, and one that does is taken to hold the wildcards.
const LITERAL_STAR: char = '\u{1}';
const LITERAL_MARK: char = '\u{2}';

impl Pattern {
    pub(super) fn new(text: &str, case: Case, variables: Variables) -> Self {
        let text = match case {
            Case::Kept => text.to_owned(),
            Case::Ignored => text.to_ascii_lowercase(),
        };
        let has_variables = if variables == Variables::Replaced && text.contains("${") {
            Variables::Replaced
        } else {
            Variables::Literal
        };
        Self {
            text,
            case,
            has_variables,
        }
    }

    /// Whether the whole of `text` matches.
    pub(super) fn matches(&self, text: &str, context: &Context) -> bool {
        let text = match self.case {
            Case::Kept => Cow::Borrowed(text),
            Case::Ignored => Cow::Owned(text.to_ascii_lowercase()),
        };
        match self.has_variables {
            Variables::Literal => wildcard_matches(&self.text, &text),
            Variables::Replaced => replaced(&self.text, context)
                .is_some_and(|pattern| wildcard_matches(&pattern, &without_wildcards(&text))),
        }
    }
}

/// The pattern with its variables replaced, and the wildcards that they brought made
/// literal. `None` when the context does not know one: nothing matches then.
pub(super) fn replaced(text: &str, context: &Context) -> Option<String> {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        result.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            result.push_str("${");
            rest = after;
            continue;
        };
        result.push_str(&value_of(name, context)?);
        rest = after;
    }
    result.push_str(rest);
    Some(result)
}

fn value_of(variable: &str, context: &Context) -> Option<String> {
    if let "*" | "?" | "$" = variable {
        return Some(without_wildcards(variable));
    }
    // `${aws:username, 'nobody'}` has a default.
    let (key, default) = match variable.split_once(',') {
        Some((key, default)) => (key.trim(), Some(default.trim().trim_matches('\''))),
        None => (variable.trim(), None),
    };
    let value = match context.values(key) {
        Some([only]) => Some(only.as_str()),
        _ => default,
    };
    value.map(without_wildcards)
}

fn without_wildcards(text: &str) -> String {
    text.replace('*', &LITERAL_STAR.to_string())
        .replace('?', &LITERAL_MARK.to_string())
}

/// The same back, for operators that know no wildcards.
pub(super) fn with_wildcards(text: &str) -> String {
    text.replace(LITERAL_STAR, "*").replace(LITERAL_MARK, "?")
}
