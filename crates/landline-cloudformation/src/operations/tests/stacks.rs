//! Stacks from their creation to their end.

use super::*;

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
    let last = stack.last_operations.unwrap().remove(0).operation_type;
    assert_eq!(last, Some(api::OperationType::CreateStack));
    let output = stack.outputs.unwrap().remove(0);
    assert_eq!(output.output_value.as_deref(), Some("A"));
    refused(
        bench.create(&thing("A", "1")).await,
        "AlreadyExistsException",
        "Stack [s] already exists",
    );
}

#[tokio::test]
async fn lists_that_are_empty_are_there_where_tools_read_them() {
    let bench = bench();
    bench.create(&thing("A", "1")).await.unwrap();
    let stack = bench.describe("s").await.unwrap();
    assert_eq!(stack.outputs, Some(Vec::new()));
    assert_eq!(stack.parameters, Some(Vec::new()));
    assert_eq!(stack.tags, Some(Vec::new()));
    assert_eq!(stack.notification_arns, Some(Vec::new()));
    assert_eq!(stack.capabilities, None);
    let input = api::GetTemplateSummaryInput {
        stack_name: Some("s".to_owned()),
        ..Default::default()
    };
    let summary = bench.call::<api::GetTemplateSummary>(input).await.unwrap();
    assert_eq!(summary.parameters, Some(Vec::new()));
    assert_eq!(summary.declared_transforms, None);
}

#[tokio::test]
async fn the_events_of_a_resource_tell_its_properties_without_secrets() {
    let bench = bench();
    let template = "Parameters:\n  Secret: {Type: String, NoEcho: true, Default: hidden}\n";
    let template = |value: &str| template.to_owned() + &thing("A", value);
    bench.create(&template("!Sub 'a ${Secret}'")).await.unwrap();
    bench.delete().await.unwrap();
    let events = bench.events(&bench.deleted_id().await).await;
    let of_a = events.iter().rev();
    let of_a = of_a.filter(|event| event.logical_resource_id.as_deref() == Some("A"));
    let told: Vec<_> = of_a
        .map(|event| {
            let id = event.event_id.rsplit_once("-19").unwrap().0;
            let physical_id = event.physical_resource_id.as_deref();
            (id, physical_id, event.resource_properties.as_deref())
        })
        .collect();
    let properties = Some(r#"{"Value":"a ****"}"#);
    assert_eq!(
        told,
        [
            ("A-CREATE_IN_PROGRESS", Some(""), properties),
            ("A-CREATE_IN_PROGRESS", Some("A"), properties),
            ("A-CREATE_COMPLETE", Some("A"), properties),
            ("A-DELETE_IN_PROGRESS", Some("A"), properties),
            ("A-DELETE_COMPLETE", Some("A"), properties),
        ]
    );
}

#[tokio::test]
async fn a_template_with_a_transform_is_always_an_update() {
    let bench = bench();
    let template = Some("Transform: AWS::LanguageExtensions\n".to_owned() + &thing("A", "1"));
    let capabilities = Some(vec![Capability::CapabilityAutoExpand]);
    let creation = api::CreateStackInput {
        stack_name: "s".to_owned(),
        template_body: template.clone(),
        capabilities: capabilities.clone(),
        ..Default::default()
    };
    bench.call::<api::CreateStack>(creation).await.unwrap();
    bench.things.calls();
    let update = api::UpdateStackInput {
        stack_name: "s".to_owned(),
        template_body: template,
        capabilities,
        ..Default::default()
    };
    bench.call::<api::UpdateStack>(update).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateComplete);
    assert_eq!(bench.things.calls(), [""; 0]);
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
    // As AWS tells it of what can only be deleted.
    let stack = bench.describe("s").await.unwrap();
    assert!(stack.deletion_time.is_some());
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
    let outputs = "Outputs:\n  O: {Value: !Ref A, Export: {Name: shared}}\n";
    let exporting = thing("A", "1") + outputs;
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
    assert_eq!(stack.stack_status, StackStatus::UpdateRollbackComplete);
    assert_eq!(
        stack.stack_status_reason.as_deref(),
        Some("Delete canceled. Cannot delete export shared as it is in use by other.")
    );
    let more = thing("A", "1") + &resource("B", "1") + outputs;
    bench.update(&more).await.unwrap();
    assert_eq!(bench.status().await, StackStatus::UpdateComplete);
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

#[tokio::test]
async fn a_creation_that_failed_says_what_was_asked_for_then() {
    for (on_failure, status, expected) in [
        (
            api::OnFailure::Rollback,
            api::ResourceStatus::RollbackInProgress,
            "The following resource(s) failed to create: [A]. Rollback requested by user.",
        ),
        (
            api::OnFailure::Delete,
            api::ResourceStatus::DeleteInProgress,
            "The following resource(s) failed to create: [A]. Delete requested by user.",
        ),
    ] {
        let bench = bench();
        bench.things.break_thing("A");
        let input = api::CreateStackInput {
            stack_name: "s".to_owned(),
            template_body: Some(thing("A", "1")),
            on_failure: Some(on_failure),
            ..Default::default()
        };
        let made = bench.call::<api::CreateStack>(input).await.unwrap();
        let events = bench.events(&made.stack_id.unwrap()).await;
        let mut events = events.into_iter();
        let told = events.find(|event| event.resource_status.as_ref() == Some(&status));
        assert_eq!(
            told.unwrap().resource_status_reason.as_deref(),
            Some(expected)
        );
    }
}

#[tokio::test]
async fn the_metadata_of_a_resource_are_told_with_their_values() {
    let bench = bench();
    let template = "Parameters: {P: {Type: String, Default: p}}\n".to_owned()
        + &thing("A", "1")
        + "    Metadata: {Of: !Ref P, On: [!Ref B]}\n"
        + &resource("B", "1");
    bench.create(&template).await.unwrap();
    let input = api::DescribeStackResourceInput {
        stack_name: "s".to_owned(),
        logical_resource_id: "A".to_owned(),
    };
    let output = bench.call::<api::DescribeStackResource>(input).await;
    let detail = output.unwrap().stack_resource_detail.unwrap();
    assert_eq!(detail.metadata.as_deref(), Some(r#"{"Of":"p","On":["B"]}"#));
}
