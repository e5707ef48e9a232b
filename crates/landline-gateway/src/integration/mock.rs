//! `MOCK` integrations: the gateway answers by itself.
//!
//! The request template yields JSON with a numeric `statusCode`; the integration
//! response that this status selects is the answer. Nothing is awaited.

use bytes::Bytes;
use http::HeaderMap;
use serde::Deserialize;

use super::parameters::Origin as _;
use super::response::{self, Answered};
use super::{Answer, IntegrationFailure, request};
use crate::deployment::snapshot::Integration;
use crate::mapping::Overrides;
use crate::message::execution::Execution;

#[derive(Deserialize)]
struct Status {
    #[serde(rename = "statusCode")]
    status_code: u16,
}

/// AWS reads names without quotes too, and the CDK writes `{ statusCode: 200 }`.
fn lenient(rendered: &[u8]) -> Option<Status> {
    let text = std::str::from_utf8(rendered).ok()?;
    let (_, rest) = text.split_once("statusCode")?;
    let digits = rest.trim_start_matches(['"', '\'']).trim_start();
    let digits = digits.strip_prefix(':')?.trim_start();
    let end = digits.find(|c: char| !c.is_ascii_digit());
    let status_code = digits[..end.unwrap_or(digits.len())].parse().ok()?;
    Some(Status { status_code })
}

pub(super) fn answer(
    integration: &Integration,
    execution: &Execution<'_>,
) -> Result<Answer, IntegrationFailure> {
    let mut overrides = Overrides::default();
    let template = request::template(integration, execution)?;
    let rendered = match template {
        Some(template) => request::render(template, execution, &mut overrides)?,
        // Without a template the message itself would have to say the status.
        None => Bytes::copy_from_slice(execution.body().as_bytes()),
    };
    let status = serde_json::from_slice(&rendered).ok();
    let Some(Status { status_code }) = status.or_else(|| lenient(&rendered)) else {
        tracing::warn!(route = %execution.route.key, "request template of a mock yields no numeric statusCode");
        return Err(IntegrationFailure::MappingFailed);
    };
    let answered = Answered {
        status_code,
        key: status_code.to_string(),
        headers: HeaderMap::new(),
        // What a REST API's mock answers is made by its integration response alone.
        body: match execution.http() {
            Some(_) => Bytes::new(),
            None => rendered,
        },
        failure: None,
    };
    response::map(integration, execution, &answered, &mut overrides)
}
