//! Routes and route responses.

use bytes::Bytes;

use super::*;

#[tokio::test]
async fn a_minimal_route_answers_with_exactly_the_members_that_have_defaults() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = route(&api_id, "sendmessage");
    let route = plane.call::<api::CreateRoute>(input).await.unwrap();
    assert_eq!(
        members(&route),
        ["apiKeyRequired", "authorizationType", "routeId", "routeKey"]
    );
    assert_eq!(route.route_id.unwrap().len(), 7);
}

#[tokio::test]
async fn a_second_route_with_the_same_key_is_a_conflict() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane.route(&api_id, "$connect").await;
    let again = route(&api_id, "$connect");
    assert_eq!(
        refusal(plane.call::<api::CreateRoute>(again).await),
        (
            409,
            "Route with key $connect already exists for this API".into()
        )
    );
}

#[tokio::test]
async fn a_route_cannot_take_the_key_of_another() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane.route(&api_id, "one").await;
    let update = api::UpdateRouteInput {
        route_id: plane.route(&api_id, "two").await,
        api_id,
        route_key: Some("one".into()),
        ..Default::default()
    };
    assert_eq!(refusal(plane.call::<api::UpdateRoute>(update).await).0, 409);
}

#[tokio::test]
async fn keys_with_a_dollar_are_reserved_for_the_three_of_aws() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for key in ["$connect", "$disconnect", "$default", "a/b c"] {
        plane.route(&api_id, key).await;
    }
    for key in ["$other", ""] {
        let outcome = plane.call::<api::CreateRoute>(route(&api_id, key)).await;
        let text = "The provided route key is not formatted properly";
        assert_eq!(refusal(outcome), (400, text.into()), "{key}");
    }
}

#[tokio::test]
async fn authorization_is_for_connect_alone() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let authorized = |key| api::CreateRouteInput {
        authorization_type: Some(api::AuthorizationType::AwsIam),
        ..route(&api_id, key)
    };
    let connect = plane.call::<api::CreateRoute>(authorized("$connect")).await;
    assert!(connect.is_ok());
    assert_eq!(
        refusal(
            plane
                .call::<api::CreateRoute>(authorized("sendmessage"))
                .await
        ),
        (
            400,
            "Currently, authorization is restricted to the $connect route only".into()
        )
    );
}

#[tokio::test]
async fn custom_authorization_needs_an_authorizer_that_exists() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let custom = |id: Option<&str>| api::CreateRouteInput {
        authorization_type: Some(api::AuthorizationType::Custom),
        authorizer_id: id.map(str::to_owned),
        ..route(&api_id, "$connect")
    };
    let text = "Invalid Authorizer identifier specified";
    for id in [None, Some("abcdef")] {
        let outcome = plane.call::<api::CreateRoute>(custom(id)).await;
        assert_eq!(refusal(outcome), (404, text.into()), "{id:?}");
    }
    let id = plane.authorizer(&api_id).await;
    let outcome = plane.call::<api::CreateRoute>(custom(Some(&id))).await;
    assert_eq!(outcome.unwrap().authorizer_id, Some(id));
}

#[tokio::test]
async fn jwt_authorization_is_for_http_apis() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateRouteInput {
        authorization_type: Some(api::AuthorizationType::Jwt),
        ..route(&api_id, "$connect")
    };
    assert_eq!(refusal(plane.call::<api::CreateRoute>(input).await).0, 400);
}

#[tokio::test]
async fn an_authorized_route_cannot_take_another_key() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateRouteInput {
        authorization_type: Some(api::AuthorizationType::AwsIam),
        ..route(&api_id, "$connect")
    };
    let created = plane.call::<api::CreateRoute>(input).await.unwrap();
    let update = api::UpdateRouteInput {
        api_id,
        route_id: created.route_id.unwrap(),
        route_key: Some("message".into()),
        ..Default::default()
    };
    assert_eq!(refusal(plane.call::<api::UpdateRoute>(update).await).0, 400);
}

#[tokio::test]
async fn request_parameters_have_a_place_and_a_name() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (number, (name, accepted)) in [
        ("route.request.querystring.room", true),
        ("route.request.header.X-Room", true),
        ("route.request.multivalueheader.X-Room", true),
        ("route.request.querystring.", false),
        ("route.request.cookie.a", false),
        ("route.request.header.a b", false),
        ("method.request.header.a", false),
    ]
    .into_iter()
    .enumerate()
    {
        let constraints = api::ParameterConstraints {
            required: Some(true),
        };
        let input = api::CreateRouteInput {
            request_parameters: Some(BTreeMap::from([(name.to_owned(), constraints)])),
            ..route(&api_id, &format!("r{number}"))
        };
        let outcome = plane.call::<api::CreateRoute>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{name}");
    }
}

#[tokio::test]
async fn a_target_must_be_an_integration_of_the_api() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let with_target = |key, target: &str| api::CreateRouteInput {
        target: Some(target.into()),
        ..route(&api_id, key)
    };
    let missing = with_target("one", "integrations/abcdefg");
    assert_eq!(
        refusal(plane.call::<api::CreateRoute>(missing).await),
        (404, "Invalid Integration identifier specified".into())
    );
    let malformed = with_target("one", "abcdefg");
    assert_eq!(
        refusal(plane.call::<api::CreateRoute>(malformed).await).0,
        400
    );
    let target = format!("integrations/{}", plane.integration(&api_id).await);
    let created = plane
        .call::<api::CreateRoute>(with_target("one", &target))
        .await;
    assert_eq!(created.unwrap().target, Some(target));
}

#[tokio::test]
async fn an_update_of_a_route_answers_201() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let route_id = plane.route(&api_id, "sendmessage").await;
    let request = http::Request::patch(format!("/v2/apis/{api_id}/routes/{route_id}"))
        .header("host", "apigateway.eu-central-1.amazonaws.com")
        .body(Bytes::from_static(br#"{"operationName":"Send"}"#))
        .unwrap();
    let response = landline_wire::protocol::serve(
        &plane.dispatcher,
        request,
        Some("apigateway"),
        &plane.caller,
    )
    .await;
    assert_eq!(response.status(), 201);
}

#[tokio::test]
async fn an_empty_target_unties_a_route() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateRouteInput {
        target: Some(format!("integrations/{}", plane.integration(&api_id).await)),
        ..route(&api_id, "one")
    };
    let created = plane.call::<api::CreateRoute>(input).await.unwrap();
    let update = api::UpdateRouteInput {
        api_id,
        route_id: created.route_id.unwrap(),
        target: Some(String::new()),
        ..Default::default()
    };
    let updated = plane.call::<api::UpdateRoute>(update).await.unwrap();
    assert_eq!(updated.target, None);
}

#[tokio::test]
async fn request_parameters_are_merged_and_deleted_one_by_one() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let required = |name: &str| {
        let constraints = api::ParameterConstraints {
            required: Some(true),
        };
        BTreeMap::from([(format!("route.request.querystring.{name}"), constraints)])
    };
    let input = api::CreateRouteInput {
        request_parameters: Some(required("room")),
        ..route(&api_id, "$connect")
    };
    let created = plane.call::<api::CreateRoute>(input).await.unwrap();
    let route_id = created.route_id.unwrap();
    let update = api::UpdateRouteInput {
        api_id: api_id.clone(),
        route_id: route_id.clone(),
        request_parameters: Some(required("user")),
        ..Default::default()
    };
    let updated = plane.call::<api::UpdateRoute>(update).await.unwrap();
    assert_eq!(updated.request_parameters.unwrap().len(), 2);
    let delete = api::DeleteRouteRequestParameterInput {
        api_id: api_id.clone(),
        route_id: route_id.clone(),
        request_parameter_key: "route.request.querystring.room".into(),
    };
    plane
        .call::<api::DeleteRouteRequestParameter>(delete)
        .await
        .unwrap();
    let input = api::GetRouteInput { api_id, route_id };
    let left = plane.call::<api::GetRoute>(input).await.unwrap();
    assert_eq!(left.request_parameters, Some(required("user")));
}

#[tokio::test]
async fn a_minimal_route_response_answers_with_identifier_and_key() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = route_response(&api_id, &plane.route(&api_id, "ask").await, "$default");
    let response = plane.call::<api::CreateRouteResponse>(input).await.unwrap();
    assert_eq!(members(&response), ["routeResponseId", "routeResponseKey"]);
    assert_eq!(response.route_response_id.unwrap().len(), 6);
}

#[tokio::test]
async fn a_route_response_has_the_key_default_and_no_other() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let route_id = plane.route(&api_id, "ask").await;
    let other = route_response(&api_id, &route_id, "other");
    let outcome = plane.call::<api::CreateRouteResponse>(other).await;
    assert_eq!(refusal(outcome).0, 400);
}

#[tokio::test]
async fn deleting_a_route_takes_its_responses() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let route_id = plane.route(&api_id, "ask").await;
    let input = route_response(&api_id, &route_id, "$default");
    plane.call::<api::CreateRouteResponse>(input).await.unwrap();
    let delete = api::DeleteRouteInput {
        api_id: api_id.clone(),
        route_id: route_id.clone(),
    };
    plane.call::<api::DeleteRoute>(delete).await.unwrap();
    let list = api::GetRouteResponsesInput {
        api_id,
        route_id,
        ..Default::default()
    };
    assert_eq!(
        refusal(plane.call::<api::GetRouteResponses>(list).await),
        (404, "Invalid Route identifier specified".into())
    );
}

#[tokio::test]
async fn no_more_routes_than_the_limit() {
    let plane = Plane::with_limits(ResourceLimits {
        routes_per_api: 1,
        ..Default::default()
    });
    let api_id = plane.api().await;
    plane.route(&api_id, "one").await;
    let outcome = plane.call::<api::CreateRoute>(route(&api_id, "two")).await;
    assert_eq!(refusal(outcome).0, 429);
}

fn route_response(api_id: &str, route_id: &str, key: &str) -> api::CreateRouteResponseInput {
    api::CreateRouteResponseInput {
        api_id: api_id.into(),
        route_id: route_id.into(),
        route_response_key: key.into(),
        ..Default::default()
    }
}
