//! Request parameters: headers, query and path of the request to a backend.
//!
//! A mapping says which value goes where: `integration.request.header.Id` ←
//! `context.connectionId`. Pure: values come from an [`Origin`].
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-data-mapping.html>.

#[cfg(test)]
mod tests;

use std::cell::LazyCell;
use std::collections::BTreeMap;

use serde_json::Value;

use crate::mapping::{JsonPath, Overrides, Variables};

/// One entry of `RequestParameters`.
#[derive(Debug)]
pub struct ParameterMapping {
    target: Target,
    source: Source,
}

/// Where a value goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    Header(String),
    QueryString(String),
    Path(String),
}

/// Where a value comes from.
#[derive(Debug)]
pub(crate) enum Source {
    /// `'text'`.
    Static(String),
    /// `route.request.header.NAME` and its siblings; only a handshake has them.
    Request(Location, String),
    /// `route.request.body`, whole.
    Body,
    /// `route.request.body.PATH`.
    BodyPath(JsonPath),
    /// `stageVariables.NAME`.
    StageVariable(String),
    /// `context.NAME`, with dots between the members.
    Context(String),
}

/// Where a handshake has a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Header,
    MultiValueHeader,
    QueryString,
    MultiValueQueryString,
    Path,
}

/// What a mapping may read.
pub(crate) trait Origin: Variables {
    /// The values of a parameter of the handshake.
    fn request_values(&self, location: Location, name: &str) -> Option<Vec<String>>;
    /// The message.
    fn body(&self) -> &str;
    /// The stage's variables.
    fn stage_variables(&self) -> &BTreeMap<String, String>;
}

/// What the mappings of an integration come to.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Mapped {
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) path: BTreeMap<String, String>,
}

impl Mapped {
    /// Puts what a template set in `$context.requestOverride` in the place of what the mappings say.
    ///
    /// See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-override-request-response-parameters.html>.
    pub(crate) fn override_by(&mut self, overrides: &Overrides) {
        let headers = overrides.request_headers();
        self.headers.retain(|(name, _)| {
            let is_overridden = |(other, _): &(String, String)| other.eq_ignore_ascii_case(name);
            !headers.iter().any(is_overridden)
        });
        self.headers.extend(headers);
        let query = overrides.request_querystring();
        self.query
            .retain(|(name, _)| !query.iter().any(|(other, _)| other == name));
        self.query.extend(query);
        self.path.extend(overrides.request_path());
    }
}

impl ParameterMapping {
    /// Reads an entry. `None` for one that AWS refuses.
    pub fn parse(target: &str, source: &str) -> Option<Self> {
        Some(Self {
            target: Target::parse(target)?,
            source: Source::parse(source)?,
        })
    }
}

/// Evaluates mappings. A source without a value leaves its target out.
pub(crate) fn map(mappings: &[ParameterMapping], origin: &impl Origin) -> Mapped {
    let mut mapped = Mapped::default();
    // Parsed for the first mapping that asks; what is not JSON has no members.
    let body = LazyCell::new(|| serde_json::from_str(origin.body()).unwrap_or_default());
    for mapping in mappings {
        let Some(value) = mapping.source.read(origin, &body) else {
            continue;
        };
        match &mapping.target {
            Target::Header(name) => mapped.headers.push((name.clone(), value)),
            Target::QueryString(name) => mapped.query.push((name.clone(), value)),
            Target::Path(name) => drop(mapped.path.insert(name.clone(), value)),
        }
    }
    mapped
}

impl Target {
    /// Reads a target. `None` for one that AWS refuses.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (location, name) = text.strip_prefix("integration.request.")?.split_once('.')?;
        let name = is_name(name).then(|| name.to_owned())?;
        match location {
            "header" => Some(Self::Header(name)),
            "querystring" => Some(Self::QueryString(name)),
            "path" => Some(Self::Path(name)),
            _ => None,
        }
    }
}

impl Source {
    /// Reads a source. `None` for one that AWS refuses.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Some(text) = text.strip_prefix('\'') {
            return Some(Self::Static(text.strip_suffix('\'')?.to_owned()));
        }
        if let Some(name) = text.strip_prefix("stageVariables.") {
            return is_name(name).then(|| Self::StageVariable(name.to_owned()));
        }
        if let Some(path) = text.strip_prefix("context.") {
            return path
                .split('.')
                .all(is_name)
                .then(|| Self::Context(path.to_owned()));
        }
        let request = text.strip_prefix("route.request.")?;
        if request == "body" {
            return Some(Self::Body);
        }
        let (location, name) = request.split_once('.')?;
        let location = match location {
            "body" => {
                let path = JsonPath::parse(&format!("$.{name}")).ok()?;
                return Some(Self::BodyPath(path));
            }
            "header" => Location::Header,
            "multivalueheader" => Location::MultiValueHeader,
            "querystring" => Location::QueryString,
            "multivaluequerystring" => Location::MultiValueQueryString,
            "path" => Location::Path,
            _ => return None,
        };
        is_name(name).then(|| Self::Request(location, name.to_owned()))
    }

    pub(super) fn read(
        &self,
        origin: &impl Origin,
        body: &LazyCell<Value, impl FnOnce() -> Value>,
    ) -> Option<String> {
        match self {
            Self::Static(text) => Some(text.clone()),
            Self::Body => Some(origin.body().to_owned()),
            Self::BodyPath(path) => path.evaluate(body).and_then(into_text),
            Self::StageVariable(name) => origin.stage_variables().get(name).cloned(),
            Self::Context(path) => context(origin, path).and_then(into_text),
            Self::Request(location, name) => {
                let values = origin.request_values(*location, name)?;
                match location {
                    Location::Header | Location::QueryString | Location::Path => {
                        values.last().cloned()
                    }
                    Location::MultiValueHeader | Location::MultiValueQueryString => {
                        Some(values.join(","))
                    }
                }
            }
        }
    }
}

/// A member of `$context`, by its path.
pub(crate) fn context(origin: &(impl Variables + ?Sized), path: &str) -> Option<Value> {
    let mut names = path.split('.');
    let mut value = origin.member(names.next()?)?;
    for name in names {
        value = value.get_mut(name)?.take();
    }
    Some(value)
}

/// A value as a header or a parameter has it; `null` is none.
pub(crate) fn into_text(value: Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    }
}

/// `^[a-zA-Z0-9._$-]+$`.
fn is_name(text: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"._$-".contains(&b);
    !text.is_empty() && text.bytes().all(is_plain)
}
