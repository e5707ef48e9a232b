//! Stacks: templates that were deployed. [`Stacks::deploy`] creates or updates one, [`Stacks::delete`] deletes one,
//! [`Stacks::recover`] finishes at start what a crash interrupted.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacks.html>
//!
//! An operation, file by file: [`deploy`] → [`blueprint`] (everything that can be refused) → [`plan`] (what differs) →
//! [`apply`] (create and change) → [`removal`] (what is left behind) or [`rollback`].

mod apply;
mod archive;
mod attributes;
mod blueprint;
mod cause;
mod change;
mod deletion;
mod deploy;
mod drift;
mod error;
mod event;
mod exports;
mod imports;
mod occupancy;
mod order;
mod plan;
mod record;
mod recovery;
mod removal;
mod review;
mod rollback;
mod run;
mod values;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use landline_store::{Store, StoreError};
use landline_wire::{Caller, Clock, request_id};
use serde::{Deserialize, Serialize};

pub use attributes::{Attribute, Declared};
pub use cause::Cause;
pub use deletion::{BegunDeletion, Deletion};
pub use deploy::{Intent, Prepared};
pub use drift::{
    Detection, Difference, DifferenceKind, ResourceDrift, ResourceDriftStatus, StackDrift,
    can_be_checked,
};
pub use error::DeployError;
pub use event::{Progress, StackEvent};
pub use exports::Export;
pub use imports::{ImportScope, Imports};
pub use plan::{Action, Plan, PlannedChange, PropertyChange, Recreation};
pub use record::{
    OnFailure, Operation, OperationKind, Request, ResourceStatus, ShownParameter, Stack,
    StackOutput, StackResource, StackSettings, StackState, StackStatus,
};
pub use recovery::BegunRollback;

use crate::callbacks::Callbacks;
use crate::provider::Providers;
use crate::sources::{NoSources, Sources};
use crate::template::{Includes, Pseudo, Template};
use archive::DELETED;
use blueprint::{Blueprint, Given};
use event::EVENTS;
use occupancy::{Busy, Occupancy};
use record::STACKS;

/// The stacks of one account and region.
#[derive(Debug)]
pub struct Stacks {
    store: Arc<dyn Store>,
    providers: Providers,
    sources: Arc<dyn Sources>,
    clock: Arc<dyn Clock>,
    /// On whose behalf resources are made: the owner of the account.
    caller: Caller,
    occupancy: Occupancy,
    callbacks: Arc<Callbacks>,
}

/// What to deploy.
#[derive(Clone, Debug, Default)]
pub struct Deployment {
    pub stack_name: String,
    /// The template as its author wrote it, before any transform.
    pub template: String,
    pub parameters: BTreeMap<String, String>,
    /// What the template includes, as far as it was read: see [`Stacks::read_includes`].
    pub includes: Includes,
    /// Where the template lies: what the paths in it are relative to. Nothing if it came over the API.
    pub directory: Option<PathBuf>,
    /// Deploys an API anew when its routes or integrations changed. AWS does not: there a deployment stays what it was
    /// until its logical id changes, which is not what an author at work expects.
    pub renew_snapshots: bool,
    /// What exists already and is taken over.
    pub imports: Imports,
    pub options: DeployOptions,
}

/// What may be said beside the template and its parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeployOptions {
    /// For the stack and every resource that takes tags.
    pub tags: BTreeMap<String, String>,
    pub capabilities: Vec<String>,
    /// Topics that would hear of the stack's events; kept, not called.
    pub notification_arns: Vec<String>,
    /// The role of CloudFormation; kept, not assumed.
    pub role_arn: Option<String>,
    pub on_failure: OnFailure,
    pub timeout_minutes: Option<i32>,
    pub termination_protection: bool,
    pub policy: Option<String>,
    pub client_request_token: Option<String>,
    /// The change set that is executed.
    pub change_set_id: Option<String>,
    pub parent_id: Option<String>,
    pub root_id: Option<String>,
}

/// How a deployment that succeeded left the stack.
#[derive(Clone, Debug)]
pub struct Deployed {
    pub stack: Stack,
    /// What was done; empty if the stack already was what the template says.
    pub plan: Plan,
}

impl Stacks {
    pub fn new(
        store: Arc<dyn Store>,
        providers: Providers,
        clock: Arc<dyn Clock>,
        caller: Caller,
    ) -> Self {
        Self {
            store,
            providers,
            sources: Arc::new(NoSources),
            clock,
            caller,
            occupancy: Occupancy::default(),
            callbacks: Arc::default(),
        }
    }

    /// The same stacks with somewhere to look up what templates name.
    #[must_use]
    pub fn with_sources(mut self, sources: Arc<dyn Sources>) -> Self {
        self.sources = sources;
        self
    }

    /// The same stacks with callbacks that a provider knows too.
    #[must_use]
    pub fn with_callbacks(mut self, callbacks: Arc<Callbacks>) -> Self {
        self.callbacks = callbacks;
        self
    }

    pub fn callbacks(&self) -> &Arc<Callbacks> {
        &self.callbacks
    }

    pub fn sources(&self) -> &Arc<dyn Sources> {
        &self.sources
    }

    /// The account and region of the stacks, and on whose behalf their resources are made.
    pub fn owner(&self) -> &Caller {
        &self.caller
    }

    pub fn store(&self) -> &Arc<dyn Store> {
        &self.store
    }

    pub fn clock(&self) -> &Arc<dyn Clock> {
        &self.clock
    }

    /// Whether a template may have resources of the type.
    pub fn knows_type(&self, resource_type: &str) -> bool {
        self.providers.get(resource_type).is_some()
    }

    pub fn get(&self, stack_name: &str) -> Result<Option<Stack>, StoreError> {
        STACKS.get(&*self.store, stack_name)
    }

    /// A stack by its name or its ARN; one that was deleted only by its ARN.
    pub fn find(&self, name_or_id: &str) -> Result<Option<Stack>, StoreError> {
        let Some(name) = name_in(name_or_id) else {
            return self.get(name_or_id);
        };
        match self.get(name)?.filter(|stack| stack.id == name_or_id) {
            Some(stack) => Ok(Some(stack)),
            None => DELETED.get(&*self.store, name_or_id),
        }
    }

    /// All stacks, by name.
    pub fn list(&self) -> Result<Vec<Stack>, StoreError> {
        Ok(STACKS
            .load(&*self.store)?
            .into_iter()
            .map(|(_, stack)| stack)
            .collect())
    }

    /// The stacks that were deleted and are still known.
    pub fn list_deleted(&self) -> Result<Vec<Stack>, StoreError> {
        Ok(DELETED
            .load(&*self.store)?
            .into_iter()
            .map(|(_, stack)| stack)
            .collect())
    }

    /// The events of a stack, oldest first.
    pub fn events(&self, stack: &Stack) -> Result<Vec<StackEvent>, StoreError> {
        let events = self
            .store
            .read(|reader| EVENTS.list_in(reader, &format!("{}/", stack.id)))?;
        Ok(events.into_iter().map(|(_, event)| event).collect())
    }

    /// Whether a template can be deployed, and what that would change.
    pub async fn plan(&self, deployment: &Deployment) -> Result<Plan, DeployError> {
        let deployment = &self.read_includes(deployment.clone()).await?;
        let existing = self
            .get(&deployment.stack_name)?
            .filter(|stack| stack.status.can_be_updated());
        let stack = existing.unwrap_or_else(|| self.new_stack(&deployment.stack_name));
        let blueprint = self.blueprint(&stack, deployment).await?;
        self.planned(&blueprint, &stack, deployment).await
    }

    fn new_stack(&self, name: &str) -> Stack {
        let Caller {
            account_id, region, ..
        } = &self.caller;
        Stack {
            name: name.to_owned(),
            id: format!(
                "arn:aws:cloudformation:{region}:{account_id}:stack/{name}/{}",
                request_id::uuid()
            ),
            status: StackStatus::CreateInProgress,
            status_reason: None,
            created_millis: self.clock.now().as_millis(),
            updated_millis: None,
            deleted_millis: None,
            settings: StackSettings::default(),
            state: StackState::default(),
            requests: Vec::new(),
            operation: None,
            last_operation: None,
            last_event_millis: 0,
        }
    }

    /// What a deployment would mean for a stack.
    async fn blueprint(
        &self,
        stack: &Stack,
        deployment: &Deployment,
    ) -> Result<Blueprint, DeployError> {
        let pseudo = Pseudo {
            account_id: self.caller.account_id.to_string(),
            region: self.caller.region.to_string(),
            stack_name: stack.name.clone(),
            stack_id: stack.id.clone(),
            notification_arns: deployment.options.notification_arns.clone(),
        };
        let template = Template::parse_with(
            &deployment.template,
            &deployment.parameters,
            &deployment.includes,
        )?;
        let resolved = self.resolve_parameters(&template, &deployment.parameters);
        let given = Given {
            parameters: &deployment.parameters,
            resolved: resolved.await?,
            pseudo,
            exports: self.exports(&stack.name)?,
            tags: deployment.options.tags.clone(),
            renew_snapshots: deployment.renew_snapshots,
        };
        Ok(Blueprint::new(template, given, &self.providers)?)
    }

    /// Keeps everybody else from a stack until the guard is dropped.
    fn occupy(&self, stack_name: &str) -> Result<Busy, DeployError> {
        if let Some(busy) = self.occupancy.take(stack_name) {
            return Ok(busy);
        }
        let stack = self.get(stack_name)?;
        let status = stack
            .as_ref()
            .map_or(StackStatus::CreateInProgress, |stack| stack.status);
        Err(DeployError::InProgress {
            stack: stack.map_or_else(|| stack_name.to_owned(), |stack| stack.id),
            status,
        })
    }
}

/// The stack's name in its ARN.
fn name_in(id: &str) -> Option<&str> {
    let (_, rest) = id.split_once(":stack/")?;
    rest.split('/').next()
}

fn check_name(stack_name: &str) -> Result<(), DeployError> {
    let letters = stack_name.starts_with(|first: char| first.is_ascii_alphabetic());
    let rest = stack_name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || c == '-');
    if letters && rest && stack_name.len() <= 128 {
        Ok(())
    } else {
        Err(DeployError::BadName {
            stack_name: stack_name.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests;
