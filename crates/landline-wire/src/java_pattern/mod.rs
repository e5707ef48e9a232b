//! Expressions that people write for Java, because AWS matches them there: what a template's parameter may be, which tokens an
//! authorizer looks at, which answers an integration response is for. They may look around, and a dash behind a class such as
//! `\w` is a dash.

use std::borrow::Cow;

use fancy_regex::{Regex, RegexBuilder};

/// What one expression may need once it is compiled, and how often it may go back over one text.
const COMPILED_BYTES: usize = 1 << 20;
const BACKTRACKS: usize = 100_000;

/// An expression that has to match the whole of a text, as `matches` does in Java.
#[derive(Debug)]
pub struct JavaPattern(Regex);

/// The expression is none, or needs more than it may.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotAPattern(#[from] Box<fancy_regex::Error>);

impl JavaPattern {
    /// # Errors
    ///
    /// When it is no expression, or too large.
    pub fn new(pattern: &str) -> Result<Self, NotAPattern> {
        let pattern = spell_out_dashes(pattern);
        RegexBuilder::new(&format!(r"\A(?:{pattern})\z"))
            .delegate_size_limit(COMPILED_BYTES)
            .backtrack_limit(BACKTRACKS)
            .build()
            .map(Self)
            .map_err(|error| NotAPattern(Box::new(error)))
    }

    /// Whether it matches the whole text; not, where finding out takes too long.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.0.is_match(text).unwrap_or(false)
    }
}

/// `[\w-.]` has a dash in it for Java; other engines see a range that begins with a class, and refuse it.
fn spell_out_dashes(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains('-') {
        return Cow::Borrowed(pattern);
    }
    let mut spelled = String::with_capacity(pattern.len() + 8);
    let mut depth = 0_usize;
    let mut behind_class = false;
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        let is_dash = character == '-' && behind_class && characters.peek() != Some(&']');
        behind_class = false;
        match character {
            '\\' => {
                spelled.push('\\');
                let Some(escaped) = characters.next() else {
                    continue;
                };
                spelled.push(escaped);
                behind_class = depth > 0 && matches!(escaped, 'w' | 'W' | 'd' | 'D' | 's' | 'S');
                continue;
            }
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '-' if is_dash => spelled.push('\\'),
            _ => {}
        }
        spelled.push(character);
    }
    Cow::Owned(spelled)
}

#[cfg(test)]
mod tests;
