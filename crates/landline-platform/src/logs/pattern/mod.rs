//! Filter patterns over plain text: `error`, `"exact phrase"`, `?either ?or`, `-without`.
//!
//! See "Filter pattern syntax" in the CloudWatch Logs guide. JSON patterns
//! (`{ $.level = "error" }`) and space-delimited ones are refused for now.

/// A parsed pattern. Empty matches everything.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    all: Vec<String>,
    any: Vec<String>,
    none: Vec<String>,
}

impl Pattern {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.starts_with('{') || text.starts_with('[') {
            return Err(
                "Landline does not implement JSON and space-delimited filter patterns yet.".into(),
            );
        }
        let mut pattern = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let list = match first {
                '?' => &mut pattern.any,
                '-' => &mut pattern.none,
                _ => &mut pattern.all,
            };
            let term = rest.strip_prefix(['?', '-']).unwrap_or(rest);
            let (term, after) = next_term(term)?;
            if !term.is_empty() {
                list.push(term.to_owned());
            }
            rest = after.trim_start();
        }
        Ok(pattern)
    }

    pub(super) fn matches(&self, message: &str) -> bool {
        let has = |term: &String| message.contains(term.as_str());
        self.all.iter().all(has)
            && (self.any.is_empty() || self.any.iter().any(has))
            && !self.none.iter().any(has)
    }
}

/// A quoted phrase or a word, and what follows it.
fn next_term(text: &str) -> Result<(&str, &str), String> {
    if let Some(quoted) = text.strip_prefix('"') {
        return quoted
            .split_once('"')
            .ok_or_else(|| "Invalid filter pattern".to_owned());
    }
    Ok(text.split_once(char::is_whitespace).unwrap_or((text, "")))
}
