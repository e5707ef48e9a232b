//! Integrations.

use super::*;

#[tokio::test]
async fn a_lambda_proxy_gets_the_defaults_of_aws() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = lambda(&api_id);
    let created = plane.call::<api::CreateIntegration>(input).await.unwrap();
    assert_eq!(created.integration_id.as_deref().map(str::len), Some(7));
    let expected = api::Integration {
        connection_type: Some(api::ConnectionType::Internet),
        integration_id: created.integration_id.clone(),
        integration_method: Some("POST".into()),
        integration_type: Some(api::IntegrationType::AwsProxy),
        integration_uri: Some(LAMBDA_URI.into()),
        passthrough_behavior: Some(api::PassthroughBehavior::WhenNoMatch),
        payload_format_version: Some("1.0".into()),
        timeout_in_millis: Some(29_000),
        ..Default::default()
    };
    assert_eq!(created, expected);
}

#[tokio::test]
async fn the_payload_format_version_is_echoed() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateIntegrationInput {
        payload_format_version: Some("2.0".into()),
        ..lambda(&api_id)
    };
    let created = plane.call::<api::CreateIntegration>(input).await.unwrap();
    assert_eq!(created.payload_format_version.as_deref(), Some("2.0"));
}

#[tokio::test]
async fn a_mock_has_no_method_and_selects_its_response_by_status() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateIntegrationInput {
        integration_type: api::IntegrationType::Mock,
        integration_uri: Some(String::new()),
        ..lambda(&api_id)
    };
    let created = plane.call::<api::CreateIntegration>(input).await.unwrap();
    assert_eq!(created.integration_method, None);
    assert_eq!(
        created.integration_response_selection_expression.as_deref(),
        Some("${integration.response.statuscode}")
    );
}

#[tokio::test]
async fn a_timeout_lies_between_50_ms_and_29_s() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (millis, accepted) in [(49, false), (50, true), (29_000, true), (29_001, false)] {
        let input = api::CreateIntegrationInput {
            timeout_in_millis: Some(millis),
            ..lambda(&api_id)
        };
        let outcome = plane.call::<api::CreateIntegration>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{millis}");
    }
}

#[tokio::test]
async fn members_of_http_apis_are_refused() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateIntegrationInput {
        integration_subtype: Some("SQS-SendMessage".into()),
        ..lambda(&api_id)
    };
    let (status, message) = refusal(plane.call::<api::CreateIntegration>(input).await);
    assert_eq!(status, 400);
    assert!(message.starts_with("IntegrationSubtype"), "{message}");
}

#[tokio::test]
async fn an_update_merges_parameters_and_replaces_templates() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateIntegrationInput {
        request_parameters: Some(texts(&[("a", "'1'"), ("b", "'2'")])),
        request_templates: Some(texts(&[("$default", "{}"), ("other", "{}")])),
        ..lambda(&api_id)
    };
    let created = plane.call::<api::CreateIntegration>(input).await.unwrap();
    let update = api::UpdateIntegrationInput {
        api_id,
        integration_id: created.integration_id.unwrap(),
        request_parameters: Some(texts(&[("a", ""), ("c", "'3'")])),
        request_templates: Some(texts(&[("$default", "[]")])),
        ..Default::default()
    };
    let updated = plane.call::<api::UpdateIntegration>(update).await.unwrap();
    assert_eq!(
        updated.request_parameters,
        Some(texts(&[("b", "'2'"), ("c", "'3'")]))
    );
    assert_eq!(
        updated.request_templates,
        Some(texts(&[("$default", "[]")]))
    );
}

#[tokio::test]
async fn an_integration_in_use_cannot_be_deleted() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let integration_id = plane.integration(&api_id).await;
    let input = api::CreateRouteInput {
        target: Some(format!("integrations/{integration_id}")),
        ..route(&api_id, "one")
    };
    let route = plane.call::<api::CreateRoute>(input).await.unwrap();
    let delete = api::DeleteIntegrationInput {
        api_id,
        integration_id,
    };
    let route_id = route.route_id.unwrap();
    assert_eq!(
        refusal(plane.call::<api::DeleteIntegration>(delete).await),
        (
            409,
            format!(
                "Cannot delete Integration because it is referenced by the following Routes with Ids: [{route_id}]"
            )
        )
    );
}
