//! The request that a template and parameters make of a message.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-data-transformations.html>.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;

use super::IntegrationFailure;
use super::parameters::{self, Mapped, Origin as _};
use crate::deployment::snapshot::{ContentHandling, FrozenTemplate, Integration, Passthrough};
use crate::mapping::{Overrides, Scope};
use crate::message::execution::Execution;

/// What is sent to a backend that is no proxy.
#[derive(Debug, Default)]
pub(super) struct MappedRequest {
    pub(super) body: Bytes,
    pub(super) parameters: Mapped,
}

/// Makes the request of an integration.
pub(super) fn make(
    integration: &Integration,
    execution: &Execution<'_>,
    overrides: &mut Overrides,
) -> Result<MappedRequest, IntegrationFailure> {
    let body = match template(integration, execution)? {
        Some(template) => render(template, execution, overrides)?,
        None => execution.payload(),
    };
    let mut parameters = parameters::map(&integration.request.parameters, execution);
    parameters.override_by(overrides);
    Ok(MappedRequest {
        body: convert(body, integration.request.content_handling)?,
        parameters,
    })
}

/// The template that applies; none where the message is passed on as it is.
pub(super) fn template<'a>(
    integration: &'a Integration,
    execution: &Execution<'_>,
) -> Result<Option<&'a FrozenTemplate>, IntegrationFailure> {
    let request = &integration.request;
    let selected = match execution.http() {
        // REST APIs have a template for each media type.
        Some(call) if call.media_type.is_empty() => Some("application/json".into()),
        Some(call) => Some(call.media_type.as_str().into()),
        None => request
            .template_selection
            .as_ref()
            .map(|expression| expression.evaluate_request(execution.body())),
    };
    if let Some(template) = request.templates.select(selected.as_deref()) {
        return Ok(Some(template));
    }
    let may_pass = match request.passthrough {
        Passthrough::WhenNoMatch => true,
        Passthrough::WhenNoTemplates => request.templates.is_empty(),
        Passthrough::Never => false,
    };
    if may_pass {
        return Ok(None);
    }
    Err(IntegrationFailure::UnsupportedMediaType)
}

/// Renders a request template.
pub(super) fn render(
    template: &FrozenTemplate,
    execution: &Execution<'_>,
    overrides: &mut Overrides,
) -> Result<Bytes, IntegrationFailure> {
    let template = template.as_ref().map_err(|error| {
        tracing::warn!(route = %execution.route.key, %error, "request template cannot be parsed");
        IntegrationFailure::MappingFailed
    })?;
    if let Some(text) = template.literal() {
        return Ok(text.clone());
    }
    let scope = Scope {
        body: execution.body(),
        parameters: &execution.parameters(),
        context: execution,
        stage_variables: &execution.stage.variables,
    };
    let rendered = template.render(&scope, overrides).map_err(|error| {
        tracing::warn!(route = %execution.route.key, %error, "request template failed");
        IntegrationFailure::MappingFailed
    })?;
    Ok(rendered.into())
}

fn convert(body: Bytes, handling: Option<ContentHandling>) -> Result<Bytes, IntegrationFailure> {
    match handling {
        None => Ok(body),
        Some(ContentHandling::ConvertToBinary) => STANDARD
            .decode(&body)
            .map(Bytes::from)
            .map_err(|_| IntegrationFailure::MappingFailed),
        // Text is text already, and so is what a template makes of it.
        Some(ContentHandling::ConvertToText) if std::str::from_utf8(&body).is_ok() => Ok(body),
        Some(ContentHandling::ConvertToText) => Ok(STANDARD.encode(&body).into()),
    }
}
