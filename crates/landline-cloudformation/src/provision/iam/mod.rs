//! `AWS::IAM::*`: who may what.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_IAM.html>

mod access_key;
mod group;
mod holder;
mod managed_policy;
mod policy;
mod role;
mod user;

pub(super) use access_key::AccessKey;
pub(super) use group::{Group, UserToGroupAddition};
pub(super) use managed_policy::ManagedPolicy;
pub(super) use policy::{OwnPolicy, Policy};
pub(super) use role::Role;
pub(super) use user::User;

use landline_api::iam::errors::NoSuchEntityException;
use landline_wire::ServiceError;

use crate::provider::ProvisionError;

/// What is gone already needs no taking away.
fn gone_is_fine<T>(outcome: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match outcome {
        Err(error) if !NoSuchEntityException.matches(&error) => Err(error.into()),
        _ => Ok(()),
    }
}
