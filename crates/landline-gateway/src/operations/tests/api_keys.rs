//! API keys, tags and the account, by the operations of REST APIs.

use landline_api::apigateway as v1;

use super::*;

fn op(op: v1::Op, path: &str, value: &str) -> v1::PatchOperation {
    v1::PatchOperation {
        op: Some(op),
        path: Some(path.into()),
        value: Some(value.into()),
        from: None,
    }
}

impl Plane {
    pub(super) async fn api_key(&self, name: &str) -> v1::ApiKey {
        let input = v1::CreateApiKeyInput {
            name: Some(name.into()),
            enabled: Some(true),
            ..Default::default()
        };
        self.call::<v1::CreateApiKey>(input).await.unwrap()
    }

    async fn patch_key(
        &self,
        id: &str,
        operation: v1::PatchOperation,
    ) -> Result<v1::ApiKey, ServiceError> {
        let input = v1::UpdateApiKeyInput {
            api_key: id.into(),
            patch_operations: Some(vec![operation]),
        };
        self.call::<v1::UpdateApiKey>(input).await
    }
}

#[tokio::test]
async fn a_key_is_made_up_and_disabled_unless_it_is_said() {
    let plane = Plane::new();
    let input = v1::CreateApiKeyInput::default();
    let created = plane.call::<v1::CreateApiKey>(input).await.unwrap();
    assert_eq!(
        members(&created),
        [
            "createdDate",
            "enabled",
            "id",
            "lastUpdatedDate",
            "stageKeys",
            "value"
        ]
    );
    assert_eq!(created.enabled, Some(false));
    assert_eq!(created.id.unwrap().len(), 10);
    let value = created.value.unwrap();
    assert_eq!(value.len(), 40);
    assert!(value.bytes().all(|b| b.is_ascii_alphanumeric()));
}

#[tokio::test]
async fn a_value_has_20_to_128_characters_and_is_given_once() {
    let plane = Plane::new();
    for (length, expected) in [(19, 400), (20, 201), (128, 201), (129, 400)] {
        let input = v1::CreateApiKeyInput {
            value: Some("v".repeat(length)),
            ..Default::default()
        };
        let outcome = plane.call::<v1::CreateApiKey>(input).await;
        let status = outcome.map_or_else(|error| error.status, |_| 201);
        assert_eq!(status, expected, "{length}");
    }
    let input = v1::CreateApiKeyInput {
        value: Some("v".repeat(20)),
        ..Default::default()
    };
    let again = plane.call::<v1::CreateApiKey>(input).await;
    assert_eq!(refusal(again), (409, "API Key already exists".into()));
}

#[tokio::test]
async fn a_value_is_shown_to_those_who_ask_for_it() {
    let plane = Plane::new();
    let created = plane.api_key("mobile").await;
    for include in [None, Some(false), Some(true)] {
        let input = v1::GetApiKeyInput {
            api_key: created.id.clone().unwrap(),
            include_value: include,
        };
        let key = plane.call::<v1::GetApiKey>(input).await.unwrap();
        assert_eq!(key.value.is_some(), include == Some(true));
        let input = v1::GetApiKeysInput {
            include_values: include,
            ..Default::default()
        };
        let keys = plane.call::<v1::GetApiKeys>(input).await.unwrap();
        let key = &keys.items.unwrap()[0];
        assert_eq!(key.value.is_some(), include == Some(true));
    }
}

#[tokio::test]
async fn keys_are_found_by_the_beginning_of_their_names() {
    let plane = Plane::new();
    for name in ["mobile-a", "mobile-b", "web"] {
        plane.api_key(name).await;
    }
    let input = v1::GetApiKeysInput {
        name_query: Some("mobile".into()),
        ..Default::default()
    };
    let keys = plane.call::<v1::GetApiKeys>(input).await.unwrap();
    assert_eq!(keys.items.unwrap().len(), 2);
}

#[tokio::test]
async fn keys_come_in_pages() {
    let plane = Plane::new();
    for number in 0..5 {
        plane.api_key(&format!("key{number}")).await;
    }
    let mut seen = Vec::new();
    let mut position = None;
    for size in [2, 2, 1] {
        let input = v1::GetApiKeysInput {
            limit: Some(2),
            position: position.clone(),
            ..Default::default()
        };
        let page = plane.call::<v1::GetApiKeys>(input).await.unwrap();
        let items = page.items.unwrap();
        assert_eq!(items.len(), size);
        seen.extend(items.into_iter().filter_map(|key| key.id));
        position = page.position;
    }
    assert_eq!(position, None);
    seen.dedup();
    assert_eq!(seen.len(), 5);
}

#[tokio::test]
async fn a_key_is_patched() {
    let plane = Plane::new();
    let id = plane.api_key("mobile").await.id.unwrap();
    let operation = op(v1::Op::Replace, "/enabled", "false");
    let updated = plane.patch_key(&id, operation).await.unwrap();
    assert_eq!(updated.enabled, Some(false));
    let operation = op(v1::Op::Replace, "/name", "other");
    let updated = plane.patch_key(&id, operation).await.unwrap();
    assert_eq!(updated.name.as_deref(), Some("other"));
    assert_eq!(updated.enabled, Some(false));
}

#[tokio::test]
async fn what_cannot_be_patched_is_refused_with_what_can() {
    let plane = Plane::new();
    let id = plane.api_key("mobile").await.id.unwrap();
    let operation = op(v1::Op::Replace, "/value", "x");
    let text = "Invalid patch path  '/value' specified for op 'replace'. Must be one of: [/name, /description, /enabled, /customerId]";
    let outcome = plane.patch_key(&id, operation).await;
    assert_eq!(refusal(outcome), (400, text.into()));
    let operation = op(v1::Op::Replace, "/enabled", "perhaps");
    assert_eq!(refusal(plane.patch_key(&id, operation).await).0, 400);
    let operation = op(v1::Op::Move, "/name", "x");
    assert_eq!(refusal(plane.patch_key(&id, operation).await).0, 400);
}

#[tokio::test]
async fn a_deleted_key_is_not_found() {
    let plane = Plane::new();
    let api_key = plane.api_key("mobile").await.id.unwrap();
    let delete = v1::DeleteApiKeyInput {
        api_key: api_key.clone(),
    };
    plane.call::<v1::DeleteApiKey>(delete).await.unwrap();
    let get = v1::GetApiKeyInput {
        api_key,
        include_value: None,
    };
    let text = "Invalid API Key identifier specified";
    let outcome = plane.call::<v1::GetApiKey>(get).await;
    assert_eq!(refusal(outcome), (404, text.into()));
}

#[tokio::test]
async fn keys_are_tagged_by_their_arn() {
    let plane = Plane::new();
    let id = plane.api_key("mobile").await.id.unwrap();
    let path = format!("/tags/arn%3Aaws%3Aapigateway%3Aeu-central-1%3A%3A%2Fapikeys%2F{id}");
    let body = r#"{"tags":{"a":"1","b":"2"}}"#;
    let tagged = plane.request(http::Method::PUT, &path, body).await;
    assert_eq!(tagged.status(), 204);
    let untag = format!("{path}?tagKeys=a");
    let untagged = plane.request(http::Method::DELETE, &untag, "").await;
    assert_eq!(untagged.status(), 204);
    let read = plane.request(http::Method::GET, &path, "").await;
    assert_eq!(read.body(), r#"{"tags":{"b":"2"}}"#);
}

#[tokio::test]
async fn the_account_has_the_limits_of_aws_and_takes_a_role() {
    let plane = Plane::new();
    let input = v1::GetAccountInput {};
    let account = plane.call::<v1::GetAccount>(input).await.unwrap();
    let throttle = account.throttle_settings.unwrap();
    assert_eq!(throttle.burst_limit, Some(5_000));
    assert_eq!(throttle.rate_limit, Some(10_000.0));
    assert_eq!(account.features, Some(vec!["UsagePlans".to_owned()]));
    let role = "arn:aws:iam::123456789012:role/logs";
    let input = v1::UpdateAccountInput {
        patch_operations: Some(vec![op(v1::Op::Replace, "/cloudwatchRoleArn", role)]),
    };
    let updated = plane.call::<v1::UpdateAccount>(input).await.unwrap();
    assert_eq!(updated.cloudwatch_role_arn.as_deref(), Some(role));
}
