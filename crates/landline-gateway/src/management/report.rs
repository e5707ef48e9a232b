//! What is told of a call of `@connections` that has ended: counters, and a line of the access log.
//!
//! Observed on AWS: the line tells of the caller, and of the connection only how it is called.

use std::borrow::Cow;
use std::sync::Arc;

use landline_wire::{Caller, ServiceError, Timestamp};

use super::Target;
use crate::authorizer;
use crate::connection::Connection;
use crate::deployment::live::StageSlot;
use crate::gateway::DataPlane;
use crate::message::subject::{Event, ManagementCall, Subject};
use crate::observe::{self, FailureSource, Outcome};

/// How a call ended.
pub(super) struct Ended<'a> {
    pub(super) route_key: &'static str,
    pub(super) request_id: &'a str,
    pub(super) time: Timestamp,
    pub(super) status: u16,
    pub(super) error: Option<&'a ServiceError>,
}

impl DataPlane {
    /// Tells of a call.
    pub(super) async fn tell(
        &self,
        target: &Target<'_>,
        connection: Option<&Arc<Connection>>,
        caller: &Caller,
        ended: &Ended<'_>,
    ) {
        let slot = match connection {
            Some(connection) => Some(Arc::clone(&connection.stage)),
            None => self.slot_of(target),
        };
        let Some(slot) = slot else {
            return;
        };
        let stage = slot.load();
        let observer = observe::begin(self, &stage, Some(ended.route_key));
        let principal_id = match observer {
            Some(_) => authorizer::principal_id(self, caller).await,
            None => String::new(),
        };
        let call = ManagementCall {
            caller,
            principal_id: &principal_id,
            connection_id: &target.id,
        };
        let subject = Subject {
            plane: self,
            slot: &slot,
            stage: &stage,
            connection: connection.map(|connection| &**connection),
            route_key: Some(ended.route_key),
            request_id: ended.request_id,
            time: ended.time,
            event: Event::Management(call),
        };
        if ended.error.is_none() && ended.route_key == POST {
            subject.count(|counters| counters.messages.add(1));
        }
        observe::finish(&subject, &ended.outcome(), observer.as_deref());
    }

    /// The stage that the URL names.
    fn slot_of(&self, target: &Target<'_>) -> Option<Arc<StageSlot>> {
        self.stages.get(target.api_id?, target.stage?)
    }
}

impl Ended<'_> {
    fn outcome(&self) -> Outcome {
        let Some(error) = self.error else {
            return Outcome::success(self.status);
        };
        let message = Some(&error.message).filter(|it| !it.is_empty());
        Outcome {
            error: message.map(|it| Cow::Owned(it.clone())),
            failure: (400..500)
                .contains(&error.status)
                .then_some(FailureSource::Client),
            ..Outcome::success(error.status)
        }
    }
}

/// As access logs and metrics name a post.
pub(super) const POST: &str = "POST /@connections/{connectionId}";
