//! What templates come to: the conformance files, the overrides, the errors, the limits.

mod conformance;
mod errors;
mod laws;
mod limits;
mod overrides;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Overrides, Parameters, RenderError, Scope, Template, Variables};

const BODY: &str = r#"{"action":"send","to":"it's","n":7,"price":2.50,"none":null,"ok":true,"tags":["a/b","c"],"user":{"name":"Zoë","age":30,"langs":[{"id":1},{"id":2}]}}"#;

/// A `$context` that is a JSON object.
struct Facts(Value);

impl Variables for Facts {
    fn member(&self, name: &str) -> Option<Value> {
        self.0.get(name).cloned()
    }
}

fn facts() -> Facts {
    Facts(json!({
        "connectionId": "abc=",
        "connectedAt": 1_700_000_000_123_u64,
        "requestTimeEpoch": 1_700_000_060_123_u64,
        "routeKey": "send",
        "stage": "prod",
        "identity": {"sourceIp": "192.0.2.1"},
        "authorizer": {"principalId": "me", "level": "3"},
        "requestId": "r/1",
    }))
}

fn parameters() -> Parameters {
    Parameters {
        path: strings(&[("proxy", "p")]),
        querystring: strings(&[("q", "Q"), ("page", "2")]),
        header: strings(&[("Auth", "tok\"en"), ("User-Agent", "curl")]),
    }
}

fn strings(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

fn render_with(
    template: &str,
    body: &str,
    overrides: &mut Overrides,
) -> Result<String, RenderError> {
    let scope = Scope {
        body,
        parameters: &parameters(),
        context: &facts(),
        stage_variables: &strings(&[("table", "chat"), ("url", "http://x/y")]),
    };
    Template::parse(template).unwrap().render(&scope, overrides)
}

fn render(template: &str) -> Result<String, RenderError> {
    render_with(template, BODY, &mut Overrides::default())
}

fn check_with_body(template: &str, body: &str, expected: &str) {
    let rendered = render_with(template, body, &mut Overrides::default());
    assert_eq!(rendered.as_deref(), Ok(expected), "{template}");
}
