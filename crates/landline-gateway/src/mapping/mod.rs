//! Mapping templates: what turns a message into a request, and a response into a message.
//!
//! API Gateway's dialect of Velocity 1.7 with its JSONPath. A pure engine: no I/O, no
//! clock, no panic, and a limit for whatever a template may do (see [`crate::quotas`]).
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-mapping-template-reference.html>.
//!
//! # Layout
//!
//! 1. `parse` makes the `tree`, once per deployment;
//! 2. `evaluate` walks it, with `value` for what Java calls objects;
//! 3. `methods` has what strings, numbers, lists and maps can do;
//! 4. `input`, `context` and `functions` are `$input`, `$context` and `$util`;
//! 5. [`json_path`] finds a place in a document.
//!
//! # Where API Gateway differs from Velocity
//!
//! Recorded against the service by others, and kept here: a reference without a value
//! prints nothing (Velocity prints its source) and equals the empty string; an empty body
//! counts as `{}`; a list from a document prints as JSON, a map as Java's `{k=v}`; and
//! `$context` and the objects in it print nothing.
//!
//! Nobody has recorded, and is ours to correct: `#set` to nothing empties the variable
//! (Velocity 1.7 leaves it as it was, later ones empty it); what Java answers with an
//! exception, such as an index out of range, has no value; JSON null in a body is written
//! by `$input.json` as `""`, like what is not there.

mod budget;
mod context;
mod evaluate;
mod functions;
mod input;
pub mod json_path;
mod methods;
mod parse;
#[cfg(test)]
mod tests;
mod tree;
mod value;

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;

pub use context::Overrides;
pub use json_path::{InvalidPath, JsonPath};

use crate::quotas::{MAPPING_OUTPUT_BYTES, MAPPING_TEMPLATE_BYTES};

/// A parsed mapping template.
#[derive(Debug)]
pub struct Template {
    body: tree::Block,
    macros: HashMap<Box<str>, Arc<tree::Macro>>,
    literal: Option<Bytes>,
}

impl Template {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// When it is not well-formed Velocity, too large, or nested too deeply.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        if text.len() > MAPPING_TEMPLATE_BYTES {
            return Err(ParseError {
                message: format!("the template is larger than {MAPPING_TEMPLATE_BYTES} bytes"),
                line: 1,
                column: 1,
            });
        }
        let (body, macros) = parse::template(text)?;
        let literal = match body.as_slice() {
            [] => Some(Bytes::new()),
            [tree::Node::Text(text)] => Some(Bytes::copy_from_slice(text.as_bytes())),
            _ => None,
        };
        Ok(Self {
            body,
            macros,
            literal,
        })
    }

    /// What the template comes to. What it sets in `$context.requestOverride` and
    /// `$context.responseOverride` is kept in `overrides`.
    ///
    /// # Errors
    ///
    /// When the template goes beyond a limit.
    pub fn render(
        &self,
        scope: &Scope<'_>,
        overrides: &mut Overrides,
    ) -> Result<String, RenderError> {
        evaluate::render(self, scope, overrides)
    }

    /// The text of a template that is nothing but text: every message shares it.
    pub fn literal(&self) -> Option<&Bytes> {
        self.literal.as_ref()
    }
}

/// What a template can see.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    /// `$input.body`: the message, or the integration's response.
    pub body: &'a str,
    /// `$input.params()`.
    pub parameters: &'a Parameters,
    /// `$context`.
    pub context: &'a dyn Variables,
    /// `$stageVariables`.
    pub stage_variables: &'a BTreeMap<String, String>,
}

impl fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scope")
            .field("body", &self.body)
            .field("parameters", &self.parameters)
            .field("stage_variables", &self.stage_variables)
            .finish_non_exhaustive()
    }
}

/// `$context`, member by member, made only when a template asks for it.
pub trait Variables {
    /// The member `name`; it may be an object, as `identity` is.
    fn member(&self, name: &str) -> Option<serde_json::Value>;
}

/// The parameters of the request, as `$input.params()` shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Parameters {
    /// Path parameters; a WebSocket API has none.
    pub path: BTreeMap<String, String>,
    /// The query of the handshake.
    pub querystring: BTreeMap<String, String>,
    /// The headers of the handshake, found whatever their case.
    pub header: BTreeMap<String, String>,
}

/// Why a template cannot be parsed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message} (line {line}, column {column})")]
pub struct ParseError {
    /// What is wrong, in plain words.
    pub message: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// Why a template that parsed could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// It works for too long.
    #[error("the mapping template takes too many steps")]
    TooManySteps,
    /// It prints too much.
    #[error("the mapping template makes more than {MAPPING_OUTPUT_BYTES} bytes")]
    TooLong,
    /// A macro calls itself too often, or a value contains itself.
    #[error("the mapping template is nested too deeply")]
    TooDeep,
    /// A string given to `#evaluate` is not a template.
    #[error("the text of #evaluate cannot be parsed: {0}")]
    Evaluate(ParseError),
}
