//! One operation on one stack while it runs: its record, its events, and the one place that makes both durable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use landline_store::StoreError;
use landline_wire::{Timestamp, request_id};
use serde_json::Value as Json;

use super::Stacks;
use super::archive::archive;
use super::drift::forget_drift;
use super::event::{EVENTS, Progress, STACK_TYPE, StackEvent};
use super::exports::Shares;
use super::occupancy::TurnBack;
use super::record::{LastOperation, OperationKind, ResourceStatus, STACKS, Stack, StackStatus};
use crate::provider::{Existing, ResourceRequest, Schema, physical_name};
use crate::template::add_tags;

/// The record is changed in memory first and told to nobody; [`Run::save`] makes it durable and then tells.
pub(super) struct Run<'a> {
    pub(super) stacks: &'a Stacks,
    pub(super) progress: &'a Progress,
    pub(super) stack: Stack,
    /// Where the template lies, if it lies on this machine.
    pub(super) directory: Option<PathBuf>,
    /// Whether somebody wants the operation to end; nobody does while a process recovers.
    pub(super) turn_back: Arc<TurnBack>,
    untold: Vec<StackEvent>,
    /// What the index of exports and imports has of the stack.
    shares: Shares,
}

impl<'a> Run<'a> {
    pub(super) fn new(stacks: &'a Stacks, progress: &'a Progress, stack: Stack) -> Self {
        let shares = Shares::of(&stack);
        Self {
            stacks,
            progress,
            stack,
            directory: None,
            turn_back: Arc::default(),
            untold: Vec::new(),
            shares,
        }
    }

    pub(super) fn operation_id(&self) -> String {
        self.stack
            .operation
            .as_ref()
            .map(|operation| operation.id.clone())
            .unwrap_or_default()
    }

    /// What is being done.
    pub(super) fn kind(&self) -> OperationKind {
        let operation = self.stack.operation.as_ref();
        operation.map_or(OperationKind::default(), |operation| operation.kind)
    }

    pub(super) fn set_status(&mut self, status: StackStatus, reason: Option<String>) {
        self.stack.status = status;
        self.stack.status_reason.clone_from(&reason);
        let (name, id) = (self.stack.name.clone(), self.stack.id.clone());
        self.add_event(&name, STACK_TYPE, Some(id), status.as_str(), reason);
    }

    /// Records the state of a resource of the stack, and that it changed.
    pub(super) fn set_resource_status(
        &mut self,
        logical_id: &str,
        status: ResourceStatus,
        reason: Option<String>,
    ) {
        let now = self.stacks.clock.now().as_millis();
        let Some(resource) = self.stack.state.resources.get_mut(logical_id) else {
            return;
        };
        resource.status = status;
        resource.status_reason.clone_from(&reason);
        resource.updated_millis = now;
        let (resource_type, physical_id) =
            (resource.resource_type.clone(), resource.physical_id.clone());
        self.add_event(
            logical_id,
            &resource_type,
            physical_id,
            status.as_str(),
            reason,
        );
    }

    pub(super) fn add_event(
        &mut self,
        logical_id: &str,
        resource_type: &str,
        physical_id: Option<String>,
        status: &str,
        reason: Option<String>,
    ) {
        let now = self.stacks.clock.now().as_millis();
        self.stack.last_event_millis = now.max(self.stack.last_event_millis + 1);
        let time = Timestamp::from_millis(self.stack.last_event_millis);
        self.untold.push(StackEvent {
            event_id: if logical_id == self.stack.name {
                request_id::uuid()
            } else {
                format!("{logical_id}-{status}-{}", time.iso8601_millis())
            },
            operation_id: self.operation_id(),
            stack_id: self.stack.id.clone(),
            stack_name: self.stack.name.clone(),
            logical_id: logical_id.to_owned(),
            physical_id,
            resource_type: resource_type.to_owned(),
            timestamp_millis: self.stack.last_event_millis,
            status: status.to_owned(),
            reason,
            client_request_token: self
                .stack
                .operation
                .as_ref()
                .and_then(|operation| operation.client_request_token.clone()),
            properties: None,
        });
    }

    /// Shows in the newest event what its resource shall be.
    pub(super) fn show_properties(&mut self, properties: Option<Json>) {
        if let Some(event) = self.untold.last_mut() {
            event.properties = properties;
        }
    }

    fn remember_operation(&mut self) {
        if let Some(operation) = &self.stack.operation {
            self.stack.last_operation = Some(LastOperation {
                id: operation.id.clone(),
                kind: operation.kind,
            });
        }
    }

    /// Makes the record and its new events durable together, then tells whoever watches.
    pub(super) async fn save(&mut self) -> Result<(), StoreError> {
        self.remember_operation();
        let events = std::mem::take(&mut self.untold);
        let (stack, told) = (self.stack.clone(), events.clone());
        let (before, after) = (self.shares.clone(), Shares::of(&stack));
        self.shares = after.clone();
        let write = self.stacks.store.write(move |transaction| {
            STACKS.put_in(transaction, &stack.name, &stack)?;
            if before != after {
                Shares::write(transaction, &stack, &before, &after)?;
            }
            events
                .iter()
                .try_for_each(|event| EVENTS.put_in(transaction, &event.key(), event))
        });
        write.await?;
        for event in &told {
            self.progress.tell(event);
        }
        Ok(())
    }

    /// Takes a stack whose last resource is gone out of the stacks and keeps how it ended.
    pub(super) async fn bury(&mut self) -> Result<(), StoreError> {
        self.remember_operation();
        self.stack.deleted_millis = Some(self.stacks.clock.now().as_millis());
        self.stack.operation = None;
        let events = std::mem::take(&mut self.untold);
        let (stack, told) = (self.stack.clone(), events.clone());
        let before = self.shares.clone();
        let write = self.stacks.store.write(move |transaction| {
            STACKS.delete_in(transaction, &stack.name);
            Shares::write(transaction, &stack, &before, &Shares::default())?;
            forget_drift(transaction, &stack.id)?;
            archive(transaction, &stack)?;
            events
                .iter()
                .try_for_each(|event| EVENTS.put_in(transaction, &event.key(), event))
        });
        write.await?;
        for event in &told {
            self.progress.tell(event);
        }
        Ok(())
    }

    pub(super) fn request(
        &self,
        logical_id: &str,
        resource_type: &str,
        properties: Json,
    ) -> ResourceRequest {
        let seed = format!("{}/{}", self.stack.id, self.operation_id());
        ResourceRequest {
            stack_name: self.stack.name.clone(),
            stack_id: self.stack.id.clone(),
            logical_id: logical_id.to_owned(),
            resource_type: resource_type.to_owned(),
            physical_name: physical_name(&self.stack.name, logical_id, &seed),
            properties,
            caller: self
                .stacks
                .caller
                .service("cloudformation.amazonaws.com", &self.stack.id)
                .creating(&format!("{seed}/{logical_id}")),
        }
    }

    /// Adds the tags by which everything that a stack made can be known. Resources have them, records do not: no author
    /// wrote them, so no change set tells them.
    pub(super) fn add_system_tags(
        &self,
        request: &mut ResourceRequest,
        existing: Option<&mut Existing>,
        schema: &Schema,
    ) {
        let resource_type = request.resource_type.as_str();
        let takes_tags = schema.properties.contains(&"Tags");
        if !takes_tags || WITHOUT_SYSTEM_TAGS.contains(&resource_type) {
            return;
        }
        let tags = [
            ("aws:cloudformation:stack-name", &self.stack.name),
            ("aws:cloudformation:stack-id", &self.stack.id),
            ("aws:cloudformation:logical-id", &request.logical_id),
        ];
        let tags: BTreeMap<String, String> = tags
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value.clone()))
            .collect();
        if let Some(existing) = existing {
            add_tags(&mut existing.properties, &tags, resource_type);
        }
        add_tags(&mut request.properties, &tags, resource_type);
    }

    /// Removes the oldest events of a stack that has been deployed very often.
    pub(super) async fn prune_events(&self) -> Result<(), StoreError> {
        let prefix = format!("{}/", self.stack.id);
        let kept: BTreeSet<String> = self
            .stacks
            .store
            .read(|reader| EVENTS.list_in(reader, &prefix))?
            .into_iter()
            .map(|(key, _)| key)
            .collect();
        let Some(surplus) = kept
            .len()
            .checked_sub(crate::quotas::EVENTS_KEPT)
            .filter(|surplus| *surplus > 0)
        else {
            return Ok(());
        };
        let oldest: Vec<String> = kept.into_iter().take(surplus).collect();
        let write = self
            .stacks
            .store
            .write::<_, StoreError>(move |transaction| {
                for key in &oldest {
                    EVENTS.delete_in(transaction, key);
                }
                Ok(())
            });
        write.await
    }
}

/// Types with tags that CloudFormation gives none of its own: `cloudFormationSystemTags` in their schemas. A nested stack
/// has its parent's tags, but not the marks of being made by it.
const WITHOUT_SYSTEM_TAGS: [&str; 5] = [
    "AWS::CloudFormation::Stack",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::KMS::Key",
    "AWS::SQS::Queue",
];
