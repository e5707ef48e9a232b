//! The `@connections` API: post to a client, look at it, cut it off.
//!
//! The typed handlers serve calls in process; [`Gateway::serve_connections`] serves
//! HTTP, whose headers and bodies differ from other services' in many ways.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html>.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::{Method, Response, StatusCode};
use http_body_util::Full;
use landline_api::apigatewaymanagementapi::{
    DeleteConnection, DeleteConnectionInput, GetConnection, GetConnectionInput,
    GetConnectionOutput, Identity, PostToConnection, PostToConnectionInput, errors,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use percent_encoding::percent_decode_str;

use crate::connection::Connection;
use crate::connection::codec::Close;
use crate::connection::handshake::Refused;
use crate::connection::id::ConnectionId;
use crate::connection::outbound::SendFailure;
use crate::gateway::{DataPlane, Gateway};
use crate::message::context::trace_id;
use crate::message::reply::into_text;

/// A request to `@connections/{id}`, in whatever form its URL came.
#[derive(Debug)]
pub struct ConnectionsRequest<'a> {
    /// POST, GET or DELETE.
    pub method: &'a Method,
    /// The API whose URL was used. `None` when the URL names none; then the id alone decides.
    pub api_id: Option<&'a str>,
    /// The last segment of the path, percent-encoded or not.
    pub connection_id: &'a str,
    /// The message. The front door may stop reading beyond [`MESSAGE_BYTES`](crate::quotas::MESSAGE_BYTES) + 1.
    pub body: Bytes,
}

impl Gateway {
    /// Serves one HTTP request whose caller has been authenticated.
    ///
    /// Let [`check_connection_id`](Self::check_connection_id) refuse first: AWS
    /// answers 400 to an invented id whoever asks.
    pub async fn serve_connections(
        &self,
        request: ConnectionsRequest<'_>,
        caller: &Caller,
    ) -> Response<Full<Bytes>> {
        match self.serve(request).await {
            Ok(body) => self.success(&body, caller),
            Err(error) => self.failure(&error, caller),
        }
    }

    /// Refuses an id that was never issued, before anybody asks who calls.
    ///
    /// # Errors
    ///
    /// The whole answer, ready to be sent.
    pub fn check_connection_id(&self, connection_id: &str, caller: &Caller) -> Result<(), Refused> {
        self.plane
            .parse_id(connection_id)
            .map(|_| ())
            .map_err(|error| Box::new(self.failure(&error, caller)))
    }

    async fn serve(&self, request: ConnectionsRequest<'_>) -> Result<Body, ServiceError> {
        let plane = &self.plane;
        let id = plane.parse_id(request.connection_id)?;
        let target = Target {
            id,
            api_id: request.api_id,
        };
        match *request.method {
            Method::POST => plane
                .post(&target, request.body)
                .await
                .map(|()| Body::Empty),
            Method::GET => plane
                .describe(&target)
                .map(|connection| Body::Json(render(&connection))),
            Method::DELETE => plane.delete(&target).map(|()| Body::None),
            _ => Err(ServiceError::new(
                "MissingAuthenticationTokenException",
                403,
                "Missing Authentication Token",
            )),
        }
    }

    fn success(&self, body: &Body, caller: &Caller) -> Response<Full<Bytes>> {
        let (status, bytes) = match body {
            Body::Empty => (StatusCode::OK, Bytes::new()),
            Body::Json(json) => (StatusCode::OK, json.clone()),
            Body::None => (StatusCode::NO_CONTENT, Bytes::new()),
        };
        let mut response = Response::new(Full::new(bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        self.add_ids(headers, caller);
        let now = self.plane.clock.now();
        insert(headers, TRACE_ID, &trace_id(now));
        if !matches!(body, Body::None) {
            headers.insert(header::CONTENT_TYPE, JSON);
        }
        response
    }

    /// An error as this API answers it: 413 says nothing at all, 410 only its name.
    fn failure(&self, error: &ServiceError, caller: &Caller) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::from_u16(error.status).unwrap_or_default();
        if error.status == 413 {
            return response;
        }
        let headers = response.headers_mut();
        self.add_ids(headers, caller);
        insert(headers, ERROR_TYPE, &error.code);
        if error.status != 400 {
            insert(headers, TRACE_ID, &trace_id(self.plane.clock.now()));
        }
        headers.insert(header::CONTENT_TYPE, JSON);
        if error.status != 410 {
            let body = serde_json::json!({ "message": error.message });
            *response.body_mut() = Full::new(body.to_string().into());
        }
        response
    }

    fn add_ids(&self, headers: &mut HeaderMap, caller: &Caller) {
        insert(headers, REQUEST_ID, &caller.request_id);
        insert(headers, APIGW_ID, &self.plane.ids.request());
    }
}

/// The body of a success.
enum Body {
    /// A POST's: no bytes, but a content type.
    Empty,
    /// A DELETE's.
    None,
    Json(Bytes),
}

/// A connection as a URL names it.
struct Target<'a> {
    id: ConnectionId,
    api_id: Option<&'a str>,
}

impl DataPlane {
    fn parse_id(&self, text: &str) -> Result<ConnectionId, ServiceError> {
        let decoded = percent_decode_str(text).decode_utf8_lossy();
        self.ids.parse(&decoded).ok_or_else(|| {
            let message = format!("Invalid connectionId: {decoded}");
            ServiceError::new("BadRequestException", 400, message)
        })
    }

    /// The connection, through any stage of its API. One that was closed, and one
    /// of another API, is gone.
    fn find(&self, target: &Target<'_>) -> Result<Arc<Connection>, ServiceError> {
        self.registry
            .get(&target.id)
            .filter(|connection| {
                let api_id = target.api_id;
                api_id.is_none_or(|id| connection.stage.load().api_id.as_str() == id)
            })
            .ok_or_else(gone)
    }

    fn admit_management(&self) -> Result<(), ServiceError> {
        if self.admit_call(self.uptime()) {
            return Ok(());
        }
        Err(errors::LimitExceededException.with("Too Many Requests"))
    }

    /// Queues a message for the client; what is no text becomes U+FFFD.
    async fn post(&self, target: &Target<'_>, data: Bytes) -> Result<(), ServiceError> {
        self.admit_management()?;
        let connection = self.find(target)?;
        if data.len() > self.limits.messages.message_bytes {
            return Err(errors::PayloadTooLargeException.with(""));
        }
        let sent = connection
            .outbound
            .send(into_text(data), &self.limits)
            .await;
        match sent {
            Ok(()) => {
                connection.touch(self);
                Ok(())
            }
            Err(SendFailure::Gone) => Err(gone()),
            Err(SendFailure::Full) => {
                Err(errors::LimitExceededException.with("The client takes its messages too slowly"))
            }
        }
    }

    fn describe(&self, target: &Target<'_>) -> Result<Arc<Connection>, ServiceError> {
        self.admit_management()?;
        let connection = self.find(target)?;
        if !connection.outbound.is_open() {
            return Err(gone());
        }
        Ok(connection)
    }

    fn delete(&self, target: &Target<'_>) -> Result<(), ServiceError> {
        self.admit_management()?;
        let close = Close::new(1000, "Connection Closed Normally");
        if !self.find(target)?.outbound.close(close) {
            return Err(gone());
        }
        Ok(())
    }
}

impl Handler<PostToConnection> for Gateway {
    async fn handle(
        &self,
        input: PostToConnectionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let target = self.target(&input.connection_id)?;
        self.plane.post(&target, input.data).await?;
        Ok(Unit::default())
    }
}

impl Handler<GetConnection> for Gateway {
    async fn handle(
        &self,
        input: GetConnectionInput,
        _caller: &Caller,
    ) -> Result<GetConnectionOutput, ServiceError> {
        let target = self.target(&input.connection_id)?;
        let connection = self.plane.describe(&target)?;
        Ok(GetConnectionOutput {
            connected_at: Some(connection.connected_at),
            identity: Some(Identity {
                source_ip: connection.source_ip.to_string(),
                user_agent: connection
                    .user_agent
                    .as_deref()
                    .unwrap_or_default()
                    .to_owned(),
            }),
            last_active_at: Some(connection.last_active_at()),
        })
    }
}

impl Handler<DeleteConnection> for Gateway {
    async fn handle(
        &self,
        input: DeleteConnectionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let target = self.target(&input.connection_id)?;
        self.plane.delete(&target)?;
        Ok(Unit::default())
    }
}

impl Gateway {
    /// A call in process names a connection alone.
    fn target(&self, connection_id: &str) -> Result<Target<'static>, ServiceError> {
        let id = self.plane.parse_id(connection_id)?;
        Ok(Target { id, api_id: None })
    }
}

fn gone() -> ServiceError {
    errors::GoneException.with("")
}

/// A connection as GET shows it: indented by two, with a blank before each colon.
fn render(connection: &Connection) -> Bytes {
    let agent = connection
        .user_agent
        .as_deref()
        .map_or_else(String::new, |agent| {
            format!(",\n    \"userAgent\" : {}", serde_json::Value::from(agent))
        });
    format!(
        "{{\n  \"identity\" : {{\n    \"sourceIp\" : \"{}\"{agent}\n  }},\n  \
         \"connectedAt\" : \"{}\",\n  \"lastActiveAt\" : \"{}\"\n}}",
        connection.source_ip,
        connection.connected_at.iso8601_millis(),
        connection.last_active_at().iso8601_millis(),
    )
    .into()
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

const JSON: HeaderValue = HeaderValue::from_static("application/json");
const APIGW_ID: HeaderName = HeaderName::from_static("x-amz-apigw-id");
const ERROR_TYPE: HeaderName = HeaderName::from_static("x-amzn-errortype");
const REQUEST_ID: HeaderName = HeaderName::from_static("x-amzn-requestid");
const TRACE_ID: HeaderName = HeaderName::from_static("x-amzn-trace-id");
