//! What is known of parameters without their values, and of their earlier versions.

use landline_api::ssm as api;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::{PARAMETERS, Page, Secrets, Ssm, arn, filters::Filter, plain_name};
use crate::unavailable;

impl Handler<api::DescribeParameters> for Ssm {
    async fn handle(
        &self,
        input: api::DescribeParametersInput,
        caller: &Caller,
    ) -> Result<api::DescribeParametersOutput, ServiceError> {
        let older = input.filters.unwrap_or_default().into_iter();
        let mut filters = input.parameter_filters.unwrap_or_default();
        filters.extend(older.map(|filter| api::ParameterStringFilter {
            key: filter.key.to_string(),
            option: None,
            values: Some(filter.values),
        }));
        let filters = Filter::read(filters)?;
        let all = PARAMETERS
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let asked = all
            .into_iter()
            .filter(|(name, record)| filters.iter().all(|filter| filter.holds(name, record)));
        let page = Page::of(asked, input.next_token, input.max_results.unwrap_or(50));
        let described = page.items.into_iter().map(|(name, record)| {
            let last = record.versions.last();
            api::ParameterMetadata {
                arn: Some(arn(&name, caller)),
                name: Some(name),
                r#type: Some(record.kind.as_str().into()),
                key_id: record.key_id.clone(),
                last_modified_date: last.map(|it| Timestamp::from_millis(it.modified_millis)),
                last_modified_user: last.map(|it| it.modified_by.clone()),
                version: last.map(|it| it.number),
                description: record.description.clone(),
                allowed_pattern: record.allowed_pattern.clone(),
                tier: Some(record.tier.as_str().into()),
                policies: Some(Vec::new()),
                data_type: Some(record.data_type.clone()),
            }
        });
        Ok(api::DescribeParametersOutput {
            parameters: Some(described.collect()),
            next_token: page.next_token,
        })
    }
}

impl Handler<api::GetParameterHistory> for Ssm {
    async fn handle(
        &self,
        input: api::GetParameterHistoryInput,
        _caller: &Caller,
    ) -> Result<api::GetParameterHistoryOutput, ServiceError> {
        let name = plain_name(&input.name);
        let record = self.find(name)?;
        let after: i64 = input.next_token.and_then(|it| it.parse().ok()).unwrap_or(0);
        let most = usize::try_from(input.max_results.unwrap_or(50)).unwrap_or(50);
        let secrets = Secrets::of(input.with_decryption);
        let mut versions = record.versions.iter().filter(|it| it.number > after);
        let page: Vec<_> = versions.by_ref().take(most).collect();
        let more = versions.next().is_some();
        let last = page.last().map(|version| version.number.to_string());
        let described = page.into_iter().map(|version| api::ParameterHistory {
            name: Some(name.to_owned()),
            r#type: Some(record.kind.as_str().into()),
            key_id: record.key_id.clone(),
            last_modified_date: Some(Timestamp::from_millis(version.modified_millis)),
            last_modified_user: Some(version.modified_by.clone()),
            description: record.description.clone(),
            value: Some(record.value(version, secrets)),
            allowed_pattern: record.allowed_pattern.clone(),
            version: Some(version.number),
            labels: Some(Vec::new()),
            tier: Some(record.tier.as_str().into()),
            policies: Some(Vec::new()),
            data_type: Some(record.data_type.clone()),
        });
        Ok(api::GetParameterHistoryOutput {
            parameters: Some(described.collect()),
            next_token: last.filter(|_| more),
        })
    }
}
