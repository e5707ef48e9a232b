//! `@connections`: how a backend posts to a client, looks at it, and cuts it off.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html>

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use landline_api::apigatewayv2::{CreateStage, CreateStageInput};
use landline_testing::{DeployedApi, Node, WsClient};
use serde_json::{Value, json};

/// A signature that any node without credentials takes.
const SIGNATURE: &str = "AWS4-HMAC-SHA256 \
    Credential=AKIATEST/20270203/us-east-1/execute-api/aws4_request, SignedHeaders=host, Signature=0";

/// One open connection of an API.
struct Conversation {
    node: Node,
    api: DeployedApi,
    client: WsClient,
    id: String,
}

impl Conversation {
    async fn begin() -> Self {
        let node = Node::start().await;
        let api = node.api().route("$disconnect", "bye").deploy().await;
        let mut client = api.connect().await;
        let id = own_id(&mut client).await;
        Self {
            node,
            api,
            client,
            id,
        }
    }

    /// The path that SDKs build: the id escaped.
    fn path(&self) -> String {
        let id = self.id.replace('=', "%3D");
        format!("/{}/{}/@connections/{id}", self.api.id, self.api.stage)
    }

    async fn call(&self, method: Method, body: impl Into<Bytes>) -> Response<Bytes> {
        self.node.http(method, &self.path(), body).await
    }

    /// A request under another host name.
    async fn call_host(
        &self,
        host: &str,
        method: Method,
        path: &str,
        body: &str,
    ) -> Response<Bytes> {
        let mut headers = HeaderMap::new();
        headers.insert("host", host.parse().unwrap());
        headers.insert("authorization", HeaderValue::from_static(SIGNATURE));
        self.node
            .unsigned_http(method, path, headers, body.to_owned())
            .await
    }

    async fn described(&self) -> Value {
        let answer = self.call(Method::GET, "").await;
        assert_eq!(answer.status(), StatusCode::OK);
        serde_json::from_slice(answer.body()).unwrap()
    }
}

/// A client learns its own id from an error frame.
async fn own_id(client: &mut WsClient) -> String {
    client.send("{}").await;
    client.json().await["connectionId"]
        .as_str()
        .unwrap()
        .to_owned()
}

fn error_type(answer: &Response<Bytes>) -> Option<&str> {
    answer.headers().get("x-amzn-errortype")?.to_str().ok()
}

fn names(answer: &Response<Bytes>) -> Vec<&str> {
    let mut names: Vec<_> = answer
        .headers()
        .keys()
        .map(http::HeaderName::as_str)
        .collect();
    names.retain(|name| *name != "date");
    names.sort_unstable();
    names
}

#[tokio::test]
async fn a_post_is_answered_200_without_a_body_and_arrives_as_text() {
    let mut talk = Conversation::begin().await;
    let answer = talk.call(Method::POST, "psst").await;
    assert_eq!((answer.status(), answer.body().len()), (StatusCode::OK, 0));
    assert_eq!(answer.headers()["content-type"], "application/json");
    let ids = [
        "content-length",
        "content-type",
        "x-amz-apigw-id",
        "x-amzn-requestid",
        "x-amzn-trace-id",
    ];
    assert_eq!(names(&answer), ids);
    assert_eq!(talk.client.text().await, "psst");
}

#[tokio::test]
async fn every_form_of_the_url_reaches_the_connection() {
    // C46: ids hold `-`, `_` and `=`, and clients escape as they like.
    let mut talk = Conversation::begin().await;
    let (api, stage, id) = (talk.api.id.clone(), talk.api.stage.clone(), talk.id.clone());
    let escaped = id.replace('=', "%3D");
    let local = talk.node.address.to_string();
    let aws = format!("{api}.execute-api.us-east-1.amazonaws.com");
    let china = format!("{api}.execute-api.cn-north-1.amazonaws.com.cn");
    for (host, path) in [
        (&local, format!("/{api}/{stage}/@connections/{id}")),
        (&local, format!("/{api}/{stage}/@connections/{escaped}")),
        (&local, format!("/{api}/{stage}/%40connections/{escaped}")),
        (&local, format!("//{api}//{stage}//@connections/{escaped}")),
        (
            &local,
            format!("/_aws/execute-api/{api}/{stage}/@connections/{id}"),
        ),
        (&local, format!("/{stage}/@connections/{id}")),
        (&local, format!("/@connections/{id}")),
        (&aws, format!("/{stage}/@connections/{id}")),
        (&aws, format!("/{stage}/%40connections/{escaped}")),
        (&aws, format!("//{stage}//@connections/{id}")),
        (&china, format!("/{stage}/@connections/{id}")),
    ] {
        let answer = talk.call_host(host, Method::POST, &path, &path).await;
        assert_eq!(answer.status(), StatusCode::OK, "{host} {path}");
        assert_eq!(talk.client.text().await, path);
    }
}

#[tokio::test]
async fn another_stage_of_the_same_api_reaches_the_connection() {
    // C45
    let mut talk = Conversation::begin().await;
    let other = CreateStageInput {
        api_id: talk.api.id.clone(),
        stage_name: "other".to_owned(),
        ..Default::default()
    };
    talk.node.call::<CreateStage>(other).await;
    let path = format!("/{}/other/@connections/{}", talk.api.id, talk.id);
    let answer = talk.node.http(Method::POST, &path, "across").await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(talk.client.text().await, "across");
}

#[tokio::test]
async fn another_api_does_not_reach_the_connection() {
    let talk = Conversation::begin().await;
    let other = talk.node.api().route("$default", "f").deploy().await;
    let path = format!("/{}/{}/@connections/{}", other.id, other.stage, talk.id);
    assert_eq!(
        talk.node.http(Method::POST, &path, "?").await.status(),
        StatusCode::GONE
    );
}

#[tokio::test]
async fn without_a_stage_or_with_a_wrong_one_the_url_is_forbidden() {
    // C42
    let talk = Conversation::begin().await;
    let host = format!("{}.execute-api.us-east-1.amazonaws.com", talk.api.id);
    let nobody = "zzzzzzzzzz.execute-api.us-east-1.amazonaws.com";
    for (host, path) in [
        (host.as_str(), format!("/@connections/{}", talk.id)),
        (host.as_str(), format!("/nostage/@connections/{}", talk.id)),
        (
            nobody,
            format!("/{}/@connections/{}", talk.api.stage, talk.id),
        ),
        (
            "localhost",
            format!("/{}/nostage/@connections/{}", talk.api.id, talk.id),
        ),
    ] {
        let answer = talk.call_host(host, Method::POST, &path, "?").await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{host} {path}");
        assert_eq!(error_type(&answer), Some("ForbiddenException"));
        assert_eq!(answer.body(), r#"{"message":"Forbidden"}"#);
    }
}

#[tokio::test]
async fn a_get_describes_the_connection_to_the_blank() {
    let talk = Conversation::begin().await;
    let answer = talk.call(Method::GET, "").await;
    assert_eq!(answer.status(), StatusCode::OK);
    let text = String::from_utf8(answer.body().to_vec()).unwrap();
    let described: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(described["identity"]["sourceIp"], "127.0.0.1");
    let (since, active) = (&described["connectedAt"], &described["lastActiveAt"]);
    assert!(
        text.starts_with("{\n  \"identity\" : {\n    \"sourceIp\" : \"127.0.0.1\""),
        "{text}"
    );
    assert!(
        text.ends_with(&format!(
            "\n  }},\n  \"connectedAt\" : {since},\n  \"lastActiveAt\" : {active}\n}}"
        )),
        "{text}"
    );
}

#[tokio::test]
async fn a_post_counts_as_activity_and_a_get_does_not() {
    let talk = Conversation::begin().await;
    let before = talk.described().await;
    talk.node.clock.advance(std::time::Duration::from_secs(7));
    assert_eq!(
        talk.described().await["lastActiveAt"],
        before["lastActiveAt"]
    );
    talk.call(Method::POST, "tick").await;
    let after = talk.described().await;
    assert_ne!(after["lastActiveAt"], before["lastActiveAt"]);
    assert_eq!(after["connectedAt"], before["connectedAt"]);
}

#[tokio::test]
async fn a_message_of_128_kb_arrives_whole() {
    // C34
    let mut talk = Conversation::begin().await;
    let largest = "z".repeat(131_072);
    assert_eq!(
        talk.call(Method::POST, largest.clone()).await.status(),
        StatusCode::OK
    );
    assert_eq!(talk.client.text().await, largest);
}

#[tokio::test]
async fn a_larger_message_is_refused_without_a_word_and_the_connection_lives() {
    // C34
    let mut talk = Conversation::begin().await;
    let before = talk.described().await;
    talk.node.clock.advance(std::time::Duration::from_secs(7));
    let answer = talk.call(Method::POST, "z".repeat(131_073)).await;
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(names(&answer), ["content-length"]);
    assert!(answer.body().is_empty());
    assert_eq!(
        talk.described().await["lastActiveAt"],
        before["lastActiveAt"]
    );
    talk.call(Method::POST, "alive").await;
    assert_eq!(talk.client.text().await, "alive");
}

#[tokio::test]
async fn bytes_that_are_not_utf_8_are_replaced() {
    // C35
    let mut talk = Conversation::begin().await;
    talk.call(Method::POST, Bytes::from_static(b"a\xffb")).await;
    assert_eq!(talk.client.text().await, "a\u{fffd}b");
}

#[tokio::test]
async fn a_delete_closes_the_connection_and_both_sides_see_the_same_close() {
    // C36
    let mut talk = Conversation::begin().await;
    let answer = talk.call(Method::DELETE, "").await;
    assert_eq!(
        (answer.status(), answer.body().len()),
        (StatusCode::NO_CONTENT, 0)
    );
    assert!(!answer.headers().contains_key("content-type"));
    let closed = talk.client.closed().await;
    assert_eq!(
        (closed.code, closed.reason.as_str()),
        (1000, "Connection Closed Normally")
    );
    let context = &talk.node.functions.wait_for("bye", 1).await[0].event["requestContext"];
    assert_eq!(context["disconnectStatusCode"], 1000);
    assert_eq!(context["disconnectReason"], "Connection Closed Normally");
}

#[tokio::test]
async fn a_connection_that_was_closed_is_gone_whatever_is_asked() {
    // C40: without a body, which SDKs must cope with.
    let mut talk = Conversation::begin().await;
    talk.client.close(1000, "").await;
    talk.node.functions.wait_for("bye", 1).await;
    for method in [Method::POST, Method::GET, Method::DELETE] {
        let answer = talk.call(method.clone(), "").await;
        assert_eq!(
            (answer.status(), answer.body().len()),
            (StatusCode::GONE, 0),
            "{method}"
        );
        assert_eq!(error_type(&answer), Some("GoneException"));
        assert_eq!(answer.headers()["content-length"], "0");
    }
}

#[tokio::test]
async fn an_id_that_was_never_issued_is_refused_before_anybody_asks_who_calls() {
    // C41
    let talk = Conversation::begin().await;
    let mut mutated = talk.id.clone();
    let last = if mutated.ends_with("A=") { "B=" } else { "A=" };
    mutated.replace_range(mutated.len() - 2.., last);
    for id in ["garbage", "", "a/b", mutated.as_str()] {
        let path = format!("/{}/{}/@connections/{id}", talk.api.id, talk.api.stage);
        let signed = talk.node.http(Method::POST, &path, "?").await;
        let unsigned = talk
            .node
            .unsigned_http(Method::POST, &path, HeaderMap::new(), "?")
            .await;
        for answer in [signed, unsigned] {
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{id}");
            assert_eq!(error_type(&answer), Some("BadRequestException"));
            assert!(!answer.headers().contains_key("x-amzn-trace-id"));
            let body: Value = serde_json::from_slice(answer.body()).unwrap();
            assert_eq!(
                body,
                json!({"message": format!("Invalid connectionId: {id}")})
            );
        }
    }
}

#[tokio::test]
async fn a_live_id_without_a_signature_misses_its_token() {
    let talk = Conversation::begin().await;
    for method in [Method::POST, Method::GET, Method::DELETE] {
        let answer = talk
            .node
            .unsigned_http(method, &talk.path(), HeaderMap::new(), "")
            .await;
        assert_eq!(answer.status(), StatusCode::FORBIDDEN);
        assert_eq!(
            error_type(&answer),
            Some("MissingAuthenticationTokenException")
        );
        assert_eq!(
            answer.body(),
            r#"{"message":"Missing Authentication Token"}"#
        );
    }
}
