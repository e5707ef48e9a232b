//! A node of the template → the JSON that it stands for, in a scope that knows parameters, conditions and the resources
//! made so far. What is not made yet evaluates to [`KNOWN_AFTER_APPLY`], which every function passes on: so the whole
//! template can be tried before anything is touched.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>

use std::cell::Cell;
use std::collections::BTreeMap;

use serde_json::{Map as JsonMap, Value as Json};

use super::error::TemplateError;
use super::functions;
use super::node::{Node, Value, number_to_json};
use super::parameters::ParameterValue;
use crate::quotas;

/// Stands for a value that only exists once its resource does; the text is the one that change sets show.
pub const KNOWN_AFTER_APPLY: &str = "{{changeSet:KNOWN_AFTER_APPLY}}";

/// Everything that a function may refer to.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub pseudo: &'a Pseudo,
    pub parameters: &'a BTreeMap<String, ParameterValue>,
    pub mappings: &'a BTreeMap<String, Node>,
    pub conditions: &'a BTreeMap<String, bool>,
    pub resources: &'a dyn Resources,
    /// The exports of all other stacks of the account and region.
    pub exports: &'a BTreeMap<String, String>,
    pub budget: &'a Budget,
}

/// What the functions may still make in one evaluation; a new one for each resource.
#[derive(Debug)]
pub struct Budget(Cell<usize>);

impl Default for Budget {
    fn default() -> Self {
        Self(Cell::new(quotas::EVALUATED_BYTES))
    }
}

impl Budget {
    /// Takes what a function is about to make.
    pub(super) fn spend(&self, bytes: usize, line: u32) -> Result<(), TemplateError> {
        let message = "Template error: the functions of the template make too much text.";
        let left = self.0.get().checked_sub(bytes);
        self.0
            .set(left.ok_or_else(|| TemplateError::at(line, message))?);
        Ok(())
    }
}

/// The values of the pseudo parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Pseudo {
    pub account_id: String,
    pub region: String,
    pub stack_name: String,
    pub stack_id: String,
    pub notification_arns: Vec<String>,
}

/// What the resources of the stack answer to `Ref` and `Fn::GetAtt`.
pub trait Resources {
    /// The value of `Ref`; nothing if the stack has no such resource (its condition may be false).
    fn reference(&self, logical_id: &str) -> Option<Json>;
    /// The value of `Fn::GetAtt`; nothing if the stack has no such resource, an inner error if it has no such attribute.
    fn attribute(&self, logical_id: &str, attribute: &str) -> Option<Result<Json, String>>;
}

impl std::fmt::Debug for Scope<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Scope")
            .field("pseudo", &self.pseudo)
            .finish_non_exhaustive()
    }
}

impl Pseudo {
    pub fn partition(&self) -> &'static str {
        match &self.region {
            region if region.starts_with("cn-") => "aws-cn",
            region if region.starts_with("us-gov-") => "aws-us-gov",
            _ => "aws",
        }
    }

    /// The value of a pseudo parameter other than `AWS::NoValue`.
    pub(super) fn value(&self, name: &str) -> Option<Json> {
        let text = match name {
            "AWS::AccountId" => &self.account_id,
            "AWS::Region" => &self.region,
            "AWS::StackName" => &self.stack_name,
            "AWS::StackId" => &self.stack_id,
            "AWS::Partition" => self.partition(),
            "AWS::URLSuffix" if self.partition() == "aws-cn" => "amazonaws.com.cn",
            "AWS::URLSuffix" => "amazonaws.com",
            "AWS::NotificationARNs" => return Some(Json::from(self.notification_arns.clone())),
            _ => return None,
        };
        Some(Json::from(text))
    }
}

/// Evaluates a node; `None` is `AWS::NoValue`, which removes the property or list item that it is the value of.
pub fn evaluate(node: &Node, scope: &Scope<'_>) -> Result<Option<Json>, TemplateError> {
    if let Some((function, argument)) = node.as_function() {
        return functions::apply(function, argument, scope).map_err(|mut error| {
            error.line.get_or_insert(node.line);
            error
        });
    }
    let value = match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(text) => number_to_json(text),
        Value::String(text) => Json::String(text.clone()),
        Value::List(items) => {
            let mut values = Vec::with_capacity(items.len());
            for item in items {
                values.extend(evaluate(item, scope)?);
            }
            Json::Array(values)
        }
        Value::Map(map) => {
            let mut fields = JsonMap::with_capacity(map.len());
            for entry in map {
                if let Some(value) = evaluate(&entry.node, scope)? {
                    fields.insert(entry.key.clone(), value);
                }
            }
            Json::Object(fields)
        }
    };
    Ok(Some(value))
}

/// Whether a value holds nothing that is only known after apply.
pub fn is_known(value: &Json) -> bool {
    match value {
        Json::String(text) => !text.contains(KNOWN_AFTER_APPLY),
        Json::Array(items) => items.iter().all(is_known),
        Json::Object(fields) => fields.values().all(is_known),
        Json::Null | Json::Bool(_) | Json::Number(_) => true,
    }
}
