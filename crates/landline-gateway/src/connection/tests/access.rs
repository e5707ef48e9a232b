//! IAM, API keys and required parameters at `$connect`, as far as no signature is verified.

use http::Method;
use landline_wire::Caller;
use landline_wire::policy::Decision;
use serde_json::{Value, json};

use crate::deployment::snapshot::{
    ApiKeySource, Authorization, RequiredParameter, Route, Snapshot,
};
use crate::message::selection::SelectionExpression;
use crate::testing::{Behaviour, Client, Node, ROLE_SESSION, route};
use crate::usage::KeyRefusal;

/// A node whose `$connect` wants IAM, and a policy that decides so.
fn start(decision: Decision) -> Node {
    let node = Node::start(&[]);
    let resource = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/$connect";
    match decision {
        Decision::Allowed => node.policy.allow("execute-api:Invoke", resource),
        Decision::ImplicitDeny => {}
        Decision::ExplicitDeny => node.policy.deny(),
    }
    let mut connect = route("$connect");
    connect.authorization = Authorization::AwsIam;
    node.deploy([connect, route("$default")]);
    node
}

fn message(client: &Client) -> String {
    let body: Value = serde_json::from_str(&client.body).unwrap();
    assert!(body["connectionId"].is_string() && body["requestId"].is_string());
    body["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn who_signs_not_or_wrongly_is_told_so() {
    let node = start(Decision::Allowed);
    let unsigned = node.handshake("").await;
    assert_eq!(unsigned.status, 403);
    assert_eq!(message(&unsigned), "Missing Authentication Token");
    let wrong = node.handshake("Authorization: wrong\r\n").await;
    assert_eq!(wrong.status, 403);
    assert_eq!(message(&wrong), "The signature in \"this\" does not match.");
    assert!(!wrong.headers.contains_key("x-amzn-errortype"));
    assert_eq!(node.functions.count("$connect"), 0);
}

#[tokio::test]
async fn whoever_signs_is_named_in_every_event() {
    // C30
    let node = start(Decision::Allowed);
    let mut client = node
        .handshake("Authorization: role\r\nx-amz-date: 20270203T091542Z\r\n")
        .await
        .expect_open();
    client.text("hello").await;
    let connect = node.functions.first("$connect").await.event;
    let message = node.functions.first("$default").await.event;
    for event in [&connect, &message] {
        let identity = event["requestContext"]["identity"].as_object().unwrap();
        let members: Vec<&str> = identity.keys().map(String::as_str).collect();
        let mut expected = [
            "userArn",
            "accountId",
            "caller",
            "sourceIp",
            "accessKey",
            "user",
        ];
        if members.is_sorted() {
            expected.sort_unstable();
        }
        assert_eq!(members, expected);
        assert_eq!(identity["userArn"], ROLE_SESSION);
        assert_eq!(identity["accessKey"], "AKIDEXAMPLE");
        assert_eq!(identity["caller"], identity["user"]);
    }
    // C29: the signature has done its work, and goes no further.
    assert!(connect["headers"].get("Authorization").is_none());
    assert!(connect["multiValueHeaders"].get("Authorization").is_none());
    assert_eq!(connect["headers"]["X-Amz-Date"], "20270203T091542Z");
}

#[tokio::test]
async fn a_role_that_may_not_is_told_which_statement_it_lacks() {
    let user = format!(
        "User: {ROLE_SESSION} is not authorized to perform: execute-api:Invoke on resource: \
         arn:aws:execute-api:eu-central-1:********9012:k3v9q0z1ab/prod/$connect"
    );
    for (decision, tail) in [
        (
            Decision::ImplicitDeny,
            "because no identity-based policy allows the execute-api:Invoke action",
        ),
        (
            Decision::ExplicitDeny,
            "with an explicit deny in an identity-based policy",
        ),
    ] {
        let node = start(decision);
        let refused = node.handshake("Authorization: role\r\n").await;
        assert_eq!(refused.status, 403);
        assert_eq!(message(&refused), format!("{user} {tail}"));
        // The root of the account may everything.
        node.handshake("Authorization: root\r\n")
            .await
            .expect_open();
    }
}

#[tokio::test]
async fn a_signature_on_a_route_without_authorization_is_just_a_header() {
    let node = Node::start(&["$connect"]);
    for who in ["root", "wrong"] {
        let line = format!("Authorization: {who}\r\n");
        node.handshake(&line).await.expect_open();
    }
    let event = node.functions.first("$connect").await.event;
    assert_eq!(event["headers"]["Authorization"], "root");
    assert!(event["requestContext"]["identity"].get("userArn").is_none());
}

/// C44: the resource is the template of the URL, whatever the connection is.
#[tokio::test]
async fn a_post_is_judged_by_the_template_of_its_url() {
    let node = Node::start(&["$connect"]);
    node.policy.allow(
        "execute-api:ManageConnections",
        "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/POST/@connections/{connectionId}",
    );
    let mut client = node.connect().await;
    let event = node.functions.first("$connect").await.event;
    let id = event["requestContext"]["connectionId"].as_str().unwrap();
    let role = Caller {
        principal: ROLE_SESSION.into(),
        ..Caller::root("123456789012", "eu-central-1")
    };
    let posted = node.manage_as(&role, Method::POST, id, "hello").await;
    assert_eq!(posted.status, 200, "{}", posted.body);
    assert_eq!(client.next_text().await, "hello");

    let refused = node.manage_as(&role, Method::DELETE, id, "").await;
    assert_eq!(refused.status, 403);
    assert_eq!(refused.error_type(), Some("AccessDeniedException"));
    for header in ["x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id"] {
        assert!(refused.headers.contains_key(header), "{header}");
    }
    assert_eq!(
        refused.body,
        format!(
            "{{\"Message\":\"User: {ROLE_SESSION} is not authorized to perform: \
             execute-api:ManageConnections on resource: arn:aws:execute-api:eu-central-1:\
             ********9012:k3v9q0z1ab/prod/DELETE/@connections/{{connectionId}} because no \
             identity-based policy allows the execute-api:ManageConnections action\"}}"
        )
    );
}

#[tokio::test]
async fn who_may_not_post_does_not_learn_that_a_connection_is_gone() {
    let node = Node::start(&["$connect"]);
    let mut client = node.connect().await;
    let event = node.functions.first("$connect").await.event;
    let id = event["requestContext"]["connectionId"].as_str().unwrap();
    client.close(&[]).await;
    client.next().await;
    let role = Caller {
        principal: ROLE_SESSION.into(),
        ..Caller::root("123456789012", "eu-central-1")
    };
    let refused = node.manage_as(&role, Method::POST, id, "hello").await;
    assert_eq!(refused.status, 403);
    let invented = node.manage_as(&role, Method::POST, "nonsense", "").await;
    assert_eq!(invented.status, 400);
}

/// A node whose `$connect` wants an API key from `source`.
fn with_keys(source: ApiKeySource) -> Node {
    let node = Node::start(&[]);
    let mut connect = route("$connect");
    connect.api_key_required = true;
    publish(&node, connect, source);
    node.keys.set("good-key", Ok("key1234567"));
    node.keys.set("fast-key", Err(KeyRefusal::Throttled));
    node.keys.set("used-key", Err(KeyRefusal::QuotaExceeded));
    node
}

fn publish(node: &Node, connect: Route, source: ApiKeySource) {
    let selection = SelectionExpression::parse("$request.body.action").unwrap();
    let mut snapshot = Snapshot::new("dep001", selection, [connect]);
    snapshot.api_key_source = source;
    node.publish([], |stage| stage.snapshot = Some(snapshot.into()));
}

#[tokio::test]
async fn a_route_that_wants_a_key_takes_good_ones_only() {
    let node = with_keys(ApiKeySource::Header);
    for (lines, status, text) in [
        ("", 403, "Forbidden"),
        ("x-api-key:\r\n", 403, "Forbidden"),
        ("x-api-key: stranger\r\n", 403, "Forbidden"),
        ("x-api-key: fast-key\r\n", 429, "Too Many Requests"),
        ("x-api-key: used-key\r\n", 429, "Limit Exceeded"),
    ] {
        let client = node.handshake(lines).await;
        assert_eq!(
            (client.status, message(&client).as_str()),
            (status, text),
            "{lines}"
        );
    }
    node.handshake("X-API-Key: good-key\r\n")
        .await
        .expect_open();
    let event = node.functions.first("$connect").await.event;
    let identity = &event["requestContext"]["identity"];
    assert_eq!(identity["apiKey"], "good-key");
    assert_eq!(identity["apiKeyId"], "key1234567");
}

#[tokio::test]
async fn a_key_that_the_authorizer_should_name_is_not_taken_from_the_header() {
    let node = with_keys(ApiKeySource::Authorizer);
    let client = node.handshake("x-api-key: good-key\r\n").await;
    assert_eq!(client.status, 403);
}

#[tokio::test]
async fn the_authorizer_may_name_the_key() {
    let node = with_keys(ApiKeySource::Authorizer);
    let mut connect = route("$connect");
    connect.api_key_required = true;
    let guard = super::authorizers::guard(&[]);
    connect.authorization = Authorization::Custom(Some(guard.into()));
    publish(&node, connect, ApiKeySource::Authorizer);
    let result = |key: &str| {
        Behaviour::Returns(json!({
            "principalId": "u",
            "policyDocument": { "Statement": { "Effect": "Allow", "Action": "*", "Resource": "*" } },
            "usageIdentifierKey": key,
        }))
    };
    node.functions.set("guard", result("good-key"));
    node.handshake("").await.expect_open();
    node.functions.set("guard", result("stranger"));
    assert_eq!(node.handshake("").await.status, 403);
}

#[tokio::test]
async fn parameters_that_a_route_demands_are_named_when_they_are_missing() {
    let node = Node::start(&[]);
    let mut connect = route("$connect");
    let parameter = |location: &str, name: &str| RequiredParameter {
        location: location.to_owned(),
        name: name.to_owned(),
    };
    connect.required_parameters = vec![
        parameter("querystring", "room"),
        parameter("header", "X-Tenant"),
    ];
    node.deploy([connect]);
    let client = node.handshake("").await;
    assert_eq!(client.status, 400);
    let text = "Missing required request parameters: [room, X-Tenant]";
    assert_eq!(message(&client), text);
    let client = Client::handshake(node.dial(), "/prod?room=7", "").await;
    assert_eq!(
        message(&client),
        "Missing required request parameters: [X-Tenant]"
    );
    Client::handshake(node.dial(), "/prod?room=", "x-tenant: a\r\n")
        .await
        .expect_open();
    assert_eq!(node.functions.count("$connect"), 1);
}
