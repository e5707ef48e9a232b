//! Integration responses: what becomes of a backend's answer.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-responses.html>.

use landline_wire::JavaPattern;

use super::{ContentHandling, Templates};
use crate::message::selection::SelectionExpression;

/// The integration responses of an integration.
#[derive(Debug, Default)]
pub struct IntegrationResponses {
    matching: Vec<(JavaPattern, IntegrationResponse)>,
    default: Option<IntegrationResponse>,
}

/// One integration response.
#[derive(Debug, Default)]
pub struct IntegrationResponse {
    /// What the answer is made of.
    pub templates: Templates,
    /// Which template applies.
    pub template_selection: Option<SelectionExpression>,
    /// What happens to the bytes of the answer.
    pub content_handling: Option<ContentHandling>,
    /// The status that the client gets; REST APIs only.
    pub status: Option<u16>,
    /// Headers and what they are made of; REST APIs only.
    pub parameters: Vec<(String, ResponseSource)>,
}

/// What a header of a REST API's answer is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResponseSource {
    /// `'text'`.
    Static(String),
    /// `integration.response.header.NAME`.
    Header(String),
    /// `integration.response.body`, or a path in it.
    Body(String),
    /// `context.NAME`.
    Context(String),
    /// `stageVariables.NAME`.
    StageVariable(String),
}

impl ResponseSource {
    /// Reads a source. `None` for one that AWS refuses.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(text) = text.strip_prefix('\'') {
            return Some(Self::Static(text.strip_suffix('\'')?.to_owned()));
        }
        if let Some(name) = text.strip_prefix("stageVariables.") {
            return Some(Self::StageVariable(name.to_owned()));
        }
        if let Some(path) = text.strip_prefix("context.") {
            return Some(Self::Context(path.to_owned()));
        }
        let of_response = text.strip_prefix("integration.response.")?;
        if let Some(path) = of_response.strip_prefix("body") {
            return Some(Self::Body(format!("${path}")));
        }
        let name = of_response
            .strip_prefix("header.")
            .or_else(|| of_response.strip_prefix("multivalueheader."))?;
        Some(Self::Header(name.to_owned()))
    }
}

impl IntegrationResponses {
    /// Adds the response with a key, `$default` or `/regular expression/`.
    ///
    /// A key that is neither, or an expression that cannot be compiled, answers nothing.
    pub fn insert(&mut self, key: &str, response: IntegrationResponse) {
        if key == "$default" {
            self.default = Some(response);
            return;
        }
        // Templates in the wild leave the slashes out: `200`.
        let pattern = key
            .strip_prefix('/')
            .and_then(|key| key.strip_suffix('/'))
            .unwrap_or(key);
        match JavaPattern::new(&format!("(?s:{pattern})")) {
            Ok(pattern) => self.matching.push((pattern, response)),
            Err(error) => tracing::warn!(key, %error, "integration response key is no expression"),
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.matching.is_empty() && self.default.is_none()
    }

    /// The response for a status code or an error message, else `$default`.
    pub fn select(&self, key: &str) -> Option<&IntegrationResponse> {
        self.matching
            .iter()
            .find(|(pattern, _)| pattern.is_match(key))
            .map(|(_, response)| response)
            .or(self.default.as_ref())
    }
}
