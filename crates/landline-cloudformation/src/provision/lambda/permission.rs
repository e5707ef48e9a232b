//! `AWS::Lambda::Permission`: one statement of a function's policy. It never changes: another one takes its place.

use landline_api::lambda::{AddPermission, RemovePermission};
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct Permission(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::Lambda::Permission",
    required: &["Action", "FunctionName", "Principal"],
    properties: &PROPERTIES,
    replace_on: &PROPERTIES,
    attributes: &["Id"],
};

const PROPERTIES: [&str; 9] = [
    "Action",
    "EventSourceToken",
    "FunctionName",
    "FunctionUrlAuthType",
    "InvokedViaFunctionUrl",
    "Principal",
    "PrincipalOrgID",
    "SourceAccount",
    "SourceArn",
];

impl ResourceProvider for Permission {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(request.physical_name.clone())
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<AddPermission>(properties, &[("StatementId", "name")])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let statement_id = request.physical_name.as_str();
            call::<AddPermission>(
                &self.0,
                &request.properties,
                &[("StatementId", statement_id)],
                &request.caller,
            )
            .await?;
            Ok(Provisioned::new(statement_id).with("Id", Some(statement_id)))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            Ok(Provisioned::new(existing.physical_id.clone())
                .with("Id", Some(existing.physical_id.clone())))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let statement = json!({"FunctionName": existing.properties["FunctionName"], "StatementId": existing.physical_id});
            delete::<RemovePermission>(&self.0, &statement, &[], caller).await
        })
    }
}
