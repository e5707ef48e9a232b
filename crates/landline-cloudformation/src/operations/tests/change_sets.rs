//! Change sets: made, looked at, executed and deleted.

use super::*;

#[tokio::test]
async fn a_new_stack_waits_for_the_execution_of_its_change_set() {
    let bench = bench();
    let output = bench
        .create_change_set(ChangeSetType::Create, &thing("A", "1"))
        .await
        .unwrap();
    assert_eq!(bench.status().await, StackStatus::ReviewInProgress);
    assert_eq!(bench.events("s").await.len(), 1);
    assert_eq!(bench.things.calls(), Vec::<String>::new());
    let change_set = bench.describe_change_set().await.unwrap();
    assert_eq!(change_set.change_set_id, output.id);
    assert_eq!(change_set.status, Some(ChangeSetStatus::CreateComplete));
    let change = change_set
        .changes
        .unwrap()
        .remove(0)
        .resource_change
        .unwrap();
    assert_eq!(change.action, Some(ChangeAction::Add));
    assert_eq!(change.replacement, None);
    bench.execute_change_set().await.unwrap();
    let stack = bench.describe("s").await.unwrap();
    assert_eq!(stack.stack_status, StackStatus::CreateComplete);
    assert_eq!(stack.stack_id, output.stack_id);
    assert_eq!(stack.change_set_id, output.id);
    assert!(stack.last_updated_time.is_some());
    let input = api::ListChangeSetsInput {
        stack_name: "s".to_owned(),
        next_token: None,
    };
    let listed = bench.call::<api::ListChangeSets>(input).await.unwrap();
    assert_eq!(listed.summaries, Some(Vec::new()));
    let executed = bench.describe_change_set().await.unwrap();
    assert_eq!(
        executed.execution_status,
        Some(ExecutionStatus::ExecuteComplete)
    );
    let error = bench.execute_change_set().await.unwrap_err();
    assert_eq!(error.code, "InvalidChangeSetStatus");
}

#[tokio::test]
async fn a_change_set_tells_what_is_replaced_and_why() {
    let bench = bench();
    let template = |fixed: &str, value: &str| {
        format!(
            "Resources:\n  M: {{Type: Test::Thing, Properties: {{Value: 1, Fixed: {fixed}}}}}\n"
        ) + &resource("User", "!Ref M")
            + &resource("Plain", value)
    };
    bench.create(&template("a", "1")).await.unwrap();
    bench
        .create_change_set(ChangeSetType::Update, &template("b", "2"))
        .await
        .unwrap();
    let changes = bench.describe_change_set().await.unwrap().changes.unwrap();
    let mut changes: BTreeMap<String, api::ResourceChange> = changes
        .into_iter()
        .map(|change| change.resource_change.unwrap())
        .map(|change| (change.logical_resource_id.clone().unwrap(), change))
        .collect();
    let replaced = changes.remove("M").unwrap();
    assert_eq!(replaced.replacement, Some(Replacement::True));
    assert_eq!(
        replaced.policy_action,
        Some(api::PolicyAction::ReplaceAndDelete)
    );
    let target = replaced.details.unwrap().remove(0).target.unwrap();
    assert_eq!(target.requires_recreation, Some(RequiresRecreation::Always));
    assert_eq!(target.before_value.as_deref(), Some("a"));
    assert_eq!(target.after_value.as_deref(), Some("b"));
    let user = changes.remove("User").unwrap().details.unwrap();
    assert_eq!(
        user[0].change_source,
        Some(api::ChangeSource::DirectModification)
    );
    assert_eq!(user[0].evaluation, Some(EvaluationType::Dynamic));
    let user = &user[1];
    assert_eq!(user.evaluation, Some(EvaluationType::Static));
    assert_eq!(user.causing_entity.as_deref(), Some("M"));
    let plain = changes.remove("Plain").unwrap();
    assert_eq!(plain.replacement, Some(Replacement::False));
    let source = plain.details.unwrap().remove(0).change_source;
    assert_eq!(source, Some(api::ChangeSource::DirectModification));
}

#[tokio::test]
async fn a_change_by_a_parameter_is_told_as_one_of_the_property_too() {
    let bench = bench();
    let template = |value: u32| {
        format!("Parameters: {{P: {{Type: String, Default: {value}}}}}\n") + &thing("A", "!Ref P")
    };
    bench.create(&template(1)).await.unwrap();
    let changed = template(2);
    let making = bench.create_change_set(ChangeSetType::Update, &changed);
    making.await.unwrap();
    let changes = bench.describe_change_set().await.unwrap().changes.unwrap();
    let change = changes[0].resource_change.clone().unwrap();
    let details = change.details.unwrap().into_iter();
    let told: Vec<_> = details
        .map(|it| {
            (
                it.change_source.unwrap(),
                it.evaluation.unwrap(),
                it.causing_entity,
            )
        })
        .collect();
    let (parameter, direct) = (
        api::ChangeSource::ParameterReference,
        api::ChangeSource::DirectModification,
    );
    assert_eq!(
        told,
        [
            (parameter, EvaluationType::Static, Some("P".to_owned())),
            (direct, EvaluationType::Dynamic, None),
        ]
    );
}

#[tokio::test]
async fn a_snippet_that_is_not_there_makes_a_change_set_that_failed() {
    let bench = bench();
    let template = "Resources:\n  A:\n    Type: Test::Thing\n    Properties:\n      Fn::Transform: {Name: 'AWS::Include', Parameters: {Location: 's3://bucket/gone'}}\n";
    let making = bench.create_change_set(ChangeSetType::Create, template);
    making.await.unwrap();
    let change_set = bench.describe_change_set().await.unwrap();
    assert_eq!(change_set.status, Some(ChangeSetStatus::Failed));
    assert_eq!(
        change_set.status_reason.as_deref(),
        Some("Transform AWS::Include failed with: S3 error: The specified key does not exist.")
    );
}

#[tokio::test]
async fn a_stack_that_was_deleted_is_not_created_again_by_its_arn() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench.delete().await.unwrap();
    let id = bench.deleted_id().await;
    let input = api::CreateChangeSetInput {
        stack_name: id.clone(),
        change_set_name: "c".to_owned(),
        change_set_type: Some(ChangeSetType::Create),
        template_body: Some(thing("A", "1")),
        ..Default::default()
    };
    refused(
        bench.call::<api::CreateChangeSet>(input).await,
        "ValidationError",
        &format!("Stack [{id}] already exists and cannot be created again with the changeSet [c]."),
    );
}

#[tokio::test]
async fn a_policy_or_metadata_alone_is_a_change_that_touches_no_thing() {
    let bench = bench();
    let template = |more: &str| format!("{}    {more}\n{}", thing("A", "1"), resource("B", "1"));
    bench.create(&template("Metadata: {a: 1}")).await.unwrap();
    bench.things.calls();
    let kept = template("DeletionPolicy: Retain");
    bench
        .create_change_set(ChangeSetType::Update, &kept)
        .await
        .unwrap();
    let changes = bench.describe_change_set().await.unwrap().changes.unwrap();
    let change = changes[0].resource_change.clone().unwrap();
    assert_eq!(changes.len(), 1);
    assert_eq!(change.replacement, Some(Replacement::False));
    let scope = [
        api::ResourceAttribute::Metadata,
        api::ResourceAttribute::DeletionPolicy,
    ];
    assert_eq!(change.scope.as_deref(), Some(&scope[..]));
    bench.execute_change_set().await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateComplete);
    assert_eq!(bench.things.calls(), [""; 0]);
    let without = format!("Resources:\n{}", resource("B", "1"));
    bench.update(&without).await.unwrap();
    let left: Vec<String> = bench.things.things().into_iter().map(|it| it.0).collect();
    assert_eq!(left, ["A", "B"]);
}

#[tokio::test]
async fn another_dependency_alone_is_no_change() {
    let bench = bench();
    let both = thing("A", "1") + &resource("B", "1");
    bench.create(&both).await.unwrap();
    let refused = bench.update(&(both + "    DependsOn: A\n")).await;
    assert_eq!(
        refused.unwrap_err().message,
        "No updates are to be performed."
    );
}

#[tokio::test]
async fn a_change_set_without_a_change_has_failed() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench
        .create_change_set(ChangeSetType::Update, &thing("A", "1"))
        .await
        .unwrap();
    let change_set = bench.describe_change_set().await.unwrap();
    assert_eq!(change_set.status, Some(ChangeSetStatus::Failed));
    assert_eq!(
        change_set.status_reason.as_deref(),
        Some(
            "The submitted information didn't contain changes. Submit different information to create a change set."
        )
    );
    assert_eq!(
        change_set.execution_status,
        Some(ExecutionStatus::Unavailable)
    );
}

#[tokio::test]
async fn a_change_set_that_was_deleted_is_not_found() {
    let bench = bench();
    bench
        .create_change_set(ChangeSetType::Create, &thing("A", "1"))
        .await
        .unwrap();
    let again = bench
        .create_change_set(ChangeSetType::Create, &thing("A", "1"))
        .await;
    refused(
        again,
        "AlreadyExistsException",
        "ChangeSet [c] already exists",
    );
    let input = api::DeleteChangeSetInput {
        stack_name: Some("s".to_owned()),
        change_set_name: "c".to_owned(),
    };
    for _ in 0..2 {
        let deleted = bench.call::<api::DeleteChangeSet>(input.clone()).await;
        deleted.unwrap();
    }
    let error = bench.describe_change_set().await.unwrap_err();
    assert_eq!(
        (error.code.as_ref(), error.status),
        ("ChangeSetNotFound", 404)
    );
    assert_eq!(error.message, "ChangeSet [c] does not exist");
}

#[tokio::test]
async fn one_execution_takes_the_other_change_sets_away() {
    let bench = bench();
    bench
        .create_change_set(ChangeSetType::Create, &thing("A", "1"))
        .await
        .unwrap();
    let other = api::CreateChangeSetInput {
        stack_name: "s".to_owned(),
        change_set_name: "other".to_owned(),
        change_set_type: Some(ChangeSetType::Create),
        template_body: Some(thing("A", "2")),
        ..Default::default()
    };
    bench.call::<api::CreateChangeSet>(other).await.unwrap();
    bench.execute_change_set().await.unwrap();
    assert!(bench.describe_change_set().await.is_ok());
    let input = api::DescribeChangeSetInput {
        stack_name: Some("s".to_owned()),
        change_set_name: "other".to_owned(),
        ..Default::default()
    };
    let other = bench.call::<api::DescribeChangeSet>(input).await;
    assert_eq!(other.unwrap_err().code, "ChangeSetNotFound");
}
