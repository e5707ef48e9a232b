//! `AWS::ApiGatewayV2::*`. Properties have the names of the operations' members, so an input is its properties and the
//! ids of what it belongs to.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGatewayV2.html>

mod api;
mod api_mapping;
mod authorizer;
mod domain_name;
mod integration;
mod integration_response;
mod model;
mod route;
mod stage;
mod vpc_link;

pub(super) use api::Api;
pub(super) use api_mapping::ApiMapping;
pub(super) use authorizer::Authorizer;
pub(super) use domain_name::DomainName;
pub(in crate::provision) use domain_name::clear_configuration;
pub(super) use integration::Integration;
pub(super) use integration_response::IntegrationResponse;
pub(super) use model::Model;
pub(super) use route::{Route, RouteResponse};
pub(super) use stage::{Deployment, Stage};
pub(super) use vpc_link::VpcLink;

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::call;
use crate::provider::ProvisionError;

/// The id that a creation gave; without one there would be nothing to refer to.
fn id(given: Option<String>) -> Result<String, ProvisionError> {
    given.ok_or_else(|| ProvisionError::new("API Gateway gave no id"))
}

/// A change that also clears a member for which there is no value that a template could have.
fn clear_handling<T>(
    before: &Json,
    after: &Json,
    strategy: &mut Option<T>,
    nothing: impl FnOnce() -> T,
) {
    const STRATEGY: &str = "ContentHandlingStrategy";
    if before.get(STRATEGY).is_some() && after.get(STRATEGY).is_none() {
        *strategy = Some(nothing());
    }
}

/// Tags are not part of an update: they have operations of their own.
pub(super) async fn change_tags(
    dispatcher: &Dispatcher,
    arn: &str,
    before: &Json,
    after: &Json,
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let tags = |properties: &Json| {
        let tags = properties.get("Tags").and_then(Json::as_object).cloned();
        tags.unwrap_or_default()
    };
    let (had, wants) = (tags(before), tags(after));
    let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
    if !removed.is_empty() {
        let input = json!({"ResourceArn": arn, "TagKeys": removed});
        call::<gateway::UntagResource>(dispatcher, &input, &[], caller).await?;
    }
    if had != wants && !wants.is_empty() {
        let input = json!({"ResourceArn": arn, "Tags": wants});
        call::<gateway::TagResource>(dispatcher, &input, &[], caller).await?;
    }
    Ok(())
}
