//! `UpdateTimeToLive`, `DescribeTimeToLive`.

use landline_api::dynamodb as api;
use landline_wire::{Caller, Handler, ServiceError};

use crate::DynamoDb;
use crate::error::validation;

impl Handler<api::UpdateTimeToLive> for DynamoDb {
    async fn handle(
        &self,
        input: api::UpdateTimeToLiveInput,
        _caller: &Caller,
    ) -> Result<api::UpdateTimeToLiveOutput, ServiceError> {
        let table = self.catalog.described(&input.table_name)?;
        let specification = input.time_to_live_specification;
        let wanted = specification.clone();
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            match (&record.time_to_live, wanted.enabled) {
                (Some(name), _) if *name != wanted.attribute_name => Err(validation(format!(
                    "TimeToLive is active on a different AttributeName: current AttributeName is {name}"
                ))
                .into()),
                (Some(_), true) => Err(validation("TimeToLive is already enabled").into()),
                (None, false) => Err(validation("TimeToLive is already disabled").into()),
                (None, true) => {
                    record.time_to_live = Some(wanted.attribute_name);
                    Ok(())
                }
                (Some(_), false) => {
                    record.time_to_live = None;
                    Ok(())
                }
            }
        });
        amended.await?;
        Ok(api::UpdateTimeToLiveOutput {
            time_to_live_specification: Some(specification),
        })
    }
}

impl Handler<api::DescribeTimeToLive> for DynamoDb {
    async fn handle(
        &self,
        input: api::DescribeTimeToLiveInput,
        _caller: &Caller,
    ) -> Result<api::DescribeTimeToLiveOutput, ServiceError> {
        let table = self.catalog.described(&input.table_name)?;
        let attribute_name = table.record.time_to_live.clone();
        let status = match attribute_name {
            Some(_) => api::TimeToLiveStatus::Enabled,
            None => api::TimeToLiveStatus::Disabled,
        };
        Ok(api::DescribeTimeToLiveOutput {
            time_to_live_description: Some(api::TimeToLiveDescription {
                time_to_live_status: Some(status),
                attribute_name,
            }),
        })
    }
}
