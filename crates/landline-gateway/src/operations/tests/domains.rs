//! Custom domain names and API mappings.

use super::*;
use crate::deployment::domains::LiveMapping;

#[tokio::test]
async fn a_new_domain_shows_its_defaults() {
    let plane = Plane::new();
    let domain = plane.domain("ws.example.com").await;
    assert_eq!(
        members(&domain),
        [
            "apiMappingSelectionExpression",
            "domainName",
            "domainNameArn",
            "domainNameConfigurations",
            "routingMode"
        ]
    );
    let arn = "arn:aws:apigateway:eu-central-1::/domainnames/ws.example.com";
    assert_eq!(domain.domain_name_arn.as_deref(), Some(arn));
    assert_eq!(
        domain.api_mapping_selection_expression.as_deref(),
        Some("$request.basepath")
    );
    let configuration = &domain.domain_name_configurations.unwrap()[0];
    assert_eq!(
        members(configuration),
        [
            "apiGatewayDomainName",
            "certificateArn",
            "domainNameStatus",
            "endpointType",
            "hostedZoneId",
            "ipAddressType",
            "securityPolicy"
        ]
    );
    let regional = configuration.api_gateway_domain_name.as_deref().unwrap();
    assert!(
        regional.starts_with("d-") && regional.ends_with(".execute-api.eu-central-1.amazonaws.com")
    );
    assert_eq!(
        configuration.security_policy,
        Some(api::SecurityPolicy::Tls12)
    );
}

#[tokio::test]
async fn names_that_cannot_be_custom_domains_are_refused() {
    let plane = Plane::new();
    for name in [
        "",
        "localhost",
        "127.0.0.1",
        "WS.example.com",
        "ws_1.example.com",
        "-a.example.com",
        "a..example.com",
        "*.com.",
        "a.*.example.com",
        "*",
        "chat.amazonaws.com",
        "ws.example.com:443",
        "x.execute-api.us-east-1.amazonaws.com",
    ] {
        let outcome = plane.call::<api::CreateDomainName>(domain(name)).await;
        assert_eq!(refusal(outcome).0, 400, "{name}");
    }
    for name in [
        "a.b",
        "*.example.com",
        "1.example.com",
        "xn--bcher-kva.example",
    ] {
        plane.domain(name).await;
    }
}

#[tokio::test]
async fn a_domain_has_one_configuration_which_is_regional_and_tls_1_2() {
    let plane = Plane::new();
    let edge =
        |it: &mut api::DomainNameConfiguration| it.endpoint_type = Some(api::EndpointType::Edge);
    let old = |it: &mut api::DomainNameConfiguration| {
        it.security_policy = Some(api::SecurityPolicy::Tls10);
    };
    let changes: [fn(&mut api::DomainNameConfiguration); 2] = [edge, old];
    for change in changes {
        let mut input = domain("ws.example.com");
        change(&mut input.domain_name_configurations.as_mut().unwrap()[0]);
        let (status, message) = refusal(plane.call::<api::CreateDomainName>(input).await);
        assert_eq!(status, 400);
        assert!(
            message.starts_with("Only REGIONAL domain names"),
            "{message}"
        );
    }
    let mut none = domain("ws.example.com");
    none.domain_name_configurations = None;
    let refused = refusal(plane.call::<api::CreateDomainName>(none).await);
    let message = "Invalid input. Expected one domain name configuration";
    assert_eq!(refused, (400, message.to_owned()));
}

#[tokio::test]
async fn a_domain_exists_once() {
    let plane = Plane::new();
    plane.domain("ws.example.com").await;
    let again = plane
        .call::<api::CreateDomainName>(domain("ws.example.com"))
        .await;
    let message = "The domain name you provided already exists.";
    assert_eq!(refusal(again), (409, message.to_owned()));
}

#[tokio::test]
async fn an_unknown_domain_is_not_found_by_any_operation() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let name = || "ws.example.com".to_owned();
    let get = api::GetDomainNameInput {
        domain_name: name(),
    };
    let delete = api::DeleteDomainNameInput {
        domain_name: name(),
    };
    let list = api::GetApiMappingsInput {
        domain_name: name(),
        ..Default::default()
    };
    let update = api::UpdateDomainNameInput {
        domain_name: name(),
        ..Default::default()
    };
    let not_found = (404, "Invalid domain name identifier specified".to_owned());
    assert_eq!(
        refusal(plane.call::<api::GetDomainName>(get).await),
        not_found
    );
    assert_eq!(
        refusal(plane.call::<api::DeleteDomainName>(delete).await),
        not_found
    );
    assert_eq!(
        refusal(plane.call::<api::GetApiMappings>(list).await),
        not_found
    );
    assert_eq!(
        refusal(plane.call::<api::UpdateDomainName>(update).await),
        not_found
    );
    let map = mapping("ws.example.com", &api_id, None);
    assert_eq!(
        refusal(plane.call::<api::CreateApiMapping>(map).await),
        not_found
    );
}

#[tokio::test]
async fn domains_are_listed_by_name_and_in_pages() {
    let plane = Plane::new();
    for name in ["c.example.com", "a.example.com", "b.example.com"] {
        plane.domain(name).await;
    }
    let mut input = api::GetDomainNamesInput {
        max_results: Some("2".into()),
        ..Default::default()
    };
    let first = plane
        .call::<api::GetDomainNames>(input.clone())
        .await
        .unwrap();
    input.next_token = first.next_token;
    let second = plane.call::<api::GetDomainNames>(input).await.unwrap();
    let names = [first.items.unwrap(), second.items.unwrap()].concat();
    let names: Vec<_> = names.iter().map(|it| it.domain_name.as_str()).collect();
    assert_eq!(names, ["a.example.com", "b.example.com", "c.example.com"]);
    assert_eq!(second.next_token, None);
}

#[tokio::test]
async fn an_update_changes_the_certificate_and_keeps_the_rest() {
    let plane = Plane::new();
    let before = plane.domain("ws.example.com").await;
    let input = api::UpdateDomainNameInput {
        domain_name: "ws.example.com".into(),
        domain_name_configurations: Some(vec![api::DomainNameConfiguration {
            certificate_arn: Some("arn:aws:acm:eu-central-1:123456789012:certificate/two".into()),
            ..Default::default()
        }]),
        ..Default::default()
    };
    let after = plane.call::<api::UpdateDomainName>(input).await.unwrap();
    let (before, after) = (
        before.domain_name_configurations.unwrap(),
        after.domain_name_configurations.unwrap(),
    );
    assert!(
        after[0]
            .certificate_arn
            .as_deref()
            .unwrap()
            .ends_with("/two")
    );
    assert_eq!(
        after[0].api_gateway_domain_name,
        before[0].api_gateway_domain_name
    );
}

#[tokio::test]
async fn what_is_mapped_is_served_at_once_and_after_a_restart() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.domain("*.example.com").await;
    assert_eq!(plane.mapped("ws.example.com", &["chat"]), None);
    plane.map("*.example.com", &api_id, Some("chat")).await;
    let served = plane.mapped("ws.example.com", &["chat"]).unwrap();
    assert_eq!(
        (served.api_id.as_str(), served.stage_name.as_str()),
        (api_id.as_str(), "prod")
    );
    let plane = plane.restarted();
    assert_eq!(plane.mapped("ws.example.com", &["chat"]), Some(served));
}

#[tokio::test]
async fn a_domain_is_deleted_with_its_mappings() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.domain("ws.example.com").await;
    plane.map("ws.example.com", &api_id, None).await;
    let delete = api::DeleteDomainNameInput {
        domain_name: "ws.example.com".into(),
    };
    plane.call::<api::DeleteDomainName>(delete).await.unwrap();
    assert_eq!(plane.mapped("ws.example.com", &[]), None);
    plane
        .call::<api::DeleteApi>(api::DeleteApiInput { api_id })
        .await
        .unwrap();
    plane.domain("ws.example.com").await;
    assert_eq!(plane.mapped("ws.example.com", &[]), None);
}

#[tokio::test]
async fn domains_and_mappings_have_quotas() {
    let limits = ResourceLimits {
        domain_names: 1,
        mappings_per_domain: 1,
        ..Default::default()
    };
    let plane = Plane::with_limits(limits);
    let api_id = plane.served_api().await;
    plane.domain("a.example.com").await;
    plane.map("a.example.com", &api_id, None).await;
    let second = plane
        .call::<api::CreateDomainName>(domain("b.example.com"))
        .await;
    assert_eq!(refusal(second).0, 429);
    let second = mapping("a.example.com", &api_id, Some("b"));
    assert_eq!(
        refusal(plane.call::<api::CreateApiMapping>(second).await).0,
        429
    );
}

#[tokio::test]
async fn the_tags_of_a_domain_are_those_that_the_domain_shows() {
    let plane = Plane::new();
    let arn = plane
        .domain("ws.example.com")
        .await
        .domain_name_arn
        .unwrap();
    let tag = api::TagResourceInput {
        resource_arn: arn.clone(),
        tags: Some(texts(&[("a", "1"), ("b", "2")])),
    };
    plane.call::<api::TagResource>(tag).await.unwrap();
    let untag = api::UntagResourceInput {
        resource_arn: arn.clone(),
        tag_keys: vec!["a".into()],
    };
    plane.call::<api::UntagResource>(untag).await.unwrap();
    let read = plane
        .call::<api::GetTags>(api::GetTagsInput { resource_arn: arn })
        .await
        .unwrap();
    let get = api::GetDomainNameInput {
        domain_name: "ws.example.com".into(),
    };
    let shown = plane.call::<api::GetDomainName>(get).await.unwrap();
    assert_eq!(
        (read.tags, shown.tags),
        (Some(texts(&[("b", "2")])), Some(texts(&[("b", "2")])))
    );
}

#[tokio::test]
async fn a_truststore_is_read_when_it_is_named_or_refused() {
    let plane = Plane::new();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).display().to_string();
    std::fs::write(path("text.pem"), "no certificate").unwrap();
    let broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    std::fs::write(path("broken.pem"), broken).unwrap();
    for (uri, word) in [
        ("https://bucket/key.pem".to_owned(), "s3:// URI"),
        ("file://relative.pem".to_owned(), "absolute"),
        (format!("file://{}", path("missing.pem")), "No such file"),
        (
            format!("file://{}", folder.path().display()),
            "must be a file",
        ),
        (format!("file://{}", path("text.pem")), "no certificate"),
        (format!("file://{}", path("broken.pem")), "is not valid"),
    ] {
        let mut input = domain("ws.example.com");
        input.mutual_tls_authentication = Some(truststore(&uri));
        let (status, message) = refusal(plane.call::<api::CreateDomainName>(input).await);
        assert!(status == 400 && message.contains(word), "{message}");
    }
}

#[tokio::test]
async fn mutual_tls_keeps_a_copy_of_its_truststore_until_it_is_turned_off() {
    let plane = Plane::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("clients.pem");
    std::fs::write(&path, AUTHORITY).unwrap();
    let mut input = domain("ws.example.com");
    input.mutual_tls_authentication = Some(truststore(&format!("file://{}", path.display())));
    let made = plane.call::<api::CreateDomainName>(input).await.unwrap();
    assert_eq!(
        members(&made.mutual_tls_authentication.unwrap()),
        ["truststoreUri"]
    );
    std::fs::remove_file(&path).unwrap();
    let plane = plane.restarted();
    let served = plane.domains.find("ws.example.com").unwrap();
    assert_eq!(served.truststore(), Some(AUTHORITY));
    let off = api::UpdateDomainNameInput {
        domain_name: "ws.example.com".into(),
        mutual_tls_authentication: Some(truststore("")),
        ..Default::default()
    };
    let after = plane.call::<api::UpdateDomainName>(off).await.unwrap();
    assert_eq!(after.mutual_tls_authentication, None);
    assert_eq!(
        plane.domains.find("ws.example.com").unwrap().truststore(),
        None
    );
}

impl Plane {
    pub(super) async fn domain(&self, name: &str) -> api::DomainName {
        self.call::<api::CreateDomainName>(domain(name))
            .await
            .unwrap()
    }

    pub(super) async fn map(&self, name: &str, api_id: &str, key: Option<&str>) -> api::ApiMapping {
        let input = mapping(name, api_id, key);
        self.call::<api::CreateApiMapping>(input).await.unwrap()
    }

    pub(super) fn mapped(&self, host: &str, path: &[&str]) -> Option<LiveMapping> {
        self.domains.find(host)?.mapping(path).cloned()
    }
}

pub(super) fn domain(name: &str) -> api::CreateDomainNameInput {
    api::CreateDomainNameInput {
        domain_name: name.into(),
        domain_name_configurations: Some(vec![api::DomainNameConfiguration {
            certificate_arn: Some("arn:aws:acm:eu-central-1:123456789012:certificate/one".into()),
            ..Default::default()
        }]),
        ..Default::default()
    }
}

pub(super) fn mapping(name: &str, api_id: &str, key: Option<&str>) -> api::CreateApiMappingInput {
    api::CreateApiMappingInput {
        domain_name: name.into(),
        api_id: api_id.into(),
        api_mapping_key: key.map(str::to_owned),
        stage: "prod".into(),
    }
}

pub(super) fn truststore(uri: &str) -> api::MutualTlsAuthenticationInput {
    api::MutualTlsAuthenticationInput {
        truststore_uri: Some(uri.into()),
        truststore_version: None,
    }
}

/// A certificate authority that signs nothing else; its key was thrown away.
pub(super) const AUTHORITY: &str = "\
-----BEGIN CERTIFICATE-----
MIIBejCCASGgAwIBAgIUFoNAPErJrFvVxANqLBxyxS4K0fwwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHY2xpZW50czAgFw0yNjExMjgxOTE5MzZaGA8yMTI2MTEwNDE5
MTkzNlowEjEQMA4GA1UEAwwHY2xpZW50czBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABEjNuyhq3ndNe4R/MQuHaqgXBz+HYLRR5es1N8yu3/HdYG+wzYY9O0sGHeF7
chkj6rgeR8LLzlSsiRb8/Nd5qDyjUzBRMB0GA1UdDgQWBBQ6h5oduPjma/zpz4Iq
Y6m9PjjHETAfBgNVHSMEGDAWgBQ6h5oduPjma/zpz4IqY6m9PjjHETAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0cAMEQCIB22day2kkzBzy3gsRR79FmvoMJd
n6gEgHYkhZN7Z4VCAiA1kRZbpYsRmMI/M8XzmydiHVwngqqEKGWWjAEoX2bu8Q==
-----END CERTIFICATE-----
";
