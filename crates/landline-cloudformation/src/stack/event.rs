//! What happens to a stack, told while it happens and kept for `DescribeStackEvents`.

use std::fmt;
use std::sync::Arc;

use landline_store::Collection;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// All events, by stack id and time.
pub(super) const EVENTS: Collection<StackEvent> = Collection::new("cloudformation.event");

/// One step of a stack or of one of its resources. Timestamps of a stack's events strictly increase.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StackEvent {
    pub event_id: String,
    pub operation_id: String,
    pub stack_id: String,
    pub stack_name: String,
    /// The stack's own name for an event of the stack itself.
    pub logical_id: String,
    pub physical_id: Option<String>,
    pub resource_type: String,
    pub timestamp_millis: i64,
    pub status: String,
    pub reason: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_request_token: Option<String>,
    /// What a resource shall be, at the beginning of what is done to it. The events that follow show the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Json>,
}

impl StackEvent {
    pub(super) fn key(&self) -> String {
        format!("{}/{:015}", self.stack_id, self.timestamp_millis)
    }

    /// Whether the event is one of the stack as a whole.
    pub fn is_stack(&self) -> bool {
        self.resource_type == STACK_TYPE && self.logical_id == self.stack_name
    }
}

pub(super) const STACK_TYPE: &str = "AWS::CloudFormation::Stack";

/// Whoever watches an operation. Called in order, on the engine's task: it must not block.
#[derive(Clone)]
pub struct Progress(Arc<dyn Fn(&StackEvent) + Send + Sync>);

impl Progress {
    pub fn new(watch: impl Fn(&StackEvent) + Send + Sync + 'static) -> Self {
        Self(Arc::new(watch))
    }

    /// Nobody watches.
    pub fn none() -> Self {
        Self::new(|_| {})
    }

    pub(super) fn tell(&self, event: &StackEvent) {
        (self.0)(event);
    }
}

impl fmt::Debug for Progress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Progress")
    }
}
