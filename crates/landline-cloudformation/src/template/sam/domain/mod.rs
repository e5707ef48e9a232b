//! The property `Domain` of HTTP and WebSocket APIs: a domain name of one's own, the paths at which the API is below it,
//! and its records in Route 53, which have no effect here.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-websocketapi-websocketapidomainconfiguration.html>

pub(super) mod rest;

use serde_json::{Map as JsonMap, Value as Json, json};

use super::super::error::TemplateError;
use super::super::node::{Node, Value};
use super::{Output, Source, hash};

/// Makes what an API's `Domain` asks for; `tag` says who made it.
pub(super) fn expand(
    source: &Source<'_>,
    tag: &str,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let Some(node) = source.property("Domain") else {
        return Ok(());
    };
    let refused = |message: &str| TemplateError::at(node.line, message);
    let truststore = node
        .get("MutualTlsAuthentication")
        .filter(|it| !it.is_null());
    if truststore.is_some_and(|it| it.as_map().is_none()) {
        return Err(refused(
            "MutualTlsAuthentication must be a map with at least one of the following fields ['TruststoreUri', 'TruststoreVersion'].",
        ));
    }
    check_truststore(node, "MutualTlsAuthentication")?;
    let domain = node.to_json();
    let (Some(name), Some(certificate)) = (
        given(&domain, "DomainName"),
        given(&domain, "CertificateArn"),
    ) else {
        return Err(refused(
            "Custom Domains only works if both DomainName and CertificateArn are provided.",
        ));
    };
    if given(&domain, "EndpointConfiguration").is_some_and(|it| it != "REGIONAL") {
        return Err(refused(
            "EndpointConfiguration for Custom Domains must be one of ['REGIONAL'].",
        ));
    }
    let mut configuration = json!({ "CertificateArn": certificate, "EndpointType": "REGIONAL" });
    for key in ["OwnershipVerificationCertificateArn", "SecurityPolicy"] {
        if let Some(value) = given(&domain, key) {
            configuration[key] = value.clone();
        }
    }
    let mut properties = json!({
        "DomainName": name, "DomainNameConfigurations": [configuration], "Tags": { tag: "SAM" },
    });
    if let Some(truststore) = given(&domain, "MutualTlsAuthentication") {
        properties["MutualTlsAuthentication"] = truststore.clone();
    }
    let id = format!("ApiGatewayDomainNameV2{}", hash::suffix_of(name));
    let made = source.secondary("AWS::ApiGatewayV2::DomainName", source.json(&properties));
    output.push(&id, made);
    map_paths(source, &domain, &id, output).map_err(|message| refused(&message))?;
    match given(&domain, "Route53") {
        Some(route53) => {
            record(source, name, route53, (&id, Target::Regional), output).map_err(refused)
        }
        None => Ok(()),
    }
}

/// Refuses what a truststore does not have.
fn check_truststore(domain: &Node, path: &str) -> Result<(), TemplateError> {
    let given = domain.get("MutualTlsAuthentication");
    let mut given = given.and_then(Node::as_map).into_iter().flatten();
    let is_known = |key: &str| ["TruststoreUri", "TruststoreVersion"].contains(&key);
    match given.find(|entry| !is_known(&entry.key)) {
        Some(wrong) => {
            let message =
                format!("Available {path} fields are ['TruststoreUri', 'TruststoreVersion'].");
            Err(TemplateError::at(wrong.line, message))
        }
        None => Ok(()),
    }
}

fn given<'a>(domain: &'a Json, key: &str) -> Option<&'a Json> {
    domain.get(key).filter(|value| !value.is_null())
}

/// One mapping for each path, or one for the whole domain.
fn map_paths(
    source: &Source<'_>,
    domain: &Json,
    domain_id: &str,
    output: &mut Output,
) -> Result<(), String> {
    let paths: &[Json] = match given(domain, "BasePath") {
        Some(Json::Array(paths)) => paths,
        Some(path) => std::slice::from_ref(path),
        None => &[],
    };
    let mapping = json!({
        "DomainName": { "Ref": domain_id }, "ApiId": { "Ref": source.id },
        "Stage": { "Ref": format!("{}.Stage", source.id) },
    });
    let mut push = |id: &str, properties: &Json| {
        let made = source.secondary("AWS::ApiGatewayV2::ApiMapping", source.json(properties));
        output.push(id, made);
    };
    if paths.is_empty() {
        push(&format!("{}ApiMapping", source.id), &mapping);
    }
    for path in paths {
        let path = path.as_str().ok_or("Basepath must be a string.")?;
        let is_known = |it: char| it.is_ascii_alphanumeric() || matches!(it, '/' | '-' | '_');
        if !path.chars().all(is_known) {
            return Err("Invalid Basepath name provided.".to_owned());
        }
        let words = path.replace(['-', '_', '/'], "");
        let mut mapping = mapping.clone();
        mapping["ApiMappingKey"] = json!(path.trim_matches('/'));
        push(&format!("{}{words}ApiMapping", source.id), &mapping);
    }
    Ok(())
}

/// Where the name of a domain leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    Regional,
    /// That of CDN endpoints, whose zone is the same for everybody.
    Edge,
}

/// The records of one zone are in one group, whichever APIs they are of.
fn record(
    source: &Source<'_>,
    name: &Json,
    route53: &Json,
    domain: (&str, Target),
    output: &mut Output,
) -> Result<(), &'static str> {
    let zone = ["HostedZoneId", "HostedZoneName"];
    let found = zone
        .iter()
        .find_map(|key| Some((*key, given(route53, key)?)));
    let Some((key, zone)) = found else {
        return Err(
            "HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.",
        );
    };
    // A group of its own is known by its name too.
    let of = match given(route53, "SeparateRecordSetGroup") {
        Some(Json::Bool(true)) => hash::suffix(&json!([zone, name])),
        _ => hash::suffix_of(zone),
    };
    let id = format!("RecordSetGroup{of}");
    let of_type = |kind: &str| record_set(name, kind, route53, domain);
    let mut records = vec![source.json(&of_type("A"))];
    if given(route53, "IpV6") == Some(&Json::Bool(true)) {
        records.push(source.json(&of_type("AAAA")));
    }
    let group = output.properties_of(&id).and_then(Node::as_map_mut);
    let known = group.and_then(|group| group.get_mut("RecordSets"));
    if let Some(Value::List(known)) = known.map(|node| &mut node.value) {
        known.extend(records);
        return Ok(());
    }
    let properties = source
        .json(&json!({ key: zone }))
        .with("RecordSets", Node::list(source.line, records));
    output.push(
        &id,
        source.secondary("AWS::Route53::RecordSetGroup", properties),
    );
    Ok(())
}

fn record_set(
    name: &Json,
    kind: &str,
    route53: &Json,
    (domain_id, leads_to): (&str, Target),
) -> Json {
    let mut target = JsonMap::new();
    if let Some(evaluates) = given(route53, "EvaluateTargetHealth") {
        target.insert("EvaluateTargetHealth".to_owned(), evaluates.clone());
    }
    let of_domain = |attribute: &str| json!({ "Fn::GetAtt": [domain_id, attribute] });
    let (zone, host) = match leads_to {
        Target::Regional => (of_domain("RegionalHostedZoneId"), "RegionalDomainName"),
        Target::Edge => (json!("Z2FDTNDATAQYW2"), "DistributionDomainName"),
    };
    let host = given(route53, "DistributionDomainName")
        .cloned()
        .filter(|_| leads_to == Target::Edge)
        .unwrap_or_else(|| of_domain(host));
    target.insert("HostedZoneId".to_owned(), zone);
    target.insert("DNSName".to_owned(), host);
    let mut set = json!({ "Name": name, "Type": kind, "AliasTarget": target });
    for key in ["Region", "SetIdentifier"] {
        if let Some(value) = given(route53, key) {
            set[key] = value.clone();
        }
    }
    set
}

#[cfg(test)]
mod tests;
