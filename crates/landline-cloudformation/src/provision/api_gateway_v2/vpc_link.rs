//! `AWS::ApiGatewayV2::VpcLink`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, drawn_id};
use super::change_tags;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct VpcLink(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::VpcLink",
    required: &["Name", "SubnetIds"],
    properties: &["Name", "SecurityGroupIds", "SubnetIds", "Tags"],
    replace_on: &["SecurityGroupIds", "SubnetIds"],
    attributes: &["VpcLinkId"],
};

fn made(link: gateway::VpcLink) -> Provisioned {
    Provisioned::new(link.vpc_link_id.clone()).with("VpcLinkId", Some(link.vpc_link_id))
}

impl ResourceProvider for VpcLink {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateVpcLink>(properties, &[])
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let link = call::<gateway::CreateVpcLink>(&self.0, properties, &[], &request.caller);
            Ok(made(link.await?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let ids = [("VpcLinkId", existing.physical_id.as_str())];
            let properties = &request.properties;
            let link = call::<gateway::UpdateVpcLink>(&self.0, properties, &ids, &request.caller);
            let link = link.await?;
            let (region, id) = (&request.caller.region, &existing.physical_id);
            let arn = format!("arn:aws:apigateway:{region}::/vpclinks/{id}");
            let before = &existing.properties;
            change_tags(&self.0, &arn, before, properties, &request.caller).await?;
            Ok(made(link))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("VpcLinkId", existing.physical_id.as_str())];
            delete::<gateway::DeleteVpcLink>(&self.0, &json!({}), &ids, caller).await
        })
    }
}
