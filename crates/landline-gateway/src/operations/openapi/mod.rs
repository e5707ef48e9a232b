//! OpenAPI definitions, as far as API Gateway's extensions make an API of them.
//!
//! Deploy tools send JSON, people YAML. See
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html>.

pub(super) mod http;
pub(super) mod write;
mod yaml;

use std::collections::BTreeMap;

use landline_wire::ServiceError;
use serde_json::{Map, Value};

use crate::state::bad_request;

/// A definition.
#[derive(Debug)]
pub(super) struct Definition(Map<String, Value>);

/// One operation of a path.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operation<'a> {
    /// `/pets/{id}`.
    pub(super) path: &'a str,
    /// In capitals, `ANY` among them.
    pub(super) method: &'a str,
    pub(super) members: &'a Map<String, Value>,
}

impl Definition {
    /// Reads a definition.
    pub(super) fn parse(body: &[u8]) -> Result<Self, ServiceError> {
        let invalid = |why: &str| bad_request(format!("Invalid OpenAPI input: {why}"));
        let text = std::str::from_utf8(body).map_err(|_| invalid("it is no UTF-8"))?;
        let read = if text.trim_start().starts_with('{') {
            serde_json::from_str(text).map_err(|error| error.to_string())
        } else {
            yaml::parse(text)
        };
        match read {
            Ok(Value::Object(members))
                if members.contains_key("openapi") || members.contains_key("swagger") =>
            {
                Ok(Self(members))
            }
            Ok(_) => Err(invalid("it has no member openapi or swagger")),
            Err(why) => Err(invalid(&why)),
        }
    }

    /// A member by its path, as text.
    pub(super) fn text(&self, path: &[&str]) -> Option<String> {
        text(self.get(path)?)
    }

    /// A member by its path.
    pub(super) fn get(&self, path: &[&str]) -> Option<&Value> {
        let (first, rest) = path.split_first()?;
        rest.iter()
            .try_fold(self.0.get(*first)?, |value, name| value.get(name))
    }

    /// A member, or what it refers to.
    pub(super) fn resolve<'a>(&'a self, value: &'a Value) -> &'a Value {
        let place = value.get("$ref").and_then(Value::as_str);
        let place = place.and_then(|it| it.strip_prefix("#/"));
        let found = place.and_then(|place| {
            let path: Vec<&str> = place.split('/').collect();
            self.get(&path)
        });
        found.unwrap_or(value)
    }

    /// The operations of every path.
    pub(super) fn operations(&self) -> Vec<Operation<'_>> {
        let paths = self.0.get("paths").and_then(Value::as_object);
        let mut operations = Vec::new();
        for (path, item) in paths.into_iter().flatten() {
            for (name, members) in item.as_object().into_iter().flatten() {
                let (Some(method), Some(members)) = (method(name), members.as_object()) else {
                    continue;
                };
                operations.push(Operation {
                    path,
                    method,
                    members,
                });
            }
        }
        operations
    }

    /// The security schemes by name: version 3 has them among components.
    pub(super) fn security_schemes(&self) -> impl Iterator<Item = (&String, &Map<String, Value>)> {
        let schemes = self
            .get(&["components", "securitySchemes"])
            .or_else(|| self.get(&["securityDefinitions"]));
        let schemes = schemes.and_then(Value::as_object).into_iter().flatten();
        schemes.filter_map(|(name, scheme)| Some((name, scheme.as_object()?)))
    }

    /// The requirements of an operation: its own, else those of the whole definition.
    pub(super) fn security<'a>(&'a self, operation: &Operation<'a>) -> Vec<(&'a str, Vec<String>)> {
        let own = operation
            .members
            .get("security")
            .or_else(|| self.0.get("security"));
        let requirements = own.and_then(Value::as_array).into_iter().flatten();
        let named = requirements.filter_map(Value::as_object).flatten();
        named
            .map(|(name, scopes)| (name.as_str(), texts(Some(scopes)).unwrap_or_default()))
            .collect()
    }

    /// The tags of an HTTP API: a name without API Gateway's value is a tag without one.
    pub(super) fn tags(&self) -> Option<BTreeMap<String, String>> {
        let tags = self.0.get("tags").and_then(Value::as_array)?;
        let tags: BTreeMap<String, String> = tags
            .iter()
            .filter_map(|tag| {
                let value = tag.get("x-amazon-apigateway-tag-value");
                let value = value.and_then(text).unwrap_or_default();
                Some((text(tag.get("name")?)?, value))
            })
            .collect();
        (!tags.is_empty()).then_some(tags)
    }
}

fn method(name: &str) -> Option<&'static str> {
    Some(match name {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        "x-amazon-apigateway-any-method" => "ANY",
        _ => return None,
    })
}

/// A value as text: templates write numbers and booleans either way.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

/// A list of texts; a single text is a list of one.
pub(super) fn texts(value: Option<&Value>) -> Option<Vec<String>> {
    match value? {
        Value::Array(list) => Some(list.iter().filter_map(text).collect()),
        Value::String(one) => Some(vec![one.clone()]),
        _ => None,
    }
}

/// A map of texts.
pub(super) fn text_map(value: Option<&Value>) -> Option<BTreeMap<String, String>> {
    let map = value?.as_object()?;
    let map: BTreeMap<String, String> = map
        .iter()
        .filter_map(|(name, value)| Some((name.clone(), text(value)?)))
        .collect();
    (!map.is_empty()).then_some(map)
}

pub(super) fn integer(value: Option<&Value>) -> Option<i32> {
    let value = value?;
    let number = value.as_i64().or_else(|| value.as_str()?.parse().ok())?;
    i32::try_from(number).ok()
}

pub(super) fn boolean(value: Option<&Value>) -> Option<bool> {
    let value = value?;
    value.as_bool().or_else(|| value.as_str()?.parse().ok())
}
