//! `AWS` to a Lambda function: it gets what the template makes, and its answer goes
//! through an integration response. The call itself serves proxies too.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integrations.html>.

use bytes::Bytes;
use http::HeaderMap;
use landline_api::lambda::{InvocationType, Invoke, InvokeInput, InvokeOutput};
use landline_wire::{Caller, ServiceError, request_id};
use serde::Deserialize;

use super::IntegrationFailure;
use super::request::MappedRequest;
use super::response::Answered;
use crate::deployment::snapshot::{Integration, LambdaFunction};
use crate::message::execution::Execution;
use crate::observe::{Received, Sent};

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
    Ok(Answered {
        // A function that failed is an answer like any other to the invocation.
        status_code: u16::try_from(output.status_code.unwrap_or(200)).unwrap_or(200),
        // `$integration.response.body.errorMessage`
        key: error_message(&body).unwrap_or_default(),
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
    let function = function_name.rsplit(":function:").next().map(str::to_owned);
    let input = InvokeInput {
        function_name,
        invocation_type: kind,
        payload: Some(payload),
        ..InvokeInput::default()
    };
    let mut caller = execution.caller_with(integration.credentials.as_ref());
    // The id of the invocation, not of the message.
    caller.request_id = request_id::uuid().into();
    if let Some(observer) = execution.observer {
        observer.sending(&sent(execution, &input, &caller));
    }
    let output = execution
        .plane
        .dispatcher
        .call::<Invoke>(input, &caller)
        .await;
    if let (Some(observer), Ok(output)) = (execution.observer, &output) {
        observer.received(&received(output, &caller));
        if output.function_error.is_some() {
            observer.function_failed(output.payload.as_deref().unwrap_or_default());
        }
    }
    if let Ok(InvokeOutput {
        function_error: Some(kind),
        payload,
        ..
    }) = &output
    {
        let error = error_type(payload.as_deref().unwrap_or_default());
        tracing::info!(%route, function, kind, error, "function failed; its log says why");
    }
    output.map_err(|error| {
        let remedy = remedy(&error);
        tracing::warn!(%route, code = %error.code, message = error.message, remedy, "function cannot be invoked");
        IntegrationFailure::NotCallable
    })
}

/// What the owner of the application can do about it.
fn remedy(error: &ServiceError) -> Option<&'static str> {
    match &*error.code {
        "AccessDeniedException" => Some(
            "add an AWS::Lambda::Permission with the principal apigateway.amazonaws.com, or let the integration's credentials invoke the function",
        ),
        "ResourceNotFoundException" => Some("correct the function's name in the integration's URI"),
        _ => None,
    }
}

/// The request that API Gateway would send to Lambda over the network.
fn sent(execution: &Execution<'_>, input: &InvokeInput, caller: &Caller) -> Sent {
    let (stage, function) = (execution.stage, &input.function_name);
    let api_id = stage.api_id.as_str();
    let headers = [
        ("X-Amz-Date", execution.time.iso8601_basic()),
        ("x-amzn-apigateway-api-id", api_id.to_owned()),
        ("Accept", "application/json".to_owned()),
        ("User-Agent", format!("AmazonAPIGateway_{api_id}")),
        (
            "x-amzn-lambda-integration-tag",
            execution.request_id.to_owned(),
        ),
        (
            "X-Amz-Source-Arn",
            caller.source_arn.as_deref().unwrap_or_default().to_owned(),
        ),
    ];
    let mut headers: Vec<_> = headers.map(|(name, value)| (name.to_owned(), value)).into();
    if let Some(trace_id) = &caller.trace_id {
        headers.push(("X-Amzn-Trace-Id".to_owned(), trace_id.to_string()));
    }
    Sent {
        uri: format!(
            "https://lambda.{}.amazonaws.com/2015-03-31/functions/{function}/invocations",
            stage.region
        ),
        headers,
        body: input.payload.clone().unwrap_or_default(),
    }
}

fn received<'a>(output: &'a InvokeOutput, caller: &Caller) -> Received<'a> {
    Received {
        status: u16::try_from(output.status_code.unwrap_or(200)).unwrap_or(200),
        headers: None,
        body: output.payload.as_deref().unwrap_or_default(),
        request_id: Some(caller.request_id.to_string()),
    }
}

/// What a function that failed has left.
#[derive(Deserialize)]
struct Failed {
    #[serde(rename = "errorMessage")]
    error_message: Option<String>,
    #[serde(rename = "errorType")]
    error_type: Option<String>,
}

pub(crate) fn error_message(payload: &[u8]) -> Option<String> {
    serde_json::from_slice::<Failed>(payload)
        .ok()?
        .error_message
}

fn error_type(payload: &[u8]) -> Option<String> {
    serde_json::from_slice::<Failed>(payload).ok()?.error_type
}
