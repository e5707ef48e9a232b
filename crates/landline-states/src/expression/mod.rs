//! Values that a definition computes: single expressions, and templates that hold some.
//!
//! Pure. A template in JSONPath has its expressions in the members whose names end in `.$`; one in JSONata has them in
//! the texts that stand between `{%` and `%}`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/input-output-example.html>

mod flow;

use serde_json::{Map, Value, json};

use crate::failure::Fault;
use crate::intrinsic::Intrinsic;
use crate::jsonata::{Bindings, Program};
use crate::path::{Missing, Path, Roots};

pub(crate) use flow::{PathField, ResultPath};

/// In what a machine or a state says what it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Language {
    #[default]
    JsonPath,
    Jsonata,
}

/// What expressions can see.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'a> {
    /// What `$` is in JSONPath, and `$states.input` in JSONata.
    pub(crate) input: &'a Value,
    /// `$$`, and `$states.context`.
    pub(crate) context: &'a Value,
    pub(crate) variables: &'a Map<String, Value>,
    /// `$states.result`, once there is one.
    pub(crate) result: Option<&'a Value>,
    /// `$states.errorOutput`, in a catcher.
    pub(crate) error_output: Option<&'a Value>,
    /// What `$now()` tells.
    pub(crate) now_millis: i64,
}

impl<'a> Scope<'a> {
    /// The same with another input.
    pub(crate) fn on<'b>(self, input: &'b Value) -> Scope<'b>
    where
        'a: 'b,
    {
        Scope { input, ..self }
    }

    fn roots(&self) -> Roots<'a> {
        Roots {
            input: self.input,
            context: self.context,
            variables: self.variables,
        }
    }

    /// What `$states` is in JSONata.
    fn states(&self) -> Value {
        let mut states = json!({ "input": self.input, "context": self.context });
        if let Some(result) = self.result {
            states["result"] = result.clone();
        }
        if let Some(error_output) = self.error_output {
            states["errorOutput"] = error_output.clone();
        }
        states
    }
}

/// One expression.
#[derive(Debug, Clone)]
pub(crate) enum Expression {
    Path(Path),
    Intrinsic(Intrinsic),
    Jsonata(Program),
}

impl Expression {
    /// A path or a call, as JSONPath has them.
    pub(crate) fn parse_path(text: &str) -> Result<Self, String> {
        if text.starts_with('$') {
            return Path::parse(text).map(Self::Path);
        }
        Intrinsic::parse(text).map(Self::Intrinsic)
    }

    /// The value; `field` is told when there is none.
    pub(crate) fn evaluate(&self, scope: Scope<'_>, field: &str) -> Result<Value, Fault> {
        match self {
            Self::Path(path) => match path.find(scope.roots()) {
                Ok(value) => Ok(value),
                // So AWS does, where a path stands alone.
                Err(Missing::Index(_)) => Ok(Value::Null),
                Err(_) => Err(Fault::runtime(format!(
                    "The JSONPath '{}' specified for the field '{field}' could not be found in the input '{}'",
                    path.text, scope.input
                ))),
            },
            Self::Intrinsic(call) => call.evaluate(scope.roots()),
            Self::Jsonata(program) => evaluate_jsonata(program, scope, field),
        }
    }

    /// The text of a path or of a program.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Path(path) => &path.text,
            Self::Intrinsic(_) => "",
            Self::Jsonata(program) => program.text(),
        }
    }

    /// The value that a path finds, if it does.
    pub(crate) fn find(&self, scope: Scope<'_>) -> Option<Value> {
        match self {
            Self::Path(path) => path.find(scope.roots()).ok(),
            _ => None,
        }
    }
}

fn evaluate_jsonata(program: &Program, scope: Scope<'_>, field: &str) -> Result<Value, Fault> {
    let text = program.text();
    let bindings = Bindings {
        states: scope.states(),
        variables: scope.variables,
        now_millis: scope.now_millis,
    };
    match program.evaluate(&bindings) {
        Ok(Some(value)) => Ok(value),
        Ok(None) => Err(Fault::evaluation(
            field,
            format!(
                "The JSONata expression '{text}' specified for the field '{field}' returned nothing (undefined)."
            ),
        )),
        Err(trouble) if trouble.is_unsupported_result() => Err(Fault::evaluation(
            field,
            format!(
                "The JSONata expression '{text}' specified for the field '{field}' returned an unsupported result type."
            ),
        )),
        Err(trouble) => Err(Fault::evaluation(
            field,
            format!(
                "The JSONata expression '{text}' specified for the field '{field}' threw an error during evaluation. {trouble}"
            ),
        )),
    }
}

/// A value of which parts are expressions.
#[derive(Debug, Clone)]
pub(crate) enum Template {
    Literal(Value),
    Expression {
        /// As failures name it: `v.$`, or `Output/v` in JSONata.
        field: String,
        expression: Expression,
    },
    Object(Vec<(String, Template)>),
    Array(Vec<Template>),
}

/// What a template cannot be: where, within it, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unfit {
    /// Such as `/items/0`.
    pub(crate) place: String,
    pub(crate) message: String,
}

impl Template {
    /// Reads a template that stands in `field`.
    pub(crate) fn parse(value: &Value, language: Language, field: &str) -> Result<Self, Unfit> {
        match language {
            Language::JsonPath => parse_payload(value, ""),
            Language::Jsonata => parse_jsonata(value, field, ""),
        }
    }

    /// A template that is one expression.
    pub(crate) fn of(expression: Expression, field: &str) -> Self {
        Self::Expression {
            field: field.to_owned(),
            expression,
        }
    }

    pub(crate) fn evaluate(&self, scope: Scope<'_>) -> Result<Value, Fault> {
        match self {
            Self::Literal(value) => Ok(value.clone()),
            Self::Expression { field, expression } => expression.evaluate(scope, field),
            Self::Object(members) => {
                let mut object = Map::with_capacity(members.len());
                for (name, template) in members {
                    object.insert(name.clone(), template.evaluate(scope)?);
                }
                Ok(object.into())
            }
            Self::Array(items) => items.iter().map(|item| item.evaluate(scope)).collect(),
        }
    }

    /// The text of the only expression, if it is that.
    pub(crate) fn expression_text(&self) -> &str {
        match self {
            Self::Expression { expression, .. } => expression.text(),
            _ => "",
        }
    }
}

fn parse_payload(value: &Value, place: &str) -> Result<Template, Unfit> {
    match value {
        Value::Object(members) => {
            let mut templates = Vec::with_capacity(members.len());
            for (name, value) in members {
                templates.push(if let Some(plain) = name.strip_suffix(".$") {
                    (plain.to_owned(), payload_expression(name, value, place)?)
                } else {
                    let place = format!("{place}/{name}");
                    (name.clone(), parse_payload(value, &place)?)
                });
            }
            Ok(folded(Template::Object(templates), value))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let templates = items.map(|(at, item)| parse_payload(item, &format!("{place}[{at}]")));
            let templates = templates.collect::<Result<_, _>>()?;
            Ok(folded(Template::Array(templates), value))
        }
        other => Ok(Template::Literal(other.clone())),
    }
}

fn payload_expression(name: &str, value: &Value, place: &str) -> Result<Template, Unfit> {
    let expression = value.as_str().map(Expression::parse_path);
    match expression {
        Some(Ok(expression)) => Ok(Template::of(expression, name)),
        _ => Err(Unfit {
            place: place.to_owned(),
            message: format!(
                "The value for the field '{name}' must be a valid JSONPath or a valid intrinsic function call"
            ),
        }),
    }
}

fn parse_jsonata(value: &Value, field: &str, place: &str) -> Result<Template, Unfit> {
    match value {
        Value::String(text) => match program_text(text) {
            None => Ok(Template::Literal(value.clone())),
            Some(program) => match Program::parse(program) {
                Ok(program) => Ok(Template::of(Expression::Jsonata(program), field)),
                Err(reason) => Err(Unfit {
                    place: place.to_owned(),
                    message: format!("The JSONata expression is invalid: {reason}"),
                }),
            },
        },
        Value::Object(members) => {
            let mut templates = Vec::with_capacity(members.len());
            for (name, value) in members {
                let field = format!("{field}/{name}");
                let place = format!("{place}/{name}");
                templates.push((name.clone(), parse_jsonata(value, &field, &place)?));
            }
            Ok(folded(Template::Object(templates), value))
        }
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let templates = items.map(|(at, item)| {
                parse_jsonata(item, &format!("{field}[{at}]"), &format!("{place}[{at}]"))
            });
            let templates = templates.collect::<Result<_, _>>()?;
            Ok(folded(Template::Array(templates), value))
        }
        other => Ok(Template::Literal(other.clone())),
    }
}

/// What stands between `{%` and `%}`.
pub(crate) fn program_text(text: &str) -> Option<&str> {
    let inner = text.strip_prefix("{%")?.strip_suffix("%}")?;
    Some(inner.trim())
}

/// A template without expressions is a value.
fn folded(template: Template, value: &Value) -> Template {
    let is_plain = match &template {
        Template::Object(members) => members
            .iter()
            .all(|(_, member)| matches!(member, Template::Literal(_))),
        Template::Array(items) => items.iter().all(|it| matches!(it, Template::Literal(_))),
        _ => false,
    };
    if is_plain {
        return Template::Literal(value.clone());
    }
    template
}

#[cfg(test)]
mod tests;
