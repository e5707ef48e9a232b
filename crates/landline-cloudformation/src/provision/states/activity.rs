//! `AWS::StepFunctions::Activity`

use landline_api::stepfunctions as api;
use landline_wire::{Caller, Dispatcher};

use super::{change_tags, members, tag_list, unless_gone};
use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{input, name};

#[derive(Debug)]
pub(in crate::provision) struct Activity(pub(in crate::provision) Dispatcher);

static ACTIVITY: Schema = Schema {
    resource_type: "AWS::StepFunctions::Activity",
    required: &["Name"],
    properties: &["EncryptionConfiguration", "Name", "Tags"],
    replace_on: &["EncryptionConfiguration", "Name"],
    attributes: &["Arn", "Name"],
};

fn made(arn: &str) -> Provisioned {
    let name = arn.rsplit(':').next().unwrap_or_default();
    Provisioned::new(arn)
        .with("Arn", Some(arn))
        .with("Name", Some(name))
}

impl ResourceProvider for Activity {
    fn schema(&self) -> &'static Schema {
        &ACTIVITY
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let Caller {
            region, account_id, ..
        } = &request.caller;
        let name = name(request, "Name");
        Some(format!(
            "arn:aws:states:{region}:{account_id}:activity:{name}"
        ))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let names = [
                ("EncryptionConfiguration", "encryptionConfiguration"),
                ("Name", "name"),
            ];
            let mut given = members(&request.properties, &names);
            given.insert("tags".to_owned(), tag_list(&request.properties));
            let input = input::<api::CreateActivityInput>(&given.into(), &[])?;
            let created = self.0.call::<api::CreateActivity>(input, &request.caller);
            Ok(made(&created.await?.activity_arn))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let arn = &existing.physical_id;
            let (before, after) = (&existing.properties, &request.properties);
            change_tags(&self.0, arn, before, after, &request.caller).await?;
            Ok(made(arn))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let input = api::DeleteActivityInput {
                activity_arn: existing.physical_id.clone(),
            };
            unless_gone(self.0.call::<api::DeleteActivity>(input, caller).await)
        })
    }
}
