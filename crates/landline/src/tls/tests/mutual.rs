//! Mutual TLS: a custom domain with a truststore lets nobody else in.

use landline_gateway::deployment::domains::LiveDomain;

use super::{Client, Door, Signed};

const DOMAIN: &str = "ws.example.com";

impl Door {
    /// Serves custom domains, each with the truststore that is given for it.
    fn serve(&self, domains: &[(&str, Option<&Signed>)]) {
        let domain = |(name, trusted): &(&str, Option<&Signed>)| {
            let truststore = trusted.map(|signed| signed.authority_pem.clone());
            LiveDomain::new((*name).to_owned(), Vec::new(), truststore)
        };
        self.domains.publish(domains.iter().map(domain).collect());
    }
}

#[tokio::test]
async fn a_client_whose_certificate_chains_to_the_truststore_gets_in() {
    let door = Door::open();
    let clients = Signed::for_name("client");
    door.serve(&[(DOMAIN, Some(&clients))]);
    let (_, verified) = door.meet(DOMAIN, clients.identity()).await.unwrap();
    assert_eq!(verified.as_deref(), Some(DOMAIN));
}

#[tokio::test]
async fn a_client_without_a_certificate_is_refused() {
    let door = Door::open();
    door.serve(&[(DOMAIN, Some(&Signed::for_name("client")))]);
    let refused = door.meet(DOMAIN, Client::anonymous()).await;
    assert!(refused.is_err(), "{refused:?}");
}

#[tokio::test]
async fn a_client_with_a_foreign_certificate_is_refused() {
    let door = Door::open();
    door.serve(&[(DOMAIN, Some(&Signed::for_name("client")))]);
    let refused = door
        .meet(DOMAIN, Signed::for_name("client").identity())
        .await;
    assert!(refused.is_err(), "{refused:?}");
}

#[tokio::test]
async fn other_names_ask_for_no_certificate() {
    let door = Door::open();
    door.serve(&[
        (DOMAIN, Some(&Signed::for_name("client"))),
        ("open.example.com", None),
    ]);
    for name in ["open.example.com", "localhost", "elsewhere.example.com"] {
        let (_, verified) = door.meet(name, Client::anonymous()).await.unwrap();
        assert_eq!(verified, None, "{name}");
    }
}

#[tokio::test]
async fn a_changed_truststore_counts_from_the_next_handshake() {
    let door = Door::open();
    let (old, new) = (Signed::for_name("client"), Signed::for_name("client"));
    door.serve(&[(DOMAIN, Some(&old))]);
    assert!(door.meet(DOMAIN, old.identity()).await.is_ok());
    door.serve(&[(DOMAIN, Some(&new))]);
    assert!(door.meet(DOMAIN, old.identity()).await.is_err());
    assert!(door.meet(DOMAIN, new.identity()).await.is_ok());
    door.serve(&[(DOMAIN, None)]);
    assert!(door.meet(DOMAIN, Client::anonymous()).await.is_ok());
}

#[tokio::test]
async fn a_wildcard_demands_certificates_of_every_name_below_it() {
    let door = Door::open();
    let clients = Signed::for_name("client");
    door.serve(&[("*.example.com", Some(&clients))]);
    assert!(door.meet(DOMAIN, Client::anonymous()).await.is_err());
    let (_, verified) = door.meet(DOMAIN, clients.identity()).await.unwrap();
    assert_eq!(verified.as_deref(), Some("*.example.com"));
}
