//! Reads the text of a call.

use serde_json::Value;

use super::functions::Function;
use super::{Argument, Call};
use crate::path::Path;

/// How deep calls nest; AWS has ten.
const DEPTH_MAX: usize = 10;
/// The longest call.
const LENGTH_MAX: usize = 10_000;

pub(super) fn call(text: &str) -> Result<Call, String> {
    if text.len() > LENGTH_MAX {
        return Err("the call is too long".to_owned());
    }
    let mut reader = Reader {
        rest: text.trim(),
        depth: 0,
    };
    let call = reader.call()?;
    if !reader.rest.trim().is_empty() {
        return Err(format!("unexpected '{}'", reader.rest));
    }
    Ok(call)
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn call(&mut self) -> Result<Call, String> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err("calls are nested too deeply".to_owned());
        }
        let (name, rest) = self.rest.split_once('(').ok_or("a '(' is missing")?;
        let function = Function::of(name.trim()).ok_or_else(|| format!("no function {name}"))?;
        self.rest = rest;
        let arguments = self.arguments()?;
        function.check(arguments.len())?;
        self.depth -= 1;
        Ok(Call {
            function,
            arguments,
        })
    }

    fn arguments(&mut self) -> Result<Vec<Argument>, String> {
        let mut arguments = Vec::new();
        self.skip_spaces();
        if self.take(')') {
            return Ok(arguments);
        }
        loop {
            self.skip_spaces();
            arguments.push(self.argument()?);
            self.skip_spaces();
            if self.take(')') {
                return Ok(arguments);
            }
            if !self.take(',') {
                return Err("a ',' or a ')' is missing".to_owned());
            }
        }
    }

    fn argument(&mut self) -> Result<Argument, String> {
        if self.rest.starts_with("States.") {
            return self.call().map(Argument::Call);
        }
        if self.rest.starts_with('\'') {
            return self.text().map(|text| Argument::Literal(text.into()));
        }
        let word = self.word();
        if word.starts_with('$') {
            return Path::parse(word).map(Argument::Path);
        }
        let value: Result<Value, _> = serde_json::from_str(word);
        match value {
            Ok(value @ (Value::Null | Value::Bool(_) | Value::Number(_))) => {
                Ok(Argument::Literal(value))
            }
            _ => Err(format!("'{word}' is no argument")),
        }
    }

    /// Text in single quotes; a backslash stands before `'`, `{`, `}` and itself.
    fn text(&mut self) -> Result<String, String> {
        let mut letters = self.rest.char_indices().skip(1);
        let mut text = String::new();
        while let Some((at, letter)) = letters.next() {
            match letter {
                '\'' => {
                    self.rest = &self.rest[at + 1..];
                    return Ok(text);
                }
                // Braces keep theirs: `States.Format` tells them from places.
                '\\' => match letters.next() {
                    Some((_, escaped @ ('\'' | '\\'))) => text.push(escaped),
                    Some((_, brace @ ('{' | '}'))) => text.extend(['\\', brace]),
                    Some((_, other)) => text.extend(['\\', other]),
                    None => break,
                },
                other => text.push(other),
            }
        }
        Err("a text has no end".to_owned())
    }

    /// A path or a number, up to the comma or the parenthesis that ends it.
    fn word(&mut self) -> &'a str {
        let (mut depth, mut quote) = (0_usize, None);
        let mut end = self.rest.len();
        for (at, letter) in self.rest.char_indices() {
            match (quote, letter) {
                (Some(open), letter) if open == letter => quote = None,
                (None, '\'' | '"') => quote = Some(letter),
                (None, '[' | '(') => depth += 1,
                (None, ']') => depth = depth.saturating_sub(1),
                (None, ')') if depth > 0 => depth -= 1,
                (None, ',' | ')') if depth == 0 => {
                    end = at;
                    break;
                }
                _ => {}
            }
        }
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word.trim()
    }

    fn skip_spaces(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn take(&mut self, letter: char) -> bool {
        match self.rest.strip_prefix(letter) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}
