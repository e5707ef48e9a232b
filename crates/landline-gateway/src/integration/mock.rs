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
    let Ok(Status { status_code }) = serde_json::from_slice(&rendered) else {
        tracing::warn!(route = %execution.route.key, "request template of a mock yields no numeric statusCode");
        return Err(IntegrationFailure::MappingFailed);
    };
    let answered = Answered {
        status_code,
        key: status_code.to_string(),
        headers: HeaderMap::new(),
        body: rendered,
        failure: None,
    };
    response::map(integration, execution, &answered, &mut overrides)
}
