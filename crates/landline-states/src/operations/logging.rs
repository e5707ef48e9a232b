//! Where a machine logs to: checked when it is told, as what is logged to nowhere is lost without a word.

use landline_api::logs;
use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, ServiceError};

use super::Service;
use crate::execution::journal::group_of;

/// The stream that AWS leaves in a group to see whether it can write there.
const PROBE: &str = "log_stream_created_by_aws_to_validate_log_delivery_subscriptions";

impl Service {
    /// Refuses a configuration that logs to nowhere.
    pub(super) async fn check_logging(
        &self,
        logging: Option<&api::LoggingConfiguration>,
    ) -> Result<(), ServiceError> {
        let Some(logging) = logging else {
            return Ok(());
        };
        let is_off = matches!(logging.level, None | Some(api::LogLevel::Off));
        let destinations = logging.destinations.as_deref().unwrap_or_default();
        let destination = match destinations {
            [] if is_off => return Ok(()),
            [destination] => destination,
            _ => return Err(refusal("Must specify exactly one Log Destination.")),
        };
        let group = destination.cloud_watch_logs_log_group.as_ref();
        let group = group.and_then(|group| group.log_group_arn.as_deref());
        let Some(group) = group.and_then(group_of) else {
            return Err(refusal("Log Destination not found."));
        };
        if is_off || self.has_group(group).await {
            return Ok(());
        }
        Err(refusal("Log Destination not found."))
    }

    async fn has_group(&self, group: &str) -> bool {
        let config = &self.config;
        let caller = Caller::root(&config.account_id, &config.region);
        let caller = caller.service("delivery.logs.amazonaws.com", "");
        let input = logs::CreateLogStreamInput {
            log_group_name: group.to_owned(),
            log_stream_name: PROBE.to_owned(),
        };
        let made = config
            .dispatcher
            .call::<logs::CreateLogStream>(input, &caller);
        let refused = made.await.err();
        refused.is_none_or(|error| !logs::errors::ResourceNotFoundException.matches(&error))
    }
}

fn refusal(reason: &str) -> ServiceError {
    let text = format!("Invalid Logging Configuration: {reason}");
    errors::InvalidLoggingConfiguration.with(text)
}
