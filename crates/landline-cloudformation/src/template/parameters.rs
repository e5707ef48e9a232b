//! Parameters: their declarations, and the values that a deployment gives them, checked as CloudFormation checks them.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html>

use std::collections::BTreeMap;

use landline_wire::JavaPattern;
use serde_json::Value as Json;

use super::error::TemplateError;
use super::node::{Entry, Map, Node};
use crate::quotas;

#[derive(Clone, Debug)]
pub struct Parameter {
    pub line: u32,
    pub parameter_type: String,
    pub default: Option<String>,
    pub description: Option<String>,
    pub no_echo: bool,
    allowed_values: Vec<String>,
    allowed_pattern: Option<String>,
    min_length: Option<f64>,
    max_length: Option<f64>,
    min_value: Option<f64>,
    max_value: Option<f64>,
    constraint_description: Option<String>,
}

/// The value that `Ref` of a parameter gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterValue {
    Text(String),
    List(Vec<String>),
}

impl ParameterValue {
    pub(super) fn is_text(&self, text: &str) -> bool {
        matches!(self, Self::Text(own) if own == text)
    }

    pub fn to_json(&self) -> Json {
        match self {
            Self::Text(text) => Json::String(text.clone()),
            Self::List(items) => Json::Array(items.iter().cloned().map(Json::String).collect()),
        }
    }
}

impl Parameter {
    pub(super) fn read(entry: &Entry) -> Result<Self, TemplateError> {
        let no_type = || {
            TemplateError::at(
                entry.line,
                "Template format error: Every Parameters object must contain a Type member.",
            )
        };
        let map = entry.node.as_map().ok_or_else(no_type)?;
        let parameter_type = map.get("Type").and_then(Node::as_str).ok_or_else(no_type)?;
        if !is_parameter_type(parameter_type) {
            let line = map.entry("Type").map_or(entry.line, |found| found.line);
            return Err(TemplateError::at(
                line,
                format!("Template format error: Unrecognized parameter type: {parameter_type}"),
            ));
        }
        let allowed = map
            .get("AllowedValues")
            .and_then(Node::as_list)
            .unwrap_or_default();
        Ok(Self {
            line: entry.line,
            parameter_type: parameter_type.to_owned(),
            default: read_default(map)?,
            description: map.get("Description").and_then(Node::scalar_text),
            no_echo: map
                .get("NoEcho")
                .and_then(Node::scalar_text)
                .is_some_and(|text| text.eq_ignore_ascii_case("true")),
            allowed_values: allowed.iter().filter_map(Node::scalar_text).collect(),
            allowed_pattern: map.get("AllowedPattern").and_then(Node::scalar_text),
            min_length: read_number(map, "MinLength")?,
            max_length: read_number(map, "MaxLength")?,
            min_value: read_number(map, "MinValue")?,
            max_value: read_number(map, "MaxValue")?,
            constraint_description: map.get("ConstraintDescription").and_then(Node::scalar_text),
        })
    }

    /// Whether the value is the name of a value in the Parameter Store.
    pub fn names_another_value(&self) -> bool {
        self.parameter_type
            .starts_with("AWS::SSM::Parameter::Value<")
    }

    /// A value as people may see it.
    pub fn shown(&self, value: &str) -> String {
        let text = if self.no_echo { MASK } else { value };
        text.to_owned()
    }

    /// What a value has to be one of; empty if it may be any.
    pub fn allowed_values(&self) -> &[String] {
        &self.allowed_values
    }

    pub(super) fn is_list(&self) -> bool {
        self.parameter_type == "CommaDelimitedList"
            || self.parameter_type.contains("List<")
            || self.parameter_type.ends_with("CommaDelimitedList>")
    }

    fn accept(&self, name: &str, text: &str) -> Result<ParameterValue, TemplateError> {
        if text.len() > quotas::PARAMETER_BYTES {
            let message = format!("must be at most {} bytes long", quotas::PARAMETER_BYTES);
            return Err(self.refuse(name, &message));
        }
        if !self.is_list() || self.names_another_value() {
            self.check(name, text)?;
            return Ok(ParameterValue::Text(text.to_owned()));
        }
        let items = split_list(text);
        for item in &items {
            self.check(name, item)?;
        }
        Ok(ParameterValue::List(items))
    }

    fn check(&self, name: &str, text: &str) -> Result<(), TemplateError> {
        if self.parameter_type == "Number" || self.parameter_type == "List<Number>" {
            self.check_number(name, text)?;
        }
        if !self.allowed_values.is_empty()
            && !self.allowed_values.iter().any(|allowed| allowed == text)
        {
            return Err(self.refuse(
                name,
                &format!(
                    "must be one of AllowedValues [{}]",
                    self.allowed_values.join(", ")
                ),
            ));
        }
        if let Some(pattern) = &self.allowed_pattern {
            self.check_pattern(name, text, pattern)?;
        }
        let length = f64::from(u32::try_from(text.chars().count()).unwrap_or(u32::MAX));
        if let Some(least) = self.min_length.filter(|least| length < *least) {
            return Err(self.refuse(name, &format!("must contain at least {least} characters")));
        }
        if let Some(most) = self.max_length.filter(|most| length > *most) {
            return Err(self.refuse(name, &format!("must contain at most {most} characters")));
        }
        Ok(())
    }

    fn check_number(&self, name: &str, text: &str) -> Result<(), TemplateError> {
        let Ok(number) = text.trim().parse::<f64>() else {
            return Err(self.refuse(name, "must be a number."));
        };
        if let Some(least) = self.min_value.filter(|least| number < *least) {
            return Err(self.refuse(name, &format!("must be a number not less than {least}")));
        }
        if let Some(most) = self.max_value.filter(|most| number > *most) {
            return Err(self.refuse(name, &format!("must be a number not greater than {most}")));
        }
        Ok(())
    }

    fn check_pattern(&self, name: &str, text: &str, pattern: &str) -> Result<(), TemplateError> {
        let Ok(expression) = JavaPattern::new(pattern) else {
            let message = format!(
                "Template format error: AllowedPattern of parameter '{name}' is no regular expression: {pattern}"
            );
            return Err(TemplateError::at(self.line, message).in_resource(name));
        };
        if expression.is_match(text) {
            Ok(())
        } else {
            Err(self.refuse(name, &format!("must match pattern {pattern}")))
        }
    }

    fn refuse(&self, name: &str, rule: &str) -> TemplateError {
        let message = match &self.constraint_description {
            Some(description) => {
                format!("Parameter '{name}' failed to satisfy constraint: {description}")
            }
            None => format!("Parameter '{name}' {rule}"),
        };
        TemplateError::at(self.line, message).in_resource(name)
    }
}

/// The value of every declared parameter: what was given, else its default; of one that names another value that value,
/// which somebody else looked up.
pub fn resolve_parameters(
    declared: &BTreeMap<String, Parameter>,
    given: &BTreeMap<String, String>,
    resolved: &BTreeMap<String, String>,
) -> Result<BTreeMap<String, ParameterValue>, TemplateError> {
    let unknown: Vec<&str> = given
        .keys()
        .filter(|name| !declared.contains_key(*name))
        .map(String::as_str)
        .collect();
    if !unknown.is_empty() {
        return Err(TemplateError::new(format!(
            "Parameters: [{}] do not exist in the template",
            unknown.join(", ")
        )));
    }
    let text = |name: &String, parameter: &Parameter| {
        given
            .get(name)
            .cloned()
            .or_else(|| parameter.default.clone())
    };
    let missing: Vec<_> = declared
        .iter()
        .filter(|(name, parameter)| text(name, parameter).is_none())
        .collect();
    if let Some((_, first)) = missing.first() {
        let names: Vec<&str> = missing.iter().map(|(name, _)| name.as_str()).collect();
        return Err(TemplateError::at(
            first.line,
            format!("Parameters: [{}] must have values", names.join(", ")),
        ));
    }
    let mut values = BTreeMap::new();
    for (name, parameter) in declared {
        let Some(text) = text(name, parameter) else {
            continue;
        };
        let accepted = parameter.accept(name, &text)?;
        let value = match resolved.get(name) {
            Some(text) if parameter.is_list() => ParameterValue::List(split_list(text)),
            Some(text) => ParameterValue::Text(text.clone()),
            None => accepted,
        };
        values.insert(name.clone(), value);
    }
    Ok(values)
}

/// The items of a list that is given as text.
pub fn split_list(text: &str) -> Vec<String> {
    if text.is_empty() {
        return Vec::new();
    }
    text.split(',').map(|item| item.trim().to_owned()).collect()
}

/// Types that name existing things of other services (`AWS::EC2::VPC::Id`, …) are strings that AWS checks and we cannot.
fn is_parameter_type(name: &str) -> bool {
    matches!(name, "String" | "Number" | "CommaDelimitedList")
        || name.starts_with("AWS::")
        || name
            .strip_prefix("List<")
            .and_then(|rest| rest.strip_suffix('>'))
            .is_some_and(|item| item == "Number" || item == "String" || item.starts_with("AWS::"))
}

fn read_default(map: &Map) -> Result<Option<String>, TemplateError> {
    match map.get("Default") {
        None => Ok(None),
        Some(node) if node.is_null() => Ok(Some(String::new())),
        Some(node) => match (node.scalar_text(), node.as_list()) {
            (Some(text), _) => Ok(Some(text)),
            (None, Some(items)) => Ok(Some(
                items
                    .iter()
                    .filter_map(Node::scalar_text)
                    .collect::<Vec<_>>()
                    .join(","),
            )),
            (None, None) => Err(TemplateError::at(
                node.line,
                "Template format error: Every Default member must be a string.",
            )),
        },
    }
}

fn read_number(map: &Map, key: &str) -> Result<Option<f64>, TemplateError> {
    let Some(node) = map.get(key) else {
        return Ok(None);
    };
    match node.scalar_text().and_then(|text| text.parse::<f64>().ok()) {
        Some(number) => Ok(Some(number)),
        None => Err(TemplateError::at(
            node.line,
            format!("Template format error: {key} must be a number."),
        )),
    }
}

/// What is shown of a parameter with `NoEcho`.
const MASK: &str = "****";
