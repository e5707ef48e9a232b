//! Under a custom domain: what its mappings lead to.

use super::*;

#[test]
fn a_handshake_under_a_custom_domain_names_no_stage() {
    for (path, host, api_id) in [
        ("/", "ws.example.com", "chatapi"),
        ("/", "ws.example.com:4566", "chatapi"),
        ("/a/b", "ws.example.com", "newsapi"),
        ("/a/b/", "ws.example.com", "newsapi"),
        ("/chat", "keys.example.com", "chatapi"),
    ] {
        let expected = Destination::WebSocket {
            api_id: api_id.to_owned(),
            stage: "prod".to_owned(),
            endpoint: custom(host.split(':').next().unwrap()),
        };
        assert_eq!(destination(&format!("UPGRADE {path}"), host), expected);
    }
}

#[test]
fn a_handshake_that_no_mapping_ends_with_is_forbidden() {
    for (path, host) in [
        ("/prod", "ws.example.com"),
        ("/a", "ws.example.com"),
        ("/a/b/prod", "ws.example.com"),
        ("/", "keys.example.com"),
        ("/other", "keys.example.com"),
        ("/chat/prod", "keys.example.com"),
        ("/ping", "keys.example.com"),
        ("/chat/@connections/x", "keys.example.com"),
    ] {
        let found = destination(&format!("UPGRADE {path}"), host);
        assert_eq!(found, Destination::Forbidden, "{path}");
    }
}

#[test]
fn connections_are_found_behind_a_mappings_key() {
    for (path, host, api_id) in [
        ("/@connections/Yq%3D", "ws.example.com", "chatapi"),
        ("//@connections/Yq=", "ws.example.com", "chatapi"),
        ("/a/b/%40connections/Yq=", "ws.example.com", "newsapi"),
        ("/chat/@connections/Yq=", "keys.example.com", "chatapi"),
    ] {
        let expected = Destination::Connections {
            api_id: Some(api_id.to_owned()),
            stage: Some("prod".to_owned()),
            connection_id: "Yq=".to_owned(),
            endpoint: custom(host),
        };
        assert_eq!(destination(&format!("POST {path}"), host), expected);
    }
}

#[test]
fn connections_behind_a_stage_have_no_method_under_a_custom_domain() {
    for (path, host, rest) in [
        (
            "/prod/@connections/Yq%3D",
            "ws.example.com",
            "prod/@connections/Yq%3D",
        ),
        (
            "/a/b/prod/@connections/x",
            "ws.example.com",
            "prod/@connections/x",
        ),
    ] {
        let expected = Destination::NoMethod(rest.to_owned());
        assert_eq!(destination(&format!("POST {path}"), host), expected);
    }
    assert_eq!(
        destination("POST /other/@connections/x", "keys.example.com"),
        Destination::Forbidden
    );
}

#[test]
fn a_custom_domain_answers_health_checks_and_leads_to_nothing_else_of_the_node() {
    let host = "keys.example.com";
    for (request, expected) in [
        ("GET /ping", Destination::Healthy),
        ("GET /sping", Destination::Healthy),
        ("GET /chat", Destination::UpgradeRequired),
        ("POST /chat", Destination::Forbidden),
        ("GET /_landline/health", Destination::Forbidden),
        ("GET /v2/apis", Destination::Forbidden),
        ("POST /", Destination::Forbidden),
    ] {
        assert_eq!(destination(request, host), expected, "{request}");
    }
    let signed = Head {
        method: "POST",
        host,
        path: "/",
        upgrade: Upgrade::None,
        signing_name: Some("dynamodb"),
    };
    assert_eq!(route(&signed, &Known), Destination::Forbidden);
}
