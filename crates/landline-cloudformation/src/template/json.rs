//! JSON → [`Node`] with lines. A parser of its own because serde's values have no positions, and YAML's reader refuses
//! tabs and surrogate pairs that JSON templates may have.

use std::collections::HashMap;

use super::error::TemplateError;
use super::node::{Entry, Map, Node, Value};
use crate::quotas;

pub(super) fn parse(text: &str) -> Result<Node, TemplateError> {
    let mut reader = Reader {
        text,
        at: 0,
        line: 1,
        line_start: 0,
    };
    let node = reader.value(0)?;
    reader.skip_space();
    if reader.at < text.len() {
        return Err(reader.not_well_formed());
    }
    Ok(node)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: u32,
    line_start: usize,
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Result<Node, TemplateError> {
        if depth > quotas::TEMPLATE_DEPTH {
            return Err(TemplateError::at(
                self.line,
                "Template format error: the template is nested too deep.",
            ));
        }
        self.skip_space();
        let line = self.line;
        let value = match self.peek() {
            Some(b'{') => self.object(depth)?,
            Some(b'[') => self.array(depth)?,
            Some(b'"') => Value::String(self.string()?),
            Some(b'-' | b'0'..=b'9') => self.number()?,
            _ => self.word()?,
        };
        Ok(Node::new(line, value))
    }

    fn object(&mut self, depth: usize) -> Result<Value, TemplateError> {
        self.at += 1;
        let mut map = Map::default();
        let mut seen = HashMap::new();
        self.skip_space();
        if self.take(b'}') {
            return Ok(Value::Map(map));
        }
        loop {
            self.skip_space();
            let line = self.line;
            if self.peek() != Some(b'"') {
                return Err(self.not_well_formed());
            }
            let key = self.string()?;
            self.skip_space();
            self.expect(b':')?;
            let node = self.value(depth + 1)?;
            map.put(&mut seen, Entry { key, line, node });
            self.skip_space();
            if self.take(b'}') {
                return Ok(Value::Map(map));
            }
            self.expect(b',')?;
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, TemplateError> {
        self.at += 1;
        let mut items = Vec::new();
        self.skip_space();
        if self.take(b']') {
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.skip_space();
            if self.take(b']') {
                return Ok(Value::List(items));
            }
            self.expect(b',')?;
        }
    }

    /// Finds the end of the string and lets serde decode its escapes.
    fn string(&mut self) -> Result<String, TemplateError> {
        let rest = &self.text.as_bytes()[self.at..];
        let mut end = 1;
        loop {
            match rest.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(_) => end += 1,
                None => return Err(self.not_well_formed()),
            }
        }
        let literal = self
            .text
            .get(self.at..=self.at + end)
            .ok_or_else(|| self.not_well_formed())?;
        let text = serde_json::from_str(literal).map_err(|_| self.not_well_formed())?;
        self.at += end + 1;
        Ok(text)
    }

    fn number(&mut self) -> Result<Value, TemplateError> {
        let rest = &self.text[self.at..];
        let end = rest
            .find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'))
            .unwrap_or(rest.len());
        let literal = &rest[..end];
        serde_json::from_str::<serde_json::Number>(literal).map_err(|_| self.not_well_formed())?;
        self.at += end;
        Ok(Value::Number(literal.to_owned()))
    }

    fn word(&mut self) -> Result<Value, TemplateError> {
        for (word, value) in [
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
            ("null", Value::Null),
        ] {
            if self.text[self.at..].starts_with(word) {
                self.at += word.len();
                return Ok(value);
            }
        }
        Err(self.not_well_formed())
    }

    fn skip_space(&mut self) {
        while let Some(byte @ (b' ' | b'\t' | b'\r' | b'\n')) = self.peek() {
            self.at += 1;
            if byte == b'\n' {
                self.line += 1;
                self.line_start = self.at;
            }
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, byte: u8) -> Result<(), TemplateError> {
        if self.take(byte) {
            Ok(())
        } else {
            Err(self.not_well_formed())
        }
    }

    fn not_well_formed(&self) -> TemplateError {
        // AWS counts the character that it did not expect as read.
        let column = self.at - self.line_start + 2;
        TemplateError::new(format!(
            "Template format error: JSON not well-formed. (line {}, column {column})",
            self.line
        ))
    }
}
