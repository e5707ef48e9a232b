//! `AWS::ApiGatewayV2::DomainName`

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Value as Json, json};

use super::super::input::{call, check, delete, with_removed};
use super::change_tags;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct DomainName(pub(in super::super) Dispatcher);

static SCHEMA: Schema = Schema {
    resource_type: "AWS::ApiGatewayV2::DomainName",
    required: &["DomainName"],
    properties: &[
        "DomainName",
        "DomainNameConfigurations",
        "MutualTlsAuthentication",
        "RoutingMode",
        "Tags",
    ],
    replace_on: &["DomainName"],
    attributes: &[
        "DomainNameArn",
        "RegionalDomainName",
        "RegionalHostedZoneId",
    ],
};

fn made(domain: gateway::DomainName, caller: &Caller) -> Provisioned {
    let (region, name) = (&caller.region, &domain.domain_name);
    let arn = format!("arn:aws:apigateway:{region}::/domainnames/{name}");
    let regional = domain
        .domain_name_configurations
        .into_iter()
        .flatten()
        .next();
    let regional = regional.unwrap_or_default();
    Provisioned::new(domain.domain_name)
        .with("DomainNameArn", Some(domain.domain_name_arn.unwrap_or(arn)))
        .with("RegionalDomainName", regional.api_gateway_domain_name)
        .with("RegionalHostedZoneId", regional.hosted_zone_id)
}

/// Names the members that the configuration of a domain no longer has.
pub(in super::super) fn clear_configuration(members: &mut Json, before: &Json) {
    const CONFIGURATION: &str = "/DomainNameConfigurations/0";
    let (Some(before), Some(Json::Object(after))) = (
        before.pointer(CONFIGURATION),
        members.pointer_mut(CONFIGURATION),
    ) else {
        return;
    };
    for (member, nothing) in [
        ("CertificateName", ""),
        ("IpAddressType", "ipv4"),
        ("OwnershipVerificationCertificateArn", ""),
        ("SecurityPolicy", "TLS_1_2"),
    ] {
        if before.get(member).is_some() {
            let member = after.entry(member);
            member.or_insert_with(|| json!(nothing));
        }
    }
}

impl ResourceProvider for DomainName {
    fn schema(&self) -> &'static Schema {
        &SCHEMA
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateDomainName>(properties, &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        let name = request.properties.get("DomainName")?.as_str()?;
        Some(name.to_owned())
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (properties, caller) = (&request.properties, &request.caller);
            let domain = call::<gateway::CreateDomainName>(&self.0, properties, &[], caller);
            Ok(made(domain.await?, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (before, caller) = (&existing.properties, &request.caller);
            let cleared = [
                ("MutualTlsAuthentication", json!({"TruststoreUri": ""})),
                ("RoutingMode", json!("API_MAPPING_ONLY")),
            ];
            let mut members = with_removed(request, before, &cleared);
            clear_configuration(&mut members, before);
            let domain = call::<gateway::UpdateDomainName>(&self.0, &members, &[], caller);
            let domain = domain.await?;
            let (region, name) = (&caller.region, &domain.domain_name);
            let arn = format!("arn:aws:apigateway:{region}::/domainnames/{name}");
            change_tags(&self.0, &arn, before, &request.properties, caller).await?;
            Ok(made(domain, caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("DomainName", existing.physical_id.as_str())];
            delete::<gateway::DeleteDomainName>(&self.0, &json!({}), &ids, caller).await
        })
    }
}
