//! One message: which route it selects, the event its integration gets, the frame that answers.
//!
//! The session calls [`receive`] for each message and goes on reading: every message
//! has a task of its own, so the calls of one connection run side by side, as on AWS.

pub mod context;
pub(crate) mod execution;
pub(crate) mod reply;
pub mod selection;
pub mod validation;

use std::sync::Arc;

use bytes::Bytes;
use futures_util::FutureExt as _;
use landline_wire::Timestamp;

use crate::connection::Connection;
use crate::connection::outbound::SendFailure;
use crate::deployment::snapshot::{Integration, IntegrationTarget, LiveStage, Route};
use crate::gateway::DataPlane;
use crate::integration::{self, Answer, IntegrationFailure};
use execution::{Execution, Occasion};
use reply::GatewayError;

/// Routes a message and calls its integration.
pub(crate) fn receive(plane: &Arc<DataPlane>, connection: &Arc<Connection>, body: &str) {
    let stage = connection.stage.load();
    let request_id = plane.ids.request();
    match admit(plane, connection, &stage, body) {
        Ok((route, integration)) => {
            let time = plane.clock.now();
            let delivery = Delivery {
                message_id: plane.ids.message(&connection.id, time),
                time,
                plane: Arc::clone(plane),
                connection: Arc::clone(connection),
                stage,
                route,
                integration,
                request_id,
            };
            delivery.begin(body);
        }
        Err(error) => {
            let frame = error.render(&connection.id, &request_id);
            answer_later(plane, connection, frame);
        }
    }
}

/// The route that takes a message, under its limits.
fn admit(
    plane: &DataPlane,
    connection: &Connection,
    stage: &LiveStage,
    body: &str,
) -> Result<(Arc<Route>, Arc<Integration>), GatewayError> {
    let snapshot = stage.snapshot.as_ref().ok_or(GatewayError::Forbidden)?;
    let selected = snapshot.route_selection.evaluate(body).ok();
    let route = snapshot
        .route_for_message(selected.as_deref())
        .ok_or(GatewayError::Forbidden)?;
    let settings = stage.settings_of(&route.key);
    let now = plane.uptime();
    let is_admitted =
        plane.admit_call(now) && connection.stage.throttle.admit(now, &route.key, settings);
    if !is_admitted {
        return Err(GatewayError::TooManyRequests);
    }
    if let Some(Err(errors)) = route.validation.as_ref().map(|it| it.check(body)) {
        tracing::info!(route = %route.key, ?errors, "message is not what the model says");
        return Err(GatewayError::InvalidRequestBody);
    }
    let Some(integration) = &route.integration else {
        tracing::warn!(route = %route.key, "route has no integration");
        return Err(GatewayError::InternalServerError);
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
                    answer_later(&self.plane, &self.connection, frame);
                }
                return;
            }
            IntegrationTarget::LambdaProxy(_) => Payload::Event(self.execution(body).event()),
            _ => Payload::Message(body.to_owned()),
        };
        let guard = self.connection.begin_call(&self.plane);
        let tracker = self.plane.tasks.clone();
        tracker.spawn(async move {
            let _in_flight = guard;
            let frame = match payload {
                Payload::Event(event) => self.call("", event).await,
                Payload::Message(body) => self.call(&body, Bytes::new()).await,
            };
            if let Some(frame) = frame {
                send(&self.plane, &self.connection, frame).await;
            }
        });
    }

    fn execution<'a>(&'a self, body: &'a str) -> Execution<'a> {
        Execution {
            plane: &self.plane,
            connection: &self.connection,
            stage: &self.stage,
            route: &self.route,
            request_id: &self.request_id,
            time: self.time,
            occasion: Occasion::Message {
                message_id: &self.message_id,
                body,
            },
        }
    }

    /// Calls the integration; the frame that its outcome makes, if any.
    async fn call(&self, body: &str, event: Bytes) -> Option<Bytes> {
        let _panicked = AnswerOnPanic(self);
        let execution = self.execution(body);
        match integration::call(&self.integration, &execution, event).await {
            Ok(answer) if self.route.is_two_way() => reply::reply(answer),
            Ok(_) => None,
            Err(failure) => Some(self.error_frame(failure)),
        }
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
            let frame = self.0.error_frame(IntegrationFailure::NotCallable);
            let limits = &self.0.plane.limits;
            let _gone_or_full = self.0.connection.outbound.try_send(&frame, limits);
        }
    }
}

/// Sends a frame, or drops it when the client is gone or takes nothing.
async fn send(plane: &DataPlane, connection: &Connection, frame: Bytes) {
    if connection.outbound.send(frame, &plane.limits).await.is_ok() {
        connection.touch(plane);
    }
}

/// Sends a frame without waiting, unless the client's queue is full.
fn answer_later(plane: &Arc<DataPlane>, connection: &Arc<Connection>, frame: Bytes) {
    match connection.outbound.try_send(&frame, &plane.limits) {
        Ok(()) => return connection.touch(plane),
        Err(SendFailure::Gone) => return,
        Err(SendFailure::Full) => {}
    }
    // Counted as a call, so that a client that floods and does not read is slowed down.
    let guard = connection.begin_call(plane);
    let (plane, connection) = (Arc::clone(plane), Arc::clone(connection));
    plane.tasks.clone().spawn(async move {
        let _in_flight = guard;
        send(&plane, &connection, frame).await;
    });
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
    let route = stage
        .snapshot
        .as_ref()
        .and_then(|snapshot| snapshot.disconnect());
    let Some((route, integration)) = route.and_then(with_integration) else {
        return;
    };
    let (route, integration) = (Arc::clone(route), Arc::clone(integration));
    let (plane, connection) = (Arc::clone(plane), Arc::clone(connection));
    let (time, reason) = (plane.clock.now(), Box::<str>::from(reason));
    plane.tasks.clone().spawn(async move {
        let request_id = plane.ids.request();
        let execution = Execution {
            plane: &plane,
            connection: &connection,
            stage: &stage,
            route: &route,
            request_id: &request_id,
            time,
            occasion: Occasion::Disconnect {
                status_code,
                reason: &reason,
            },
        };
        let event = event_for(&integration, &execution);
        let _ignored = integration::call(&integration, &execution, event).await;
    });
}

fn with_integration(route: &Arc<Route>) -> Option<(&Arc<Route>, &Arc<Integration>)> {
    route
        .integration
        .as_ref()
        .map(|integration| (route, integration))
}
