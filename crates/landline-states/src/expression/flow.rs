//! `InputPath`, `ResultPath`, `OutputPath`: how a state's data flow in JSONPath.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html>

use serde_json::{Map, Value, json};

use super::{Expression, Scope};
use crate::failure::{Fault, RESULT_PATH_MATCH_FAILURE};
use crate::path::Place;

/// `InputPath` or `OutputPath`.
#[derive(Debug, Clone, Default)]
pub(crate) enum PathField {
    /// `$`, or not there.
    #[default]
    Whole,
    /// `null`: an empty object.
    Nothing,
    At(Expression),
}

impl PathField {
    pub(crate) fn apply(&self, scope: Scope<'_>) -> Result<Value, Fault> {
        match self {
            Self::Whole => Ok(scope.input.clone()),
            Self::Nothing => Ok(json!({})),
            Self::At(Expression::Path(path)) => path.find(scope.roots()).map_err(|missing| {
                Fault::runtime(format!(
                    "Invalid path '{}' : {}",
                    path.text,
                    missing.reason()
                ))
            }),
            Self::At(expression) => expression.evaluate(scope, ""),
        }
    }
}

/// Where in its input a state puts its result.
#[derive(Debug, Clone, Default)]
pub(crate) enum ResultPath {
    /// `$`: in its place.
    #[default]
    Whole,
    /// `null`: nowhere.
    Discard,
    At {
        text: String,
        places: Vec<Place>,
    },
}

impl ResultPath {
    pub(crate) fn apply(&self, mut input: Value, result: Value) -> Result<Value, Fault> {
        match self {
            Self::Whole => Ok(result),
            Self::Discard => Ok(input),
            Self::At { text, places } => {
                let failure = || Fault {
                    error: RESULT_PATH_MATCH_FAILURE,
                    cause: format!("Unable to apply ReferencePath {text} to input {input}"),
                    location: None,
                };
                if !fits(&input, places) {
                    return Err(failure());
                }
                put(&mut input, places, result);
                Ok(input)
            }
        }
    }
}

/// Whether every place is in an object, or in a list that is there.
fn fits(value: &Value, places: &[Place]) -> bool {
    let Some((first, rest)) = places.split_first() else {
        return true;
    };
    match (value, first) {
        (Value::Object(members), Place::Name(name)) => members
            .get(name)
            .is_none_or(|inner| rest.is_empty() || fits(inner, rest)),
        (Value::Array(items), Place::Index(at)) => items
            .get(*at)
            .is_some_and(|inner| rest.is_empty() || fits(inner, rest)),
        _ => false,
    }
}

fn put(value: &mut Value, places: &[Place], result: Value) {
    let Some((first, rest)) = places.split_first() else {
        *value = result;
        return;
    };
    match (value, first) {
        (Value::Object(members), Place::Name(name)) => {
            let inner = members.entry(name.clone());
            let inner = inner.or_insert_with(|| Value::Object(Map::new()));
            put(inner, rest, result);
        }
        (Value::Array(items), Place::Index(at)) => {
            if let Some(inner) = items.get_mut(*at) {
                put(inner, rest, result);
            }
        }
        _ => {}
    }
}
