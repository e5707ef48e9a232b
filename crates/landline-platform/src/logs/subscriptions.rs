//! Subscription filters: the lines of a group that match a pattern go to a function.
//!
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>

use landline_api::lambda;
use landline_api::logs::{
    DeleteSubscriptionFilter, DeleteSubscriptionFilterInput, DescribeSubscriptionFilters,
    DescribeSubscriptionFiltersInput, DescribeSubscriptionFiltersOutput, Distribution,
    PutSubscriptionFilter, PutSubscriptionFilterInput, SubscriptionFilter, errors,
};
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError};
use serde::{Deserialize, Serialize};

use super::pattern::Pattern;
use super::{Logs, existing_group, group_arn};
use crate::WriteFailure;

/// The most subscription filters of a group.
const MAX_FILTERS: usize = 2;
/// The most entries in a page of filters, and how many come when nobody says.
pub(super) const MAX_PAGE: usize = 50;

/// A filter as its group keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct SubscriptionRecord {
    pub(super) pattern: String,
    pub(super) destination_arn: String,
    role_arn: Option<String>,
    distribution: String,
    created_millis: i64,
}

impl Handler<PutSubscriptionFilter> for Logs {
    async fn handle(
        &self,
        input: PutSubscriptionFilterInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let group = input.log_group_name;
        checked(&input.filter_pattern)?;
        self.store.read(|reader| existing_group(reader, &group))?;
        self.check_destination(
            &group,
            &input.destination_arn,
            input.role_arn.as_ref(),
            caller,
        )
        .await?;
        let record = SubscriptionRecord {
            pattern: input.filter_pattern,
            destination_arn: input.destination_arn,
            role_arn: input.role_arn,
            distribution: input
                .distribution
                .map_or_else(|| "ByLogStream".to_owned(), |it| it.to_string()),
            created_millis: self.clock.now().as_millis(),
        };
        self.change_group(group, move |it| {
            let is_new = !it.subscriptions.contains_key(&input.filter_name);
            if is_new && it.subscriptions.len() == MAX_FILTERS {
                let exceeded = errors::LimitExceededException;
                return Err(exceeded.with("Resource limit exceeded."));
            }
            it.subscriptions.insert(input.filter_name, record);
            Ok(())
        })
        .await
    }
}

impl Handler<DescribeSubscriptionFilters> for Logs {
    async fn handle(
        &self,
        input: DescribeSubscriptionFiltersInput,
        _caller: &Caller,
    ) -> Result<DescribeSubscriptionFiltersOutput, ServiceError> {
        let group = input.log_group_name;
        let record = self.store.read(|reader| existing_group(reader, &group))?;
        let prefix = input.filter_name_prefix.unwrap_or_default();
        let after = input.next_token.unwrap_or_default();
        let most = page_size(input.limit);
        let wanted = record.subscriptions.into_iter();
        let wanted = wanted.filter(|(name, _)| name.starts_with(&prefix) && *name > after);
        let mut all = wanted.map(|(name, it)| SubscriptionFilter {
            filter_name: Some(name),
            log_group_name: Some(group.clone()),
            filter_pattern: Some(it.pattern),
            destination_arn: Some(it.destination_arn),
            role_arn: it.role_arn,
            distribution: Some(Distribution::from(it.distribution.as_str())),
            apply_on_transformed_logs: Some(false),
            creation_time: Some(it.created_millis),
            ..SubscriptionFilter::default()
        });
        let page: Vec<_> = all.by_ref().take(most).collect();
        let last = page.last().and_then(|filter| filter.filter_name.clone());
        Ok(DescribeSubscriptionFiltersOutput {
            next_token: all.next().and(last),
            subscription_filters: Some(page),
        })
    }
}

impl Handler<DeleteSubscriptionFilter> for Logs {
    async fn handle(
        &self,
        input: DeleteSubscriptionFilterInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change_group(input.log_group_name, move |it| {
            match it.subscriptions.remove(&input.filter_name) {
                Some(_) => Ok(()),
                None => Err(errors::ResourceNotFoundException
                    .with("The specified subscription filter does not exist.")),
            }
        })
        .await
    }
}

impl Logs {
    /// Refuses a function that is not there or does not let the group call it; streams are kept and told nothing.
    async fn check_destination(
        &self,
        group: &str,
        destination: &str,
        role: Option<&String>,
        caller: &Caller,
    ) -> Result<(), ServiceError> {
        let service = Arn::parse(destination).map(|arn| arn.service.to_owned());
        let service = service.unwrap_or_default();
        if service != "lambda" {
            if role.is_none() && ["kinesis", "firehose"].contains(&service.as_str()) {
                return Err(errors::InvalidParameterException.with(format!(
                    "destinationArn for vendor {service} cannot be used without roleArn"
                )));
            }
            tracing::warn!(
                group,
                destination,
                "only functions are sent lines of a log group"
            );
            return Ok(());
        }
        let Some(dispatcher) = self.dispatcher.get() else {
            return Ok(());
        };
        let input = lambda::InvokeInput {
            function_name: destination.to_owned(),
            invocation_type: Some(lambda::InvocationType::DryRun),
            ..Default::default()
        };
        let by = caller_of(group, caller);
        match dispatcher.call::<lambda::Invoke>(input, &by).await {
            Ok(_) => Ok(()),
            Err(_) => Err(errors::InvalidParameterException.with("Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.")),
        }
    }

    /// Changes a group in one transaction, and what is done with its lines from now on.
    pub(super) async fn change_group(
        &self,
        name: String,
        change: impl FnOnce(&mut super::GroupRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<Unit, ServiceError> {
        let group = name.clone();
        let written = self
            .store
            .write(move |transaction: &mut landline_store::Transaction<'_>| {
                let mut record = existing_group(transaction, &name)?;
                change(&mut record)?;
                super::GROUPS.put_in(transaction, &name, &record)?;
                Ok::<_, WriteFailure>(())
            });
        written.await?;
        self.watch(&group)?;
        Ok(Unit {})
    }
}

/// The service, on behalf of a group.
pub(super) fn caller_of(group: &str, caller: &Caller) -> Caller {
    let arn = format!("{}:*", group_arn(caller, group));
    Caller::root(&caller.account_id, &caller.region).service("logs.amazonaws.com", &arn)
}

pub(super) fn checked(pattern: &str) -> Result<Pattern, ServiceError> {
    Pattern::parse(pattern).map_err(|text| errors::InvalidParameterException.with(text))
}

pub(super) fn page_size(limit: Option<i32>) -> usize {
    let limit = limit.and_then(|limit| usize::try_from(limit).ok());
    limit.unwrap_or(MAX_PAGE).min(MAX_PAGE)
}
