//! Resource policies of REST APIs, alone and beside what a method asks for.

use serde_json::{Value, json};

use crate::deployment::snapshot::{Authorization, HttpKind, ResourcePolicy};
use crate::testing::{Node, rest_route};

const API: &str = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab";

fn node(authorization: Authorization, statements: &Value) -> Node {
    let node = Node::start(&[]);
    let mut route = rest_route("GET /pets");
    route.authorization = authorization;
    let text = json!({ "Version": "2012-10-17", "Statement": statements }).to_string();
    node.serve_api(HttpKind::Rest, [route], |api| {
        api.resource_policy = Some(ResourcePolicy::parse(&text, API).unwrap());
    });
    node
}

fn statement(effect: &str, principal: &str, condition: &Value) -> Value {
    json!({
        "Effect": effect, "Principal": { "AWS": principal }, "Action": "execute-api:Invoke",
        "Resource": "execute-api:/*", "Condition": condition,
    })
}

#[tokio::test]
async fn an_open_method_is_open_to_those_whom_the_policy_names() {
    let here = json!({ "IpAddress": { "aws:SourceIp": "198.51.100.0/24" } });
    let allowed = node(
        Authorization::None,
        &json!([statement("Allow", "*", &here)]),
    );
    assert_eq!(allowed.get("GET /pets").await.status, 200);
    let elsewhere = json!({ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } });
    let node = node(
        Authorization::None,
        &json!([statement("Allow", "*", &elsewhere)]),
    );
    let answer = node.get("GET /pets").await;
    let text = "User: anonymous is not authorized to perform: execute-api:Invoke on resource: arn:aws:execute-api:eu-central-1:********9012:k3v9q0z1ab/prod/GET/pets";
    assert_eq!(answer.status, 403);
    assert_eq!(answer.body, json!({ "Message": text }).to_string());
    let kind = answer.header("x-amzn-errortype");
    assert_eq!(kind, Some("AccessDeniedException"));
}

#[tokio::test]
async fn what_the_policy_denies_is_denied_whoever_asks() {
    let statements = json!([
        statement("Allow", "*", &json!({})),
        statement(
            "Deny",
            "*",
            &json!({ "NotIpAddress": { "aws:SourceIp": "203.0.113.7" } })
        ),
    ]);
    let node = node(Authorization::None, &statements);
    let answer = node.get("GET /pets").await;
    assert!(
        answer
            .body
            .ends_with(r#"prod/GET/pets with an explicit deny"}"#),
        "{}",
        answer.body
    );
    assert_eq!(node.functions.count("handler"), 0);
}

#[tokio::test]
async fn a_signed_caller_needs_one_policy_of_the_two() {
    let named = json!([statement("Allow", "123456789012", &json!({}))]);
    let node = node(Authorization::AwsIam, &named);
    // A role whose own policies do not let it.
    let signed = [("Authorization", "role")];
    assert_eq!(node.send("GET /pets", &signed, "").await.status, 200);
    assert_eq!(node.get("GET /pets").await.status, 403);
}
