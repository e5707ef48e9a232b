//! What a route calls, and what comes back.
//!
//! A proxy integration gets the event or the message as it is, and its answer is
//! taken as it is. For the others `request` makes the request from templates and
//! parameters, and `response` the answer from an integration response.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html>.

mod aws_service;
mod http_backend;
pub(crate) mod http_parameters;
mod lambda;
mod lambda_proxy;
mod mock;
pub(crate) mod parameters;
mod request;
mod response;
pub(crate) mod service_action;
#[cfg(test)]
mod tests;
mod url;

use bytes::Bytes;
use http::HeaderMap;
use tokio::time::Instant;

use crate::deployment::snapshot::{Integration, IntegrationTarget};
use crate::mapping::Overrides;
use crate::message::execution::{Execution, Occasion};

pub use http_backend::{BackendFailure, HttpBackend, HttpClient};
pub(crate) use lambda::error_message;

/// What an integration answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status_code: u16,
    /// The subprotocol that a `$connect` integration chose; its other headers have no effect.
    pub(crate) subprotocol: Option<String>,
    pub(crate) body: Option<Bytes>,
    /// What goes back with an HTTP answer; nothing of it reaches a socket.
    pub(crate) headers: HeaderMap,
}

/// Why an integration gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntegrationFailure {
    /// The function threw, exited or was stopped.
    FunctionError,
    /// The function answered something that is no proxy response.
    MalformedResponse,
    /// No function there, no permission to invoke it, or nobody at the URL.
    NotCallable,
    /// A mapping template failed, or none of the integration responses applies.
    MappingFailed,
    /// There is no template for the message, and it may not be passed on as it is.
    UnsupportedMediaType,
    /// It answered more than a message may hold.
    AnswerTooLarge,
    /// It took longer than its timeout.
    TimedOut,
}

/// Calls an integration within its timeout. `event` is for proxies to Lambda.
pub(crate) async fn call(
    integration: &Integration,
    execution: &Execution<'_>,
    event: Bytes,
) -> Result<Answer, IntegrationFailure> {
    if matches!(integration.target, IntegrationTarget::Mock) {
        // Nothing to wait for, so that a caller can poll this once.
        return mock::answer(integration, execution);
    }
    let subject = execution.subject();
    if matches!(execution.occasion, Occasion::Connect { .. }) {
        subject.count(|counters| counters.connects.add(1));
    }
    let called = Instant::now();
    let result = tokio::time::timeout(
        integration.timeout,
        call_backend(integration, execution, event),
    )
    .await
    .unwrap_or(Err(IntegrationFailure::TimedOut));
    let result = result.map(|mut answer| {
        if let Some(call) = execution.http() {
            integration
                .mappings
                .change_answer(execution, &call.path, &mut answer);
        }
        answer
    });
    let latency = called.elapsed();
    subject.count(|counters| counters.latency.record(latency));
    if let (Some(observer), Ok(answer)) = (execution.observer, &result) {
        observer.answered(answer.status_code);
    }
    result
}

async fn call_backend(
    integration: &Integration,
    execution: &Execution<'_>,
    event: Bytes,
) -> Result<Answer, IntegrationFailure> {
    let mut overrides = Overrides::default();
    let answered = match &integration.target {
        IntegrationTarget::LambdaProxy(function) => {
            return lambda_proxy::invoke(integration, function, execution, event).await;
        }
        IntegrationTarget::HttpProxy(endpoint) => {
            let mut request = http_backend::proxy_request(integration, endpoint, execution)?;
            if let Some(call) = execution.http() {
                integration
                    .mappings
                    .change_request(execution, &call.path, &mut request);
            }
            return http_backend::pass(execution, request).await;
        }
        IntegrationTarget::Service(action) => {
            return service_action::call(integration, action, execution).await;
        }
        IntegrationTarget::Mock => return mock::answer(integration, execution),
        IntegrationTarget::Lambda(function) => {
            let request = request::make(integration, execution, &mut overrides)?;
            lambda::invoke(integration, function, execution, request).await?
        }
        IntegrationTarget::Aws(action) => {
            let request = request::make(integration, execution, &mut overrides)?;
            aws_service::call(integration, action, execution, request).await?
        }
        IntegrationTarget::Http(endpoint) => {
            let request = request::make(integration, execution, &mut overrides)?;
            let request = http_backend::request(endpoint, execution, request)?;
            http_backend::call(execution, request).await?
        }
    };
    response::map(integration, execution, &answered, &mut overrides)
}
