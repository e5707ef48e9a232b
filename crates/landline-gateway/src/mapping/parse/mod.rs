//! Parses a template: text with directives in it. References and expressions are beside it.
//!
//! Whitespace follows Velocity 1.7: a directive takes the rest of its line when nothing but
//! blanks follow; `#set` also takes the blanks before it, if they follow another directive
//! or stand at the start.

mod directive;
mod expression;
mod reference;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use super::ParseError;
use super::tree::{Block, Macro, Node};
use crate::quotas::MAPPING_NESTING;

/// The statements of a template, and the macros that it declares.
pub(super) type Parsed = (Block, HashMap<Box<str>, Arc<Macro>>);

pub(super) fn template(text: &str) -> Result<Parsed, ParseError> {
    let mut parser = Parser {
        text,
        at: 0,
        depth: 0,
        macros: HashMap::new(),
    };
    match parser.whole() {
        Ok(body) => Ok((body, parser.macros)),
        Err(problem) => Err(locate(text, problem)),
    }
}

/// What is wrong, and where. The line is counted once it is known that somebody asks:
/// what looks like a macro call and is none is a problem too.
#[derive(Debug)]
struct Problem {
    at: usize,
    message: Cow<'static, str>,
}

fn locate(text: &str, problem: Problem) -> ParseError {
    let before = text.get(..problem.at).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    ParseError {
        message: problem.message.into_owned(),
        line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
        column: before[line_start..].chars().count() + 1,
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
    macros: HashMap<Box<str>, Arc<Macro>>,
}

/// What ended a block, and where that stands.
#[derive(Clone, Copy)]
enum Ending {
    Text,
    /// `#end`
    End(usize),
    Else(usize),
    ElseIf(usize),
}

/// What a `#` turned out to be.
enum Found {
    Node(Node),
    /// A directive that leaves nothing behind: a comment or a macro's declaration.
    Nothing,
    /// No directive: so many bytes of text.
    Text(usize),
    End(Ending),
}

/// The statements so far, and the text that waits to become one.
struct Statements {
    nodes: Block,
    text: String,
    /// Where the text began since the last directive, reference or special character.
    run: usize,
}

impl Statements {
    fn push(&mut self, node: Node) {
        self.flush();
        self.nodes.push(node);
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            self.nodes
                .push(Node::Text(std::mem::take(&mut self.text).into()));
        }
    }

    fn finish(mut self) -> Block {
        self.flush();
        self.nodes
    }
}

impl Parser<'_> {
    fn whole(&mut self) -> Result<Block, Problem> {
        let (body, ending) = self.block()?;
        match ending {
            Ending::Text => Ok(body),
            Ending::End(at) => Err(problem(at, "#end without a directive that it could end")),
            Ending::Else(at) | Ending::ElseIf(at) => {
                Err(problem(at, "#else or #elseif without an #if"))
            }
        }
    }

    /// Parses statements until the text or the block ends.
    fn block(&mut self) -> Result<(Block, Ending), Problem> {
        let mut done = Statements {
            nodes: Block::new(),
            text: String::new(),
            run: self.at,
        };
        loop {
            let rest = &self.text.as_bytes()[self.at..];
            let Some(offset) = memchr::memchr3(b'$', b'#', b'\\', rest) else {
                done.text.push_str(&self.text[self.at..]);
                self.at = self.text.len();
                return Ok((done.finish(), Ending::Text));
            };
            if offset > 0 {
                done.text.push_str(&self.text[self.at..self.at + offset]);
                self.at += offset;
            }
            let end = match rest[offset] {
                b'$' => {
                    self.reference_or_text(0, &mut done)?;
                    None
                }
                b'\\' => {
                    self.backslashes(&mut done)?;
                    None
                }
                _ => self.directive_or_text(&mut done)?,
            };
            if let Some(end) = end {
                return Ok((done.finish(), end));
            }
        }
    }

    fn reference_or_text(
        &mut self,
        backslashes: usize,
        done: &mut Statements,
    ) -> Result<(), Problem> {
        if let Some(reference) = self.reference(backslashes)? {
            done.push(Node::Reference(reference));
        } else {
            done.text.extend(std::iter::repeat_n('\\', backslashes));
            done.text.push('$');
            self.at += 1;
        }
        done.run = self.at;
        Ok(())
    }

    fn directive_or_text(&mut self, done: &mut Statements) -> Result<Option<Ending>, Problem> {
        let blanks = self.text[done.run..self.at]
            .bytes()
            .all(|byte| matches!(byte, b' ' | b'\t'));
        if blanks && self.is_set() {
            // The text may hold more than the run, which is its end.
            let kept = done.text.len() - (self.at - done.run).min(done.text.len());
            done.text.truncate(kept);
        }
        match self.directive()? {
            Found::Node(node) => done.push(node),
            Found::Nothing => {}
            Found::Text(length) => {
                done.text.push_str(&self.text[self.at..self.at + length]);
                self.at += length;
            }
            Found::End(end) => return Ok(Some(end)),
        }
        done.run = self.at;
        Ok(None)
    }

    /// Backslashes count only before a reference or a directive that exists.
    fn backslashes(&mut self, done: &mut Statements) -> Result<(), Problem> {
        let count = self.text[self.at..]
            .bytes()
            .take_while(|byte| *byte == b'\\')
            .count();
        self.at += count;
        let mut printed = count;
        match self.text.as_bytes().get(self.at) {
            Some(b'$') => return self.reference_or_text(count, done),
            Some(b'#') => {
                if let Some((word, length)) = self.directive_word(self.at)
                    && self.is_directive(word)
                {
                    let word_is_set = word == "set";
                    if count % 2 == 1 {
                        done.text.extend(std::iter::repeat_n('\\', count / 2));
                        done.text.push_str(&self.text[self.at..self.at + length]);
                        self.at += length;
                        printed = 0;
                    } else if !word_is_set {
                        printed = count / 2;
                    }
                }
            }
            _ => {}
        }
        done.text.extend(std::iter::repeat_n('\\', printed));
        done.run = self.at;
        Ok(())
    }

    /// Runs a parser one level deeper; deep nesting would exhaust the stack.
    fn nested<T>(
        &mut self,
        parse: impl FnOnce(&mut Self) -> Result<T, Problem>,
    ) -> Result<T, Problem> {
        if self.depth == MAPPING_NESTING {
            return Err(problem(self.at, "the template is nested too deeply"));
        }
        self.depth += 1;
        let parsed = parse(self);
        self.depth -= 1;
        parsed
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn skip_whitespace(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    /// Takes blanks and the end of a line, if nothing else is left on it.
    fn skip_rest_of_line(&mut self) {
        let rest = self.rest();
        let after = rest.trim_start_matches([' ', '\t']);
        let newline = match after.as_bytes() {
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => return,
        };
        self.at += rest.len() - after.len() + newline;
    }

    fn expect(&mut self, byte: u8, message: &'static str) -> Result<(), Problem> {
        if self.peek() == Some(byte) {
            self.at += 1;
            return Ok(());
        }
        Err(problem(self.at, message))
    }

    /// A name of letters, digits, `_` and `-`, as references have it.
    fn identifier_length(&self, at: usize) -> usize {
        let bytes = &self.text.as_bytes()[at..];
        match bytes.first() {
            Some(first) if first.is_ascii_alphabetic() || *first == b'_' => bytes
                .iter()
                .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
                .count(),
            _ => 0,
        }
    }
}

fn problem(at: usize, message: &'static str) -> Problem {
    Problem {
        at,
        message: Cow::Borrowed(message),
    }
}
