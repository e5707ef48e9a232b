//! Web servers as SNS and state machines reach them: through the client of the gateway's HTTP integrations.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, StatusCode};
use landline_gateway::HttpBackend as _;
use landline_sns::Web;
use landline_states::{ApiAnswer, CallApis};
use landline_wire::dispatcher::BoxFuture;

use crate::own_hosts::OwnHosts;

/// Posts notifications.
#[derive(Debug)]
pub(crate) struct Subscribers(pub(crate) Arc<OwnHosts>);

impl Web for Subscribers {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<StatusCode, String>> {
        Box::pin(async move {
            let answered = self.0.send(request).await;
            let answered = answered.map_err(|failure| failure.to_string())?;
            Ok(answered.status())
        })
    }
}

/// Calls APIs.
#[derive(Debug)]
pub(crate) struct Apis(pub(crate) Arc<OwnHosts>);

impl CallApis for Apis {
    fn send(&self, request: Request<Bytes>) -> BoxFuture<'_, Result<ApiAnswer, String>> {
        Box::pin(async move {
            let answered = self.0.send(request).await;
            answered.map_err(|failure| failure.to_string())
        })
    }
}
