//! Models.

use super::*;

const SCHEMA: &str = r#"{"type":"object","properties":{"action":{"type":"string"}}}"#;

fn model(api_id: &str, name: &str) -> api::CreateModelInput {
    api::CreateModelInput {
        api_id: api_id.into(),
        name: name.into(),
        schema: SCHEMA.into(),
        ..Default::default()
    }
}

impl Plane {
    async fn model(&self, api_id: &str, name: &str) -> String {
        let created = self.call::<api::CreateModel>(model(api_id, name)).await;
        created.unwrap().model_id.unwrap()
    }
}

#[tokio::test]
async fn a_model_is_for_json_unless_it_says_otherwise() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let created = plane.call::<api::CreateModel>(model(&api_id, "Chat")).await;
    let created = created.unwrap();
    assert_eq!(
        members(&created),
        ["contentType", "modelId", "name", "schema"]
    );
    assert_eq!(created.content_type.as_deref(), Some("application/json"));
    assert_eq!(created.model_id.unwrap().len(), 6);
}

#[tokio::test]
async fn a_name_is_alphanumeric_and_given_once() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    plane.model(&api_id, "Chat1").await;
    for (name, status) in [("Chat1", 409), ("my-model", 400), ("", 400), ("a b", 400)] {
        let outcome = plane.call::<api::CreateModel>(model(&api_id, name)).await;
        assert_eq!(refusal(outcome).0, status, "{name}");
    }
}

#[tokio::test]
async fn a_schema_that_is_not_of_draft_4_is_refused() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for schema in [
        "",
        "{",
        "[]",
        r#"{"type":"strin"}"#,
        r#"{"$ref":"http://x"}"#,
    ] {
        let input = api::CreateModelInput {
            schema: schema.into(),
            ..model(&api_id, "Chat")
        };
        let (status, text) = refusal(plane.call::<api::CreateModel>(input).await);
        let begin = "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema specified";
        assert!(status == 400 && text.starts_with(begin), "{text}");
    }
}

#[tokio::test]
async fn an_api_may_leave_its_schemas_unchecked() {
    let plane = Plane::new();
    let input = api::CreateApiInput {
        disable_schema_validation: Some(true),
        ..chat()
    };
    let api = plane.call::<api::CreateApi>(input).await.unwrap();
    let api_id = api.api_id.unwrap();
    for (schema, accepted) in [(r#"{"type":"strin"}"#, true), ("{", false)] {
        let input = api::CreateModelInput {
            schema: schema.into(),
            ..model(&api_id, "Chat")
        };
        let outcome = plane.call::<api::CreateModel>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{schema}");
    }
}

#[tokio::test]
async fn a_schema_has_at_most_32_k_characters() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    for (length, accepted) in [(32 * 1024 - 12, true), (32 * 1024, false)] {
        let input = api::CreateModelInput {
            schema: format!(r#"{{"title":"{}"}}"#, "x".repeat(length)),
            ..model(&api_id, "Chat")
        };
        let outcome = plane.call::<api::CreateModel>(input).await;
        assert_eq!(outcome.is_ok(), accepted, "{length}");
    }
}

#[tokio::test]
async fn a_route_names_models_that_exist() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let with_model = |key, name| api::CreateRouteInput {
        model_selection_expression: Some("$request.body.action".into()),
        request_models: Some(texts(&[("$default", name)])),
        ..route(&api_id, key)
    };
    let outcome = plane
        .call::<api::CreateRoute>(with_model("a", "Chat"))
        .await;
    let text = "Invalid model identifier specified: Chat";
    assert_eq!(refusal(outcome), (400, text.into()));
    plane.model(&api_id, "Chat").await;
    let outcome = plane
        .call::<api::CreateRoute>(with_model("a", "Chat"))
        .await;
    assert!(outcome.is_ok());
}

#[tokio::test]
async fn a_route_response_names_models_that_exist_and_holds_them() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateRouteResponseInput {
        api_id: api_id.clone(),
        route_id: plane.route(&api_id, "a").await,
        route_response_key: "$default".into(),
        response_models: Some(texts(&[("$default", "Chat")])),
        ..Default::default()
    };
    let outcome = plane.call::<api::CreateRouteResponse>(input.clone()).await;
    assert_eq!(refusal(outcome).0, 400);
    let model_id = plane.model(&api_id, "Chat").await;
    plane.call::<api::CreateRouteResponse>(input).await.unwrap();
    let delete = api::DeleteModelInput { api_id, model_id };
    let outcome = plane.call::<api::DeleteModel>(delete).await;
    assert_eq!(refusal(outcome).0, 409);
}

#[tokio::test]
async fn a_model_in_use_can_be_neither_deleted_nor_renamed() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let model_id = plane.model(&api_id, "Chat").await;
    let input = api::CreateRouteInput {
        request_models: Some(texts(&[("$default", "Chat")])),
        ..route(&api_id, "a")
    };
    plane.call::<api::CreateRoute>(input).await.unwrap();
    let delete = api::DeleteModelInput {
        api_id: api_id.clone(),
        model_id: model_id.clone(),
    };
    let text = "Cannot delete model 'Chat', is referenced in route: a";
    let outcome = plane.call::<api::DeleteModel>(delete).await;
    assert_eq!(refusal(outcome), (409, text.into()));
    let rename = api::UpdateModelInput {
        api_id,
        model_id,
        name: Some("Other".into()),
        ..Default::default()
    };
    let outcome = plane.call::<api::UpdateModel>(rename).await;
    assert_eq!(refusal(outcome).0, 409);
}

#[tokio::test]
async fn a_bad_update_leaves_the_model_as_it_was() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let model_id = plane.model(&api_id, "Chat").await;
    let update = api::UpdateModelInput {
        api_id: api_id.clone(),
        model_id: model_id.clone(),
        description: Some("new".into()),
        schema: Some("{".into()),
        ..Default::default()
    };
    let outcome = plane.call::<api::UpdateModel>(update).await;
    assert_eq!(refusal(outcome).0, 400);
    let get = api::GetModelInput { api_id, model_id };
    let kept = plane.call::<api::GetModel>(get).await.unwrap();
    assert_eq!(kept.description, None);
    assert_eq!(kept.schema.as_deref(), Some(SCHEMA));
}

#[tokio::test]
async fn a_template_is_made_of_the_schema() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let input = api::CreateModelInput {
        schema: r##"{"definitions":{"n":{"type":"integer"}},"properties":{"a":{"type":"string"},"b":{"$ref":"#/definitions/n"},"c":{"items":{"type":"boolean"}},"d":{},"e":{"type":"number"}}}"##.into(),
        ..model(&api_id, "Chat")
    };
    let created = plane.call::<api::CreateModel>(input).await.unwrap();
    let get = api::GetModelTemplateInput {
        api_id,
        model_id: created.model_id.unwrap(),
    };
    let template = plane.call::<api::GetModelTemplate>(get).await.unwrap();
    let expected = "#set($inputRoot = $input.path('$'))
{
  \"a\" : \"foo\",
  \"b\" : 42,
  \"c\" : [
HINT
#foreach($elem in $inputRoot)
    true
#if($foreach.hasNext),#end
#end
  ],
  \"d\" : { },
  \"e\" : 3.1415
}";
    let expected = expected.replace("HINT", crate::operations::model_template::HINT);
    assert_eq!(template.value, Some(expected));
}

#[tokio::test]
async fn the_template_of_a_model_that_contains_itself_ends() {
    let plane = Plane::new();
    let api_id = plane.api().await;
    let properties: Vec<String> = (0..40)
        .map(|n| format!(r##""p{n}":{{"$ref":"#"}}"##))
        .collect();
    let input = api::CreateModelInput {
        schema: format!(r#"{{"properties":{{{}}}}}"#, properties.join(",")),
        ..model(&api_id, "Tree")
    };
    let created = plane.call::<api::CreateModel>(input).await.unwrap();
    let get = api::GetModelTemplateInput {
        api_id,
        model_id: created.model_id.unwrap(),
    };
    let template = plane.call::<api::GetModelTemplate>(get).await.unwrap();
    assert!(template.value.unwrap().len() < 200_000);
}
