//! What functions are told of a message, and what comes back of it.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-response.html>

use landline_api::apigatewayv2::{
    CreateDeployment, CreateDeploymentInput, CreateRouteResponse, CreateRouteResponseInput,
    GetRoutes, GetRoutesInput,
};
use landline_testing::{Answer, Node, WsClient};
use landline_wire::ServiceError;
use serde_json::{Value, json};

/// The names of an object's members, in the order of the text that it came in.
fn names(event: &Value) -> Vec<&str> {
    let members = event.as_object().expect("an object");
    members.keys().map(String::as_str).collect()
}

#[tokio::test]
async fn a_failing_function_gives_an_error_frame_even_on_a_one_way_route() {
    // C14, C15
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    let mut client = api.connect().await;
    let denied = ServiceError::new("AccessDeniedException", 403, "not authorized");
    let failures = [
        Answer::Throws("boom"),
        Answer::Refused(denied),
        Answer::Returns(json!(null)),
        Answer::Returns(json!({ "body": "no status" })),
        Answer::ReturnsBytes(b"not JSON"),
    ];
    for failure in failures {
        node.functions.answers("f", failure);
        client.send("x").await;
        let frame = client.json().await;
        assert_eq!(names(&frame), ["message", "connectionId", "requestId"]);
        assert_eq!(frame["message"], "Internal server error");
    }
}

#[tokio::test]
async fn a_status_of_500_says_nothing_and_leaves_the_socket_open() {
    // C16
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    let mut client = api.connect().await;
    node.functions.answers("f", Answer::status(500));
    client.send("x").await;
    node.functions.wait_for("f", 1).await;
    client.hears_nothing().await;
    client.send("y").await;
    node.functions.wait_for("f", 2).await;
}

#[tokio::test]
async fn a_one_way_route_sends_no_reply_until_its_route_response_is_deployed() {
    // C17, C47: public applications create the route response alone.
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    node.functions.answers("f", Answer::body("reply"));
    let mut client = api.connect().await;
    client.send("one").await;
    node.functions.wait_for("f", 1).await;
    client.hears_nothing().await;

    let routes = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let route = node
        .call::<GetRoutes>(routes)
        .await
        .items
        .unwrap()
        .remove(0);
    node.call::<CreateRouteResponse>(CreateRouteResponseInput {
        api_id: api.id.clone(),
        route_id: route.route_id.unwrap(),
        route_response_key: "$default".to_owned(),
        ..Default::default()
    })
    .await;
    client.send("two").await;
    node.functions.wait_for("f", 2).await;
    client.hears_nothing().await;

    node.call::<CreateDeployment>(CreateDeploymentInput {
        api_id: api.id.clone(),
        stage_name: Some(api.stage.clone()),
        ..Default::default()
    })
    .await;
    client.send("three").await;
    assert_eq!(client.text().await, "reply");
}

#[tokio::test]
async fn a_two_way_route_sends_the_body_and_nothing_without_one() {
    let node = Node::start().await;
    let api = node.api().two_way_route("$default", "f").deploy().await;
    let mut client = api.connect().await;
    let replies = [
        (json!({ "statusCode": 200, "body": "plain" }), Some("plain")),
        (
            json!({ "statusCode": 404, "body": "missing" }),
            Some("missing"),
        ),
        (
            json!({ "statusCode": 200, "body": "aGk=", "isBase64Encoded": true }),
            Some("hi"),
        ),
        (json!({ "statusCode": 200 }), None),
        (json!({ "statusCode": 200, "body": "" }), None),
    ];
    for (calls, (returned, expected)) in replies.into_iter().enumerate() {
        node.functions.answers("f", Answer::Returns(returned));
        client.send("x").await;
        node.functions.wait_for("f", calls + 1).await;
        match expected {
            Some(text) => assert_eq!(client.text().await, text),
            None => client.hears_nothing().await,
        }
    }
}

#[tokio::test]
async fn a_message_event_has_these_members_in_this_order() {
    // C18, C20, C21, C61
    let node = Node::start().await;
    let api = node.api().route("$default", "f").deploy().await;
    let mut client = api.connect().await;
    client.send("{\"text\":\"h\u{e9}\\n\"}").await;
    let call = node.functions.wait_for("f", 1).await.remove(0);
    let event: Value = serde_json::from_str(&call.text).unwrap();
    assert_eq!(names(&event), ["requestContext", "body", "isBase64Encoded"]);
    let context = &event["requestContext"];
    assert_eq!(
        names(context),
        [
            "routeKey",
            "messageId",
            "eventType",
            "extendedRequestId",
            "requestTime",
            "messageDirection",
            "stage",
            "connectedAt",
            "requestTimeEpoch",
            "identity",
            "requestId",
            "domainName",
            "connectionId",
            "apiId"
        ]
    );
    assert_eq!(event["body"], "{\"text\":\"h\u{e9}\\n\"}");
    assert_eq!(event["isBase64Encoded"], false);
    assert_eq!(context["eventType"], "MESSAGE");
    assert_eq!(context["messageDirection"], "IN");
    assert_eq!(context["requestId"], context["extendedRequestId"]);
    assert_ne!(context["requestId"], context["messageId"]);
    assert_eq!(names(&context["identity"]), ["sourceIp"]);
    let host = format!("{}.execute-api.us-east-1.amazonaws.com", api.id);
    assert_eq!(context["domainName"], host);
    for id in ["connectionId", "messageId", "requestId"] {
        let id = context[id].as_str().unwrap();
        assert_eq!((id.len(), id.ends_with('=')), (16, true), "{id}");
    }
    let arn = format!(
        "arn:aws:execute-api:us-east-1:123456789012:{}/test/$default",
        api.id
    );
    assert_eq!(call.source_arn, Some(arn));
}

#[tokio::test]
async fn a_connect_event_has_headers_and_no_body() {
    // C18, C19: a key that is not there, rather than null, is what functions test for.
    let node = Node::start().await;
    let api = node.api().route("$connect", "f").deploy().await;
    let headers = [("user-agent", "demo/1.0"), ("x-room", "7")];
    WsClient::try_connect(&api.url, &headers).await.unwrap();
    let event = node.functions.wait_for("f", 1).await.remove(0).event;
    let expected = [
        "headers",
        "multiValueHeaders",
        "requestContext",
        "isBase64Encoded",
    ];
    assert_eq!(names(&event), expected);
    let absent = ["Connection", "Upgrade", "Content-Length"];
    assert!(
        absent
            .iter()
            .all(|name| event["headers"].get(name).is_none())
    );
    for name in [
        "X-Forwarded-For",
        "X-Forwarded-Port",
        "X-Forwarded-Proto",
        "X-Amzn-Trace-Id",
    ] {
        assert!(event["headers"][name].is_string(), "{name}");
    }
    let sorted = names(&event["headers"]);
    assert!(
        sorted.is_sorted_by_key(|name| name.to_ascii_lowercase()),
        "{sorted:?}"
    );
    let identity = &event["requestContext"]["identity"];
    assert_eq!(
        identity,
        &json!({ "userAgent": "demo/1.0", "sourceIp": "127.0.0.1" })
    );
    assert!(event["requestContext"].get("messageId").is_none());
}

#[tokio::test]
async fn a_connect_event_has_the_query_with_the_last_of_equal_names() {
    let node = Node::start().await;
    let api = node.api().route("$connect", "f").deploy().await;
    let url = format!("{}?tag=a&room=7&tag=b%20c", api.url);
    WsClient::connect(&url).await;
    let event = node.functions.wait_for("f", 1).await.remove(0).event;
    assert_eq!(
        event["queryStringParameters"],
        json!({ "room": "7", "tag": "b c" })
    );
    let all = json!({ "room": ["7"], "tag": ["a", "b c"] });
    assert_eq!(event["multiValueQueryStringParameters"], all);
    assert_eq!(names(&event["queryStringParameters"]), ["room", "tag"]);
}

#[tokio::test]
async fn stage_variables_are_in_every_event_of_a_stage_that_has_some() {
    // C20
    let node = Node::start().await;
    let api = node
        .api()
        .route("$connect", "f")
        .route("$default", "f")
        .route("$disconnect", "f")
        .stage(|stage| {
            stage.stage_variables = Some([("tier".to_owned(), "gold".to_owned())].into());
        })
        .deploy()
        .await;
    let mut client = api.connect().await;
    client.send("x").await;
    node.functions.wait_for("f", 2).await;
    client.close(1000, "").await;
    for call in node.functions.wait_for("f", 3).await {
        assert_eq!(call.event["stageVariables"], json!({ "tier": "gold" }));
    }
}

#[tokio::test]
async fn messages_of_one_client_run_side_by_side() {
    // C56
    let node = Node::start().await;
    let api = node
        .api()
        .two_way_route("slow", "slow")
        .two_way_route("quick", "quick")
        .deploy()
        .await;
    let slow = json!({ "statusCode": 200, "body": "slow" });
    node.functions
        .answers("slow", Answer::WaitsThenReturns(slow));
    node.functions.answers("quick", Answer::body("quick"));
    let mut client = api.connect().await;
    client.send_json(&json!({ "action": "slow" })).await;
    client.send_json(&json!({ "action": "quick" })).await;
    assert_eq!(client.text().await, "quick");
    node.functions.release();
    assert_eq!(client.text().await, "slow");
}
