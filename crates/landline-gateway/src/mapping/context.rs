//! `$context`: the facts of the request, and the overrides that a template sets.
//!
//! The members come from [`Variables`](super::Variables) when a template asks for them.
//! What is set under `requestOverride` and `responseOverride` outlives the rendering: the
//! template of the response sees what the template of the request has set.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value as Json};

use super::value::{Heap, Key, MapId, Name, Origin, Value, json};
use super::{Scope, Variables};

/// What templates have set into `$context.requestOverride` and `$context.responseOverride`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Overrides {
    request: Map<String, Json>,
    response: Map<String, Json>,
}

impl Overrides {
    /// `$context.responseOverride.status`.
    pub fn response_status(&self) -> Option<u16> {
        match self.response.get("status")? {
            Json::Number(number) => number.as_u64()?.try_into().ok(),
            Json::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// `$context.responseOverride.header`.
    pub fn response_headers(&self) -> Vec<(String, String)> {
        parameters(&self.response, "header")
    }

    /// `$context.requestOverride.header`.
    pub fn request_headers(&self) -> Vec<(String, String)> {
        parameters(&self.request, "header")
    }

    /// `$context.requestOverride.querystring`.
    pub fn request_querystring(&self) -> Vec<(String, String)> {
        parameters(&self.request, "querystring")
    }

    /// `$context.requestOverride.path`.
    pub fn request_path(&self) -> Vec<(String, String)> {
        parameters(&self.request, "path")
    }
}

/// The parameters of an override; a list gives its parameter several times.
fn parameters(from: &Map<String, Json>, kind: &str) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let Some(Json::Object(members)) = from.get(kind) else {
        return all;
    };
    for (name, value) in members {
        let values = match value {
            Json::Array(values) => values.as_slice(),
            single => std::slice::from_ref(single),
        };
        for value in values {
            let text = match value {
                Json::Null => continue,
                Json::String(text) => text.clone(),
                other => other.to_string(),
            };
            all.push((name.clone(), text));
        }
    }
    all
}

/// `$context` in one rendering.
#[derive(Debug, Default)]
pub(super) struct Context {
    members: HashMap<Arc<str>, Value>,
}

impl Context {
    pub(super) fn member(
        &mut self,
        name: &str,
        scope: &Scope<'_>,
        overrides: &Overrides,
        heap: &mut Heap,
    ) -> Value {
        if let Some(value) = self.members.get(name) {
            return value.clone();
        }
        let value = match name {
            REQUEST_OVERRIDE => {
                let kinds = ["path", "header", "querystring"];
                opened(&overrides.request, &kinds, heap)
            }
            RESPONSE_OVERRIDE => opened(&overrides.response, &["header"], heap),
            _ => from_variables(name, scope.context, heap),
        };
        self.members.insert(name.into(), value.clone());
        value
    }

    pub(super) fn set(&mut self, name: &str, value: Value) {
        self.members.insert(name.into(), value);
    }

    /// The names of the members that have a value.
    pub(super) fn names(
        &mut self,
        scope: &Scope<'_>,
        overrides: &Overrides,
        heap: &mut Heap,
    ) -> Vec<&'static str> {
        let mut names = MEMBERS.to_vec();
        names.retain(|name| !self.member(name, scope, overrides, heap).is_null());
        names
    }

    /// Keeps what the rendering has set.
    pub(super) fn keep(&self, overrides: &mut Overrides, heap: &Heap) {
        for (name, kept) in [
            (REQUEST_OVERRIDE, &mut overrides.request),
            (RESPONSE_OVERRIDE, &mut overrides.response),
        ] {
            if let Some(value) = self.members.get(name)
                && let Json::Object(members) = json::to_json(value, heap)
            {
                *kept = members;
            }
        }
    }
}

fn from_variables(name: &str, variables: &dyn Variables, heap: &mut Heap) -> Value {
    variables.member(name).map_or(Value::Null, |member| {
        json::from_json(&member, heap, Origin::Context)
    })
}

/// An override with a map for each kind of parameter, ready to be set into.
fn opened(kept: &Map<String, Json>, kinds: &[&str], heap: &mut Heap) -> Value {
    let Value::Map(map) = json::from_json(&Json::Object(kept.clone()), heap, Origin::Context)
    else {
        return Value::Null;
    };
    for kind in kinds {
        open(map, kind, heap);
    }
    Value::Map(map)
}

fn open(map: MapId, kind: &str, heap: &mut Heap) {
    let is_open = matches!(heap.map(map).entries.get(&Name(kind)), Some(Value::Map(_)));
    if !is_open {
        let empty = Value::Map(heap.new_map(<_>::default(), Origin::Context));
        heap.map_mut(map).insert(Key::Text(kind.into()), empty);
    }
}

const REQUEST_OVERRIDE: &str = "requestOverride";
const RESPONSE_OVERRIDE: &str = "responseOverride";

/// The members that `$context.keySet()` tells of.
const MEMBERS: [&str; 20] = [
    "apiId",
    "authorizer",
    "connectedAt",
    "connectionId",
    "domainName",
    "error",
    "eventType",
    "extendedRequestId",
    "identity",
    "integrationLatency",
    "messageDirection",
    "messageId",
    "requestId",
    "requestOverride",
    "requestTime",
    "requestTimeEpoch",
    "responseOverride",
    "routeKey",
    "stage",
    "status",
];
