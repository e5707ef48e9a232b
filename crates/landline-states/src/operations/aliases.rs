//! `CreateStateMachineAlias`, `UpdateStateMachineAlias`, `DescribeStateMachineAlias`, `DeleteStateMachineAlias`,
//! `ListStateMachineAliases`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-alias.html>

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::Service;
use super::names::of_kind;
use super::page::page;
use crate::errors::{invalid, no_resource, unavailable};
use crate::machine::{ALIASES, AliasRecord, VERSIONS, key, version_key};
use crate::quotas::ALIASES_MAX;

/// The machine and the alias in an ARN.
fn place(arn: &str) -> Result<(&str, &str), ServiceError> {
    let resource = of_kind(arn, "stateMachine")?;
    resource.split_once(':').ok_or_else(|| {
        crate::errors::invalid_arn(&format!("The ARN is not one of an alias: {arn}"))
    })
}

/// The model's pattern looks ahead, which the codec leaves to the service.
fn check_name(name: &str) -> Result<(), ServiceError> {
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit());
    if is_number || !name.chars().all(is_part) {
        return Err(invalid(format!(
            "1 validation error detected: Value '{name}' at 'name' failed to satisfy constraint: Member must satisfy regular expression pattern: ^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$"
        )));
    }
    Ok(())
}

fn routes_of(shown: &[(String, i32)]) -> Vec<api::RoutingConfigurationListItem> {
    let routes = shown.iter();
    let routes = routes.map(|(arn, weight)| api::RoutingConfigurationListItem {
        state_machine_version_arn: arn.clone(),
        weight: *weight,
    });
    routes.collect()
}

impl Service {
    /// The routes of an alias, and the machine whose versions they lead to.
    fn routes(
        &self,
        given: Vec<api::RoutingConfigurationListItem>,
    ) -> Result<(String, Vec<(String, i32)>), ServiceError> {
        let arns: Vec<&str> = given
            .iter()
            .map(|it| it.state_machine_version_arn.as_str())
            .collect();
        let received = arns.join(", ");
        let mut machine = None;
        for arn in &arns {
            let version = of_kind(arn, "stateMachine")?.split_once(':');
            let version = version.and_then(|(name, it)| Some((name, it.parse::<u64>().ok()?)));
            let Some((name, number)) = version else {
                return Err(invalid(format!(
                    "Routing configuration must contain state machine version ARNs. Received: [{received}]"
                )));
            };
            let key = version_key(name, number);
            let found = VERSIONS
                .get(&*self.config.store, &key)
                .map_err(unavailable)?;
            if found.is_none() {
                return Err(no_resource(arn));
            }
            if *machine.get_or_insert(name) != name {
                return Err(invalid(
                    "Routing configuration must contain versions of one state machine.",
                ));
            }
        }
        if arns.len() == 2 && arns[0] == arns[1] {
            return Err(invalid(format!(
                "Routing configuration must contain distinct state machine version ARNs. Received: [{received}]"
            )));
        }
        let weights: Vec<i32> = given.iter().map(|it| it.weight).collect();
        if weights.iter().sum::<i32>() != 100 {
            return Err(invalid(format!(
                "Sum of routing configuration weights must equal 100. Received: {weights:?}"
            )));
        }
        let machine = machine.unwrap_or_default().to_owned();
        let routes = given.into_iter();
        let routes = routes.map(|it| (it.state_machine_version_arn, it.weight));
        Ok((machine, routes.collect()))
    }

    fn alias(&self, arn: &str) -> Result<(String, AliasRecord), ServiceError> {
        let (machine, alias) = place(arn)?;
        let key = key(machine, alias);
        let record = ALIASES
            .get(&*self.config.store, &key)
            .map_err(unavailable)?;
        match record {
            Some(record) => Ok((key, record)),
            None => {
                Err(errors::ResourceNotFound
                    .with("Request references a resource that does not exist."))
            }
        }
    }
}

impl Handler<api::CreateStateMachineAlias> for Service {
    async fn handle(
        &self,
        input: api::CreateStateMachineAliasInput,
        _caller: &Caller,
    ) -> Result<api::StateMachineAliasListItem, ServiceError> {
        check_name(&input.name)?;
        let _one_at_a_time = self.changes.lock().await;
        let (machine, routes) = self.routes(input.routing_configuration)?;
        let arn = self.arn(&format!("stateMachine:{machine}:{}", input.name));
        let store = &*self.config.store;
        let id = key(&machine, &input.name);
        if let Some(before) = ALIASES.get(store, &id).map_err(unavailable)? {
            if before.routes != routes || before.description != input.description {
                let text = "Failed to create alias because an alias with the same name and a different routing configuration already exists.";
                return Err(errors::ConflictException.with(text));
            }
            return Ok(api::StateMachineAliasListItem {
                state_machine_alias_arn: arn,
                creation_date: Timestamp::from_millis(before.created_millis),
            });
        }
        let prefix = key(&machine, "");
        let count = store.read(|reader| ALIASES.count_in(reader, &prefix));
        if count.map_err(unavailable)? >= ALIASES_MAX {
            let text = "Maximum number of aliases reached";
            return Err(errors::ServiceQuotaExceededException.with(text));
        }
        let now = self.now();
        let record = AliasRecord {
            description: input.description,
            routes,
            created_millis: now.as_millis(),
            updated_millis: now.as_millis(),
        };
        ALIASES.put(store, &id, record).await.map_err(unavailable)?;
        Ok(api::StateMachineAliasListItem {
            state_machine_alias_arn: arn,
            creation_date: now,
        })
    }
}

impl Handler<api::UpdateStateMachineAlias> for Service {
    async fn handle(
        &self,
        input: api::UpdateStateMachineAliasInput,
        _caller: &Caller,
    ) -> Result<api::UpdateStateMachineAliasOutput, ServiceError> {
        if input.description.is_none() && input.routing_configuration.is_none() {
            return Err(errors::MissingRequiredParameter
                .with("Either the description or the routing configuration must be specified"));
        }
        let _one_at_a_time = self.changes.lock().await;
        let (id, mut record) = self.alias(&input.state_machine_alias_arn)?;
        if let Some(given) = input.routing_configuration {
            let (machine, routes) = self.routes(given)?;
            if !id.starts_with(&key(&machine, "")) {
                return Err(invalid(
                    "Routing configuration must contain versions of the alias's state machine.",
                ));
            }
            record.routes = routes;
        }
        if input.description.is_some() {
            record.description = input.description;
        }
        let now = self.now();
        record.updated_millis = now.as_millis();
        let put = ALIASES.put(&*self.config.store, &id, record);
        put.await.map_err(unavailable)?;
        Ok(api::UpdateStateMachineAliasOutput { update_date: now })
    }
}

impl Handler<api::DescribeStateMachineAlias> for Service {
    async fn handle(
        &self,
        input: api::DescribeStateMachineAliasInput,
        _caller: &Caller,
    ) -> Result<api::DescribeStateMachineAliasOutput, ServiceError> {
        let (_, record) = self.alias(&input.state_machine_alias_arn)?;
        let (_, name) = place(&input.state_machine_alias_arn)?;
        Ok(api::DescribeStateMachineAliasOutput {
            name: Some(name.to_owned()),
            routing_configuration: Some(routes_of(&record.routes)),
            description: record.description,
            creation_date: Some(Timestamp::from_millis(record.created_millis)),
            update_date: Some(Timestamp::from_millis(record.updated_millis)),
            state_machine_alias_arn: Some(input.state_machine_alias_arn),
        })
    }
}

impl Handler<api::DeleteStateMachineAlias> for Service {
    async fn handle(
        &self,
        input: api::DeleteStateMachineAliasInput,
        _caller: &Caller,
    ) -> Result<api::DeleteStateMachineAliasOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let (id, _) = self.alias(&input.state_machine_alias_arn)?;
        let deleted = ALIASES.delete(&*self.config.store, &id);
        deleted.await.map_err(unavailable)?;
        Ok(api::DeleteStateMachineAliasOutput {})
    }
}

impl Handler<api::ListStateMachineAliases> for Service {
    async fn handle(
        &self,
        input: api::ListStateMachineAliasesInput,
        _caller: &Caller,
    ) -> Result<api::ListStateMachineAliasesOutput, ServiceError> {
        let meant = self.meant(&input.state_machine_arn)?;
        let machine = &meant.known.record;
        let prefix = key(&machine.name, "");
        let all = self
            .config
            .store
            .read(|reader| ALIASES.list_in(reader, &prefix));
        let mut all = all.map_err(unavailable)?;
        if let Some(version) = &meant.version_arn {
            all.retain(|(_, alias)| alias.routes.iter().any(|(arn, _)| arn == version));
        }
        let token = input.next_token.as_deref();
        let (page, next_token) = page(all, token, input.max_results, |it| it.0.as_str());
        let shown = page.iter().map(|(key, record)| {
            let name = key.rsplit('|').next().unwrap_or_default();
            api::StateMachineAliasListItem {
                state_machine_alias_arn: format!("{}:{name}", machine.arn),
                creation_date: Timestamp::from_millis(record.created_millis),
            }
        });
        Ok(api::ListStateMachineAliasesOutput {
            state_machine_aliases: shown.collect(),
            next_token,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_alias_is_no_number() {
        assert!(check_name("live-1").is_ok());
        for name in ["123", "a b", "a|b", "ü"] {
            assert!(check_name(name).is_err(), "{name}");
        }
    }
}
