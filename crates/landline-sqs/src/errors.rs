//! Errors in SQS's words, those of its model and those that its model leaves out.

use landline_api::sqs::errors;
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
            WriteFailure::Store(error) => unavailable(&error),
        }
    }
}

pub(crate) fn unavailable(error: &StoreError) -> ServiceError {
    ServiceError::internal(error)
}

pub(crate) fn no_queue() -> ServiceError {
    errors::QueueDoesNotExist.with("The specified queue does not exist.")
}

/// `InvalidParameterValueException`, which SDKs show as `InvalidParameterValue`.
pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::new("InvalidParameterValueException", 400, message)
}

/// [`invalid`] in the form that names the value.
pub(crate) fn invalid_value(
    value: impl std::fmt::Display,
    parameter: &str,
    reason: &str,
) -> ServiceError {
    invalid(format!(
        "Value {value} for parameter {parameter} is invalid. Reason: {reason}"
    ))
}

pub(crate) fn missing(parameter: &str) -> ServiceError {
    let message = format!("The request must contain the parameter {parameter}.");
    ServiceError::new("MissingRequiredParameterException", 400, message)
}
