//! Lambda authorizers, from their creation to the last event of a connection.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-lambda-auth.html>

use landline_api::apigatewayv2::{
    AuthorizationType, AuthorizerType, CreateAuthorizer, CreateAuthorizerInput, CreateDeployment,
    CreateDeploymentInput, GetRoutes, GetRoutesInput, UpdateRoute, UpdateRouteInput, UpdateStage,
    UpdateStageInput,
};
use landline_testing::{Answer, DeployedApi, Node, Refused, WsClient};
use serde_json::{Value, json};

/// An API whose `$connect` asks the function `guard`, with a header and a parameter to
/// identify clients by.
async fn guarded(node: &Node) -> DeployedApi {
    let api = node
        .api()
        .route("$connect", "connect")
        .route("$disconnect", "disconnect")
        .route("$default", "default")
        .deploy()
        .await;
    let guard = node.function_arn("guard");
    let authorizer = node
        .call::<CreateAuthorizer>(CreateAuthorizerInput {
            api_id: api.id.clone(),
            name: "guard".to_owned(),
            authorizer_type: AuthorizerType::Request,
            authorizer_uri: Some(format!(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/{guard}/invocations"
            )),
            identity_source: Some(vec![
                "route.request.header.Auth".to_owned(),
                "route.request.querystring.room".to_owned(),
            ]),
            ..Default::default()
        })
        .await;
    let routes = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let routes = node.call::<GetRoutes>(routes).await.items.unwrap();
    let connect = routes.iter().find(|route| route.route_key == "$connect");
    node.call::<UpdateRoute>(UpdateRouteInput {
        api_id: api.id.clone(),
        route_id: connect.unwrap().route_id.clone().unwrap(),
        authorization_type: Some(AuthorizationType::Custom),
        authorizer_id: authorizer.authorizer_id,
        ..Default::default()
    })
    .await;
    let input = CreateDeploymentInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let deployment = node.call::<CreateDeployment>(input).await;
    node.call::<UpdateStage>(UpdateStageInput {
        api_id: api.id.clone(),
        stage_name: api.stage.clone(),
        deployment_id: deployment.deployment_id,
        ..Default::default()
    })
    .await;
    api
}

fn policy(effect: &str, resource: &Value) -> Value {
    json!({
        "principalId": "user-1",
        "policyDocument": {
            "Version": "2012-10-17",
            "Statement": [{ "Action": "execute-api:Invoke", "Effect": effect, "Resource": resource }],
        },
        "context": { "plan": 7, "admin": true, "name": "" },
    })
}

async fn connect(api: &DeployedApi, query: &str) -> Result<WsClient, Refused> {
    WsClient::try_connect(&format!("{}{query}", api.url), &[("auth", "a token")]).await
}

async fn refused(api: &DeployedApi, query: &str) -> (u16, String) {
    let refused = connect(api, query).await.unwrap_err();
    let body: Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(
        body["requestId"],
        refused.headers["x-amz-apigw-id"].to_str().unwrap()
    );
    assert!(body["connectionId"].is_string());
    (refused.status, body["message"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn what_an_authorizer_says_of_a_client_is_on_each_of_its_events() {
    // C22
    let node = Node::start().await;
    let api = guarded(&node).await;
    node.functions.script("guard", |event| {
        Answer::Returns(policy("Allow", &event["methodArn"]))
    });
    let mut client = connect(&api, "?room=7").await.unwrap();
    client.send("hello").await;
    let asked = &node.functions.wait_for("guard", 1).await[0];
    let source_arn = asked.source_arn.as_deref().unwrap();
    let of_api = format!("arn:aws:execute-api:us-east-1:123456789012:{}", api.id);
    assert!(source_arn.starts_with(&format!("{of_api}/authorizers/")));
    assert_eq!(asked.event["methodArn"], format!("{of_api}/test/$connect"));
    assert_eq!(asked.event["headers"]["Connection"], "upgrade");
    node.functions.wait_for("default", 1).await;
    client.close(1000, "").await;
    let told = json!({ "principalId": "user-1", "plan": "7", "admin": "true", "name": "" });
    for function in ["default", "disconnect"] {
        let event = &node.functions.wait_for(function, 1).await[0].event;
        assert_eq!(event["requestContext"]["authorizer"], told, "{function}");
    }
    let mut event = node.functions.wait_for("connect", 1).await[0].event.clone();
    let authorizer = event["requestContext"]["authorizer"].as_object_mut();
    let latency = authorizer.unwrap().remove("integrationLatency");
    assert!(latency.unwrap().is_u64());
    assert_eq!(event["requestContext"]["authorizer"], told);
}

#[tokio::test]
async fn without_its_identity_sources_a_client_is_unauthorized() {
    // C23
    let node = Node::start().await;
    let api = guarded(&node).await;
    let unauthorized = (401, "Unauthorized".to_owned());
    assert_eq!(refused(&api, "").await, unauthorized);
    assert_eq!(refused(&api, "?room=").await, unauthorized);
    assert_eq!(node.functions.calls("guard").await.len(), 0);
}

#[tokio::test]
async fn each_failure_of_an_authorizer_has_its_answer() {
    // C24, C25
    let node = Node::start().await;
    let api = guarded(&node).await;
    let of_api = format!("arn:aws:execute-api:us-east-1:123456789012:{}", api.id);
    let denied = "User is not authorized to access this resource";
    let explicit = format!("{denied} with an explicit deny in an identity-based policy");
    let implicit =
        format!("{denied} because no identity-based policy allows the execute-api:Invoke action");
    let rest_form = json!(format!("{of_api}/test/*/*"));
    for (answer, status, message) in [
        (Answer::Throws("Unauthorized"), 401, "Unauthorized"),
        (Answer::Throws("nobody"), 500, "Internal server error"),
        (Answer::Returns(json!({ "principalId": "user-1" })), 500, ""),
        (Answer::Returns(policy("Deny", &json!("*"))), 403, &explicit),
        (Answer::Returns(policy("Allow", &rest_form)), 403, &implicit),
    ] {
        node.functions.answers("guard", answer);
        assert_eq!(refused(&api, "?room=7").await, (status, message.to_owned()));
    }
    assert_eq!(node.functions.calls("connect").await.len(), 0);
}

#[tokio::test]
async fn every_handshake_asks_anew() {
    // C26
    let node = Node::start().await;
    let api = guarded(&node).await;
    node.functions
        .answers("guard", Answer::Returns(policy("Allow", &json!("*"))));
    for _ in 0..2 {
        connect(&api, "?room=7").await.unwrap();
    }
    assert_eq!(node.functions.calls("guard").await.len(), 2);
}
