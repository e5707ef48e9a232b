//! What AWS keeps ready, moves or shares of functions and layers: kept and told in its words.

use landline_api::lambda as api;
use landline_wire::{Operation, ServiceError};

use super::{Fixture, create_input, zip_of};

async fn deployed() -> Fixture {
    let fixture = Fixture::new().await;
    let input = create_input("f", "python3.12", &[("app.py", "")]);
    let made = fixture.create(input).await.unwrap();
    // A client that waits for what it made waits for these.
    assert_eq!(made.state, Some(api::State::Pending));
    assert_eq!(made.last_update_status, None);
    fixture
}

async fn publish(fixture: &Fixture) -> String {
    let input = api::PublishVersionInput {
        function_name: "f".into(),
        ..Default::default()
    };
    let version = fixture.ask::<api::PublishVersion>(input).await.unwrap();
    version.version.unwrap()
}

async fn alias(fixture: &Fixture, name: &str, version: &str) {
    let input = api::CreateAliasInput {
        function_name: "f".into(),
        name: name.into(),
        function_version: version.into(),
        ..Default::default()
    };
    fixture.ask::<api::CreateAlias>(input).await.unwrap();
}

fn provision(qualifier: &str, count: i32) -> api::PutProvisionedConcurrencyConfigInput {
    api::PutProvisionedConcurrencyConfigInput {
        function_name: "f".into(),
        qualifier: qualifier.into(),
        provisioned_concurrent_executions: count,
    }
}

fn refused<T: std::fmt::Debug>(answer: Result<T, ServiceError>) -> (String, String) {
    let error = answer.unwrap_err();
    (error.code.to_string(), error.message.clone())
}

/// The message with which an operation is refused.
async fn refusal<Op: Operation>(fixture: &Fixture, input: Op::Input) -> String
where
    Op::Output: std::fmt::Debug,
{
    refused(fixture.ask::<Op>(input).await).1
}

#[tokio::test]
async fn an_update_says_that_it_is_on_its_way_and_is_done() {
    let fixture = deployed().await;
    let update = api::UpdateFunctionConfigurationInput {
        function_name: "f".into(),
        timeout: Some(5),
        ..Default::default()
    };
    let answer = fixture.ask::<api::UpdateFunctionConfiguration>(update);
    let answer = answer.await.unwrap();
    let status = answer.last_update_status.unwrap();
    assert_eq!(status, api::LastUpdateStatus::InProgress);
    let reason = answer.last_update_status_reason.unwrap();
    assert_eq!(reason, "The function is being created.");
    assert_eq!(answer.state, Some(api::State::Active));
    fixture.lambda.prepared().await;
    let get = api::GetFunctionConfigurationInput {
        function_name: "f".into(),
        qualifier: None,
    };
    let got = fixture.ask::<api::GetFunctionConfiguration>(get).await;
    let got = got.unwrap();
    let status = got.last_update_status.unwrap();
    assert_eq!(status, api::LastUpdateStatus::Successful);
    let runtime = got.runtime_version_config.unwrap().runtime_version_arn;
    assert!(
        runtime
            .unwrap()
            .starts_with("arn:aws:lambda:us-east-1::runtime:")
    );
}

#[tokio::test]
async fn a_version_is_provisioned_by_its_number_or_by_one_alias() {
    let fixture = deployed().await;
    let number = publish(&fixture).await;
    alias(&fixture, "live", &number).await;
    let put = fixture.ask::<api::PutProvisionedConcurrencyConfig>(provision("1", 5));
    let put = put.await.unwrap();
    assert_eq!(
        put.status,
        Some(api::ProvisionedConcurrencyStatusEnum::InProgress)
    );
    assert_eq!(put.allocated_provisioned_concurrent_executions, Some(0));
    let get = |qualifier: &str| api::GetProvisionedConcurrencyConfigInput {
        function_name: "f".into(),
        qualifier: qualifier.into(),
    };
    let got = fixture.ask::<api::GetProvisionedConcurrencyConfig>(get("1"));
    let got = got.await.unwrap();
    assert_eq!(
        got.status,
        Some(api::ProvisionedConcurrencyStatusEnum::Ready)
    );
    assert_eq!(got.available_provisioned_concurrent_executions, Some(5));
    let on_alias = fixture.ask::<api::PutProvisionedConcurrencyConfig>(provision("live", 1));
    assert_eq!(
        refused(on_alias.await).1,
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version"
    );
    let delete = api::DeleteProvisionedConcurrencyConfigInput {
        function_name: "f".into(),
        qualifier: "1".into(),
    };
    let deleted = fixture.ask::<api::DeleteProvisionedConcurrencyConfig>(delete);
    deleted.await.unwrap();
    assert_eq!(
        refused(
            fixture
                .ask::<api::GetProvisionedConcurrencyConfig>(get("1"))
                .await
        ),
        (
            "ProvisionedConcurrencyConfigNotFoundException".to_owned(),
            "No Provisioned Concurrency Config found for this function".to_owned()
        )
    );
    let on_alias = fixture.ask::<api::PutProvisionedConcurrencyConfig>(provision("live", 1));
    on_alias.await.unwrap();
    let on_version = fixture.ask::<api::PutProvisionedConcurrencyConfig>(provision("1", 1));
    assert_eq!(
        refused(on_version.await).1,
        "Version is pointed by a Provisioned Concurrency alias"
    );
    let list = api::ListProvisionedConcurrencyConfigsInput {
        function_name: "f".into(),
        ..Default::default()
    };
    let listed = fixture.ask::<api::ListProvisionedConcurrencyConfigs>(list);
    let listed = listed
        .await
        .unwrap()
        .provisioned_concurrency_configs
        .unwrap();
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f:live";
    assert_eq!(listed[0].function_arn.as_deref(), Some(arn));
}

#[tokio::test]
async fn nobody_provisions_more_than_there_is_or_what_is_not_published() {
    let fixture = deployed().await;
    publish(&fixture).await;
    let refusals = [
        (
            "$LATEST",
            1,
            "Provisioned Concurrency Configs cannot be applied to unpublished function versions.",
        ),
        (
            "none",
            1,
            "Cannot find alias arn: arn:aws:lambda:us-east-1:000000000000:function:f:none",
        ),
        (
            "10",
            1,
            "Function not found: arn:aws:lambda:us-east-1:000000000000:function:f:10",
        ),
        (
            "1",
            1001,
            "Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [1000].",
        ),
        (
            "1",
            901,
            "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [100].",
        ),
    ];
    for (qualifier, count, message) in refusals {
        let input = provision(qualifier, count);
        let said = refusal::<api::PutProvisionedConcurrencyConfig>(&fixture, input).await;
        assert_eq!(said, message);
    }
    let put = fixture.ask::<api::PutProvisionedConcurrencyConfig>(provision("1", 2));
    put.await.unwrap();
    let reserve = api::PutFunctionConcurrencyInput {
        function_name: "f".into(),
        reserved_concurrent_executions: 1,
    };
    assert_eq!(
        refusal::<api::PutFunctionConcurrency>(&fixture, reserve).await,
        " ReservedConcurrentExecutions  1 should not be lower than function's total provisioned concurrency [2]."
    );
}

#[tokio::test]
async fn updates_of_the_runtime_and_loops_come_back() {
    let fixture = deployed().await;
    let get = || api::GetRuntimeManagementConfigInput {
        function_name: "f".into(),
        qualifier: None,
    };
    let got = fixture.ask::<api::GetRuntimeManagementConfig>(get()).await;
    let got = got.unwrap();
    assert_eq!(got.update_runtime_on, Some(api::UpdateRuntimeOn::Auto));
    let arn = "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST";
    assert_eq!(got.function_arn.as_deref(), Some(arn));
    let put = api::PutRuntimeManagementConfigInput {
        function_name: "f".into(),
        update_runtime_on: api::UpdateRuntimeOn::FunctionUpdate,
        ..Default::default()
    };
    fixture
        .ask::<api::PutRuntimeManagementConfig>(put)
        .await
        .unwrap();
    let got = fixture.ask::<api::GetRuntimeManagementConfig>(get()).await;
    let on = got.unwrap().update_runtime_on;
    assert_eq!(on, Some(api::UpdateRuntimeOn::FunctionUpdate));
    let put = api::PutFunctionRecursionConfigInput {
        function_name: "f".into(),
        recursive_loop: api::RecursiveLoop::Allow,
    };
    fixture
        .ask::<api::PutFunctionRecursionConfig>(put)
        .await
        .unwrap();
    let get = api::GetFunctionRecursionConfigInput {
        function_name: "f".into(),
    };
    let got = fixture.ask::<api::GetFunctionRecursionConfig>(get).await;
    assert_eq!(got.unwrap().recursive_loop, Some(api::RecursiveLoop::Allow));
}

#[tokio::test]
async fn a_layer_has_a_policy_with_revisions() {
    let fixture = Fixture::new().await;
    let layer = api::PublishLayerVersionInput {
        layer_name: "l".into(),
        content: api::LayerVersionContentInput {
            zip_file: Some(zip_of(&[("a", "")])),
            ..Default::default()
        },
        ..Default::default()
    };
    fixture
        .ask::<api::PublishLayerVersion>(layer)
        .await
        .unwrap();
    let policy = || api::GetLayerVersionPolicyInput {
        layer_name: "l".into(),
        version_number: 1,
    };
    assert_eq!(
        refusal::<api::GetLayerVersionPolicy>(&fixture, policy()).await,
        "No policy is associated with the given resource."
    );
    let add = |id: &str, revision: Option<&str>| api::AddLayerVersionPermissionInput {
        layer_name: "l".into(),
        version_number: 1,
        statement_id: id.into(),
        action: "lambda:GetLayerVersion".into(),
        principal: "*".into(),
        revision_id: revision.map(str::to_owned),
        ..Default::default()
    };
    let added = fixture.ask::<api::AddLayerVersionPermission>(add("s1", None));
    let added = added.await.unwrap();
    let statement = r#"{"Action":"lambda:GetLayerVersion","Effect":"Allow","Principal":"*","Resource":"arn:aws:lambda:us-east-1:000000000000:layer:l:1","Sid":"s1"}"#;
    let told: serde_json::Value = serde_json::from_str(&added.statement.unwrap()).unwrap();
    assert_eq!(
        told,
        serde_json::from_str::<serde_json::Value>(statement).unwrap()
    );
    assert_eq!(
        refusal::<api::AddLayerVersionPermission>(&fixture, add("s1", None)).await,
        "The statement id (s1) provided already exists. Please provide a new statement id, or remove the existing statement."
    );
    assert_eq!(
        refusal::<api::AddLayerVersionPermission>(&fixture, add("s2", Some("wrong"))).await,
        "The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id"
    );
    let got = fixture.ask::<api::GetLayerVersionPolicy>(policy()).await;
    assert_eq!(got.unwrap().revision_id, added.revision_id);
    let remove = |id: &str| api::RemoveLayerVersionPermissionInput {
        layer_name: "l".into(),
        version_number: 1,
        statement_id: id.into(),
        revision_id: None,
    };
    assert_eq!(
        refusal::<api::RemoveLayerVersionPermission>(&fixture, remove("s9")).await,
        "Statement s9 is not found in resource policy."
    );
    let removed = fixture.ask::<api::RemoveLayerVersionPermission>(remove("s1"));
    removed.await.unwrap();
    let nowhere = api::GetLayerVersionPolicyInput {
        layer_name: "l".into(),
        version_number: 2,
    };
    assert_eq!(
        refusal::<api::GetLayerVersionPolicy>(&fixture, nowhere).await,
        "Layer version arn:aws:lambda:us-east-1:000000000000:layer:l:2 does not exist."
    );
}
