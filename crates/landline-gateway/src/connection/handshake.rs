//! Answers an upgrade: limits, the `$connect` route, then 101 or a refusal.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html>.

use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::OptionFuture;
use http::header::{self, HeaderValue};
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use landline_wire::Timestamp;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;
use tracing::Instrument as _;

use super::Connection;
use super::registry::Registration;
use super::session::Session;
use super::upgrade::{
    APIGW_ID, JSON, Refusal, Refused, accept_key, switching_protocols, websocket_key,
};
use crate::authorizer::{self, Authentication, Denial, Entrance};
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{LiveStage, Route, RouteKey};
use crate::gateway::{DataPlane, Gateway};
use crate::integration::{Answer, IntegrationFailure};
use crate::message;
use crate::message::context::{Client, Handshake, HeaderNames};
use crate::message::execution::{Execution, Occasion};
use crate::message::reply::GatewayError;
use crate::message::subject::{Event, Subject};
use crate::observe::{self, ConnectionTrace, Observer, Outcome, Step};

/// Where a handshake goes to, as the front door found out.
#[derive(Debug)]
pub struct HandshakeTarget {
    /// The stage that the URL names.
    pub stage: Arc<StageSlot>,
    /// The host that events call `domainName`.
    pub domain_name: String,
    /// The client's address.
    pub source_ip: IpAddr,
    /// What its signature proved.
    pub authentication: Authentication,
}

/// A handshake that was accepted: the 101 to send, and the session that follows it.
///
/// Dropping it ends the connection as one that was lost: `$connect` has run.
#[derive(Debug)]
pub struct Accepted {
    /// Until the session takes it.
    registration: Option<Registration>,
    response: Response<()>,
}

impl Gateway {
    /// Decides about a WebSocket handshake for a stage.
    ///
    /// The answer comes when the `$connect` integration has. A [`HeaderNames`] among
    /// the request's extensions keeps the client's spelling in the event.
    ///
    /// # Errors
    ///
    /// The refusal, ready to be sent.
    pub async fn handshake<B>(
        &self,
        request: &Request<B>,
        target: HandshakeTarget,
    ) -> Result<Accepted, Refused> {
        let plane = &self.plane;
        let key = websocket_key(request).map_err(Refusal::response)?;
        if plane.is_draining() {
            return Err(Refusal::Draining.response());
        }
        let accept = accept_key(key.as_bytes());
        let opening = Opening::new(plane, request, target, accept);
        let span = opening.step.span.clone();
        let (answer, answered) = oneshot::channel();
        // The handshake goes on without its client: what `$connect` has begun,
        // `$disconnect` must be able to end.
        let opened = async move {
            let _left = answer.send(opening.run().await);
        };
        plane.tasks.spawn(opened.instrument(span));
        answered
            .await
            .unwrap_or_else(|_| Err(Refusal::Failed.response()))
    }
}

impl Accepted {
    /// The answer to the client. An HTTP library adds the date.
    pub fn response(&self) -> Response<()> {
        self.response.clone()
    }

    /// The session, once the client has got the answer: it owns `socket` to its end.
    pub fn serve<S>(mut self, socket: S) -> impl Future<Output = ()> + Send
    where
        S: AsyncRead + AsyncWrite + Send + Unpin,
    {
        let registration = self.registration.take();
        let session = registration.map(|registration| {
            let tasks = registration.plane.tasks.clone();
            tasks.track_future(Session::new(registration, socket))
        });
        OptionFuture::from(session).map(|_| ())
    }
}

impl Drop for Accepted {
    fn drop(&mut self) {
        if let Some(lost) = self.registration.take() {
            message::disconnected(&lost.plane, &lost.connection, 1006, "");
        }
    }
}

/// A handshake in flight.
struct Opening {
    plane: Arc<DataPlane>,
    connection: Arc<Connection>,
    handshake: Handshake,
    authentication: Authentication,
    request_id: String,
    accept: String,
    time: Timestamp,
    observer: Option<Box<Observer>>,
    step: Step,
    /// What was refused, and why, when the handshake was.
    outcome: OnceLock<Outcome>,
}

impl Opening {
    fn new<B>(
        plane: &Arc<DataPlane>,
        request: &Request<B>,
        target: HandshakeTarget,
        accept: String,
    ) -> Self {
        let now = plane.clock.now();
        let user_agent = request.headers().get(header::USER_AGENT);
        let client = Client {
            connection_id: plane.ids.connection(now),
            domain_name: &target.domain_name,
            source_ip: target.source_ip,
            user_agent: user_agent.and_then(|agent| agent.to_str().ok()),
            connected_at: now,
        };
        let connection = Arc::new(Connection::new(plane, target.stage, &client));
        let mut handshake = Handshake::new(
            request.headers(),
            request.extensions().get::<HeaderNames>(),
            request.uri().query(),
            target.source_ip,
            now,
        );
        let stage = connection.stage.load();
        let observer = observe::begin(plane, &stage, Some(RouteKey::Connect.as_str()));
        let authentication = target.authentication;
        if authorizer::hides_authorization(&stage, &authentication) {
            handshake.hide(header::AUTHORIZATION.as_str());
        }
        let own = handshake.header_values("x-amzn-trace-id");
        let own = own.and_then(|values| values.last()).map(String::as_str);
        let trace = ConnectionTrace::begin(&connection, &stage, request.headers(), own);
        if let Some(trace) = trace {
            connection.follow(trace);
        }
        let request_id = plane.ids.request();
        let connect = RouteKey::Connect;
        let step = Step::begin(&connection, "CONNECT", connect.as_str(), &request_id);
        Self {
            plane: Arc::clone(plane),
            connection,
            handshake,
            authentication,
            request_id,
            accept,
            time: now,
            observer,
            step,
            outcome: OnceLock::new(),
        }
    }

    async fn run(self) -> Result<Accepted, Refused> {
        let registration = Registration::new(Arc::clone(&self.plane), Arc::clone(&self.connection));
        let admitted = self.admit().await;
        self.finish(&admitted);
        let subprotocol = admitted?;
        Ok(Accepted {
            registration: Some(registration),
            response: switching_protocols(&self.accept, subprotocol.as_deref()),
        })
    }

    /// Tells how the handshake ended.
    fn finish(&self, admitted: &Result<Option<String>, Refused>) {
        let metrics = &self.connection.stage.metrics;
        let outcome = match admitted {
            Ok(_) => {
                metrics.traffic.accepted.add(1);
                Outcome::success(200)
            }
            Err(refused) => self
                .outcome
                .get()
                .cloned()
                .unwrap_or_else(|| Outcome::success(refused.status().as_u16())),
        };
        let subject = Subject {
            plane: &self.plane,
            slot: &self.connection.stage,
            stage: &self.connection.stage.load(),
            connection: Some(&self.connection),
            route_key: Some(RouteKey::Connect.as_str()),
            request_id: &self.request_id,
            time: self.time,
            event: Event::Connect,
        };
        self.step.end(outcome.status);
        observe::finish(&subject, &outcome, self.observer.as_deref());
    }

    /// Whether the client may connect: the subprotocol to answer with, or the refusal.
    async fn admit(&self) -> Result<Option<String>, Refused> {
        let stage = self.connection.stage.load();
        if !stage.serves_sockets() || self.connection.stage.is_retired() {
            return Err(Refusal::Forbidden.response());
        }
        let now = self.plane.uptime();
        let settings = stage.settings_of(&RouteKey::Connect);
        let is_admitted = self.plane.admit_connection(now)
            && self
                .connection
                .stage
                .throttle
                .admit(now, &RouteKey::Connect, settings);
        let permit = self.plane.handshakes.try_acquire();
        let (true, Ok(_permit)) = (is_admitted, permit) else {
            return Err(self.refuse(GatewayError::TooManyRequests));
        };
        let route = stage.snapshot.as_ref().and_then(|it| it.connect());
        let Some(route) = route else {
            return Ok(None);
        };
        let authorizer_latency = self.authorize(&stage, route).await?;
        let execution = self.execution(&stage, route, authorizer_latency);
        let result = message::connect(&execution).await;
        self.note(route, &result);
        match result {
            Ok(None) => Ok(None),
            Ok(Some(answer)) if (200..300).contains(&answer.status_code) => Ok(answer.subprotocol),
            Ok(Some(answer)) => Err(self.pass_on(answer)),
            Err(failure) => Err(self.refuse(failure.into())),
        }
    }

    /// Notes what came of the integration, unless it lets the client in.
    fn note(&self, route: &Route, result: &Result<Option<Answer>, IntegrationFailure>) {
        let Some(integration) = &route.integration else {
            return;
        };
        let answer = match result {
            Ok(None) => return,
            Ok(Some(answer)) if (200..300).contains(&answer.status_code) => return,
            Ok(Some(answer)) => Ok(answer),
            Err(failure) => Err(*failure),
        };
        let _the_first_stands = self
            .outcome
            .set(Outcome::of_call(&integration.target, answer));
    }

    /// Settles who the client is, or turns it away; how long its authorizer took.
    async fn authorize(
        &self,
        stage: &LiveStage,
        route: &Route,
    ) -> Result<Option<Duration>, Refused> {
        let entrance = Entrance {
            plane: &self.plane,
            connection: &self.connection,
            stage,
            route,
            handshake: &self.handshake,
            authentication: &self.authentication,
            request_id: &self.request_id,
            time: self.time,
        };
        let verdict = authorizer::authorize(&entrance).await;
        let report = verdict.report;
        report.trace(&entrance, verdict.result.as_ref().err());
        if let Some(observer) = &self.observer {
            report.tell(observer);
        }
        match verdict.result {
            Ok(admitted) => {
                self.connection.identify(admitted.identity);
                Ok(admitted.authorizer_latency)
            }
            Err(Denial::Malformed) => Err(Refusal::Malformed.response()),
            Err(Denial::Answered { status, message }) => {
                let denied = Outcome::denial(status, message.clone());
                let _the_first_stands = self.outcome.set(denied);
                let body = authorizer::render(&message, &self.connection.id, &self.request_id);
                Err(self.refusal(status, body))
            }
        }
    }

    fn execution<'a>(
        &'a self,
        stage: &'a LiveStage,
        route: &'a Route,
        authorizer_latency: Option<Duration>,
    ) -> Execution<'a> {
        Execution {
            plane: &self.plane,
            slot: &self.connection.stage,
            stage,
            route,
            request_id: &self.request_id,
            time: self.time,
            occasion: Occasion::Connect {
                connection: &self.connection,
                handshake: &self.handshake,
                authorizer_latency,
            },
            observer: self.observer.as_deref(),
            trace: self.step.context,
        }
    }

    /// A refusal in the gateway's own words.
    fn refuse(&self, error: GatewayError) -> Refused {
        let _the_first_stands = self.outcome.set(Outcome::refusal(error));
        let body = error.render(&self.connection.id, &self.request_id);
        self.refusal(error.status(), body)
    }

    /// The refusal of a `$connect` integration: its status, and its body if it gave one.
    fn pass_on(&self, answer: Answer) -> Refused {
        // A final answer cannot have an interim status.
        let status = answer.status_code.max(200);
        if let Some(body) = answer.body {
            return self.refusal(status, body);
        }
        let reason = StatusCode::from_u16(status)
            .ok()
            .and_then(|code| code.canonical_reason());
        let (id, request_id) = (&self.connection.id, &self.request_id);
        let body = message::reply::render(reason.unwrap_or_default(), id, request_id);
        self.refusal(status, body)
    }

    fn refusal(&self, status: u16, body: Bytes) -> Refused {
        let mut response = Response::new(Full::new(body));
        *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, JSON);
        if let Ok(request_id) = HeaderValue::from_str(&self.request_id) {
            headers.insert(APIGW_ID, request_id);
        }
        Box::new(response)
    }
}
