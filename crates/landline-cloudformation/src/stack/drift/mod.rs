//! Drift: whether what a stack made is still what its template says. A detection looks at every resource and keeps what
//! it found, until the next one.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-drift.html>

mod difference;

use std::collections::{BTreeMap, BTreeSet};

use landline_store::{Collection, StoreError, Transaction};
use landline_wire::request_id;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

pub use difference::{Difference, DifferenceKind};

use super::Stacks;
use super::record::{Stack, StackResource, StackStatus};
use crate::provider::{Observed, ProvisionError};
use crate::quotas;
use difference::differences;

/// What was found, by the ARN of the stack.
const DRIFTS: Collection<StackDrift> = Collection::new("cloudformation.drift");
/// The ARNs of stacks, by the id of a detection.
const DETECTIONS: Collection<String> = Collection::new("cloudformation.drift-detection");

/// What the detections found of one stack.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StackDrift {
    /// The newest detections, oldest first.
    pub detections: Vec<Detection>,
    pub resources: BTreeMap<String, ResourceDrift>,
}

/// One look at a stack.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detection {
    pub id: String,
    pub started_millis: i64,
    /// How many resources had drifted.
    pub drifted: i32,
    /// Why not every resource could be looked at.
    pub failure: Option<String>,
}

/// What was found of one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResourceDrift {
    pub resource_type: String,
    pub physical_id: String,
    pub status: ResourceDriftStatus,
    /// JSON objects of the properties that were compared; nothing of a resource that is gone.
    pub expected: Option<String>,
    pub actual: Option<String>,
    pub differences: Vec<Difference>,
    pub checked_millis: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResourceDriftStatus {
    InSync,
    Modified,
    Deleted,
}

impl StackDrift {
    /// What was found of a resource; nothing if it was changed by its stack since.
    pub fn of(&self, logical_id: &str, resource: &StackResource) -> Option<&ResourceDrift> {
        let drift = self.resources.get(logical_id)?;
        let is_current = drift.checked_millis >= resource.updated_millis
            && resource.physical_id.as_deref() == Some(&drift.physical_id);
        is_current.then_some(drift)
    }
}

/// Whether a stack in this state can be compared with its template.
pub fn can_be_checked(status: StackStatus) -> bool {
    matches!(
        status,
        StackStatus::CreateComplete
            | StackStatus::UpdateComplete
            | StackStatus::UpdateRollbackComplete
            | StackStatus::UpdateRollbackFailed
            | StackStatus::ImportComplete
            | StackStatus::ImportRollbackComplete
    )
}

impl Stacks {
    /// Looks at the named resources of a stack, or at all that can be read, and keeps what it found.
    pub async fn detect_drift(
        &self,
        stack: &Stack,
        wanted: &BTreeSet<String>,
    ) -> Result<Detection, StoreError> {
        let started_millis = self.clock.now().as_millis();
        let mut found = BTreeMap::new();
        let mut failures = Vec::new();
        let resources = stack.state.resources.iter();
        for (id, resource) in resources.filter(|(id, _)| wanted.is_empty() || wanted.contains(*id))
        {
            match self.resource_drift(stack, id, resource).await {
                Ok(Some(drift)) => {
                    found.insert(id.clone(), drift);
                }
                Ok(None) => {}
                Err(error) => failures.push(format!("{id}: {}", error.reason)),
            }
        }
        let detection = Detection {
            id: request_id::uuid(),
            started_millis,
            drifted: 0,
            failure: (!failures.is_empty()).then(|| failures.join("; ")),
        };
        self.keep_drift(stack, detection, found).await
    }

    /// Looks at one resource; nothing if it cannot be read.
    async fn resource_drift(
        &self,
        stack: &Stack,
        logical_id: &str,
        resource: &StackResource,
    ) -> Result<Option<ResourceDrift>, ProvisionError> {
        let Some(existing) = resource.existing(logical_id) else {
            return Ok(None);
        };
        let physical_id = existing.physical_id.clone();
        let caller = self
            .caller
            .service("cloudformation.amazonaws.com", &stack.id);
        let observed = self.providers.observe(&existing, &caller).await?;
        let checked_millis = self.clock.now().as_millis();
        let drift = |status| ResourceDrift {
            resource_type: resource.resource_type.clone(),
            physical_id: physical_id.clone(),
            status,
            expected: None,
            actual: None,
            differences: Vec::new(),
            checked_millis,
        };
        let actual = match observed {
            Observed::Unreadable => return Ok(None),
            // It is there, and nobody can say more.
            Observed::Has(actual) if actual.is_empty() => return Ok(None),
            Observed::Gone => return Ok(Some(drift(ResourceDriftStatus::Deleted))),
            Observed::Has(actual) => actual,
        };
        let expected = readable(&resource.properties, &actual);
        let differences = differences(&expected, &actual);
        let status = if differences.is_empty() {
            ResourceDriftStatus::InSync
        } else {
            ResourceDriftStatus::Modified
        };
        let actual: Map<String, Json> = actual
            .into_iter()
            .filter(|(key, value)| expected.contains_key(key) && !value.is_null())
            .collect();
        Ok(Some(ResourceDrift {
            expected: Some(Json::Object(expected).to_string()),
            actual: Some(Json::Object(actual).to_string()),
            differences,
            ..drift(status)
        }))
    }

    /// Everything that was found of a stack.
    pub fn drift(&self, stack: &Stack) -> Result<StackDrift, StoreError> {
        let found = DRIFTS.get(&*self.store, &stack.id)?;
        Ok(found.unwrap_or_default())
    }

    /// A detection by its id, and the ARN of its stack.
    pub fn detection(&self, id: &str) -> Result<Option<(String, Detection)>, StoreError> {
        let Some(stack_id) = DETECTIONS.get(&*self.store, id)? else {
            return Ok(None);
        };
        let drift = DRIFTS.get(&*self.store, &stack_id)?.unwrap_or_default();
        let mut detections = drift.detections.into_iter();
        let found = detections.find(|detection| detection.id == id);
        Ok(found.map(|detection| (stack_id, detection)))
    }

    async fn keep_drift(
        &self,
        stack: &Stack,
        mut detection: Detection,
        found: BTreeMap<String, ResourceDrift>,
    ) -> Result<Detection, StoreError> {
        let stack_id = stack.id.clone();
        let present: BTreeSet<String> = stack.state.resources.keys().cloned().collect();
        let write = self.store.write::<_, StoreError>(move |transaction| {
            let known = DRIFTS.get_in(transaction, &stack_id)?;
            let mut drift = known.unwrap_or_default();
            drift.resources.extend(found);
            drift.resources.retain(|id, _| present.contains(id));
            let drifted = drift.resources.values().filter(|it| it.has_drifted());
            detection.drifted = i32::try_from(drifted.count()).unwrap_or(i32::MAX);
            DETECTIONS.put_in(transaction, &detection.id, &stack_id)?;
            drift.detections.push(detection.clone());
            let surplus = drift.detections.len();
            let surplus = surplus.saturating_sub(quotas::DRIFT_DETECTIONS_KEPT);
            for old in drift.detections.drain(..surplus) {
                DETECTIONS.delete_in(transaction, &old.id);
            }
            DRIFTS.put_in(transaction, &stack_id, &drift)?;
            Ok(detection)
        });
        write.await
    }
}

/// Forgets what was found of a stack that is gone.
pub(super) fn forget_drift(
    transaction: &mut Transaction<'_>,
    stack_id: &str,
) -> Result<(), StoreError> {
    let Some(drift) = DRIFTS.get_in(transaction, stack_id)? else {
        return Ok(());
    };
    for detection in &drift.detections {
        DETECTIONS.delete_in(transaction, &detection.id);
    }
    DRIFTS.delete_in(transaction, stack_id);
    Ok(())
}

/// The properties of the template that can be compared.
fn readable(properties: &Json, actual: &Map<String, Json>) -> Map<String, Json> {
    let properties = properties.as_object().into_iter().flatten();
    properties
        .filter(|(key, _)| actual.contains_key(*key))
        .map(|(key, value)| (key.clone(), value.clone()))
        .collect()
}

impl ResourceDrift {
    pub fn has_drifted(&self) -> bool {
        self.status != ResourceDriftStatus::InSync
    }
}
