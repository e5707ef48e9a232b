//! Resources that exist already and come into a stack: looked up, taken over as they are, and let go of when the operation
//! is turned back.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/import-resources.html>

use std::collections::BTreeMap;

use landline_store::StoreError;
use serde::{Deserialize, Serialize};

use super::plan::{Action, Plan, PlannedChange};
use super::record::{OperationKind, ResourceStatus, StackStatus};
use super::run::Run;
use super::{Deployment, Prepared, Stacks};
use crate::provider::ResourceRequest;
use crate::template::{DeletionPolicy, is_known};

/// Existing resources that a deployment takes over instead of making them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imports {
    /// What names each of them to its service, by logical id.
    pub identifiers: BTreeMap<String, String>,
    pub scope: ImportScope,
}

/// What else an operation with imports does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum ImportScope {
    /// Whatever the template says.
    #[default]
    Beside,
    /// Nothing.
    Only,
}

impl Prepared {
    /// Whether outputs would be others than they are.
    pub fn changes_outputs(&self) -> bool {
        let outputs = self.blueprint.outputs(&self.stack.state.resources);
        outputs.map_or(true, |outputs| outputs != self.stack.state.outputs)
    }

    /// The type that the template gives a resource.
    pub fn type_of(&self, logical_id: &str) -> Option<&str> {
        let resource = self.blueprint.resource(logical_id);
        resource.map(|resource| resource.resource_type.as_str())
    }

    /// Whether the template says what becomes of a resource that leaves the stack.
    pub fn states_deletion_policy(&self, logical_id: &str) -> bool {
        let resource = self.blueprint.resource(logical_id);
        resource.is_some_and(|resource| resource.states_deletion_policy)
    }
}

impl Plan {
    /// Lets new resources be what they are: taken over.
    pub fn mark_imports(&mut self, imports: &Imports) {
        for change in &mut self.changes {
            if let Some(identifier) = imports.identifiers.get(&change.logical_id)
                && change.action == Action::Add
            {
                change.action = Action::Import;
                change.physical_id = Some(identifier.clone());
            }
        }
    }
}

impl Stacks {
    /// The property that identifies resources of a type that can be taken over.
    pub fn import_identifier(&self, resource_type: &str) -> Option<&'static str> {
        let import = self.providers.get(resource_type)?.import()?;
        Some(import.identifier)
    }

    /// Why resources cannot be taken over: one belongs to a stack, or is not there.
    pub async fn check_imports(
        &self,
        plan: &Plan,
        imports: &Imports,
    ) -> Result<Result<(), String>, StoreError> {
        for change in &plan.changes {
            let Some(identifier) = imports.identifiers.get(&change.logical_id) else {
                continue;
            };
            if let Some(owner) = self.owner_of(&change.resource_type, identifier)? {
                return Ok(Err(format!("{identifier} already exists in stack {owner}")));
            }
            if let Some(provider) = self.providers.get(&change.resource_type)
                && let Err(error) = provider.find(identifier, &self.caller).await
            {
                return Ok(Err(error.reason));
            }
        }
        Ok(Ok(()))
    }

    /// The new resources of a plan that have a name of their own and exist already, in no stack
    /// (`ImportExistingResources`); the reason why they cannot be taken over, if that is so.
    pub async fn existing_of(
        &self,
        plan: &Plan,
        deployment: &Deployment,
    ) -> Result<Result<Imports, String>, StoreError> {
        let mut imports = Imports::default();
        let mut unprotected = Vec::new();
        for change in plan.changes.iter().filter(|it| it.action == Action::Add) {
            let Some((property, name, identifier)) = self.identifier_of(change, deployment) else {
                continue;
            };
            let Some(provider) = self.providers.get(&change.resource_type) else {
                continue;
            };
            let is_free = self.owner_of(&change.resource_type, &identifier)?.is_none();
            if !is_free || provider.find(&identifier, &self.caller).await.is_err() {
                continue;
            }
            if !matches!(
                change.deletion_policy,
                DeletionPolicy::Retain | DeletionPolicy::RetainExceptOnCreate
            ) {
                unprotected.push(format!("{} ({{{property}={name}}})", change.logical_id));
            }
            imports
                .identifiers
                .insert(change.logical_id.clone(), identifier);
        }
        if unprotected.is_empty() {
            return Ok(Ok(imports));
        }
        Ok(Err(format!(
            "CloudFormation is attempting to import some resources because they already exist in your account. The resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template for successful import. The affected resources are {}",
            unprotected.join(", ")
        )))
    }

    /// The property that names a new resource, the name, and what identifies it by that.
    fn identifier_of(
        &self,
        change: &PlannedChange,
        deployment: &Deployment,
    ) -> Option<(&'static str, String, String)> {
        let provider = self.providers.get(&change.resource_type)?;
        let property = provider.import()?.name?;
        let properties = change.after.as_ref()?;
        let name = properties.get(property).filter(|name| is_known(name))?;
        let request = ResourceRequest {
            stack_name: deployment.stack_name.clone(),
            stack_id: String::new(),
            logical_id: change.logical_id.clone(),
            resource_type: change.resource_type.clone(),
            physical_name: String::new(),
            properties: properties.clone(),
            caller: self.caller.clone(),
        };
        let identifier = provider.intended_id(&request)?;
        Some((property, name.as_str()?.to_owned(), identifier))
    }

    /// The stack that has a resource.
    fn owner_of(
        &self,
        resource_type: &str,
        identifier: &str,
    ) -> Result<Option<String>, StoreError> {
        let owner = self.list()?.into_iter().find(|stack| {
            let mut resources = stack.state.resources.values();
            resources.any(|resource| {
                let physical_id = resource.physical_id.as_deref();
                resource.resource_type == resource_type
                    && physical_id.is_some_and(|id| same(resource_type, id, identifier))
            })
        });
        Ok(owner.map(|stack| stack.id))
    }
}

/// Whether both mean the same thing: the host of a queue's URL is whatever its caller came by.
fn same(resource_type: &str, one: &str, other: &str) -> bool {
    if resource_type != "AWS::SQS::Queue" {
        return one == other;
    }
    let path = |url: &str| {
        let mut parts = url.rsplitn(3, '/');
        (
            parts.next().map(str::to_owned),
            parts.next().map(str::to_owned),
        )
    };
    path(one) == path(other)
}

/// Lets go of what an operation took over: the stack forgets it, and it stays what it was.
pub(super) async fn release(run: &mut Run<'_>) -> Result<(), StoreError> {
    let Some(operation) = &run.stack.operation else {
        return Ok(());
    };
    let taken: Vec<String> = operation.imports.keys().cloned().collect();
    for logical_id in taken {
        let resources = &run.stack.state.resources;
        if !resources.contains_key(&logical_id) {
            continue;
        }
        run.set_resource_status(&logical_id, ResourceStatus::ImportRollbackInProgress, None);
        run.set_resource_status(&logical_id, ResourceStatus::ImportRollbackComplete, None);
        run.stack.state.resources.remove(&logical_id);
    }
    run.save().await
}

/// The states of a stack in which an operation of this kind is turned back: under way, done, failed.
pub(super) fn rollback_statuses(kind: OperationKind, is_update: bool) -> [StackStatus; 3] {
    match (kind, is_update) {
        (OperationKind::Import, _) => [
            StackStatus::ImportRollbackInProgress,
            StackStatus::ImportRollbackComplete,
            StackStatus::ImportRollbackFailed,
        ],
        (_, true) => [
            StackStatus::UpdateRollbackInProgress,
            StackStatus::UpdateRollbackComplete,
            StackStatus::UpdateRollbackFailed,
        ],
        (_, false) => [
            StackStatus::RollbackInProgress,
            StackStatus::RollbackComplete,
            StackStatus::RollbackFailed,
        ],
    }
}
