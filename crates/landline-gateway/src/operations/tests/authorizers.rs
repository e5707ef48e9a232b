//! Authorizers.

use super::*;

const AUTHORIZER_URI: &str = LAMBDA_URI;

fn request(api_id: &str) -> api::CreateAuthorizerInput {
    api::CreateAuthorizerInput {
        api_id: api_id.into(),
        authorizer_type: api::AuthorizerType::Request,
        authorizer_uri: Some(AUTHORIZER_URI.into()),
        identity_source: Some(vec!["route.request.header.Auth".into()]),
        name: "door".into(),
        ..Default::default()
    }
}

type Change = fn(&mut api::CreateAuthorizerInput);

impl Plane {
    pub(super) async fn authorizer(&self, api_id: &str) -> String {
        let created = self.call::<api::CreateAuthorizer>(request(api_id)).await;
        created.unwrap().authorizer_id.unwrap()
    }
}

#[tokio::test]
async fn an_authorizer_answers_with_exactly_what_it_has() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let created = plane.call::<api::CreateAuthorizer>(request(&api_id)).await;
    let created = created.unwrap();
    assert_eq!(
        members(&created),
        [
            "authorizerId",
            "authorizerType",
            "authorizerUri",
            "identitySource",
            "name"
        ]
    );
    assert_eq!(created.authorizer_id.unwrap().len(), 6);
}

#[tokio::test]
async fn only_request_authorizers_are_there() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let others = [
        api::AuthorizerType::Jwt,
        api::AuthorizerType::Unrecognized("TOKEN".into()),
    ];
    for authorizer_type in others {
        let input = api::CreateAuthorizerInput {
            authorizer_type,
            ..request(&api_id)
        };
        let text = "Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis.";
        let outcome = plane.call::<api::CreateAuthorizer>(input).await;
        assert_eq!(refusal(outcome), (400, text.into()));
    }
}

#[tokio::test]
async fn members_of_http_apis_are_refused_whatever_their_value() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let create = |change: Change| {
        let mut input = request(&api_id);
        change(&mut input);
        plane.call::<api::CreateAuthorizer>(input)
    };
    let cases: [(&str, Change); 7] = [
        ("AuthorizerPayloadFormatVersion", |it| {
            it.authorizer_payload_format_version = Some("1.0".into());
        }),
        ("AuthorizerPayloadFormatVersion", |it| {
            it.authorizer_payload_format_version = Some(String::new());
        }),
        ("AuthorizerResultTtlInSeconds", |it| {
            it.authorizer_result_ttl_in_seconds = Some(0);
        }),
        ("AuthorizerResultTtlInSeconds", |it| {
            it.authorizer_result_ttl_in_seconds = Some(-1);
        }),
        ("EnableSimpleResponses", |it| {
            it.enable_simple_responses = Some(true);
        }),
        ("EnableSimpleResponses", |it| {
            it.enable_simple_responses = Some(false);
        }),
        ("AuthorizerPayloadFormatVersion", |it| {
            it.enable_simple_responses = Some(false);
            it.authorizer_payload_format_version = Some("2.0".into());
        }),
    ];
    for (member, change) in cases {
        let text = format!("{member} cannot be set for WEBSOCKET protocol Apis.");
        assert_eq!(refusal(create(change).await), (400, text));
    }
}

#[tokio::test]
async fn identity_sources_may_be_left_out() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (number, sources) in [None, Some(vec![]), Some(vec![String::new()])]
        .into_iter()
        .enumerate()
    {
        let input = api::CreateAuthorizerInput {
            identity_source: sources,
            name: format!("door{number}"),
            ..request(&api_id)
        };
        let created = plane.call::<api::CreateAuthorizer>(input).await.unwrap();
        assert_eq!(created.identity_source, None);
    }
}

#[tokio::test]
async fn an_authorizer_without_identity_sources_passes_the_wire() {
    let plane = Plane::new();
    let path = format!("/v2/apis/{}/authorizers", plane.api().await);
    let body = format!(
        r#"{{"name":"door","authorizerType":"REQUEST","authorizerUri":"{AUTHORIZER_URI}"}}"#
    );
    let created = plane.request(http::Method::POST, &path, &body).await;
    assert_eq!(created.status(), 201);
    let token = body.replace("REQUEST", "TOKEN");
    let refused = plane.request(http::Method::POST, &path, &token).await;
    let expected = r#"{"message":"Invalid authorizer type. Only REQUEST authorizer type is supported on WEBSOCKET protocol Apis."}"#;
    assert_eq!(refused.body(), expected);
}

#[tokio::test]
async fn four_kinds_of_identity_sources_are_taken() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let sources: Vec<String> = [
        "route.request.header.X-Auth",
        "route.request.querystring.token",
        "stageVariables.tier",
        "context.connectionId",
    ]
    .map(str::to_owned)
    .to_vec();
    let input = api::CreateAuthorizerInput {
        identity_source: Some(sources.clone()),
        ..request(&api_id)
    };
    let created = plane.call::<api::CreateAuthorizer>(input).await.unwrap();
    assert_eq!(created.identity_source, Some(sources));
}

#[tokio::test]
async fn other_identity_sources_are_refused_in_the_words_of_aws() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for source in [
        "$stageVariables.x",
        "route.request.context.x",
        "route.request.stageVariables.x",
        "method.request.header.x",
        "route.request.body.x",
        "route.request.header.a b",
        "route.request.header.",
        "$request.header.Authorization",
    ] {
        let input = api::CreateAuthorizerInput {
            identity_source: Some(vec![source.into()]),
            ..request(&api_id)
        };
        let text = format!(
            "Invalid request identity source expression: {source}. The sources must be separated by comma, and each source must be either a request parameter, matching 'route.request.querystring|header.[a-zA-Z0-9._-]+', or a stage variable, matching 'stageVariables.[a-zA-Z0-9._-]+', or a context parameter, matching 'context.[a-zA-Z0-9._-]+'"
        );
        let outcome = plane.call::<api::CreateAuthorizer>(input).await;
        assert_eq!(refusal(outcome), (400, text));
    }
}

#[tokio::test]
async fn a_uri_that_is_no_invocation_is_refused() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for uri in [
        None,
        Some("arn:aws:lambda:eu-central-1:123456789012:function:door"),
    ] {
        let input = api::CreateAuthorizerInput {
            authorizer_uri: uri.map(str::to_owned),
            ..request(&api_id)
        };
        let outcome = plane.call::<api::CreateAuthorizer>(input).await;
        assert_eq!(refusal(outcome).0, 400, "{uri:?}");
    }
}

#[tokio::test]
async fn an_update_changes_all_or_nothing() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let authorizer_id = plane.authorizer(&api_id).await;
    let update = api::UpdateAuthorizerInput {
        api_id: api_id.clone(),
        authorizer_id: authorizer_id.clone(),
        name: Some("gate".into()),
        identity_source: Some(vec!["nonsense".into()]),
        ..Default::default()
    };
    let outcome = plane.call::<api::UpdateAuthorizer>(update).await;
    assert_eq!(refusal(outcome).0, 400);
    let get = api::GetAuthorizerInput {
        api_id,
        authorizer_id,
    };
    let kept = plane.call::<api::GetAuthorizer>(get).await.unwrap();
    assert_eq!(kept.name, "door");
}

#[tokio::test]
async fn an_update_keeps_what_it_does_not_name_and_clears_what_is_empty() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let role = "arn:aws:iam::123456789012:role/door";
    let input = api::CreateAuthorizerInput {
        authorizer_credentials_arn: Some(role.into()),
        identity_validation_expression: Some("^x".into()),
        ..request(&api_id)
    };
    let created = plane.call::<api::CreateAuthorizer>(input).await.unwrap();
    let update = api::UpdateAuthorizerInput {
        api_id,
        authorizer_id: created.authorizer_id.unwrap(),
        identity_validation_expression: Some(String::new()),
        ..Default::default()
    };
    let updated = plane.call::<api::UpdateAuthorizer>(update).await.unwrap();
    assert_eq!(updated.authorizer_credentials_arn.as_deref(), Some(role));
    assert_eq!(updated.identity_validation_expression, None);
}

#[tokio::test]
async fn an_authorizer_in_use_cannot_be_deleted() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let authorizer_id = plane.authorizer(&api_id).await;
    let input = api::CreateRouteInput {
        authorization_type: Some(api::AuthorizationType::Custom),
        authorizer_id: Some(authorizer_id.clone()),
        ..route(&api_id, "$connect")
    };
    let created = plane.call::<api::CreateRoute>(input).await.unwrap();
    let delete = api::DeleteAuthorizerInput {
        api_id: api_id.clone(),
        authorizer_id: authorizer_id.clone(),
    };
    let text = "Cannot delete authorizer 'door', is referenced in route: $connect";
    let outcome = plane.call::<api::DeleteAuthorizer>(delete.clone()).await;
    assert_eq!(refusal(outcome), (409, text.into()));
    let update = api::UpdateRouteInput {
        api_id: api_id.clone(),
        route_id: created.route_id.unwrap(),
        authorization_type: Some(api::AuthorizationType::None),
        ..Default::default()
    };
    let open = plane.call::<api::UpdateRoute>(update).await.unwrap();
    assert_eq!(open.authorizer_id, None);
    plane.call::<api::DeleteAuthorizer>(delete).await.unwrap();
    let get = api::GetAuthorizerInput {
        api_id,
        authorizer_id,
    };
    let text = "Invalid Authorizer identifier specified";
    let outcome = plane.call::<api::GetAuthorizer>(get).await;
    assert_eq!(refusal(outcome), (404, text.into()));
}

#[tokio::test]
async fn an_api_has_ten_authorizers_and_each_its_name() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane.authorizer(&api_id).await;
    let again = plane.call::<api::CreateAuthorizer>(request(&api_id)).await;
    let text = "Authorizer name must be unique. Authorizer door already exists in this RestApi.";
    assert_eq!(refusal(again), (400, text.into()));
    for number in 1..=10 {
        let input = api::CreateAuthorizerInput {
            name: format!("door{number}"),
            ..request(&api_id)
        };
        let outcome = plane.call::<api::CreateAuthorizer>(input).await;
        assert_eq!(outcome.is_ok(), number < 10, "{number}");
    }
}
