//! `AWS::SecretsManager::Secret`: a secret that the template gives, or one that is made up for it.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-secretsmanager-secret.html>

use landline_api::secretsmanager as api;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::input::{call, name, tag_map, text};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct Secret(pub(super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::SecretsManager::Secret",
    required: &[],
    properties: &[
        "Description",
        "GenerateSecretString",
        "KmsKeyId",
        "Name",
        "ReplicaRegions",
        "SecretString",
        "Tags",
        "Type",
    ],
    replace_on: &["Name"],
    attributes: &["Id"],
};

fn made(arn: String) -> Provisioned {
    Provisioned::new(arn.clone()).with("Id", Some(arn))
}

impl Secret {
    /// The value that the properties give or let be generated.
    async fn value(
        &self,
        properties: &Json,
        caller: &Caller,
    ) -> Result<Option<String>, ProvisionError> {
        let (given, generated) = (
            text(properties, "SecretString"),
            properties.get("GenerateSecretString"),
        );
        let Some(wishes) = generated else {
            return Ok(given);
        };
        if given.is_some() {
            return Err(ProvisionError::new(
                "You can't specify both SecretString and GenerateSecretString.",
            ));
        }
        let password = call::<api::GetRandomPassword>(&self.0, wishes, &[], caller).await?;
        let password = password.random_password.unwrap_or_default();
        let parts = (
            text(wishes, "SecretStringTemplate"),
            text(wishes, "GenerateStringKey"),
        );
        let (template, key) = match parts {
            (Some(template), Some(key)) => (template, key),
            (None, None) => return Ok(Some(password)),
            _ => {
                return Err(ProvisionError::new(
                    "You must specify both SecretStringTemplate and GenerateStringKey, or neither.",
                ));
            }
        };
        let Ok(Json::Object(mut fields)) = serde_json::from_str(&template) else {
            return Err(ProvisionError::new(
                "Could not parse SecretStringTemplate JSON: it must be a JSON object.",
            ));
        };
        fields.insert(key, Json::String(password));
        Ok(Some(Json::Object(fields).to_string()))
    }

    async fn change_tags(
        &self,
        arn: &str,
        before: &Json,
        after: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let (had, wants) = (tag_map(before), tag_map(after));
        let removed: Vec<&String> = had.keys().filter(|key| !wants.contains_key(*key)).collect();
        if !removed.is_empty() {
            let input = json!({ "SecretId": arn, "TagKeys": removed });
            call::<api::UntagResource>(&self.0, &input, &[], caller).await?;
        }
        if had != wants && !wants.is_empty() {
            let input = json!({ "SecretId": arn, "Tags": after["Tags"] });
            call::<api::TagResource>(&self.0, &input, &[], caller).await?;
        }
        Ok(())
    }
}

impl ResourceProvider for Secret {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    /// The ARN has an end that nobody knows before; the name is as good to whoever deletes.
    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "Name"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let input = json!({
                "Name": name(request, "Name"),
                "Description": properties.get("Description"),
                "KmsKeyId": properties.get("KmsKeyId"),
                "SecretString": self.value(properties, caller).await?,
                "Tags": properties.get("Tags"),
            });
            let secret = call::<api::CreateSecret>(&self.0, &input, &[], caller).await?;
            Ok(made(secret.arn.unwrap_or_default()))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, after) = (&existing.properties, &request.properties);
            let (arn, caller) = (&existing.physical_id, &request.caller);
            let differs = |property: &str| before.get(property) != after.get(property);
            let value = if differs("SecretString") || differs("GenerateSecretString") {
                self.value(after, caller).await?
            } else {
                None
            };
            let input = json!({
                "SecretId": arn,
                "Description": text(after, "Description").unwrap_or_default(),
                // An empty one is the service's own.
                "KmsKeyId": text(after, "KmsKeyId").unwrap_or_default(),
                "SecretString": value,
            });
            call::<api::UpdateSecret>(&self.0, &input, &[], caller).await?;
            self.change_tags(arn, before, after, caller).await?;
            Ok(made(arn.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteSecretInput {
                secret_id: existing.physical_id.clone(),
                force_delete_without_recovery: Some(true),
                ..Default::default()
            };
            let gone = api::errors::ResourceNotFoundException;
            match self.0.call::<api::DeleteSecret>(input, caller).await {
                Err(error) if !gone.matches(&error) => Err(error.into()),
                _ => Ok(()),
            }
        })
    }
}
