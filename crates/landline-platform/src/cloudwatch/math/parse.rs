//! From text to an expression.

use super::MathError;

/// A parsed expression.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::cloudwatch) enum Expression {
    Number(f64),
    Text(String),
    /// A metric's or another expression's id.
    Id(String),
    Call(String, Vec<Expression>),
    Array(Vec<Expression>),
    Negated(Box<Expression>),
    Binary(Operator, Box<Expression>, Box<Expression>),
}

/// An operator between two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cloudwatch) enum Operator {
    Or,
    And,
    Equal,
    Unequal,
    AtMost,
    AtLeast,
    Below,
    Above,
    Add,
    Subtract,
    Multiply,
    Divide,
    Power,
}

/// As they are written, the longer of two that begin alike first, and how tightly they bind.
const OPERATORS: [(&str, Operator, u8); 15] = [
    ("||", Operator::Or, 1),
    ("OR", Operator::Or, 1),
    ("&&", Operator::And, 2),
    ("AND", Operator::And, 2),
    ("==", Operator::Equal, 3),
    ("!=", Operator::Unequal, 3),
    ("<=", Operator::AtMost, 3),
    (">=", Operator::AtLeast, 3),
    ("<", Operator::Below, 3),
    (">", Operator::Above, 3),
    ("+", Operator::Add, 4),
    ("-", Operator::Subtract, 4),
    ("*", Operator::Multiply, 5),
    ("/", Operator::Divide, 5),
    ("^", Operator::Power, 7),
];

/// A sign binds more tightly than a product, and less than a power.
const SIGN: u8 = 6;
const MAX_DEPTH: usize = 64;

impl Operator {
    pub(super) fn text(self) -> &'static str {
        let mut known = OPERATORS.iter();
        known
            .find(|(_, operator, _)| *operator == self)
            .map_or("", |(text, ..)| text)
    }
}

impl Expression {
    /// Tells every id that the expression refers to.
    pub(in crate::cloudwatch) fn ids(&self, tell: &mut impl FnMut(&str)) {
        match self {
            Self::Number(_) | Self::Text(_) => {}
            Self::Id(id) => tell(id),
            Self::Call(_, parts) | Self::Array(parts) => {
                for part in parts {
                    part.ids(tell);
                }
            }
            Self::Negated(part) => part.ids(tell),
            Self::Binary(_, left, right) => {
                left.ids(tell);
                right.ids(tell);
            }
        }
    }
}

/// Parses an expression, which must be all that there is.
pub(in crate::cloudwatch) fn parse(text: &str) -> Result<Expression, MathError> {
    let mut parser = Parser { rest: text };
    let expression = parser.expression(0, 0)?;
    parser.skip_blanks();
    if parser.rest.is_empty() {
        Ok(expression)
    } else {
        Err(MathError::Syntax)
    }
}

struct Parser<'a> {
    rest: &'a str,
}

impl Parser<'_> {
    /// Operands and operators that bind at least so tightly.
    fn expression(&mut self, least: u8, depth: usize) -> Result<Expression, MathError> {
        if depth > MAX_DEPTH {
            return Err(MathError::Deep);
        }
        let mut left = self.operand(depth)?;
        while let Some((operator, binding)) = self.operator(least) {
            // A power is of the power to its right.
            let next = binding + u8::from(operator != Operator::Power);
            let right = self.expression(next, depth + 1)?;
            left = Expression::Binary(operator, Box::new(left), Box::new(right));
        }
        Ok(left)
    }

    fn operator(&mut self, least: u8) -> Option<(Operator, u8)> {
        self.skip_blanks();
        let is_next = |(text, _, binding): &&(&str, Operator, u8)| {
            let is_word = text.starts_with(char::is_alphabetic);
            let rest = self.rest.strip_prefix(text);
            *binding >= least && rest.is_some_and(|rest| !is_word || !rest.starts_with(is_of_word))
        };
        let (text, operator, binding) = OPERATORS.iter().find(is_next)?;
        self.rest = &self.rest[text.len()..];
        Some((*operator, *binding))
    }

    fn operand(&mut self, depth: usize) -> Result<Expression, MathError> {
        self.skip_blanks();
        let first = self.rest.chars().next().ok_or(MathError::Syntax)?;
        match first {
            '-' => {
                self.rest = &self.rest[1..];
                let part = self.expression(SIGN, depth + 1)?;
                Ok(Expression::Negated(Box::new(part)))
            }
            '(' => {
                self.rest = &self.rest[1..];
                let inner = self.expression(0, depth + 1)?;
                self.expect(')')?;
                Ok(inner)
            }
            '[' => {
                self.rest = &self.rest[1..];
                Ok(Expression::Array(self.parts(']', depth)?))
            }
            '"' | '\'' => self.text(first),
            _ if first.is_ascii_digit() || first == '.' => self.number(),
            _ if is_of_word(first) => self.word(depth),
            _ => Err(MathError::Syntax),
        }
    }

    /// What stands between commas, to the closing bracket.
    fn parts(&mut self, end: char, depth: usize) -> Result<Vec<Expression>, MathError> {
        let mut parts = Vec::new();
        if self.takes(end) {
            return Ok(parts);
        }
        loop {
            parts.push(self.expression(0, depth + 1)?);
            if self.takes(end) {
                return Ok(parts);
            }
            self.expect(',')?;
        }
    }

    fn text(&mut self, quote: char) -> Result<Expression, MathError> {
        let inner = &self.rest[1..];
        let end = inner.find(quote).ok_or(MathError::Syntax)?;
        self.rest = &inner[end + 1..];
        Ok(Expression::Text(inner[..end].to_owned()))
    }

    fn number(&mut self) -> Result<Expression, MathError> {
        let bytes = self.rest.as_bytes();
        let mut end = 0;
        while let Some(byte) = bytes.get(end) {
            let after_exponent = end > 0 && matches!(bytes[end - 1], b'e' | b'E');
            let continues = byte.is_ascii_digit()
                || matches!(byte, b'.' | b'e' | b'E')
                || (after_exponent && matches!(byte, b'+' | b'-'));
            if !continues {
                break;
            }
            end += 1;
        }
        let number = self.rest[..end].parse().map_err(|_| MathError::Syntax)?;
        self.rest = &self.rest[end..];
        Ok(Expression::Number(number))
    }

    fn word(&mut self, depth: usize) -> Result<Expression, MathError> {
        let end = self.rest.find(|it| !is_of_word(it));
        let (word, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest;
        if self.takes('(') {
            let arguments = self.parts(')', depth)?;
            return Ok(Expression::Call(word.to_ascii_uppercase(), arguments));
        }
        Ok(Expression::Id(word.to_owned()))
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.skip_blanks();
        let rest = self.rest.strip_prefix(wanted);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn expect(&mut self, wanted: char) -> Result<(), MathError> {
        if self.takes(wanted) {
            Ok(())
        } else {
            Err(MathError::Syntax)
        }
    }

    fn skip_blanks(&mut self) {
        self.rest = self.rest.trim_start();
    }
}

fn is_of_word(it: char) -> bool {
    it.is_ascii_alphanumeric() || it == '_'
}
