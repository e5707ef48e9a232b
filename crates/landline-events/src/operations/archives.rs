//! `CreateArchive`, `DescribeArchive`, `UpdateArchive`, `DeleteArchive`, `ListArchives`.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateArchive.html>

use std::sync::Arc;

use landline_api::events as api;
use landline_api::events::errors;
use landline_store::StoreError;
use landline_wire::{Arn, Caller, Handler, ServiceError, Timestamp};

use super::page::page;
use super::{Service, bus_name, rules};
use crate::Events;
use crate::archive::{ARCHIVED, ARCHIVES, Archive, ArchiveRecord, SIZES};
use crate::errors::{invalid, no_archive, unavailable};
use crate::quotas::ARCHIVES_MAX;

impl Events {
    pub(super) fn archive_arn(&self, name: &str) -> String {
        self.arn(&format!("archive/{name}"))
    }

    fn archive(&self, name: &str) -> Result<Arc<Archive>, ServiceError> {
        self.archives.get(name).ok_or_else(|| no_archive(name))
    }

    async fn keep_archive(&self, record: ArchiveRecord) -> Result<(), ServiceError> {
        let store = &*self.config.store;
        let kept = ARCHIVES.put(store, &record.name, record.clone()).await;
        kept.map_err(unavailable)?;
        self.archives.put(record);
        Ok(())
    }
}

impl Handler<api::CreateArchive> for Service {
    async fn handle(
        &self,
        input: api::CreateArchiveInput,
        _caller: &Caller,
    ) -> Result<api::CreateArchiveOutput, ServiceError> {
        if let Some(pattern) = &input.event_pattern {
            rules::pattern(pattern)?;
        }
        let (bus, _) = self.bus(Some(&input.event_source_arn))?;
        let _one_at_a_time = self.changes.lock().await;
        let name = input.archive_name;
        if self.archives.get(&name).is_some() {
            let text = format!("Archive {name} already exists.");
            return Err(errors::ResourceAlreadyExistsException.with(text));
        }
        if self.archives.all().len() >= ARCHIVES_MAX {
            return Err(errors::LimitExceededException
                .with("The requested resource exceeds the maximum number allowed."));
        }
        let record = ArchiveRecord {
            name: name.clone(),
            bus,
            bus_arn: input.event_source_arn,
            description: input.description,
            pattern: input.event_pattern,
            retention_days: input.retention_days.unwrap_or_default(),
            kms_key: input.kms_key_identifier,
            created_millis: self.now().as_millis(),
        };
        let created = Timestamp::from_millis(record.created_millis);
        self.keep_archive(record).await?;
        Ok(api::CreateArchiveOutput {
            archive_arn: Some(self.archive_arn(&name)),
            state: Some(api::ArchiveState::Enabled),
            state_reason: None,
            creation_time: Some(created),
        })
    }
}

impl Handler<api::DescribeArchive> for Service {
    async fn handle(
        &self,
        input: api::DescribeArchiveInput,
        _caller: &Caller,
    ) -> Result<api::DescribeArchiveOutput, ServiceError> {
        let archive = self.archive(&input.archive_name)?;
        let size = self.size(&input.archive_name)?;
        let record = &archive.record;
        Ok(api::DescribeArchiveOutput {
            archive_arn: Some(self.archive_arn(&record.name)),
            archive_name: Some(record.name.clone()),
            event_source_arn: Some(record.bus_arn.clone()),
            description: record.description.clone(),
            event_pattern: record.pattern.clone(),
            state: Some(api::ArchiveState::Enabled),
            kms_key_identifier: record.kms_key.clone(),
            retention_days: Some(record.retention_days),
            size_bytes: i64::try_from(size.bytes).ok(),
            event_count: i64::try_from(size.events).ok(),
            creation_time: Some(Timestamp::from_millis(record.created_millis)),
            ..Default::default()
        })
    }
}

impl Handler<api::UpdateArchive> for Service {
    async fn handle(
        &self,
        input: api::UpdateArchiveInput,
        _caller: &Caller,
    ) -> Result<api::UpdateArchiveOutput, ServiceError> {
        let is_nothing = input.event_pattern.is_none()
            && input.retention_days.is_none()
            && input.description.is_none()
            && input.kms_key_identifier.is_none();
        if is_nothing {
            return Err(invalid(
                "At least one of EventPattern, RetentionDays or Description must be provided.",
            ));
        }
        if let Some(pattern) = &input.event_pattern {
            rules::pattern(pattern)?;
        }
        let _one_at_a_time = self.changes.lock().await;
        let archive = self.archive(&input.archive_name)?;
        let before = archive.record.clone();
        let record = ArchiveRecord {
            description: input.description.or(before.description),
            pattern: input.event_pattern.or(before.pattern),
            retention_days: input.retention_days.unwrap_or(before.retention_days),
            kms_key: input.kms_key_identifier.or(before.kms_key),
            ..before
        };
        let created = Timestamp::from_millis(record.created_millis);
        self.keep_archive(record).await?;
        Ok(api::UpdateArchiveOutput {
            archive_arn: Some(self.archive_arn(&input.archive_name)),
            state: Some(api::ArchiveState::Enabled),
            state_reason: None,
            creation_time: Some(created),
        })
    }
}

impl Handler<api::DeleteArchive> for Service {
    async fn handle(
        &self,
        input: api::DeleteArchiveInput,
        _caller: &Caller,
    ) -> Result<api::DeleteArchiveOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        self.archive(&input.archive_name)?;
        let name = input.archive_name;
        // Before its events go: nobody adds to what is not there.
        self.archives.remove(&name);
        let deleted = self.config.store.write(move |transaction| {
            ARCHIVES.delete_in(transaction, &name);
            SIZES.delete_in(transaction, &name);
            ARCHIVED.delete_under_in(transaction, &format!("{name}|"))?;
            Ok::<_, StoreError>(())
        });
        deleted.await.map_err(unavailable)?;
        Ok(api::DeleteArchiveOutput {})
    }
}

impl Handler<api::ListArchives> for Service {
    async fn handle(
        &self,
        input: api::ListArchivesInput,
        _caller: &Caller,
    ) -> Result<api::ListArchivesOutput, ServiceError> {
        if let Some(arn) = &input.event_source_arn
            && Arn::parse(arn).is_some()
        {
            self.bus(Some(bus_name(Some(arn))))?;
        }
        let prefix = input.name_prefix.unwrap_or_default();
        let is_enabled = |state: &api::ArchiveState| *state == api::ArchiveState::Enabled;
        let mut all = self.archives.all();
        all.retain(|archive| {
            let source = input.event_source_arn.as_ref();
            archive.record.name.starts_with(&prefix)
                && source.is_none_or(|source| *source == archive.record.bus_arn)
                && input.state.as_ref().is_none_or(is_enabled)
        });
        let token = input.next_token.as_deref();
        let (page, next_token) = page(all, token, input.limit, |it| &it.record.name);
        let mut shown = Vec::with_capacity(page.len());
        for archive in page {
            let record = &archive.record;
            let size = self.size(&record.name)?;
            shown.push(api::Archive {
                archive_name: Some(record.name.clone()),
                event_source_arn: Some(record.bus_arn.clone()),
                state: Some(api::ArchiveState::Enabled),
                retention_days: Some(record.retention_days),
                size_bytes: i64::try_from(size.bytes).ok(),
                event_count: i64::try_from(size.events).ok(),
                creation_time: Some(Timestamp::from_millis(record.created_millis)),
                ..Default::default()
            });
        }
        Ok(api::ListArchivesOutput {
            archives: Some(shown),
            next_token,
        })
    }
}
