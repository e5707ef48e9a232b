//! The intrinsic functions, one by one, with CloudFormation's words for a bad argument.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/intrinsic-function-reference.html>

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value as Json;

use super::cidr;
use super::error::TemplateError;
use super::evaluate::{KNOWN_AFTER_APPLY, Scope, evaluate, is_known};
use super::node::{Node, Value};

type Evaluated = Result<Option<Json>, TemplateError>;

pub(super) fn apply(function: &str, argument: &Node, scope: &Scope<'_>) -> Evaluated {
    match function {
        "Ref" => reference(argument, scope),
        "Fn::GetAtt" => get_attribute(argument, scope).map(Some),
        "Fn::Sub" => substitute(argument, scope).map(Some),
        "Fn::Join" => join(argument, scope).map(Some),
        "Fn::Split" => split(argument, scope).map(Some),
        "Fn::Select" => select(argument, scope).map(Some),
        "Fn::If" => choose(argument, scope),
        "Fn::FindInMap" => find_in_map(argument, scope),
        "Fn::Base64" => encode(argument, scope).map(Some),
        "Fn::GetAZs" => availability_zones(argument, scope).map(Some),
        "Fn::Cidr" => cidr_blocks(argument, scope).map(Some),
        "Fn::ImportValue" => import_value(argument, scope).map(Some),
        "Fn::ToJsonString" => to_json_string(argument, scope).map(Some),
        "Fn::Length" => length(argument, scope).map(Some),
        _ => Err(TemplateError::at(
            argument.line,
            format!(
                "Template format error: Encountered unsupported function: {function} Supported functions are: {SUPPORTED}"
            ),
        )),
    }
}

const SUPPORTED: &str = "[Fn::Base64, Fn::GetAtt, Fn::GetAZs, Fn::ImportValue, Fn::Join, Fn::Split, Fn::FindInMap, Fn::Select, Ref, Fn::Equals, Fn::If, Fn::Not, Condition, Fn::And, Fn::Or, Fn::Contains, Fn::EachMemberEquals, Fn::EachMemberIn, Fn::ValueOf, Fn::ValueOfAll, Fn::RefAll, Fn::Sub, Fn::Cidr]";

fn reference(argument: &Node, scope: &Scope<'_>) -> Evaluated {
    let Some(name) = argument.as_str() else {
        return Err(TemplateError::at(
            argument.line,
            "Template error: every Ref object must have a single String value.",
        ));
    };
    // Authors give a parameter this text to leave a property out.
    let value = scope.parameters.get(name);
    if name == "AWS::NoValue" || value.is_some_and(|value| value.is_text("AWS::NoValue")) {
        return Ok(None);
    }
    let value = look_up(name, scope).ok_or_else(|| unresolved(name, argument.line))?;
    scope.budget.spend(weight(&value), argument.line)?;
    Ok(Some(value))
}

fn look_up(name: &str, scope: &Scope<'_>) -> Option<Json> {
    let parameter = scope
        .parameters
        .get(name)
        .map(super::parameters::ParameterValue::to_json);
    parameter
        .or_else(|| scope.pseudo.value(name))
        .or_else(|| scope.resources.reference(name))
}

fn unresolved(name: &str, line: u32) -> TemplateError {
    TemplateError::at(
        line,
        format!(
            "Template format error: Unresolved resource dependencies [{name}] in the Resources block of the template"
        ),
    )
}

fn get_attribute(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let (resource, attribute_node) = attribute_parts(argument)?;
    let attribute = match &attribute_node.value {
        Value::String(text) if argument.as_str().is_some() => text
            .split_once('.')
            .map_or(text.clone(), |(_, rest)| rest.to_owned()),
        _ => string_argument(attribute_node, scope, GET_ATT_SHAPE)?,
    };
    attribute_of(&resource, &attribute, argument.line, scope)
}

/// The resource and the node that holds the attribute: a list of two, or the YAML long form `Fn::GetAtt: A.B`.
pub(super) fn attribute_parts(argument: &Node) -> Result<(String, &Node), TemplateError> {
    let wrong = || TemplateError::at(argument.line, GET_ATT_SHAPE);
    if let Some(text) = argument.as_str() {
        let (resource, attribute) = text.split_once('.').ok_or_else(wrong)?;
        return if resource.is_empty() || attribute.is_empty() {
            Err(wrong())
        } else {
            Ok((resource.to_owned(), argument))
        };
    }
    match argument.as_list() {
        Some([resource, attribute]) => match resource.as_str().filter(|text| !text.is_empty()) {
            Some(resource) if attribute.as_str() != Some("") => {
                Ok((resource.to_owned(), attribute))
            }
            _ => Err(wrong()),
        },
        _ => Err(wrong()),
    }
}

const GET_ATT_SHAPE: &str = "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute";

fn attribute_of(
    resource: &str,
    attribute: &str,
    line: u32,
    scope: &Scope<'_>,
) -> Result<Json, TemplateError> {
    match scope.resources.attribute(resource, attribute) {
        Some(Ok(value)) => Ok(value),
        Some(Err(message)) => Err(TemplateError::at(line, message)),
        None => Err(TemplateError::at(
            line,
            format!(
                "Template error: instance of Fn::GetAtt references undefined resource {resource}"
            ),
        )),
    }
}

/// One piece of the text of `Fn::Sub`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum SubPart<'a> {
    Text(&'a str),
    Variable(&'a str),
    /// `${!Literal}` stands for `${Literal}`.
    Literal(&'a str),
}

pub(super) fn sub_parts(text: &str, line: u32) -> Result<Vec<SubPart<'_>>, TemplateError> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find("${") {
        let Some(length) = rest[start..].find('}') else {
            break;
        };
        if start > 0 {
            parts.push(SubPart::Text(&rest[..start]));
        }
        let name = &rest[start + 2..start + length];
        rest = &rest[start + length + 1..];
        if let Some(literal) = name.strip_prefix('!') {
            parts.push(SubPart::Literal(literal));
            continue;
        }
        let name = name.trim();
        if name.is_empty()
            || !name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | ':'))
        {
            let message = "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons";
            return Err(TemplateError::at(line, format!("{message}: ${{{name}}}")));
        }
        parts.push(SubPart::Variable(name));
    }
    if !rest.is_empty() {
        parts.push(SubPart::Text(rest));
    }
    Ok(parts)
}

/// The text and the variables of `Fn::Sub`, in either form.
pub(super) fn sub_arguments(argument: &Node) -> Result<(&str, Option<&Node>), TemplateError> {
    if let Some(text) = argument.as_str() {
        return Ok((text, None));
    }
    if let Some([text, variables]) = argument.as_list()
        && let Some(text) = text.as_str()
        && variables.as_map().is_some()
    {
        return Ok((text, Some(variables)));
    }
    let message = "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as first argument, and an optional second argument to specify a mapping of values to replace in the string";
    Err(TemplateError::at(argument.line, message))
}

fn substitute(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let (text, variables) = sub_arguments(argument)?;
    let mut own = BTreeMap::new();
    for entry in variables.and_then(Node::as_map).into_iter().flatten() {
        own.insert(
            entry.key.as_str(),
            evaluate(&entry.node, scope)?.unwrap_or(Json::from("")),
        );
    }
    let mut result = String::with_capacity(text.len());
    for part in sub_parts(text, argument.line)? {
        match part {
            SubPart::Text(text) => result.push_str(text),
            SubPart::Literal(name) => result.extend(["${", name, "}"]),
            SubPart::Variable(name) => {
                let value = match own.get(name) {
                    Some(value) => value.clone(),
                    None => variable(name, argument.line, scope)?,
                };
                let message = || {
                    TemplateError::at(
                        argument.line,
                        format!(
                            "Template error: Fn::Sub expression ${{{name}}} does not resolve to a string"
                        ),
                    )
                };
                let text = scalar_text(&value).ok_or_else(message)?;
                scope.budget.spend(text.len(), argument.line)?;
                result.push_str(&text);
            }
        }
    }
    Ok(Json::String(result))
}

fn variable(name: &str, line: u32, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    if name == "AWS::NoValue" {
        return Ok(Json::from(""));
    }
    match name.split_once('.') {
        Some((resource, attribute)) => attribute_of(resource, attribute, line, scope),
        None => look_up(name, scope).ok_or_else(|| unresolved(name, line)),
    }
}

fn join(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let wrong = || {
        TemplateError::at(
            argument.line,
            "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
        )
    };
    let Some([delimiter, items]) = argument.as_list() else {
        return Err(wrong());
    };
    let delimiter = delimiter.as_str().ok_or_else(wrong)?;
    match evaluate(items, scope)? {
        Some(Json::Array(items)) => {
            let texts: Option<Vec<String>> = items.iter().map(scalar_text).collect();
            let texts = texts.ok_or_else(wrong)?;
            let bytes = texts
                .iter()
                .map(|text| text.len().saturating_add(delimiter.len()));
            let bytes = bytes.fold(0, usize::saturating_add);
            scope.budget.spend(bytes, argument.line)?;
            Ok(Json::String(texts.join(delimiter)))
        }
        Some(value) if !is_known(&value) => Ok(value),
        _ => Err(wrong()),
    }
}

fn split(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let shape = "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
    let wrong = || TemplateError::at(argument.line, shape);
    let Some([delimiter, text]) = argument.as_list() else {
        return Err(wrong());
    };
    let delimiter = delimiter
        .as_str()
        .filter(|text| !text.is_empty())
        .ok_or_else(wrong)?;
    let text = string_argument(text, scope, shape)?;
    if text.contains(KNOWN_AFTER_APPLY) {
        return Ok(Json::from(KNOWN_AFTER_APPLY));
    }
    let items: Json = text.split(delimiter).collect();
    scope.budget.spend(weight(&items), argument.line)?;
    Ok(items)
}

fn select(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let shape = "Template error: Fn::Select requires a list argument with two elements: an integer index and a list";
    let wrong = || TemplateError::at(argument.line, shape);
    let Some([index, items]) = argument.as_list() else {
        return Err(wrong());
    };
    let index_text = string_argument(index, scope, shape)?;
    let items = match evaluate(items, scope)? {
        Some(Json::Array(items)) => items,
        Some(value) if !is_known(&value) => return Ok(Json::from(KNOWN_AFTER_APPLY)),
        _ => return Err(wrong()),
    };
    if index_text.contains(KNOWN_AFTER_APPLY) {
        return Ok(Json::from(KNOWN_AFTER_APPLY));
    }
    let index: usize = index_text.parse().map_err(|_| wrong())?;
    let nonexistent = || {
        TemplateError::at(
            argument.line,
            format!("Template error: Fn::Select cannot select nonexistent value at index {index}"),
        )
    };
    items
        .into_iter()
        .nth(index)
        .filter(|value| !value.is_null())
        .ok_or_else(nonexistent)
}

fn choose(argument: &Node, scope: &Scope<'_>) -> Evaluated {
    let (condition, when_true, when_false) = if_parts(argument)?;
    let Some(holds) = scope.conditions.get(condition) else {
        let message = format!(
            "Template format error: Unresolved condition dependency {condition} in the Resources block of the template"
        );
        return Err(TemplateError::at(argument.line, message));
    };
    evaluate(if *holds { when_true } else { when_false }, scope)
}

pub(super) fn if_parts(argument: &Node) -> Result<(&str, &Node, &Node), TemplateError> {
    if let Some([condition, when_true, when_false]) = argument.as_list()
        && let Some(condition) = condition.as_str()
    {
        return Ok((condition, when_true, when_false));
    }
    let message = "Template error: Fn::If requires a list argument with three elements, the first of them the name of a condition";
    Err(TemplateError::at(argument.line, message))
}

fn find_in_map(argument: &Node, scope: &Scope<'_>) -> Evaluated {
    let shape = "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value";
    let wrong = || TemplateError::at(argument.line, shape);
    let items = argument.as_list().ok_or_else(wrong)?;
    let ([map, top, second] | [map, top, second, _]) = items else {
        return Err(wrong());
    };
    let (map, top, second) = (
        string_argument(map, scope, shape)?,
        string_argument(top, scope, shape)?,
        string_argument(second, scope, shape)?,
    );
    let default = items.get(3).and_then(|options| options.get("DefaultValue"));
    if let Some(value) = scope
        .mappings
        .get(&map)
        .and_then(|found| found.get(&top))
        .and_then(|found| found.get(&second))
    {
        // A mapping is literal: a function in it would be one that could call itself.
        let value = value.to_json();
        scope.budget.spend(weight(&value), argument.line)?;
        return Ok(Some(value));
    }
    if let Some(default) = default {
        return evaluate(default, scope);
    }
    let message = if scope.mappings.contains_key(&map) {
        format!("Template error: Unable to get mapping for {map}::{top}::{second}")
    } else {
        format!(
            "Template error: Mapping named '{map}' is not present in the 'Mappings' section of template."
        )
    };
    Err(TemplateError::at(argument.line, message))
}

fn encode(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let text = string_argument(
        argument,
        scope,
        "Template error: every Fn::Base64 object must have a String-typed value.",
    )?;
    if text.contains(KNOWN_AFTER_APPLY) {
        return Ok(Json::String(text));
    }
    let encoded = STANDARD.encode(text);
    scope.budget.spend(encoded.len(), argument.line)?;
    Ok(Json::String(encoded))
}

/// Every region has three zones here; which ones a real account has is not ours to know.
fn availability_zones(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let region = string_argument(
        argument,
        scope,
        "Template error: every Fn::GetAZs object must have a String-typed value.",
    )?;
    let region = if region.is_empty() {
        scope.pseudo.region.clone()
    } else {
        region
    };
    Ok(["a", "b", "c"]
        .iter()
        .map(|zone| format!("{region}{zone}"))
        .collect())
}

fn cidr_blocks(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let shape = "Template error: every Fn::Cidr object requires two parameters, (1) a CIDR block and (2) a number of subnets, and optionally (3) the subnet bits.";
    let wrong = || TemplateError::at(argument.line, shape);
    let items = argument
        .as_list()
        .filter(|items| items.len() == 2 || items.len() == 3)
        .ok_or_else(wrong)?;
    let texts = items
        .iter()
        .map(|item| string_argument(item, scope, shape))
        .collect::<Result<Vec<_>, _>>()?;
    if texts.iter().any(|text| text.contains(KNOWN_AFTER_APPLY)) {
        return Ok(Json::from(KNOWN_AFTER_APPLY));
    }
    let count = texts[1].parse().map_err(|_| wrong())?;
    let bits = match texts.get(2) {
        Some(text) => Some(text.parse().map_err(|_| wrong())?),
        None => None,
    };
    let blocks = cidr::blocks(&texts[0], count, bits);
    blocks.map(Json::from).ok_or_else(|| {
        TemplateError::at(
            argument.line,
            format!(
                "Template error: Fn::Cidr cannot cut {count} blocks out of {}",
                texts[0]
            ),
        )
    })
}

fn import_value(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let name = string_argument(
        argument,
        scope,
        "Template error: the attribute in Fn::ImportValue must be a string or a function that returns a string",
    )?;
    let missing = || TemplateError::at(argument.line, format!("No export named {name} found."));
    scope
        .exports
        .get(&name)
        .map(|value| Json::from(value.as_str()))
        .ok_or_else(missing)
}

fn length(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    match evaluate(argument, scope)? {
        Some(Json::Array(items)) => Ok(Json::from(items.len())),
        Some(value) if !is_known(&value) => Ok(value),
        _ => Err(TemplateError::at(
            argument.line,
            "Template error: Fn::Length requires a list",
        )),
    }
}

fn to_json_string(argument: &Node, scope: &Scope<'_>) -> Result<Json, TemplateError> {
    let text = evaluate(argument, scope)?.unwrap_or(Json::Null).to_string();
    scope.budget.spend(text.len(), argument.line)?;
    Ok(Json::String(text))
}

/// What a value takes in memory, roughly: short items cost more than their text.
fn weight(value: &Json) -> usize {
    const ITEM: usize = 32;
    match value {
        Json::String(text) => text.len(),
        Json::Array(items) => items.iter().map(|item| ITEM + weight(item)).sum(),
        Json::Object(fields) => fields.values().map(|field| ITEM + weight(field)).sum(),
        Json::Null | Json::Bool(_) | Json::Number(_) => ITEM,
    }
}

/// The text of an argument that has to be a string or a function that gives one.
fn string_argument(node: &Node, scope: &Scope<'_>, shape: &str) -> Result<String, TemplateError> {
    let value = evaluate(node, scope)?;
    value
        .as_ref()
        .and_then(scalar_text)
        .ok_or_else(|| TemplateError::at(node.line, shape))
}

/// CloudFormation takes numbers and booleans wherever it wants text.
pub(super) fn scalar_text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(flag) => Some(flag.to_string()),
        Json::Null | Json::Array(_) | Json::Object(_) => None,
    }
}
