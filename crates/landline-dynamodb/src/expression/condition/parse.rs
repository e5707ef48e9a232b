//! The form of a condition, by precedence: `OR`, `AND`, `NOT`, then comparisons and functions.

use super::Comparator;
use crate::expression::ExpressionError;
use crate::expression::cursor::Cursor;
use crate::expression::lexer::TokenKind;
use crate::expression::syntax::RawPath;

/// A condition as written. Operands and conditions are told apart only where one of them is needed: `(a) = :v` and
/// `(a = :v)` begin alike.
#[derive(Debug)]
pub(super) enum Form<'a> {
    Or(Vec<Form<'a>>),
    And(Vec<Form<'a>>),
    Not(Box<Form<'a>>),
    Compare(Comparator, Box<Form<'a>>, Box<Form<'a>>),
    Between(Box<Form<'a>>, Box<Form<'a>>, Box<Form<'a>>),
    In(Box<Form<'a>>, Vec<Form<'a>>),
    Call(&'a str, Vec<Form<'a>>),
    Path(RawPath<'a>),
    Value(&'a str),
    Group(Box<Form<'a>>),
}

type Parsed<'a> = Result<Form<'a>, ExpressionError>;

pub(super) fn parse<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    let form = disjunction(cursor)?;
    require_condition(cursor, &form)?;
    cursor.expect_end()?;
    Ok(form)
}

impl<'a> Form<'a> {
    fn inner_mut(&mut self) -> &mut Form<'a> {
        match self {
            Form::Group(inside) => inside.inner_mut(),
            form => form,
        }
    }

    /// The form without parentheses around it.
    pub(super) fn inner(&self) -> &Self {
        let mut form = self;
        while let Form::Group(inside) = form {
            form = inside;
        }
        form
    }

    fn is_bare_operand(&self) -> bool {
        matches!(self.inner(), Form::Path(_) | Form::Value(_))
    }

    fn can_be_operand(&self) -> bool {
        matches!(
            self.inner(),
            Form::Path(_) | Form::Value(_) | Form::Call(..)
        )
    }
}

fn disjunction<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    joined(cursor, "OR", conjunction, Form::Or)
}

fn conjunction<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    joined(cursor, "AND", negation, Form::And)
}

fn joined<'a>(
    cursor: &mut Cursor<'a>,
    word: &str,
    member: fn(&mut Cursor<'a>) -> Parsed<'a>,
    join: fn(Vec<Form<'a>>) -> Form<'a>,
) -> Parsed<'a> {
    let first = member(cursor)?;
    if !cursor.at_word(word) {
        return Ok(first);
    }
    require_condition(cursor, &first)?;
    let mut members = vec![first];
    while cursor.take_word(word) {
        cursor.count_operator()?;
        let next = member(cursor)?;
        require_condition(cursor, &next)?;
        members.push(next);
    }
    Ok(join(members))
}

fn negation<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    if !cursor.take_word("NOT") {
        return comparison(cursor);
    }
    cursor.count_operator()?;
    let negated = cursor.nested(negation)?;
    require_condition(cursor, &negated)?;
    Ok(Form::Not(Box::new(negated)))
}

fn comparison<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    let left = primary(cursor)?;
    if !left.can_be_operand() {
        return Ok(left);
    }
    let left = Box::new(left);
    if let Some(comparator) = comparator(cursor.peek()) {
        cursor.count_operator()?;
        cursor.advance();
        return Ok(Form::Compare(comparator, left, Box::new(operand(cursor)?)));
    }
    if cursor.take_word("BETWEEN") {
        cursor.count_operator()?;
        let low = operand(cursor)?;
        if !cursor.take_word("AND") {
            return Err(cursor.syntax_error());
        }
        return Ok(Form::Between(
            left,
            Box::new(low),
            Box::new(operand(cursor)?),
        ));
    }
    if cursor.take_word("IN") {
        cursor.count_operator()?;
        cursor.expect(TokenKind::OpenParen)?;
        return Ok(Form::In(left, operands(cursor)?));
    }
    Ok(*left)
}

fn comparator(token: TokenKind) -> Option<Comparator> {
    Some(match token {
        TokenKind::Equal => Comparator::Equal,
        TokenKind::NotEqual => Comparator::NotEqual,
        TokenKind::Less => Comparator::Less,
        TokenKind::LessOrEqual => Comparator::LessOrEqual,
        TokenKind::Greater => Comparator::Greater,
        TokenKind::GreaterOrEqual => Comparator::GreaterOrEqual,
        _ => return None,
    })
}

fn primary<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    match cursor.peek() {
        TokenKind::OpenParen => cursor.nested(group),
        TokenKind::Value => Ok(Form::Value(cursor.advance())),
        TokenKind::Word if KEYWORDS.iter().any(|word| cursor.at_word(word)) => {
            Err(cursor.syntax_error())
        }
        TokenKind::Word if cursor.peek_next() == TokenKind::OpenParen => cursor.nested(call),
        TokenKind::Word | TokenKind::Name => Ok(Form::Path(cursor.path()?)),
        _ => Err(cursor.syntax_error()),
    }
}

fn group<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    cursor.expect(TokenKind::OpenParen)?;
    let mut inside = disjunction(cursor)?;
    cursor.expect(TokenKind::CloseParen)?;
    if let Form::Path(path) = inside.inner_mut() {
        cursor.path_tail(path)?;
    }
    Ok(Form::Group(Box::new(inside)))
}

fn call<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    cursor.count_operator()?;
    let name = cursor.advance();
    cursor.expect(TokenKind::OpenParen)?;
    Ok(Form::Call(name, operands(cursor)?))
}

/// One operand or more, and the closing parenthesis.
fn operands<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<Form<'a>>, ExpressionError> {
    let mut operands = vec![operand(cursor)?];
    while cursor.take(TokenKind::Comma) {
        operands.push(operand(cursor)?);
    }
    cursor.expect(TokenKind::CloseParen)?;
    Ok(operands)
}

fn operand<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    let form = primary(cursor)?;
    if form.can_be_operand() {
        Ok(form)
    } else {
        Err(cursor.syntax_error())
    }
}

/// A path or a value alone is no condition: a comparator is missing after it.
fn require_condition(cursor: &Cursor<'_>, form: &Form<'_>) -> Result<(), ExpressionError> {
    if form.is_bare_operand() {
        Err(cursor.syntax_error())
    } else {
        Ok(())
    }
}

const KEYWORDS: [&str; 5] = ["AND", "OR", "NOT", "BETWEEN", "IN"];
