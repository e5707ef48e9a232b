//! APIs.

use super::*;

#[tokio::test]
async fn a_minimal_api_answers_with_exactly_the_members_that_have_defaults() {
    let plane = Plane::new();
    let api = plane.call::<api::CreateApi>(chat()).await.unwrap();
    assert_eq!(
        members(&api),
        [
            "apiEndpoint",
            "apiId",
            "apiKeySelectionExpression",
            "createdDate",
            "disableExecuteApiEndpoint",
            "ipAddressType",
            "name",
            "protocolType",
            "routeSelectionExpression",
        ]
    );
}

#[tokio::test]
async fn the_endpoint_is_made_of_identifier_and_region() {
    let plane = Plane::new();
    let api = plane.call::<api::CreateApi>(chat()).await.unwrap();
    let id = api.api_id.unwrap();
    assert_eq!(id.len(), 10);
    assert_eq!(
        api.api_endpoint.unwrap(),
        format!("wss://{id}.execute-api.eu-central-1.amazonaws.com")
    );
}

#[tokio::test]
async fn dates_have_no_milliseconds() {
    let plane = Plane::new();
    let api = plane.call::<api::CreateApi>(chat()).await.unwrap();
    assert_eq!(api.created_date, Timestamp::parse("2027-02-03T09:15:42Z"));
}

#[tokio::test]
async fn a_websocket_api_needs_a_route_selection_expression() {
    let plane = Plane::new();
    let input = api::CreateApiInput {
        route_selection_expression: None,
        ..chat()
    };
    let (status, message) = refusal(plane.call::<api::CreateApi>(input).await);
    assert_eq!(
        (status, message.as_str()),
        (
            400,
            "RouteSelectionExpression is required for WEBSOCKET protocol"
        )
    );
}

#[tokio::test]
async fn an_unknown_api_is_named_with_the_callers_account() {
    let plane = Plane::new();
    let input = api::GetApiInput {
        api_id: "nosuchapi0".into(),
    };
    assert_eq!(
        refusal(plane.call::<api::GetApi>(input).await),
        (
            404,
            "Invalid API identifier specified 123456789012:nosuchapi0".into()
        )
    );
}

#[tokio::test]
async fn an_update_keeps_what_it_leaves_out_and_clears_what_is_empty() {
    let plane = Plane::new();
    let input = api::CreateApiInput {
        description: Some("first".into()),
        version: Some("1".into()),
        ..chat()
    };
    let created = plane.call::<api::CreateApi>(input).await.unwrap();
    let update = api::UpdateApiInput {
        api_id: created.api_id.clone().unwrap(),
        description: Some(String::new()),
        ..Default::default()
    };
    let updated = plane.call::<api::UpdateApi>(update).await.unwrap();
    let expected = api::Api {
        description: None,
        ..created
    };
    assert_eq!(updated, expected);
}

#[tokio::test]
async fn one_invalid_member_of_an_update_changes_nothing() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let update = api::UpdateApiInput {
        api_id: api_id.clone(),
        name: Some("renamed".into()),
        api_key_selection_expression: Some("$request.header.other".into()),
        ..Default::default()
    };
    assert_eq!(refusal(plane.call::<api::UpdateApi>(update).await).0, 400);
    let input = api::GetApiInput { api_id };
    let api = plane.call::<api::GetApi>(input).await.unwrap();
    assert_eq!(api.name, "chat");
}

#[tokio::test]
async fn lists_are_sorted_by_identifier_and_come_in_pages() {
    let plane = Plane::new();
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(plane.api().await);
    }
    ids.sort();
    let mut seen = Vec::new();
    let mut next_token = None;
    loop {
        let input = api::GetApisInput {
            max_results: Some("2".into()),
            next_token,
        };
        let page = plane.call::<api::GetApis>(input).await.unwrap();
        let items = page.items.unwrap();
        assert!(items.len() <= 2);
        seen.extend(items.into_iter().filter_map(|api| api.api_id));
        next_token = page.next_token;
        if next_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, ids);
}

#[tokio::test]
async fn a_page_size_that_is_no_number_is_refused() {
    let plane = Plane::new();
    let input = api::GetApisInput {
        max_results: Some("many".into()),
        next_token: None,
    };
    assert_eq!(refusal(plane.call::<api::GetApis>(input).await).0, 400);
}

#[tokio::test]
async fn deleting_an_api_takes_all_that_belongs_to_it() {
    let plane = Plane::new();
    let api_id = plane.served_api().await;
    let slot = plane.live.get(&api_id, "prod").unwrap();
    let input = api::DeleteApiInput {
        api_id: api_id.clone(),
    };
    plane.call::<api::DeleteApi>(input).await.unwrap();
    assert!(slot.is_retired());
    let left = plane
        .store
        .read(|reader| crate::state::list::<api::Route>(reader, &api_id))
        .unwrap();
    assert_eq!(left, []);
}

#[tokio::test]
async fn no_more_apis_than_the_limit() {
    let plane = Plane::with_limits(ResourceLimits {
        apis: 1,
        ..Default::default()
    });
    plane.api().await;
    let (status, message) = refusal(plane.call::<api::CreateApi>(chat()).await);
    assert_eq!(status, 429);
    assert!(message.starts_with("Maximum number of Apis"), "{message}");
}

#[tokio::test]
async fn an_empty_api_key_selection_goes_back_to_the_header() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (given, kept) in [
        (
            "$context.authorizer.usageIdentifierKey",
            "$context.authorizer.usageIdentifierKey",
        ),
        ("", "$request.header.x-api-key"),
    ] {
        let update = api::UpdateApiInput {
            api_id: api_id.clone(),
            api_key_selection_expression: Some(given.into()),
            ..Default::default()
        };
        let updated = plane.call::<api::UpdateApi>(update).await.unwrap();
        assert_eq!(updated.api_key_selection_expression.as_deref(), Some(kept));
    }
}
