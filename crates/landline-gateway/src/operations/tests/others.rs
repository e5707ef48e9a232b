//! What WebSocket APIs do without, and VPC links.

use super::*;

#[tokio::test]
async fn openapi_cors_and_caches_are_of_http_apis() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let id = api_id.as_str();
    for (method, path, body) in [
        ("PUT", "/v2/apis".to_owned(), r#"{"body":"{}"}"#),
        ("PUT", format!("/v2/apis/{id}"), r#"{"body":"{}"}"#),
        (
            "GET",
            format!("/v2/apis/{id}/exports/OAS30?outputType=JSON"),
            "",
        ),
        ("DELETE", format!("/v2/apis/{id}/cors"), ""),
        (
            "DELETE",
            format!("/v2/apis/{id}/stages/prod/cache/authorizers"),
            "",
        ),
    ] {
        let method = http::Method::from_bytes(method.as_bytes()).unwrap();
        let refused = plane.request(method, &path, body).await;
        assert_eq!(refused.status(), 400, "{path}");
        assert_eq!(refused.headers()["x-amzn-errortype"], "BadRequestException");
    }
}

#[tokio::test]
async fn what_is_asked_of_an_unknown_api_is_not_found_first() {
    let plane = Plane::new();
    let input = api::DeleteCorsConfigurationInput {
        api_id: "abcdefghij".into(),
    };
    let outcome = plane.call::<api::DeleteCorsConfiguration>(input).await;
    assert_eq!(refusal(outcome).0, 404);
}

#[tokio::test]
async fn a_vpc_link_is_made_named_and_deleted() {
    let plane = Plane::new();
    let input = api::CreateVpcLinkInput {
        name: "link".into(),
        subnet_ids: vec!["subnet-1".into()],
        ..Default::default()
    };
    let created = plane.call::<api::CreateVpcLink>(input).await.unwrap();
    assert_eq!(created.vpc_link_status, Some(api::VpcLinkStatus::Available));
    let vpc_link_id = created.vpc_link_id;
    let update = api::UpdateVpcLinkInput {
        vpc_link_id: vpc_link_id.clone(),
        name: Some("other".into()),
    };
    plane.call::<api::UpdateVpcLink>(update).await.unwrap();
    let list = api::GetVpcLinksInput::default();
    let links = plane.call::<api::GetVpcLinks>(list).await.unwrap();
    assert_eq!(links.items.unwrap()[0].name, "other");
    let delete = api::DeleteVpcLinkInput {
        vpc_link_id: vpc_link_id.clone(),
    };
    plane.call::<api::DeleteVpcLink>(delete).await.unwrap();
    let get = api::GetVpcLinkInput { vpc_link_id };
    let outcome = plane.call::<api::GetVpcLink>(get).await;
    assert_eq!(refusal(outcome).0, 404);
}

#[tokio::test]
async fn a_vpc_link_needs_a_subnet() {
    let plane = Plane::new();
    let input = api::CreateVpcLinkInput {
        name: "link".into(),
        ..Default::default()
    };
    let outcome = plane.call::<api::CreateVpcLink>(input).await;
    assert_eq!(refusal(outcome).0, 400);
}

#[tokio::test]
async fn deleting_an_api_takes_all_that_belongs_to_it() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let integration_id = plane.integration(&api_id).await;
    plane.authorizer(&api_id).await;
    let model = api::CreateModelInput {
        api_id: api_id.clone(),
        name: "Chat".into(),
        schema: "{}".into(),
        ..Default::default()
    };
    plane.call::<api::CreateModel>(model).await.unwrap();
    let response = api::CreateIntegrationResponseInput {
        api_id: api_id.clone(),
        integration_id,
        integration_response_key: "$default".into(),
        ..Default::default()
    };
    let response = plane.call::<api::CreateIntegrationResponse>(response);
    response.await.unwrap();
    let delete = api::DeleteApiInput { api_id };
    plane.call::<api::DeleteApi>(delete).await.unwrap();
    let mut left = 0;
    let everything = landline_store::KeyRange::prefix(&[]);
    let mut count = |_: &[u8], _: &[u8]| {
        left += 1;
        std::ops::ControlFlow::Continue(())
    };
    let scanned: Result<(), landline_store::StoreError> = plane
        .store
        .read(|reader| reader.scan(&everything, landline_store::Direction::Forward, &mut count));
    scanned.unwrap();
    assert_eq!(left, 0);
}
