//! JSONata: the language in which states compute since November 2024.
//!
//! Pure: what it knows of the time it is told. Nothing outside is reached, and an evaluation is bounded in its steps, its
//! depth and the length of what it makes.
//!
//! 1. [`token`]: from text to tokens;
//! 2. [`parse`], with [`build`]: from tokens to a tree;
//! 3. [`evaluate`], with [`path`], [`look`], [`call`] and [`functions`]: from a tree and bindings to a value.
//!
//! Not there: the parent operator `%`, the binding of focus and index (`@`, `#`), look-around in regular expressions.
//!
//! <https://docs.jsonata.org/>

mod build;
mod call;
mod compare;
mod evaluate;
mod functions;
mod item;
mod look;
mod parse;
mod path;
mod token;
mod tree;

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use item::Item;

/// An expression, read once.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    text: Arc<str>,
    root: Arc<tree::Node>,
}

/// What an expression sees.
#[derive(Debug)]
pub(crate) struct Bindings<'a> {
    /// `$states`
    pub(crate) states: Value,
    pub(crate) variables: &'a Map<String, Value>,
    /// What `$now()` tells.
    pub(crate) now_millis: i64,
}

/// Why there is no value: a code of JSONata's, and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(super) code: &'static str,
    pub(super) message: String,
}

impl Trouble {
    pub(super) fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
        }
    }

    /// The value is a function, which is no JSON.
    pub(crate) fn is_unsupported_result(&self) -> bool {
        self.code == FUNCTION_AS_RESULT
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code, self.message)
    }
}

/// A code of our own.
const FUNCTION_AS_RESULT: &str = "L0001";

/// The longest expression.
const LENGTH_MAX: usize = 65_536;

impl Program {
    /// Reads an expression; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        if text.len() > LENGTH_MAX {
            return Err("the expression is too long".to_owned());
        }
        let root = parse::expression(text).map_err(|trouble| trouble.to_string())?;
        Ok(Self {
            text: text.into(),
            root: Arc::new(root),
        })
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The value; nothing where the expression finds nothing.
    pub(crate) fn evaluate(&self, bindings: &Bindings<'_>) -> Result<Option<Value>, Trouble> {
        let found = evaluate::run(&self.root, bindings)?;
        found.as_ref().map(Item::to_json).transpose()
    }
}

#[cfg(test)]
mod tests;
