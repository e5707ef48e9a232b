//! `PublishStateMachineVersion`, `ListStateMachineVersions`, `DeleteStateMachineVersion`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-version.html>

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_store::StoreError;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::Service;
use super::names::of_kind;
use super::page::page;
use crate::errors::{no_machine, unavailable};
use crate::machine::{ALIASES, Known, MACHINES, VERSIONS, VersionRecord, key, version_key};
use crate::quotas::VERSIONS_MAX;

impl Service {
    fn versions(&self, machine: &str) -> Result<Vec<(u64, VersionRecord)>, ServiceError> {
        let prefix = key(machine, "");
        let all = self
            .config
            .store
            .read(|reader| VERSIONS.list_in(reader, &prefix));
        let all = all.map_err(unavailable)?.into_iter();
        let numbered = all.filter_map(|(key, record)| {
            let number = key.rsplit('|').next()?.parse().ok()?;
            Some((number, record))
        });
        Ok(numbered.collect())
    }

    /// Publishes what a machine is now; the ARN and the time of the version. To be called with `changes` locked.
    pub(super) async fn publish(
        &self,
        machine: &str,
        description: Option<String>,
    ) -> Result<(String, Timestamp), ServiceError> {
        let known = self
            .machines
            .get(machine)
            .ok_or_else(|| no_machine(machine))?;
        let versions = self.versions(machine)?;
        // What is published already is not published again.
        if let Some((number, newest)) = versions.last()
            && newest.revision_id == known.record.revision_id
        {
            let arn = format!("{}:{number}", known.record.arn);
            return Ok((arn, Timestamp::from_millis(newest.created_millis)));
        }
        if versions.len() >= VERSIONS_MAX {
            let text = "Maximum number of versions reached";
            return Err(errors::ServiceQuotaExceededException.with(text));
        }
        let mut record = known.record.clone();
        record.last_version += 1;
        let number = record.last_version;
        let created = self.now();
        let version = VersionRecord {
            revision_id: record.revision_id.clone(),
            revision: record.revision.clone(),
            description,
            created_millis: created.as_millis(),
        };
        let arn = format!("{}:{number}", record.arn);
        let kept = record.clone();
        let written = self
            .config
            .store
            .write(move |transaction| -> Result<(), StoreError> {
                VERSIONS.put_in(transaction, &version_key(&kept.name, number), &version)?;
                MACHINES.put_in(transaction, &kept.name, &kept)
            })
            .await;
        written.map_err(unavailable)?;
        self.machines.put(Known {
            record,
            machine: known.machine.clone(),
        });
        Ok((arn, created))
    }
}

impl Handler<api::PublishStateMachineVersion> for Service {
    async fn handle(
        &self,
        input: api::PublishStateMachineVersionInput,
        _caller: &Caller,
    ) -> Result<api::StateMachineVersionListItem, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let known = self.machine(&input.state_machine_arn)?;
        let is_other = |id: &String| *id != known.record.revision_id;
        if input.revision_id.as_ref().is_some_and(is_other) {
            let text = format!(
                "Failed to publish the State Machine version for revision {}. The current State Machine revision is {}.",
                input.revision_id.unwrap_or_default(),
                known.record.revision_id
            );
            return Err(errors::ConflictException.with(text));
        }
        let name = known.record.name.clone();
        let (arn, created) = self.publish(&name, input.description).await?;
        Ok(api::StateMachineVersionListItem {
            creation_date: created,
            state_machine_version_arn: arn,
        })
    }
}

impl Handler<api::ListStateMachineVersions> for Service {
    async fn handle(
        &self,
        input: api::ListStateMachineVersionsInput,
        _caller: &Caller,
    ) -> Result<api::ListStateMachineVersionsOutput, ServiceError> {
        let known = self.machine(&input.state_machine_arn)?;
        let mut versions = self.versions(&known.record.name)?;
        // The newest first.
        versions.reverse();
        let keyed = versions.into_iter().map(|(number, record)| {
            let item = api::StateMachineVersionListItem {
                state_machine_version_arn: format!("{}:{number}", known.record.arn),
                creation_date: Timestamp::from_millis(record.created_millis),
            };
            (
                format!("{:010}", u64::from(u32::MAX).saturating_sub(number)),
                item,
            )
        });
        let token = input.next_token.as_deref();
        let (page, next_token) = page(keyed.collect(), token, input.max_results, |it| {
            it.0.as_str()
        });
        Ok(api::ListStateMachineVersionsOutput {
            state_machine_versions: page.into_iter().map(|(_, item)| item).collect(),
            next_token,
        })
    }
}

impl Handler<api::DeleteStateMachineVersion> for Service {
    async fn handle(
        &self,
        input: api::DeleteStateMachineVersionInput,
        _caller: &Caller,
    ) -> Result<api::DeleteStateMachineVersionOutput, ServiceError> {
        let arn = &input.state_machine_version_arn;
        let resource = of_kind(arn, "stateMachine")?;
        let version = resource.split_once(':');
        let Some((machine, Ok(number))) = version.map(|(name, it)| (name, it.parse::<u64>()))
        else {
            return Err(crate::errors::invalid_arn(&format!(
                "The ARN is not one of a version: {arn}"
            )));
        };
        let _one_at_a_time = self.changes.lock().await;
        let prefix = key(machine, "");
        let aliases = self
            .config
            .store
            .read(|reader| ALIASES.list_in(reader, &prefix));
        let aliases = aliases.map_err(unavailable)?;
        let users = aliases
            .iter()
            .filter(|(_, alias)| alias.routes.iter().any(|(route, _)| route == arn));
        let users: Vec<&str> = users
            .map(|(key, _)| key.rsplit('|').next().unwrap_or_default())
            .collect();
        if !users.is_empty() {
            let text = format!(
                "Version to be deleted must not be referenced by an alias. Current list of aliases referencing this version: [{}]",
                users.join(", ")
            );
            return Err(errors::ConflictException.with(text));
        }
        let id = version_key(machine, number);
        let deleted = VERSIONS.delete(&*self.config.store, &id);
        deleted.await.map_err(unavailable)?;
        Ok(api::DeleteStateMachineVersionOutput {})
    }
}
