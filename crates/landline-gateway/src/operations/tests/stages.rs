//! Stages: settings, `AutoDeploy`, deletion.

use super::*;

#[tokio::test]
async fn a_minimal_stage_shows_its_empty_maps() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = stage(&api_id, "prod");
    let created = plane.call::<api::CreateStage>(input).await.unwrap();
    assert_eq!(
        members(&created),
        [
            "autoDeploy",
            "createdDate",
            "defaultRouteSettings",
            "lastUpdatedDate",
            "routeSettings",
            "stageName",
            "stageVariables",
            "tags",
        ]
    );
    let settings = created.default_route_settings.unwrap();
    assert_eq!(
        members(&settings),
        ["dataTraceEnabled", "detailedMetricsEnabled", "loggingLevel"]
    );
}

#[tokio::test]
async fn stage_names_are_plain_or_default() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (name, accepted) in [
        ("prod", true),
        ("v-1_b", true),
        ("$default", true),
        ("$other", false),
        ("a/b", false),
        ("", false),
    ] {
        let outcome = plane.call::<api::CreateStage>(stage(&api_id, name)).await;
        assert_eq!(outcome.is_ok(), accepted, "{name}");
    }
}

#[tokio::test]
async fn a_second_stage_of_one_name_is_a_conflict() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let again = stage(&api_id, "prod");
    assert_eq!(
        refusal(plane.call::<api::CreateStage>(again).await),
        (409, "Stage already exists".into())
    );
}

#[tokio::test]
async fn variables_apply_without_a_deployment() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let before = plane.live(&api_id, "prod").snapshot.clone().unwrap();
    let update = api::UpdateStageInput {
        stage_variables: Some(texts(&[("tier", "gold")])),
        ..update(&api_id)
    };
    plane.call::<api::UpdateStage>(update).await.unwrap();
    let live = plane.live(&api_id, "prod");
    assert_eq!(live.variables, texts(&[("tier", "gold")]));
    assert!(Arc::ptr_eq(&before, live.snapshot.as_ref().unwrap()));
}

#[tokio::test]
async fn an_update_merges_variables_and_removes_the_empty_ones() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    for variables in [
        texts(&[("a", "1"), ("b", "2")]),
        texts(&[("a", ""), ("c", "3")]),
    ] {
        let update = api::UpdateStageInput {
            stage_variables: Some(variables),
            ..update(&api_id)
        };
        plane.call::<api::UpdateStage>(update).await.unwrap();
    }
    let stage = plane.get_stage(&api_id, "prod").await;
    assert_eq!(
        stage.stage_variables,
        Some(texts(&[("b", "2"), ("c", "3")]))
    );
}

#[tokio::test]
async fn variables_that_aws_does_not_take_are_refused() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let long = "v".repeat(513);
    for (name, value) in [("a-b", "1"), ("", "1"), ("a", "with blank"), ("a", &long)] {
        let input = api::CreateStageInput {
            stage_variables: Some(texts(&[(name, value)])),
            ..stage(&api_id, "prod")
        };
        let outcome = plane.call::<api::CreateStage>(input).await;
        assert_eq!(refusal(outcome).0, 400, "{name}={value}");
    }
}

#[tokio::test]
async fn throttling_reaches_the_live_stage() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let throttled = |rate, burst| api::RouteSettings {
        throttling_rate_limit: Some(rate),
        throttling_burst_limit: Some(burst),
        ..Default::default()
    };
    let update = api::UpdateStageInput {
        default_route_settings: Some(throttled(0.0, 0)),
        route_settings: Some(BTreeMap::from([(
            "sendmessage".to_owned(),
            throttled(5.5, 10),
        )])),
        ..update(&api_id)
    };
    plane.call::<api::UpdateStage>(update).await.unwrap();
    let live = plane.live(&api_id, "prod");
    assert_eq!(live.default_route_settings.throttling_burst_limit, Some(0));
    let of_route = &live.route_settings["sendmessage"];
    assert_eq!(of_route.throttling_rate_limit, Some(5.5));
}

#[tokio::test]
async fn settings_for_a_route_that_does_not_exist_are_refused() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let update = api::UpdateStageInput {
        route_settings: Some(BTreeMap::from([(
            "nosuch".to_owned(),
            api::RouteSettings::default(),
        )])),
        ..update(&api_id)
    };
    assert_eq!(
        refusal(plane.call::<api::UpdateStage>(update).await),
        (
            404,
            "Unable to find Route by key nosuch within the provided RouteSettings".into()
        )
    );
}

#[tokio::test]
async fn the_settings_of_one_route_can_be_deleted() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let update = api::UpdateStageInput {
        route_settings: Some(BTreeMap::from([(
            "sendmessage".to_owned(),
            api::RouteSettings::default(),
        )])),
        ..update(&api_id)
    };
    plane.call::<api::UpdateStage>(update).await.unwrap();
    let delete = api::DeleteRouteSettingsInput {
        api_id: api_id.clone(),
        stage_name: "prod".into(),
        route_key: "sendmessage".into(),
    };
    plane
        .call::<api::DeleteRouteSettings>(delete)
        .await
        .unwrap();
    let stage = plane.get_stage(&api_id, "prod").await;
    assert_eq!(stage.route_settings, Some(BTreeMap::new()));
}

#[tokio::test]
async fn an_access_log_needs_destination_and_format() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let update = api::UpdateStageInput {
        access_log_settings: Some(api::AccessLogSettings {
            destination_arn: None,
            format: Some("$context.requestId".into()),
        }),
        ..update(&api_id)
    };
    assert_eq!(
        refusal(plane.call::<api::UpdateStage>(update).await),
        (
            400,
            "Access Log value missing. Expected destinationArn and format.".into()
        )
    );
}

#[tokio::test]
async fn a_stage_with_auto_deploy_follows_every_change() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = automatic(&api_id);
    let created = plane.call::<api::CreateStage>(input).await.unwrap();
    assert_eq!(created.deployment_id, None);
    assert_eq!(
        created.last_deployment_status_message.as_deref(),
        Some("Deployment attempt failed: At least one route is required before deploying the Api.")
    );

    let route_id = plane.route(&api_id, "one").await;
    assert!(plane.serves(&api_id, "auto", "one"));
    let stage = plane.get_stage(&api_id, "auto").await;
    let deployment_id = stage.deployment_id.unwrap();
    assert_eq!(
        stage.last_deployment_status_message,
        Some(format!(
            "Successfully deployed stage with deployment ID '{deployment_id}'"
        ))
    );

    plane.route(&api_id, "two").await;
    let delete = api::DeleteRouteInput {
        api_id: api_id.clone(),
        route_id,
    };
    plane.call::<api::DeleteRoute>(delete).await.unwrap();
    assert!(!plane.serves(&api_id, "auto", "one"));
    assert!(plane.serves(&api_id, "auto", "two"));
}

#[tokio::test]
async fn a_stage_without_auto_deploy_stays_where_it_is() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane
        .call::<api::CreateStage>(automatic(&api_id))
        .await
        .unwrap();
    plane.route(&api_id, "later").await;
    assert!(plane.serves(&api_id, "auto", "later"));
    assert!(!plane.serves(&api_id, "prod", "later"));
}

#[tokio::test]
async fn a_stage_with_auto_deploy_may_be_created_with_a_deployment() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let input = api::CreateStageInput {
        deployment_id: Some(plane.deployment(&api_id).await),
        ..automatic(&api_id)
    };
    plane.call::<api::CreateStage>(input).await.unwrap();
    plane.route(&api_id, "later").await;
    assert!(plane.serves(&api_id, "auto", "later"));
}

#[tokio::test]
async fn a_stage_with_auto_deploy_cannot_be_pointed_elsewhere() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane
        .call::<api::CreateStage>(automatic(&api_id))
        .await
        .unwrap();
    let update = api::UpdateStageInput {
        stage_name: "auto".into(),
        deployment_id: Some(plane.deployment(&api_id).await),
        ..update(&api_id)
    };
    assert_eq!(
        refusal(plane.call::<api::UpdateStage>(update).await),
        (
            400,
            "Deployment ID cannot be set on stage auto because AutoDeploy is enabled".into()
        )
    );
}

#[tokio::test]
async fn empty_default_settings_lift_the_throttling() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let settings = api::RouteSettings {
        throttling_rate_limit: Some(1.0),
        ..Default::default()
    };
    for default_route_settings in [settings, api::RouteSettings::default()] {
        let update = api::UpdateStageInput {
            default_route_settings: Some(default_route_settings),
            ..update(&api_id)
        };
        plane.call::<api::UpdateStage>(update).await.unwrap();
    }
    let live = plane.live(&api_id, "prod");
    assert_eq!(live.default_route_settings.throttling_rate_limit, None);
}

#[tokio::test]
async fn superseded_automatic_deployments_do_not_pile_up() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane
        .call::<api::CreateStage>(automatic(&api_id))
        .await
        .unwrap();
    for number in 0..20 {
        plane.route(&api_id, &format!("route{number}")).await;
        plane.wait_a_minute();
    }
    let list = api::GetDeploymentsInput {
        api_id: api_id.clone(),
        ..Default::default()
    };
    let kept = plane.call::<api::GetDeployments>(list).await.unwrap();
    let kept = kept.items.unwrap();
    assert_eq!(kept.len(), crate::quotas::AUTOMATIC_DEPLOYMENTS_KEPT + 1);
    let stage = plane.get_stage(&api_id, "auto").await;
    assert!(
        kept.iter()
            .any(|it| it.deployment_id == stage.deployment_id)
    );
}

#[tokio::test]
async fn a_deleted_stage_is_served_no_longer() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let slot = plane.live.get(&api_id, "prod").unwrap();
    let delete = api::DeleteStageInput {
        api_id: api_id.clone(),
        stage_name: "prod".into(),
    };
    plane.call::<api::DeleteStage>(delete).await.unwrap();
    assert!(slot.is_retired());
    assert!(plane.live.get(&api_id, "prod").is_none());
}

#[tokio::test]
async fn an_update_moves_the_date_of_the_last_update() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.wait_a_minute();
    let updated = plane
        .call::<api::UpdateStage>(update(&api_id))
        .await
        .unwrap();
    let moved = updated.last_updated_date.unwrap().as_seconds();
    assert_eq!(moved - updated.created_date.unwrap().as_seconds(), 60);
}

fn automatic(api_id: &str) -> api::CreateStageInput {
    api::CreateStageInput {
        auto_deploy: Some(true),
        ..stage(api_id, "auto")
    }
}

fn update(api_id: &str) -> api::UpdateStageInput {
    api::UpdateStageInput {
        api_id: api_id.into(),
        stage_name: "prod".into(),
        ..Default::default()
    }
}

#[tokio::test]
async fn an_access_log_that_could_never_be_written_is_refused() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let group = "arn:aws:logs:eu-central-1:123456789012:log-group:access";
    let rows = [
        (group, "$context.requestId", None),
        ("stdout", "$context.extendedRequestId", None),
        (
            group,
            "$context.stage",
            Some(
                "Access Log format must contain either $context.requestId or $context.extendedRequestId",
            ),
        ),
        (
            "chat",
            "$context.requestId",
            Some(
                "Invalid ARN specified in the request: chat. It may be the ARN of a log group or of a Firehose stream; Landline takes file:///path and stdout too.",
            ),
        ),
    ];
    for (destination, format, refused) in rows {
        let update = api::UpdateStageInput {
            access_log_settings: Some(api::AccessLogSettings {
                destination_arn: Some(destination.into()),
                format: Some(format.into()),
            }),
            ..update(&api_id)
        };
        let outcome = plane.call::<api::UpdateStage>(update).await;
        let message = outcome.err().map(|error| error.message);
        assert_eq!(message.as_deref(), refused, "{destination} {format}");
    }
    let live = plane.live(&api_id, "prod");
    assert!(live.observation.access_log.is_some());
}

#[tokio::test]
async fn settings_of_logs_reach_the_live_stage() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let settings = |level, data_trace| api::RouteSettings {
        logging_level: Some(level),
        data_trace_enabled: Some(data_trace),
        ..Default::default()
    };
    let update = api::UpdateStageInput {
        default_route_settings: Some(settings(api::LoggingLevel::Info, true)),
        route_settings: Some(
            [(
                "sendmessage".to_owned(),
                settings(api::LoggingLevel::Off, false),
            )]
            .into(),
        ),
        ..update(&api_id)
    };
    plane.call::<api::UpdateStage>(update).await.unwrap();
    let observation = plane.live(&api_id, "prod").observation.clone();
    assert!(observation.logging_of(Some("sendmessage")).is_none());
    assert!(observation.logging_of(Some("other")).unwrap().data_trace);
}
