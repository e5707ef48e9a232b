//! An access log's format: text with `$context` variables in it.
//!
//! CLF, JSON, XML and CSV are all the same to the service: text between variables.

use crate::quotas;

/// A format, parsed once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    parts: Box<[Part]>,
    escaping: Escaping,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    /// The path below `$context`.
    Variable(Box<str>),
}

/// What is done to values, so that a client cannot break out of its line: some of
/// them, such as the user agent, are its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Escaping {
    /// Control characters only.
    Line,
    /// As in a JSON string.
    Json,
}

/// Why a format is refused, in AWS's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormatError {
    /// Without it a line could not be found again.
    #[error(
        "Access Log format must contain either $context.requestId or $context.extendedRequestId"
    )]
    NoRequestId,
    /// A line is a line.
    #[error(
        "Access log format must be single line, new line character is allowed only at end of the format"
    )]
    ManyLines,
    /// Longer than [`quotas::ACCESS_LOG_FORMAT_BYTES`].
    #[error("Access log format must not be larger than 3 KB")]
    TooLarge,
}

impl Format {
    /// Reads a format.
    ///
    /// # Errors
    ///
    /// What AWS refuses at once.
    pub fn parse(text: &str) -> Result<Self, FormatError> {
        if text.len() > quotas::ACCESS_LOG_FORMAT_BYTES {
            return Err(FormatError::TooLarge);
        }
        let line = text.trim_end_matches(['\n', '\r']);
        if line.contains(['\n', '\r']) {
            return Err(FormatError::ManyLines);
        }
        let parts = parse(line);
        let names_request = |part: &Part| matches!(part, Part::Variable(path) if matches!(&**path, "requestId" | "extendedRequestId"));
        if !parts.iter().any(names_request) {
            return Err(FormatError::NoRequestId);
        }
        let escaping = if line.trim_start().starts_with('{') {
            Escaping::Json
        } else {
            Escaping::Line
        };
        Ok(Self {
            parts: parts.into(),
            escaping,
        })
    }

    /// One line. `value` gives what a path below `$context` stands for; what has no
    /// value is a hyphen.
    pub fn render(&self, value: impl Fn(&str) -> Option<Value>) -> String {
        let mut line = String::with_capacity(256);
        for part in &self.parts {
            match part {
                Part::Text(text) => line.push_str(text),
                Part::Variable(path) => match value(path) {
                    None => line.push('-'),
                    Some(Value::Ready(text)) => push_escaped(&mut line, &text, Escaping::Line),
                    Some(Value::Text(text)) => push_escaped(&mut line, &text, self.escaping),
                },
            }
        }
        line
    }
}

/// What a variable stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Text that a JSON format must quote.
    Text(String),
    /// Text that is right in any format: a number, or text in quotes already.
    Ready(String),
}

fn parse(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(VARIABLE) {
        let length = path_length(after);
        plain.push_str(before);
        if length == 0 {
            plain.push_str(VARIABLE);
        } else {
            if !plain.is_empty() {
                parts.push(Part::Text(std::mem::take(&mut plain).into()));
            }
            parts.push(Part::Variable(after[..length].into()));
        }
        rest = &after[length..];
    }
    plain.push_str(rest);
    if !plain.is_empty() {
        parts.push(Part::Text(plain.into()));
    }
    parts
}

/// How long the path is that `text` begins with. Dots and hyphens join words, and
/// belong to the text where no word follows.
fn path_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_word = |at: usize| {
        bytes
            .get(at)
            .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_')
    };
    let mut length = 0;
    loop {
        let joins = length > 0 && matches!(bytes.get(length), Some(b'.' | b'-'));
        if is_word(length) {
            length += 1;
        } else if joins && is_word(length + 1) {
            length += 2;
        } else {
            return length;
        }
    }
}

fn push_escaped(line: &mut String, text: &str, escaping: Escaping) {
    use std::fmt::Write as _;
    for character in text.chars() {
        match character {
            '"' | '\\' if escaping == Escaping::Json => {
                line.push('\\');
                line.push(character);
            }
            control if control.is_control() => {
                let _always_fits = write!(line, "\\u{:04x}", u32::from(control));
            }
            other => line.push(other),
        }
    }
}

const VARIABLE: &str = "$context.";
