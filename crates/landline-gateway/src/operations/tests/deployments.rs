//! Deployments, and what the live stages serve of them.

use super::*;

#[tokio::test]
async fn an_api_without_routes_cannot_be_deployed() {
    let plane = Plane::new();
    let input = deploy(&plane.api().await, None);
    assert_eq!(
        refusal(plane.call::<api::CreateDeployment>(input).await),
        (
            400,
            "At least one route is required before deploying the Api".into()
        )
    );
}

#[tokio::test]
async fn a_deployment_is_deployed_at_once() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane.route(&api_id, "one").await;
    let input = deploy(&api_id, None);
    let created = plane.call::<api::CreateDeployment>(input).await.unwrap();
    assert_eq!(
        members(&created),
        [
            "autoDeployed",
            "createdDate",
            "deploymentId",
            "deploymentStatus"
        ]
    );
    assert_eq!(created.auto_deployed, Some(false));
    assert_eq!(
        created.deployment_status,
        Some(api::DeploymentStatus::Deployed)
    );
}

#[tokio::test]
async fn an_edit_is_invisible_until_it_is_deployed() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.route(&api_id, "later").await;
    assert!(!plane.serves(&api_id, "prod", "later"));
    let redeploy = deploy(&api_id, Some("prod"));
    plane.call::<api::CreateDeployment>(redeploy).await.unwrap();
    assert!(plane.serves(&api_id, "prod", "later"));
}

#[tokio::test]
async fn a_stage_keeps_its_slot_through_a_redeployment() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let slot = plane.live.get(&api_id, "prod").unwrap();
    let redeploy = deploy(&api_id, Some("prod"));
    plane.call::<api::CreateDeployment>(redeploy).await.unwrap();
    let now = plane.live.get(&api_id, "prod").unwrap();
    assert!(Arc::ptr_eq(&slot, &now));
}

#[tokio::test]
async fn what_is_frozen_reaches_the_data_plane_parsed() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateRouteInput {
        target: Some(format!("integrations/{}", plane.integration(&api_id).await)),
        ..route(&api_id, "ask")
    };
    let route = plane.call::<api::CreateRoute>(input).await.unwrap();
    let response = api::CreateRouteResponseInput {
        api_id: api_id.clone(),
        route_id: route.route_id.clone().unwrap(),
        route_response_key: "$default".into(),
        ..Default::default()
    };
    plane
        .call::<api::CreateRouteResponse>(response)
        .await
        .unwrap();
    let mut input = stage(&api_id, "prod");
    input.auto_deploy = Some(true);
    plane.call::<api::CreateStage>(input).await.unwrap();

    let live = plane.live(&api_id, "prod");
    let snapshot = live.snapshot.as_ref().unwrap();
    let selected = snapshot.route_selection.evaluate(r#"{"action":"ask"}"#);
    let served = snapshot
        .route_for_message(selected.ok().as_deref())
        .unwrap();
    assert!(served.is_two_way());
    let integration = served.integration.as_ref().unwrap();
    assert_eq!(integration.timeout, Duration::from_secs(29));
    let crate::deployment::snapshot::IntegrationTarget::LambdaProxy(function) = &integration.target
    else {
        panic!("not a Lambda proxy");
    };
    assert_eq!(
        function.arn(&BTreeMap::new()).as_deref(),
        Some("arn:aws:lambda:eu-central-1:123456789012:function:chat")
    );
}

#[tokio::test]
async fn the_default_endpoint_is_closed_by_the_next_deployment() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let closed = |plane: &Plane| {
        let live = plane.live(&api_id, "prod");
        live.snapshot.as_ref().unwrap().disable_execute_api_endpoint
    };
    let update = api::UpdateApiInput {
        api_id: api_id.clone(),
        disable_execute_api_endpoint: Some(true),
        ..Default::default()
    };
    plane.call::<api::UpdateApi>(update).await.unwrap();
    assert!(!closed(&plane));
    let redeploy = deploy(&api_id, Some("prod"));
    plane.call::<api::CreateDeployment>(redeploy).await.unwrap();
    assert!(closed(&plane));
}

#[tokio::test]
async fn a_deployment_for_a_stage_that_does_not_exist_is_refused() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane.route(&api_id, "one").await;
    let input = deploy(&api_id, Some("prod"));
    assert_eq!(
        refusal(plane.call::<api::CreateDeployment>(input).await),
        (404, "Invalid stage identifier specified".into())
    );
    let list = api::GetDeploymentsInput {
        api_id,
        ..Default::default()
    };
    let left = plane.call::<api::GetDeployments>(list).await.unwrap();
    assert_eq!(left.items, Some(Vec::new()));
}

#[tokio::test]
async fn a_deployment_in_use_cannot_be_deleted() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let stage = plane.get_stage(&api_id, "prod").await;
    let delete = api::DeleteDeploymentInput {
        api_id,
        deployment_id: stage.deployment_id.unwrap(),
    };
    assert_eq!(
        refusal(plane.call::<api::DeleteDeployment>(delete).await),
        (
            400,
            "Active stages pointing to this deployment must be moved or deleted".into()
        )
    );
}

#[tokio::test]
async fn a_stage_can_go_back_to_an_earlier_deployment() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let first = plane.get_stage(&api_id, "prod").await.deployment_id;
    plane.route(&api_id, "later").await;
    let redeploy = deploy(&api_id, Some("prod"));
    plane.call::<api::CreateDeployment>(redeploy).await.unwrap();
    let back = api::UpdateStageInput {
        api_id: api_id.clone(),
        stage_name: "prod".into(),
        deployment_id: first,
        ..Default::default()
    };
    plane.call::<api::UpdateStage>(back).await.unwrap();
    assert!(!plane.serves(&api_id, "prod", "later"));
}

fn deploy(api_id: &str, stage_name: Option<&str>) -> api::CreateDeploymentInput {
    api::CreateDeploymentInput {
        api_id: api_id.into(),
        stage_name: stage_name.map(Into::into),
        ..Default::default()
    }
}
