//! `AWS::Cognito::…`: user pools and what belongs to them.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_Cognito.html>

mod client;
mod domain;
mod group;
mod identity_pool;
mod pool;
mod resource_server;
mod user;

use landline_wire::ServiceError;
use serde_json::Value as Json;

pub(super) use client::UserPoolClient;
pub(super) use domain::UserPoolDomain;
pub(super) use group::{UserPoolGroup, UserToGroup};
pub(super) use identity_pool::{IdentityPool, RoleAttachment};
pub(super) use pool::UserPool;
pub(super) use resource_server::ResourceServer;
pub(super) use user::UserPoolUser;

use super::input::text;
use crate::provider::ProvisionError;

/// The pool that something belongs to.
fn pool_of(properties: &Json) -> String {
    text(properties, "UserPoolId").unwrap_or_default()
}

/// What is gone already, or whose pool is, needs no deletion.
fn unless_gone<T>(answer: Result<T, ServiceError>) -> Result<(), ProvisionError> {
    match answer {
        Err(error) if !GONE.contains(&error.code.as_ref()) => Err(error.into()),
        _ => Ok(()),
    }
}

const GONE: [&str; 2] = ["ResourceNotFoundException", "UserNotFoundException"];
