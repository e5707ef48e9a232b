//! The parser's place in the tokens: what all grammars share, from syntax errors to document paths.

use super::lexer::{Token, TokenKind, tokenize};
use super::syntax::{RawPath, RawSegment};
use super::{ExpressionError, ExpressionKind, MAX_DEPTH, MAX_EXPRESSION_BYTES, MAX_OPERATORS};
use crate::value::MAX_NESTING;

pub(super) struct Cursor<'a> {
    kind: ExpressionKind,
    text: &'a str,
    tokens: Vec<Token>,
    position: usize,
    depth: usize,
    operators: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(kind: ExpressionKind, text: &'a str) -> Result<Cursor<'a>, ExpressionError> {
        if text.is_empty() {
            return Err(ExpressionError::invalid(
                kind,
                "The expression can not be empty;",
            ));
        }
        if text.len() > MAX_EXPRESSION_BYTES {
            let reason = format!(
                "Expression size has exceeded the maximum allowed size; expression size: {}",
                text.len()
            );
            return Err(ExpressionError::invalid(kind, reason));
        }
        Ok(Cursor {
            kind,
            text,
            tokens: tokenize(text),
            position: 0,
            depth: 0,
            operators: 0,
        })
    }

    pub(super) fn peek(&self) -> TokenKind {
        self.token(0).kind
    }

    pub(super) fn peek_next(&self) -> TokenKind {
        self.token(1).kind
    }

    /// Whether the next token is this keyword, in any case.
    pub(super) fn at_word(&self, word: &str) -> bool {
        self.peek() == TokenKind::Word && self.text_of(self.token(0)).eq_ignore_ascii_case(word)
    }

    pub(super) fn advance(&mut self) -> &'a str {
        let token = self.token(0);
        self.position = (self.position + 1).min(self.tokens.len() - 1);
        self.text_of(token)
    }

    pub(super) fn take(&mut self, kind: TokenKind) -> bool {
        let found = self.peek() == kind;
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.advance();
        }
        found
    }

    pub(super) fn expect(&mut self, kind: TokenKind) -> Result<&'a str, ExpressionError> {
        if self.peek() == kind {
            Ok(self.advance())
        } else {
            Err(self.syntax_error())
        }
    }

    pub(super) fn expect_end(&mut self) -> Result<(), ExpressionError> {
        self.expect(TokenKind::End).map(drop)
    }

    pub(super) fn invalid(&self, reason: impl std::fmt::Display) -> ExpressionError {
        ExpressionError::invalid(self.kind, reason)
    }

    /// Names the next token, with the one before and the one after it as they stand in the text.
    pub(super) fn syntax_error(&self) -> ExpressionError {
        let token = self.token(0);
        let from = self
            .position
            .checked_sub(1)
            .map_or(token, |before| self.tokens[before]);
        let to = if token.kind == TokenKind::End {
            from
        } else {
            self.token(1)
        };
        let shown = if token.kind == TokenKind::End {
            "<EOF>"
        } else {
            self.text_of(token)
        };
        let end = if to.kind == TokenKind::End {
            token.end
        } else {
            to.end
        };
        let near = self.text.get(from.start..end).unwrap_or_default();
        self.invalid(format!(
            "Syntax error; token: \"{shown}\", near: \"{near}\""
        ))
    }

    /// Counts an operator or function against the limit.
    pub(super) fn count_operator(&mut self) -> Result<(), ExpressionError> {
        self.operators += 1;
        if self.operators > MAX_OPERATORS {
            let reason = format!(
                "The expression contains too many operators; maximum number of operators: {MAX_OPERATORS}"
            );
            return Err(self.invalid(reason));
        }
        Ok(())
    }

    /// Parses something one level deeper. What nests deeper than the limit is refused where it does.
    pub(super) fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Cursor<'a>) -> Result<T, ExpressionError>,
    ) -> Result<T, ExpressionError> {
        if self.depth >= MAX_DEPTH {
            return Err(self.syntax_error());
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    /// `name`, then any of `.name` and `[index]`.
    pub(super) fn path(&mut self) -> Result<RawPath<'a>, ExpressionError> {
        let mut path = vec![self.path_name()?];
        self.path_tail(&mut path)?;
        Ok(path)
    }

    pub(super) fn path_tail(&mut self, path: &mut RawPath<'a>) -> Result<(), ExpressionError> {
        loop {
            if self.take(TokenKind::Dot) {
                let name = self.path_name()?;
                path.push(name);
            } else if self.take(TokenKind::OpenBracket) {
                if self.peek() != TokenKind::Digits {
                    return Err(self.syntax_error());
                }
                let index = self.list_index()?;
                path.push(RawSegment::Index(index));
                self.expect(TokenKind::CloseBracket)?;
            } else if path.len() > MAX_NESTING {
                return Err(self.invalid(format!(
                    "The document path has too many nesting levels; nesting levels: {}",
                    path.len()
                )));
            } else {
                return Ok(());
            }
        }
    }

    fn list_index(&mut self) -> Result<usize, ExpressionError> {
        let digits = self.expect(TokenKind::Digits)?;
        match digits.parse::<u32>() {
            Ok(index) if index <= MAX_LIST_INDEX => Ok(index as usize),
            _ => Err(self.invalid(format!(
                "List index is not within the allowable range; index: [{digits}]"
            ))),
        }
    }

    fn path_name(&mut self) -> Result<RawSegment<'a>, ExpressionError> {
        match self.peek() {
            TokenKind::Word => Ok(RawSegment::Word(self.advance())),
            TokenKind::Name => Ok(RawSegment::Name(self.advance())),
            _ => Err(self.syntax_error()),
        }
    }

    fn token(&self, ahead: usize) -> Token {
        let last = self.tokens.len() - 1;
        self.tokens[(self.position + ahead).min(last)]
    }

    fn text_of(&self, token: Token) -> &'a str {
        self.text.get(token.start..token.end).unwrap_or_default()
    }
}

const MAX_LIST_INDEX: u32 = 99_999_999;
