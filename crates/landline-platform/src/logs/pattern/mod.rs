//! Filter patterns: over terms (`error "exact phrase" ?either ?or -without %regex%`), over JSON
//! (`{ $.level = "error" && $.status >= 500 }`), over fields (`[ip, user, status = 4*, ...]`). Pure.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>

mod condition;
mod fields;
mod json;
mod terms;

use std::collections::BTreeMap;

use fields::Fields;
use json::Query;
use terms::Terms;

/// A parsed pattern.
#[derive(Debug)]
pub(super) struct Pattern(Kind);

#[derive(Debug)]
enum Kind {
    Terms(Terms),
    Json(Query),
    Fields(Fields),
}

/// What AWS says of every pattern that it cannot read.
const INVALID: &str = "Invalid filter pattern";

impl Pattern {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let parsed = if text.starts_with('{') {
            Query::parse(text).map(Kind::Json)
        } else if text.starts_with('[') {
            Fields::parse(text).map(Kind::Fields)
        } else {
            Terms::parse(text).map(Kind::Terms)
        };
        parsed.map(Self).ok_or_else(|| INVALID.to_owned())
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        match &self.0 {
            Kind::Terms(terms) => terms.matches(message),
            Kind::Json(query) => query.matches(message),
            Kind::Fields(fields) => fields.matches(message),
        }
    }

    /// The fields of a message that matches, as `TestMetricFilter` shows them.
    pub(super) fn values(&self, message: &str) -> BTreeMap<String, String> {
        match &self.0 {
            Kind::Terms(_) => BTreeMap::new(),
            Kind::Json(query) => query.values(message),
            Kind::Fields(fields) => fields.values(message),
        }
    }

    /// What `$.selector` or `$field` names in a message that matches.
    pub(super) fn value(&self, name: &str, message: &str) -> Option<String> {
        match &self.0 {
            Kind::Fields(fields) => fields.value(name.strip_prefix('$')?, message),
            _ => json::value(name, message),
        }
    }
}

#[cfg(test)]
mod tests;
