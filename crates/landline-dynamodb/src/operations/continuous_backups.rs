//! `DescribeContinuousBackups`, `UpdateContinuousBackups`: told and remembered, because tools read and
//! write them with every table. There is no recovery to a point in time.

use landline_api::dynamodb as api;
use landline_api::dynamodb::errors::TableNotFoundException;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use crate::DynamoDb;
use crate::error::validation;
use crate::table::{Recovery, TableRecord};

impl Handler<api::DescribeContinuousBackups> for DynamoDb {
    async fn handle(
        &self,
        input: api::DescribeContinuousBackupsInput,
        _caller: &Caller,
    ) -> Result<api::DescribeContinuousBackupsOutput, ServiceError> {
        let table = self.catalog.described(&input.table_name);
        let table = table.map_err(|error| not_found(error, &input.table_name))?;
        Ok(api::DescribeContinuousBackupsOutput {
            continuous_backups_description: Some(described(&table.record, self.clock.now())),
        })
    }
}

impl Handler<api::UpdateContinuousBackups> for DynamoDb {
    async fn handle(
        &self,
        input: api::UpdateContinuousBackupsInput,
        _caller: &Caller,
    ) -> Result<api::UpdateContinuousBackupsOutput, ServiceError> {
        let wanted = input.point_in_time_recovery_specification;
        if !wanted.point_in_time_recovery_enabled && wanted.recovery_period_in_days.is_some() {
            return Err(validation(
                "Invalid Request: Cannot specify RecoveryPeriodInDays when disabling point-in-time recovery.",
            ));
        }
        let table = self.catalog.described(&input.table_name);
        let table = table.map_err(|error| not_found(error, &input.table_name))?;
        let now = self.clock.now();
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            let since = record.recovery.map(|recovery| recovery.since_millis);
            record.recovery = wanted.point_in_time_recovery_enabled.then(|| Recovery {
                days: wanted.recovery_period_in_days.unwrap_or(DEFAULT_DAYS),
                since_millis: since.unwrap_or_else(|| now.as_millis()),
            });
            Ok(())
        });
        let table = amended.await?;
        Ok(api::UpdateContinuousBackupsOutput {
            continuous_backups_description: Some(described(&table.record, now)),
        })
    }
}

/// AWS has continuous backups always switched on, and recovery only where somebody wants it.
fn described(record: &TableRecord, now: Timestamp) -> api::ContinuousBackupsDescription {
    let recovery = record.recovery;
    let status = match recovery {
        Some(_) => api::PointInTimeRecoveryStatus::Enabled,
        None => api::PointInTimeRecoveryStatus::Disabled,
    };
    let earliest = recovery.map(|recovery| {
        let oldest = now.as_millis() - i64::from(recovery.days) * DAY_MILLIS;
        Timestamp::from_millis(recovery.since_millis.max(oldest))
    });
    api::ContinuousBackupsDescription {
        continuous_backups_status: api::ContinuousBackupsStatus::Enabled,
        point_in_time_recovery_description: Some(api::PointInTimeRecoveryDescription {
            point_in_time_recovery_status: Some(status),
            recovery_period_in_days: recovery.map(|recovery| recovery.days),
            earliest_restorable_date_time: earliest,
            latest_restorable_date_time: recovery.map(|_| now),
        }),
    }
}

/// The operations of backups have an exception of their own for it.
fn not_found(error: ServiceError, table: &str) -> ServiceError {
    if error.code != "ResourceNotFoundException" {
        return error;
    }
    TableNotFoundException.with(format!("Table not found: {table}"))
}

const DEFAULT_DAYS: i32 = 35;
const DAY_MILLIS: i64 = 24 * 60 * 60 * 1_000;
