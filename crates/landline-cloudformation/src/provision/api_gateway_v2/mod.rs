//! `AWS::ApiGatewayV2::*`. Properties have the names of the operations' members, so an input is its properties and the
//! ids of what it belongs to.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html>

mod api;
mod integration;
mod route;
mod stage;

pub(super) use api::Api;
pub(super) use integration::Integration;
pub(super) use route::{Route, RouteResponse};
pub(super) use stage::{Deployment, Stage};

use crate::provider::ProvisionError;

/// The id that a creation gave; without one there would be nothing to refer to.
fn id(given: Option<String>) -> Result<String, ProvisionError> {
    given.ok_or_else(|| ProvisionError::new("API Gateway gave no id"))
}
