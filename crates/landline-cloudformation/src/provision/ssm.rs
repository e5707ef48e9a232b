//! `AWS::SSM::Parameter`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ssm-parameter.html>

use landline_api::ssm as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, tag_map, text, with_removed};
use crate::provider::{
    Existing, Import, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest,
    Schema,
};

#[derive(Debug)]
pub(super) struct Parameter(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::SSM::Parameter",
    required: &["Type", "Value"],
    properties: &[
        "AllowedPattern",
        "DataType",
        "Description",
        "Name",
        "Policies",
        "Tags",
        "Tier",
        "Type",
        "Value",
    ],
    replace_on: &["Name"],
    attributes: &["Type", "Value"],
};

fn made(name: String, properties: &Json) -> Provisioned {
    Provisioned::new(name)
        .with("Type", text(properties, "Type"))
        .with("Value", text(properties, "Value"))
}

impl Parameter {
    async fn put(
        &self,
        name: &str,
        properties: &Json,
        overwrite: &str,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let mut properties = properties.clone();
        if let Json::Object(fields) = &mut properties {
            fields.remove("Name");
            // A map here, and set for themselves once there is a parameter.
            fields.remove("Tags");
        }
        let more = [("Name", name), ("Overwrite", overwrite)];
        call::<api::PutParameter>(&self.0, &properties, &more, caller).await?;
        Ok(())
    }

    /// Tags are a map in a template, not a list.
    async fn set_tags(
        &self,
        name: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (tags(before), tags(after));
        let more = [("ResourceType", "Parameter"), ("ResourceId", name)];
        let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
        if !removed.is_empty() {
            let members = json!({ "TagKeys": removed });
            call::<api::RemoveTagsFromResource>(&self.0, &members, &more, caller).await?;
        }
        if had != wants && !wants.is_empty() {
            let tags = wants
                .iter()
                .map(|(key, value)| json!({"Key": key, "Value": value}));
            let members = json!({ "Tags": tags.collect::<Vec<_>>() });
            call::<api::AddTagsToResource>(&self.0, &members, &more, caller).await?;
        }
        Ok(())
    }
}

/// `CFN-LOGICALID-RANDOM` where the template gives no name: no stack's name in it, unlike most types'.
fn name_of(request: &ResourceRequest) -> String {
    let given = text(&request.properties, "Name");
    given.unwrap_or_else(|| {
        let tail = request.physical_name.rsplit('-').next();
        format!("CFN-{}-{}", request.logical_id, tail.unwrap_or_default())
    })
}

fn tags(properties: &Json) -> serde_json::Map<String, Json> {
    match properties.get("Tags") {
        Some(Json::Object(map)) => map.clone(),
        _ => tag_map(properties),
    }
}

impl ResourceProvider for Parameter {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn import(&self) -> Option<&'static Import> {
        Some(&Import {
            identifier: "Name",
            name: Some("Name"),
        })
    }

    fn find<'a>(
        &'a self,
        identifier: &'a str,
        caller: &'a Caller,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let input = api::GetParameterInput {
                name: identifier.to_owned(),
                with_decryption: None,
            };
            match self.0.call::<api::GetParameter>(input, caller).await {
                Ok(output) => {
                    let parameter = output.parameter.unwrap_or_default();
                    let kind = parameter.r#type.map(|kind| kind.as_str().to_owned());
                    Ok(Provisioned::new(identifier)
                        .with("Type", kind)
                        .with("Value", parameter.value))
                }
                Err(error) if api::errors::ParameterNotFound.matches(&error) => {
                    Err(ProvisionError::not_found(SCHEMA.resource_type, identifier))
                }
                Err(error) => Err(error.into()),
            }
        })
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name_of(request))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (name, caller) = (name_of(request), &request.caller);
            self.put(&name, &request.properties, "false", caller)
                .await?;
            self.set_tags(&name, &Json::Null, &request.properties, caller)
                .await?;
            Ok(made(name, &request.properties))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (name, caller) = (&existing.physical_id, &request.caller);
            let cleared = [("AllowedPattern", json!("")), ("Description", json!(""))];
            let properties = with_removed(request, &existing.properties, &cleared);
            self.put(name, &properties, "true", caller).await?;
            self.set_tags(name, &existing.properties, &request.properties, caller)
                .await?;
            Ok(made(name.clone(), &request.properties))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteParameterInput {
                name: existing.physical_id.clone(),
            };
            match self.0.call::<api::DeleteParameter>(input, caller).await {
                Err(error) if !api::errors::ParameterNotFound.matches(&error) => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}
