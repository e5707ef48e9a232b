//! Parses `$name`, `$!name`, `${name}` and `$!{name}` with what follows their name.

use super::{Parser, Problem};
use crate::mapping::tree::{Escape, Expression, Reference, Step};

impl Parser<'_> {
    /// A reference at the `$` here, or nothing if the `$` is text.
    pub(super) fn reference(&mut self, backslashes: usize) -> Result<Option<Reference>, Problem> {
        let start = self.at;
        let mut at = start + 1;
        let bytes = self.text.as_bytes();
        if bytes.get(at) == Some(&b'!') {
            at += 1;
        }
        let is_formal = bytes.get(at) == Some(&b'{');
        if is_formal {
            at += 1;
        }
        let length = self.identifier_length(at);
        if length == 0 {
            return Ok(None);
        }
        let root = self.text[at..at + length].into();
        self.at = at + length;
        let steps = self.steps()?;
        if is_formal {
            self.expect(b'}', "expected \"}\" at the end of a reference")?;
        }
        let pairs = u32::try_from(backslashes / 2).unwrap_or(u32::MAX);
        let escape = if backslashes.is_multiple_of(2) {
            Escape::Pairs(pairs)
        } else {
            let source = self.text[start..self.at].into();
            Escape::Escaped { pairs, source }
        };
        Ok(Some(Reference {
            root,
            steps,
            escape,
        }))
    }

    fn steps(&mut self) -> Result<Vec<Step>, Problem> {
        let mut steps = Vec::new();
        loop {
            match self.peek() {
                Some(b'[') => {
                    self.at += 1;
                    let index = self.nested(Self::expression)?;
                    self.skip_whitespace();
                    self.expect(b']', "expected \"]\" after an index")?;
                    steps.push(Step::Index(index));
                }
                Some(b'.') => {
                    let next = self.text.as_bytes().get(self.at + 1);
                    if !next.is_some_and(u8::is_ascii_alphabetic) {
                        return Ok(steps);
                    }
                    let length = self.identifier_length(self.at + 1);
                    let name = &self.text[self.at + 1..self.at + 1 + length];
                    self.at += 1 + length;
                    if self.peek() == Some(b'(') {
                        let name = name.into();
                        self.at += 1;
                        steps.push(Step::Method(name, self.nested(Self::arguments)?));
                    } else {
                        steps.push(Step::Property(name.into()));
                    }
                }
                _ => return Ok(steps),
            }
        }
    }

    /// The arguments of a method, up to the closing parenthesis.
    fn arguments(&mut self) -> Result<Vec<Expression>, Problem> {
        self.list_until(b')', "expected \",\" or \")\" after an argument")
    }
}
