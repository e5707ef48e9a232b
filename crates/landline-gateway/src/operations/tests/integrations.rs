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
        request_parameters: Some(texts(&[(A, "'1'"), (B, "'2'")])),
        request_templates: Some(texts(&[("$default", "{}"), ("other", "{}")])),
        ..lambda(&api_id)
    };
    let created = plane.call::<api::CreateIntegration>(input).await.unwrap();
    let update = api::UpdateIntegrationInput {
        api_id,
        integration_id: created.integration_id.unwrap(),
        request_parameters: Some(texts(&[(A, ""), (C, "'3'")])),
        request_templates: Some(texts(&[("$default", "[]")])),
        ..Default::default()
    };
    let updated = plane.call::<api::UpdateIntegration>(update).await.unwrap();
    assert_eq!(
        updated.request_parameters,
        Some(texts(&[(B, "'2'"), (C, "'3'")]))
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

#[tokio::test]
async fn each_type_needs_its_uri_and_its_method() {
    use api::IntegrationType::{Aws, AwsProxy, Http, HttpProxy, Mock};
    let plane = Plane::new();
    let api_id = plane.api().await;
    let action = "arn:aws:apigateway:eu-central-1:dynamodb:action/PutItem";
    let path = "arn:aws:apigateway:eu-central-1:sqs:path/123456789012/queue";
    let function = "arn:aws:lambda:eu-central-1:123456789012:function:chat";
    let variable = "arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-central-1:123456789012:function:${stageVariables.f}/invocations";
    for (kind, uri, method, accepted) in [
        (Aws, action, None, true),
        (Aws, path, Some("POST"), true),
        (Aws, LAMBDA_URI, None, true),
        (Aws, action, Some("FETCH"), false),
        (
            Aws,
            "arn:aws:apigateway:eu-central-1:dynamodb:PutItem",
            None,
            false,
        ),
        (Aws, "https://example.com", None, false),
        (Aws, "", None, false),
        (AwsProxy, LAMBDA_URI, None, true),
        (AwsProxy, function, None, true),
        (AwsProxy, variable, None, true),
        (AwsProxy, action, None, false),
        (AwsProxy, "", None, false),
        (Http, "https://example.com/a", Some("GET"), true),
        (Http, "http://${stageVariables.host}/a", Some("ANY"), true),
        (Http, "https://example.com/a", None, false),
        (Http, "https://example.com/a", Some("FETCH"), false),
        (Http, "example.com", Some("GET"), false),
        (HttpProxy, "https://example.com/a", Some("POST"), true),
        (HttpProxy, "https://", Some("POST"), false),
        (HttpProxy, action, Some("POST"), false),
        (Mock, "", None, true),
    ] {
        let input = api::CreateIntegrationInput {
            integration_type: kind.clone(),
            integration_uri: Some(uri.into()),
            integration_method: method.map(str::to_owned),
            ..lambda(&api_id)
        };
        let outcome = plane.call::<api::CreateIntegration>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{kind:?} {uri} {method:?}");
    }
}

#[tokio::test]
async fn parameters_are_mapped_from_known_places_to_known_places() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (target, source, accepted) in [
        (A, "route.request.header.X-Room", true),
        (A, "route.request.querystring.room", true),
        (A, "route.request.multivalueheader.X-Room", true),
        (A, "route.request.body", true),
        (A, "route.request.body.user.name", true),
        (A, "context.connectionId", true),
        (A, "context.authorizer.principalId", true),
        (A, "stageVariables.tier", true),
        (A, "'static text'", true),
        ("integration.request.querystring.q", "context.stage", true),
        ("integration.request.path.p", "context.stage", true),
        ("integration.request.body.p", "context.stage", false),
        ("method.request.header.p", "context.stage", false),
        ("integration.request.header.", "context.stage", false),
        (A, "static text", false),
        (A, "'open", false),
        (A, "'", false),
        (A, "method.request.header.x", false),
        (A, "$context.stage", false),
        (A, "route.request.bodyguard", false),
        // What the reader of mappings could not read.
        (A, "route.request.body.", false),
        (A, "route.request.body[0]", false),
        (A, "context.identity..sourceIp", false),
    ] {
        let input = api::CreateIntegrationInput {
            request_parameters: Some(texts(&[(target, source)])),
            ..lambda(&api_id)
        };
        let outcome = plane.call::<api::CreateIntegration>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{target} {source}");
    }
}

#[tokio::test]
async fn a_private_integration_needs_its_link() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let private = |link: Option<&str>| api::CreateIntegrationInput {
        connection_type: Some(api::ConnectionType::VpcLink),
        connection_id: link.map(str::to_owned),
        ..lambda(&api_id)
    };
    let outcome = plane.call::<api::CreateIntegration>(private(None)).await;
    assert_eq!(refusal(outcome).0, 400);
    let outcome = plane.call::<api::CreateIntegration>(private(Some("abc123")));
    assert!(outcome.await.is_ok());
}

#[tokio::test]
async fn credentials_are_an_identity() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (arn, accepted) in [
        ("arn:aws:iam::123456789012:role/api", true),
        ("arn:aws:iam::*:user/*", true),
        (
            "arn:aws:iam::123456789012:role/${stageVariables.role}",
            true,
        ),
        ("arn:aws:lambda:eu-central-1:123456789012:function:f", false),
        ("role", false),
    ] {
        let input = api::CreateIntegrationInput {
            credentials_arn: Some(arn.into()),
            ..lambda(&api_id)
        };
        let outcome = plane.call::<api::CreateIntegration>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{arn}");
    }
}

const A: &str = "integration.request.header.a";
const B: &str = "integration.request.header.b";
const C: &str = "integration.request.header.c";
