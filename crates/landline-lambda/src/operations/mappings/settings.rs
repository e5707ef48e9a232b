//! What a mapping may be told, by its source.

use landline_api::lambda as api;
use landline_wire::event_pattern::Pattern;
use landline_wire::{Caller, ServiceError};

use crate::mapping::record::{MappingRecord, SourceKind};
use crate::operations::validation::invalid;
use crate::quotas::MAX_FILTERS;

/// The record of a new mapping.
pub(super) fn record_of(
    input: api::CreateEventSourceMappingInput,
    caller: &Caller,
    function: String,
    now: i64,
) -> Result<MappingRecord, ServiceError> {
    let source_arn = input
        .event_source_arn
        .ok_or_else(|| invalid("Unrecognized event source."))?;
    let Some(kind) = SourceKind::of(&source_arn) else {
        return Err(invalid(format!(
            "Unrecognized event source: {source_arn}. Landline reads from DynamoDB streams and SQS queues."
        )));
    };
    let starting_position = match kind {
        SourceKind::DynamoDbStream => {
            Some(starting_position(input.starting_position, &source_arn)?)
        }
        SourceKind::Queue => None,
    };
    let default_size = match kind {
        SourceKind::DynamoDbStream => 100,
        SourceKind::Queue => 10,
    };
    let mut record = MappingRecord {
        uuid: caller.new_ids().uuid(),
        source_arn,
        function,
        enabled: input.enabled.unwrap_or(true),
        batch_size: default_size,
        window_seconds: 0,
        starting_position,
        latest_since: None,
        filters: Vec::new(),
        max_retries: None,
        max_age_seconds: None,
        bisects: false,
        reports_item_failures: false,
        parallelization_factor: 1,
        on_failure: None,
        max_concurrency: None,
        tags: input.tags.unwrap_or_default(),
        last_modified: now,
    };
    let settings = api::UpdateEventSourceMappingInput {
        batch_size: input.batch_size,
        filter_criteria: input.filter_criteria,
        maximum_batching_window_in_seconds: input.maximum_batching_window_in_seconds,
        destination_config: input.destination_config,
        maximum_record_age_in_seconds: input.maximum_record_age_in_seconds,
        bisect_batch_on_function_error: input.bisect_batch_on_function_error,
        maximum_retry_attempts: input.maximum_retry_attempts,
        parallelization_factor: input.parallelization_factor,
        tumbling_window_in_seconds: input.tumbling_window_in_seconds,
        function_response_types: input.function_response_types,
        scaling_config: input.scaling_config,
        ..Default::default()
    };
    let names_destination = settings.destination_config.is_some();
    apply(settings, &mut record)?;
    if names_destination && kind == SourceKind::Queue {
        return Err(invalid(
            "Unsupported DestinationConfig parameter for given event source mapping type.",
        ));
    }
    Ok(record)
}

/// Takes over what a call names; what it leaves out stays.
pub(super) fn apply(
    input: api::UpdateEventSourceMappingInput,
    record: &mut MappingRecord,
) -> Result<(), ServiceError> {
    if input.tumbling_window_in_seconds.is_some_and(|s| s > 0) {
        return Err(invalid("Landline has no tumbling windows yet."));
    }
    if let Some(enabled) = input.enabled {
        record.enabled = enabled;
    }
    if let Some(criteria) = input.filter_criteria {
        record.filters = filters(criteria)?;
    }
    if let Some(size) = input.batch_size.and_then(|size| usize::try_from(size).ok()) {
        record.batch_size = size;
    }
    if let Some(seconds) = input.maximum_batching_window_in_seconds {
        record.window_seconds = seconds.unsigned_abs();
    }
    if let Some(types) = input.function_response_types {
        record.reports_item_failures = !types.is_empty();
    }
    if let Some(destinations) = input.destination_config {
        let destination = destinations.on_failure.and_then(|on| on.destination);
        record.on_failure = destination.filter(|arn| !arn.is_empty());
    }
    // -1: no limit.
    if let Some(retries) = input.maximum_retry_attempts {
        record.max_retries = u32::try_from(retries).ok();
    }
    if let Some(seconds) = input.maximum_record_age_in_seconds {
        record.max_age_seconds = max_age(seconds)?;
    }
    record.bisects = input
        .bisect_batch_on_function_error
        .unwrap_or(record.bisects);
    let factor = input.parallelization_factor;
    record.parallelization_factor = factor.unwrap_or(record.parallelization_factor);
    if let Some(scaling) = input.scaling_config {
        record.max_concurrency = scaling.maximum_concurrency;
    }
    check(record)
}

fn check(record: &MappingRecord) -> Result<(), ServiceError> {
    if record.kind() != Some(SourceKind::Queue) {
        return Ok(());
    }
    let is_fifo = record.source_arn.strip_suffix(".fifo").is_some();
    if is_fifo && record.window_seconds > 0 {
        return Err(invalid("Batching window is not supported for FIFO queues."));
    }
    if is_fifo && record.batch_size > 10 {
        return Err(invalid(
            "BatchSize must be less than or equal to 10 for FIFO queues.",
        ));
    }
    if record.batch_size > 10 && record.window_seconds == 0 {
        return Err(invalid(
            "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10",
        ));
    }
    let is_of_streams =
        record.max_retries.is_some() || record.max_age_seconds.is_some() || record.bisects;
    if record.on_failure.is_some() {
        return Err(invalid(
            "Unsupported DestinationConfig parameter for given event source mapping type.",
        ));
    }
    if is_of_streams {
        return Err(invalid(
            "Unsupported parameter for given event source mapping type.",
        ));
    }
    Ok(())
}

fn starting_position(
    position: Option<api::EventSourcePosition>,
    source_arn: &str,
) -> Result<String, ServiceError> {
    match position {
        None => Err(invalid(
            "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
        )),
        // DynamoDB's streams have no way to look up a time.
        Some(api::EventSourcePosition::AtTimestamp) => Err(invalid(format!(
            "Unsupported starting position for arn type: {source_arn}"
        ))),
        Some(position) => Ok(position.to_string()),
    }
}

fn filters(criteria: api::FilterCriteria) -> Result<Vec<String>, ServiceError> {
    let filters = criteria.filters.unwrap_or_default();
    if filters.len() > MAX_FILTERS {
        return Err(invalid(format!(
            "An event source mapping can have at most {MAX_FILTERS} filters."
        )));
    }
    let mut texts = Vec::new();
    for text in filters.into_iter().filter_map(|filter| filter.pattern) {
        Pattern::parse(&text).map_err(|_| invalid("Invalid filter pattern definition."))?;
        texts.push(text);
    }
    Ok(texts)
}

fn max_age(seconds: i32) -> Result<Option<u32>, ServiceError> {
    match seconds {
        -1 => Ok(None),
        0..=59 => Err(invalid(
            "MaximumRecordAgeInSeconds must be -1, or at least 60 and at most 604800.",
        )),
        seconds => Ok(Some(seconds.unsigned_abs())),
    }
}
