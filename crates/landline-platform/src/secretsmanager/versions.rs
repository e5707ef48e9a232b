//! Versions of secrets and the stages that name them: `ListSecretVersionIds`, `UpdateSecretVersionStage`.
//!
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UpdateSecretVersionStage.html>

use landline_api::secretsmanager as api;
use landline_api::secretsmanager::errors;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::{CURRENT, PREVIOUS, SecretRecord, SecretsManager};

impl Handler<api::ListSecretVersionIds> for SecretsManager {
    async fn handle(
        &self,
        input: api::ListSecretVersionIdsInput,
        _caller: &Caller,
    ) -> Result<api::ListSecretVersionIdsOutput, ServiceError> {
        let (name, record) = self.find(&input.secret_id)?;
        let with_deprecated = input.include_deprecated == Some(true);
        let key = record.kms_key_id.as_deref();
        let key = key.unwrap_or("DefaultEncryptionKey").to_owned();
        let mut versions: Vec<_> = record
            .versions
            .iter()
            .filter(|(_, version)| with_deprecated || !version.stages.is_empty())
            .collect();
        versions.sort_by_key(|(_, version)| version.created_millis);
        // There are a hundred at most: all of them fit into one answer.
        let versions = versions.into_iter().map(|(id, version)| {
            let stages = Some(version.stages.clone()).filter(|stages| !stages.is_empty());
            api::SecretVersionsListEntry {
                version_id: Some(id.clone()),
                version_stages: stages,
                created_date: Some(Timestamp::from_millis(version.created_millis)),
                kms_key_ids: Some(vec![key.clone()]),
                ..Default::default()
            }
        });
        Ok(api::ListSecretVersionIdsOutput {
            versions: Some(versions.collect()),
            arn: Some(record.arn.clone()),
            name: Some(name),
            next_token: None,
        })
    }
}

impl Handler<api::UpdateSecretVersionStage> for SecretsManager {
    async fn handle(
        &self,
        input: api::UpdateSecretVersionStageInput,
        _caller: &Caller,
    ) -> Result<api::UpdateSecretVersionStageOutput, ServiceError> {
        let (name, record) = self.usable(&input.secret_id)?;
        let now = self.clock.now().as_millis();
        self.change(name.clone(), move |record| {
            move_stage(record, &input)?;
            record.changed_millis = now;
            Ok(())
        })
        .await?;
        Ok(api::UpdateSecretVersionStageOutput {
            arn: Some(record.arn),
            name: Some(name),
        })
    }
}

/// Moves a stage from the version that has it, which the caller has to name.
fn move_stage(
    record: &mut SecretRecord,
    input: &api::UpdateSecretVersionStageInput,
) -> Result<(), ServiceError> {
    let stage = &input.version_stage;
    let invalid = |text: String| Err(errors::InvalidParameterException.with(text));
    let (from, to) = (&input.remove_from_version_id, &input.move_to_version_id);
    for id in [from, to].into_iter().flatten() {
        if !record.versions.contains_key(id) {
            return Err(super::not_found());
        }
    }
    let has = |(_, version): &(&String, &super::VersionRecord)| version.stages.contains(stage);
    let holder = record.versions.iter().find(has).map(|(id, _)| id.clone());
    match (&holder, from) {
        (Some(holder), None) if to.as_ref() != Some(holder) => {
            return invalid(format!(
                "The parameter RemoveFromVersionId can't be empty. Staging label {stage} is currently attached to version {holder}, so you must explicitly reference that version in RemoveFromVersionId."
            ));
        }
        (holder, Some(from)) if holder.as_ref() != Some(from) => {
            return invalid(format!(
                "Not currently attached to version {from}: staging label {stage}. The labels must be specified exactly."
            ));
        }
        _ => {}
    }
    if stage == CURRENT && to.is_none() {
        return invalid(format!(
            "You can only move staging label {CURRENT} to a different secret version. It can\u{2019}t be completely removed."
        ));
    }
    for version in record.versions.values_mut() {
        version.stages.retain(|it| it != stage);
    }
    let to = to.as_ref().and_then(|id| record.versions.get_mut(id));
    if let Some(version) = to {
        version.stages.push(stage.clone());
        version.stages.sort();
    }
    // What was current is the previous one from now on.
    let left = holder.filter(|holder| Some(holder) != input.move_to_version_id.as_ref());
    if let Some(left) = left.filter(|_| stage == CURRENT) {
        for (id, version) in &mut record.versions {
            version.stages.retain(|it| it != PREVIOUS);
            if *id == left {
                version.stages.push(PREVIOUS.to_owned());
            }
        }
    }
    Ok(())
}
