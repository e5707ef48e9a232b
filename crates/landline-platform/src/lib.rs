//! The small services around a WebSocket application: who one is (`sts`), the roles
//! of functions (`iam`), where functions write (`logs`), what is counted (`cloudwatch`),
//! the parameters and secrets that tools and functions read (`ssm`, `secretsmanager`). Of `ecr`, `kms`, `xray` and
//! `cloudcontrol` there is what deployment tools ask on their way, and no more.
//!
//! Each module is its state and its operations; none knows the others.

pub mod cloudcontrol;
pub mod cloudwatch;
pub mod ecr;
pub mod iam;
pub mod kms;
pub mod logs;
pub mod secretsmanager;
pub mod ssm;
pub mod sts;
pub mod xray;

use landline_store::StoreError;
use landline_wire::ServiceError;

/// The store's failure as an API answers it.
fn unavailable(error: &StoreError) -> ServiceError {
    ServiceError::internal(error)
}

/// One service's failure inside a write closure: its own answer, or the store's.
#[derive(Debug)]
enum WriteFailure {
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
            WriteFailure::Store(error) => unavailable(&error),
        }
    }
}
