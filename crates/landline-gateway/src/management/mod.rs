//! The `@connections` API: post to a client, look at it, cut it off.
//!
//! The typed handlers serve calls in process; [`Gateway::serve_connections`] serves
//! HTTP, whose headers and bodies differ from other services' in many ways.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html>.

mod report;

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

use crate::authorizer::{self, ACCESS_DENIED};
use crate::connection::Connection;
use crate::connection::codec::Close;
use crate::connection::id::ConnectionId;
use crate::connection::outbound::SendFailure;
use crate::gateway::{DataPlane, Gateway};
use crate::message::context::trace_id;
use crate::message::reply::into_text;
use crate::observe::Step;
use report::{Ended, POST};

/// A request to `@connections/{id}`, in whatever form its URL came.
#[derive(Debug)]
pub struct ConnectionsRequest<'a> {
    /// POST, GET or DELETE.
    pub method: &'a Method,
    /// The API whose URL was used. `None` when the URL names none; then the id alone decides.
    pub api_id: Option<&'a str>,
    /// The stage whose URL was used, which any stage of the API may be.
    pub stage: Option<&'a str>,
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
        let ids = CallIds {
            caller,
            request_id: self.plane.ids.request(),
        };
        match self.serve(request, &ids).await {
            Ok(body) => self.success(&body, &ids),
            Err(error) => self.failure(&error, &ids),
        }
    }

    /// Refuses an id that was never issued, before anybody asks who calls.
    ///
    /// # Errors
    ///
    /// What [`refuse_connections`](Self::refuse_connections) makes an answer of.
    pub fn check_connection_id(&self, connection_id: &str) -> Result<(), ServiceError> {
        self.plane.parse_id(connection_id).map(|_| ())
    }

    /// The answer to a request whose id was invented, or whose signature does not hold.
    pub fn refuse_connections(
        &self,
        refusal: &ServiceError,
        caller: &Caller,
    ) -> Response<Full<Bytes>> {
        let request_id = self.plane.ids.request();
        self.failure(refusal, &CallIds { caller, request_id })
    }

    async fn serve(
        &self,
        request: ConnectionsRequest<'_>,
        ids: &CallIds<'_>,
    ) -> Result<Body, ServiceError> {
        let target = Target {
            id: self.plane.parse_id(request.connection_id)?,
            api_id: request.api_id,
            stage: request.stage,
        };
        let call = match *request.method {
            Method::POST => Call::Post(request.body),
            Method::GET => Call::Get,
            Method::DELETE => Call::Delete,
            _ => {
                return Err(ServiceError::new(
                    "MissingAuthenticationTokenException",
                    403,
                    "Missing Authentication Token",
                ));
            }
        };
        let method = call.method();
        match self
            .plane
            .manage(&target, call, ids.caller, &ids.request_id)
            .await
        {
            Ok(connection) if method == "GET" => Ok(Body::Json(render(&connection))),
            Ok(_) if method == "DELETE" => Ok(Body::None),
            Ok(_) => Ok(Body::Empty),
            Err(error) => Err(error),
        }
    }

    fn success(&self, body: &Body, ids: &CallIds<'_>) -> Response<Full<Bytes>> {
        let (status, bytes) = match body {
            Body::Empty => (StatusCode::OK, Bytes::new()),
            Body::Json(json) => (StatusCode::OK, json.clone()),
            Body::None => (StatusCode::NO_CONTENT, Bytes::new()),
        };
        let mut response = Response::new(Full::new(bytes));
        *response.status_mut() = status;
        let headers = response.headers_mut();
        ids.add_to(headers);
        let now = self.plane.clock.now();
        insert(headers, TRACE_ID, &trace_id(now));
        if !matches!(body, Body::None) {
            headers.insert(header::CONTENT_TYPE, JSON);
        }
        response
    }

    /// An error as this API answers it: 413 says nothing at all, 410 only its name.
    fn failure(&self, error: &ServiceError, ids: &CallIds<'_>) -> Response<Full<Bytes>> {
        let mut response = Response::new(Full::default());
        *response.status_mut() = StatusCode::from_u16(error.status).unwrap_or_default();
        if error.status == 413 {
            return response;
        }
        let headers = response.headers_mut();
        ids.add_to(headers);
        insert(headers, ERROR_TYPE, &error.code);
        if error.status != 400 {
            insert(headers, TRACE_ID, &trace_id(self.plane.clock.now()));
        }
        headers.insert(header::CONTENT_TYPE, JSON);
        if error.status != 410 {
            // Who may not is told so with a capital letter, and nobody else.
            let member = match &*error.code {
                ACCESS_DENIED => "Message",
                _ => "message",
            };
            let body = serde_json::json!({ member: error.message });
            *response.body_mut() = Full::new(body.to_string().into());
        }
        response
    }
}

/// What a call is known by: AWS's id for the caller, and the gateway's own.
struct CallIds<'a> {
    caller: &'a Caller,
    request_id: String,
}

impl CallIds<'_> {
    fn add_to(&self, headers: &mut HeaderMap) {
        insert(headers, REQUEST_ID, &self.caller.request_id);
        insert(headers, APIGW_ID, &self.request_id);
    }
}

/// What is asked for.
enum Call {
    Post(Bytes),
    Get,
    Delete,
}

impl Call {
    fn method(&self) -> &'static str {
        match self {
            Self::Post(_) => "POST",
            Self::Get => "GET",
            Self::Delete => "DELETE",
        }
    }

    /// The status of its success.
    fn success(&self) -> u16 {
        match self {
            Self::Post(_) | Self::Get => 200,
            Self::Delete => 204,
        }
    }

    /// As access logs and metrics name it.
    fn route_key(&self) -> &'static str {
        match self {
            Self::Post(_) => POST,
            Self::Get => "GET /@connections/{connectionId}",
            Self::Delete => "DELETE /@connections/{connectionId}",
        }
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
    stage: Option<&'a str>,
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

    /// Does what is asked for, and tells about it; the connection that it was about.
    async fn manage(
        &self,
        target: &Target<'_>,
        call: Call,
        caller: &Caller,
        request_id: &str,
    ) -> Result<Arc<Connection>, ServiceError> {
        let time = self.clock.now();
        let (route_key, success) = (call.route_key(), call.success());
        let found = self.find(target);
        let traced = found.as_ref().ok().map(|connection| &**connection);
        let trace_id = caller.trace_id.as_deref();
        let step = Step::for_management(traced, trace_id, route_key, request_id);
        let admitted = match self
            .authorize_management(target, &found, &call, caller)
            .await
        {
            Ok(()) => self.admit_management(),
            Err(denied) => Err(denied),
        };
        let result = match admitted {
            Err(error) => Err(error),
            Ok(()) => match (&found, call) {
                (Err(error), _) => Err(error.clone()),
                (Ok(connection), Call::Post(data)) => self.post(connection, data).await,
                (Ok(connection), Call::Get) => describe(connection),
                (Ok(connection), Call::Delete) => delete(connection),
            },
        };
        let connection = found.as_ref().ok();
        let ended = Ended {
            route_key,
            request_id,
            time,
            status: result.as_ref().map_or_else(|it| it.status, |()| success),
            error: result.as_ref().err(),
        };
        step.end(ended.status);
        self.tell(target, connection, caller, &ended).await;
        result.and(found)
    }

    /// Whether the caller's policies allow the call, before it learns whether the
    /// connection is gone.
    async fn authorize_management(
        &self,
        target: &Target<'_>,
        found: &Result<Arc<Connection>, ServiceError>,
        call: &Call,
        caller: &Caller,
    ) -> Result<(), ServiceError> {
        if caller.may_everything() {
            return Ok(());
        }
        let live = found.as_ref().ok().map(|it| it.stage.load());
        let own = live.as_deref();
        let api_id = target.api_id.or_else(|| Some(own?.api_id.as_str()));
        let stage = target.stage.or_else(|| Some(own?.stage_name.as_str()));
        let (Some(api_id), Some(stage)) = (api_id, stage) else {
            // A connection that is gone, by a URL that names no API.
            return Ok(());
        };
        authorizer::authorize_management(self, caller, api_id, stage, call.method()).await
    }

    fn admit_management(&self) -> Result<(), ServiceError> {
        if self.admit_call(self.uptime()) {
            return Ok(());
        }
        Err(errors::LimitExceededException.with("Too Many Requests"))
    }

    /// Queues a message for the client; what is no text becomes U+FFFD.
    async fn post(&self, connection: &Connection, data: Bytes) -> Result<(), ServiceError> {
        if data.len() > self.limits.messages.message_bytes {
            return Err(errors::PayloadTooLargeException.with(""));
        }
        let text = into_text(data);
        let bytes = text.len();
        match connection.outbound.send(text, &self.limits).await {
            Ok(()) => {
                connection.touch(self);
                let traffic = &connection.stage.metrics.traffic;
                traffic.posts.add(1);
                traffic.sent_bytes.add_size(bytes);
                Ok(())
            }
            Err(SendFailure::Gone) => Err(gone()),
            Err(SendFailure::Full) => {
                Err(errors::LimitExceededException.with("The client takes its messages too slowly"))
            }
        }
    }
}

fn describe(connection: &Connection) -> Result<(), ServiceError> {
    if connection.outbound.is_open() {
        return Ok(());
    }
    Err(gone())
}

fn delete(connection: &Connection) -> Result<(), ServiceError> {
    let close = Close::new(1000, "Connection Closed Normally");
    if connection.outbound.close(close) {
        return Ok(());
    }
    Err(gone())
}

impl Handler<PostToConnection> for Gateway {
    async fn handle(
        &self,
        input: PostToConnectionInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.manage_here(&input.connection_id, Call::Post(input.data), caller)
            .await?;
        Ok(Unit::default())
    }
}

impl Handler<GetConnection> for Gateway {
    async fn handle(
        &self,
        input: GetConnectionInput,
        caller: &Caller,
    ) -> Result<GetConnectionOutput, ServiceError> {
        let connection = self
            .manage_here(&input.connection_id, Call::Get, caller)
            .await?;
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
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.manage_here(&input.connection_id, Call::Delete, caller)
            .await?;
        Ok(Unit::default())
    }
}

impl Gateway {
    /// A call in process names a connection alone.
    async fn manage_here(
        &self,
        connection_id: &str,
        call: Call,
        caller: &Caller,
    ) -> Result<Arc<Connection>, ServiceError> {
        let target = Target {
            id: self.plane.parse_id(connection_id)?,
            api_id: None,
            stage: None,
        };
        let request_id = self.plane.ids.request();
        self.plane.manage(&target, call, caller, &request_id).await
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
