//! `AWS::IAM::AccessKey`: its secret is told once, when it is made.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-accesskey.html>

use landline_api::iam::{CreateAccessKey, DeleteAccessKey, UpdateAccessKey};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{call, delete, drawn_id, text};

#[derive(Debug)]
pub(in crate::provision) struct AccessKey(pub(in crate::provision) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::IAM::AccessKey",
    required: &["UserName"],
    properties: &["Serial", "Status", "UserName"],
    replace_on: &["Serial", "UserName"],
    attributes: &["Id", "SecretAccessKey"],
};

impl AccessKey {
    async fn set_status(
        &self,
        id: &str,
        properties: &Json,
        caller: &Caller,
    ) -> Result<(), ProvisionError> {
        let status = text(properties, "Status").unwrap_or_else(|| "Active".to_owned());
        let members = json!({
            "UserName": properties["UserName"],
            "AccessKeyId": id,
            "Status": status,
        });
        call::<UpdateAccessKey>(&self.0, &members, &[], caller).await?;
        Ok(())
    }
}

impl ResourceProvider for AccessKey {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        // As IAM draws it from the request's token.
        Some(format!("AKIA{}", drawn_id(request, 16).to_uppercase()))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let created = call::<CreateAccessKey>(&self.0, properties, &[], caller).await?;
            let key = created.access_key;
            if text(properties, "Status").is_some_and(|status| status != "Active") {
                self.set_status(&key.access_key_id, properties, caller)
                    .await?;
            }
            Ok(Provisioned::new(key.access_key_id.clone())
                .with("Id", Some(key.access_key_id))
                .with("SecretAccessKey", Some(key.secret_access_key)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let id = existing.physical_id.as_str();
            self.set_status(id, &request.properties, &request.caller)
                .await?;
            Ok(Provisioned::new(id).with("Id", Some(id)))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let user = &existing.properties["UserName"];
            let members = json!({"UserName": user, "AccessKeyId": existing.physical_id});
            delete::<DeleteAccessKey>(&self.0, &members, &[], caller).await
        })
    }
}
