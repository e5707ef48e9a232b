//! `AWS::ApiGateway::*`: REST APIs, and the API keys, usage plans and the account that all APIs share. The API of REST
//! APIs names its members in small letters and is updated by patches.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html>

mod account;
mod api_key;
mod client_certificate;
mod documentation;
mod domain_name;
mod method;
mod parts;
mod rest_api;
mod stage;
mod usage_plan;
mod usage_plan_key;

pub(super) use account::Account;
pub(super) use api_key::ApiKey;
pub(super) use client_certificate::ClientCertificate;
pub(super) use documentation::{DocumentationPart, DocumentationVersion};
pub(super) use domain_name::{BasePathMapping, DomainName};
pub(super) use method::Method;
pub(super) use parts::{Authorizer, GatewayResponse, Model, RequestValidator};
pub(super) use rest_api::{Resource, RestApi};
pub(super) use stage::{Deployment, Stage};
pub(super) use usage_plan::UsagePlan;
pub(super) use usage_plan_key::UsagePlanKey;

use landline_api::apigateway as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, tag_map};
use crate::provider::ProvisionError;

/// One step of an update.
fn patch(op: &str, path: &str, value: &str) -> Json {
    json!({"op": op, "path": path, "value": value})
}

/// A scalar as text, whatever an author wrote it as.
fn scalar(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Copies properties under the names of the operation's members.
fn renamed(properties: &Json, names: &[(&str, &str)]) -> Json {
    let mut members = json!({});
    for (property, member) in names {
        if let Some(value) = properties.get(property) {
            members[*member] = value.clone();
        }
    }
    members
}

/// Copies properties under the names of an operation's members, which begin with a small letter.
fn lowered(properties: &Json, names: &[&str]) -> Json {
    let mut members = json!({});
    for property in names {
        if let Some(value) = properties.get(property) {
            let (first, rest) = property.split_at(1);
            members[format!("{}{rest}", first.to_ascii_lowercase())] = value.clone();
        }
    }
    members
}

/// The identifier that a service gives everything that it makes.
fn required_id(id: Option<String>) -> Result<String, ProvisionError> {
    id.ok_or_else(|| ProvisionError::new("the service gave the resource no identifier"))
}

/// Brings the tags of a resource to what the template says now.
async fn change_tags(
    dispatcher: &Dispatcher,
    arn: &str,
    before: &Json,
    after: &Json,
    caller: &Caller,
) -> Result<(), ProvisionError> {
    let (had, wants) = (tag_map(before), tag_map(after));
    let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
    if !removed.is_empty() {
        let input = json!({"resourceArn": arn, "tagKeys": removed});
        call::<gateway::UntagResource>(dispatcher, &input, &[], caller).await?;
    }
    if had != wants && !wants.is_empty() {
        let input = json!({"resourceArn": arn, "tags": wants});
        call::<gateway::TagResource>(dispatcher, &input, &[], caller).await?;
    }
    Ok(())
}
