//! `Invoke`: synchronous, asynchronous with retries, or dry.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::lambda as api;
use landline_api::lambda::errors::{
    InvalidRequestContentException, RequestTooLargeException, TooManyRequestsException,
};
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, validation};
use crate::Lambda;
use crate::execution::pool::Throttled;
use crate::execution::{Invocation, LogTail};
use crate::function::name::FunctionName;
use crate::function::policy::{LAMBDA, authorize, policy_of};
use crate::functions::{LATEST, Target};
use crate::quotas::{MAX_ASYNC_PAYLOAD_BYTES, MAX_PAYLOAD_BYTES};

impl Handler<api::Invoke> for Service {
    async fn handle(
        &self,
        input: api::InvokeInput,
        caller: &Caller,
    ) -> Result<api::InvokeOutput, ServiceError> {
        let target = admit(self, &input, caller)?;
        let kind = input.invocation_type.clone();
        let kind = kind.unwrap_or(api::InvocationType::RequestResponse);
        if kind == api::InvocationType::DryRun {
            return Ok(answer(204));
        }
        let invocation = invocation_of(caller, input, &kind, &target)?;
        if kind == api::InvocationType::Event {
            self.accept_event(&target, invocation).await?;
            return Ok(answer(202));
        }
        let outcome = target.function.invoke(invocation).await;
        let outcome = outcome.map_err(too_many_requests)?;
        Ok(api::InvokeOutput {
            function_error: outcome.failed.then(|| "Unhandled".into()),
            log_result: outcome.log_tail.map(|tail| STANDARD.encode(tail)),
            payload: Some(outcome.payload),
            executed_version: Some(target.function.spec.version.to_string()),
            ..answer(200)
        })
    }
}

/// The function that a caller names, when its policy lets the caller in.
pub(super) fn admit(
    lambda: &Lambda,
    input: &api::InvokeInput,
    caller: &Caller,
) -> Result<Target, ServiceError> {
    let named = FunctionName::parse(&input.function_name);
    // Whoever names no version means `$LATEST`, and is told so where there is nothing.
    let is_missing = named.qualifier.is_none() && !lambda.exists(named.name);
    let qualifier = input.qualifier.as_deref();
    let qualifier = qualifier.or(is_missing.then_some(LATEST));
    let target = lambda.target(&input.function_name, qualifier)?;
    let statements = policy_of(&target.latest.record.statements, target.key());
    authorize(statements, caller, &target.arn())?;
    Ok(target)
}

pub(super) fn invocation_of(
    caller: &Caller,
    input: api::InvokeInput,
    kind: &api::InvocationType,
    target: &Target,
) -> Result<Invocation, ServiceError> {
    let limit = match kind {
        api::InvocationType::Event => MAX_ASYNC_PAYLOAD_BYTES,
        _ => MAX_PAYLOAD_BYTES,
    };
    let payload = match input.payload {
        Some(payload) if !payload.is_empty() => payload,
        _ => Bytes::from_static(b"{}"),
    };
    if payload.len() > limit {
        return Err(RequestTooLargeException
            .with(format!(
                "{} byte payload is too large for the {kind} invocation type (limit {limit} bytes)",
                payload.len()
            ))
            .with_field("Type", "User"));
    }
    check_json(&payload)?;
    let client_context = match input.client_context {
        None => None,
        Some(text) => Some(client_context(&text)?),
    };
    let log = match input.log_type {
        Some(api::LogType::Tail) => LogTail::Wanted,
        _ => LogTail::Unwanted,
    };
    Ok(Invocation {
        request_id: request_id_of(caller),
        payload,
        function_arn: target.arn().into(),
        trace_id: caller.trace_id.as_deref().map(str::to_owned),
        client_context,
        log,
        stream: None,
    })
}

/// A client finds its invocation in the logs by the request id of the answer; a service in this
/// process may call many times as the same caller.
fn request_id_of(caller: &Caller) -> String {
    // API Gateway has an id for each invocation, and tells it in its logs; so have mappings.
    // With a role it comes as the role, and by this name.
    let agent = caller.user_agent.as_deref().unwrap_or_default();
    let is_one_call = caller.source_ip.is_some()
        || agent.starts_with("AmazonAPIGateway_")
        || ["apigateway.amazonaws.com", LAMBDA].contains(&&*caller.principal);
    if is_one_call {
        return caller.request_id.to_string();
    }
    landline_wire::request_id::uuid()
}

/// Lambda refuses what is not JSON before the function sees it.
fn check_json(payload: &[u8]) -> Result<(), ServiceError> {
    let parsed: Result<serde::de::IgnoredAny, _> = serde_json::from_slice(payload);
    parsed.map(drop).map_err(|error| {
        InvalidRequestContentException
            .with(format!("Could not parse request body into json: {error}"))
            .with_field("Type", "User")
    })
}

fn client_context(text: &str) -> Result<String, ServiceError> {
    let refuse =
        || validation::invalid("Client context must be a valid Base64-encoded JSON object.");
    let decoded = STANDARD.decode(text).map_err(|_| refuse())?;
    let text = String::from_utf8(decoded).map_err(|_| refuse())?;
    check_json(text.as_bytes()).map_err(|_| refuse())?;
    Ok(text)
}

pub(super) fn too_many_requests(throttled: Throttled) -> ServiceError {
    let (reason, message) = match throttled {
        Throttled::ReservedConcurrency => (
            "ReservedFunctionConcurrentInvocationLimitExceeded",
            "Rate Exceeded.",
        ),
        Throttled::Concurrency => ("ConcurrentInvocationLimitExceeded", "Rate Exceeded."),
    };
    TooManyRequestsException
        .with(message)
        .with_field("Reason", reason)
        .with_field("Type", "User")
}

fn answer(status: i32) -> api::InvokeOutput {
    api::InvokeOutput {
        status_code: Some(status),
        ..Default::default()
    }
}
