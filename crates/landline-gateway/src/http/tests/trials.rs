//! Methods that their owner tries out.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use landline_wire::Caller;
use serde_json::{Value, json};

use crate::deployment::snapshot::{
    Authorization, Authorizer, AuthorizerKind, HttpKind, IdentitySource, LambdaFunction, LiveStage,
    Route, StageName,
};
use crate::http::trial::{Asked, STAGE, Trial, Tried};
use crate::testing::{Behaviour, Node, rest_route};

/// Tries `GET /pets/{id}` of an API.
async fn try_out(node: &Node, path: Option<&str>) -> Tried {
    node.serve_api(HttpKind::Rest, [rest_route("GET /pets/{id}")], |_| {});
    let live = node.stage().load();
    let query = path.and_then(|path| path.split_once('?'));
    let query = query.map_or("/".to_owned(), |(_, query)| format!("/?{query}"));
    let request = Request::get(query).header("Accept", "text/plain");
    let trial = Trial {
        stage: LiveStage {
            stage_name: StageName::new(STAGE),
            ..LiveStage::clone(&live)
        },
        request: request.body(Bytes::from("hi")).unwrap(),
        resource_path: "/pets/{id}".to_owned(),
        path: path.map(|path| path.split('?').next().unwrap().to_owned()),
        caller: Caller::root("123456789012", "eu-central-1"),
    };
    node.gateway.try_method(trial).await.unwrap()
}

#[tokio::test]
async fn a_method_that_is_tried_runs_for_its_owner() {
    let node = Node::start(&[]);
    let answer = json!({ "statusCode": 201, "headers": { "X-A": "b" }, "body": "made" });
    node.functions.set("handler", Behaviour::Returns(answer));
    let tried = try_out(&node, Some("/pets/7?q=1")).await;
    assert_eq!((tried.status, &*tried.body), (201, b"made".as_slice()));
    assert_eq!(tried.headers["x-a"], "b");
    let event = node.functions.first("handler").await.event;
    assert_eq!(event["pathParameters"], json!({ "id": "7" }));
    assert_eq!(event["queryStringParameters"], json!({ "q": "1" }));
    let context = &event["requestContext"];
    assert_eq!(context["stage"], "test-invoke-stage");
    assert_eq!(context["identity"]["sourceIp"], "test-invoke-source-ip");
    assert_eq!(context["identity"]["apiKey"], "test-invoke-api-key");
}

#[tokio::test]
async fn a_trial_tells_all_that_happened() {
    let node = Node::start(&[]);
    let log = try_out(&node, Some("/pets/7?q=1")).await.log;
    let mut lines = log.lines();
    assert!(
        lines
            .next()
            .unwrap()
            .starts_with("Execution log for request ")
    );
    for expected in [
        "HTTP Method: GET, Resource Path: /pets/7",
        "Method request path: {id=7}",
        "Method request query string: {q=1}",
        "Method request headers: {accept=text/plain}",
        "Method request body before transformations: hi",
        "Successfully completed execution",
        "Method completed with status: 200",
    ] {
        let has_it = |line: &str| line.ends_with(&format!(" : {expected}"));
        assert!(log.lines().any(has_it), "{expected}\n{log}");
    }
}

#[tokio::test]
async fn a_function_that_fails_fails_the_trial() {
    let node = Node::start(&[]);
    node.functions.set("handler", Behaviour::Throws);
    let tried = try_out(&node, None).await;
    assert_eq!(tried.status, 502);
    assert!(tried.log.ends_with("Method completed with status: 502\n"));
    assert!(!tried.log.contains("Successfully"));
    let event = node.functions.first("handler").await.event;
    assert_eq!(event["pathParameters"], json!(null));
}

const GUARD: &str = "arn:aws:lambda:eu-central-1:123456789012:function:guard";

/// Tries an authorizer that is told the header `Token`.
async fn try_guard(node: &Node, kind: AuthorizerKind, token: Option<&str>) -> Asked {
    let authorizer = Authorizer {
        authorizer_id: "abc123".to_owned(),
        function: LambdaFunction::from_uri_or_arn(GUARD),
        identity_sources: vec![IdentitySource::Header("Token".to_owned())],
        credentials: None,
        kind,
        result_ttl: Duration::ZERO,
    };
    let route = Route {
        authorization: Authorization::Custom(Some(Arc::new(authorizer))),
        ..rest_route("GET /")
    };
    node.serve_api(HttpKind::Rest, [route], |_| {});
    let live = node.stage().load();
    let mut request = Request::get("/?q=1");
    if let Some(token) = token {
        request = request.header("Token", token);
    }
    let trial = Trial {
        stage: LiveStage {
            stage_name: StageName::new(STAGE),
            ..LiveStage::clone(&live)
        },
        request: request.body(Bytes::new()).unwrap(),
        resource_path: "/".to_owned(),
        path: None,
        caller: Caller::root("123456789012", "eu-central-1"),
    };
    node.gateway.try_authorizer(trial, "abc123").await.unwrap()
}

fn policy() -> Value {
    json!({ "principalId": "somebody-17", "policyDocument": {
        "Version": "2012-10-17",
        "Statement": [{ "Action": "execute-api:Invoke", "Effect": "Deny", "Resource": "*" }],
    } })
}

const TOKEN: AuthorizerKind = AuthorizerKind::Token { validation: None };

#[tokio::test]
async fn an_authorizer_that_is_tried_says_its_policy() {
    let node = Node::start(&[]);
    node.functions.set("guard", Behaviour::Returns(policy()));
    let tried = try_guard(&node, TOKEN, Some("secret-token")).await;
    let judged = &tried.judged;
    assert_eq!(judged.status, 0);
    assert_eq!(judged.principal_id.as_deref(), Some("somebody-17"));
    let said: Value = serde_json::from_str(judged.policy.as_deref().unwrap()).unwrap();
    assert_eq!(said, policy()["policyDocument"]);
    let event = node.functions.first("guard").await.event;
    let arn = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/ESTestInvoke-stage/GET/";
    assert_eq!(event["methodArn"], arn);
    assert_eq!(event["authorizationToken"], "secret-token");
    for expected in [
        "Starting authorizer: abc123 for request: ",
        "Incoming identity: ******-token\n",
        "Using valid authorizer policy for principal: *****ody-17\n",
        "Successfully completed authorizer execution\n",
    ] {
        assert!(tried.log.contains(expected), "{expected}\n{}", tried.log);
    }
}

#[tokio::test]
async fn an_authorizer_that_lets_nobody_in_says_what_a_client_would_get() {
    let node = Node::start(&[]);
    let nothing = try_guard(&node, TOKEN, None).await;
    assert_eq!(nothing.judged.status, 401);
    assert!(
        nothing.log.ends_with(" : Unauthorized\n"),
        "{}",
        nothing.log
    );
    node.functions
        .set("guard", Behaviour::ThrowsError("Unauthorized"));
    let refused = try_guard(&node, TOKEN, Some("a")).await;
    assert_eq!(refused.judged.status, 401);
    node.functions
        .set("guard", Behaviour::Returns(json!({ "no": "policy" })));
    let broken = try_guard(&node, AuthorizerKind::Request, Some("a")).await;
    assert_eq!(broken.judged.status, 500);
    let log = &broken.log;
    assert!(
        log.contains("Authorizer result body before parsing: {\"no\":\"policy\"}"),
        "{log}"
    );
    assert!(
        log.ends_with(" : AuthorizerConfigurationException\n"),
        "{log}"
    );
}
