//! `wildcard`: a text in which `*` stands for any text, and `\*` and `\\` for themselves.

use super::{NotAPattern, refuse};

/// What stands between the stars, in turn; one more than there are stars.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Wildcard(Vec<String>);

impl Wildcard {
    pub(super) fn parse(text: &str) -> Result<Self, NotAPattern> {
        let mut parts = vec![String::new()];
        let mut letters = text.chars().peekable();
        let mut position = 0;
        while let Some(letter) = letters.next() {
            position += 1;
            let part = match letter {
                '*' if letters.peek() == Some(&'*') => {
                    return Err(refuse(format!(
                        "Consecutive wildcard characters at pos {position}"
                    )));
                }
                '*' => {
                    parts.push(String::new());
                    continue;
                }
                '\\' => match letters.next() {
                    Some(escaped @ ('*' | '\\')) => {
                        position += 1;
                        escaped
                    }
                    _ => return Err(refuse("Invalid escape character in wildcard")),
                },
                letter => letter,
            };
            if let Some(last) = parts.last_mut() {
                last.push(part);
            }
        }
        Ok(Self(parts))
    }

    pub(super) fn matches(&self, text: &str) -> bool {
        let (first, last) = match self.0.as_slice() {
            [] => return text.is_empty(),
            [whole] => return text == whole,
            [first, .., last] => (first, last),
        };
        let rest = text
            .strip_prefix(first.as_str())
            .and_then(|rest| rest.strip_suffix(last.as_str()));
        let Some(mut rest) = rest else {
            return false;
        };
        // The first place of each part leaves the most for those behind it.
        for part in &self.0[1..self.0.len() - 1] {
            match rest.find(part.as_str()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        true
    }
}
