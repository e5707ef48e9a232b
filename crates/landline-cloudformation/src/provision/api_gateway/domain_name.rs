//! `AWS::ApiGateway::DomainName` and `AWS::ApiGateway::BasePathMapping`: the older names of what `apigatewayv2` calls
//! domain names and API mappings. Both APIs work on the same things, so these are made through the newer one.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-domainname.html>

use landline_api::apigatewayv2 as gateway;
use landline_wire::{Caller, Dispatcher};
use serde_json::{Map, Value as Json, json};

use super::super::api_gateway_v2::{change_tags, clear_configuration};
use super::super::input::{call, check, delete, drawn_id, tag_map, text};
use super::required_id;
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};

#[derive(Debug)]
pub(in super::super) struct DomainName(pub(in super::super) Dispatcher);

#[derive(Debug)]
pub(in super::super) struct BasePathMapping(pub(in super::super) Dispatcher);

static DOMAIN_NAME: Schema = Schema {
    resource_type: "AWS::ApiGateway::DomainName",
    required: &[],
    properties: &[
        "CertificateArn",
        "DomainName",
        "EndpointAccessMode",
        "EndpointConfiguration",
        "MutualTlsAuthentication",
        "OwnershipVerificationCertificateArn",
        "RegionalCertificateArn",
        "RoutingMode",
        "SecurityPolicy",
        "Tags",
    ],
    replace_on: &["DomainName"],
    attributes: &[
        "DistributionDomainName",
        "DistributionHostedZoneId",
        "DomainNameArn",
        "RegionalDomainName",
        "RegionalHostedZoneId",
    ],
};

static BASE_PATH_MAPPING: Schema = Schema {
    resource_type: "AWS::ApiGateway::BasePathMapping",
    required: &["DomainName"],
    properties: &["BasePath", "DomainName", "Id", "RestApiId", "Stage"],
    replace_on: &["BasePath", "DomainName"],
    attributes: &[],
};

/// The members of the newer API. An edge-optimised domain is one of this node like any other, and no client has to be
/// as old as TLS 1.0.
fn domain_members(properties: &Json) -> Json {
    let certificate = ["RegionalCertificateArn", "CertificateArn"]
        .iter()
        .find_map(|property| properties.get(property));
    let mut configuration = Map::new();
    for (member, value, old, new) in [
        ("CertificateArn", certificate, "", ""),
        (
            "SecurityPolicy",
            properties.get("SecurityPolicy"),
            "TLS_1_0",
            "TLS_1_2",
        ),
        (
            "OwnershipVerificationCertificateArn",
            properties.get("OwnershipVerificationCertificateArn"),
            "",
            "",
        ),
        (
            "EndpointType",
            properties.pointer("/EndpointConfiguration/Types/0"),
            "EDGE",
            "REGIONAL",
        ),
    ] {
        let value = value.map(|value| (member.to_owned(), in_new_words(value, old, new)));
        configuration.extend(value);
    }
    let mut members = json!({
        "DomainName": properties.get("DomainName"),
        "DomainNameConfigurations": [configuration],
        "Tags": tag_map(properties),
    });
    if let Some(tls) = properties.get("MutualTlsAuthentication") {
        members["MutualTlsAuthentication"] = tls.clone();
    }
    if let Some(mode) = properties.get("RoutingMode") {
        members["RoutingMode"] = in_new_words(mode, "BASE_PATH_MAPPING_ONLY", "API_MAPPING_ONLY");
    }
    members
}

/// A value as the newer API calls it, or has in its place.
fn in_new_words(value: &Json, old: &str, new: &str) -> Json {
    if value == old {
        return json!(new);
    }
    value.clone()
}

fn made_domain(domain: gateway::DomainName, caller: &Caller) -> Provisioned {
    let arn = domain_arn(&domain.domain_name, caller);
    let configurations = domain.domain_name_configurations;
    let regional = configurations.into_iter().flatten().next();
    let regional = regional.unwrap_or_default();
    let (host, zone) = (regional.api_gateway_domain_name, regional.hosted_zone_id);
    Provisioned::new(domain.domain_name)
        .with("DomainNameArn", Some(arn))
        .with("DistributionDomainName", host.clone())
        .with("DistributionHostedZoneId", zone.clone())
        .with("RegionalDomainName", host)
        .with("RegionalHostedZoneId", zone)
}

fn domain_arn(name: &str, caller: &Caller) -> String {
    format!("arn:aws:apigateway:{}::/domainnames/{name}", caller.region)
}

impl ResourceProvider for DomainName {
    fn schema(&self) -> &'static Schema {
        &DOMAIN_NAME
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        check::<gateway::CreateDomainName>(&domain_members(properties), &[])
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        text(&request.properties, "DomainName")
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let (members, caller) = (domain_members(&request.properties), &request.caller);
            let domain = call::<gateway::CreateDomainName>(&self.0, &members, &[], caller);
            Ok(made_domain(domain.await?, caller))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let before = domain_members(&existing.properties);
            let (mut after, caller) = (domain_members(&request.properties), &request.caller);
            for (member, nothing) in [
                ("MutualTlsAuthentication", json!({"TruststoreUri": ""})),
                ("RoutingMode", json!("API_MAPPING_ONLY")),
            ] {
                if before.get(member).is_some() && after.get(member).is_none() {
                    after[member] = nothing;
                }
            }
            clear_configuration(&mut after, &before);
            let domain = call::<gateway::UpdateDomainName>(&self.0, &after, &[], caller).await?;
            let arn = domain_arn(&domain.domain_name, caller);
            change_tags(&self.0, &arn, &before, &after, caller).await?;
            Ok(made_domain(domain, caller))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("DomainName", existing.physical_id.as_str())];
            delete::<gateway::DeleteDomainName>(&self.0, &json!({}), &ids, caller).await
        })
    }
}

/// The members of the newer API.
fn mapping_members(properties: &Json) -> Result<Json, ProvisionError> {
    let member = |property: &str| text(properties, property).unwrap_or_default();
    let stage = member("Stage");
    if stage.is_empty() {
        return Err(ProvisionError::new(
            "Landline maps a base path to one stage: name it in Stage.",
        ));
    }
    Ok(json!({
        "ApiId": member("RestApiId"),
        "ApiMappingKey": member("BasePath"),
        "DomainName": member("DomainName"),
        "Stage": stage,
    }))
}

impl ResourceProvider for BasePathMapping {
    fn schema(&self) -> &'static Schema {
        &BASE_PATH_MAPPING
    }

    fn check(&self, properties: &Json) -> Result<(), ProvisionError> {
        mapping_members(properties).map(|_| ())
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(drawn_id(request, 6))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = mapping_members(&request.properties)?;
            let mapping =
                call::<gateway::CreateApiMapping>(&self.0, &members, &[], &request.caller);
            Ok(Provisioned::new(required_id(
                mapping.await?.api_mapping_id,
            )?))
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let members = mapping_members(&request.properties)?;
            let ids = [("ApiMappingId", existing.physical_id.as_str())];
            call::<gateway::UpdateApiMapping>(&self.0, &members, &ids, &request.caller).await?;
            Ok(Provisioned::new(existing.physical_id.clone()))
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let ids = [("ApiMappingId", existing.physical_id.as_str())];
            let owner = json!({ "DomainName": existing.properties["DomainName"] });
            delete::<gateway::DeleteApiMapping>(&self.0, &owner, &ids, caller).await
        })
    }
}
