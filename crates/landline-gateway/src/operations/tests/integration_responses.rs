//! Integration responses.

use super::*;

fn response(api_id: &str, integration_id: &str, key: &str) -> api::CreateIntegrationResponseInput {
    api::CreateIntegrationResponseInput {
        api_id: api_id.into(),
        integration_id: integration_id.into(),
        integration_response_key: key.into(),
        ..Default::default()
    }
}

async fn plane_with_integration() -> (Plane, String, String) {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let integration_id = plane.integration(&api_id).await;
    (plane, api_id, integration_id)
}

#[tokio::test]
async fn a_minimal_response_answers_with_identifier_and_key() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    let input = response(&api_id, &integration_id, "$default");
    let created = plane.call::<api::CreateIntegrationResponse>(input).await;
    let created = created.unwrap();
    assert_eq!(
        members(&created),
        ["integrationResponseId", "integrationResponseKey"]
    );
    assert_eq!(created.integration_response_id.unwrap().len(), 6);
}

#[tokio::test]
async fn a_key_is_the_default_or_a_pattern_between_slashes() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    for (key, accepted) in [
        ("$default", true),
        ("/400/", true),
        (r"/4\d{2}/", true),
        ("/.*not found.*/", true),
        ("400", false),
        ("/400", false),
        ("//", false),
        ("/", false),
        ("/(/", false),
        ("", false),
    ] {
        let input = response(&api_id, &integration_id, key);
        let outcome = plane.call::<api::CreateIntegrationResponse>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{key}");
    }
}

#[tokio::test]
async fn a_second_response_with_the_same_key_is_a_conflict() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    let input = response(&api_id, &integration_id, "/400/");
    let first = plane.call::<api::CreateIntegrationResponse>(input.clone());
    first.await.unwrap();
    let second = plane.call::<api::CreateIntegrationResponse>(input).await;
    assert_eq!(refusal(second).0, 409);
}

#[tokio::test]
async fn templates_are_selected_by_the_request_or_the_response() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    let input = response(&api_id, &integration_id, "$default");
    let created = plane.call::<api::CreateIntegrationResponse>(input).await;
    let id = created.unwrap().integration_response_id.unwrap();
    for (expression, accepted) in [
        ("$request.body.kind", true),
        ("${integration.response.statuscode}", true),
        ("$integration.response.statuscode", true),
        ("$integration.response.header.X-Kind", true),
        ("${integration.response.multivalueheader.X-Kind}-x", true),
        (r"\$default", true),
        ("static", true),
        ("$integration.response.status", false),
        ("$integration.response.body.errorMessage", false),
        ("$context.stage", false),
        ("${request.body.a", false),
    ] {
        let update = api::UpdateIntegrationResponseInput {
            api_id: api_id.clone(),
            integration_id: integration_id.clone(),
            integration_response_id: id.clone(),
            template_selection_expression: Some(expression.into()),
            ..Default::default()
        };
        let outcome = plane.call::<api::UpdateIntegrationResponse>(update).await;
        assert_eq!(outcome.is_ok(), accepted, "{expression}");
    }
}

#[tokio::test]
async fn a_template_has_at_most_32_k_characters() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    for (key, length, accepted) in [("/1/", 32 * 1024, true), ("/2/", 32 * 1024 + 1, false)] {
        let input = api::CreateIntegrationResponseInput {
            response_templates: Some(texts(&[("$default", &"x".repeat(length))])),
            ..response(&api_id, &integration_id, key)
        };
        let outcome = plane.call::<api::CreateIntegrationResponse>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{length}");
    }
}

#[tokio::test]
async fn deleting_an_integration_takes_its_responses() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    let input = response(&api_id, &integration_id, "$default");
    let created = plane.call::<api::CreateIntegrationResponse>(input).await;
    let delete = api::DeleteIntegrationInput {
        api_id: api_id.clone(),
        integration_id: integration_id.clone(),
    };
    plane.call::<api::DeleteIntegration>(delete).await.unwrap();
    let get = api::GetIntegrationResponseInput {
        api_id,
        integration_id,
        integration_response_id: created.unwrap().integration_response_id.unwrap(),
    };
    let text = "Invalid Integration identifier specified";
    let outcome = plane.call::<api::GetIntegrationResponse>(get).await;
    assert_eq!(refusal(outcome), (404, text.into()));
}

#[tokio::test]
async fn a_deleted_response_is_not_found() {
    let (plane, api_id, integration_id) = plane_with_integration().await;
    let input = response(&api_id, &integration_id, "$default");
    let created = plane.call::<api::CreateIntegrationResponse>(input).await;
    let integration_response_id = created.unwrap().integration_response_id.unwrap();
    let delete = api::DeleteIntegrationResponseInput {
        api_id,
        integration_id,
        integration_response_id,
    };
    let first = plane.call::<api::DeleteIntegrationResponse>(delete.clone());
    first.await.unwrap();
    let text = "Invalid IntegrationResponse identifier specified";
    let outcome = plane.call::<api::DeleteIntegrationResponse>(delete).await;
    assert_eq!(refusal(outcome), (404, text.into()));
}
