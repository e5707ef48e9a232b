//! Domains of APIs, as AWS's own transform expands them.

use serde_json::json;

use super::super::tests::{refused, resources};

const API: &str = "Type: 'AWS::Serverless::WebSocketApi'
    Properties:
      RouteSelectionExpression: $request.body.action
      Routes: {$default: {FunctionArn: arn}}
";

#[test]
fn a_domain_leads_to_the_stage_of_the_api() {
    let made = resources(&format!(
        "Resources:\n  Chat:\n    {API}      Domain: {{DomainName: chat.example.com, CertificateArn: c, Route53: {{HostedZoneId: Z1}}}}\n"
    ));
    assert_eq!(
        made["ApiGatewayDomainNameV2ce78a13742"]["Properties"],
        json!({
            "DomainName": "chat.example.com",
            "DomainNameConfigurations": [{"CertificateArn": "c", "EndpointType": "REGIONAL"}],
            "Tags": {"websocketapi:createdBy": "SAM"},
        })
    );
    assert_eq!(
        made["ChatApiMapping"]["Properties"],
        json!({
            "DomainName": {"Ref": "ApiGatewayDomainNameV2ce78a13742"},
            "ApiId": {"Ref": "Chat"},
            "Stage": {"Ref": "ChatDefaultStage"},
        })
    );
    assert_eq!(
        made["RecordSetGroup0cf6d58763"]["Properties"]["RecordSets"][0]["AliasTarget"],
        json!({
            "HostedZoneId": {"Fn::GetAtt": ["ApiGatewayDomainNameV2ce78a13742", "RegionalHostedZoneId"]},
            "DNSName": {"Fn::GetAtt": ["ApiGatewayDomainNameV2ce78a13742", "RegionalDomainName"]},
        })
    );
}

#[test]
fn an_api_is_found_below_each_of_its_paths() {
    let made = resources(
        "Resources:\n  H: {Type: 'AWS::Serverless::HttpApi', Properties: {Domain: {DomainName: !Ref Name, CertificateArn: c, BasePath: [/v-1/a, two]}}}\n",
    );
    assert_eq!(
        made["Hv1aApiMapping"]["Properties"],
        json!({
            "DomainName": {"Ref": "ApiGatewayDomainNameV27cfa2c377e"},
            "ApiId": {"Ref": "H"},
            "Stage": {"Ref": "HApiGatewayDefaultStage"},
            "ApiMappingKey": "v-1/a",
        })
    );
    assert_eq!(made["HtwoApiMapping"]["Properties"]["ApiMappingKey"], "two");
}

#[test]
fn domains_that_cannot_be_are_refused() {
    for (domain, reason) in [
        (
            "{DomainName: chat.example.com}",
            "Custom Domains only works if both DomainName and CertificateArn are provided.",
        ),
        (
            "{DomainName: d, CertificateArn: c, MutualTlsAuthentication: {TruststoreUri: u}}",
            "Mutual TLS domain name association is not supported for Websocket APIs.",
        ),
        (
            "{DomainName: d, CertificateArn: c, BasePath: a.b}",
            "Invalid Basepath name provided.",
        ),
    ] {
        refused(
            &format!("Resources:\n  Chat:\n    {API}      Domain: {domain}\n"),
            &format!(
                "Transform AWS::Serverless-2016-10-31 failed with: Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [Chat] is invalid. {reason} (Chat, line 8)"
            ),
        );
    }
}
