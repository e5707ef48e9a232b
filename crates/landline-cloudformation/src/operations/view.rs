//! Stacks, events and resources as the API shows them.

use std::collections::BTreeMap;

use landline_api::cloudformation::{self as api, StackDriftStatus, StackResourceDriftStatus};
use landline_wire::Timestamp;

use super::drift;
use crate::stack::{
    OnFailure, OperationKind, ResourceDrift, ShownParameter, Stack, StackDrift, StackEvent,
    StackResource, StackStatus,
};

pub(super) fn stack(stack: &Stack, drift: &StackDrift) -> api::Stack {
    let (state, settings) = (&stack.state, &stack.settings);
    let is_deleted = stack.status == StackStatus::DeleteComplete;
    let outputs = state.outputs.iter().map(|(name, output)| api::Output {
        output_key: Some(name.clone()),
        output_value: Some(output.value.clone()),
        description: output.description.clone(),
        export_name: output.export_name.clone(),
    });
    let capabilities = state.capabilities.iter();
    api::Stack {
        stack_id: Some(stack.id.clone()),
        stack_name: stack.name.clone(),
        change_set_id: settings
            .change_set_id
            .clone()
            .filter(|_| stack.deleted_millis.is_none()),
        description: state.description.clone(),
        // AWS leaves out what is empty of these and of the outputs; tools stumble where they are missing.
        parameters: Some(parameters(&state.shown_parameters)),
        creation_time: Timestamp::from_millis(stack.created_millis),
        deletion_time: stack.deleted_millis.map(Timestamp::from_millis),
        last_updated_time: stack.updated_millis.map(Timestamp::from_millis),
        rollback_configuration: Some(api::RollbackConfiguration::default()),
        stack_status: status(stack.status),
        stack_status_reason: stack.status_reason.clone(),
        disable_rollback: Some(settings.on_failure == OnFailure::DoNothing),
        notification_arns: Some(state.notification_arns.clone()),
        timeout_in_minutes: settings.timeout_minutes,
        capabilities: some(capabilities.map(|name| name.as_str().into()).collect()),
        outputs: Some(outputs.collect()),
        role_arn: state.role_arn.clone(),
        tags: Some(tags(&state.tags)),
        enable_termination_protection: Some(settings.termination_protection)
            .filter(|_| !is_deleted),
        parent_id: settings.parent_id.clone(),
        root_id: settings.root_id.clone(),
        drift_information: Some(api::StackDriftInformation {
            stack_drift_status: stack_drift_status(drift),
            last_check_timestamp: last_check(drift),
        }),
        last_operations: last_operations(stack),
        ..Default::default()
    }
}

/// A list as AWS tells it where an empty one is left out.
pub(super) fn some<T>(list: Vec<T>) -> Option<Vec<T>> {
    Some(list).filter(|list| !list.is_empty())
}

pub(super) fn summary(stack: &Stack, drift: &StackDrift) -> api::StackSummary {
    api::StackSummary {
        stack_id: Some(stack.id.clone()),
        stack_name: stack.name.clone(),
        template_description: stack.state.description.clone(),
        creation_time: Timestamp::from_millis(stack.created_millis),
        last_updated_time: stack.updated_millis.map(Timestamp::from_millis),
        deletion_time: stack.deleted_millis.map(Timestamp::from_millis),
        stack_status: status(stack.status),
        stack_status_reason: stack.status_reason.clone(),
        parent_id: stack.settings.parent_id.clone(),
        root_id: stack.settings.root_id.clone(),
        drift_information: Some(api::StackDriftInformationSummary {
            stack_drift_status: stack_drift_status(drift),
            last_check_timestamp: last_check(drift),
        }),
        last_operations: last_operations(stack),
    }
}

fn stack_drift_status(drift: &StackDrift) -> StackDriftStatus {
    match drift.detections.last() {
        None => StackDriftStatus::NotChecked,
        Some(detection) => drift::stack_status(detection.drifted),
    }
}

fn last_check(drift: &StackDrift) -> Option<Timestamp> {
    let detection = drift.detections.last()?;
    Some(Timestamp::from_millis(detection.started_millis))
}

fn resource_drift_status(drift: Option<&ResourceDrift>) -> StackResourceDriftStatus {
    drift.map_or(StackResourceDriftStatus::NotChecked, |drift| {
        drift::resource_status(drift.status)
    })
}

fn resource_check(drift: Option<&ResourceDrift>) -> Option<Timestamp> {
    drift.map(|drift| Timestamp::from_millis(drift.checked_millis))
}

fn last_operations(stack: &Stack) -> Option<Vec<api::OperationEntry>> {
    let operation = stack.last_operation.as_ref()?;
    Some(vec![api::OperationEntry {
        operation_type: Some(operation_type(operation.kind)),
        operation_id: Some(operation.id.clone()),
    }])
}

pub(super) fn operation_type(kind: OperationKind) -> api::OperationType {
    match kind {
        OperationKind::Create => api::OperationType::CreateStack,
        OperationKind::Update | OperationKind::Import => api::OperationType::UpdateStack,
        OperationKind::Delete => api::OperationType::DeleteStack,
        OperationKind::Rollback => api::OperationType::Rollback,
        OperationKind::ContinueRollback => api::OperationType::ContinueRollback,
    }
}

pub(super) fn status(status: StackStatus) -> api::StackStatus {
    status.as_str().into()
}

pub(super) fn tags(tags: &BTreeMap<String, String>) -> Vec<api::Tag> {
    let tags = tags.iter();
    tags.map(|(key, value)| api::Tag {
        key: key.clone(),
        value: value.clone(),
    })
    .collect()
}

pub(super) fn parameters(shown: &BTreeMap<String, ShownParameter>) -> Vec<api::Parameter> {
    let shown = shown.iter();
    shown
        .map(|(key, parameter)| api::Parameter {
            parameter_key: Some(key.clone()),
            parameter_value: Some(parameter.value.clone()),
            use_previous_value: None,
            resolved_value: parameter.resolved.clone(),
        })
        .collect()
}

pub(super) fn event(event: StackEvent) -> api::StackEvent {
    api::StackEvent {
        stack_id: event.stack_id,
        event_id: event.event_id,
        stack_name: event.stack_name,
        operation_id: Some(event.operation_id).filter(|id| !id.is_empty()),
        logical_resource_id: Some(event.logical_id),
        // Told before there is one, too.
        physical_resource_id: Some(event.physical_id.unwrap_or_default()),
        resource_type: Some(event.resource_type),
        timestamp: Timestamp::from_millis(event.timestamp_millis),
        resource_status: Some(event.status.as_str().into()),
        resource_status_reason: event.reason,
        resource_properties: event.properties.map(|properties| properties.to_string()),
        client_request_token: event.client_request_token,
        ..Default::default()
    }
}

pub(super) fn resource(
    stack: &Stack,
    logical_id: &str,
    resource: &StackResource,
    drift: &StackDrift,
) -> api::StackResource {
    let drift = drift.of(logical_id, resource);
    api::StackResource {
        stack_name: Some(stack.name.clone()),
        stack_id: Some(stack.id.clone()),
        logical_resource_id: logical_id.to_owned(),
        physical_resource_id: resource.physical_id.clone(),
        resource_type: resource.resource_type.clone(),
        timestamp: Timestamp::from_millis(resource.updated_millis),
        resource_status: resource.status.as_str().into(),
        resource_status_reason: resource.status_reason.clone(),
        drift_information: Some(api::StackResourceDriftInformation {
            stack_resource_drift_status: resource_drift_status(drift),
            last_check_timestamp: resource_check(drift),
        }),
        ..Default::default()
    }
}

pub(super) fn resource_detail(
    stack: &Stack,
    logical_id: &str,
    resource: &StackResource,
    metadata: Option<String>,
    drift: &StackDrift,
) -> api::StackResourceDetail {
    let drift = drift.of(logical_id, resource);
    api::StackResourceDetail {
        stack_name: Some(stack.name.clone()),
        stack_id: Some(stack.id.clone()),
        logical_resource_id: logical_id.to_owned(),
        physical_resource_id: resource.physical_id.clone(),
        resource_type: resource.resource_type.clone(),
        last_updated_timestamp: Timestamp::from_millis(resource.updated_millis),
        resource_status: resource.status.as_str().into(),
        resource_status_reason: resource.status_reason.clone(),
        metadata,
        drift_information: Some(api::StackResourceDriftInformation {
            stack_resource_drift_status: resource_drift_status(drift),
            last_check_timestamp: resource_check(drift),
        }),
        ..Default::default()
    }
}

pub(super) fn resource_summary(
    logical_id: &str,
    resource: &StackResource,
    drift: &StackDrift,
) -> api::StackResourceSummary {
    let drift = drift.of(logical_id, resource);
    api::StackResourceSummary {
        logical_resource_id: logical_id.to_owned(),
        physical_resource_id: resource.physical_id.clone(),
        resource_type: resource.resource_type.clone(),
        last_updated_timestamp: Timestamp::from_millis(resource.updated_millis),
        resource_status: resource.status.as_str().into(),
        resource_status_reason: resource.status_reason.clone(),
        drift_information: Some(api::StackResourceDriftInformationSummary {
            stack_resource_drift_status: resource_drift_status(drift),
            last_check_timestamp: resource_check(drift),
        }),
        module_info: None,
    }
}
