//! Event-source mappings: `CreateEventSourceMapping` and its siblings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html>

mod settings;

use std::sync::Arc;

use landline_api::lambda as api;
use landline_api::lambda::errors::{ResourceConflictException, ResourceNotFoundException};
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::{Service, validation};
use crate::function::name::FunctionName;
use crate::mapping::poller::source::{self, Existing, Start};
use crate::mapping::record::{MappingRecord, SourceKind};
use crate::mapping::{Mapping, State};
use crate::quotas::MAX_LISTED_MAPPINGS;

impl Handler<api::CreateEventSourceMapping> for Service {
    async fn handle(
        &self,
        input: api::CreateEventSourceMappingInput,
        caller: &Caller,
    ) -> Result<api::EventSourceMappingConfiguration, ServiceError> {
        let now = self.config.clock.now().as_millis();
        // What is wrong with the source is told before a function that is not there.
        let function = input.function_name.clone();
        let mut record = settings::record_of(input, caller, written(&function), now)?;
        self.mapped_function(&function)?;
        let _one_at_a_time = self.changes.lock().await;
        self.check_unique(&record)?;
        let start = self.begin(&mut record, now).await?;
        let state = if record.enabled {
            State::Creating
        } else {
            State::Disabled
        };
        let mapping = Mapping::new(record, state);
        let answer = self.configuration(&mapping, State::Creating);
        self.save_mapping(mapping, start).await?;
        Ok(answer)
    }
}

impl Handler<api::GetEventSourceMapping> for Service {
    async fn handle(
        &self,
        input: api::GetEventSourceMappingInput,
        _caller: &Caller,
    ) -> Result<api::EventSourceMappingConfiguration, ServiceError> {
        let mapping = self.mapping(&input.uuid)?;
        Ok(self.configuration(&mapping, mapping.status().state))
    }
}

impl Handler<api::ListEventSourceMappings> for Service {
    async fn handle(
        &self,
        input: api::ListEventSourceMappingsInput,
        _caller: &Caller,
    ) -> Result<api::ListEventSourceMappingsOutput, ServiceError> {
        let function = input.function_name.as_deref().map(written);
        let max = input.max_items.and_then(|max| usize::try_from(max).ok());
        let max = max.unwrap_or(MAX_LISTED_MAPPINGS).min(MAX_LISTED_MAPPINGS);
        let after = input.marker.unwrap_or_default();
        let mut rest = self.mappings.all().into_iter().filter(|mapping| {
            let record = &mapping.record;
            let is_source = input
                .event_source_arn
                .as_ref()
                .is_none_or(|arn| *arn == record.source_arn);
            let is_function = function
                .as_ref()
                .is_none_or(|function| *function == record.function);
            record.uuid > after && is_source && is_function
        });
        let page: Vec<_> = rest.by_ref().take(max).collect();
        // The marker is the last id of the page before.
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|mapping| mapping.record.uuid.clone()));
        let page = page
            .iter()
            .map(|mapping| self.configuration(mapping, mapping.status().state));
        Ok(api::ListEventSourceMappingsOutput {
            next_marker,
            event_source_mappings: Some(page.collect()),
        })
    }
}

impl Handler<api::UpdateEventSourceMapping> for Service {
    async fn handle(
        &self,
        input: api::UpdateEventSourceMappingInput,
        _caller: &Caller,
    ) -> Result<api::EventSourceMappingConfiguration, ServiceError> {
        let now = self.config.clock.now().as_millis();
        let _one_at_a_time = self.changes.lock().await;
        let before = self.mapping(&input.uuid)?;
        let mut record = before.record.clone();
        record.tags = before.tags();
        if let Some(name) = &input.function_name {
            record.function = self.mapped_function(name)?;
        }
        settings::apply(input, &mut record)?;
        record.last_modified = now;
        let start = self.begin(&mut record, now).await?;
        let (state, told) = match (before.record.enabled, record.enabled) {
            (false, true) => (State::Enabling, State::Enabling),
            (true, true) => (State::Updating, State::Updating),
            (true, false) => (State::Disabled, State::Disabling),
            (false, false) => (State::Disabled, State::Updating),
        };
        before.end().await;
        let mapping = Mapping::new(record, state);
        let answer = self.configuration(&mapping, told);
        self.save_mapping(mapping, start).await?;
        Ok(answer)
    }
}

impl Handler<api::DeleteEventSourceMapping> for Service {
    async fn handle(
        &self,
        input: api::DeleteEventSourceMappingInput,
        _caller: &Caller,
    ) -> Result<api::EventSourceMappingConfiguration, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mapping = self.mapping(&input.uuid)?;
        mapping.end().await;
        self.forget_mapping(&input.uuid).await?;
        Ok(self.configuration(&mapping, State::Deleting))
    }
}

impl Service {
    pub(super) fn mapping(&self, uuid: &str) -> Result<Arc<Mapping>, ServiceError> {
        self.mappings.get(uuid).ok_or_else(|| {
            ResourceNotFoundException
                .with("The resource you requested does not exist.")
                .with_field("Type", "User")
        })
    }

    /// The function as mappings keep it, after it was found.
    fn mapped_function(&self, text: &str) -> Result<String, ServiceError> {
        let found = self.find(text, None);
        found.map_err(|_| validation::invalid("Function does not exist"))?;
        Ok(written(text))
    }

    fn check_unique(&self, record: &MappingRecord) -> Result<(), ServiceError> {
        let all = self.mappings.all();
        let twin = all.iter().find(|other| {
            other.record.source_arn == record.source_arn && other.record.function == record.function
        });
        let Some(twin) = twin else { return Ok(()) };
        let message = format!(
            "The event source arn (\" {} \") and function (\" {} \") provided mapping already exists. Please update or delete the existing mapping with UUID {}",
            record.source_arn, record.function, twin.record.uuid
        );
        Err(ResourceConflictException
            .with(message)
            .with_field("Type", "User"))
    }

    /// Makes sure that the source of a mapping that is about to run is there.
    async fn begin(&self, record: &mut MappingRecord, now: i64) -> Result<Start, ServiceError> {
        let Some(kind) = record.kind() else {
            return Ok(Start::default());
        };
        let starts_at_end = record.starting_position.as_deref() == Some("LATEST");
        let is_first = record.enabled && starts_at_end && record.latest_since.is_none();
        let existing = if is_first {
            record.latest_since = Some(now);
            Existing::Skipped
        } else {
            Existing::Wanted
        };
        let begun = source::begin(self, kind, record, existing).await;
        begun.map_err(|error| {
            // What was found here is told as it is.
            if error.status >= 500 || error.code == "InvalidParameterValueException" {
                return error;
            }
            let arn = &record.source_arn;
            let message = match kind {
                SourceKind::DynamoDbStream if error.code == "ResourceNotFoundException" => {
                    format!("Stream not found: {arn}")
                }
                SourceKind::DynamoDbStream => {
                    format!("Cannot access stream {arn}. {}", error.message)
                }
                SourceKind::Queue => {
                    format!(
                        "Error occurred while ReceiveMessage from {arn}. {}",
                        error.message
                    )
                }
            };
            validation::invalid(message)
        })
    }

    /// `EventSourceMappingConfiguration`
    fn configuration(
        &self,
        mapping: &Mapping,
        state: State,
    ) -> api::EventSourceMappingConfiguration {
        let record = &mapping.record;
        let filters = record.filters.iter().map(|pattern| api::Filter {
            pattern: Some(pattern.clone()),
        });
        let responses = record
            .reports_item_failures
            .then_some(api::FunctionResponseType::ReportBatchItemFailures);
        let common = api::EventSourceMappingConfiguration {
            uuid: Some(record.uuid.clone()),
            batch_size: i32::try_from(record.batch_size).ok(),
            maximum_batching_window_in_seconds: i32::try_from(record.window_seconds).ok(),
            event_source_arn: Some(record.source_arn.clone()),
            filter_criteria: (!record.filters.is_empty()).then(|| api::FilterCriteria {
                filters: Some(filters.collect()),
            }),
            function_arn: Some(self.arn(&record.function)),
            last_modified: Some(Timestamp::from_millis(record.last_modified)),
            state: Some(state.as_str().into()),
            function_response_types: Some(responses.into_iter().collect()),
            event_source_mapping_arn: Some(self.mapping_arn(&record.uuid)),
            ..Default::default()
        };
        match record.kind() {
            Some(SourceKind::DynamoDbStream) => of_stream(record, mapping, common),
            Some(SourceKind::Queue) | None => api::EventSourceMappingConfiguration {
                state_transition_reason: Some("USER_INITIATED".into()),
                scaling_config: record.max_concurrency.map(|max| api::ScalingConfig {
                    maximum_concurrency: Some(max),
                }),
                ..common
            },
        }
    }
}

fn of_stream(
    record: &MappingRecord,
    mapping: &Mapping,
    common: api::EventSourceMappingConfiguration,
) -> api::EventSourceMappingConfiguration {
    let or_endless = |limit: Option<u32>| limit.map_or(Some(-1), |limit| i32::try_from(limit).ok());
    api::EventSourceMappingConfiguration {
        starting_position: record.starting_position.as_deref().map(Into::into),
        parallelization_factor: Some(record.parallelization_factor),
        last_processing_result: Some(mapping.status().last_result.into()),
        state_transition_reason: Some("User action".into()),
        destination_config: Some(api::DestinationConfig {
            on_success: None,
            on_failure: Some(api::OnFailure {
                destination: record.on_failure.clone(),
            }),
        }),
        maximum_record_age_in_seconds: or_endless(record.max_age_seconds),
        bisect_batch_on_function_error: Some(record.bisects),
        maximum_retry_attempts: or_endless(record.max_retries),
        tumbling_window_in_seconds: Some(0),
        ..common
    }
}

/// A function's name with its qualifier, whatever form a caller gave.
fn written(text: &str) -> String {
    let named = FunctionName::parse(text);
    match named.qualifier {
        Some(qualifier) => format!("{}:{qualifier}", named.name),
        None => named.name.to_owned(),
    }
}
