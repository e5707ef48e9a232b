//! The Rules section: what the parameters have to fulfil together, before anything is looked at.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html>

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::conditions::NoResources;
use super::error::TemplateError;
use super::evaluate::{Budget, Pseudo, Scope, evaluate};
use super::functions::scalar_text;
use super::node::Node;
use super::parameters::ParameterValue;
use super::sections::Template;

/// Refuses parameters that break a rule of the template.
pub fn check_rules(
    template: &Template,
    parameters: &BTreeMap<String, ParameterValue>,
    pseudo: &Pseudo,
) -> Result<(), TemplateError> {
    let rules = Rules {
        template,
        parameters,
        pseudo,
    };
    let entries = template.rules.as_ref().and_then(Node::as_map);
    for entry in entries.into_iter().flatten() {
        rules
            .check(&entry.key, &entry.node)
            .map_err(|error| error.in_resource(&entry.key))?;
    }
    Ok(())
}

struct Rules<'a> {
    template: &'a Template,
    parameters: &'a BTreeMap<String, ParameterValue>,
    pseudo: &'a Pseudo,
}

impl Rules<'_> {
    fn check(&self, name: &str, rule: &Node) -> Result<(), TemplateError> {
        if let Some(condition) = rule.get("RuleCondition")
            && !self.boolean(condition, 0)?
        {
            return Ok(());
        }
        let assertions = rule.get("Assertions").and_then(Node::as_list);
        for assertion in assertions.unwrap_or_default() {
            let Some(assert) = assertion.get("Assert") else {
                let message =
                    "Template format error: Every Assertions member must contain an Assert.";
                return Err(TemplateError::at(assertion.line, message));
            };
            if !self.boolean(assert, 0)? {
                let description = assertion.get("AssertDescription").and_then(Node::as_str);
                let description = description.unwrap_or("an assertion does not hold");
                let message =
                    format!("Template validation error: Rule {name} failed: {description}");
                return Err(TemplateError::at(assertion.line, message));
            }
        }
        Ok(())
    }

    fn boolean(&self, node: &Node, depth: usize) -> Result<bool, TemplateError> {
        let wrong = || {
            let message =
                "Template format error: Rules can only be boolean operations on parameters";
            TemplateError::at(node.line, message)
        };
        if depth > MAX_DEPTH {
            return Err(wrong());
        }
        let (function, argument) = node.as_function().ok_or_else(wrong)?;
        let items = argument.as_list().unwrap_or_default();
        match (function, items) {
            ("Fn::Not", [only]) => Ok(!self.boolean(only, depth + 1)?),
            ("Fn::And", items) => self.count(items, depth).map(|(held, all)| held == all),
            ("Fn::Or", items) => self.count(items, depth).map(|(held, _)| held > 0),
            ("Fn::Equals", [left, right]) => Ok(self.texts(left)? == self.texts(right)?),
            ("Fn::Contains", [list, value]) => {
                let list = self.texts(list)?;
                let values = self.texts(value)?;
                Ok(values.iter().all(|value| list.contains(value)))
            }
            ("Fn::EachMemberEquals", [list, value]) => {
                let value = self.texts(value)?;
                let list = self.texts(list)?;
                Ok(list.iter().all(|item| value.first() == Some(item)))
            }
            ("Fn::EachMemberIn", [list, allowed]) => {
                let allowed = self.texts(allowed)?;
                let list = self.texts(list)?;
                Ok(list.iter().all(|item| allowed.contains(item)))
            }
            _ => Err(wrong()),
        }
    }

    /// How many of the operands hold, and how many there are.
    fn count(&self, items: &[Node], depth: usize) -> Result<(usize, usize), TemplateError> {
        let mut held = 0;
        for item in items {
            held += usize::from(self.boolean(item, depth + 1)?);
        }
        Ok((held, items.len()))
    }

    /// A value as the texts in it: one for a scalar, all for a list.
    fn texts(&self, node: &Node) -> Result<Vec<String>, TemplateError> {
        // What these functions look up are resources of the account (networks, keys), and there are none here.
        if let Some(("Fn::RefAll" | "Fn::ValueOf" | "Fn::ValueOfAll", _)) = node.as_function() {
            return Ok(Vec::new());
        }
        if let Some(items) = node.as_list() {
            let mut texts = Vec::with_capacity(items.len());
            for item in items {
                texts.extend(self.texts(item)?);
            }
            return Ok(texts);
        }
        let budget = Budget::default();
        let scope = Scope {
            pseudo: self.pseudo,
            parameters: self.parameters,
            mappings: &self.template.mappings,
            conditions: const { &BTreeMap::new() },
            resources: &NoResources,
            exports: const { &BTreeMap::new() },
            budget: &budget,
        };
        Ok(match evaluate(node, &scope)? {
            Some(Json::Array(items)) => items.iter().filter_map(scalar_text).collect(),
            Some(value) => scalar_text(&value).into_iter().collect(),
            None => Vec::new(),
        })
    }
}

/// Operations in operations beyond this are refused rather than followed.
const MAX_DEPTH: usize = 32;
