//! One message: which route it selects, the event its integration gets, the frame that answers.
//!
//! The session calls [`receive`] for each message and goes on reading: every message
//! has a task of its own, so the calls of one connection run side by side, as on AWS.

pub mod context;
pub(crate) mod execution;
pub(crate) mod reply;
pub mod selection;
pub(crate) mod subject;
pub mod validation;

use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use landline_wire::Timestamp;
use tracing::Instrument as _;

use crate::connection::Connection;
use crate::connection::outbound::SendFailure;
use crate::deployment::snapshot::{Integration, IntegrationTarget, LiveStage, Route, RouteKey};
use crate::gateway::DataPlane;
use crate::integration::{self, Answer, IntegrationFailure};
use crate::observe::{self, Observer, Outcome, Step};
use execution::{Execution, Occasion};
use reply::GatewayError;
use subject::{Event, Subject};

/// Routes a message and calls its integration.
pub(crate) fn receive(plane: &Arc<DataPlane>, connection: &Arc<Connection>, body: &str) {
    let stage = connection.stage.load();
    let request_id = plane.ids.request();
    let time = plane.clock.now();
    connection
        .stage
        .metrics
        .traffic
        .received_bytes
        .add_size(body.len());
    match admit(plane, connection, &stage, body) {
        Ok((route, integration)) => {
            let delivery = Delivery {
                message_id: plane.ids.message(&connection.id, time),
                time,
                plane: Arc::clone(plane),
                connection: Arc::clone(connection),
                observer: observe::begin(plane, &stage, Some(route.key.as_str())),
                step: Step::begin(connection, "MESSAGE", route.key.as_str(), &request_id),
                stage,
                route,
                integration,
                request_id,
            };
            delivery.begin(body);
        }
        Err(refused) => {
            let frame = refused.error.render(&connection.id, &request_id);
            let subject = Subject {
                plane,
                slot: &connection.stage,
                stage: &stage,
                connection: Some(connection),
                route_key: refused.route.as_ref().map(|route| route.key.as_str()),
                request_id: &request_id,
                time,
                event: Event::Message {
                    message_id: None,
                    body,
                },
            };
            subject.count(|counters| counters.messages.add(1));
            let observer = observe::begin(plane, &stage, subject.route_key);
            let outcome = Outcome {
                validation_error: refused.validation_error,
                ..Outcome::refusal(refused.error)
            };
            let route_key = subject.route_key.unwrap_or_default();
            let step = Step::begin(connection, "MESSAGE", route_key, &request_id);
            step.end(outcome.status);
            observe::finish(&subject, &outcome, observer.as_deref());
            let route = refused.route;
            answer_later(plane, connection, Source { stage, route }, frame);
        }
    }
}

/// A message that goes nowhere.
struct Refused {
    error: GatewayError,
    /// Where it would have gone.
    route: Option<Arc<Route>>,
    /// What the route's model finds wrong with it.
    validation_error: Option<String>,
}

impl From<GatewayError> for Refused {
    fn from(error: GatewayError) -> Self {
        Self {
            error,
            route: None,
            validation_error: None,
        }
    }
}

/// The route that takes a message, under its limits.
fn admit(
    plane: &DataPlane,
    connection: &Connection,
    stage: &LiveStage,
    body: &str,
) -> Result<(Arc<Route>, Arc<Integration>), Refused> {
    let snapshot = stage.snapshot.as_ref().ok_or(GatewayError::Forbidden)?;
    let selected = snapshot.route_selection.evaluate(body).ok();
    let route = snapshot
        .route_for_message(selected.as_deref())
        .ok_or(GatewayError::Forbidden)?;
    let settings = stage.settings_of(&route.key);
    let now = plane.uptime();
    let is_admitted =
        plane.admit_call(now) && connection.stage.throttle.admit(now, &route.key, settings);
    let refuse = |error| Refused {
        route: Some(Arc::clone(route)),
        ..Refused::from(error)
    };
    if !is_admitted {
        return Err(refuse(GatewayError::TooManyRequests));
    }
    if let Some(Err(errors)) = route.validation.as_ref().map(|it| it.check(body)) {
        tracing::info!(route = %route.key, ?errors, "message is not what the model says");
        return Err(Refused {
            validation_error: Some(format!("[{}]", errors.join(", "))),
            ..refuse(GatewayError::InvalidRequestBody)
        });
    }
    let Some(integration) = &route.integration else {
        tracing::warn!(route = %route.key, "route has no integration");
        return Err(refuse(GatewayError::InternalServerError));
    };
    Ok((Arc::clone(route), Arc::clone(integration)))
}

/// A message on its way to its integration and back.
struct Delivery {
    plane: Arc<DataPlane>,
    connection: Arc<Connection>,
    stage: Arc<LiveStage>,
    route: Arc<Route>,
    integration: Arc<Integration>,
    request_id: String,
    message_id: String,
    time: Timestamp,
    observer: Option<Box<Observer>>,
    step: Step,
}

/// What a delivery takes along into its task.
enum Payload {
    /// The event of a proxy to Lambda, made while the message was at hand.
    Event(Bytes),
    /// The message, for whoever makes something else of it.
    Message(String),
}

impl Delivery {
    fn begin(self, body: &str) {
        let payload = match self.integration.target {
            IntegrationTarget::Mock => {
                // A mock waits for nothing, so that it needs no task.
                let frame = self.call(body, Bytes::new()).now_or_never().flatten();
                if let Some(frame) = frame {
                    answer_later(&self.plane, &self.connection, self.source(), frame);
                }
                return;
            }
            // Logs show the message itself, so that with them it has to come along.
            IntegrationTarget::LambdaProxy(_) if self.observer.is_none() => {
                Payload::Event(self.execution(body).event())
            }
            _ => Payload::Message(body.to_owned()),
        };
        let guard = self.connection.begin_call(&self.plane);
        let tracker = self.plane.tasks.clone();
        let span = self.step.span.clone();
        let delivered = async move {
            let _in_flight = guard;
            let frame = match payload {
                Payload::Event(event) => self.call("", event).await,
                Payload::Message(body) => {
                    let event = event_for(&self.integration, &self.execution(&body));
                    self.call(&body, event).await
                }
            };
            if let Some(frame) = frame {
                send(&self.plane, &self.connection, &self.source(), frame).await;
            }
        };
        tracker.spawn(delivered.instrument(span));
    }

    fn source(&self) -> Source {
        Source {
            stage: Arc::clone(&self.stage),
            route: Some(Arc::clone(&self.route)),
        }
    }

    fn execution<'a>(&'a self, body: &'a str) -> Execution<'a> {
        Execution {
            plane: &self.plane,
            slot: &self.connection.stage,
            stage: &self.stage,
            route: &self.route,
            request_id: &self.request_id,
            time: self.time,
            occasion: Occasion::Message {
                connection: &self.connection,
                message_id: &self.message_id,
                body,
            },
            observer: self.observer.as_deref(),
            trace: self.step.context,
        }
    }

    /// Calls the integration; the frame that its outcome makes, if any.
    async fn call(&self, body: &str, event: Bytes) -> Option<Bytes> {
        let _panicked = AnswerOnPanic(self);
        let execution = self.execution(body);
        if let Some(observer) = &self.observer {
            observer.event(&event);
        }
        let result = integration::call(&self.integration, &execution, event).await;
        let result = result.and_then(|answer| self.within_limit(answer));
        let subject = execution.subject();
        subject.count(|counters| counters.messages.add(1));
        let outcome = Outcome::of_call(&self.integration.target, result.as_ref().map_err(|it| *it));
        self.step.end(outcome.status);
        observe::finish(&subject, &outcome, self.observer.as_deref());
        match result {
            Ok(answer) if self.route.is_two_way() => reply::reply(answer),
            Ok(_) => None,
            Err(failure) => Some(self.error_frame(failure)),
        }
    }

    /// A message has one limit in both directions; a larger answer is no answer, as in REST APIs.
    fn within_limit(&self, answer: Answer) -> Result<Answer, IntegrationFailure> {
        let limit = self.plane.limits.messages.message_bytes;
        let bytes = answer.body.as_ref().map_or(0, Bytes::len);
        if bytes <= limit || !self.route.is_two_way() {
            return Ok(answer);
        }
        tracing::warn!(route = %self.route.key, bytes, limit, "answer is larger than a message");
        Err(IntegrationFailure::AnswerTooLarge)
    }

    /// Errors reach the client even of a one-way route.
    fn error_frame(&self, failure: IntegrationFailure) -> Bytes {
        GatewayError::from(failure).render(&self.connection.id, &self.request_id)
    }
}

/// Tells the client when the call of an integration panics, as of any other failure.
struct AnswerOnPanic<'a>(&'a Delivery);

impl Drop for AnswerOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let outcome = Outcome::refusal(GatewayError::InternalServerError);
            let subject = self.0.execution("").subject();
            self.0.step.end(outcome.status);
            observe::finish(&subject, &outcome, self.0.observer.as_deref());
            let frame = self.0.error_frame(IntegrationFailure::NotCallable);
            let limits = &self.0.plane.limits;
            let _gone_or_full = self.0.connection.outbound.try_send(&frame, limits);
        }
    }
}

/// Where an answer comes from: it counts there, too.
struct Source {
    stage: Arc<LiveStage>,
    route: Option<Arc<Route>>,
}

/// Sends a frame, or drops it when the client is gone or takes nothing.
async fn send(plane: &DataPlane, connection: &Connection, source: &Source, frame: Bytes) {
    let bytes = frame.len();
    if connection.outbound.send(frame, &plane.limits).await.is_ok() {
        sent(plane, connection, source, bytes);
    }
}

/// Sends a frame without waiting, unless the client's queue is full.
fn answer_later(
    plane: &Arc<DataPlane>,
    connection: &Arc<Connection>,
    source: Source,
    frame: Bytes,
) {
    match connection.outbound.try_send(&frame, &plane.limits) {
        Ok(()) => return sent(plane, connection, &source, frame.len()),
        Err(SendFailure::Gone) => return,
        Err(SendFailure::Full) => {}
    }
    // Counted as a call, so that a client that floods and does not read is slowed down.
    let guard = connection.begin_call(plane);
    let (plane, connection) = (Arc::clone(plane), Arc::clone(connection));
    plane.tasks.clone().spawn(async move {
        let _in_flight = guard;
        send(&plane, &connection, &source, frame).await;
    });
}

/// Notes a message that its client will get.
fn sent(plane: &DataPlane, connection: &Connection, source: &Source, bytes: usize) {
    connection.touch(plane);
    let metrics = &connection.stage.metrics;
    let route_key = source.route.as_ref().map(|route| route.key.as_str());
    metrics.count(&source.stage, route_key, |counters| {
        counters.messages.add(1);
    });
    metrics.traffic.sent_bytes.add_size(bytes);
}

/// Runs the integration of a `$connect` route, if it has one.
pub(crate) async fn connect(
    execution: &Execution<'_>,
) -> Result<Option<Answer>, IntegrationFailure> {
    let Some(integration) = &execution.route.integration else {
        return Ok(None);
    };
    let event = event_for(integration, execution);
    integration::call(integration, execution, event)
        .await
        .map(Some)
}

/// The event of a proxy to Lambda; nobody else wants one.
fn event_for(integration: &Integration, execution: &Execution<'_>) -> Bytes {
    match integration.target {
        IntegrationTarget::LambdaProxy(_) => execution.event(),
        _ => Bytes::new(),
    }
}

/// Runs the `$disconnect` route of a connection that has ended.
///
/// Best effort, as on AWS: the connection is gone whatever the integration answers.
pub(crate) fn disconnected(
    plane: &Arc<DataPlane>,
    connection: &Arc<Connection>,
    status_code: u16,
    reason: &str,
) {
    // The routes of a deleted stage are gone with it.
    if connection.stage.is_retired() {
        return;
    }
    let stage = connection.stage.load();
    let metrics = &connection.stage.metrics;
    metrics.count(&stage, Some(RouteKey::Disconnect.as_str()), |counters| {
        counters.disconnects.add(1);
    });
    let route = stage
        .snapshot
        .as_ref()
        .and_then(|snapshot| snapshot.disconnect());
    let called = route.and_then(with_integration);
    let called = called.map(|(route, integration)| (Arc::clone(route), Arc::clone(integration)));
    let observer = observe::begin(plane, &stage, Some(RouteKey::Disconnect.as_str()));
    if called.is_none() && observer.is_none() {
        return;
    }
    let ended = Ended {
        plane: Arc::clone(plane),
        connection: Arc::clone(connection),
        stage,
        time: plane.clock.now(),
        status_code,
        reason: reason.into(),
        observer,
    };
    plane.tasks.clone().spawn(async move {
        match called {
            Some((route, integration)) => ended.call(&route, &integration).await,
            None => ended.finish(&ended.plane.ids.request(), &Outcome::success(200)),
        }
    });
}

/// A connection that has ended.
struct Ended {
    plane: Arc<DataPlane>,
    connection: Arc<Connection>,
    stage: Arc<LiveStage>,
    time: Timestamp,
    status_code: u16,
    reason: Box<str>,
    observer: Option<Box<Observer>>,
}

impl Ended {
    async fn call(&self, route: &Route, integration: &Integration) {
        let request_id = self.plane.ids.request();
        let route_key = route.key.as_str();
        let step = Step::begin(&self.connection, "DISCONNECT", route_key, &request_id);
        let execution = Execution {
            plane: &self.plane,
            slot: &self.connection.stage,
            stage: &self.stage,
            route,
            request_id: &request_id,
            time: self.time,
            occasion: Occasion::Disconnect {
                connection: &self.connection,
                status_code: self.status_code,
                reason: &self.reason,
            },
            observer: self.observer.as_deref(),
            trace: step.context,
        };
        let event = event_for(integration, &execution);
        let called = integration::call(integration, &execution, event);
        let result = called.instrument(step.span.clone()).await;
        let outcome = Outcome::of_call(&integration.target, result.as_ref().map_err(|it| *it));
        step.end(outcome.status);
        self.finish(&request_id, &outcome);
    }

    fn finish(&self, request_id: &str, outcome: &Outcome) {
        let subject = Subject {
            plane: &self.plane,
            slot: &self.connection.stage,
            stage: &self.stage,
            connection: Some(&self.connection),
            route_key: Some(RouteKey::Disconnect.as_str()),
            request_id,
            time: self.time,
            event: Event::Disconnect {
                status_code: self.status_code,
                reason: &self.reason,
            },
        };
        observe::finish(&subject, outcome, self.observer.as_deref());
    }
}

fn with_integration(route: &Arc<Route>) -> Option<(&Arc<Route>, &Arc<Integration>)> {
    route
        .integration
        .as_ref()
        .map(|integration| (route, integration))
}
