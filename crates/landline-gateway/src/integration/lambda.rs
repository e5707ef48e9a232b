//! `AWS` to a Lambda function: it gets what the template makes, and its answer goes
//! through an integration response. The call itself serves proxies too.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html>.

use bytes::Bytes;
use http::HeaderMap;
use landline_api::lambda::{InvocationType, Invoke, InvokeInput, InvokeOutput};
use serde::Deserialize;

use super::IntegrationFailure;
use super::request::MappedRequest;
use super::response::Answered;
use crate::deployment::snapshot::{Integration, LambdaFunction};
use crate::message::execution::Execution;

/// Invokes a function that is no proxy.
pub(super) async fn invoke(
    integration: &Integration,
    function: &LambdaFunction,
    execution: &Execution<'_>,
    request: MappedRequest,
) -> Result<Answered, IntegrationFailure> {
    let mut headers = request.parameters.headers.iter();
    let kind = headers
        .rfind(|(name, _)| name.eq_ignore_ascii_case("X-Amz-Invocation-Type"))
        .map(|(_, kind)| InvocationType::from(kind.as_str()));
    let payload = if request.body.is_empty() {
        Bytes::from_static(b"{}")
    } else {
        request.body
    };
    let output = call(integration, function, execution, payload, kind).await?;
    let body = output.payload.unwrap_or_default();
    if let Some(kind) = &output.function_error {
        tracing::info!(route = %execution.route.key, kind, "function failed");
    }
    Ok(Answered {
        // A function that failed is an answer like any other to the invocation.
        status_code: u16::try_from(output.status_code.unwrap_or(200)).unwrap_or(200),
        key: error_message(&body),
        headers: HeaderMap::new(),
        body,
        failure: output
            .function_error
            .map(|_| IntegrationFailure::FunctionError),
    })
}

/// Invokes a function on behalf of the route, or as the integration's role.
pub(super) async fn call(
    integration: &Integration,
    function: &LambdaFunction,
    execution: &Execution<'_>,
    payload: Bytes,
    kind: Option<InvocationType>,
) -> Result<InvokeOutput, IntegrationFailure> {
    let route = &execution.route.key;
    let Some(function_name) = function.arn(&execution.stage.variables) else {
        tracing::warn!(%route, "integration URI names no Lambda function");
        return Err(IntegrationFailure::NotCallable);
    };
    let input = InvokeInput {
        function_name,
        invocation_type: kind,
        payload: Some(payload),
        ..InvokeInput::default()
    };
    let caller = execution.caller_with(integration.credentials.as_ref());
    let output = execution.plane.dispatcher.call::<Invoke>(input, &caller);
    output.await.map_err(|error| {
        tracing::warn!(%route, code = %error.code, message = error.message, "function cannot be invoked");
        IntegrationFailure::NotCallable
    })
}

/// `$integration.response.body.errorMessage`, by which integration responses are chosen.
fn error_message(body: &[u8]) -> String {
    #[derive(Deserialize)]
    struct Failed {
        #[serde(rename = "errorMessage")]
        error_message: Option<String>,
    }
    let failed = serde_json::from_slice::<Failed>(body).ok();
    failed
        .and_then(|failed| failed.error_message)
        .unwrap_or_default()
}
