//! What a new process finds.

use super::*;

#[tokio::test]
async fn a_restart_serves_what_was_deployed_and_not_what_was_edited() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let variables = api::UpdateStageInput {
        api_id: api_id.clone(),
        stage_name: "prod".into(),
        stage_variables: Some(texts(&[("tier", "gold")])),
        ..Default::default()
    };
    plane.call::<api::UpdateStage>(variables).await.unwrap();
    plane.route(&api_id, "later").await;

    let plane = plane.restarted();
    assert!(plane.serves(&api_id, "prod", "sendmessage"));
    assert!(!plane.serves(&api_id, "prod", "later"));
    let live = plane.live(&api_id, "prod");
    assert_eq!(live.variables, texts(&[("tier", "gold")]));
    assert_eq!(&*live.account_id, "123456789012");
}

#[tokio::test]
async fn a_restart_answers_as_before() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let before = plane.get_stage(&api_id, "prod").await;
    let plane = plane.restarted();
    assert_eq!(plane.get_stage(&api_id, "prod").await, before);
    let list = api::GetRoutesInput {
        api_id,
        ..Default::default()
    };
    let routes = plane.call::<api::GetRoutes>(list).await.unwrap();
    assert_eq!(routes.items.unwrap().len(), 1);
}

#[tokio::test]
async fn a_caller_that_hangs_up_leaves_store_and_live_stages_alike() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.route(&api_id, "later").await;
    let redeploy = api::CreateDeploymentInput {
        api_id: api_id.clone(),
        stage_name: Some("prod".into()),
        ..Default::default()
    };
    let mut call = Box::pin(plane.call::<api::CreateDeployment>(redeploy));
    assert!(futures_util::poll!(&mut call).is_pending());
    drop(call);
    while !plane.serves(&api_id, "prod", "later") {
        tokio::task::yield_now().await;
    }
}
