//! From text to tokens. What a slash is depends on what stands before it, so the parser asks for tokens one by one.

use regex::Regex;

use super::Trouble;

#[derive(Debug, Clone)]
pub(super) enum Token {
    Name(String),
    Variable(String),
    Text(String),
    Number(f64),
    Regex(Regex),
    Operator(&'static str),
    End,
}

/// Whether a slash may begin a regular expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expecting {
    Operand,
    Operator,
}

/// Longer ones first.
const OPERATORS: [&str; 34] = [
    "..", ":=", "!=", ">=", "<=", "**", "~>", ".", "[", "]", "{", "}", "(", ")", ",", "@", "#",
    ";", ":", "?", "+", "-", "*", "/", "%", "|", "=", "<", ">", "^", "&", "!", "~", "λ",
];

#[derive(Debug)]
pub(super) struct Lexer<'a> {
    rest: &'a str,
}

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text }
    }

    pub(super) fn next(&mut self, expecting: Expecting) -> Result<Token, Trouble> {
        self.skip()?;
        let Some(first) = self.rest.chars().next() else {
            return Ok(Token::End);
        };
        if first == '/' && expecting == Expecting::Operand {
            return self.regex();
        }
        match first {
            '"' | '\'' => return self.quoted(first).map(Token::Text),
            '`' => return self.backquoted(),
            '0'..='9' => return self.number(),
            '$' => {
                self.rest = &self.rest[1..];
                if let Some(rest) = self.rest.strip_prefix('$') {
                    self.rest = rest;
                    return Ok(Token::Variable("$".to_owned()));
                }
                return Ok(Token::Variable(self.word().to_owned()));
            }
            _ => {}
        }
        for operator in OPERATORS {
            if let Some(rest) = self.rest.strip_prefix(operator) {
                self.rest = rest;
                return Ok(Token::Operator(operator));
            }
        }
        let word = self.word();
        if word.is_empty() {
            let text = format!("Unknown operator: '{first}'");
            return Err(Trouble::new("S0204", text));
        }
        Ok(match word {
            "and" if expecting == Expecting::Operator => Token::Operator("and"),
            "or" if expecting == Expecting::Operator => Token::Operator("or"),
            "in" if expecting == Expecting::Operator => Token::Operator("in"),
            other => Token::Name(other.to_owned()),
        })
    }

    /// Spaces and comments.
    fn skip(&mut self) -> Result<(), Trouble> {
        loop {
            self.rest = self.rest.trim_start();
            let Some(comment) = self.rest.strip_prefix("/*") else {
                return Ok(());
            };
            let Some((_, rest)) = comment.split_once("*/") else {
                return Err(Trouble::new("S0106", "Comment has no closing tag"));
            };
            self.rest = rest;
        }
    }

    fn word(&mut self) -> &'a str {
        let is_part = |letter: char| letter.is_alphanumeric() || letter == '_';
        let end = self.rest.find(|letter| !is_part(letter));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        word
    }

    fn number(&mut self) -> Result<Token, Trouble> {
        let bytes = self.rest.as_bytes();
        let digits = |from: usize| {
            let rest = bytes.get(from..).unwrap_or_default();
            from + rest.iter().take_while(|it| it.is_ascii_digit()).count()
        };
        let mut end = digits(0);
        if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            end = digits(end + 1);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(end + 1 + sign);
            if exponent > end + 1 + sign {
                end = exponent;
            }
        }
        let (text, rest) = self.rest.split_at(end);
        self.rest = rest;
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Token::Number(number)),
            _ => Err(Trouble::new(
                "S0102",
                format!("Number out of range: {text}"),
            )),
        }
    }

    fn backquoted(&mut self) -> Result<Token, Trouble> {
        let inner = &self.rest[1..];
        let Some((name, rest)) = inner.split_once('`') else {
            let text = "Quoted property name must be terminated with a backquote (`)";
            return Err(Trouble::new("S0105", text));
        };
        self.rest = rest;
        Ok(Token::Name(name.to_owned()))
    }

    fn quoted(&mut self, quote: char) -> Result<String, Trouble> {
        let mut letters = self.rest.char_indices().skip(1);
        let mut text = String::new();
        // Pairs of surrogates come one by one.
        let mut units: Vec<u16> = Vec::new();
        while let Some((at, letter)) = letters.next() {
            if letter != '\\' || !self.rest[at..].starts_with("\\u") {
                text.push_str(&String::from_utf16_lossy(&std::mem::take(&mut units)));
            }
            match letter {
                end if end == quote => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(text);
                }
                '\\' => match letters.next().map(|(_, escaped)| escaped) {
                    Some('u') => {
                        let code = self.rest.get(at + 2..at + 6);
                        let code = code.and_then(|code| u16::from_str_radix(code, 16).ok());
                        let Some(code) = code else {
                            let text = "The escape sequence \\u must be followed by 4 hex digits";
                            return Err(Trouble::new("S0104", text));
                        };
                        units.push(code);
                        letters.nth(3);
                    }
                    Some(escaped) => text.push(unescaped(escaped)?),
                    None => break,
                },
                other => text.push(other),
            }
        }
        let text = "String literal must be terminated by a matching quote";
        Err(Trouble::new("S0101", text))
    }

    fn regex(&mut self) -> Result<Token, Trouble> {
        let mut depth = 0_usize;
        let mut is_escaped = false;
        let mut end = None;
        for (at, letter) in self.rest.char_indices().skip(1) {
            match letter {
                _ if is_escaped => is_escaped = false,
                '\\' => is_escaped = true,
                '[' | '(' | '{' => depth += 1,
                ']' | ')' | '}' => depth = depth.saturating_sub(1),
                '/' if depth == 0 => {
                    end = Some(at);
                    break;
                }
                _ => {}
            }
        }
        let Some(end) = end.filter(|end| *end > 1) else {
            let text = "No terminating / in regular expression";
            return Err(Trouble::new("S0302", text));
        };
        let pattern = self.rest[1..end].replace("\\/", "/");
        self.rest = &self.rest[end + 1..];
        let count = self
            .rest
            .chars()
            .take_while(|it| "im".contains(*it))
            .count();
        let (flags, rest) = self.rest.split_at(count);
        self.rest = rest;
        let flags = if flags.is_empty() {
            String::new()
        } else {
            format!("(?{flags})")
        };
        match Regex::new(&format!("{flags}{pattern}")) {
            Ok(regex) => Ok(Token::Regex(regex)),
            Err(error) => {
                let text = format!("Invalid regular expression: {error}");
                Err(Trouble::new("S0303", text))
            }
        }
    }
}

fn unescaped(letter: char) -> Result<char, Trouble> {
    Ok(match letter {
        '"' | '\'' | '\\' | '/' => letter,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        other => {
            let text = format!("Unsupported escape sequence: \\{other}");
            return Err(Trouble::new("S0103", text));
        }
    })
}
