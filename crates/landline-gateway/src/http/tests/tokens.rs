//! JWT authorizers. The tokens of `tokens.txt` were signed once with a key that nobody kept;
//! its modulus stands in the first line.

use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use crate::deployment::snapshot::{
    Authorization, HttpKind, IdentitySource, JwtAuthorizer, PayloadFormat, UserPoolAuthorizer,
};
use crate::testing::{Answered, Node, http_route};

/// A token of the file, or the modulus.
fn token(name: &str) -> &'static str {
    let lines = include_str!("tokens.txt").lines();
    let mut lines = lines.filter_map(|line| line.split_once(' '));
    lines.find(|(known, _)| *known == name).unwrap().1
}

fn node(scopes: &[&str]) -> Node {
    let node = Node::start(&[]);
    let mut route = http_route("GET /", "handler", PayloadFormat::V2);
    route.authorization = Authorization::Jwt(Arc::new(JwtAuthorizer {
        identity_source: IdentitySource::Header("Authorization".to_owned()),
        issuer: "https://issuer.example".to_owned(),
        audience: vec!["app".to_owned()],
    }));
    route.scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
    node.serve_api(HttpKind::Http, [route], |_| {});
    keys(&node, "key1");
    node
}

/// The issuer has one key, under this id.
fn keys(node: &Node, id: &str) {
    // One document for both of the issuer's addresses.
    let document = json!({
        "jwks_uri": "https://issuer.example/keys",
        "keys": [{ "kid": id, "kty": "RSA", "n": token("modulus"), "e": "AQAB" }],
    });
    node.backend.answers(200, &[], &document.to_string());
}

async fn present(node: &Node, token: &str) -> Answered {
    let header = format!("Bearer {token}");
    node.send("GET /", &[("Authorization", &header)], "").await
}

#[tokio::test]
async fn a_token_that_holds_lets_in_with_its_claims() {
    let node = node(&[]);
    assert_eq!(present(&node, token("good")).await.status, 200);
    assert_eq!(present(&node, token("access")).await.status, 200);
    let event = node.functions.first("handler").await.event;
    let jwt = &event["requestContext"]["authorizer"]["jwt"];
    assert_eq!(jwt["claims"]["sub"], "me");
    assert_eq!(jwt["claims"]["n"], "1");
    assert_eq!(jwt["claims"]["groups"], "[a b]");
    assert_eq!(jwt["scopes"], json!(null));
}

#[tokio::test]
async fn tokens_that_do_not_hold_are_refused_with_the_reason() {
    let node = node(&[]);
    let tampered = token("good").replace("bWUi", "eW91");
    for (token, why) in [
        (token("stranger"), "invalid audience"),
        (token("expired"), "the token has expired"),
        ("nonsense", "the token is malformed"),
        (&format!("{}x", token("good")), "the token is malformed"),
        (&format!("{tampered}A"), "the token is malformed"),
    ] {
        let answer = present(&node, token).await;
        let expected = (401, r#"{"message":"Unauthorized"}"#);
        assert_eq!((answer.status, answer.body.as_str()), expected);
        let challenge = answer.header("www-authenticate").unwrap();
        assert!(challenge.contains("invalid_token"), "{challenge}");
        assert!(challenge.contains(why), "{challenge}");
    }
    assert_eq!(node.get("GET /").await.status, 401);
    assert_eq!(node.functions.count("handler"), 0);
}

#[tokio::test]
async fn a_signature_of_somebody_else_is_worth_nothing() {
    let node = node(&[]);
    let (signed, _) = token("good").rsplit_once('.').unwrap();
    let (_, foreign) = token("access").rsplit_once('.').unwrap();
    let answer = present(&node, &format!("{signed}.{foreign}")).await;
    assert_eq!(answer.status, 401);
    let challenge = answer.header("www-authenticate").unwrap();
    assert!(
        challenge.contains("signature verification failed"),
        "{challenge}"
    );
}

#[tokio::test]
async fn a_route_may_want_one_of_some_scopes() {
    let node = node(&["admin", "write"]);
    assert_eq!(present(&node, token("good")).await.status, 200);
    let event = node.functions.first("handler").await.event;
    let scopes = &event["requestContext"]["authorizer"]["jwt"]["scopes"];
    assert_eq!(*scopes, json!(["read", "write"]));
    let node = self::node(&["admin"]);
    let answer = present(&node, token("good")).await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (403, r#"{"message":"Forbidden"}"#)
    );
}

#[tokio::test(start_paused = true)]
async fn a_new_key_of_the_issuer_is_fetched_when_it_is_needed() {
    let node = node(&[]);
    assert_eq!(present(&node, token("good")).await.status, 200);
    keys(&node, "key2");
    // Not at once: a client with nonsense must not make the gateway ask again and again.
    assert_eq!(present(&node, token("newkey")).await.status, 401);
    node.pass(Duration::from_secs(11)).await;
    assert_eq!(present(&node, token("newkey")).await.status, 200);
}

#[tokio::test]
async fn a_rest_api_lets_in_who_has_a_token_of_a_user_pool() {
    let node = Node::start(&[]);
    let mut route = http_route("GET /", "handler", PayloadFormat::Rest);
    let pools = UserPoolAuthorizer {
        identity_source: IdentitySource::Header("Authorization".to_owned()),
        issuers: vec![
            "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC".to_owned(),
            // The node's owner says who stands for it.
            "https://cognito-idp.local.amazonaws.com/local_1".to_owned(),
        ],
    };
    route.authorization = Authorization::UserPools(Arc::new(pools));
    node.serve_api(HttpKind::Rest, [route], |_| {});
    keys(&node, "key1");
    assert_eq!(present(&node, token("good")).await.status, 200);
    let event = node.functions.first("handler").await.event;
    let claims = &event["requestContext"]["authorizer"]["claims"];
    assert_eq!(claims["sub"], "me");
    assert_eq!(claims["groups"], "a,b");
    for token in [token("expired"), "nonsense"] {
        let answer = present(&node, token).await;
        let expected = (401, r#"{"message":"Unauthorized"}"#);
        assert_eq!((answer.status, answer.body.as_str()), expected);
    }
    assert_eq!(node.get("GET /").await.status, 401);
    let arn = "arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbC";
    let issuer = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbC";
    assert_eq!(UserPoolAuthorizer::issuer(arn).as_deref(), Some(issuer));
}
