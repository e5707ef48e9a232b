//! Mutual TLS for custom domain names.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html>

use http::Method;
use landline_api::{apigatewayv2 as api, s3};
use landline_testing::{ClientAuthority, Node};

use super::custom_domain_names::{connect, create_domain};

const DOMAIN: &str = "ws.example.com";

/// A node with a custom domain that trusts the authority.
async fn guarded(authority: &ClientAuthority) -> Node {
    let node = Node::start().await;
    let path = node.data_dir().join("clients.pem");
    std::fs::write(&path, authority.pem()).unwrap();
    node.call::<api::CreateDomainName>(api::CreateDomainNameInput {
        domain_name: DOMAIN.to_owned(),
        domain_name_configurations: Some(vec![api::DomainNameConfiguration::default()]),
        mutual_tls_authentication: Some(api::MutualTlsAuthenticationInput {
            truststore_uri: Some(format!("file://{}", path.display())),
            truststore_version: None,
        }),
        ..Default::default()
    })
    .await;
    node
}

#[tokio::test]
async fn a_client_with_a_trusted_certificate_gets_in() {
    let authority = ClientAuthority::default();
    let node = guarded(&authority).await;
    let client = authority.client();
    let status = node
        .https_status(DOMAIN, Some(&client), DOMAIN, "GET /ping")
        .await;
    assert_eq!(status.unwrap(), 200);
}

#[tokio::test]
async fn a_truststore_in_a_bucket_lets_the_same_clients_in() {
    let authority = ClientAuthority::default();
    let node = Node::start().await;
    node.call::<s3::CreateBucket>(s3::CreateBucketInput {
        bucket: "trust".to_owned(),
        ..Default::default()
    })
    .await;
    node.call::<s3::PutObject>(s3::PutObjectInput {
        bucket: "trust".to_owned(),
        key: "clients.pem".to_owned(),
        body: Some(authority.pem().to_owned().into()),
        ..Default::default()
    })
    .await;
    node.call::<api::CreateDomainName>(api::CreateDomainNameInput {
        domain_name: DOMAIN.to_owned(),
        domain_name_configurations: Some(vec![api::DomainNameConfiguration::default()]),
        mutual_tls_authentication: Some(api::MutualTlsAuthenticationInput {
            truststore_uri: Some("s3://trust/clients.pem".to_owned()),
            truststore_version: None,
        }),
        ..Default::default()
    })
    .await;
    let client = authority.client();
    let ask = |identity| node.https_status(DOMAIN, identity, DOMAIN, "GET /ping");
    assert_eq!(ask(Some(&client)).await.unwrap(), 200);
    assert!(ask(None).await.is_err());
}

#[tokio::test]
async fn a_client_without_a_certificate_or_with_a_foreign_one_does_not() {
    let node = guarded(&ClientAuthority::default()).await;
    let foreign = ClientAuthority::default().client();
    for identity in [None, Some(&foreign)] {
        let status = node
            .https_status(DOMAIN, identity, DOMAIN, "GET /ping")
            .await;
        assert!(status.is_err(), "{status:?}");
    }
}

#[tokio::test]
async fn a_plain_request_is_forbidden() {
    let node = guarded(&ClientAuthority::default()).await;
    let answer = node.http_at(DOMAIN, Method::GET, "/ping", "").await;
    assert_eq!(answer.status(), 403);
    assert_eq!(answer.body(), r#"{"message":"Forbidden"}"#);
    assert_eq!(connect(&node, DOMAIN, "/").await.err(), Some(403));
}

#[tokio::test]
async fn another_name_in_the_handshake_is_no_way_around_it() {
    let authority = ClientAuthority::default();
    let node = guarded(&authority).await;
    create_domain(&node, "open.example.com").await;
    let client = authority.client();
    for name in ["open.example.com", "localhost"] {
        let status = node
            .https_status(name, Some(&client), DOMAIN, "GET /ping")
            .await;
        assert_eq!(status.unwrap(), 403, "{name}");
    }
    let status = node
        .https_status(DOMAIN, Some(&client), "open.example.com", "GET /ping")
        .await;
    assert_eq!(status.unwrap(), 200);
}
