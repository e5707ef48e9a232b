//! `PublishVersion`, `ListVersionsByFunction`, and the publishing that other operations do.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-versions.html>

use std::sync::Arc;

use landline_api::lambda as api;
use landline_api::lambda::errors::ResourceConflictException;
use landline_wire::{Caller, Handler, ServiceError};

use super::configuration::{self, base64_digest};
use super::{Service, update, validation};
use crate::functions::Function;
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::PublishVersion> for Service {
    async fn handle(
        &self,
        input: api::PublishVersionInput,
        caller: &Caller,
    ) -> Result<api::FunctionConfiguration, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let latest = self.latest(&input.function_name)?;
        update::check_revision(input.revision_id.as_deref(), &latest.record.revision_id)?;
        let digest = base64_digest(&latest.record.code.digest);
        if let Some(expected) = input.code_sha256.filter(|text| !text.is_empty())
            && expected != digest
        {
            return Err(validation::invalid(format!(
                "CodeSHA256 ({expected}) is different from current CodeSHA256 in $LATEST ({digest}). Please try again with the CodeSHA256 in $LATEST."
            )));
        }
        let version = self.publish(&latest, input.description, caller).await?;
        let number = version.record.version_text();
        Ok(configuration::of(&version, Some(&number)))
    }
}

impl Handler<api::ListVersionsByFunction> for Service {
    async fn handle(
        &self,
        input: api::ListVersionsByFunctionInput,
        _caller: &Caller,
    ) -> Result<api::ListVersionsByFunctionOutput, ServiceError> {
        let latest = self.latest(&input.function_name)?;
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        // `$LATEST` is the first; the marker is the last version of the page before.
        let after = input.marker.map(|text| text.parse().unwrap_or(0_u64));
        let versions = self.functions.versions(&latest.record.name);
        let first = after.is_none().then_some(latest);
        let versions = versions.into_iter();
        let mut rest = first
            .into_iter()
            .chain(versions.filter(|version| version.record.version > after));
        let page: Vec<_> = rest.by_ref().take(max).collect();
        let last = page.last().map(|version| version.record.version);
        let next_marker = rest
            .next()
            .and_then(|_| last.map(|number| number.unwrap_or(0).to_string()));
        let page = page.iter().map(|version| {
            let number = version.record.version_text();
            configuration::listed(version, Some(&number))
        });
        Ok(api::ListVersionsByFunctionOutput {
            next_marker,
            versions: Some(page.collect()),
        })
    }
}

impl Service {
    /// Publishes `$LATEST`; the version that was published last, when nothing has changed since. Numbers are counted,
    /// not drawn: whoever has to find what it published knows it by the revision id. To be called with `changes` locked.
    pub(super) async fn publish(
        &self,
        latest: &Function,
        description: Option<String>,
        caller: &Caller,
    ) -> Result<Arc<Function>, ServiceError> {
        let last = self.functions.versions(&latest.record.name).pop();
        if let Some(last) = last.filter(|last| !latest.record.differs_from(&last.record)) {
            return Ok(last);
        }
        let number = latest.record.last_version + 1;
        let mut version = latest.record.as_version(Some(number));
        if let Some(description) = description {
            version.description = description;
        }
        let mut record = latest.record.clone();
        record.last_version = number;
        record.revision_id = landline_wire::request_id::uuid();
        self.touch(&mut version);
        version.revision_id = caller.new_ids().uuid();
        self.save_version(record, version).await
    }

    /// Deletes one version, unless an alias points to it. To be called with `changes` locked.
    pub(super) async fn delete_version(
        &self,
        latest: &Function,
        version: &Function,
    ) -> Result<(), ServiceError> {
        let number = version.record.version_text();
        let mut aliases = latest.record.aliases.iter();
        let user = aliases
            .find(|(_, alias)| alias.version == number || alias.weights.contains_key(&number));
        if let Some((name, _)) = user {
            return Err(ResourceConflictException
                .with(format!(
                    "Version {number} is used by the alias {name}; delete or move the alias first."
                ))
                .with_field("Type", "User"));
        }
        self.forget_version(version).await?;
        let mut record = latest.record.clone();
        let had_settings = record.provisioned.remove(&number).is_some()
            | record.runtime_updates.remove(&number).is_some();
        if had_settings {
            self.save(record).await?;
        }
        self.remove_unused_code(&version.record.code.digest).await;
        self.remove_unused_layers(&version.record).await;
        Ok(())
    }
}
