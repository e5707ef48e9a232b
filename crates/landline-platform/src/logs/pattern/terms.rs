//! Patterns over plain text.

use regex::Regex;

use super::condition::regex_of;

/// Words, phrases and regular expressions, and whether they must be there, may be, or must not. None match everything.
#[derive(Debug, Default)]
pub(super) struct Terms {
    all: Vec<Term>,
    any: Vec<Term>,
    none: Vec<Term>,
}

#[derive(Debug)]
enum Term {
    Text(String),
    Regex(Regex),
}

impl Term {
    fn is_in(&self, text: &str) -> bool {
        match self {
            Self::Text(term) => text.contains(term.as_str()),
            Self::Regex(regex) => regex.is_match(text),
        }
    }
}

impl Terms {
    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut terms = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let list = match first {
                '?' => &mut terms.any,
                '-' => &mut terms.none,
                _ => &mut terms.all,
            };
            let term = rest.strip_prefix(['?', '-']).unwrap_or(rest);
            let (term, after) = next_term(term)?;
            list.extend(term);
            rest = after.trim_start();
        }
        Some(terms)
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let has = |term: &Term| term.is_in(text);
        self.all.iter().all(has)
            && (self.any.is_empty() || self.any.iter().any(has))
            && !self.none.iter().any(has)
    }
}

/// A quoted phrase, a regular expression or a word, and what follows it.
fn next_term(text: &str) -> Option<(Option<Term>, &str)> {
    if let Some(quoted) = text.strip_prefix('"') {
        let (term, after) = quoted.split_once('"')?;
        return Some((Some(Term::Text(term.to_owned())), after));
    }
    if let Some(expression) = text.strip_prefix('%') {
        let (expression, after) = expression.split_once('%')?;
        return Some((Some(Term::Regex(regex_of(expression)?)), after));
    }
    let (term, after) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let term = (!term.is_empty()).then(|| Term::Text(term.to_owned()));
    Some((term, after))
}
