//! Operations that another endpoint answers: the `json` protocol from the client's side.
//!
//! Registered in the place of a service, it lets everything that calls the service, over the wire or
//! in process, reach the one elsewhere.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Response;
use serde_json::Value;

use super::json;
use crate::dispatcher::BoxFuture;
use crate::shape::{Decoder, Naming};
use crate::{Caller, Handler, Operation, OperationMeta, Protocol, ServiceError};

/// Brings a request to the other endpoint, signed as that wants it.
pub trait Transport: Send + Sync + fmt::Debug + 'static {
    /// Sends `body` for `target`, such as `DynamoDB_20120810.GetItem`; the error says why there is no answer.
    fn send<'a>(
        &'a self,
        target: &'a str,
        content_type: &'a str,
        body: Bytes,
    ) -> BoxFuture<'a, Result<Response<Bytes>, String>>;
}

/// A service that is elsewhere.
#[derive(Debug, Clone)]
pub struct Remote(Arc<dyn Transport>);

impl Remote {
    /// The service at the end of `transport`.
    pub fn new(transport: Arc<dyn Transport>) -> Arc<Self> {
        Arc::new(Self(transport))
    }
}

impl<Op: Operation> Handler<Op> for Remote {
    async fn handle(&self, input: Op::Input, _caller: &Caller) -> Result<Op::Output, ServiceError> {
        let mut output = Op::Output::default();
        let body = Bytes::from(json::to_vec(&input, Naming::Wire));
        let answered = self.exchange(Op::META, body).await?;
        let mut decoder = Decoder::new(Naming::Wire);
        json::decode(&answered, &mut decoder, &mut output)
            .map_err(|error| ServiceError::internal(&error))?;
        Ok(output)
    }
}

impl Remote {
    /// Sends an input; gives the body of a success.
    async fn exchange(&self, meta: &OperationMeta, body: Bytes) -> Result<Bytes, ServiceError> {
        let Protocol::Json {
            content_version,
            target_prefix,
        } = meta.service.protocol
        else {
            return Err(crate::dispatcher::unknown_operation(meta));
        };
        let target = format!("{target_prefix}.{}", meta.name);
        let content_type = format!("application/x-amz-json-{content_version}");
        let answered = self.0.send(&target, &content_type, body).await;
        let response = answered.map_err(|reason| {
            tracing::warn!(
                operation = meta.name,
                reason,
                "the external endpoint does not answer"
            );
            let text = format!("The external endpoint does not answer: {reason}");
            ServiceError::new("InternalServerError", 500, text)
        })?;
        if !response.status().is_success() {
            return Err(refusal(&response));
        }
        Ok(response.into_body())
    }
}

/// The other side's error, as it is.
fn refusal(response: &Response<Bytes>) -> ServiceError {
    let status = response.status().as_u16();
    let parsed = serde_json::from_slice::<Value>(response.body());
    let Ok(Value::Object(members)) = parsed else {
        return ServiceError::new("InternalServerError", status, "Internal server error");
    };
    let text = |name: &str| members.get(name).and_then(Value::as_str);
    let code = text("__type").unwrap_or("InternalServerError");
    let code = code.rsplit('#').next().unwrap_or(code).to_owned();
    let message = text("message").or_else(|| text("Message"));
    let mut error = ServiceError::new(code, status, message.unwrap_or_default());
    for (name, value) in &members {
        if !matches!(name.as_str(), "__type" | "message" | "Message") {
            error = error.with_field(name.clone(), value.clone());
        }
    }
    error
}

#[cfg(test)]
mod tests;
