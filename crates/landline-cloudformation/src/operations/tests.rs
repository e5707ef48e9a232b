//! The API through the dispatcher, with things that remember their properties and fail on request.

mod tokens;

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::cloudformation::{
    self as api, Capability, ChangeAction, ChangeSetStatus, ChangeSetType, EvaluationType,
    ExecutionStatus, Parameter, Replacement, RequiresRecreation, StackStatus, Tag,
};
use landline_store::{Store, open_memory};
use landline_wire::dispatcher::BoxFuture;
use landline_wire::{
    Caller, Dispatcher, DispatcherBuilder, ManualClock, Operation, ServiceError, Timestamp,
};
use serde_json::json;

use super::*;
use crate::provider::Providers;
use crate::sources::{ObjectLocation, Sources};
use crate::things::Things;

/// One bucket, one parameter.
struct Shelf;

impl Sources for Shelf {
    fn object<'a>(
        &'a self,
        location: &'a ObjectLocation,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<bytes::Bytes, String>> {
        Box::pin(async move {
            if location.bucket == "bucket" && location.key == "a/template.yaml" {
                Ok(thing("A", "1").into())
            } else {
                Err("S3 error: The specified key does not exist.".to_owned())
            }
        })
    }

    fn parameter<'a>(
        &'a self,
        name: &'a str,
        _caller: &'a Caller,
    ) -> BoxFuture<'a, Result<String, String>> {
        Box::pin(async move {
            if name == "/version" {
                Ok("21".to_owned())
            } else {
                Err(format!(
                    "Unable to fetch parameters [{name}] from parameter store for this account."
                ))
            }
        })
    }
}

struct Bench {
    dispatcher: Dispatcher,
    service: Arc<CloudFormation>,
    things: Things,
    caller: Caller,
}

fn bench() -> Bench {
    on(&open_memory(), &Things::default())
}

fn on(store: &Arc<dyn Store>, things: &Things) -> Bench {
    let mut providers = Providers::default();
    providers.add(things.clone());
    let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_000)));
    let caller = Caller::root("123456789012", "us-east-1");
    let stacks = Stacks::new(store.clone(), providers, clock, caller.clone());
    let service = CloudFormation::new(Arc::new(stacks.with_sources(Arc::new(Shelf))));
    let mut builder = DispatcherBuilder::new();
    service.register(&mut builder);
    Bench {
        dispatcher: builder.seal(),
        service,
        things: things.clone(),
        caller,
    }
}

fn thing(id: &str, value: &str) -> String {
    format!("Resources:\n{}", resource(id, value))
}

fn resource(id: &str, value: &str) -> String {
    format!("  {id}:\n    Type: Test::Thing\n    Properties: {{Value: {value}}}\n")
}

fn parameter(key: &str, value: &str) -> Parameter {
    Parameter {
        parameter_key: Some(key.to_owned()),
        parameter_value: Some(value.to_owned()),
        ..Parameter::default()
    }
}

impl Bench {
    async fn call<Op: Operation>(&self, input: Op::Input) -> Result<Op::Output, ServiceError> {
        self.dispatcher.call::<Op>(input, &self.caller).await
    }

    async fn create(&self, template: &str) -> Result<String, ServiceError> {
        let input = api::CreateStackInput {
            stack_name: "s".to_owned(),
            template_body: Some(template.to_owned()),
            ..Default::default()
        };
        let output = self.call::<api::CreateStack>(input).await?;
        Ok(output.stack_id.unwrap())
    }

    async fn update(&self, template: &str) -> Result<(), ServiceError> {
        let input = api::UpdateStackInput {
            stack_name: "s".to_owned(),
            template_body: Some(template.to_owned()),
            ..Default::default()
        };
        self.call::<api::UpdateStack>(input).await.map(|_| ())
    }

    async fn delete(&self) -> Result<(), ServiceError> {
        let input = api::DeleteStackInput {
            stack_name: "s".to_owned(),
            ..Default::default()
        };
        self.call::<api::DeleteStack>(input).await.map(|_| ())
    }

    async fn describe(&self, name: &str) -> Result<api::Stack, ServiceError> {
        let input = api::DescribeStacksInput {
            stack_name: Some(name.to_owned()),
            next_token: None,
        };
        let output = self.call::<api::DescribeStacks>(input).await?;
        Ok(output.stacks.unwrap().remove(0))
    }

    async fn status(&self) -> StackStatus {
        self.describe("s").await.unwrap().stack_status
    }

    async fn events(&self, name: &str) -> Vec<api::StackEvent> {
        let input = api::DescribeStackEventsInput {
            stack_name: name.to_owned(),
            next_token: None,
        };
        let output = self.call::<api::DescribeStackEvents>(input).await.unwrap();
        output.stack_events.unwrap()
    }

    async fn create_change_set(
        &self,
        kind: ChangeSetType,
        template: &str,
    ) -> Result<api::CreateChangeSetOutput, ServiceError> {
        let input = api::CreateChangeSetInput {
            stack_name: "s".to_owned(),
            change_set_name: "c".to_owned(),
            change_set_type: Some(kind),
            template_body: Some(template.to_owned()),
            ..Default::default()
        };
        self.call::<api::CreateChangeSet>(input).await
    }

    async fn describe_change_set(&self) -> Result<api::DescribeChangeSetOutput, ServiceError> {
        let input = api::DescribeChangeSetInput {
            stack_name: Some("s".to_owned()),
            change_set_name: "c".to_owned(),
            include_property_values: Some(true),
            next_token: None,
        };
        self.call::<api::DescribeChangeSet>(input).await
    }

    async fn execute_change_set(&self) -> Result<(), ServiceError> {
        let input = api::ExecuteChangeSetInput {
            stack_name: Some("s".to_owned()),
            change_set_name: "c".to_owned(),
            ..Default::default()
        };
        self.call::<api::ExecuteChangeSet>(input).await.map(|_| ())
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T, ServiceError>, code: &str, message: &str) {
    let error = result.unwrap_err();
    assert_eq!(
        (error.code.as_ref(), error.message.as_str()),
        (code, message)
    );
}

#[tokio::test]
async fn a_small_stack_is_complete_when_the_call_returns() {
    let bench = bench();
    let id = bench
        .create(&(thing("A", "1") + "Outputs:\n  O: {Value: !Ref A, Description: it}\n"))
        .await
        .unwrap();
    let stack = bench.describe("s").await.unwrap();
    assert_eq!(stack.stack_status, StackStatus::CreateComplete);
    assert_eq!(stack.stack_id.as_deref(), Some(id.as_str()));
    let output = stack.outputs.unwrap().remove(0);
    assert_eq!(output.output_value.as_deref(), Some("A"));
    refused(
        bench.create(&thing("A", "1")).await,
        "AlreadyExistsException",
        "Stack [s] already exists",
    );
}

#[tokio::test]
async fn lists_that_are_empty_are_there_all_the_same() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    let stack = bench.describe("s").await.unwrap();
    assert_eq!(stack.outputs, Some(Vec::new()));
    assert_eq!(stack.tags, Some(Vec::new()));
    assert_eq!(stack.parameters, Some(Vec::new()));
    let input = api::GetTemplateSummaryInput {
        stack_name: Some("s".to_owned()),
        ..Default::default()
    };
    let summary = bench.call::<api::GetTemplateSummary>(input).await.unwrap();
    assert_eq!(summary.parameters, Some(Vec::new()));
}

#[tokio::test]
async fn a_stack_that_is_not_there_is_told_in_the_words_that_tools_compare() {
    let bench = bench();
    refused(
        bench.describe("s").await,
        "ValidationError",
        "Stack with id s does not exist",
    );
    refused(
        bench.update(&thing("A", "1")).await,
        "ValidationError",
        "Stack [s] does not exist",
    );
    // What is not there is deleted.
    bench.delete().await.unwrap();
}

#[tokio::test]
async fn an_update_without_a_change_is_refused() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    refused(
        bench.update(&thing("A", "1")).await,
        "ValidationError",
        "No updates are to be performed.",
    );
    bench.update(&thing("A", "2")).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateComplete);
    assert_eq!(bench.things.things(), [("A".to_owned(), json!(2))]);
}

#[tokio::test]
async fn events_come_newest_first_and_no_two_at_the_same_time() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    bench.update(&thing("A", "2")).await.unwrap();
    let events = bench.events("s").await;
    let newest = events[0].resource_status.clone();
    assert_eq!(newest, Some(api::ResourceStatus::UpdateComplete));
    assert!(
        events.is_sorted_by(|left, right| left.timestamp > right.timestamp),
        "{events:?}"
    );
    let first = events.last().unwrap();
    assert_eq!(first.physical_resource_id.as_ref(), Some(&first.stack_id));
    assert_eq!(
        first.resource_type.as_deref(),
        Some("AWS::CloudFormation::Stack")
    );
}

#[tokio::test]
async fn a_deleted_stack_is_known_by_its_arn_alone() {
    let bench = bench();
    let id = bench.create(&thing("A", "1")).await.unwrap();
    bench.delete().await.unwrap();
    let stack = bench.describe(&id).await.unwrap();
    assert_eq!(stack.stack_status, StackStatus::DeleteComplete);
    assert!(stack.deletion_time.is_some());
    refused(
        bench.describe("s").await,
        "ValidationError",
        "Stack with id s does not exist",
    );
    let newest = bench.events(&id).await.remove(0);
    assert_eq!(
        newest.resource_status,
        Some(api::ResourceStatus::DeleteComplete)
    );
    assert_eq!(bench.things.things(), []);
}

#[tokio::test]
async fn a_template_comes_back_byte_for_byte() {
    let bench = bench();
    let template = "# told by its author\n".to_owned() + &thing("A", "1") + "\n\n";
    bench.create(&template).await.unwrap();
    for stage in [None, Some(api::TemplateStage::Original)] {
        let input = api::GetTemplateInput {
            stack_name: Some("s".to_owned()),
            template_stage: stage,
            ..Default::default()
        };
        let output = bench.call::<api::GetTemplate>(input).await.unwrap();
        assert_eq!(output.template_body.as_deref(), Some(template.as_str()));
    }
}

#[tokio::test]
async fn a_template_may_lie_in_a_bucket() {
    let bench = bench();
    let input = |url: &str| api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_url: Some(url.to_owned()),
        ..Default::default()
    };
    let missing = input("https://bucket.s3.us-east-1.amazonaws.com/other");
    refused(
        bench.call::<api::CreateStack>(missing).await,
        "ValidationError",
        "S3 error: The specified key does not exist.",
    );
    let there = input("https://s3.amazonaws.com/bucket/a/template.yaml");
    bench.call::<api::CreateStack>(there).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::CreateComplete);
}

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
    let user = changes.remove("User").unwrap().details.unwrap().remove(0);
    assert_eq!(user.evaluation, Some(EvaluationType::Dynamic));
    assert_eq!(user.causing_entity.as_deref(), Some("M"));
    let plain = changes.remove("Plain").unwrap();
    assert_eq!(plain.replacement, Some(Replacement::False));
    let source = plain.details.unwrap().remove(0).change_source;
    assert_eq!(source, Some(api::ChangeSource::DirectModification));
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
    let input = api::ListChangeSetsInput {
        stack_name: "s".to_owned(),
        next_token: None,
    };
    let left = bench.call::<api::ListChangeSets>(input).await.unwrap();
    let left = left.summaries.unwrap();
    let names: Vec<_> = left.iter().map(|set| set.change_set_name.clone()).collect();
    assert_eq!(names, [Some("c".to_owned())]);
}

#[tokio::test]
async fn parameters_keep_their_values_and_secrets_are_masked() {
    let bench = bench();
    let template = |value: &str| {
        "Parameters:\n  P: {Type: String}\n  Secret: {Type: String, NoEcho: true}\n  V: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /version}\n".to_owned()
            + &thing("A", value)
    };
    let input = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(template("!Sub '${P}${Secret}${V}'")),
        parameters: Some(vec![parameter("P", "p"), parameter("Secret", "s")]),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
    assert_eq!(bench.things.things(), [("A".to_owned(), json!("ps21"))]);
    let shown = bench.describe("s").await.unwrap().parameters.unwrap();
    let shown: Vec<_> = shown
        .iter()
        .map(|parameter| {
            let value = parameter.parameter_value.as_deref().unwrap();
            (value, parameter.resolved_value.as_deref())
        })
        .collect();
    assert_eq!(
        shown,
        [("p", None), ("****", None), ("/version", Some("21"))]
    );
    let previous = |key: &str| Parameter {
        parameter_key: Some(key.to_owned()),
        use_previous_value: Some(true),
        ..Parameter::default()
    };
    let input = api::UpdateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(template("!Sub '${P}-${Secret}'")),
        parameters: Some(vec![previous("P"), previous("Secret"), previous("V")]),
        ..Default::default()
    };
    bench.call::<api::UpdateStack>(input).await.unwrap();
    assert_eq!(bench.things.things(), [("A".to_owned(), json!("p-s"))]);
}

#[tokio::test]
async fn roles_need_a_capability_and_transforms_too() {
    let bench = bench();
    let role = "Resources:\n  R: {Type: AWS::IAM::Role, Properties: {RoleName: x}}\n";
    refused(
        bench.create(role).await,
        "InsufficientCapabilitiesException",
        "Requires capabilities : [CAPABILITY_NAMED_IAM]",
    );
    let expanded = "Transform: AWS::LanguageExtensions\n".to_owned() + &thing("A", "1");
    refused(
        bench.create(&expanded).await,
        "InsufficientCapabilitiesException",
        "Requires capabilities : [CAPABILITY_AUTO_EXPAND]",
    );
    let input = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(expanded),
        capabilities: Some(vec![Capability::CapabilityAutoExpand]),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
}

#[tokio::test]
async fn a_failed_creation_is_left_as_it_is_if_nobody_wants_it_back() {
    let bench = bench();
    bench.things.break_thing("B");
    let input = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(thing("A", "1") + &resource("B", "!Ref A")),
        disable_rollback: Some(true),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::CreateFailed);
    assert_eq!(bench.things.things(), [("A".to_owned(), json!(1))]);
    let input = api::RollbackStackInput {
        stack_name: "s".to_owned(),
        ..Default::default()
    };
    bench.call::<api::RollbackStack>(input).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::RollbackComplete);
    assert_eq!(bench.things.things(), []);
    let error = bench.update(&thing("A", "1")).await.unwrap_err();
    assert!(
        error
            .message
            .ends_with("is in ROLLBACK_COMPLETE state and can not be updated."),
        "{error}"
    );
}

#[tokio::test]
async fn a_rollback_that_failed_goes_on_without_what_is_skipped() {
    let bench = bench();
    let template = |a: &str, b: &str| thing("A", a) + &resource("B", b) + &resource("C", "!Ref A");
    bench.create(&template("1", "1")).await.unwrap();
    bench.things.break_thing("A");
    bench.update(&template("2", "2")).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateRollbackFailed);
    let input = api::ContinueUpdateRollbackInput {
        stack_name: "s".to_owned(),
        resources_to_skip: Some(vec!["A".to_owned()]),
        ..Default::default()
    };
    let continued = bench.call::<api::ContinueUpdateRollback>(input).await;
    continued.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateRollbackComplete);
}

#[tokio::test]
async fn a_protected_stack_cannot_be_deleted() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    let protect = |on: bool| api::UpdateTerminationProtectionInput {
        stack_name: "s".to_owned(),
        enable_termination_protection: on,
    };
    let on = bench.call::<api::UpdateTerminationProtection>(protect(true));
    on.await.unwrap();
    refused(
        bench.delete().await,
        "ValidationError",
        "Stack [s] cannot be deleted while TerminationProtection is enabled",
    );
    let off = bench.call::<api::UpdateTerminationProtection>(protect(false));
    off.await.unwrap();
    bench.delete().await.unwrap();
    assert_eq!(bench.things.things(), []);
}

#[tokio::test]
async fn a_slow_creation_can_be_deleted_while_it_runs() {
    let bench = bench();
    bench.things.0.lock().held.push("B".to_owned());
    let template = thing("A", "1") + &resource("B", "!Ref A") + &resource("C", "!Ref B");
    let id = bench.create(&template).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::CreateInProgress);
    let error = bench.update(&thing("A", "2")).await.unwrap_err();
    let expected = format!("Stack:{id} is in CREATE_IN_PROGRESS state and can not be updated.");
    assert_eq!(error.message, expected);
    let bell = bench.things.0.lock().bell.clone();
    let ringing = async {
        tokio::time::sleep(Duration::from_millis(100)).await;
        bell.notify_waiters();
    };
    let (deleted, ()) = tokio::join!(bench.delete(), ringing);
    deleted.unwrap();
    let stack = bench.describe(&id).await.unwrap();
    assert_eq!(stack.stack_status, StackStatus::DeleteComplete);
    assert_eq!(bench.things.things(), []);
    assert!(!bench.things.calls().contains(&"create C".to_owned()));
}

#[tokio::test]
async fn exports_in_use_keep_their_stack() {
    let bench = bench();
    let exporting = thing("A", "1") + "Outputs:\n  O: {Value: !Ref A, Export: {Name: shared}}\n";
    bench.create(&exporting).await.unwrap();
    let input = api::CreateStackInput {
        stack_name: "other".to_owned(),
        template_body: Some(thing("B", "!ImportValue shared")),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
    let input = api::ListImportsInput {
        export_name: "shared".to_owned(),
        next_token: None,
    };
    let imports = bench.call::<api::ListImports>(input).await.unwrap().imports;
    assert_eq!(imports, Some(vec!["other".to_owned()]));
    bench.update(&thing("A", "1")).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateRollbackComplete);
    bench.delete().await.unwrap();
    let stack = bench.describe("s").await.unwrap();
    assert_eq!(stack.stack_status, StackStatus::DeleteFailed);
    assert_eq!(
        stack.stack_status_reason.as_deref(),
        Some("Delete canceled. Cannot delete export shared as it is in use by other.")
    );
}

#[tokio::test]
async fn tags_belong_to_the_stack_until_others_are_given() {
    let bench = bench();
    let input = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: Some(thing("A", "1")),
        tags: Some(vec![Tag {
            key: "stage".to_owned(),
            value: "dev".to_owned(),
        }]),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(input).await.unwrap();
    bench.update(&thing("A", "2")).await.unwrap();
    let tags = bench.describe("s").await.unwrap().tags.unwrap();
    assert_eq!(tags[0].value, "dev");
    let input = api::UpdateStackInput {
        stack_name: "s".to_owned(),
        use_previous_template: Some(true),
        tags: Some(Vec::new()),
        ..Default::default()
    };
    bench.call::<api::UpdateStack>(input).await.unwrap();
    assert_eq!(bench.describe("s").await.unwrap().tags, Some(Vec::new()));
}

#[tokio::test]
async fn an_interrupted_creation_is_turned_back_at_the_next_start() {
    let (store, things) = (open_memory(), Things::default());
    things.0.lock().held.push("B".to_owned());
    let bench = on(&store, &things);
    let template = thing("A", "1") + &resource("B", "!Ref A");
    bench.create(&template).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::CreateInProgress);
    bench.service.closing.cancel();
    bench.service.shutdown().await;
    let restarted = on(&store, &things);
    restarted.service.recover().await;
    assert_eq!(restarted.status().await, StackStatus::RollbackComplete);
    assert!(!things.things().iter().any(|(id, _)| id == "A"));
}
