//! `DescribeStackEvents` and `DescribeEvents`. Tools keep the time of the newest event that they have seen and take only
//! later ones, so the times of a stack's events strictly increase; they come newest first.

use std::collections::BTreeMap;

use landline_api::cloudformation::{
    DescribeEvents, DescribeEventsInput, DescribeEventsOutput, DescribeStackEvents,
    DescribeStackEventsInput, DescribeStackEventsOutput, EventType, OperationEvent,
};
use landline_wire::{Caller, Handler, ServiceError, Timestamp};
use serde_json::Value as Json;

use super::{CloudFormation, invalid, unavailable, view};
use crate::quotas;
use crate::stack::{Stack, StackEvent};

impl Handler<DescribeStackEvents> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeStackEventsInput,
        _caller: &Caller,
    ) -> Result<DescribeStackEventsOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        let (events, next_token) =
            self.newest_events(&stack, input.next_token.as_deref(), |_| true)?;
        Ok(DescribeStackEventsOutput {
            stack_events: Some(events.into_iter().map(view::event).collect()),
            next_token,
        })
    }
}

impl Handler<DescribeEvents> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeEventsInput,
        _caller: &Caller,
    ) -> Result<DescribeEventsOutput, ServiceError> {
        let stack = match (&input.stack_name, &input.change_set_name) {
            (Some(name), _) => self.existing(name)?,
            (None, Some(id)) => {
                let change_set = self.change_set(id, None)?;
                self.existing(&change_set.stack_id)?
            }
            (None, None) => return Err(invalid("StackName or ChangeSetName must be specified.")),
        };
        let only_failed = input
            .filters
            .is_some_and(|filters| filters.failed_events == Some(true));
        let operation_id = input.operation_id;
        let is_wanted = |event: &StackEvent| {
            operation_id
                .as_ref()
                .is_none_or(|id| *id == event.operation_id)
                && (!only_failed || event.status.ends_with("_FAILED"))
        };
        let (events, next_token) =
            self.newest_events(&stack, input.next_token.as_deref(), is_wanted)?;
        Ok(DescribeEventsOutput {
            operation_events: Some(events.into_iter().map(operation_event).collect()),
            next_token,
        })
    }
}

impl CloudFormation {
    /// A page of events, newest first. The token is the time of the last event that was given: events that come
    /// between two pages do not move the second.
    fn newest_events(
        &self,
        stack: &Stack,
        token: Option<&str>,
        is_wanted: impl Fn(&StackEvent) -> bool,
    ) -> Result<(Vec<StackEvent>, Option<String>), ServiceError> {
        let before: i64 = match token {
            Some(token) => token
                .parse()
                .map_err(|_| invalid("NextToken is not valid"))?,
            None => i64::MAX,
        };
        let mut events = self.stacks.events(stack).map_err(unavailable)?;
        show_properties(&mut events);
        let mut wanted = events
            .into_iter()
            .rev()
            .filter(|event| event.timestamp_millis < before && is_wanted(event));
        let page: Vec<StackEvent> = wanted.by_ref().take(quotas::PAGE).collect();
        let is_more = wanted.next().is_some();
        let last = page.last().filter(|_| is_more);
        let next_token = last.map(|event| event.timestamp_millis.to_string());
        Ok((page, next_token))
    }
}

/// Gives every event of a resource the properties that the last one before it began with. What is told of things that
/// an update left behind has none; nor has a step back, which began with others.
fn show_properties(events: &mut [StackEvent]) {
    let mut known: BTreeMap<String, Json> = BTreeMap::new();
    let mut turns_back = false;
    for event in events {
        if event.is_stack() {
            turns_back = event.status.ends_with("_CLEANUP_IN_PROGRESS")
                || event.status.starts_with("UPDATE_ROLLBACK_");
        } else if let Some(properties) = &event.properties {
            known.insert(event.logical_id.clone(), properties.clone());
        } else if !turns_back {
            event.properties = known.get(&event.logical_id).cloned();
        }
    }
}

fn operation_event(event: StackEvent) -> OperationEvent {
    let event_type = if event.status.ends_with("_FAILED") && !event.is_stack() {
        EventType::ProvisioningError
    } else {
        EventType::StackEvent
    };
    OperationEvent {
        event_type: Some(event_type),
        event_id: Some(event.event_id),
        stack_id: Some(event.stack_id),
        operation_id: Some(event.operation_id),
        logical_resource_id: Some(event.logical_id),
        physical_resource_id: event.physical_id,
        resource_type: Some(event.resource_type),
        timestamp: Some(Timestamp::from_millis(event.timestamp_millis)),
        resource_status: Some(event.status.as_str().into()),
        resource_status_reason: event.reason,
        client_request_token: event.client_request_token,
        ..Default::default()
    }
}
