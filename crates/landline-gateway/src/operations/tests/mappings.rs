//! Mappings of custom domains.

use super::domains::mapping;
use super::*;

#[tokio::test]
async fn a_mapping_of_the_root_shows_an_empty_key() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.domain("ws.example.com").await;
    let made = plane.map("ws.example.com", &api_id, None).await;
    assert_eq!(
        members(&made),
        ["apiId", "apiMappingId", "apiMappingKey", "stage"]
    );
    assert_eq!(made.api_mapping_key.as_deref(), Some(""));
    assert_eq!(made.api_mapping_id.as_deref().map(str::len), Some(6));
    let get = api::GetApiMappingInput {
        domain_name: "ws.example.com".into(),
        api_mapping_id: made.api_mapping_id.clone().unwrap(),
    };
    assert_eq!(plane.call::<api::GetApiMapping>(get).await.unwrap(), made);
}

#[tokio::test]
async fn mapping_keys_follow_their_rules() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.domain("ws.example.com").await;
    let start = "API mapping key should not start with a '/' or have consecutive '/'s.";
    let end = "API mapping key should not end with a '/'.";
    for (key, message) in [("/a", start), ("a//b", start), ("/", start), ("a/", end)] {
        let input = mapping("ws.example.com", &api_id, Some(key));
        let refused = refusal(plane.call::<api::CreateApiMapping>(input).await);
        assert_eq!(refused, (400, message.to_owned()), "{key}");
    }
    for key in ["a b", "a?b", "ä", &"a".repeat(301)] {
        let input = mapping("ws.example.com", &api_id, Some(key));
        assert_eq!(
            refusal(plane.call::<api::CreateApiMapping>(input).await).0,
            400,
            "{key}"
        );
    }
    for key in ["a", "a/b/c", "$-_.+!*'()", &"a".repeat(300)] {
        plane.map("ws.example.com", &api_id, Some(key)).await;
    }
}

#[tokio::test]
async fn a_key_is_mapped_once_per_domain() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    for name in ["a.example.com", "b.example.com"] {
        plane.domain(name).await;
        plane.map(name, &api_id, Some("chat")).await;
    }
    let again = mapping("a.example.com", &api_id, Some("chat"));
    let message = "ApiMapping key already exists for this domain name";
    assert_eq!(
        refusal(plane.call::<api::CreateApiMapping>(again).await),
        (409, message.to_owned())
    );
}

#[tokio::test]
async fn a_mapping_leads_to_an_api_and_a_stage_that_exist() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.domain("ws.example.com").await;
    let mut nowhere = mapping("ws.example.com", &api_id, None);
    nowhere.stage = "nowhere".into();
    assert_eq!(
        refusal(plane.call::<api::CreateApiMapping>(nowhere).await),
        (400, "Invalid stage identifier specified".to_owned())
    );
    let nobody = mapping("ws.example.com", "nobody", None);
    assert_eq!(
        refusal(plane.call::<api::CreateApiMapping>(nobody).await).0,
        404
    );
}

#[tokio::test]
async fn a_mapping_is_updated_and_cleared_to_the_root() {
    let plane = Plane::new();
    let (one, two) = (plane.served_api().await, plane.served_api().await);
    plane.domain("ws.example.com").await;
    let made = plane.map("ws.example.com", &one, Some("chat")).await;
    let mut input = api::UpdateApiMappingInput {
        domain_name: "ws.example.com".into(),
        api_mapping_id: made.api_mapping_id.unwrap(),
        api_id: two.clone(),
        ..Default::default()
    };
    let moved = plane
        .call::<api::UpdateApiMapping>(input.clone())
        .await
        .unwrap();
    assert_eq!(
        (moved.api_id, moved.api_mapping_key.as_deref()),
        (two, Some("chat"))
    );
    input.api_mapping_key = Some(String::new());
    plane.call::<api::UpdateApiMapping>(input).await.unwrap();
    assert_eq!(
        plane.mapped("ws.example.com", &["chat"]).unwrap().key.len(),
        0
    );
}

#[tokio::test]
async fn an_api_that_is_mapped_cannot_be_deleted() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    plane.domain("ws.example.com").await;
    let made = plane.map("ws.example.com", &api_id, None).await;
    let delete = api::DeleteApiInput {
        api_id: api_id.clone(),
    };
    let message = format!(
        "Deleting API {api_id} failed. Please remove all API mappings for the API from your custom domain names."
    );
    assert_eq!(
        refusal(plane.call::<api::DeleteApi>(delete.clone()).await),
        (400, message)
    );
    let unmap = api::DeleteApiMappingInput {
        domain_name: "ws.example.com".into(),
        api_mapping_id: made.api_mapping_id.unwrap(),
    };
    plane.call::<api::DeleteApiMapping>(unmap).await.unwrap();
    plane.call::<api::DeleteApi>(delete).await.unwrap();
}
