//! What an execution is about, whether it got as far as a route or not: what logs
//! and metrics are told, and the members of `$context`.

use landline_wire::{Caller, Timestamp};
use serde_json::{Value, json};

use crate::connection::Connection;
use crate::connection::id::ConnectionId;
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::LiveStage;
use crate::gateway::DataPlane;
use crate::http::HttpCall;
use crate::mapping::Variables;
use crate::observe::metrics::Counters;

/// What an execution is about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) plane: &'a DataPlane,
    pub(crate) slot: &'a StageSlot,
    pub(crate) stage: &'a LiveStage,
    /// Gone where somebody calls a connection that is.
    pub(crate) connection: Option<&'a Connection>,
    pub(crate) route_key: Option<&'a str>,
    pub(crate) request_id: &'a str,
    pub(crate) time: Timestamp,
    pub(crate) event: Event<'a>,
}

/// What happened.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Event<'a> {
    Connect,
    Message {
        message_id: Option<&'a str>,
        body: &'a str,
    },
    Disconnect {
        status_code: u16,
        reason: &'a str,
    },
    /// A call of `@connections`.
    Management(ManagementCall<'a>),
    /// A request for an HTTP or a REST API.
    Http(&'a HttpCall),
}

/// Whose call of `@connections`, and of which connection. AWS tells of the caller, and of the
/// connection only how it is called.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ManagementCall<'a> {
    pub(crate) caller: &'a Caller,
    /// `{roleId}:{session}`, or the account for its root.
    pub(crate) principal_id: &'a str,
    pub(crate) connection_id: &'a ConnectionId,
}

impl ManagementCall<'_> {
    /// `$context.identity`: the caller's.
    fn identity(&self) -> Value {
        let caller = self.caller;
        json!({
            "accessKey": caller.access_key_id.as_deref(),
            "accountId": &*caller.account_id,
            "caller": self.principal_id,
            "sourceIp": caller.source_ip,
            "user": self.principal_id,
            "userAgent": caller.user_agent.as_deref(),
            "userArn": &*caller.principal,
        })
    }
}

impl Event<'_> {
    /// `$context.eventType`.
    fn name(self) -> &'static str {
        match self {
            Self::Connect => "CONNECT",
            Self::Message { .. } => "MESSAGE",
            Self::Disconnect { .. } => "DISCONNECT",
            Self::Management(_) => "CONNECTION_API",
            Self::Http(_) => "HTTP",
        }
    }
}

impl Subject<'_> {
    /// Counts something for the stage, and for the route where it has metrics of its own.
    pub(crate) fn count(&self, add: impl Fn(&Counters)) {
        self.slot.metrics.count(self.stage, self.route_key, add);
    }
}

impl Variables for Subject<'_> {
    fn member(&self, name: &str) -> Option<Value> {
        if let Event::Http(call) = self.event {
            return call.variable(self, name);
        }
        let connection = self.connection;
        let value = match (name, self.event) {
            ("accountId", _) => json!(&*self.stage.account_id),
            ("apiId", _) => json!(self.stage.api_id.as_str()),
            ("authorizer" | "connectedAt", Event::Management(_)) => return None,
            ("connectionId", Event::Management(call)) => json!(call.connection_id.encode()),
            ("identity", Event::Management(call)) => call.identity(),
            // The id of the API call; the gateway's own is the extended one.
            ("requestId", Event::Management(call)) => json!(&*call.caller.request_id),
            ("authorizer", _) => connection?.context().authorizer()?,
            ("connectedAt", _) => json!(connection?.connected_at.as_millis()),
            ("connectionId", _) => json!(connection?.id.encode()),
            ("disconnectReason", Event::Disconnect { reason, .. }) => json!(reason),
            ("disconnectStatusCode", Event::Disconnect { status_code, .. }) => {
                json!(status_code)
            }
            ("domainName", Event::Management(_)) if connection.is_none() => {
                let (api_id, region) = (&self.stage.api_id, &self.stage.region);
                json!(format!("{api_id}.execute-api.{region}.amazonaws.com"))
            }
            ("domainName", _) => json!(&*connection?.domain_name),
            ("eventType", _) => json!(self.event.name()),
            ("identity", _) => connection?.context().identity()?,
            ("messageDirection", _) => json!("IN"),
            ("messageId", Event::Message { message_id, .. }) => json!(message_id?),
            ("requestId" | "extendedRequestId", _) => json!(self.request_id),
            ("requestTime", _) => json!(self.time.common_log_format()),
            ("requestTimeEpoch", _) => json!(self.time.as_millis()),
            ("routeKey", _) => json!(self.route_key?),
            ("stage", _) => json!(self.stage.stage_name.as_str()),
            _ => return None,
        };
        Some(value)
    }
}
