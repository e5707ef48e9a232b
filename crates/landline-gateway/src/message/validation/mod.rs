//! Whether a message is what its route's model says: JSON Schema, draft 4.
//!
//! A pure engine around the `jsonschema` crate. A schema is read once, at creation and
//! for each deployment; what it may cost for one message is bounded before that.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-request-validation.html>.

mod errors;
mod schema;
#[cfg(test)]
mod tests;

use jsonschema::{Draft, PatternOptions};
use serde_json::Value;

use crate::quotas::{PATTERN_BACKTRACKS, VALIDATION_ERRORS};

/// Why a text is no schema of a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSchema {
    /// It is not JSON, or not an object.
    #[error("the schema is not a JSON object")]
    NotJson,
    /// JSON Schema of draft 4 does not allow it.
    #[error("{0}")]
    NotDraft4(String),
    /// It refers to something outside of itself, or to nothing.
    #[error("the schema has a reference that cannot be followed: {0}")]
    Reference(String),
    /// Validation with it would not end, or take too long.
    #[error("the schema refers to itself without end, or is nested too deeply")]
    Endless,
}

/// A model's schema, ready to look at messages.
#[derive(Debug)]
pub struct Validator {
    schema: jsonschema::Validator,
}

impl Validator {
    /// Reads a schema.
    ///
    /// # Errors
    ///
    /// When the text is not JSON, not a schema of draft 4, or has references beyond itself.
    pub fn compile(schema: &str) -> Result<Self, InvalidSchema> {
        let schema = schema::read(schema)?;
        let compiled = jsonschema::options()
            .with_draft(Draft::Draft4)
            .with_pattern_options(PatternOptions::fancy_regex().backtrack_limit(PATTERN_BACKTRACKS))
            .build(&schema);
        match compiled {
            Ok(schema) => Ok(Self { schema }),
            Err(error) => Err(InvalidSchema::NotDraft4(errors::text(&error))),
        }
    }

    /// Looks at a message's body.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for `$context.error.validationErrorString`: not more than
    /// [`VALIDATION_ERRORS`] texts. A body that is not JSON is wrong too.
    pub fn validate(&self, body: &str) -> Result<(), Vec<String>> {
        let Ok(body) = serde_json::from_str::<Value>(body) else {
            return Err(vec!["the body is not JSON".to_owned()]);
        };
        if self.schema.is_valid(&body) {
            return Ok(());
        }
        Err(errors::texts(self.schema.iter_errors(&body)))
    }
}

impl InvalidSchema {
    /// Whether the text could still be kept by an API that does not check its schemas.
    pub fn is_json(&self) -> bool {
        !matches!(self, Self::NotJson)
    }
}

const _: () = assert!(VALIDATION_ERRORS > 0, "an invalid message has an error");
