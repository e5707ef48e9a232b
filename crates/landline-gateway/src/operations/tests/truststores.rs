//! Truststores in buckets: an object, one version of it, and what is refused.

use landline_api::apigatewayv2 as api;

use super::domains::{AUTHORITY, domain, truststore};
use super::{Plane, refusal};

const URI: &str = "s3://trust/of/clients.pem";

fn version(of: &str) -> api::MutualTlsAuthenticationInput {
    api::MutualTlsAuthenticationInput {
        truststore_version: Some(of.into()),
        ..truststore(URI)
    }
}

#[tokio::test]
async fn a_truststore_may_be_an_object_or_one_version_of_it() {
    let plane = Plane::new();
    for (name, given, shown) in [
        ("one.example.com", truststore(URI), None),
        ("two.example.com", version("2"), Some("2")),
    ] {
        let mut input = domain(name);
        input.mutual_tls_authentication = Some(given);
        let made = plane.call::<api::CreateDomainName>(input).await.unwrap();
        let mutual_tls = made.mutual_tls_authentication.unwrap();
        assert_eq!(mutual_tls.truststore_uri.as_deref(), Some(URI));
        assert_eq!(mutual_tls.truststore_version.as_deref(), shown);
        let served = plane.domains.find(name).unwrap();
        assert_eq!(served.truststore(), Some(AUTHORITY));
    }
}

#[tokio::test]
async fn an_object_that_is_not_there_or_no_truststore_is_refused() {
    let plane = Plane::new();
    for (given, word) in [
        (
            truststore("s3://trust/other.pem"),
            "The specified key does not exist.",
        ),
        (truststore("s3://trust"), "s3://{bucket}/{key}"),
        (truststore("s3:///key"), "s3://{bucket}/{key}"),
        (version("1"), "no certificate"),
    ] {
        let mut input = domain("ws.example.com");
        input.mutual_tls_authentication = Some(given);
        let (status, message) = refusal(plane.call::<api::CreateDomainName>(input).await);
        assert!(status == 400 && message.contains(word), "{message}");
    }
}

#[tokio::test]
async fn another_version_of_the_same_truststore_needs_no_uri() {
    let plane = Plane::new();
    let mut input = domain("ws.example.com");
    input.mutual_tls_authentication = Some(truststore(URI));
    plane.call::<api::CreateDomainName>(input).await.unwrap();
    let update = |of: &str| {
        plane.call::<api::UpdateDomainName>(api::UpdateDomainNameInput {
            domain_name: "ws.example.com".into(),
            mutual_tls_authentication: Some(api::MutualTlsAuthenticationInput {
                truststore_uri: None,
                truststore_version: Some(of.into()),
            }),
            ..Default::default()
        })
    };
    let updated = update("2")
        .await
        .unwrap()
        .mutual_tls_authentication
        .unwrap();
    assert_eq!(updated.truststore_uri.as_deref(), Some(URI));
    assert_eq!(updated.truststore_version.as_deref(), Some("2"));
    assert_eq!(refusal(update("1").await).0, 400);
    let served = plane.domains.find("ws.example.com").unwrap();
    assert_eq!(served.truststore(), Some(AUTHORITY));
}
