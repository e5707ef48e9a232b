//! A policy document, read once: `Statement`, `Effect`, `Action`, `Resource`, `Condition`.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html>

use serde_json::{Map, Value};

use super::PolicyRequest;
use super::condition::Condition;
use super::pattern::{Case, Pattern, Variables};

/// Statements in one document, and values in one element. IAM bounds a document by its
/// characters instead; nothing that it takes comes near.
const ENTRIES_MAX: usize = 4096;

/// A policy document that keeps to the grammar.
#[derive(Debug, Clone)]
pub struct PolicyDocument {
    statements: Vec<Statement>,
}

/// One statement.
#[derive(Debug, Clone)]
pub struct Statement {
    /// Whether it allows or denies.
    pub effect: Effect,
    action: Element,
    resource: Element,
    conditions: Vec<Condition>,
}

/// What a statement does with what it applies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Lets it be done.
    Allow,
    /// Forbids it.
    Deny,
}

/// Why a text is no policy document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct MalformedPolicy(String);

/// `Action` or `NotAction`, `Resource` or `NotResource`.
#[derive(Debug, Clone)]
enum Element {
    AnyOf(Vec<Pattern>),
    NoneOf(Vec<Pattern>),
}

impl PolicyDocument {
    /// Reads a document from its text.
    ///
    /// # Errors
    ///
    /// What breaks the grammar.
    pub fn parse(text: &str) -> Result<Self, MalformedPolicy> {
        let document = serde_json::from_str(text)
            .map_err(|error| malformed(format!("the policy is no JSON: {error}")))?;
        Self::from_json(&document)
    }

    /// Reads a document.
    ///
    /// `Principal` and `Id` have no meaning for the policies of an identity, so that
    /// they are passed over.
    ///
    /// # Errors
    ///
    /// What breaks the grammar.
    pub fn from_json(document: &Value) -> Result<Self, MalformedPolicy> {
        let Value::Object(document) = document else {
            return Err(malformed("a policy is an object"));
        };
        let variables = match document.get("Version") {
            Some(Value::String(version)) if version == "2012-10-17" => Variables::Replaced,
            // Documents of the older version, which is the default, have no variables.
            None => Variables::Literal,
            Some(Value::String(version)) if version == "2008-10-17" => Variables::Literal,
            Some(other) => return Err(malformed(format!("there is no policy version {other}"))),
        };
        let statements = match document.get("Statement") {
            Some(Value::Array(statements)) if statements.len() > ENTRIES_MAX => {
                return Err(malformed("a policy has too many statements"));
            }
            Some(Value::Array(statements)) => statements.iter().collect(),
            Some(statement @ Value::Object(_)) => vec![statement],
            _ => return Err(malformed("a policy has statements")),
        };
        let read = |statement| Statement::from_json(statement, variables);
        let statements = statements.into_iter().map(read).collect::<Result<_, _>>()?;
        Ok(Self { statements })
    }

    /// Its statements.
    pub fn statements(&self) -> &[Statement] {
        &self.statements
    }
}

impl Statement {
    fn from_json(statement: &Value, variables: Variables) -> Result<Self, MalformedPolicy> {
        let Value::Object(statement) = statement else {
            return Err(malformed("a statement is an object"));
        };
        let effect = match statement.get("Effect").and_then(Value::as_str) {
            Some("Allow") => Effect::Allow,
            Some("Deny") => Effect::Deny,
            _ => return Err(malformed("the effect is Allow or Deny")),
        };
        let action = |text: &str| Pattern::new(text, Case::Ignored, Variables::Literal);
        let resource = |text: &str| Pattern::new(text, Case::Kept, variables);
        Ok(Self {
            effect,
            action: Element::read(statement, ["Action", "NotAction"], action)?,
            resource: Element::read(statement, ["Resource", "NotResource"], resource)?,
            conditions: Condition::read(statement.get("Condition"), variables)?,
        })
    }

    /// Whether the statement speaks of a request.
    pub fn applies_to(&self, request: &PolicyRequest<'_>) -> bool {
        self.action.takes(request.action, request)
            && self.resource.takes(request.resource, request)
            && self.conditions.iter().all(|it| it.holds(&request.context))
    }
}

impl Element {
    /// Exactly one of the two must be there.
    fn read(
        statement: &Map<String, Value>,
        [positive, negative]: [&str; 2],
        pattern: impl Fn(&str) -> Pattern,
    ) -> Result<Self, MalformedPolicy> {
        let patterns = |value| {
            let texts = texts(value)?;
            Some(texts.iter().map(|text| pattern(text)).collect())
        };
        let element = match (statement.get(positive), statement.get(negative)) {
            (Some(value), None) => patterns(value).map(Self::AnyOf),
            (None, Some(value)) => patterns(value).map(Self::NoneOf),
            _ => None,
        };
        element.ok_or_else(|| {
            malformed(format!(
                "a statement has either {positive} or {negative}, a text or a list of texts"
            ))
        })
    }

    fn takes(&self, text: &str, request: &PolicyRequest<'_>) -> bool {
        let matches = |patterns: &[Pattern]| {
            let mut patterns = patterns.iter();
            patterns.any(|pattern| pattern.matches(text, &request.context))
        };
        match self {
            Self::AnyOf(patterns) => matches(patterns),
            Self::NoneOf(patterns) => !matches(patterns),
        }
    }
}

/// One text, or a list of them. Conditions may hold numbers and booleans as well.
pub(super) fn texts(value: &Value) -> Option<Vec<String>> {
    match value {
        Value::String(text) => Some(vec![text.clone()]),
        Value::Array(values) if values.len() <= ENTRIES_MAX => {
            let texts = values.iter().map(|it| it.as_str().map(str::to_owned));
            texts.collect()
        }
        _ => None,
    }
}

pub(super) fn malformed(text: impl Into<String>) -> MalformedPolicy {
    MalformedPolicy(text.into())
}
