//! How asynchronous events are run: `PutFunctionEventInvokeConfig` and its siblings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html>

use landline_api::lambda as api;
use landline_api::lambda::errors::ResourceNotFoundException;
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError, Timestamp};

use super::{Service, validation};
use crate::function::name::FunctionName;
use crate::function::record::EventInvoke;
use crate::functions::{LATEST, Target};
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::PutFunctionEventInvokeConfig> for Service {
    async fn handle(
        &self,
        input: api::PutFunctionEventInvokeConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionEventInvokeConfig, ServiceError> {
        let settings = Settings {
            max_retries: input.maximum_retry_attempts,
            max_age_seconds: input.maximum_event_age_in_seconds,
            destinations: input.destination_config,
        };
        let _one_at_a_time = self.changes.lock().await;
        let qualifier = input.qualifier.as_deref();
        let target = self.set_target(&input.function_name, qualifier, &settings)?;
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
        let settings = Settings {
            max_retries: input.maximum_retry_attempts,
            max_age_seconds: input.maximum_event_age_in_seconds,
            destinations: input.destination_config,
        };
        let _one_at_a_time = self.changes.lock().await;
        let qualifier = input.qualifier.as_deref();
        let target = self.set_target(&input.function_name, qualifier, &settings)?;
        let before = settings_of(&target)?.clone();
        self.put_settings(&target, settings, before).await
    }
}

impl Handler<api::GetFunctionEventInvokeConfig> for Service {
    async fn handle(
        &self,
        input: api::GetFunctionEventInvokeConfigInput,
        _caller: &Caller,
    ) -> Result<api::FunctionEventInvokeConfig, ServiceError> {
        let target = self.kept_target(&input.function_name, input.qualifier.as_deref())?;
        Ok(configuration(qualified_arn(&target), settings_of(&target)?))
    }
}

impl Handler<api::ListFunctionEventInvokeConfigs> for Service {
    async fn handle(
        &self,
        input: api::ListFunctionEventInvokeConfigsInput,
        _caller: &Caller,
    ) -> Result<api::ListFunctionEventInvokeConfigsOutput, ServiceError> {
        let latest = self.latest(&input.function_name);
        let latest = latest.map_err(|_| no_function())?;
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
        let target = self.kept_target(&input.function_name, input.qualifier.as_deref())?;
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
    /// Whom settings shall be kept for.
    fn set_target(
        &self,
        text: &str,
        qualifier: Option<&str>,
        settings: &Settings,
    ) -> Result<Target, ServiceError> {
        let named = FunctionName::parse(text);
        let qualifier = named.qualified_by(qualifier)?;
        self.check_reach(&named)?;
        let is_empty = settings.max_retries.is_none()
            && settings.max_age_seconds.is_none()
            && settings.destinations.is_none();
        if is_empty {
            return Err(validation::invalid(
                "You must specify at least one of error handling or destination setting.",
            ));
        }
        let target = self.target(text, qualifier).map_err(|_| no_function())?;
        if let Some(destinations) = &settings.destinations {
            self.check_destinations(&target, destinations)?;
        }
        Ok(target)
    }

    /// Whom settings are kept for, if there are any.
    fn kept_target(&self, text: &str, qualifier: Option<&str>) -> Result<Target, ServiceError> {
        let named = FunctionName::parse(text);
        let qualifier = named.qualified_by(qualifier)?;
        self.check_reach(&named)?;
        let qualified = qualifier.unwrap_or(LATEST);
        let target = self.target(text, qualifier);
        target.map_err(|_| no_settings(&format!("{}:{qualified}", self.arn(named.name))))
    }

    /// Where events may go on to.
    fn check_destinations(
        &self,
        target: &Target,
        config: &api::DestinationConfig,
    ) -> Result<(), ServiceError> {
        let success = config.on_success.as_ref();
        let success = success.and_then(|on| on.destination.as_deref());
        let failure = config.on_failure.as_ref();
        let failure = failure.and_then(|on| on.destination.as_deref());
        let given = [success, failure].into_iter().flatten();
        for arn in given.filter(|arn| !arn.is_empty()) {
            let service = Arn::parse(arn).map_or("", |parsed| parsed.service);
            if !DESTINATIONS.contains(&service) {
                return Err(validation::invalid(format!(
                    "The provided destination config {} is invalid.",
                    as_java_prints(success, failure)
                )));
            }
            if service == "lambda" {
                self.check_destination_function(target, arn)?;
            }
        }
        Ok(())
    }

    fn check_destination_function(&self, target: &Target, arn: &str) -> Result<(), ServiceError> {
        let destination = self.target(arn, None);
        let destination = destination
            .map_err(|_| validation::invalid(format!("The destination ARN {arn} is invalid.")))?;
        let is_itself = destination.latest.record.name == target.latest.record.name
            && destination.key() == target.key();
        if is_itself {
            return Err(validation::invalid(
                "You can't specify the function as a destination for itself.",
            ));
        }
        Ok(())
    }

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
    let settings = target.latest.record.event_invoke.get(key);
    settings.ok_or_else(|| no_settings(&qualified_arn(target)))
}

fn no_settings(arn: &str) -> ServiceError {
    ResourceNotFoundException
        .with(format!(
            "The function {arn} doesn't have an EventInvokeConfig"
        ))
        .with_field("Type", "User")
}

fn no_function() -> ServiceError {
    ResourceNotFoundException
        .with("The function doesn't exist.")
        .with_field("Type", "User")
}

/// AWS shows the destinations that it refuses as they are in its own memory.
fn as_java_prints(success: Option<&str>, failure: Option<&str>) -> String {
    let shown = |class: &str, arn: Option<&str>| {
        arn.map_or_else(
            || "null".to_owned(),
            |arn| format!("{class}(destination={arn})"),
        )
    };
    format!(
        "DestinationConfig(onSuccess={}, onFailure={})",
        shown("OnSuccess", success),
        shown("OnFailure", failure)
    )
}

/// The services that take what became of an event.
const DESTINATIONS: [&str; 5] = ["lambda", "sqs", "sns", "events", "s3"];

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
