//! Lambda authorizers and IAM in front of HTTP and REST APIs.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::deployment::snapshot::{
    Authorization, Authorizer, AuthorizerKind, HttpKind, IdentitySource, LambdaFunction,
    PayloadFormat, Route,
};
use crate::testing::{Behaviour, Node, ROLE_SESSION, http_route, rest_route};

fn guard(kind: AuthorizerKind, ttl: u64) -> Authorization {
    let uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/\
               arn:aws:lambda:eu-central-1:123456789012:function:guard/invocations";
    Authorization::Custom(Some(Arc::new(Authorizer {
        authorizer_id: "au7h01".to_owned(),
        function: LambdaFunction::from_uri(uri),
        identity_sources: vec![IdentitySource::Header("Authorization".to_owned())],
        credentials: None,
        kind,
        result_ttl: Duration::from_secs(ttl),
    })))
}

fn node(kind: HttpKind, authorization: Authorization) -> Node {
    let node = Node::start(&[]);
    let mut route = match kind {
        HttpKind::Http => http_route("GET /pets/{id}", "handler", PayloadFormat::V2),
        HttpKind::Rest => rest_route("GET /pets/{id}"),
    };
    route.authorization = authorization;
    node.serve_api(kind, [route], |_| {});
    node
}

fn policy(effect: &str, resource: &str) -> Value {
    json!({
        "principalId": "me",
        "policyDocument": { "Version": "2012-10-17", "Statement": [
            { "Effect": effect, "Action": "execute-api:Invoke", "Resource": resource },
        ] },
        "context": { "n": 1 },
    })
}

const TOKEN: &[(&str, &str)] = &[("Authorization", "let me in")];
const ARN: &str = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/GET/pets/7";

#[tokio::test]
async fn a_simple_yes_lets_in_with_its_context() {
    let node = node(HttpKind::Http, guard(AuthorizerKind::V2Simple, 0));
    let yes = json!({ "isAuthorized": true, "context": { "deep": { "n": [1] } } });
    node.functions.set("guard", Behaviour::Returns(yes));
    assert_eq!(node.send("GET /pets/7", TOKEN, "").await.status, 200);
    let asked = node.functions.first("guard").await;
    assert_eq!(asked.event["type"], "REQUEST");
    assert_eq!(asked.event["routeArn"], ARN);
    assert_eq!(asked.event["identitySource"], json!(["let me in"]));
    assert_eq!(asked.event["pathParameters"], json!({ "id": "7" }));
    let source = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/authorizers/au7h01";
    assert_eq!(asked.source_arn.as_deref(), Some(source));
    let event = node.functions.first("handler").await.event;
    let context = json!({ "lambda": { "deep": { "n": [1] } } });
    assert_eq!(event["requestContext"]["authorizer"], context);
}

#[tokio::test]
async fn a_simple_no_a_failure_and_nobody_are_refused() {
    let node = node(HttpKind::Http, guard(AuthorizerKind::V2Simple, 0));
    let answer = node.get("GET /pets/7").await;
    let expected = (401, r#"{"message":"Unauthorized"}"#);
    assert_eq!((answer.status, answer.body.as_str()), expected);
    assert_eq!(node.functions.count("guard"), 0);
    let no = json!({ "isAuthorized": false });
    node.functions.set("guard", Behaviour::Returns(no));
    let answer = node.send("GET /pets/7", TOKEN, "").await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (403, r#"{"message":"Forbidden"}"#)
    );
    node.functions.set("guard", Behaviour::Throws);
    assert_eq!(node.send("GET /pets/7", TOKEN, "").await.status, 500);
    assert_eq!(node.functions.count("handler"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_kept_as_long_as_its_owner_wants() {
    let node = node(HttpKind::Http, guard(AuthorizerKind::V1, 60));
    node.functions
        .set("guard", Behaviour::Returns(policy("Allow", "*")));
    for _ in 0..3 {
        assert_eq!(node.send("GET /pets/7", TOKEN, "").await.status, 200);
    }
    assert_eq!(node.functions.count("guard"), 1);
    let asked = node.functions.first("guard").await;
    assert_eq!(asked.event["version"], "1.0");
    assert_eq!(asked.event["methodArn"], ARN);
    assert_eq!(asked.event["authorizationToken"], "let me in");
    node.send("GET /pets/7", &[("Authorization", "other")], "")
        .await;
    assert_eq!(node.functions.count("guard"), 2);
    node.pass(Duration::from_secs(61)).await;
    node.send("GET /pets/7", TOKEN, "").await;
    assert_eq!(node.functions.count("guard"), 3);
}

#[tokio::test]
async fn a_kept_policy_is_asked_about_each_request() {
    let node = node(HttpKind::Rest, guard(AuthorizerKind::Request, 300));
    node.functions
        .set("guard", Behaviour::Returns(policy("Allow", ARN)));
    assert_eq!(node.send("GET /pets/7", TOKEN, "").await.status, 200);
    let answer = node.send("GET /pets/8", TOKEN, "").await;
    let body = r#"{"Message":"User is not authorized to access this resource"}"#;
    assert_eq!((answer.status, answer.body.as_str()), (403, body));
    assert_eq!(
        answer.header("x-amzn-errortype"),
        Some("AccessDeniedException")
    );
    assert_eq!(node.functions.count("guard"), 1);
    let event = node.functions.first("handler").await.event;
    let authorizer = &event["requestContext"]["authorizer"];
    assert_eq!(authorizer["principalId"], "me");
    assert_eq!(authorizer["n"], "1");
}

#[tokio::test]
async fn a_token_must_look_as_its_owner_says() {
    let validation = Some("let .*".to_owned());
    let node = node(
        HttpKind::Rest,
        guard(AuthorizerKind::Token { validation }, 0),
    );
    node.functions
        .set("guard", Behaviour::Returns(policy("Allow", "*")));
    assert_eq!(node.send("GET /pets/7", TOKEN, "").await.status, 200);
    let event = node.functions.first("guard").await.event;
    let expected = json!({ "type": "TOKEN", "methodArn": ARN, "authorizationToken": "let me in" });
    assert_eq!(event, expected);
    let answer = node
        .send("GET /pets/7", &[("Authorization", "no")], "")
        .await;
    assert_eq!(
        (answer.status, answer.body.as_str()),
        (401, r#"{"message":"Unauthorized"}"#)
    );
    assert_eq!(node.functions.count("guard"), 1);
}

#[tokio::test]
async fn iam_lets_in_whoever_signs_and_may() {
    let iam = || -> Route {
        let mut route = http_route("GET /pets/{id}", "handler", PayloadFormat::V2);
        route.authorization = Authorization::AwsIam;
        route
    };
    let node = Node::start(&[]);
    node.serve_api(HttpKind::Http, [iam()], |_| {});
    for (header, status) in [("root", 200), ("wrong", 403), ("role", 403), ("other", 403)] {
        let answer = node
            .send("GET /pets/7", &[("Authorization", header)], "")
            .await;
        assert_eq!(answer.status, status, "{header}");
    }
    let event = node.functions.first("handler").await.event;
    let iam = &event["requestContext"]["authorizer"]["iam"];
    assert_eq!(iam["accountId"], "123456789012");
    assert_eq!(iam["accessKey"], "AKIDEXAMPLE");
    assert!(event["headers"].get("authorization").is_none());
    assert!(!ROLE_SESSION.is_empty());
}
