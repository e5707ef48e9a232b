//! Aliases: names for versions.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html>

use std::collections::BTreeMap;

use landline_api::lambda as api;
use landline_api::lambda::errors::{ResourceConflictException, ResourceNotFoundException};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, update, validation};
use crate::function::name::not_found;
use crate::function::record::Alias;
use crate::functions::{Function, LATEST};
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::CreateAlias> for Service {
    async fn handle(
        &self,
        input: api::CreateAliasInput,
        _caller: &Caller,
    ) -> Result<api::AliasConfiguration, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let latest = self.latest(&input.function_name)?;
        let arn = alias_arn(&latest, &input.name);
        if latest.record.aliases.contains_key(&input.name) {
            return Err(ResourceConflictException
                .with(format!("Alias already exists: {arn}"))
                .with_field("Type", "User"));
        }
        self.check_version(&latest, &input.function_version)?;
        let alias = Alias {
            weights: self.weights(&latest, &input.function_version, input.routing_config)?,
            version: input.function_version,
            description: input.description.unwrap_or_default(),
            revision_id: landline_wire::request_id::uuid(),
        };
        let answer = configuration(arn, &input.name, &alias);
        let mut record = latest.record.clone();
        record.aliases.insert(input.name, alias);
        self.save(record).await?;
        Ok(answer)
    }
}

impl Handler<api::GetAlias> for Service {
    async fn handle(
        &self,
        input: api::GetAliasInput,
        _caller: &Caller,
    ) -> Result<api::AliasConfiguration, ServiceError> {
        let latest = self.latest(&input.function_name)?;
        let alias = alias_of(&latest, &input.name)?;
        Ok(configuration(
            alias_arn(&latest, &input.name),
            &input.name,
            alias,
        ))
    }
}

impl Handler<api::ListAliases> for Service {
    async fn handle(
        &self,
        input: api::ListAliasesInput,
        _caller: &Caller,
    ) -> Result<api::ListAliasesOutput, ServiceError> {
        let latest = self.latest(&input.function_name)?;
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        let after = input.marker.unwrap_or_default();
        // The marker is the last name of the page before.
        let mut rest = latest.record.aliases.iter().filter(|(name, alias)| {
            let is_version = input
                .function_version
                .as_ref()
                .is_none_or(|version| *version == alias.version);
            **name > after && is_version
        });
        let page: Vec<_> = rest.by_ref().take(max).collect();
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|(name, _)| (*name).clone()));
        let page = page
            .into_iter()
            .map(|(name, alias)| configuration(alias_arn(&latest, name), name, alias));
        Ok(api::ListAliasesOutput {
            next_marker,
            aliases: Some(page.collect()),
        })
    }
}

impl Handler<api::UpdateAlias> for Service {
    async fn handle(
        &self,
        input: api::UpdateAliasInput,
        _caller: &Caller,
    ) -> Result<api::AliasConfiguration, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let latest = self.latest(&input.function_name)?;
        let alias = latest.record.aliases.get(&input.name).cloned();
        // An update finds no alias in other words than a query.
        let mut alias = alias.ok_or_else(|| {
            let arn = alias_arn(&latest, &input.name);
            ResourceNotFoundException
                .with(format!("Alias not found: {arn}"))
                .with_field("Type", "User")
        })?;
        update::check_revision(input.revision_id.as_deref(), &alias.revision_id)?;
        if let Some(version) = input.function_version {
            self.check_version(&latest, &version)?;
            alias.version = version;
        }
        if input.routing_config.is_some() {
            alias.weights = self.weights(&latest, &alias.version, input.routing_config)?;
        }
        alias.description = input.description.unwrap_or(alias.description);
        alias.revision_id = landline_wire::request_id::uuid();
        let arn = alias_arn(&latest, &input.name);
        let answer = configuration(arn, &input.name, &alias);
        let mut record = latest.record.clone();
        record.aliases.insert(input.name, alias);
        self.save(record).await?;
        Ok(answer)
    }
}

impl Handler<api::DeleteAlias> for Service {
    async fn handle(
        &self,
        input: api::DeleteAliasInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let latest = self.latest(&input.function_name)?;
        let mut record = latest.record.clone();
        // An alias that is not there is deleted.
        if record.aliases.remove(&input.name).is_some() {
            let name = Some(input.name.as_str());
            record.statements.retain(|s| s.qualifier.as_deref() != name);
            record.event_invoke.remove(&input.name);
            record.urls.remove(&input.name);
            record.provisioned.remove(&input.name);
            self.save(record).await?;
        }
        Ok(Unit {})
    }
}

impl Service {
    fn check_version(&self, latest: &Function, version: &str) -> Result<(), ServiceError> {
        let versions = self.functions.versions(&latest.record.name);
        let is_there = version == LATEST
            || versions
                .iter()
                .any(|known| known.record.version_text() == version);
        if is_there {
            return Ok(());
        }
        Err(not_found(&format!("{}:{version}", latest.spec.arn)))
    }

    /// The shares of other versions.
    fn weights(
        &self,
        latest: &Function,
        version: &str,
        routing: Option<api::AliasRoutingConfiguration>,
    ) -> Result<BTreeMap<String, f64>, ServiceError> {
        let weights = routing.and_then(|routing| routing.additional_version_weights);
        let weights = weights.unwrap_or_default();
        if weights.len() > 1 {
            return Err(validation::invalid(
                "Number of items in AdditionalVersionWeights cannot be greater than 1",
            ));
        }
        for (other, weight) in &weights {
            validation::weight(other, *weight)?;
            if version == LATEST {
                return Err(validation::invalid(
                    "$LATEST is not supported for an alias pointing to more than 1 version",
                ));
            }
            if other == version {
                return Err(validation::invalid(format!(
                    "Invalid function version {other}. Function version {other} is already included in routing configuration."
                )));
            }
            self.check_version(latest, other)?;
        }
        Ok(weights)
    }
}

fn alias_of<'a>(latest: &'a Function, name: &str) -> Result<&'a Alias, ServiceError> {
    let alias = latest.record.aliases.get(name);
    alias.ok_or_else(|| no_such_alias(&alias_arn(latest, name)))
}

pub(super) fn no_such_alias(arn: &str) -> ServiceError {
    ResourceNotFoundException
        .with(format!("Cannot find alias arn: {arn}"))
        .with_field("Type", "User")
}

fn alias_arn(latest: &Function, name: &str) -> String {
    format!("{}:{name}", latest.spec.arn)
}

fn configuration(arn: String, name: &str, alias: &Alias) -> api::AliasConfiguration {
    api::AliasConfiguration {
        alias_arn: Some(arn),
        name: Some(name.to_owned()),
        function_version: Some(alias.version.clone()),
        description: Some(alias.description.clone()),
        routing_config: (!alias.weights.is_empty()).then(|| api::AliasRoutingConfiguration {
            additional_version_weights: Some(alias.weights.clone()),
        }),
        revision_id: Some(alias.revision_id.clone()),
    }
}
