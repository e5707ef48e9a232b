//! Errors in EventBridge's words.

use landline_api::events::errors;
use landline_store::StoreError;
use landline_wire::ServiceError;

/// The store failed: a fault of our own.
#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` gives")]
pub(crate) fn unavailable(error: StoreError) -> ServiceError {
    ServiceError::internal(&error)
}

pub(crate) fn no_bus(name: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("Event bus {name} does not exist."))
}

pub(crate) fn no_rule(name: &str, bus: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("Rule {name} does not exist on EventBus {bus}."))
}

pub(crate) fn no_archive(name: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("Archive {name} does not exist."))
}

pub(crate) fn no_replay(name: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("Replay {name} does not exist."))
}

/// The model does not name it, and every operation may answer it.
pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    ServiceError::new("ValidationException", 400, message)
}

/// The caller shall come again.
pub(crate) fn throttled() -> ServiceError {
    ServiceError::new("ThrottlingException", 400, "Rate exceeded")
}
