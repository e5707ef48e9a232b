//! Methods that their owner tries out.

use bytes::Bytes;
use http::Request;
use landline_wire::Caller;
use serde_json::json;

use crate::deployment::snapshot::{HttpKind, LiveStage, StageName};
use crate::http::trial::{STAGE, Trial, Tried};
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
