//! The property `Domain` of REST APIs.
//! <https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-property-api-domainconfiguration.html>

use serde_json::{Value as Json, json};

use super::super::super::error::TemplateError;
use super::super::checks::{Kind, expect, should_be};
use super::super::{Output, Source, hash};
use super::{Target, check_truststore, given, record};

/// Makes what the `Domain` of a REST API asks for; `stage_id` is the stage behind it.
pub(in super::super) fn expand(
    source: &Source<'_>,
    stage_id: &str,
    output: &mut Output,
) -> Result<(), TemplateError> {
    let Some(node) = source.property("Domain") else {
        return Ok(());
    };
    let refused = |message: &str| TemplateError::at(node.line, message);
    expect(node, "Domain", Kind::Map)?;
    for (key, kind) in [
        ("Route53", Kind::Map),
        ("MutualTlsAuthentication", Kind::Map),
    ] {
        if let Some(part) = node.get(key).filter(|it| !it.is_null()) {
            expect(part, &format!("Domain.{key}"), kind)?;
        }
    }
    check_truststore(node, "Domain.MutualTlsAuthentication")?;
    let separate = node
        .get("Route53")
        .and_then(|it| it.get("SeparateRecordSetGroup"));
    if let Some(separate) = separate.filter(|it| !it.is_null()) {
        expect(
            separate,
            "Domain.Route53.SeparateRecordSetGroup",
            Kind::Boolean,
        )?;
    }
    let domain = node.to_json();
    let required = |key: &str| {
        given(&domain, key).ok_or_else(|| refused(&format!("Property 'Domain.{key}' is required.")))
    };
    let (name, certificate) = (required("DomainName")?, required("CertificateArn")?);
    let endpoint = given(&domain, "EndpointConfiguration").and_then(Json::as_str);
    let endpoint = endpoint.unwrap_or("REGIONAL");
    if !["EDGE", "REGIONAL", "PRIVATE"].contains(&endpoint) {
        return Err(refused(
            "EndpointConfiguration for Custom Domains must be one of ['EDGE', 'REGIONAL', 'PRIVATE'].",
        ));
    }
    let (property, target) = match endpoint {
        "REGIONAL" => ("RegionalCertificateArn", Target::Regional),
        _ => ("CertificateArn", Target::Edge),
    };
    let mut properties = json!({
        "DomainName": name, property: certificate, "EndpointConfiguration": { "Types": [endpoint] },
    });
    let passed = [
        "MutualTlsAuthentication",
        "OwnershipVerificationCertificateArn",
        "SecurityPolicy",
    ];
    for key in passed {
        if let Some(value) = given(&domain, key) {
            properties[key] = value.clone();
        }
    }
    let id = format!("ApiGatewayDomainName{}", hash::suffix_of(name));
    let made = source.secondary("AWS::ApiGateway::DomainName", source.json(&properties));
    output.push(&id, made);
    let mapping = json!({
        "DomainName": { "Ref": id }, "RestApiId": { "Ref": source.id }, "Stage": { "Ref": stage_id },
    });
    map_paths(source, &domain, &mapping, output).map_err(|message| refused(&message))?;
    match given(&domain, "Route53") {
        Some(route53) => record(source, name, route53, (&id, target), output).map_err(refused),
        None => Ok(()),
    }
}

/// One mapping for each path, or one for the whole domain. A path loses what is neither a letter nor a digit, unless its
/// author says that it shall not.
fn map_paths(
    source: &Source<'_>,
    domain: &Json,
    mapping: &Json,
    output: &mut Output,
) -> Result<(), String> {
    let paths: &[Json] = match given(domain, "BasePath") {
        Some(Json::Array(paths)) => paths,
        Some(path) => std::slice::from_ref(path),
        None => &[],
    };
    let mut push = |id: &str, properties: &Json| {
        let made = source.secondary("AWS::ApiGateway::BasePathMapping", source.json(properties));
        output.push(id, made);
    };
    if paths.is_empty() {
        push(&format!("{}BasePathMapping", source.id), mapping);
    }
    for (index, path) in paths.iter().enumerate() {
        let refused = || should_be(&format!("Domain.BasePath[{index}]"), Kind::String);
        let path = path.as_str().ok_or_else(refused)?;
        let plain: String = path.chars().filter(|it| it.is_alphanumeric()).collect();
        let keeps = given(domain, "NormalizeBasePath") == Some(&json!(false));
        let mut mapping = mapping.clone();
        mapping["BasePath"] = json!(if keeps { path } else { &plain });
        push(&format!("{}{plain}BasePathMapping", source.id), &mapping);
    }
    Ok(())
}
