//! The settings of a stage: variables, logging, throttling. They apply without a deployment.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{AccessLogSettings, LoggingLevel, RouteSettings};
use landline_wire::ServiceError;

use super::patch;
use crate::observe::{Destination, Format};
use crate::quotas::{ResourceLimits, STAGE_VARIABLE_NAME_CHARS, STAGE_VARIABLE_VALUE_CHARS};
use crate::state::{bad_request, quota_reached};

/// The stage's own settings: what is given, else what there was, else the defaults.
/// Throttling has none.
pub(super) fn default_route_settings(
    kept: Option<RouteSettings>,
    given: Option<RouteSettings>,
) -> RouteSettings {
    let mut settings = kept.unwrap_or(RouteSettings {
        data_trace_enabled: Some(false),
        detailed_metrics_enabled: Some(false),
        logging_level: Some(LoggingLevel::Off),
        ..RouteSettings::default()
    });
    merge(&mut settings, given.unwrap_or_default());
    settings
}

/// Settings by route are merged: a route that is not named keeps its own.
pub(super) fn merge_route_settings(
    kept: &mut BTreeMap<String, RouteSettings>,
    given: BTreeMap<String, RouteSettings>,
) {
    for (key, settings) in given {
        merge(kept.entry(key).or_default(), settings);
    }
}

fn merge(kept: &mut RouteSettings, given: RouteSettings) {
    patch::value(&mut kept.data_trace_enabled, given.data_trace_enabled);
    patch::value(
        &mut kept.detailed_metrics_enabled,
        given.detailed_metrics_enabled,
    );
    patch::value(&mut kept.logging_level, given.logging_level);
    patch::value(
        &mut kept.throttling_burst_limit,
        given.throttling_burst_limit,
    );
    patch::value(&mut kept.throttling_rate_limit, given.throttling_rate_limit);
}

/// Where accesses are logged. Both members or none; none of them clears the setting.
pub(super) fn access_log(
    given: Option<AccessLogSettings>,
) -> Result<Option<AccessLogSettings>, ServiceError> {
    let Some(given) = given else {
        return Ok(None);
    };
    let destination = patch::non_empty(given.destination_arn);
    let format = patch::non_empty(given.format);
    let (destination, format) = match (destination, format) {
        (None, None) => return Ok(None),
        (Some(destination), Some(format)) => (destination, format),
        _ => {
            return Err(bad_request(
                "Access Log value missing. Expected destinationArn and format.",
            ));
        }
    };
    Format::parse(&format).map_err(|error| bad_request(error.to_string()))?;
    if destination.ends_with(":*") {
        return Err(bad_request(format!(
            "Access log destination must only contain characters a-z, A-Z, 0-9, '_', '-', '/', '.': {destination}"
        )));
    }
    if Destination::parse(&destination).is_none() {
        return Err(bad_request(format!(
            "Invalid ARN specified in the request: {destination}. \
             It may be the ARN of a log group or of a Firehose stream; Landline takes file:///path and stdout too."
        )));
    }
    Ok(Some(AccessLogSettings {
        destination_arn: Some(destination),
        format: Some(format),
    }))
}

/// Throttling limits that a bucket can have.
///
/// A logging level is taken without the account's role, unlike on AWS: see
/// `UpdateAccount`.
pub(super) fn expect_settings(settings: &RouteSettings) -> Result<(), ServiceError> {
    let burst = settings.throttling_burst_limit.unwrap_or_default();
    let rate = settings.throttling_rate_limit.unwrap_or_default();
    if burst < 0 || rate < 0.0 || !rate.is_finite() {
        return Err(bad_request("Throttling limits must not be negative"));
    }
    Ok(())
}

/// Stage variables: names, values, and how many.
pub(super) fn expect_variables(
    variables: Option<&BTreeMap<String, String>>,
    limits: &ResourceLimits,
) -> Result<(), ServiceError> {
    let Some(variables) = variables else {
        return Ok(());
    };
    if variables.len() > limits.variables_per_stage {
        return Err(quota_reached("StageVariables", "stage"));
    }
    for (name, value) in variables {
        if !is_name(name) {
            return Err(bad_request(format!(
                "Invalid stage variable name: {name}. \
                 It may have up to {STAGE_VARIABLE_NAME_CHARS} characters of [A-Za-z0-9_]."
            )));
        }
        if !is_value(value) {
            return Err(bad_request(format!(
                "Invalid stage variable value: {value}. \
                 It may have up to {STAGE_VARIABLE_VALUE_CHARS} characters of [A-Za-z0-9-._~:/?#&=,]."
            )));
        }
    }
    Ok(())
}

fn is_name(name: &str) -> bool {
    (1..=STAGE_VARIABLE_NAME_CHARS).contains(&name.len())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn is_value(value: &str) -> bool {
    (1..=STAGE_VARIABLE_VALUE_CHARS).contains(&value.len())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._~:/?#&=,".contains(&b))
}
