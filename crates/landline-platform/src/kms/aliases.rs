//! Aliases of keys.

use std::sync::Arc;

use landline_api::kms as api;
use landline_api::kms::errors;
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError, Timestamp};

use super::{ALIASES, AliasRecord, Kms, arn};
use crate::{WriteFailure, unavailable};

impl Kms {
    pub(super) fn register_aliases(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateAlias, _>(self.clone())
            .register::<api::UpdateAlias, _>(self.clone())
            .register::<api::DeleteAlias, _>(self.clone())
            .register::<api::ListAliases, _>(self.clone());
    }
}

fn no_such_alias(name: &str) -> ServiceError {
    errors::NotFoundException.with(format!("Alias {name} is not found."))
}

impl Handler<api::CreateAlias> for Kms {
    async fn handle(
        &self,
        input: api::CreateAliasInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = input.alias_name;
        if !name.starts_with("alias/") || name.starts_with("alias/aws/") {
            let text = "Alias must start with the prefix \"alias/\". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html";
            return Err(errors::InvalidAliasNameException.with(text));
        }
        let (key_id, _) = self.find(&input.target_key_id)?;
        let now = self.clock.now().as_millis();
        let record = AliasRecord {
            key_id,
            created_millis: now,
            updated_millis: now,
        };
        let alias_arn = arn(&name, caller);
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if ALIASES.get_in(transaction, &name)?.is_some() {
                let text = format!("An alias with the name {alias_arn} already exists");
                return Err(WriteFailure::from(
                    errors::AlreadyExistsException.with(text),
                ));
            }
            ALIASES.put_in(transaction, &name, &record)?;
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<api::UpdateAlias> for Kms {
    async fn handle(
        &self,
        input: api::UpdateAliasInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (key_id, _) = self.find(&input.target_key_id)?;
        let (name, now) = (input.alias_name, self.clock.now().as_millis());
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut alias) = ALIASES.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(no_such_alias(&name)));
            };
            alias.key_id = key_id;
            alias.updated_millis = now;
            ALIASES.put_in(transaction, &name, &alias)?;
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<api::DeleteAlias> for Kms {
    async fn handle(
        &self,
        input: api::DeleteAliasInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = input.alias_name;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if ALIASES.get_in(transaction, &name)?.is_none() {
                return Err(WriteFailure::from(no_such_alias(&name)));
            }
            ALIASES.delete_in(transaction, &name);
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListAliases> for Kms {
    async fn handle(
        &self,
        input: api::ListAliasesInput,
        caller: &Caller,
    ) -> Result<api::ListAliasesOutput, ServiceError> {
        let key_id = input.key_id.map(|name| self.find(&name)).transpose()?;
        let all = ALIASES
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let after = input.marker.unwrap_or_default();
        let most = usize::try_from(input.limit.unwrap_or(50)).unwrap_or(50);
        let is_of = |alias: &AliasRecord| {
            let wanted = key_id.as_ref();
            wanted.is_none_or(|(id, _)| *id == alias.key_id)
        };
        let mut rest = all
            .into_iter()
            .filter(|(name, alias)| *name > after && is_of(alias));
        let page: Vec<_> = rest.by_ref().take(most).collect();
        let more = rest.next().is_some();
        let last = page.last().map(|(name, _)| name.clone());
        let aliases = page.into_iter().map(|(name, alias)| api::AliasListEntry {
            alias_arn: Some(arn(&name, caller)),
            alias_name: Some(name),
            target_key_id: Some(alias.key_id),
            creation_date: Some(Timestamp::from_millis(alias.created_millis)),
            last_updated_date: Some(Timestamp::from_millis(alias.updated_millis)),
        });
        Ok(api::ListAliasesOutput {
            aliases: Some(aliases.collect()),
            next_marker: last.filter(|_| more),
            truncated: Some(more),
        })
    }
}
