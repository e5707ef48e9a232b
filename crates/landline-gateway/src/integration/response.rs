//! What an integration response makes of a backend's answer.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::HeaderMap;

use super::{Answer, IntegrationFailure, parameters, url};
use crate::deployment::snapshot::{
    ContentHandling, Integration, IntegrationResponse, ResponseSource,
};
use crate::mapping::{JsonPath, Overrides, Scope};
use crate::message::execution::Execution;
use crate::message::reply::into_text;
use crate::message::selection::BackendAnswer;

/// What a backend answered.
#[derive(Debug, Default)]
pub(super) struct Answered {
    pub(super) status_code: u16,
    /// What integration response keys are matched with: the status code, or the
    /// error message of a function.
    pub(super) key: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// What it comes to when no integration response applies.
    pub(super) failure: Option<IntegrationFailure>,
}

/// Makes the answer of an integration that is no proxy.
///
/// Without any integration response the body is nobody's: a one-way route does not
/// need one, and a `$connect` goes by the status alone.
pub(super) fn map(
    integration: &Integration,
    execution: &Execution<'_>,
    answered: &Answered,
    overrides: &mut Overrides,
) -> Result<Answer, IntegrationFailure> {
    let Some(response) = integration.responses.select(&answered.key) else {
        if let Some(failure) = answered.failure {
            return Err(failure);
        }
        if execution.route.is_two_way() || execution.http().is_some() {
            tracing::warn!(route = %execution.route.key, key = answered.key, "no integration response applies");
            return Err(IntegrationFailure::MappingFailed);
        }
        return Ok(Answer {
            status_code: answered.status_code,
            subprotocol: subprotocol(&answered.headers),
            body: None,
            headers: HeaderMap::new(),
        });
    };
    let body = render(response, execution, answered, overrides)?;
    let body = match response.content_handling {
        Some(ContentHandling::ConvertToText) => STANDARD.encode(&body).into(),
        Some(ContentHandling::ConvertToBinary) => STANDARD.decode(&body).map_or(body, Bytes::from),
        None => body,
    };
    Ok(Answer {
        status_code: overrides
            .response_status()
            .or(response.status)
            .unwrap_or(answered.status_code),
        subprotocol: subprotocol(&answered.headers),
        body: Some(body),
        headers: match execution.http() {
            Some(_) => headers(response, execution, answered, overrides),
            None => HeaderMap::new(),
        },
    })
}

/// The body by the response's template; without one it goes back as it came.
fn render(
    response: &IntegrationResponse,
    execution: &Execution<'_>,
    answered: &Answered,
    overrides: &mut Overrides,
) -> Result<Bytes, IntegrationFailure> {
    let backend = BackendAnswer {
        status_code: answered.status_code,
        headers: &answered.headers,
    };
    let text = into_text(answered.body.clone());
    let text = std::str::from_utf8(&text).unwrap_or_default();
    let selected = response
        .template_selection
        .as_ref()
        .map(|expression| expression.evaluate_response(text, &backend));
    let Some(template) = response.templates.select(selected.as_deref()) else {
        return Ok(answered.body.clone());
    };
    let template = template.as_ref().map_err(|error| {
        tracing::warn!(route = %execution.route.key, %error, "response template cannot be parsed");
        IntegrationFailure::MappingFailed
    })?;
    if let Some(literal) = template.literal() {
        return Ok(literal.clone());
    }
    let scope = Scope {
        body: text,
        parameters: &execution.parameters(),
        context: execution,
        stage_variables: &execution.stage.variables,
    };
    let rendered = template.render(&scope, overrides).map_err(|error| {
        tracing::warn!(route = %execution.route.key, %error, "response template failed");
        IntegrationFailure::MappingFailed
    })?;
    Ok(rendered.into())
}

/// The headers of a REST API's answer: those that the integration response names.
fn headers(
    response: &IntegrationResponse,
    execution: &Execution<'_>,
    answered: &Answered,
    overrides: &Overrides,
) -> HeaderMap {
    let mut mapped = vec![("Content-Type".to_owned(), "application/json".to_owned())];
    for (name, source) in &response.parameters {
        let value = match source {
            ResponseSource::Static(text) => Some(text.clone()),
            ResponseSource::Header(name) => {
                let value = answered.headers.get(name.as_str());
                value.map(|it| String::from_utf8_lossy(it.as_bytes()).into_owned())
            }
            ResponseSource::Body(path) => body_member(path, &answered.body),
            ResponseSource::Context(path) => {
                parameters::context(execution, path).and_then(parameters::into_text)
            }
            ResponseSource::StageVariable(name) => execution.stage.variables.get(name).cloned(),
        };
        mapped.extend(value.map(|value| (name.clone(), value)));
    }
    mapped.extend(overrides.response_headers());
    let mut headers = HeaderMap::new();
    url::insert_headers(&mut headers, &mapped);
    headers
}

fn body_member(path: &str, body: &[u8]) -> Option<String> {
    if path == "$" {
        return Some(String::from_utf8_lossy(body).into_owned());
    }
    let body = serde_json::from_slice(body).ok()?;
    let path = JsonPath::parse(path).ok()?;
    path.evaluate(&body).and_then(parameters::into_text)
}

/// The one header of an answer that a handshake honours.
pub(super) fn subprotocol(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(http::header::SEC_WEBSOCKET_PROTOCOL)?;
    value.to_str().ok().map(str::to_owned)
}
