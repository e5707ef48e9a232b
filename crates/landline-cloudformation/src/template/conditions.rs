//! The Conditions section: every condition is true or false before the first resource is looked at.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/conditions-section-structure.html>

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::error::TemplateError;
use super::evaluate::{Budget, Pseudo, Resources, Scope, evaluate};
use super::node::{Node, Value};
use super::parameters::ParameterValue;
use super::sections::Template;

/// Evaluates all conditions of a template.
pub fn evaluate_conditions(
    template: &Template,
    parameters: &BTreeMap<String, ParameterValue>,
    pseudo: &Pseudo,
) -> Result<BTreeMap<String, bool>, TemplateError> {
    let mut conditions = Conditions {
        template,
        parameters,
        pseudo,
        known: BTreeMap::new(),
        open: Vec::new(),
    };
    for name in template.conditions.keys() {
        conditions
            .condition(name)
            .map_err(|error| error.in_resource(name))?;
    }
    Ok(conditions.known)
}

struct Conditions<'a> {
    template: &'a Template,
    parameters: &'a BTreeMap<String, ParameterValue>,
    pseudo: &'a Pseudo,
    known: BTreeMap<String, bool>,
    /// The conditions being evaluated, outermost first: a name that comes again is a circle.
    open: Vec<String>,
}

impl Conditions<'_> {
    fn condition(&mut self, name: &str) -> Result<bool, TemplateError> {
        if let Some(holds) = self.known.get(name) {
            return Ok(*holds);
        }
        let Some(node) = self.template.conditions.get(name) else {
            let message = format!(
                "Template format error: Unresolved condition dependency {name} in the Conditions block of the template"
            );
            return Err(TemplateError::new(message));
        };
        if self.open.len() >= MAX_OPEN || self.open.iter().any(|open| open == name) {
            let message = format!(
                "Template error: Circular dependency between conditions: [{}]",
                self.open.join(", ")
            );
            return Err(TemplateError::at(node.line, message));
        }
        self.open.push(name.to_owned());
        let holds = self.boolean(node)?;
        self.open.pop();
        self.known.insert(name.to_owned(), holds);
        Ok(holds)
    }

    fn boolean(&mut self, node: &Node) -> Result<bool, TemplateError> {
        let at_line = |mut error: TemplateError| {
            error.line.get_or_insert(node.line);
            error
        };
        if let Some(name) = node.get("Condition").and_then(Node::as_str) {
            return self.condition(name).map_err(at_line);
        }
        match node.as_function() {
            Some(("Fn::Equals", argument)) => self.equals(argument),
            Some(("Fn::Not", argument)) => match argument.as_list() {
                Some([only]) => Ok(!self.boolean(only)?),
                _ => Err(TemplateError::at(node.line, "Template error: every Fn::Not object requires one boolean parameter.")),
            },
            Some((function @ ("Fn::And" | "Fn::Or"), argument)) => self.all_or_any(function, argument),
            _ => self.literal(node).ok_or_else(|| {
                TemplateError::at(node.line, "Template format error: Conditions can only be boolean operations on parameters and other conditions")
            }),
        }
    }

    fn literal(&self, node: &Node) -> Option<bool> {
        match &node.value {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => match evaluate(node, &self.scope(&Budget::default())) {
                Ok(Some(Json::String(text))) => text.parse().ok(),
                Ok(Some(Json::Bool(flag))) => Some(flag),
                _ => None,
            },
        }
    }

    fn equals(&self, argument: &Node) -> Result<bool, TemplateError> {
        let Some([left, right]) = argument.as_list() else {
            return Err(TemplateError::at(
                argument.line,
                "Template error: every Fn::Equals object requires a list of 2 string parameters.",
            ));
        };
        let budget = Budget::default();
        let scope = self.scope(&budget);
        let text = |node: &Node| {
            evaluate(node, &scope).map(|value| {
                value.map(|value| {
                    super::functions::scalar_text(&value).unwrap_or_else(|| value.to_string())
                })
            })
        };
        Ok(text(left)? == text(right)?)
    }

    fn all_or_any(&mut self, function: &str, argument: &Node) -> Result<bool, TemplateError> {
        let Some(items) = argument
            .as_list()
            .filter(|items| (2..=10).contains(&items.len()))
        else {
            let message = format!(
                "Template error: every {function} object requires a list of at least 2 and at most 10 boolean parameters."
            );
            return Err(TemplateError::at(argument.line, message));
        };
        // Every operand is evaluated, so that a bad one is found whatever the parameters are.
        let values = items
            .iter()
            .map(|item| self.boolean(item))
            .collect::<Result<Vec<_>, _>>()?;
        let holds = if function == "Fn::And" {
            values.iter().all(|value| *value)
        } else {
            values.iter().any(|value| *value)
        };
        Ok(holds)
    }

    fn scope<'b>(&'b self, budget: &'b Budget) -> Scope<'b> {
        Scope {
            pseudo: self.pseudo,
            parameters: self.parameters,
            mappings: &self.template.mappings,
            conditions: &self.known,
            resources: &NoResources,
            exports: const { &BTreeMap::new() },
            budget,
        }
    }
}

/// Conditions are decided before any resource exists.
pub(super) struct NoResources;

impl Resources for NoResources {
    fn reference(&self, _logical_id: &str) -> Option<Json> {
        None
    }

    fn attribute(&self, _logical_id: &str, _attribute: &str) -> Option<Result<Json, String>> {
        None
    }
}

/// A chain of conditions longer than this is refused rather than followed.
const MAX_OPEN: usize = 100;
