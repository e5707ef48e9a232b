//! API keys at `$connect`, from their creation through the operations of REST APIs.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html>

use landline_api::apigateway::{
    ApiStage, CreateApiKey, CreateApiKeyInput, CreateUsagePlan, CreateUsagePlanInput,
    CreateUsagePlanKey, CreateUsagePlanKeyInput, QuotaPeriodType, QuotaSettings,
};
use landline_api::apigatewayv2::{GetRoutes, GetRoutesInput, UpdateRoute, UpdateRouteInput};
use landline_testing::{DeployedApi, Node, WsClient};

/// An API whose `$connect` demands a key.
async fn with_keys(node: &Node) -> DeployedApi {
    let api = node
        .api()
        .route("$connect", "connect")
        .stage(|stage| stage.auto_deploy = Some(true))
        .deploy()
        .await;
    let routes = GetRoutesInput {
        api_id: api.id.clone(),
        ..Default::default()
    };
    let routes = node.call::<GetRoutes>(routes).await.items.unwrap();
    node.call::<UpdateRoute>(UpdateRouteInput {
        api_id: api.id.clone(),
        route_id: routes[0].route_id.clone().unwrap(),
        api_key_required: Some(true),
        ..Default::default()
    })
    .await;
    api
}

/// A key; `plan` says for which stage, and how often it may be used on a day.
async fn key(node: &Node, value: &str, plan: Option<(&DeployedApi, i32)>) -> String {
    let created = node
        .call::<CreateApiKey>(CreateApiKeyInput {
            name: Some("key".to_owned()),
            value: Some(value.to_owned()),
            enabled: Some(true),
            ..Default::default()
        })
        .await;
    let key_id = created.id.unwrap();
    let Some((api, limit)) = plan else {
        return key_id;
    };
    let created = node
        .call::<CreateUsagePlan>(CreateUsagePlanInput {
            name: "plan".to_owned(),
            api_stages: Some(vec![ApiStage {
                api_id: Some(api.id.clone()),
                stage: Some(api.stage.clone()),
                ..Default::default()
            }]),
            quota: Some(QuotaSettings {
                limit: Some(limit),
                period: Some(QuotaPeriodType::Day),
                ..Default::default()
            }),
            ..Default::default()
        })
        .await;
    node.call::<CreateUsagePlanKey>(CreateUsagePlanKeyInput {
        usage_plan_id: created.id.unwrap(),
        key_id: key_id.clone(),
        key_type: "API_KEY".to_owned(),
    })
    .await;
    key_id
}

async fn status(api: &DeployedApi, headers: &[(&str, &str)]) -> u16 {
    match WsClient::try_connect(&api.url, headers).await {
        Ok(_) => 101,
        Err(refused) => refused.status,
    }
}

#[tokio::test]
async fn a_key_of_a_plan_with_the_stage_connects_as_often_as_the_plan_allows() {
    let node = Node::start().await;
    let api = with_keys(&node).await;
    let id = key(&node, "a-key-of-twenty-characters", Some((&api, 2))).await;
    key(&node, "another-key-without-a-plan", None).await;
    assert_eq!(status(&api, &[]).await, 403);
    for stranger in ["never-handed-out-to-anybody", "another-key-without-a-plan"] {
        assert_eq!(status(&api, &[("x-api-key", stranger)]).await, 403);
    }
    let good = [("x-api-key", "a-key-of-twenty-characters")];
    for expected in [101, 101, 429] {
        assert_eq!(status(&api, &good).await, expected);
    }
    let event = &node.functions.wait_for("connect", 2).await[0].event;
    let identity = &event["requestContext"]["identity"];
    assert_eq!(identity["apiKey"], "a-key-of-twenty-characters");
    assert_eq!(identity["apiKeyId"], id);
}
