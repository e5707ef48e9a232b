//! What REST APIs refuse, and what they leave out or fill in, in the words that were recorded from AWS.

use landline_api::apigateway as rest;

use super::rest_apis::patch;
use super::*;

fn method(api: &str, resource: &str) -> rest::PutMethodInput {
    rest::PutMethodInput {
        rest_api_id: api.into(),
        resource_id: resource.into(),
        http_method: "GET".into(),
        authorization_type: "NONE".into(),
        ..Default::default()
    }
}

#[tokio::test]
async fn what_is_missing_depends_on_what_was_asked_for() {
    let plane = Plane::new();
    let list = rest::GetAuthorizersInput {
        rest_api_id: "none".into(),
        ..Default::default()
    };
    assert_eq!(
        refusal(plane.call::<rest::GetAuthorizers>(list).await),
        (
            404,
            "Invalid API identifier specified 123456789012:none".into()
        )
    );
    let put = plane.call::<rest::PutMethod>(method("none", "none")).await;
    assert_eq!(
        refusal(put),
        (404, "Invalid Resource identifier specified".into())
    );
    let model = rest::GetModelInput {
        rest_api_id: "none".into(),
        model_name: "Pet".into(),
        flatten: None,
    };
    assert_eq!(
        refusal(plane.call::<rest::GetModel>(model).await),
        (404, "Invalid model name specified: Pet".into())
    );
    let validator = rest::CreateRequestValidatorInput {
        rest_api_id: "none".into(),
        ..Default::default()
    };
    assert_eq!(
        refusal(plane.call::<rest::CreateRequestValidator>(validator).await),
        (400, "Invalid REST API identifier specified".into())
    );
}

#[tokio::test]
async fn an_endpoint_has_one_type_and_an_ip_address_type() {
    let plane = Plane::new();
    let create = |endpoint: Option<rest::EndpointConfiguration>| rest::CreateRestApiInput {
        name: "pets".into(),
        endpoint_configuration: endpoint,
        ..Default::default()
    };
    let made = plane.call::<rest::CreateRestApi>(create(None)).await;
    let endpoint = made.unwrap().endpoint_configuration.unwrap();
    assert_eq!(endpoint.ip_address_type, Some(rest::IpAddressType::Ipv4));
    let of = |types: &[rest::EndpointType]| {
        create(Some(rest::EndpointConfiguration {
            types: Some(types.to_vec()),
            ..Default::default()
        }))
    };
    let private = of(&[rest::EndpointType::Private]);
    let made = plane.call::<rest::CreateRestApi>(private).await;
    let endpoint = made.unwrap().endpoint_configuration.unwrap();
    assert_eq!(
        endpoint.ip_address_type,
        Some(rest::IpAddressType::Dualstack)
    );
    let two = of(&[rest::EndpointType::Edge, rest::EndpointType::Regional]);
    assert_eq!(
        refusal(plane.call::<rest::CreateRestApi>(two).await).1,
        "Cannot create an api with multiple Endpoint Types."
    );
    let undescribed = rest::CreateRestApiInput {
        description: Some(String::new()),
        ..create(None)
    };
    assert_eq!(
        refusal(plane.call::<rest::CreateRestApi>(undescribed).await).1,
        "Description cannot be an empty string"
    );
}

#[tokio::test]
async fn a_method_names_only_what_its_api_has() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let parameters = ["method.request.header.id", "method.request.querystring.id"];
    let cases = [
        (
            rest::PutMethodInput {
                request_validator_id: Some("none".into()),
                ..method(&api, &root)
            },
            "Invalid Request Validator identifier specified",
        ),
        (
            rest::PutMethodInput {
                request_models: Some(texts(&[("application/json", "Pet")])),
                ..method(&api, &root)
            },
            "Invalid model identifier specified: Pet",
        ),
        (
            rest::PutMethodInput {
                request_parameters: Some(parameters.map(|it| (it.to_owned(), true)).into()),
                ..method(&api, &root)
            },
            "Parameter names must be unique across querystring, header and path",
        ),
        (
            rest::PutMethodInput {
                authorization_type: "COGNITO_USER_POOLS".into(),
                ..method(&api, &root)
            },
            "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
        ),
        (
            rest::PutMethodInput {
                http_method: "FETCH".into(),
                ..method(&api, &root)
            },
            "Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
        ),
    ];
    for (input, message) in cases {
        let answer = plane.call::<rest::PutMethod>(input).await;
        assert_eq!(refusal(answer), (400, message.into()));
    }
    // Every API has this one.
    let empty = rest::PutMethodInput {
        request_models: Some(texts(&[("application/json", "Empty")])),
        ..method(&api, &root)
    };
    plane.call::<rest::PutMethod>(empty).await.unwrap();
}

#[tokio::test]
async fn a_model_that_requests_are_checked_by_stays() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let create = |schema: Option<&str>| rest::CreateModelInput {
        rest_api_id: api.clone(),
        name: "Pet".into(),
        schema: schema.map(Into::into),
        content_type: "application/json".into(),
        ..Default::default()
    };
    assert_eq!(
        refusal(plane.call::<rest::CreateModel>(create(None)).await).1,
        "Model schema must have at least 1 property or array items defined"
    );
    plane
        .call::<rest::CreateModel>(create(Some("{}")))
        .await
        .unwrap();
    let put = rest::PutMethodInput {
        request_models: Some(texts(&[("application/json", "Pet")])),
        ..method(&api, &root)
    };
    plane.call::<rest::PutMethod>(put).await.unwrap();
    let delete = || rest::DeleteModelInput {
        rest_api_id: api.clone(),
        model_name: "Pet".into(),
    };
    assert_eq!(
        refusal(plane.call::<rest::DeleteModel>(delete()).await),
        (
            409,
            "Cannot delete model 'Pet', is referenced in method request: //GET".into()
        )
    );
    let update = rest::UpdateMethodInput {
        rest_api_id: api.clone(),
        resource_id: root,
        http_method: "GET".into(),
        patch_operations: Some(vec![patch(
            rest::Op::Remove,
            "/requestModels/application~1json",
            "",
        )]),
    };
    let changed = plane.call::<rest::UpdateMethod>(update).await.unwrap();
    assert_eq!(changed.request_models, None);
    plane.call::<rest::DeleteModel>(delete()).await.unwrap();
}

#[tokio::test]
async fn a_path_has_one_variable_at_a_place_and_nothing_below_a_greedy_one() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let greedy = plane.resource(&api, &root, "{proxy+}").await;
    let create = |parent: &str, part: &str| rest::CreateResourceInput {
        rest_api_id: api.clone(),
        parent_id: parent.into(),
        path_part: part.into(),
    };
    let cases = [
        (
            create(&root, "{id}"),
            "A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed",
        ),
        (
            create(&greedy, "below"),
            "Cannot create a child of a resource with a greedy path variable: {proxy+}",
        ),
    ];
    for (input, message) in cases {
        let answer = plane.call::<rest::CreateResource>(input).await;
        assert_eq!(refusal(answer), (400, message.into()));
    }
    plane.resource(&api, &root, "pets").await;
}

#[tokio::test]
async fn a_resource_moves_to_no_place_below_itself() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    let pets = plane.resource(&api, &root, "pets").await;
    let cats = plane.resource(&api, &pets, "cats").await;
    let change = |id: &str, op: rest::Op, path: &str, value: &str| rest::UpdateResourceInput {
        rest_api_id: api.clone(),
        resource_id: id.into(),
        patch_operations: Some(vec![patch(op, path, value)]),
    };
    let cases = [
        (
            change(&pets, rest::Op::Replace, "/parentId", &cats),
            "Resources cannot be cyclical.",
        ),
        (
            change(&root, rest::Op::Replace, "/pathPart", "x"),
            "Root resource cannot update its pathPart.",
        ),
        (
            change(&pets, rest::Op::Remove, "/pathPart", ""),
            "Invalid patch path  '/pathPart' specified for op 'remove'. Please choose supported operations",
        ),
        (
            change(&pets, rest::Op::Replace, "/invalid", "x"),
            "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
        ),
    ];
    for (input, message) in cases {
        let answer = plane.call::<rest::UpdateResource>(input).await;
        assert_eq!(refusal(answer), (400, message.into()));
    }
    let named = change(&cats, rest::Op::Replace, "/pathPart", "dogs");
    let renamed = plane.call::<rest::UpdateResource>(named).await.unwrap();
    assert_eq!(renamed.path.as_deref(), Some("/pets/dogs"));
}

#[tokio::test]
async fn the_access_log_of_a_stage_goes_as_a_whole() {
    let plane = Plane::new();
    let (api, root) = plane.rest_api().await;
    plane.mock(&api, &root, "GET").await;
    plane.deploy_rest(&api, "live").await;
    let change = |op: rest::Op, path: &str, value: &str| rest::UpdateStageInput {
        rest_api_id: api.clone(),
        stage_name: "live".into(),
        patch_operations: Some(vec![patch(op, path, value)]),
    };
    let cases = [
        (
            change(rest::Op::Replace, "/accessLogSettings/other", "x"),
            "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]",
        ),
        (
            change(rest::Op::Replace, "/accessLogSettings/format", ""),
            "Access Log value must not be empty",
        ),
        (
            change(rest::Op::Remove, "/accessLogSettings/format", ""),
            "Cannot remove method setting accessLogSettings/format because there is no method setting for this method ",
        ),
        (
            change(rest::Op::Remove, "/*/*", ""),
            "Cannot remove method setting */* because there is no method setting for this method ",
        ),
    ];
    for (input, message) in cases {
        let answer = plane.call::<rest::UpdateStage>(input).await;
        assert_eq!(refusal(answer), (400, message.into()));
    }
    let get = rest::GetStageInput {
        rest_api_id: api.clone(),
        stage_name: "live".into(),
    };
    let stage = plane.call::<rest::GetStage>(get).await.unwrap();
    assert_eq!(stage.method_settings, Some(BTreeMap::new()));
}
