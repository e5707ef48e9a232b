//! Errors in SNS's words.

use landline_api::sns::errors;
use landline_store::StoreError;
use landline_wire::ServiceError;

/// A failure inside a write closure: an answer, or the store's.
#[derive(Debug)]
pub(crate) enum WriteFailure {
    Refused(ServiceError),
    Store(StoreError),
}

impl From<StoreError> for WriteFailure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<WriteFailure> for ServiceError {
    fn from(failure: WriteFailure) -> Self {
        match failure {
            WriteFailure::Refused(error) => error,
            WriteFailure::Store(error) => Self::internal(&error),
        }
    }
}

pub(crate) fn no_topic() -> ServiceError {
    errors::NotFoundException.with("Topic does not exist")
}

pub(crate) fn no_subscription() -> ServiceError {
    errors::NotFoundException.with("Subscription does not exist")
}

/// `InvalidParameter`, which SDKs show as `InvalidParameterException`.
pub(crate) fn invalid(what: impl std::fmt::Display) -> ServiceError {
    errors::InvalidParameterException.with(format!("Invalid parameter: {what}"))
}

/// [`invalid`] in the form that names a parameter and says why.
pub(crate) fn invalid_because(parameter: &str, reason: impl std::fmt::Display) -> ServiceError {
    invalid(format!("{parameter} Reason: {reason}"))
}

/// An ARN that cannot be read as one of SNS's.
pub(crate) fn invalid_arn(parameter: &str, arn: &str) -> ServiceError {
    let count = arn.split(':').count();
    if count < 6 {
        let reason = format!("An ARN must have at least 6 elements, not {count}");
        return invalid_because(parameter, reason);
    }
    invalid(parameter)
}

/// The publisher shall come again.
pub(crate) fn throttled() -> ServiceError {
    ServiceError::new("Throttled", 429, "Rate exceeded")
}
