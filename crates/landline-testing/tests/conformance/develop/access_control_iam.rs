//! IAM authorization of `$connect` and of `@connections`: what is signed rightly passes,
//! and nothing else does.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html>

use bytes::Bytes;
use http::{HeaderMap, Method, Response};
use landline_api::apigatewayv2::{
    AuthorizationType, CreateDeployment, CreateDeploymentInput, GetRoutes, GetRoutesInput,
    UpdateRoute, UpdateRouteInput, UpdateStage, UpdateStageInput,
};
use landline_testing::{DeployedApi, Node, Refused, WsClient};
use landline_wire::Clock as _;
use landline_wire::sigv4::{Signer, WireRequest, presign, sign};
use serde_json::{Value, json};

const KEY: &str = "AKIDOWNER";
const SECRET: &str = "a secret";

/// A node that knows its owner, and an API whose `$connect` wants IAM.
async fn start() -> (Node, DeployedApi) {
    let node = Node::owned_by(KEY, SECRET).await;
    let api = guarded(&node).await;
    (node, api)
}

async fn guarded(node: &Node) -> DeployedApi {
    let api = node.api().route("$connect", "connect").deploy().await;
    let routes = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let routes = node.call::<GetRoutes>(routes).await.items.unwrap();
    node.call::<UpdateRoute>(UpdateRouteInput {
        api_id: api.id.clone(),
        route_id: routes[0].route_id.clone().unwrap(),
        authorization_type: Some(AuthorizationType::AwsIam),
        ..Default::default()
    })
    .await;
    let deployment = node
        .call::<CreateDeployment>(CreateDeploymentInput {
            api_id: api.id.clone(),
            ..Default::default()
        })
        .await;
    node.call::<UpdateStage>(UpdateStageInput {
        api_id: api.id.clone(),
        stage_name: api.stage.clone(),
        deployment_id: deployment.deployment_id,
        ..Default::default()
    })
    .await;
    api
}

fn signer(secret: &str) -> Signer {
    Signer {
        access_key_id: KEY.to_owned(),
        secret_access_key: secret.to_owned(),
        region: "us-east-1".to_owned(),
        service: "execute-api".to_owned(),
    }
}

/// A handshake as its client signs it.
struct Signing<'a> {
    node: &'a Node,
    path: String,
    query: &'a str,
    headers: HeaderMap,
}

impl<'a> Signing<'a> {
    fn of(node: &'a Node, api: &DeployedApi, query: &'a str) -> Self {
        let mut headers = HeaderMap::new();
        headers.insert("host", node.address.to_string().parse().unwrap());
        Self {
            node,
            path: format!("/{}/{}", api.id, api.stage),
            query,
            headers,
        }
    }

    fn request(&self) -> WireRequest<'_> {
        WireRequest {
            method: "GET",
            path: &self.path,
            query: self.query,
            headers: &self.headers,
            body: b"",
        }
    }

    fn url(&self, query: &str) -> String {
        format!("ws://{}{}?{query}", self.node.address, self.path)
    }

    fn headers(&self, signer: &Signer) -> Vec<(String, String)> {
        let signed = sign(&self.request(), signer, self.node.clock.now());
        let text = |(name, value): (&http::HeaderName, &http::HeaderValue)| {
            (name.to_string(), value.to_str().unwrap().to_owned())
        };
        signed.iter().map(text).collect()
    }

    fn query(&self, signer: &Signer, expires_seconds: Option<u32>) -> String {
        presign(
            &self.request(),
            signer,
            self.node.clock.now(),
            expires_seconds,
        )
    }
}

async fn connect(url: &str, headers: &[(String, String)]) -> Result<WsClient, Refused> {
    let headers: Vec<(&str, &str)> = headers
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    WsClient::try_connect(url, &headers).await
}

fn message(refused: &Refused) -> String {
    assert_eq!(refused.status, 403);
    let body: Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(
        body["requestId"],
        refused.headers["x-amz-apigw-id"].to_str().unwrap()
    );
    assert!(body["connectionId"].is_string());
    assert!(!refused.headers.contains_key("x-amzn-errortype"));
    body["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn a_handshake_signed_in_its_headers_passes_without_its_signature() {
    // C29, C30
    let (node, api) = start().await;
    let signing = Signing::of(&node, &api, "room=7");
    connect(&signing.url("room=7"), &signing.headers(&signer(SECRET)))
        .await
        .unwrap();
    let event = &node.functions.wait_for("connect", 1).await[0].event;
    assert!(event["headers"].get("authorization").is_none());
    assert!(event["headers"].get("Authorization").is_none());
    assert_eq!(event["queryStringParameters"], json!({ "room": "7" }));
    let mut identity = event["requestContext"]["identity"].clone();
    assert_eq!(identity["sourceIp"].take(), "127.0.0.1");
    assert_eq!(
        identity,
        json!({
            "userArn": "arn:aws:iam::123456789012:root", "accountId": "123456789012",
            "caller": "123456789012", "user": "123456789012", "accessKey": KEY, "sourceIp": null,
        })
    );
}

#[tokio::test]
async fn a_presigned_url_passes_with_and_without_a_date_of_expiry() {
    // C29
    let (node, api) = start().await;
    for expires_seconds in [Some(60), None] {
        let signing = Signing::of(&node, &api, "room=7");
        let query = signing.query(&signer(SECRET), expires_seconds);
        connect(&signing.url(&query), &[]).await.unwrap();
    }
    // The parameters of the signature are the gateway's own.
    let event = &node.functions.wait_for("connect", 2).await[1].event;
    assert_eq!(event["queryStringParameters"], json!({ "room": "7" }));
}

#[tokio::test]
async fn an_unsigned_handshake_is_told_what_it_lacks() {
    let (node, api) = start().await;
    let refused = connect(&api.url, &[]).await.unwrap_err();
    assert_eq!(message(&refused), "Missing Authentication Token");
    assert_eq!(node.functions.calls("connect").await.len(), 0);
}

#[tokio::test]
async fn a_change_to_anything_that_was_signed_is_refused() {
    let (node, api) = start().await;
    let signing = Signing::of(&node, &api, "room=7");
    let query = signing.query(&signer(SECRET), Some(60));
    let mismatch = "The request signature we calculated does not match";
    let changed = [
        query.replace("room=7", "room=8"),
        format!("{query}&more=1"),
        query.replace("room=7&", ""),
        query.replace("X-Amz-Expires=60", "X-Amz-Expires=61"),
        query.replace("us-east-1", "us-east-2"),
        format!("{query}&X-Amz-Security-Token=t"),
        signing.query(&signer("a guess"), Some(60)),
    ];
    for query in changed {
        let refused = connect(&signing.url(&query), &[]).await.unwrap_err();
        let text = message(&refused);
        let is_told = text.starts_with(mismatch) || text.contains("security token");
        assert!(is_told, "{query}: {text}");
    }
    let other_stage = signing.url(&query).replace("/test?", "/test/?");
    let refused = connect(&other_stage, &[]).await.unwrap_err();
    assert!(message(&refused).starts_with(mismatch));

    let mut headers = signing.headers(&signer(SECRET));
    headers.push(("x-amz-meta".to_owned(), "1".to_owned()));
    let refused = connect(&signing.url("room=7"), &headers).await.unwrap_err();
    assert_eq!(
        message(&refused),
        "'x-amz-meta' must be a 'SignedHeader' in the AWS Authorization."
    );
    assert_eq!(node.functions.calls("connect").await.len(), 0);
}

#[tokio::test]
async fn a_signature_for_another_service_does_not_open_a_socket() {
    let (node, api) = start().await;
    let signing = Signing::of(&node, &api, "");
    let other = Signer {
        service: "dynamodb".to_owned(),
        ..signer(SECRET)
    };
    let query = signing.query(&other, Some(60));
    let refused = connect(&signing.url(&query), &[]).await.unwrap_err();
    assert_eq!(
        message(&refused),
        "Credential should be scoped to correct service: 'execute-api'. "
    );
}

#[tokio::test]
async fn where_any_credentials_pass_there_must_still_be_some() {
    let node = Node::start().await;
    let api = guarded(&node).await;
    let refused = connect(&api.url, &[]).await.unwrap_err();
    assert_eq!(message(&refused), "Missing Authentication Token");
    let signing = Signing::of(&node, &api, "");
    let query = signing.query(&signer("whatever"), Some(60));
    connect(&signing.url(&query), &[]).await.unwrap();
}

#[tokio::test]
async fn a_management_call_is_judged_id_first_then_signature_then_connection() {
    // C41, C42
    let (node, api) = start().await;
    let signing = Signing::of(&node, &api, "");
    let query = signing.query(&signer(SECRET), Some(60));
    let mut client = connect(&signing.url(&query), &[]).await.unwrap();
    let event = &node.functions.wait_for("connect", 1).await[0].event;
    let id = event["requestContext"]["connectionId"].as_str().unwrap();
    let path = |stage: &str, id: &str| format!("/{}{stage}/@connections/{id}", api.id);

    let invented = post_unsigned(&node, &path("/test", "nonsense")).await;
    assert_eq!(invented.status(), 400);
    assert_eq!(
        invented.headers()["x-amzn-errortype"],
        "BadRequestException"
    );
    let unsigned = post_unsigned(&node, &path("/test", id)).await;
    assert_eq!(unsigned.status(), 403);
    assert_eq!(
        unsigned.headers()["x-amzn-errortype"],
        "MissingAuthenticationTokenException"
    );
    assert_eq!(
        unsigned.body(),
        r#"{"message":"Missing Authentication Token"}"#
    );
    for header in ["x-amzn-requestid", "x-amz-apigw-id", "x-amzn-trace-id"] {
        assert!(unsigned.headers().contains_key(header), "{header}");
    }
    let no_stage = post_unsigned(&node, &format!("/@connections/{id}")).await;
    assert_eq!(no_stage.status(), 403);

    client.close(1000, "").await;
    let gone_but_unsigned = post_unsigned(&node, &path("/test", id)).await;
    assert_eq!(gone_but_unsigned.status(), 403);
}

async fn post_unsigned(node: &Node, path: &str) -> Response<Bytes> {
    let none = HeaderMap::new();
    node.unsigned_http(Method::POST, path, none, "x").await
}
