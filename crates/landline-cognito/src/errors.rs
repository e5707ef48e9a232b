//! Errors in Cognito's words.

use std::fmt::Display;

use landline_api::cognito_idp::errors;
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

impl From<ServiceError> for WriteFailure {
    fn from(error: ServiceError) -> Self {
        Self::Refused(error)
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

/// A read that the store failed.
#[expect(clippy::needless_pass_by_value, reason = "the shape of map_err")]
pub(crate) fn unreadable(error: StoreError) -> ServiceError {
    ServiceError::internal(&error)
}

pub(crate) fn no_pool(id: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("User pool {id} does not exist."))
}

pub(crate) fn no_client(id: &str) -> ServiceError {
    errors::ResourceNotFoundException.with(format!("User pool client {id} does not exist."))
}

pub(crate) fn no_group() -> ServiceError {
    errors::ResourceNotFoundException.with("Group not found.")
}

pub(crate) fn no_user() -> ServiceError {
    errors::UserNotFoundException.with("User does not exist.")
}

pub(crate) fn wrong_password() -> ServiceError {
    not_authorized("Incorrect username or password.")
}

pub(crate) fn not_authorized(text: impl Into<String>) -> ServiceError {
    errors::NotAuthorizedException.with(text)
}

pub(crate) fn invalid(text: impl Into<String>) -> ServiceError {
    errors::InvalidParameterException.with(text)
}

pub(crate) fn limit(what: impl Display) -> ServiceError {
    errors::LimitExceededException.with(format!("{what}"))
}

/// A pool's attributes and what a caller gives for them do not go together.
pub(crate) fn no_schema(why: impl Display) -> ServiceError {
    invalid(format!("Attributes did not conform to the schema: {why}"))
}
