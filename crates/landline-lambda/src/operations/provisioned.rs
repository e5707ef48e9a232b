//! Provisioned concurrency of aliases and versions: `PutProvisionedConcurrencyConfig` and its siblings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html>

use std::sync::Arc;

use landline_api::lambda as api;
use landline_api::lambda::errors::{
    ProvisionedConcurrencyConfigNotFoundException, ResourceConflictException,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::aliases::no_such_alias;
use super::configuration::last_modified;
use super::{Service, validation};
use crate::function::name::{FunctionName, not_found};
use crate::function::record::{FunctionRecord, Provisioned};
use crate::functions::{Function, LATEST};
use crate::quotas::{MAX_CONCURRENCY, MAX_LISTED_FUNCTIONS, MIN_UNRESERVED_CONCURRENCY};

impl Handler<api::PutProvisionedConcurrencyConfig> for Service {
    async fn handle(
        &self,
        input: api::PutProvisionedConcurrencyConfigInput,
        _caller: &Caller,
    ) -> Result<api::PutProvisionedConcurrencyConfigOutput, ServiceError> {
        if input.qualifier == LATEST {
            return Err(validation::invalid(
                "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
            ));
        }
        let _one_at_a_time = self.changes.lock().await;
        let latest = self.with_qualifier(&input.function_name, &input.qualifier)?;
        let mut record = latest.record.clone();
        let requested = input.provisioned_concurrent_executions;
        let count = usize::try_from(requested).unwrap_or_default();
        self.check_provisioned(&record, &input.qualifier, count)?;
        check_overlap(&record, &input.qualifier)?;
        let provisioned = Provisioned {
            count,
            last_modified: self.config.clock.now().as_millis(),
        };
        let last_modified = last_modified(provisioned.last_modified);
        record.provisioned.insert(input.qualifier, provisioned);
        self.save(record).await?;
        Ok(api::PutProvisionedConcurrencyConfigOutput {
            requested_provisioned_concurrent_executions: Some(requested),
            available_provisioned_concurrent_executions: Some(0),
            allocated_provisioned_concurrent_executions: Some(0),
            status: Some(api::ProvisionedConcurrencyStatusEnum::InProgress),
            status_reason: None,
            last_modified: Some(last_modified),
        })
    }
}

impl Handler<api::GetProvisionedConcurrencyConfig> for Service {
    async fn handle(
        &self,
        input: api::GetProvisionedConcurrencyConfigInput,
        _caller: &Caller,
    ) -> Result<api::GetProvisionedConcurrencyConfigOutput, ServiceError> {
        let latest = self.with_qualifier(&input.function_name, &input.qualifier)?;
        let provisioned = latest.record.provisioned.get(&input.qualifier);
        let provisioned = provisioned.ok_or_else(|| {
            ProvisionedConcurrencyConfigNotFoundException
                .with("No Provisioned Concurrency Config found for this function")
                .with_field("Type", "User")
        })?;
        let count = i32::try_from(provisioned.count).ok();
        Ok(api::GetProvisionedConcurrencyConfigOutput {
            requested_provisioned_concurrent_executions: count,
            available_provisioned_concurrent_executions: count,
            allocated_provisioned_concurrent_executions: count,
            status: Some(api::ProvisionedConcurrencyStatusEnum::Ready),
            status_reason: None,
            last_modified: Some(last_modified(provisioned.last_modified)),
        })
    }
}

impl Handler<api::ListProvisionedConcurrencyConfigs> for Service {
    async fn handle(
        &self,
        input: api::ListProvisionedConcurrencyConfigsInput,
        _caller: &Caller,
    ) -> Result<api::ListProvisionedConcurrencyConfigsOutput, ServiceError> {
        let latest = self.latest(&input.function_name)?;
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        let all = latest.record.provisioned.iter();
        let mut rest = all.filter(|(key, _)| input.marker.as_ref().is_none_or(|m| *key > m));
        let page: Vec<_> = rest.by_ref().take(max).collect();
        // The marker is the last qualifier of the page before.
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|(key, _)| (*key).clone()));
        let page = page
            .into_iter()
            .map(|(key, provisioned)| listed(&latest, key, provisioned));
        Ok(api::ListProvisionedConcurrencyConfigsOutput {
            provisioned_concurrency_configs: Some(page.collect()),
            next_marker,
        })
    }
}

impl Handler<api::DeleteProvisionedConcurrencyConfig> for Service {
    async fn handle(
        &self,
        input: api::DeleteProvisionedConcurrencyConfigInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let latest = self.with_qualifier(&input.function_name, &input.qualifier)?;
        let mut record = latest.record.clone();
        // What is not provisioned is deleted.
        if record.provisioned.remove(&input.qualifier).is_some() {
            self.save(record).await?;
        }
        Ok(Unit {})
    }
}

impl Service {
    /// The function, if it has such an alias or published version.
    fn with_qualifier(&self, text: &str, qualifier: &str) -> Result<Arc<Function>, ServiceError> {
        if qualifier == LATEST {
            return Err(validation::invalid(
                "The function resource provided must be an alias or a published version.",
            ));
        }
        let arn = self.arn(FunctionName::parse(text).name);
        let arn = format!("{arn}:{qualifier}");
        let latest = self.latest(text);
        if let Ok(number) = qualifier.parse::<u64>() {
            let latest = latest.map_err(|_| not_found(&arn))?;
            let versions = self.functions.versions(&latest.record.name);
            let mut versions = versions.iter();
            return match versions.find(|version| version.record.version == Some(number)) {
                Some(_) => Ok(latest),
                None => Err(not_found(&arn)),
            };
        }
        let latest = latest.map_err(|_| no_such_alias(&arn))?;
        if latest.record.aliases.contains_key(qualifier) {
            return Ok(latest);
        }
        Err(no_such_alias(&arn))
    }

    /// Refuses more than the function or the account has.
    fn check_provisioned(
        &self,
        record: &FunctionRecord,
        qualifier: &str,
        count: usize,
    ) -> Result<(), ServiceError> {
        let others = record
            .provisioned
            .iter()
            .filter(|(key, _)| *key != qualifier);
        let others: usize = others.map(|(_, provisioned)| provisioned.count).sum();
        if record
            .reserved_concurrency
            .is_some_and(|reserved| reserved < others + count)
        {
            return Err(validation::invalid(
                "Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function",
            ));
        }
        if count > MAX_CONCURRENCY {
            return Err(validation::exceeds_account(format!(
                "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [{MAX_CONCURRENCY}]."
            )));
        }
        let unreserved = MAX_CONCURRENCY.saturating_sub(self.reserved_by_others(""));
        if unreserved < count + MIN_UNRESERVED_CONCURRENCY && record.reserved_concurrency.is_none()
        {
            return Err(validation::exceeds_account(format!(
                "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [{MIN_UNRESERVED_CONCURRENCY}]."
            )));
        }
        Ok(())
    }
}

/// A version is provisioned under its number or under one alias of it.
fn check_overlap(record: &FunctionRecord, qualifier: &str) -> Result<(), ServiceError> {
    let is_provisioned = |key: &str| record.provisioned.contains_key(key);
    let conflict = |message: &str| {
        Err(ResourceConflictException
            .with(message)
            .with_field("Type", "User"))
    };
    match record.aliases.get(qualifier) {
        Some(alias) if is_provisioned(&alias.version) => conflict(
            "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
        ),
        Some(_) => Ok(()),
        None => {
            let mut aliases = record.aliases.iter();
            let is_pointed_at =
                aliases.any(|(name, alias)| alias.version == qualifier && is_provisioned(name));
            if is_pointed_at {
                return conflict("Version is pointed by a Provisioned Concurrency alias");
            }
            Ok(())
        }
    }
}

fn listed(
    latest: &Function,
    qualifier: &str,
    provisioned: &Provisioned,
) -> api::ProvisionedConcurrencyConfigListItem {
    let count = i32::try_from(provisioned.count).ok();
    api::ProvisionedConcurrencyConfigListItem {
        function_arn: Some(format!("{}:{qualifier}", latest.spec.arn)),
        requested_provisioned_concurrent_executions: count,
        available_provisioned_concurrent_executions: count,
        allocated_provisioned_concurrent_executions: count,
        status: Some(api::ProvisionedConcurrencyStatusEnum::Ready),
        status_reason: None,
        last_modified: Some(last_modified(provisioned.last_modified)),
    }
}
