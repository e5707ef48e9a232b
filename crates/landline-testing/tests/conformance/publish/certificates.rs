//! Certificates of custom domains that an ACME authority issues.
//!
//! AWS's are in ACM: <https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-specify-certificate-for-custom-domain-name.html>

use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

use landline::config::{Acme, AcmeChallenge};
use landline_testing::{FakeAuthority, Node, Setup};

use super::custom_domain_names::create_domain;

const DOMAIN: &str = "ws.example.com";

/// A node that knows the authority, and a folder that outlives both.
async fn node_with(authority: &FakeAuthority) -> (Node, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::with_acme(authority.settings(folder.path()));
    let node = Node::start_with(setup).await;
    (node, folder)
}

/// Waits until something holds, and not for ever.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let waited = tokio::time::timeout(Duration::from_secs(30), waiting).await;
    assert!(waited.is_ok(), "{what} was due");
}

/// Waits until the authority was asked that often and every order came to its end.
async fn orders(authority: &FakeAuthority, count: usize) -> Vec<(String, &'static str)> {
    until("an order", async || {
        let orders = authority.orders();
        let is_over = |(_, status): &(String, &str)| ["valid", "invalid"].contains(status);
        orders.len() == count && orders.iter().all(is_over)
    })
    .await;
    authority.orders()
}

/// Waits until clients that trust the authority are shown its certificate.
async fn shown(node: &Node, authority: &FakeAuthority, name: &str) {
    until("a certificate", async || {
        node.tls_trusting(name, authority.root()).await.is_ok()
    })
    .await;
}

#[tokio::test]
async fn a_new_domain_gets_its_certificate_and_keeps_it() {
    let authority = FakeAuthority::start().await;
    let (node, folder) = node_with(&authority).await;
    authority.names_lead_to(node.address);
    create_domain(&node, DOMAIN).await;
    shown(&node, &authority, DOMAIN).await;
    assert_eq!(authority.orders(), [(DOMAIN.to_owned(), "valid")]);
    // Other names are still the local authority's.
    assert!(
        node.tls_trusting("localhost", authority.root())
            .await
            .is_err()
    );
    for file in ["account.json", "ws.example.com.key", "ws.example.com.crt"] {
        let path = node.data_dir().join("tls/acme").join(file);
        until(file, async || path.exists()).await;
        let mode = std::fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }

    let setup = Setup::with_acme(authority.settings(folder.path()));
    let node = node.restart_with(setup).await;
    shown(&node, &authority, DOMAIN).await;
    assert_eq!(authority.orders().len(), 1);
}

#[tokio::test]
async fn further_domains_use_the_same_account_and_wildcards_are_not_asked_for() {
    let authority = FakeAuthority::start().await;
    let (node, _folder) = node_with(&authority).await;
    authority.names_lead_to(node.address);
    create_domain(&node, "*.example.com").await;
    create_domain(&node, DOMAIN).await;
    shown(&node, &authority, DOMAIN).await;
    create_domain(&node, "chat.example.com").await;
    shown(&node, &authority, "chat.example.com").await;
    let names: Vec<String> = authority
        .orders()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, [DOMAIN, "chat.example.com"]);
    assert_eq!(authority.accounts(), 1);
}

#[tokio::test]
async fn a_name_is_proved_by_a_certificate_where_port_80_leads_elsewhere() {
    let authority = FakeAuthority::start().await;
    let folder = tempfile::tempdir().unwrap();
    let setup = Setup::with_acme(Acme {
        challenge: AcmeChallenge::TlsAlpn01,
        ..authority.settings(folder.path())
    });
    let node = Node::start_with(setup).await;
    authority.names_lead_to(node.address);
    create_domain(&node, DOMAIN).await;
    shown(&node, &authority, DOMAIN).await;
    assert_eq!(orders(&authority, 1).await, [(DOMAIN.to_owned(), "valid")]);
}

#[tokio::test]
async fn a_certificate_is_renewed_when_its_time_comes() {
    let authority = FakeAuthority::start().await;
    let (node, _folder) = node_with(&authority).await;
    authority.names_lead_to(node.address);
    create_domain(&node, DOMAIN).await;
    shown(&node, &authority, DOMAIN).await;
    node.clock.advance(Duration::from_hours(24 * 365 * 50));
    // The task wakes when domains change, and every hour.
    create_domain(&node, "*.example.com").await;
    let names: Vec<String> = orders(&authority, 2)
        .await
        .into_iter()
        .map(|it| it.0)
        .collect();
    assert_eq!(names, [DOMAIN, DOMAIN]);
}

#[tokio::test]
async fn a_name_that_leads_elsewhere_is_refused_served_all_the_same_and_tried_again() {
    let authority = FakeAuthority::start().await;
    let (node, _folder) = node_with(&authority).await;
    create_domain(&node, DOMAIN).await;
    assert_eq!(
        orders(&authority, 1).await,
        [(DOMAIN.to_owned(), "invalid")]
    );
    assert!(node.tls(DOMAIN, None).await.is_ok());

    authority.names_lead_to(node.address);
    // The task may not have noticed yet that it failed; its pause begins when it has.
    let mut wakes = 0;
    until("another order", async || {
        wakes += 1;
        node.clock.advance(Duration::from_mins(1));
        create_domain(&node, &format!("*.d{wakes}.example.com")).await;
        authority.orders().len() > 1 || wakes > 100
    })
    .await;
    shown(&node, &authority, DOMAIN).await;
}
