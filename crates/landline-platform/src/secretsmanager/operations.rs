//! The operations on secrets.

use landline_api::secretsmanager as api;
use landline_api::secretsmanager::errors;
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::{
    CURRENT, DAY_MILLIS, SECRETS, SecretRecord, SecretsManager, Value, VersionRecord, marked,
    new_arn, password, used_before, value_of,
};
use crate::{WriteFailure, unavailable};

impl Handler<api::CreateSecret> for SecretsManager {
    async fn handle(
        &self,
        input: api::CreateSecretInput,
        caller: &Caller,
    ) -> Result<api::CreateSecretOutput, ServiceError> {
        let now = self.clock.now().as_millis();
        let name = input.name;
        let mut record = SecretRecord::new(new_arn(&name, caller), now);
        record.description = input.description;
        record.kms_key_id = input.kms_key_id;
        record.tags = tags(input.tags);
        let version_id = input.client_request_token;
        let version_id = version_id.unwrap_or_else(|| caller.new_ids().uuid());
        let value = value_of(input.secret_string, input.secret_binary)?;
        let has_value = value.is_some();
        if let Some(value) = value {
            record.add(&version_id, value, &[CURRENT.to_owned()], now)?;
        }
        let key = name.clone();
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let known = SECRETS.get_in(transaction, &key)?;
            if let Some(known) = known.filter(|it| it.deletion_millis.is_none_or(|at| at > now)) {
                // Who asks again in the same words gets the same answer.
                let same = record.versions.first_key_value();
                let before = same.and_then(|(id, _)| known.versions.get(id));
                if let (Some((id, new)), Some(before)) = (same, before) {
                    if before.value == new.value {
                        return Ok(known.arn);
                    }
                    return Err(WriteFailure::from(used_before(id, &known.arn)));
                }
                let error = if known.deletion_millis.is_some() {
                    errors::InvalidRequestException.with("You can't create this secret because a secret with this name is already scheduled for deletion.")
                } else {
                    let text = format!("The operation failed because the secret {key} already exists.");
                    errors::ResourceExistsException.with(text)
                };
                return Err(WriteFailure::from(error));
            }
            SECRETS.put_in(transaction, &key, &record)?;
            Ok(record.arn)
        });
        let arn = written.await?;
        Ok(api::CreateSecretOutput {
            arn: Some(arn),
            name: Some(name),
            version_id: has_value.then_some(version_id),
            ..Default::default()
        })
    }
}

impl Handler<api::DescribeSecret> for SecretsManager {
    async fn handle(
        &self,
        input: api::DescribeSecretInput,
        _caller: &Caller,
    ) -> Result<api::DescribeSecretOutput, ServiceError> {
        let (name, record) = self.find(&input.secret_id)?;
        let stages = record.versions.iter();
        let stages = stages.filter(|(_, version)| !version.stages.is_empty());
        Ok(api::DescribeSecretOutput {
            arn: Some(record.arn.clone()),
            name: Some(name),
            description: record.description.clone().filter(|text| !text.is_empty()),
            kms_key_id: record.kms_key_id.clone(),
            last_changed_date: Some(Timestamp::from_millis(record.changed_millis)),
            deleted_date: record.deletion_millis.map(Timestamp::from_millis),
            created_date: Some(Timestamp::from_millis(record.created_millis)),
            tags: (!record.tags.is_empty()).then(|| tag_list(&record)),
            version_ids_to_stages: (!record.versions.is_empty()).then(|| {
                stages
                    .map(|(id, version)| (id.clone(), version.stages.clone()))
                    .collect()
            }),
            ..Default::default()
        })
    }
}

impl Handler<api::GetSecretValue> for SecretsManager {
    async fn handle(
        &self,
        input: api::GetSecretValueInput,
        _caller: &Caller,
    ) -> Result<api::GetSecretValueOutput, ServiceError> {
        let (name, record) = self.usable(&input.secret_id)?;
        let stage = input.version_stage.as_deref();
        let stage = stage.or(input.version_id.is_none().then_some(CURRENT));
        let is_wanted = |(id, version): &(&String, &VersionRecord)| {
            let by_id = input.version_id.as_ref().is_none_or(|wanted| wanted == *id);
            by_id && stage.is_none_or(|stage| version.stages.iter().any(|it| it == stage))
        };
        let Some((id, version)) = record.versions.iter().find(is_wanted) else {
            let known = input.version_id.as_ref();
            if known.is_some_and(|id| record.versions.contains_key(id)) {
                return Err(errors::InvalidRequestException.with(
                    "You provided a VersionStage that is not associated to the provided VersionId.",
                ));
            }
            let wanted = match stage {
                Some(stage) => format!("staging label: {stage}"),
                None => format!("VersionId: {}", input.version_id.unwrap_or_default()),
            };
            let text =
                format!("Secrets Manager can't find the specified secret value for {wanted}");
            return Err(errors::ResourceNotFoundException.with(text));
        };
        let (secret_string, secret_binary) = match version.value.clone() {
            Value::Text(text) => (Some(text), None),
            Value::Binary(binary) => (None, Some(binary.into())),
        };
        Ok(api::GetSecretValueOutput {
            arn: Some(record.arn.clone()),
            name: Some(name),
            version_id: Some(id.clone()),
            secret_string,
            secret_binary,
            version_stages: Some(version.stages.clone()),
            created_date: Some(Timestamp::from_millis(version.created_millis)),
        })
    }
}

impl Handler<api::PutSecretValue> for SecretsManager {
    async fn handle(
        &self,
        input: api::PutSecretValueInput,
        caller: &Caller,
    ) -> Result<api::PutSecretValueOutput, ServiceError> {
        let (name, record) = self.usable(&input.secret_id)?;
        let value = value_of(input.secret_string, input.secret_binary)?;
        let value = value.ok_or_else(|| {
            errors::InvalidRequestException
                .with("You must provide either SecretString or SecretBinary.")
        })?;
        let stages = input.version_stages.filter(|stages| !stages.is_empty());
        let stages = stages.unwrap_or_else(|| vec![CURRENT.to_owned()]);
        let version_id = input.client_request_token;
        let version_id = version_id.unwrap_or_else(|| caller.new_ids().uuid());
        let (id, kept, now) = (
            version_id.clone(),
            stages.clone(),
            self.clock.now().as_millis(),
        );
        self.change(name.clone(), move |record| {
            record.add(&id, value, &kept, now)
        })
        .await?;
        Ok(api::PutSecretValueOutput {
            arn: Some(record.arn),
            name: Some(name),
            version_id: Some(version_id),
            version_stages: Some(stages),
        })
    }
}

impl Handler<api::UpdateSecret> for SecretsManager {
    async fn handle(
        &self,
        input: api::UpdateSecretInput,
        caller: &Caller,
    ) -> Result<api::UpdateSecretOutput, ServiceError> {
        let (name, record) = self.usable(&input.secret_id)?;
        let value = value_of(input.secret_string, input.secret_binary)?;
        let version_id = input.client_request_token;
        let version_id = version_id.unwrap_or_else(|| caller.new_ids().uuid());
        let shown = value.is_some().then(|| version_id.clone());
        let now = self.clock.now().as_millis();
        self.change(name.clone(), move |record| {
            record.description = input.description.or(record.description.take());
            // An empty one is the service's own key.
            let key_id = input.kms_key_id.or(record.kms_key_id.take());
            record.kms_key_id = key_id.filter(|id| !id.is_empty());
            match value {
                Some(value) => record.add(&version_id, value, &[CURRENT.to_owned()], now),
                None => Ok(()),
            }
        })
        .await?;
        Ok(api::UpdateSecretOutput {
            arn: Some(record.arn),
            name: Some(name),
            version_id: shown,
        })
    }
}

impl Handler<api::DeleteSecret> for SecretsManager {
    async fn handle(
        &self,
        input: api::DeleteSecretInput,
        _caller: &Caller,
    ) -> Result<api::DeleteSecretOutput, ServiceError> {
        let now = self.clock.now().as_millis();
        let is_forced = input.force_delete_without_recovery == Some(true);
        let days = input.recovery_window_in_days;
        if is_forced && days.is_some() {
            return Err(errors::InvalidParameterException.with("You can't use ForceDeleteWithoutRecovery in conjunction with RecoveryWindowInDays."));
        }
        let days = days.unwrap_or(30);
        if !(7..=30).contains(&days) {
            return Err(errors::InvalidParameterException.with(
                "The RecoveryWindowInDays value must be between 7 and 30 days (inclusive).",
            ));
        }
        let (name, record) = self.find(&input.secret_id)?;
        let at = if is_forced {
            now
        } else {
            now + days * DAY_MILLIS
        };
        if is_forced {
            let deleted = SECRETS.delete(&*self.store, &name).await;
            deleted.map_err(|error| unavailable(&error))?;
        } else if record.deletion_millis.is_some() {
            return Err(marked());
        } else {
            self.change(name.clone(), move |record| {
                record.deletion_millis = Some(at);
                Ok(())
            })
            .await?;
        }
        Ok(api::DeleteSecretOutput {
            arn: Some(record.arn),
            name: Some(name),
            deletion_date: Some(Timestamp::from_millis(at)),
        })
    }
}

impl Handler<api::RestoreSecret> for SecretsManager {
    async fn handle(
        &self,
        input: api::RestoreSecretInput,
        _caller: &Caller,
    ) -> Result<api::RestoreSecretOutput, ServiceError> {
        let (name, record) = self.find(&input.secret_id)?;
        self.change(name.clone(), |record| {
            record.deletion_millis = None;
            Ok(())
        })
        .await?;
        Ok(api::RestoreSecretOutput {
            arn: Some(record.arn),
            name: Some(name),
        })
    }
}

impl Handler<api::ListSecrets> for SecretsManager {
    async fn handle(
        &self,
        input: api::ListSecretsInput,
        _caller: &Caller,
    ) -> Result<api::ListSecretsOutput, ServiceError> {
        let all = SECRETS.load(&*self.store);
        let all = all.map_err(|error| unavailable(&error))?;
        let with_planned = input.include_planned_deletion == Some(true);
        let now = self.clock.now().as_millis();
        let shown = all
            .into_iter()
            .filter(|(_, secret)| match secret.deletion_millis {
                None => true,
                Some(at) => with_planned && at > now,
            });
        let after =
            shown.skip_while(|(name, _)| input.next_token.as_ref().is_some_and(|it| name <= it));
        let limit = input.max_results.and_then(|it| usize::try_from(it).ok());
        let mut page: Vec<_> = after.take(limit.unwrap_or(100).clamp(1, 100) + 1).collect();
        let has_more = page.len() > limit.unwrap_or(100).clamp(1, 100);
        if has_more {
            page.pop();
        }
        let next_token = page
            .last()
            .filter(|_| has_more)
            .map(|(name, _)| name.clone());
        let entries = page.into_iter().map(|(name, record)| api::SecretListEntry {
            arn: Some(record.arn.clone()),
            name: Some(name),
            description: record.description.clone(),
            kms_key_id: record.kms_key_id.clone(),
            last_changed_date: Some(Timestamp::from_millis(record.changed_millis)),
            deleted_date: record.deletion_millis.map(Timestamp::from_millis),
            created_date: Some(Timestamp::from_millis(record.created_millis)),
            tags: Some(tag_list(&record)),
            ..Default::default()
        });
        Ok(api::ListSecretsOutput {
            secret_list: Some(entries.collect()),
            next_token,
        })
    }
}

impl Handler<api::GetRandomPassword> for SecretsManager {
    async fn handle(
        &self,
        input: api::GetRandomPasswordInput,
        _caller: &Caller,
    ) -> Result<api::GetRandomPasswordOutput, ServiceError> {
        Ok(api::GetRandomPasswordOutput {
            random_password: Some(password::generate(&input)?),
        })
    }
}

impl Handler<api::TagResource> for SecretsManager {
    async fn handle(
        &self,
        input: api::TagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (name, _) = self.usable(&input.secret_id)?;
        let added = tags(Some(input.tags));
        self.change(name, move |record| {
            record.tags.extend(added);
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<api::UntagResource> for SecretsManager {
    async fn handle(
        &self,
        input: api::UntagResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let (name, _) = self.usable(&input.secret_id)?;
        self.change(name, move |record| {
            record.tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(Unit {})
        })
        .await
    }
}

fn tags(given: Option<Vec<api::Tag>>) -> std::collections::BTreeMap<String, String> {
    let given = given.into_iter().flatten();
    given
        .filter_map(|tag| Some((tag.key?, tag.value.unwrap_or_default())))
        .collect()
}

fn tag_list(record: &SecretRecord) -> Vec<api::Tag> {
    let tags = record.tags.iter();
    tags.map(|(key, value)| api::Tag {
        key: Some(key.clone()),
        value: Some(value.clone()),
    })
    .collect()
}
