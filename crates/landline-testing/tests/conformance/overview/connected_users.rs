//! `$connect` and `$disconnect`.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html>

use landline_testing::{Answer, Node, WsClient};
use landline_wire::ServiceError;
use serde_json::json;

#[tokio::test]
async fn a_client_is_accepted_with_exactly_four_headers() {
    // C03: nothing is negotiated that the client offered.
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    let offered = [(
        "sec-websocket-extensions",
        "permessage-deflate; client_max_window_bits",
    )];
    let client = WsClient::try_connect(&api.url, &offered).await.unwrap();
    let mut names: Vec<_> = client
        .handshake
        .headers()
        .keys()
        .map(http::HeaderName::as_str)
        .collect();
    names.sort_unstable();
    assert_eq!(
        names,
        ["connection", "date", "sec-websocket-accept", "upgrade"]
    );
}

#[tokio::test]
async fn an_unknown_stage_or_api_is_forbidden() {
    // C01
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    for url in [
        format!("ws://{}/{}", node.address, api.id),
        format!("ws://{}/{}/nostage", node.address, api.id),
        format!("ws://{}/zzzzzzzzzz/test", node.address),
    ] {
        let refused = WsClient::try_connect(&url, &[]).await.unwrap_err();
        assert_eq!(
            (refused.status, refused.body.as_str()),
            (403, r#"{"message":"Forbidden"}"#),
            "{url}"
        );
        assert_eq!(refused.headers["x-amzn-errortype"], "ForbiddenException");
    }
}

#[tokio::test]
async fn a_slash_behind_the_stage_is_fine() {
    let node = Node::start().await;
    let api = node.api().two_way_route("$default", "echo").deploy().await;
    node.functions.answers("echo", Answer::body("hi"));
    let mut client = WsClient::connect(&format!("{}/", api.url)).await;
    client.send("x").await;
    assert_eq!(client.text().await, "hi");
}

#[tokio::test]
async fn the_status_of_the_connect_function_decides_about_the_handshake() {
    // C06
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    for status in [200, 201] {
        node.functions.answers("connect", Answer::status(status));
        assert!(
            WsClient::try_connect(&api.url, &[]).await.is_ok(),
            "{status}"
        );
    }
    for status in [301, 400, 401, 403, 501] {
        node.functions.answers("connect", Answer::status(status));
        let refused = WsClient::try_connect(&api.url, &[]).await.unwrap_err();
        assert_eq!(refused.status, status);
    }
}

#[tokio::test]
async fn a_connect_function_that_throws_gives_502() {
    // C07
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    node.functions.answers("connect", Answer::Throws("no"));
    let refused = WsClient::try_connect(&api.url, &[]).await.unwrap_err();
    assert_eq!(refused.status, 502);
    let body: serde_json::Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(body["message"], "Internal server error");
    assert_eq!(
        body["requestId"],
        refused.headers["x-amz-apigw-id"].to_str().unwrap()
    );
    assert!(body["connectionId"].is_string());
}

#[tokio::test]
async fn a_connect_function_without_a_status_code_gives_502() {
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    for result in [
        json!(null),
        json!("ok"),
        json!({}),
        json!({"statusCode": "x"}),
    ] {
        node.functions
            .answers("connect", Answer::Returns(result.clone()));
        let refused = WsClient::try_connect(&api.url, &[]).await.unwrap_err();
        assert_eq!(refused.status, 502, "{result}");
    }
}

#[tokio::test]
async fn a_connect_function_that_may_not_be_invoked_gives_500() {
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    let denied = ServiceError::new("AccessDeniedException", 403, "not authorized");
    node.functions.answers("connect", Answer::Refused(denied));
    let refused = WsClient::try_connect(&api.url, &[]).await.unwrap_err();
    assert_eq!(refused.status, 500);
    assert!(
        refused.body.contains("Internal server error"),
        "{}",
        refused.body
    );
}

#[tokio::test]
async fn without_a_connect_route_every_client_is_accepted() {
    // C09: nothing is called in its place, not even $default.
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("$default", "default")
        .route("$disconnect", "disconnect")
        .deploy()
        .await;
    node.functions.answers("default", Answer::body("here"));
    let mut client = api.connect().await;
    assert_eq!(node.functions.calls("default").await.len(), 0);
    client.send("x").await;
    assert_eq!(client.text().await, "here");
    client.close(1000, "bye").await;
    node.functions.wait_for("disconnect", 1).await;
}

#[tokio::test]
async fn a_refused_client_is_never_disconnected() {
    let node = Node::start().await;
    let api = node
        .api()
        .route("$connect", "connect")
        .route("$disconnect", "bye")
        .deploy()
        .await;
    node.functions.answers("connect", Answer::status(403));
    WsClient::try_connect(&api.url, &[]).await.unwrap_err();
    node.functions.answers("connect", Answer::ok());
    api.connect().await.close(1000, "").await;
    let calls = node.functions.wait_for("bye", 1).await;
    assert_eq!(calls.len(), 1, "only the accepted client left");
}

#[tokio::test]
async fn the_disconnect_event_has_four_fixed_headers() {
    // C52
    let node = Node::start().await;
    let api = node.api().route("$disconnect", "bye").deploy().await;
    api.connect().await.close(1000, "done").await;
    let event = &node.functions.wait_for("bye", 1).await[0].event;
    let host = format!("{}.execute-api.us-east-1.amazonaws.com", api.id);
    assert_eq!(
        event["headers"],
        json!({"Host": host, "x-api-key": "", "X-Forwarded-For": "", "x-restapi": ""})
    );
    assert_eq!(event["multiValueHeaders"]["x-restapi"], json!([""]));
    assert_eq!(event["isBase64Encoded"], false);
    assert!(event.get("body").is_none());
}

#[tokio::test]
async fn a_client_that_closes_with_a_code_sees_it_echoed_and_the_function_sees_it_verbatim() {
    // C37
    let node = Node::start().await;
    let api = node.api().route("$disconnect", "bye").deploy().await;
    for (calls, (code, reason)) in [(1000, "done"), (4321, "my own reason")]
        .into_iter()
        .enumerate()
    {
        let closed = api.connect().await.close(code, reason).await;
        assert_eq!((closed.code, closed.reason.as_str()), (code, reason));
        let call = node
            .functions
            .wait_for("bye", calls + 1)
            .await
            .pop()
            .unwrap();
        let context = &call.event["requestContext"];
        assert_eq!(context["disconnectStatusCode"], code);
        assert_eq!(context["disconnectReason"], reason);
    }
}

#[tokio::test]
async fn a_client_that_closes_without_a_code_is_1005() {
    // C37
    let node = Node::start().await;
    let api = node.api().route("$disconnect", "bye").deploy().await;
    api.connect().await.close_without_code().await;
    let call = node.functions.wait_for("bye", 1).await.pop().unwrap();
    let context = &call.event["requestContext"];
    assert_eq!(context["disconnectStatusCode"], 1005);
    assert_eq!(
        context["disconnectReason"],
        "Client-side close frame status not set"
    );
}

#[tokio::test]
async fn a_client_that_vanishes_is_1006() {
    let node = Node::start().await;
    let api = node.api().route("$disconnect", "bye").deploy().await;
    drop(api.connect().await);
    let call = node.functions.wait_for("bye", 1).await.pop().unwrap();
    assert_eq!(call.event["requestContext"]["disconnectStatusCode"], 1006);
}

#[tokio::test]
async fn the_connect_function_picks_the_subprotocol_and_nothing_else() {
    // C05
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    let answer = json!({
        "statusCode": 200,
        "headers": {"Sec-WebSocket-Protocol": "graphql-ws", "Set-Cookie": "a=b"},
    });
    node.functions.answers("connect", Answer::Returns(answer));
    let offered = [("sec-websocket-protocol", "mqtt, graphql-ws")];
    let client = WsClient::try_connect(&api.url, &offered).await.unwrap();
    assert_eq!(
        client.handshake.headers()["sec-websocket-protocol"],
        "graphql-ws"
    );
    assert!(!client.handshake.headers().contains_key("set-cookie"));
    let event = &node.functions.calls("connect").await[0].event;
    assert_eq!(
        event["headers"]["Sec-WebSocket-Protocol"],
        "mqtt, graphql-ws"
    );
}

#[tokio::test]
async fn a_subprotocol_that_nobody_picks_is_not_echoed() {
    // C04: clients then fail the connection by themselves, as RFC 6455 wants it.
    let node = Node::start().await;
    let api = node.api().route("$connect", "connect").deploy().await;
    let offered = [
        ("connection", "Upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-version", "13"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-protocol", "graphql-ws"),
    ];
    let mut headers = http::HeaderMap::new();
    for (name, value) in offered {
        headers.insert(name, value.parse().unwrap());
    }
    let path = format!("/{}/{}", api.id, api.stage);
    let response = node
        .unsigned_http(http::Method::GET, &path, headers, "")
        .await;
    assert_eq!(response.status(), 101);
    assert!(!response.headers().contains_key("sec-websocket-protocol"));
}

#[tokio::test]
async fn a_connection_is_gone_for_its_own_connect_function() {
    // C08: the post is held for a moment, in case the handshake ends first.
    let node = Node::with_limits(|limits| {
        limits.handshake_wait = std::time::Duration::from_millis(50);
    })
    .await;
    let api = node.api().route("$connect", "connect").deploy().await;
    node.functions.answers(
        "connect",
        Answer::WaitsThenReturns(json!({"statusCode": 200})),
    );
    let connecting = tokio::spawn({
        let url = api.url.clone();
        async move { WsClient::connect(&url).await }
    });
    let call = node.functions.wait_for("connect", 1).await.pop().unwrap();
    let id = call.event["requestContext"]["connectionId"]
        .as_str()
        .unwrap();
    let gone = node.post(id, "welcome").await.unwrap_err();
    assert_eq!((gone.status, gone.code.as_ref()), (410, "GoneException"));
    node.functions.release();
    let mut client = connecting.await.unwrap();
    node.post(id, "welcome").await.unwrap();
    assert_eq!(client.text().await, "welcome");
}
