//! `DetectStackDrift`, `DetectStackResourceDrift`, `DescribeStackDriftDetectionStatus`, `DescribeStackResourceDrifts`.
//! Looking at resources takes no time here, so a detection is complete when the call that began it is answered.

use std::collections::BTreeSet;

use landline_api::cloudformation::{
    self as api, DescribeStackDriftDetectionStatus, DescribeStackDriftDetectionStatusInput,
    DescribeStackDriftDetectionStatusOutput, DescribeStackResourceDrifts,
    DescribeStackResourceDriftsInput, DescribeStackResourceDriftsOutput, DetectStackDrift,
    DetectStackDriftInput, DetectStackDriftOutput, DetectStackResourceDrift,
    DetectStackResourceDriftInput, DetectStackResourceDriftOutput, DifferenceType,
    PropertyDifference, StackDriftDetectionStatus, StackDriftStatus, StackResourceDriftStatus,
};
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::page::page;
use super::{CloudFormation, invalid, unavailable};
use crate::stack::{
    Difference, DifferenceKind, ResourceDrift, ResourceDriftStatus, Stack, can_be_checked,
};

impl Handler<DetectStackDrift> for CloudFormation {
    async fn handle(
        &self,
        input: DetectStackDriftInput,
        _caller: &Caller,
    ) -> Result<DetectStackDriftOutput, ServiceError> {
        let stack = self.checkable(&input.stack_name)?;
        let wanted = input.logical_resource_ids.unwrap_or_default();
        let wanted: BTreeSet<String> = wanted.into_iter().collect();
        for logical_id in &wanted {
            check_resource(&stack, logical_id)?;
        }
        let detecting = self.stacks.detect_drift(&stack, &wanted);
        let detection = detecting.await.map_err(unavailable)?;
        Ok(DetectStackDriftOutput {
            stack_drift_detection_id: detection.id,
        })
    }
}

impl Handler<DetectStackResourceDrift> for CloudFormation {
    async fn handle(
        &self,
        input: DetectStackResourceDriftInput,
        _caller: &Caller,
    ) -> Result<DetectStackResourceDriftOutput, ServiceError> {
        let stack = self.checkable(&input.stack_name)?;
        let logical_id = input.logical_resource_id;
        check_resource(&stack, &logical_id)?;
        let wanted = BTreeSet::from([logical_id.clone()]);
        let detecting = self.stacks.detect_drift(&stack, &wanted);
        let detection = detecting.await.map_err(unavailable)?;
        if let Some(failure) = detection.failure {
            return Err(invalid(failure));
        }
        let found = self.stacks.drift(&stack).map_err(unavailable)?;
        let drift = found.resources.get(&logical_id).ok_or_else(|| {
            let resource = &stack.state.resources[&logical_id];
            invalid(format!(
                "Drift detection is not supported on resource type {}",
                resource.resource_type
            ))
        })?;
        Ok(DetectStackResourceDriftOutput {
            stack_resource_drift: resource_drift(&stack, &logical_id, drift),
        })
    }
}

impl Handler<DescribeStackDriftDetectionStatus> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeStackDriftDetectionStatusInput,
        _caller: &Caller,
    ) -> Result<DescribeStackDriftDetectionStatusOutput, ServiceError> {
        let id = input.stack_drift_detection_id;
        let found = self.stacks.detection(&id).map_err(unavailable)?;
        let Some((stack_id, detection)) = found else {
            return Err(invalid(format!("Drift detection {id} does not exist")));
        };
        Ok(DescribeStackDriftDetectionStatusOutput {
            stack_id,
            stack_drift_detection_id: id,
            stack_drift_status: Some(stack_status(detection.drifted)),
            detection_status: match detection.failure {
                None => StackDriftDetectionStatus::DetectionComplete,
                Some(_) => StackDriftDetectionStatus::DetectionFailed,
            },
            detection_status_reason: detection.failure,
            drifted_stack_resource_count: Some(detection.drifted),
            timestamp: Timestamp::from_millis(detection.started_millis),
        })
    }
}

impl Handler<DescribeStackResourceDrifts> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeStackResourceDriftsInput,
        _caller: &Caller,
    ) -> Result<DescribeStackResourceDriftsOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        let wanted = input
            .stack_resource_drift_status_filters
            .unwrap_or_default();
        let found = self.stacks.drift(&stack).map_err(unavailable)?;
        let resources = stack.state.resources.iter();
        let checked = resources.filter_map(|(id, resource)| {
            let drift = found.of(id, resource)?;
            let is_wanted = wanted.is_empty() || wanted.contains(&resource_status(drift.status));
            is_wanted.then(|| resource_drift(&stack, id, drift))
        });
        let (drifts, next_token) = page(checked.collect(), input.next_token.as_deref())?;
        Ok(DescribeStackResourceDriftsOutput {
            stack_resource_drifts: drifts,
            next_token,
        })
    }
}

impl CloudFormation {
    /// A stack that can be compared with its template now.
    fn checkable(&self, name: &str) -> Result<Stack, ServiceError> {
        let stack = self.existing(name)?;
        if can_be_checked(stack.status) {
            return Ok(stack);
        }
        Err(invalid(format!(
            "Drift detection cannot be performed on stack [{}] in {} state",
            stack.id, stack.status
        )))
    }
}

fn check_resource(stack: &Stack, logical_id: &str) -> Result<(), ServiceError> {
    if stack.state.resources.contains_key(logical_id) {
        return Ok(());
    }
    Err(invalid(format!(
        "Resource {logical_id} does not exist for stack {}",
        stack.name
    )))
}

pub(super) fn stack_status(drifted: i32) -> StackDriftStatus {
    if drifted == 0 {
        StackDriftStatus::InSync
    } else {
        StackDriftStatus::Drifted
    }
}

pub(super) fn resource_status(status: ResourceDriftStatus) -> StackResourceDriftStatus {
    match status {
        ResourceDriftStatus::InSync => StackResourceDriftStatus::InSync,
        ResourceDriftStatus::Modified => StackResourceDriftStatus::Modified,
        ResourceDriftStatus::Deleted => StackResourceDriftStatus::Deleted,
    }
}

fn resource_drift(
    stack: &Stack,
    logical_id: &str,
    drift: &ResourceDrift,
) -> api::StackResourceDrift {
    let differences = drift.differences.iter().map(difference);
    api::StackResourceDrift {
        stack_id: stack.id.clone(),
        logical_resource_id: logical_id.to_owned(),
        physical_resource_id: Some(drift.physical_id.clone()),
        resource_type: drift.resource_type.clone(),
        expected_properties: drift.expected.clone(),
        actual_properties: drift.actual.clone(),
        property_differences: Some(differences.collect()),
        stack_resource_drift_status: resource_status(drift.status),
        timestamp: Timestamp::from_millis(drift.checked_millis),
        ..Default::default()
    }
}

fn difference(difference: &Difference) -> PropertyDifference {
    PropertyDifference {
        property_path: difference.path.clone(),
        expected_value: difference.expected.clone(),
        actual_value: difference.actual.clone(),
        difference_type: match difference.kind {
            DifferenceKind::Add => DifferenceType::Add,
            DifferenceKind::Remove => DifferenceType::Remove,
            DifferenceKind::NotEqual => DifferenceType::NotEqual,
        },
    }
}
