//! Lambda authorizers: who is asked, what they are told, what comes of their answer.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::deployment::snapshot::{
    Authorization, Authorizer, AuthorizerKind, IdentitySource, LambdaFunction, LiveStage, Route,
    StageTemplate,
};
use crate::testing::{Behaviour, Client, Node, route};

const CONNECT_ARN: &str = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/prod/$connect";

/// An authorizer whose function is `guard`.
pub(super) fn guard(sources: &[&str]) -> Authorizer {
    let uri = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/\
               arn:aws:lambda:eu-central-1:123456789012:function:guard/invocations";
    let sources = sources.iter();
    Authorizer {
        kind: AuthorizerKind::Request,
        result_ttl: std::time::Duration::ZERO,
        authorizer_id: "au7h01".to_owned(),
        function: LambdaFunction::from_uri(uri),
        identity_sources: sources
            .map(|source| IdentitySource::parse(source).unwrap())
            .collect(),
        credentials: None,
    }
}

fn guarded(authorizer: Authorizer) -> [Route; 2] {
    let mut connect = route("$connect");
    connect.authorization = Authorization::Custom(Some(Arc::new(authorizer)));
    [connect, route("$default")]
}

fn start(sources: &[&str]) -> Node {
    start_with(sources, |_| {})
}

fn start_with(sources: &[&str], change: impl FnOnce(&mut LiveStage)) -> Node {
    let node = Node::start(&[]);
    node.publish(guarded(guard(sources)), change);
    node.functions.set("guard", allows(CONNECT_ARN));
    node
}

fn policy(effect: &str, resource: &str) -> Value {
    json!({
        "principalId": "user-1",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{ "Action": "execute-api:Invoke", "Effect": effect, "Resource": resource }],
        },
    })
}

fn allows(resource: &str) -> Behaviour {
    Behaviour::Returns(policy("Allow", resource))
}

/// A handshake with a query.
async fn ask(node: &Node, query: &str, lines: &str) -> Client {
    Client::handshake(node.dial(), &format!("/prod{query}"), lines).await
}

fn message(client: &Client) -> Value {
    let body: Value = serde_json::from_str(&client.body).unwrap();
    assert_eq!(
        body["requestId"],
        client.headers["x-amz-apigw-id"].to_str().unwrap()
    );
    assert!(body["connectionId"].is_string());
    body["message"].clone()
}

#[tokio::test]
async fn whom_the_policy_allows_may_connect() {
    let node = start(&[]);
    ask(&node, "", "").await.expect_open();
    let asked = node.functions.first("guard").await;
    assert_eq!(
        asked.source_arn.as_deref(),
        Some("arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab/authorizers/au7h01")
    );
    assert_eq!(asked.principal, "apigateway.amazonaws.com");
}

#[tokio::test]
async fn an_authorizer_with_a_role_is_invoked_by_the_role() {
    let node = Node::start(&[]);
    let mut authorizer = guard(&[]);
    let role = "arn:aws:iam::123456789012:role/${stageVariables.role}";
    authorizer.credentials = Some(StageTemplate::new(role));
    node.publish(guarded(authorizer), |stage| {
        stage
            .variables
            .insert("role".to_owned(), "caller".to_owned());
    });
    node.functions.set("guard", allows("*"));
    ask(&node, "", "").await.expect_open();
    let asked = node.functions.first("guard").await;
    assert_eq!(asked.principal, "arn:aws:iam::123456789012:role/caller");
    assert_eq!(asked.source_arn, None);
}

#[tokio::test]
async fn the_authorizer_gets_the_headers_of_the_hop_and_the_query_in_order() {
    let node = start(&[]);
    let lines = "X-Mixed: 1\r\nAuthorization: Bearer t\r\n";
    ask(&node, "?room=7&b=x%20y&a=1&b=2", lines)
        .await
        .expect_open();
    let mut event = node.functions.first("guard").await.event;
    let trace = event["headers"]["X-Amzn-Trace-Id"].take();
    assert!(trace.as_str().unwrap().starts_with("Root=1-"));
    event["multiValueHeaders"]["X-Amzn-Trace-Id"].take();
    let context = &mut event["requestContext"];
    for member in ["connectionId", "requestId", "extendedRequestId"] {
        assert!(context[member].take().is_string(), "{member}");
    }
    insta::assert_snapshot!(serde_json::to_string_pretty(&event).unwrap());
}

#[tokio::test]
async fn the_maps_of_an_authorizer_event_are_there_even_when_they_are_empty() {
    // C20
    let node = start(&[]);
    ask(&node, "", "").await.expect_open();
    let event = node.functions.first("guard").await.event;
    for member in [
        "queryStringParameters",
        "multiValueQueryStringParameters",
        "stageVariables",
    ] {
        assert_eq!(event[member], json!({}), "{member}");
    }
    for member in ["body", "isBase64Encoded", "path", "version"] {
        assert!(event.get(member).is_none(), "{member}");
    }
}

#[tokio::test]
async fn a_missing_identity_source_is_unauthorized_and_nobody_is_asked() {
    // C23
    let node = start(&[
        "route.request.header.Auth",
        "route.request.querystring.token",
    ]);
    for (query, lines) in [
        ("", ""),
        ("?token=t", ""),
        ("", "Auth: a\r\n"),
        ("?token=", "Auth: a\r\n"),
        ("?Token=t", "Auth: a\r\n"),
        ("?token=t", "Auth:\r\n"),
    ] {
        let client = ask(&node, query, lines).await;
        assert_eq!(client.status, 401, "{query} {lines}");
        assert_eq!(message(&client), "Unauthorized");
    }
    assert_eq!(node.functions.count("guard"), 0);
    ask(&node, "?token=t", "auth: a\r\n").await.expect_open();
}

#[tokio::test]
async fn a_stage_variable_can_be_an_identity_source() {
    let node = start(&["stageVariables.tier"]);
    assert_eq!(ask(&node, "", "").await.status, 401);
    let node = start_with(&["stageVariables.tier"], |stage| {
        stage.variables.insert("tier".to_owned(), "gold".to_owned());
    });
    ask(&node, "", "").await.expect_open();
}

/// AWS looks before the type of the event is settled, although the authorizer's event
/// would have told it.
#[tokio::test]
async fn some_members_of_the_context_are_never_there() {
    for (source, status) in [
        ("context.connectionId", 101),
        ("context.connectedAt", 101),
        ("context.requestTimeEpoch", 101),
        ("context.eventType", 401),
        ("context.messageDirection", 401),
        ("context.nonsense", 401),
    ] {
        let node = start(&[source]);
        assert_eq!(ask(&node, "", "").await.status, status, "{source}");
    }
}

#[tokio::test]
async fn the_error_unauthorized_is_401_and_every_other_error_500() {
    // C24
    let node = start(&[]);
    for (behaviour, status, text) in [
        (Behaviour::ThrowsError("Unauthorized"), 401, "Unauthorized"),
        (
            Behaviour::ThrowsError("unauthorized"),
            500,
            "Internal server error",
        ),
        (Behaviour::Throws, 500, "Internal server error"),
        (Behaviour::Denies, 500, "Internal server error"),
    ] {
        node.functions.set("guard", behaviour.clone());
        let client = ask(&node, "", "").await;
        assert_eq!(client.status, status, "{behaviour:?}");
        assert_eq!(message(&client), text, "{behaviour:?}");
    }
    assert_eq!(node.functions.count("$connect"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_authorizer_that_hangs_is_given_up() {
    let node = start(&[]);
    node.functions.set("guard", Behaviour::Hangs);
    let client = ask(&node, "", "").await;
    assert_eq!(
        (client.status, message(&client)),
        (500, json!("Internal server error"))
    );
}

#[tokio::test]
async fn a_malformed_result_is_500_without_a_word() {
    // C24
    let node = start(&[]);
    let with = |name: &str, value: Value| {
        let mut result = policy("Allow", "*");
        result[name] = value;
        result
    };
    let results = [
        json!(null),
        json!("Allow"),
        json!({ "principalId": "u" }),
        json!({ "isAuthorized": true }),
        with("principalId", json!(7)),
        with("policyDocument", json!("*")),
        with(
            "policyDocument",
            json!({ "Statement": [{ "Effect": "allow" }] }),
        ),
        with("context", json!(["a"])),
        with("context", json!({ "nested": { "a": 1 } })),
        with("context", json!({ "list": [1] })),
        with("context", json!({ "long": "x".repeat(8 * 1024) })),
    ];
    for result in results {
        node.functions
            .set("guard", Behaviour::Returns(result.clone()));
        let client = ask(&node, "", "").await;
        assert_eq!(
            (client.status, message(&client)),
            (500, json!("")),
            "{result}"
        );
        assert!(
            client
                .body
                .starts_with(r#"{"message": "", "connectionId":""#)
        );
    }
}

#[tokio::test]
async fn a_policy_that_does_not_allow_says_why() {
    // C25: the REST form has one segment too many.
    let api = "arn:aws:execute-api:eu-central-1:123456789012:k3v9q0z1ab";
    let node = start(&[]);
    let denied = "User is not authorized to access this resource";
    let explicit = format!("{denied} with an explicit deny in an identity-based policy");
    let implicit =
        format!("{denied} because no identity-based policy allows the execute-api:Invoke action");
    for (effect, resource, text) in [
        ("Deny", "*".to_owned(), &explicit),
        ("Deny", CONNECT_ARN.to_owned(), &explicit),
        ("Allow", format!("{api}/prod/*/*"), &implicit),
        ("Allow", format!("{api}/test/*"), &implicit),
        ("Deny", format!("{api}/prod/sendmessage"), &implicit),
    ] {
        node.functions
            .set("guard", Behaviour::Returns(policy(effect, &resource)));
        let client = ask(&node, "", "").await;
        assert_eq!(client.status, 403, "{effect} {resource}");
        assert_eq!(message(&client), **text, "{effect} {resource}");
    }
    for resource in [
        format!("{api}/prod/*"),
        format!("{api}/*"),
        format!("{api}/*/$connect"),
    ] {
        node.functions.set("guard", allows(&resource));
        ask(&node, "", "").await.expect_open();
    }
}

#[tokio::test]
async fn nothing_is_cached_between_two_handshakes() {
    // C26
    let node = start(&["route.request.header.Auth"]);
    for _ in 0..2 {
        ask(&node, "", "Auth: a\r\n").await.expect_open();
    }
    assert_eq!(node.functions.count("guard"), 2);
}

#[tokio::test]
async fn the_context_is_text_on_every_later_event() {
    // C22
    let node = Node::start(&[]);
    let [connect, default] = guarded(guard(&[]));
    node.deploy([connect, default, route("$disconnect")]);
    let mut result = policy("Allow", CONNECT_ARN);
    result["context"] = json!({
        "plan": 7, "ratio": 1.5, "admin": true, "guest": false, "empty": "", "nothing": null,
        "principalId": "somebody else",
    });
    node.functions.set("guard", Behaviour::Returns(result));
    let mut client = ask(&node, "", "").await.expect_open();
    client.text("hello").await;
    let message = node.functions.first("$default").await.event;
    client.close(&[]).await;
    let disconnect = node.functions.first("$disconnect").await.event;
    let authorizer = json!({
        "principalId": "user-1", "plan": "7", "ratio": "1.5", "admin": "true", "guest": "false", "empty": "",
    });
    for event in [message, disconnect] {
        assert_eq!(event["requestContext"]["authorizer"], authorizer);
    }
    let mut connect = node.functions.first("$connect").await.event;
    let told = connect["requestContext"]["authorizer"]
        .as_object_mut()
        .unwrap();
    assert!(told.remove("integrationLatency").unwrap().is_u64());
    assert_eq!(connect["requestContext"]["authorizer"], authorizer);
}

#[tokio::test]
async fn a_denial_of_a_custom_route_does_not_stop_its_messages() {
    // C31: policies count at the handshake alone.
    let node = Node::start(&[]);
    let [connect, default] = guarded(guard(&[]));
    node.deploy([connect, default, route("join")]);
    let join = CONNECT_ARN.replace("$connect", "join");
    let statements = json!([
        { "Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*" },
        { "Action": "execute-api:Invoke", "Effect": "Deny", "Resource": join },
    ]);
    let result = json!({ "principalId": "u", "policyDocument": { "Statement": statements } });
    node.functions.set("guard", Behaviour::Returns(result));
    let mut client = ask(&node, "", "").await.expect_open();
    client.text(r#"{"action":"join"}"#).await;
    node.functions.first("join").await;
}

#[tokio::test]
async fn the_authorization_header_stays_for_the_integration_and_must_be_there_once() {
    // C62
    let node = start(&["route.request.header.Authorization"]);
    ask(&node, "", "Authorization: t\r\n").await.expect_open();
    let event = node.functions.first("$connect").await.event;
    assert_eq!(event["headers"]["Authorization"], "t");

    let twice = ask(&node, "", "Authorization: t\r\nAuthorization: u\r\n").await;
    assert_eq!(twice.status, 400);
    assert_eq!(twice.headers["content-type"], "text/html");
    assert!(!twice.headers.contains_key("x-amz-apigw-id"));
    assert_eq!(node.functions.count("guard"), 1);
}

#[tokio::test]
async fn a_deployed_api_that_has_lost_its_authorizer_lets_nobody_in() {
    let node = Node::start(&[]);
    let mut connect = route("$connect");
    connect.authorization = Authorization::Custom(None);
    node.deploy([connect]);
    assert_eq!(ask(&node, "", "").await.status, 500);
}
