//! How asynchronous events are run: `PutFunctionEventInvokeConfig` and its siblings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>

use landline_api::lambda as api;
use landline_api::lambda::errors::ResourceNotFoundException;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::Service;
use crate::function::record::EventInvoke;
use crate::functions::{LATEST, Target};
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::PutFunctionEventInvokeConfig> for Service {
    async fn handle(
        &self,
        input: api::PutFunctionEventInvokeConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionEventInvokeConfig, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        let settings = Settings {
            max_retries: input.maximum_retry_attempts,
            max_age_seconds: input.maximum_event_age_in_seconds,
            destinations: input.destination_config,
        };
        self.put_settings(&target, settings, EventInvoke::default())
            .await
    }
}

impl Handler<api::UpdateFunctionEventInvokeConfig> for Service {
    async fn handle(
        &self,
        input: api::UpdateFunctionEventInvokeConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionEventInvokeConfig, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        let before = settings_of(&target)?.clone();
        let settings = Settings {
            max_retries: input.maximum_retry_attempts,
            max_age_seconds: input.maximum_event_age_in_seconds,
            destinations: input.destination_config,
        };
        self.put_settings(&target, settings, before).await
    }
}

impl Handler<api::GetFunctionEventInvokeConfig> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionEventInvokeConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionEventInvokeConfig, ServiceError> {
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        Ok(configuration(qualified_arn(&target), settings_of(&target)?))
    }
}

impl Handler<api::ListFunctionEventInvokeConfigs> for Service {
    async fn handle(
        &self,
        input: api::ListFunctionEventInvokeConfigsInput,
        _caller: &Caller,
    ) -> Result<api::ListFunctionEventInvokeConfigsOutput, ServiceError> {
        let latest = self.latest(&input.function_name)?;
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max
            .unwrap_or(MAX_LISTED_FUNCTIONS)
            .min(MAX_LISTED_FUNCTIONS);
        let all = latest.record.event_invoke.iter();
        let mut rest = all.filter(|(key, _)| input.marker.as_ref().is_none_or(|m| *key > m));
        let page: Vec<_> = rest.by_ref().take(max).collect();
        // The marker is the last qualifier of the page before.
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|(key, _)| (*key).clone()));
        let page = page.into_iter().map(|(key, settings)| {
            let qualifier = if key.is_empty() { LATEST } else { key };
            configuration(format!("{}:{qualifier}", latest.spec.arn), settings)
        });
        Ok(api::ListFunctionEventInvokeConfigsOutput {
            function_event_invoke_configs: Some(page.collect()),
            next_marker,
        })
    }
}

impl Handler<api::DeleteFunctionEventInvokeConfig> for Service {
    async fn handle(
        &self,
        input: api::DeleteFunctionEventInvokeConfigInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        settings_of(&target)?;
        let mut record = target.latest.record.clone();
        record.event_invoke.remove(target.key().unwrap_or_default());
        self.save(record).await?;
        Ok(Unit {})
    }
}

/// What a call names.
struct Settings {
    max_retries: Option<i32>,
    max_age_seconds: Option<i32>,
    destinations: Option<api::DestinationConfig>,
}

impl Service {
    /// Takes over what the call names over what was before.
    async fn put_settings(
        &self,
        target: &Target,
        settings: Settings,
        mut into: EventInvoke,
    ) -> Result<api::FunctionEventInvokeConfig, ServiceError> {
        if let Some(retries) = settings.max_retries {
            into.max_retries = u32::try_from(retries).ok();
        }
        if let Some(seconds) = settings.max_age_seconds {
            into.max_age_seconds = u32::try_from(seconds).ok();
        }
        if let Some(destinations) = settings.destinations {
            let is_given = |arn: &String| !arn.is_empty();
            if let Some(success) = destinations.on_success {
                into.on_success = success.destination.filter(is_given);
            }
            if let Some(failure) = destinations.on_failure {
                into.on_failure = failure.destination.filter(is_given);
            }
        }
        into.last_modified = self.config.clock.now().as_millis();
        let answer = configuration(qualified_arn(target), &into);
        let mut record = target.latest.record.clone();
        let key = target.key().unwrap_or_default().to_owned();
        record.event_invoke.insert(key, into);
        self.save(record).await?;
        Ok(answer)
    }
}

fn settings_of(target: &Target) -> Result<&EventInvoke, ServiceError> {
    let key = target.key().unwrap_or_default();
    target.latest.record.event_invoke.get(key).ok_or_else(|| {
        ResourceNotFoundException
            .with(format!(
                "The function {} doesn't have an EventInvokeConfig",
                qualified_arn(target)
            ))
            .with_field("Type", "User")
    })
}

/// These configurations are told with a qualifier even where the caller gave none.
fn qualified_arn(target: &Target) -> String {
    let qualifier = target.key().unwrap_or(LATEST);
    format!("{}:{qualifier}", target.latest.spec.arn)
}

fn configuration(arn: String, settings: &EventInvoke) -> api::FunctionEventInvokeConfig {
    api::FunctionEventInvokeConfig {
        last_modified: Some(Timestamp::from_millis(settings.last_modified)),
        function_arn: Some(arn),
        maximum_retry_attempts: settings.max_retries.and_then(|n| i32::try_from(n).ok()),
        maximum_event_age_in_seconds: settings.max_age_seconds.and_then(|n| i32::try_from(n).ok()),
        destination_config: Some(api::DestinationConfig {
            on_success: Some(api::OnSuccess {
                destination: settings.on_success.clone(),
            }),
            on_failure: Some(api::OnFailure {
                destination: settings.on_failure.clone(),
            }),
        }),
    }
}
