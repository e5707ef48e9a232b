//! What a route calls, and what comes back.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-integration-requests.html>.

mod lambda_proxy;
mod mock;

use std::sync::Arc;

use bytes::Bytes;
use landline_wire::{Caller, Dispatcher};

use crate::deployment::snapshot::{Integration, IntegrationTarget, LiveStage, RouteKey};

/// One call of an integration.
#[derive(Debug)]
pub(crate) struct IntegrationCall<'a> {
    pub(crate) dispatcher: &'a Dispatcher,
    pub(crate) stage: &'a LiveStage,
    pub(crate) route_key: &'a RouteKey,
    pub(crate) request_id: &'a str,
    /// The event of a proxy integration.
    pub(crate) event: Bytes,
}

/// What an integration answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) status_code: u16,
    /// The subprotocol that a `$connect` integration chose; its other headers have no effect.
    pub(crate) subprotocol: Option<String>,
    pub(crate) body: Option<String>,
    pub(crate) is_base64_encoded: bool,
}

/// Why an integration gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IntegrationFailure {
    /// The function threw, exited or was stopped.
    FunctionError,
    /// The function answered something that is no proxy response.
    MalformedResponse,
    /// No function there, no permission to invoke it, or a type that is not built yet.
    NotCallable,
    /// It took longer than its timeout.
    TimedOut,
}

/// Calls an integration within its timeout.
pub(crate) async fn call(
    integration: &Integration,
    call: IntegrationCall<'_>,
) -> Result<Answer, IntegrationFailure> {
    let kind = match &integration.target {
        IntegrationTarget::LambdaProxy(function) => {
            let invoked = lambda_proxy::invoke(function, call);
            return tokio::time::timeout(integration.timeout, invoked)
                .await
                .unwrap_or(Err(IntegrationFailure::TimedOut));
        }
        IntegrationTarget::Mock(mock) => return mock::answer(mock),
        IntegrationTarget::Aws(_) => "AWS",
        IntegrationTarget::Http(_) => "HTTP",
        IntegrationTarget::HttpProxy(_) => "HTTP_PROXY",
    };
    tracing::warn!(kind, route = %call.route_key, "integration type is not implemented yet");
    Err(IntegrationFailure::NotCallable)
}

impl IntegrationCall<'_> {
    /// API Gateway, on behalf of the route.
    fn caller(&self) -> Caller {
        Caller {
            account_id: Arc::clone(&self.stage.account_id),
            region: Arc::clone(&self.stage.region),
            principal: "apigateway.amazonaws.com".into(),
            access_key_id: None,
            source_arn: Some(self.stage.route_arn(self.route_key).into()),
            source_ip: None,
            user_agent: None,
            request_id: self.request_id.into(),
        }
    }
}
