//! The form of an update: sections, each a list of actions.

use crate::expression::ExpressionError;
use crate::expression::cursor::Cursor;
use crate::expression::lexer::TokenKind;
use crate::expression::syntax::RawPath;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Set,
    Remove,
    Add,
    Delete,
}

/// One action as written.
#[derive(Debug)]
pub(super) struct Clause<'a> {
    pub(super) section: Section,
    /// Whether the section's keyword stands right before it.
    pub(super) opens: bool,
    pub(super) path: RawPath<'a>,
    /// Absent for `REMOVE`.
    pub(super) source: Option<Form<'a>>,
}

#[derive(Debug)]
pub(super) enum Form<'a> {
    Path(RawPath<'a>),
    Value(&'a str),
    Plus(Box<Form<'a>>, Box<Form<'a>>),
    Minus(Box<Form<'a>>, Box<Form<'a>>),
    Call(&'a str, Vec<Form<'a>>),
}

type Parsed<'a> = Result<Form<'a>, ExpressionError>;

pub(super) fn parse<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<Clause<'a>>, ExpressionError> {
    let mut clauses = Vec::new();
    loop {
        let Some(section) = section(cursor) else {
            return Err(cursor.syntax_error());
        };
        let mut opens = true;
        loop {
            clauses.push(clause(cursor, section, opens)?);
            opens = false;
            if !cursor.take(TokenKind::Comma) {
                break;
            }
        }
        if cursor.peek() == TokenKind::End {
            return Ok(clauses);
        }
    }
}

impl Section {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Section::Set => "SET",
            Section::Remove => "REMOVE",
            Section::Add => "ADD",
            Section::Delete => "DELETE",
        }
    }
}

fn section(cursor: &mut Cursor<'_>) -> Option<Section> {
    SECTIONS
        .into_iter()
        .find(|section| cursor.take_word(section.as_str()))
}

fn clause<'a>(
    cursor: &mut Cursor<'a>,
    section: Section,
    opens: bool,
) -> Result<Clause<'a>, ExpressionError> {
    cursor.count_operator()?;
    refuse_keyword(cursor)?;
    let path = cursor.path()?;
    let source = match section {
        Section::Remove => None,
        Section::Set => {
            cursor.expect(TokenKind::Equal)?;
            Some(sum(cursor)?)
        }
        Section::Add | Section::Delete => Some(Form::Value(cursor.expect(TokenKind::Value)?)),
    };
    Ok(Clause {
        section,
        opens,
        path,
        source,
    })
}

/// At most one `+` or `-`: the language has no chains.
fn sum<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    let left = operand(cursor)?;
    let join = match cursor.peek() {
        TokenKind::Plus => Form::Plus,
        TokenKind::Minus => Form::Minus,
        _ => return Ok(left),
    };
    cursor.count_operator()?;
    cursor.advance();
    Ok(join(Box::new(left), Box::new(operand(cursor)?)))
}

fn operand<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    match cursor.peek() {
        TokenKind::OpenParen => cursor.nested(|cursor| {
            cursor.advance();
            let inside = sum(cursor)?;
            cursor.expect(TokenKind::CloseParen)?;
            Ok(inside)
        }),
        TokenKind::Value => Ok(Form::Value(cursor.advance())),
        TokenKind::Word if cursor.peek_next() == TokenKind::OpenParen => {
            refuse_keyword(cursor)?;
            cursor.nested(call)
        }
        _ => {
            refuse_keyword(cursor)?;
            Ok(Form::Path(cursor.path()?))
        }
    }
}

fn call<'a>(cursor: &mut Cursor<'a>) -> Parsed<'a> {
    cursor.count_operator()?;
    let name = cursor.advance();
    cursor.expect(TokenKind::OpenParen)?;
    let mut operands = vec![operand(cursor)?];
    while cursor.take(TokenKind::Comma) {
        operands.push(operand(cursor)?);
    }
    cursor.expect(TokenKind::CloseParen)?;
    Ok(Form::Call(name, operands))
}

/// A section's keyword is never the name of an attribute.
fn refuse_keyword(cursor: &Cursor<'_>) -> Result<(), ExpressionError> {
    if SECTIONS
        .iter()
        .any(|section| cursor.at_word(section.as_str()))
    {
        return Err(cursor.syntax_error());
    }
    Ok(())
}

const SECTIONS: [Section; 4] = [Section::Set, Section::Remove, Section::Add, Section::Delete];
