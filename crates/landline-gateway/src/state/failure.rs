//! Why a change or a look-up of the control plane did not happen.

use landline_api::apigatewayv2::errors::{
    BadRequestException, ConflictException, NotFoundException, TooManyRequestsException,
};
use landline_store::StoreError;
use landline_wire::ServiceError;

/// The caller's mistake, or the store's trouble.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Refused in API Gateway's words.
    Refused(ServiceError),
    /// The store could not read or write.
    Store(StoreError),
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self::Refused(error)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Failure> for ServiceError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => error,
            Failure::Store(error) => Self::internal(&error),
        }
    }
}

/// 400: the request cannot be right.
pub(crate) fn bad_request(message: impl Into<String>) -> ServiceError {
    BadRequestException.with(message)
}

/// 404: what the request names does not exist.
pub(crate) fn not_found(message: impl Into<String>) -> ServiceError {
    NotFoundException.with(message)
}

/// 409: the request contradicts what exists.
pub(crate) fn conflict(message: impl Into<String>) -> ServiceError {
    ConflictException.with(message)
}

/// 429, as AWS answers at a quota: `Maximum number of Routes for this API has been reached.`
pub(crate) fn quota_reached(resources: &str, per: &str) -> ServiceError {
    TooManyRequestsException.with(format!(
        "Maximum number of {resources} for this {per} has been reached. \
         Raise the limit in Landline's configuration if you need additional {resources}."
    ))
}
