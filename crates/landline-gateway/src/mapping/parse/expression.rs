//! Parses expressions: operators, literals, lists, maps, ranges.
//!
//! More forgiving than Velocity in one place: operators may stand wherever a value may.

use std::sync::Arc;

use super::{Ending, Parser, Problem, problem};
use crate::mapping::tree::{Block, Chain, Expression, Node, Operator};

/// From the weakest to the strongest.
const PRECEDENCES: [&[(&str, Operator)]; 6] = [
    &[("||", Operator::Or), ("or", Operator::Or)],
    &[("&&", Operator::And), ("and", Operator::And)],
    &[
        ("==", Operator::Equal),
        ("!=", Operator::NotEqual),
        ("eq", Operator::Equal),
        ("ne", Operator::NotEqual),
    ],
    &[
        ("<=", Operator::LessOrEqual),
        (">=", Operator::GreaterOrEqual),
        ("<", Operator::Less),
        (">", Operator::Greater),
        ("le", Operator::LessOrEqual),
        ("ge", Operator::GreaterOrEqual),
        ("lt", Operator::Less),
        ("gt", Operator::Greater),
    ],
    &[("+", Operator::Add), ("-", Operator::Subtract)],
    &[
        ("*", Operator::Multiply),
        ("/", Operator::Divide),
        ("%", Operator::Remainder),
    ],
];

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Result<Expression, Problem> {
        self.chain(0)
    }

    fn chain(&mut self, precedence: usize) -> Result<Expression, Problem> {
        let Some(operators) = PRECEDENCES.get(precedence) else {
            return self.unary();
        };
        let first = self.chain(precedence + 1)?;
        let mut rest = Vec::new();
        while let Some(operator) = self.operator(operators) {
            rest.push((operator, self.chain(precedence + 1)?));
        }
        if rest.is_empty() {
            return Ok(first);
        }
        Ok(Expression::Chain(Box::new(Chain { first, rest })))
    }

    fn operator(&mut self, operators: &[(&str, Operator)]) -> Option<Operator> {
        self.skip_whitespace();
        let rest = self.rest();
        let (text, operator) = operators.iter().find(|(text, _)| {
            rest.strip_prefix(text).is_some_and(|after| {
                !text.starts_with(|first: char| first.is_ascii_alphabetic())
                    || !after.starts_with(is_word)
            })
        })?;
        self.at += text.len();
        Some(*operator)
    }

    fn unary(&mut self) -> Result<Expression, Problem> {
        self.skip_whitespace();
        let rest = self.rest();
        let length = match rest.strip_prefix("not") {
            Some(after) if !after.starts_with(is_word) => 3,
            _ if rest.starts_with('!') => 1,
            _ => return self.primary(),
        };
        self.at += length;
        let operand = self.nested(Self::unary)?;
        Ok(Expression::Not(Box::new(operand)))
    }

    /// A value without operators around it, as macros take their arguments.
    pub(super) fn primary(&mut self) -> Result<Expression, Problem> {
        self.skip_whitespace();
        match self.peek() {
            Some(b'$') => match self.reference(0)? {
                Some(reference) => Ok(Expression::Reference(Box::new(reference))),
                None => Err(problem(self.at, "expected a name after \"$\"")),
            },
            Some(b'\'') => self.single_quoted(),
            Some(b'"') => self.double_quoted(),
            Some(b'[') => {
                self.at += 1;
                self.nested(Self::list_or_range)
            }
            Some(b'{') => {
                self.at += 1;
                self.nested(Self::map)
            }
            Some(b'(') => {
                self.at += 1;
                let inner = self.nested(Self::expression)?;
                self.skip_whitespace();
                self.expect(b')', "expected \")\"")?;
                Ok(inner)
            }
            Some(b'0'..=b'9' | b'-' | b'.') => self.number(),
            Some(byte) if byte.is_ascii_alphabetic() || byte == b'_' => Ok(self.word()),
            _ => Err(problem(self.at, "expected a value")),
        }
    }

    /// `true`, `false`, or a bare word, which has no value.
    fn word(&mut self) -> Expression {
        let length = self.identifier_length(self.at);
        let word = &self.text[self.at..self.at + length];
        self.at += length;
        match word {
            "true" => Expression::Bool(true),
            "false" => Expression::Bool(false),
            _ => Expression::Null,
        }
    }

    fn number(&mut self) -> Result<Expression, Problem> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let whole = start + usize::from(bytes[start] == b'-');
        let mut at = digits(whole);
        let mut is_double = false;
        // Two dots belong to a range.
        if bytes.get(at) == Some(&b'.') && bytes.get(at + 1) != Some(&b'.') {
            let fraction = digits(at + 1);
            if fraction - whole > 1 {
                is_double = true;
                at = fraction;
            }
        }
        if at > whole && matches!(bytes.get(at), Some(b'e' | b'E')) {
            let signed = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
            if digits(signed) > signed {
                is_double = true;
                at = digits(signed);
            }
        }
        let text = &self.text[start..at];
        let parsed = if is_double {
            text.parse().ok().map(Expression::Double)
        } else {
            text.parse().ok().map(Expression::Integer)
        };
        let Some(number) = parsed else {
            return Err(problem(start, "expected a number"));
        };
        self.at = at;
        Ok(number)
    }

    fn list_or_range(&mut self) -> Result<Expression, Problem> {
        self.skip_whitespace();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Expression::List(Vec::new()));
        }
        let first = self.expression()?;
        self.skip_whitespace();
        if self.rest().starts_with("..") {
            self.at += 2;
            let last = self.expression()?;
            self.skip_whitespace();
            self.expect(b']', "expected \"]\" after a range")?;
            return Ok(Expression::Range(Box::new((first, last))));
        }
        let mut items = vec![first];
        if self.peek() == Some(b',') {
            self.at += 1;
            items.extend(self.list_until(b']', "expected \",\" or \"]\" in a list")?);
        } else {
            self.expect(b']', "expected \",\" or \"]\" in a list")?;
        }
        Ok(Expression::List(items))
    }

    /// Expressions with commas between them, and the byte that closes them.
    pub(super) fn list_until(
        &mut self,
        close: u8,
        message: &'static str,
    ) -> Result<Vec<Expression>, Problem> {
        let mut items = Vec::new();
        self.skip_whitespace();
        if self.peek() == Some(close) {
            self.at += 1;
            return Ok(items);
        }
        loop {
            items.push(self.expression()?);
            self.skip_whitespace();
            if self.peek() != Some(b',') {
                self.expect(close, message)?;
                return Ok(items);
            }
            self.at += 1;
        }
    }

    fn map(&mut self) -> Result<Expression, Problem> {
        let mut entries = Vec::new();
        self.skip_whitespace();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Expression::Map(entries));
        }
        loop {
            let key = self.expression()?;
            self.skip_whitespace();
            self.expect(b':', "expected \":\" after a key")?;
            entries.push((key, self.expression()?));
            self.skip_whitespace();
            if self.peek() != Some(b',') {
                self.expect(b'}', "expected \",\" or \"}\" in a map")?;
                return Ok(Expression::Map(entries));
            }
            self.at += 1;
        }
    }

    /// What is between quotes; a doubled quote stands for one.
    fn quoted_end(&mut self, quote: u8) -> Result<usize, Problem> {
        let mut at = self.at + 1;
        loop {
            match memchr::memchr(quote, &self.text.as_bytes()[at..]) {
                None => return Err(problem(self.at, "a string does not end")),
                Some(offset) if self.text.as_bytes().get(at + offset + 1) == Some(&quote) => {
                    at += offset + 2;
                }
                Some(offset) => return Ok(at + offset),
            }
        }
    }

    fn single_quoted(&mut self) -> Result<Expression, Problem> {
        let end = self.quoted_end(b'\'')?;
        let text = self.text[self.at + 1..end].replace("''", "'");
        self.at = end + 1;
        Ok(Expression::Text(text.into()))
    }

    /// A string in double quotes is a template of its own.
    fn double_quoted(&mut self) -> Result<Expression, Problem> {
        let end = self.quoted_end(b'"')?;
        let text = &self.text[self.at + 1..end];
        if !text.contains(['$', '#']) {
            let text = Arc::from(text.replace("\"\"", "\""));
            self.at = end + 1;
            return Ok(Expression::Text(text));
        }
        let unquoted = text.replace("\"\"", "\"");
        let block = self.nested(|parser| parser.string(&unquoted))?;
        self.at = end + 1;
        Ok(match block.as_slice() {
            [] => Expression::Text("".into()),
            [Node::Text(text)] => Expression::Text(Arc::from(&**text)),
            _ => Expression::Interpolated(block),
        })
    }

    fn string(&mut self, text: &str) -> Result<Block, Problem> {
        let mut inner = Parser {
            text,
            at: 0,
            depth: self.depth,
            macros: std::mem::take(&mut self.macros),
        };
        let parsed = inner.block();
        self.macros = inner.macros;
        match parsed {
            Ok((block, Ending::Text)) => Ok(block),
            Ok(_) => Err(problem(self.at, "a string has an #end or #else of its own")),
            // Where it is in the template says more than where it is in the string.
            Err(inner) => Err(Problem {
                at: self.at,
                message: format!("in a string: {}", inner.message).into(),
            }),
        }
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '@')
}
