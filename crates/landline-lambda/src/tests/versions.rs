//! Published versions and aliases.

use std::collections::BTreeMap;

use landline_api::lambda as api;
use serde_json::{Value, json};

use super::{Answer, Fixture, zip_of};

const ARN: &str = "arn:aws:lambda:us-east-1:000000000000:function:f";

/// Code that answers a number, its version and the ARN by which it was called.
fn code(number: u32) -> String {
    format!(
        "def handler(event, context):\n    return [{number}, context.function_version, context.invoked_function_arn]\n"
    )
}

async fn fixture() -> Fixture {
    let fixture = Fixture::new().await;
    fixture.deploy("f", "python3.12", "app.py", &code(1)).await;
    fixture
}

async fn publish(fixture: &Fixture) -> api::FunctionConfiguration {
    let input = api::PublishVersionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    fixture.ask::<api::PublishVersion>(input).await.unwrap()
}

async fn change_code(fixture: &Fixture, number: u32) {
    let input = api::UpdateFunctionCodeInput {
        function_name: "f".into(),
        zip_file: Some(zip_of(&[("app.py", &code(number))])),
        ..Default::default()
    };
    fixture.ask::<api::UpdateFunctionCode>(input).await.unwrap();
}

async fn alias(fixture: &Fixture, name: &str, version: &str) -> api::AliasConfiguration {
    let input = api::CreateAliasInput {
        function_name: "f".into(),
        name: name.into(),
        function_version: version.into(),
        ..Default::default()
    };
    fixture.ask::<api::CreateAlias>(input).await.unwrap()
}

async fn invoke(fixture: &Fixture, qualifier: &str) -> Answer {
    let input = api::InvokeInput {
        function_name: "f".into(),
        qualifier: Some(qualifier.into()),
        ..Default::default()
    };
    fixture.call(input).await.unwrap()
}

#[tokio::test]
async fn a_version_keeps_its_code_while_the_function_changes() {
    let fixture = fixture().await;
    let first = publish(&fixture).await;
    assert_eq!(first.version.as_deref(), Some("1"));
    assert_eq!(first.function_arn, Some(format!("{ARN}:1")));
    change_code(&fixture, 2).await;
    assert_eq!(
        invoke(&fixture, "1").await.json,
        json!([1, "1", format!("{ARN}:1")])
    );
    assert_eq!(
        fixture.invoke("f", "{}").await.json,
        json!([2, "$LATEST", ARN])
    );
    assert_eq!(fixture.invoke("f:1", "{}").await.json[0], 1);
    assert_eq!(fixture.invoke(&format!("{ARN}:1"), "{}").await.json[0], 1);
}

#[tokio::test]
async fn nothing_is_published_twice() {
    let fixture = fixture().await;
    publish(&fixture).await;
    assert_eq!(publish(&fixture).await.version.as_deref(), Some("1"));
    change_code(&fixture, 2).await;
    assert_eq!(publish(&fixture).await.version.as_deref(), Some("2"));
    let input = api::ListVersionsByFunctionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    let listed = fixture.ask::<api::ListVersionsByFunction>(input).await;
    let versions = listed.unwrap().versions.unwrap().into_iter();
    let arns: Vec<_> = versions.filter_map(|v| v.function_arn).collect();
    assert_eq!(
        arns,
        [
            format!("{ARN}:$LATEST"),
            format!("{ARN}:1"),
            format!("{ARN}:2")
        ]
    );
}

#[tokio::test]
async fn versions_and_aliases_survive_a_restart_and_numbers_never_come_again() {
    let store = landline_store::open_memory();
    let folder = tempfile::tempdir().unwrap();
    let open = async || {
        let kept = store.clone();
        Fixture::with(|config| {
            config.data_dir = folder.path().to_owned();
            config.store = kept;
        })
        .await
    };
    let fixture = open().await;
    fixture.deploy("f", "python3.12", "app.py", &code(1)).await;
    publish(&fixture).await;
    change_code(&fixture, 2).await;
    publish(&fixture).await;
    alias(&fixture, "live", "1").await;
    let input = api::DeleteFunctionInput {
        function_name: "f".into(),
        qualifier: Some("2".into()),
    };
    fixture.ask::<api::DeleteFunction>(input).await.unwrap();
    fixture.lambda.shutdown().await;
    let fixture = open().await;
    assert_eq!(
        invoke(&fixture, "live").await.json,
        json!([1, "1", format!("{ARN}:live")])
    );
    change_code(&fixture, 3).await;
    assert_eq!(publish(&fixture).await.version.as_deref(), Some("3"));
}

#[tokio::test]
async fn an_alias_moves_from_version_to_version() {
    let fixture = fixture().await;
    publish(&fixture).await;
    change_code(&fixture, 2).await;
    publish(&fixture).await;
    let made = alias(&fixture, "live", "1").await;
    assert_eq!(made.alias_arn, Some(format!("{ARN}:live")));
    assert_eq!(invoke(&fixture, "live").await.json[0], 1);
    let input = api::UpdateAliasInput {
        function_name: "f".into(),
        name: "live".into(),
        function_version: Some("2".into()),
        ..Default::default()
    };
    fixture.ask::<api::UpdateAlias>(input).await.unwrap();
    assert_eq!(invoke(&fixture, "live").await.json[0], 2);
    let input = api::GetFunctionInput {
        function_name: "f".into(),
        qualifier: Some("live".into()),
    };
    let got = fixture.ask::<api::GetFunction>(input).await.unwrap();
    let configuration = got.configuration.unwrap();
    assert_eq!(configuration.version.as_deref(), Some("2"));
    assert_eq!(configuration.function_arn, Some(format!("{ARN}:live")));
}

#[tokio::test]
async fn an_alias_shares_its_events_among_versions_by_weight() {
    let fixture = fixture().await;
    publish(&fixture).await;
    change_code(&fixture, 2).await;
    publish(&fixture).await;
    let input = api::CreateAliasInput {
        function_name: "f".into(),
        name: "canary".into(),
        function_version: "1".into(),
        routing_config: Some(api::AliasRoutingConfiguration {
            additional_version_weights: Some(BTreeMap::from([("2".to_owned(), 1.0)])),
        }),
        ..Default::default()
    };
    fixture.ask::<api::CreateAlias>(input).await.unwrap();
    assert_eq!(invoke(&fixture, "canary").await.json[0], 2);
}

#[tokio::test]
async fn an_alias_must_point_to_a_version_that_is_there() {
    let fixture = fixture().await;
    let input = |name: &str, version: &str| api::CreateAliasInput {
        function_name: "f".into(),
        name: name.into(),
        function_version: version.into(),
        ..Default::default()
    };
    let refused = fixture.ask::<api::CreateAlias>(input("live", "9")).await;
    let refused = refused.unwrap_err();
    assert_eq!(refused.message, format!("Function not found: {ARN}:9"));
    publish(&fixture).await;
    fixture
        .ask::<api::CreateAlias>(input("live", "1"))
        .await
        .unwrap();
    let twice = fixture.ask::<api::CreateAlias>(input("live", "1")).await;
    assert_eq!(twice.unwrap_err().code, "ResourceConflictException");
    let used = api::DeleteFunctionInput {
        function_name: "f".into(),
        qualifier: Some("1".into()),
    };
    let refused = fixture.ask::<api::DeleteFunction>(used).await.unwrap_err();
    assert_eq!(refused.code, "ResourceConflictException");
}

#[tokio::test]
async fn a_permission_of_an_alias_lets_nobody_call_the_function_itself() {
    let fixture = fixture().await;
    publish(&fixture).await;
    alias(&fixture, "live", "1").await;
    let permission = api::AddPermissionInput {
        function_name: format!("{ARN}:live"),
        statement_id: "api".into(),
        action: "lambda:InvokeFunction".into(),
        principal: "apigateway.amazonaws.com".into(),
        ..Default::default()
    };
    let added = fixture.ask::<api::AddPermission>(permission).await.unwrap();
    let statement: Value = serde_json::from_str(&added.statement.unwrap()).unwrap();
    assert_eq!(statement["Resource"], format!("{ARN}:live"));
    let gateway = fixture.caller.service("apigateway.amazonaws.com", "arn:x");
    let call = async |name: &str| {
        let input = api::InvokeInput {
            function_name: name.into(),
            ..Default::default()
        };
        fixture
            .dispatcher
            .call::<api::Invoke>(input, &gateway)
            .await
    };
    assert_eq!(
        call(&format!("{ARN}:live"))
            .await
            .unwrap()
            .executed_version
            .as_deref(),
        Some("1")
    );
    assert_eq!(call(ARN).await.unwrap_err().code, "AccessDeniedException");
}

#[tokio::test]
async fn whoever_publishes_with_a_token_knows_the_revision_before() {
    let fixture = fixture().await;
    let caller = fixture.caller.clone().creating("a token");
    let input = api::PublishVersionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    let published = fixture
        .dispatcher
        .call::<api::PublishVersion>(input, &caller);
    let published = published.await.unwrap();
    assert_eq!(published.revision_id, Some(caller.new_ids().uuid()));
}
