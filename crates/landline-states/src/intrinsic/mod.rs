//! `States.Format(…)` and its like: the functions that JSONPath templates may call.
//!
//! Pure, but for those that are asked for chance.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html>

mod functions;
mod parse;

use serde_json::Value;

use crate::failure::{Fault, INTRINSIC_FAILURE, RUNTIME};
use crate::path::{Path, Roots};
use functions::Function;

/// A call, read once.
#[derive(Debug, Clone)]
pub(crate) struct Intrinsic {
    /// As it was written.
    text: String,
    call: Call,
}

#[derive(Debug, Clone)]
struct Call {
    function: Function,
    arguments: Vec<Argument>,
}

#[derive(Debug, Clone)]
enum Argument {
    Literal(Value),
    Path(Path),
    Call(Call),
}

/// What went wrong inside.
enum Trouble {
    Missing { path: String, input: String },
    Refused(String),
}

impl Intrinsic {
    /// Reads a call; the error says what is wrong with it.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        Ok(Self {
            text: text.to_owned(),
            call: parse::call(text)?,
        })
    }

    pub(crate) fn evaluate(&self, roots: Roots<'_>) -> Result<Value, Fault> {
        self.call.evaluate(roots).map_err(|trouble| {
            let (error, reason) = match trouble {
                Trouble::Missing { path, input } => (
                    RUNTIME,
                    format!(
                        "The JsonPath argument for the field '{path}' could not be found in the input '{input}'"
                    ),
                ),
                Trouble::Refused(reason) => (INTRINSIC_FAILURE, reason),
            };
            Fault {
                error,
                cause: format!(
                    "The function '{}' had the following error: {reason}",
                    self.text
                ),
                location: None,
            }
        })
    }
}

impl Call {
    fn evaluate(&self, roots: Roots<'_>) -> Result<Value, Trouble> {
        let mut values = Vec::with_capacity(self.arguments.len());
        for argument in &self.arguments {
            values.push(match argument {
                Argument::Literal(value) => value.clone(),
                Argument::Call(call) => call.evaluate(roots)?,
                Argument::Path(path) => path.find(roots).map_err(|_| Trouble::Missing {
                    path: path.text.clone(),
                    input: roots.input.to_string(),
                })?,
            });
        }
        self.function.call(values).map_err(Trouble::Refused)
    }
}

#[cfg(test)]
mod tests;
