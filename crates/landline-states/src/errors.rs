//! Errors in Step Functions' words.

use landline_api::stepfunctions::errors;
use landline_store::StoreError;
use landline_wire::ServiceError;

use crate::definition::Diagnostic;

/// The store failed: a fault of our own.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(crate) fn unavailable(error: StoreError) -> ServiceError {
    ServiceError::internal(&error)
}

pub(crate) fn no_machine(arn: &str) -> ServiceError {
    errors::StateMachineDoesNotExist.with(format!("State Machine Does Not Exist: '{arn}'"))
}

pub(crate) fn no_execution(arn: &str) -> ServiceError {
    errors::ExecutionDoesNotExist.with(format!("Execution Does Not Exist: '{arn}'"))
}

pub(crate) fn no_activity(arn: &str) -> ServiceError {
    errors::ActivityDoesNotExist.with(format!("Activity Does Not Exist: '{arn}'"))
}

pub(crate) fn no_resource(arn: &str) -> ServiceError {
    errors::ResourceNotFound.with(format!("Resource not found: '{arn}'"))
}

pub(crate) fn invalid_arn(reason: &str) -> ServiceError {
    errors::InvalidArn.with(format!("Invalid Arn: '{reason}'"))
}

pub(crate) fn invalid_name(name: &str) -> ServiceError {
    errors::InvalidName.with(format!("Invalid Name: '{name}'"))
}

pub(crate) fn invalid_token() -> ServiceError {
    errors::InvalidToken.with("Invalid Token: 'Invalid token'")
}

pub(crate) fn not_supported() -> ServiceError {
    errors::StateMachineTypeNotSupported
        .with("This operation is not supported by this type of state machine")
}

/// All that is wrong with a definition, in one message.
pub(crate) fn invalid_definition(diagnostics: &[Diagnostic]) -> ServiceError {
    let all: Vec<String> = diagnostics
        .iter()
        .map(|it| format!("{}: {} at {}", it.code, it.message, it.location))
        .collect();
    errors::InvalidDefinition.with(format!(
        "Invalid State Machine Definition: '{}'",
        all.join(", ")
    ))
}

/// The model does not name it for every operation, and each may answer it.
pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    errors::ValidationException.with(message)
}
