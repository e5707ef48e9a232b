//! `AWS::CDK::Metadata`: what the CDK writes into every template about itself. It makes nothing.

use landline_wire::Caller;

use crate::provider::{
    Existing, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(super) struct Metadata;

static SCHEMA: Schema = Schema {
    resource_type: "AWS::CDK::Metadata",
    required: &[],
    properties: &[],
    replace_on: &[],
    attributes: &[],
};

impl ResourceProvider for Metadata {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(Provisioned::new(request.physical_name.clone())) })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        _request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move { Ok(Provisioned::new(existing.physical_id.clone())) })
    }

    fn delete<'a>(&'a self, _existing: &'a Existing, _caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}
