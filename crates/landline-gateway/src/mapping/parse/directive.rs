//! Parses what begins with `#`: directives, macro calls, comments, text blocks.

use std::sync::Arc;

use super::{Ending, Found, Parser, Problem, problem};
use crate::mapping::tree::{
    Assignment, Block, Branch, Call, Definition, Expression, Foreach, Macro, Node,
};

impl Parser<'_> {
    pub(super) fn directive(&mut self) -> Result<Found, Problem> {
        let start = self.at;
        let after = self.rest();
        if after.starts_with("##") {
            let line = after.find(['\n', '\r']).unwrap_or(after.len());
            self.at += line;
            self.skip_rest_of_line();
            return Ok(Found::Nothing);
        }
        if let Some(comment) = after.strip_prefix("#*") {
            self.at += comment.find("*#").map_or(after.len(), |end| end + 4);
            return Ok(Found::Nothing);
        }
        if let Some(text) = after.strip_prefix("#[[") {
            let Some(end) = text.find("]]#") else {
                return Err(problem(start, "\"#[[\" without \"]]#\""));
            };
            let node = Node::Text(text[..end].into());
            self.at += end + 6;
            return Ok(Found::Node(node));
        }
        let Some((word, length)) = self.directive_word(start) else {
            return Ok(Found::Text(1));
        };
        self.named(word, length)
    }

    fn named(&mut self, word: &str, length: usize) -> Result<Found, Problem> {
        let start = self.at;
        self.at += length;
        match word {
            "end" => {
                self.skip_rest_of_line();
                Ok(Found::End(Ending::End(start)))
            }
            "else" => {
                self.skip_rest_of_line();
                Ok(Found::End(Ending::Else(start)))
            }
            "elseif" => Ok(Found::End(Ending::ElseIf(start))),
            "stop" => Ok(Found::Node(Node::Stop)),
            "if" => self.nested(|parser| parser.condition(start)),
            "break" => {
                if self.opens() {
                    self.skip_whitespace();
                    self.at += 1;
                    self.macro_arguments()?;
                }
                Ok(Found::Node(Node::Break))
            }
            "set" | "foreach" | "define" | "macro" | "evaluate" if self.opens() => {
                self.skip_whitespace();
                self.at += 1;
                self.nested(|parser| match word {
                    "set" => parser.set(),
                    "foreach" => parser.foreach(start),
                    "define" => parser.define(start),
                    "macro" => parser.declare(start),
                    _ => parser.evaluate(),
                })
            }
            _ => {
                self.at = start;
                self.nested(|parser| parser.call(word, length))
            }
        }
    }

    /// The name after the `#` at `at`, and the length of both.
    pub(super) fn directive_word(&self, at: usize) -> Option<(&'static str, usize)> {
        // The names are few; an unknown one is the text itself, looked up by `call`.
        let (name, length) = word_at(self.text, at)?;
        Some((known(name), length))
    }

    /// Whether a `#set` with its parenthesis is here.
    pub(super) fn is_set(&self) -> bool {
        let rest = self.rest();
        ["#set", "#{set}"].iter().any(|name| {
            rest.strip_prefix(name)
                .is_some_and(|after| after.trim_start_matches(' ').starts_with('('))
        })
    }

    pub(super) fn is_directive(&self, word: &str) -> bool {
        !word.is_empty()
            || word_at(self.text, self.at).is_some_and(|(name, _)| self.macros.contains_key(name))
    }

    fn opens(&self) -> bool {
        self.rest()
            .trim_start_matches([' ', '\t', '\n', '\r'])
            .starts_with('(')
    }

    /// The end of a directive's parentheses, and of its line.
    fn close(&mut self) -> Result<(), Problem> {
        self.skip_whitespace();
        self.expect(b')', "expected \")\" at the end of a directive")?;
        self.skip_rest_of_line();
        Ok(())
    }

    fn condition(&mut self, start: usize) -> Result<Found, Problem> {
        let mut branches = Vec::new();
        let mut condition = Some(self.parenthesized()?);
        loop {
            let (body, end) = self.block()?;
            let is_last = condition.is_none();
            branches.push(Branch { condition, body });
            match end {
                Ending::End(_) => return Ok(Found::Node(Node::If(branches))),
                Ending::ElseIf(_) if !is_last => condition = Some(self.parenthesized()?),
                Ending::Else(_) if !is_last => condition = None,
                Ending::Else(at) | Ending::ElseIf(at) => {
                    return Err(problem(at, "only #end may follow #else"));
                }
                Ending::Text => return Err(problem(start, "#if without #end")),
            }
        }
    }

    fn parenthesized(&mut self) -> Result<Expression, Problem> {
        self.skip_whitespace();
        self.expect(b'(', "expected \"(\" after #if or #elseif")?;
        let condition = self.expression()?;
        self.close()?;
        Ok(condition)
    }

    fn set(&mut self) -> Result<Found, Problem> {
        self.skip_whitespace();
        let target = match self.peek() {
            Some(b'$') => self.reference(0)?,
            _ => None,
        };
        let Some(target) = target else {
            return Err(problem(self.at, "#set needs a reference to set"));
        };
        self.skip_whitespace();
        self.expect(b'=', "expected \"=\" in #set")?;
        let value = self.expression()?;
        self.close()?;
        let assignment = Assignment { target, value };
        Ok(Found::Node(Node::Set(Box::new(assignment))))
    }

    fn foreach(&mut self, start: usize) -> Result<Found, Problem> {
        let variable = self.variable("#foreach needs a reference to set")?;
        self.skip_whitespace();
        if !self.rest().starts_with("in") {
            return Err(problem(self.at, "expected \"in\" in #foreach"));
        }
        self.at += 2;
        let over = self.expression()?;
        self.close()?;
        let body = self.body(start, "#foreach without #end")?;
        Ok(Found::Node(Node::Foreach(Box::new(Foreach {
            variable,
            over,
            body,
        }))))
    }

    fn define(&mut self, start: usize) -> Result<Found, Problem> {
        let variable = self.variable("#define needs a reference to set")?;
        self.skip_arguments();
        self.close()?;
        let body = Arc::new(self.body(start, "#define without #end")?);
        Ok(Found::Node(Node::Define(Definition { variable, body })))
    }

    /// What follows the variable of `#define` means nothing; templates have it all the same.
    fn skip_arguments(&mut self) {
        let end = self.rest().find(')').unwrap_or(0);
        self.at += end;
    }

    fn declare(&mut self, start: usize) -> Result<Found, Problem> {
        self.skip_whitespace();
        let length = self.identifier_length(self.at);
        if length == 0 {
            return Err(problem(self.at, "#macro needs a name"));
        }
        let name: Box<str> = self.text[self.at..self.at + length].into();
        self.at += length;
        let mut parameters = Vec::new();
        loop {
            self.skip_separators();
            if self.peek() == Some(b')') {
                break;
            }
            parameters.push(self.variable("a parameter of #macro is a reference")?);
        }
        self.close()?;
        let body = self.body(start, "#macro without #end")?;
        // The first declaration of a name counts.
        let declared = Arc::new(Macro { parameters, body });
        self.macros.entry(name).or_insert(declared);
        Ok(Found::Nothing)
    }

    fn evaluate(&mut self) -> Result<Found, Problem> {
        let text = self.expression()?;
        self.close()?;
        Ok(Found::Node(Node::Evaluate(Box::new(text))))
    }

    /// `#name(…)`, which is text if it does not look like a call.
    fn call(&mut self, word: &str, length: usize) -> Result<Found, Problem> {
        let start = self.at;
        let Some((name, _)) = word_at(self.text, start) else {
            return Ok(Found::Text(1));
        };
        let name: Box<str> = name.into();
        self.at += length;
        let arguments = if word.is_empty() && self.opens() {
            self.skip_whitespace();
            self.at += 1;
            self.macro_arguments().ok()
        } else {
            None
        };
        let has_body = name.starts_with('@');
        let Some(arguments) = arguments else {
            self.at = start;
            return Ok(Found::Text(length));
        };
        let body = if has_body {
            Some(Arc::new(self.body(start, "a macro's body without #end")?))
        } else {
            None
        };
        Ok(Found::Node(Node::Call(Box::new(Call {
            name: name.trim_start_matches('@').into(),
            arguments: arguments.into_iter().map(Arc::new).collect(),
            body,
            source: self.text[start..self.at].into(),
        }))))
    }

    /// Arguments with blanks or commas between them.
    fn macro_arguments(&mut self) -> Result<Vec<Expression>, Problem> {
        let mut arguments = Vec::new();
        loop {
            self.skip_separators();
            if self.peek() == Some(b')') {
                self.close()?;
                return Ok(arguments);
            }
            arguments.push(self.primary()?);
        }
    }

    fn skip_separators(&mut self) {
        self.skip_whitespace();
        if self.peek() == Some(b',') {
            self.at += 1;
            self.skip_whitespace();
        }
    }

    /// The name of a reference that a directive sets.
    fn variable(&mut self, message: &'static str) -> Result<Arc<str>, Problem> {
        self.skip_whitespace();
        let at = self.at;
        let reference = match self.peek() {
            Some(b'$') => self.reference(0)?,
            _ => None,
        };
        match reference {
            Some(reference) if reference.steps.is_empty() => Ok(reference.root),
            _ => Err(problem(at, message)),
        }
    }

    fn body(&mut self, start: usize, message: &'static str) -> Result<Block, Problem> {
        match self.block()? {
            (body, Ending::End(_)) => Ok(body),
            (_, Ending::Else(at) | Ending::ElseIf(at)) => {
                Err(problem(at, "#else or #elseif without an #if"))
            }
            (_, Ending::Text) => Err(problem(start, message)),
        }
    }
}

/// The word after the `#` at `at`, as `#word` or `#{word}`, and the length of it all.
fn word_at(text: &str, at: usize) -> Option<(&str, usize)> {
    let after = &text[at + 1..];
    let (inner, brackets) = match after.strip_prefix('{') {
        Some(inner) => (inner, 2),
        None => (after, 0),
    };
    if !inner.starts_with(|first: char| first.is_ascii_alphabetic() || "_@".contains(first)) {
        return None;
    }
    let end = inner
        .find(|character: char| !character.is_ascii_alphanumeric() && !"_@".contains(character))
        .unwrap_or(inner.len());
    if brackets > 0 && inner.as_bytes().get(end) != Some(&b'}') {
        return None;
    }
    Some((&inner[..end], 1 + brackets + end))
}

/// The directive of a name, or nothing.
fn known(name: &str) -> &'static str {
    const NAMES: [&str; 11] = [
        "set", "if", "elseif", "else", "end", "foreach", "break", "stop", "macro", "define",
        "evaluate",
    ];
    NAMES
        .into_iter()
        .find(|known| *known == name)
        .unwrap_or_default()
}
