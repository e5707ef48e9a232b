//! `AWS::CloudFormation::Stack`: a stack that is a resource of another one.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-stack.html>

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use landline_wire::Caller;
use serde_json::Value as Json;

use super::super::input::{tags, text};
use super::StacksLink;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::quotas;
use crate::sources::ObjectLocation;
use crate::stack::{DeployError, DeployOptions, Deployment, Progress, Stack, Stacks};
use crate::template::is_known;

#[derive(Debug)]
pub(super) struct NestedStack(pub(super) StacksLink);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::CloudFormation::Stack",
    required: &["TemplateURL"],
    properties: &[
        "NotificationARNs",
        "Parameters",
        "Tags",
        "TemplateURL",
        "TimeoutInMinutes",
    ],
    replace_on: &[],
    attributes: &["Outputs.*", "StackId"],
};

/// The text of the template, a property that no author writes: another text under the same address is a change of the
/// resource, and a rollback finds the text that was there before.
const TEMPLATE: &str = "Template";

impl NestedStack {
    fn stacks(&self) -> Result<Arc<Stacks>, ProvisionError> {
        self.0
            .stacks()
            .ok_or_else(|| ProvisionError::new("Nested stacks cannot be deployed here."))
    }

    async fn deploy(
        &self,
        name: &str,
        request: &ResourceRequest,
    ) -> Result<Provisioned, ProvisionError> {
        let stacks = self.stacks()?;
        let parent = stacks.find(&request.stack_id).map_err(failed)?;
        let root_id = parent
            .as_ref()
            .and_then(|parent| parent.settings.root_id.clone());
        check_depth(&stacks, parent)?;
        let properties = &request.properties;
        let deployment = Deployment {
            stack_name: name.to_owned(),
            template: template(&stacks, properties).await?,
            parameters: parameters(properties),
            options: DeployOptions {
                tags: tags(properties),
                parent_id: Some(request.stack_id.clone()),
                root_id: Some(root_id.unwrap_or_else(|| request.stack_id.clone())),
                ..DeployOptions::default()
            },
            ..Deployment::default()
        };
        let progress = Progress::none();
        let deployed = Box::pin(stacks.deploy(&deployment, &progress)).await;
        match deployed {
            Ok(deployed) => Ok(made(&deployed.stack)),
            Err(error) => {
                let stack = stacks.get(name).map_err(failed)?;
                let id = stack.map_or_else(|| name.to_owned(), |stack| stack.id);
                Err(ProvisionError::new(format!(
                    "Embedded stack {id} was not successfully created or updated: {error}"
                )))
            }
        }
    }
}

/// The value of `Ref` is the stack's ARN, that of `Fn::GetAtt` an output.
fn made(stack: &Stack) -> Provisioned {
    let id = Some(stack.id.clone());
    let mut made = Provisioned::new(stack.id.clone()).with("StackId", id);
    for (name, output) in &stack.state.outputs {
        let value = Json::from(output.value.as_str());
        made.attributes.insert(format!("Outputs.{name}"), value);
    }
    made
}

/// A template may name itself.
fn check_depth(stacks: &Stacks, parent: Option<Stack>) -> Result<(), ProvisionError> {
    let mut stack = parent;
    for _ in 0..quotas::NESTED_STACKS {
        let Some(parent_id) = stack.and_then(|stack| stack.settings.parent_id) else {
            return Ok(());
        };
        stack = stacks.find(&parent_id).map_err(failed)?;
    }
    Err(ProvisionError::new("Stacks are nested too deep."))
}

async fn template(stacks: &Stacks, properties: &Json) -> Result<String, ProvisionError> {
    if let Some(template) = text(properties, TEMPLATE) {
        return Ok(template);
    }
    let url = text(properties, "TemplateURL").unwrap_or_default();
    let Some(location) = ObjectLocation::parse(&url) else {
        return Err(ProvisionError::new("TemplateURL must be a supported URL."));
    };
    let content = stacks.sources().object(&location, stacks.owner()).await;
    let content = content.map_err(ProvisionError::new)?;
    String::from_utf8(content.into())
        .map_err(|_| ProvisionError::new("Template format error: the template is not UTF-8 text."))
}

/// A list is given to a parameter as text, its items parted by commas.
fn parameters(properties: &Json) -> BTreeMap<String, String> {
    let given = properties.get("Parameters").and_then(Json::as_object);
    let given = given.into_iter().flatten();
    given
        .map(|(name, value)| (name.clone(), parameter_text(value)))
        .collect()
}

fn parameter_text(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => {
            let items: Vec<String> = items.iter().map(parameter_text).collect();
            items.join(",")
        }
        other => other.to_string(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "for map_err")]
fn failed(error: impl ToString) -> ProvisionError {
    ProvisionError::new(error.to_string())
}

impl ResourceProvider for NestedStack {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn prepare<'a>(
        &'a self,
        mut properties: Json,
        directory: Option<&'a Path>,
    ) -> Provisioning<'a, Json> {
        Box::pin(async move {
            let url = text(&properties, "TemplateURL").unwrap_or_default();
            if !is_known(&properties["TemplateURL"]) {
                return Ok(properties);
            }
            if let Some(directory) = directory.filter(|_| !url.contains("://")) {
                let path = directory.join(&url);
                let content = tokio::fs::read_to_string(&path).await;
                let content = content
                    .map_err(|error| ProvisionError::new(format!("{}: {error}", path.display())))?;
                properties[TEMPLATE] = Json::from(content);
                return Ok(properties);
            }
            let content = template(&*self.stacks()?, &properties).await?;
            properties[TEMPLATE] = Json::from(content);
            Ok(properties)
        })
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let created = self.deploy(&request.physical_name, request).await;
            if created.is_err() {
                // The engine never hears of a stack that was rolled back.
                let stacks = self.stacks()?;
                let deletion = stacks
                    .delete(&request.physical_name, &Progress::none())
                    .await;
                if let Err(error @ DeployError::NotDeleted { .. }) = deletion {
                    tracing::warn!(%error, "a nested stack stays behind");
                }
            }
            created
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let stacks = self.stacks()?;
            let stack = stacks.find(&existing.physical_id).map_err(failed)?;
            let name = stack.map_or_else(|| request.physical_name.clone(), |stack| stack.name);
            self.deploy(&name, request).await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let stacks = self.stacks()?;
            let Some(stack) = stacks.find(&existing.physical_id).map_err(failed)? else {
                return Ok(());
            };
            match stacks.delete(&stack.name, &Progress::none()).await {
                Ok(()) | Err(DeployError::NoSuchStack { .. }) => Ok(()),
                Err(error) => Err(failed(error)),
            }
        })
    }
}
