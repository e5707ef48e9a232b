//! Definitions that are taken and refused, versions, aliases, tags.

use landline_api::stepfunctions as api;
use serde_json::json;

use super::{Fixture, ROLE, only};

#[tokio::test]
async fn what_is_wrong_with_a_definition_is_told_with_its_place() {
    let fixture = Fixture::new();
    for (definition, told) in [
        (
            json!([]),
            "INVALID_JSON_DESCRIPTION: Definition must be a valid JSON object at /",
        ),
        (
            json!({}),
            "SCHEMA_VALIDATION_FAILED: These fields are required: [States, StartAt] at /",
        ),
        (
            json!({ "StartAt": "a", "States": { "a": { "Type": "Pass", "Next": "c" }, "b": { "Type": "Pass", "End": true } } }),
            "MISSING_TRANSITION_TARGET: Missing 'Next' target: c at /States/a/Next, MISSING_TRANSITION_TARGET: State \"b\" is not reachable. at /States/b",
        ),
        (
            only(&json!({ "Type": "Sleep" })),
            "SCHEMA_VALIDATION_FAILED: The field 'Type' should have one of these values: [Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map] at /States/Only/Type",
        ),
        (
            only(&json!({ "Type": "Pass", "Parameters": { "parsed.$": "no" } })),
            "SCHEMA_VALIDATION_FAILED: The value for the field 'parsed.$' must be a valid JSONPath or a valid intrinsic function call at /States/Only/Parameters",
        ),
        (
            only(&json!({ "Type": "Task", "Resource": "arn:aws:states:::dynamodb:query" })),
            "SCHEMA_VALIDATION_FAILED: The resource provided arn:aws:states:::dynamodb:query is not recognized. The value is not a valid resource ARN, or the resource is not available in this region. at /States/Only/Resource",
        ),
        (
            only(&json!({ "Type": "Wait", "Timestamp": "tomorrow" })),
            "SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/Only/Timestamp",
        ),
    ] {
        let expected = format!("Invalid State Machine Definition: '{told}'");
        assert_eq!(fixture.refusal(&definition).await, expected);
    }
}

#[tokio::test]
async fn what_landline_does_not_run_is_refused_at_creation() {
    let fixture = Fixture::new();
    let processor = json!({ "ProcessorConfig": { "Mode": "DISTRIBUTED", "ExecutionType": "STANDARD" }, "StartAt": "P", "States": { "P": { "Type": "Pass", "End": true } } });
    let distributed = only(&json!({ "Type": "Map", "ItemProcessor": processor }));
    let told = fixture.refusal(&distributed).await;
    assert!(told.contains("INLINE only"), "{told}");
    let elsewhere = only(
        &json!({ "Type": "Task", "Resource": "arn:aws:states:::aws-sdk:ec2:describeInstances" }),
    );
    let told = fixture.refusal(&elsewhere).await;
    assert!(
        told.contains("aws-sdk:ec2:describeInstances is not recognized"),
        "{told}"
    );
    let parent = only(
        &json!({ "Type": "Pass", "QueryLanguage": "JSONata", "Output": "{% $states.input.a.%.b %}" }),
    );
    let told = fixture.refusal(&parent).await;
    assert!(told.contains("parent operator"), "{told}");
}

#[tokio::test]
async fn an_express_machine_waits_for_nobody() {
    let fixture = Fixture::new();
    for (resource, told) in [
        (
            "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
            "Express state machine does not support '.waitForTaskToken' service integration  at /States/Only/Resource",
        ),
        (
            "arn:aws:states:::states:startExecution.sync",
            "Express state machine does not support '.sync' service integration at /States/Only/Resource",
        ),
        (
            "arn:aws:states:eu-west-1:000000000000:activity:a",
            "Express state machine does not support Activity ARN at /States/Only/Resource",
        ),
    ] {
        let definition = only(&json!({ "Type": "Task", "Resource": resource }));
        let made = fixture
            .create_kind(&definition, Some(api::StateMachineType::Express))
            .await;
        let message = made.unwrap_err().message;
        assert!(message.contains(told), "{message}");
    }
}

#[tokio::test]
async fn creating_once_more_is_a_success_when_it_is_the_same() {
    let fixture = Fixture::new();
    let definition = only(&json!({ "Type": "Pass" }));
    let first = fixture.create(&definition).await.unwrap();
    assert_eq!(
        first,
        "arn:aws:states:eu-west-1:000000000000:stateMachine:machine"
    );
    assert_eq!(fixture.create(&definition).await.unwrap(), first);
    let other = fixture
        .create(&only(&json!({ "Type": "Succeed" })))
        .await
        .unwrap_err();
    assert_eq!(other.code, "StateMachineAlreadyExists");
    assert_eq!(
        other.message,
        format!("State Machine Already Exists: '{first}'")
    );
}

#[tokio::test]
async fn a_version_stays_what_it_was_and_an_alias_leads_to_it() {
    let fixture = Fixture::new();
    let machine = fixture
        .create(&only(&json!({ "Type": "Pass", "Result": 1 })))
        .await
        .unwrap();
    let input = api::PublishStateMachineVersionInput {
        state_machine_arn: machine.clone(),
        ..Default::default()
    };
    let published = fixture
        .call::<api::PublishStateMachineVersion>(input)
        .await
        .unwrap();
    let version = published.state_machine_version_arn;
    assert_eq!(version, format!("{machine}:1"));
    let input = api::UpdateStateMachineInput {
        state_machine_arn: machine.clone(),
        definition: Some(only(&json!({ "Type": "Pass", "Result": 2 })).to_string()),
        ..Default::default()
    };
    fixture
        .call::<api::UpdateStateMachine>(input)
        .await
        .unwrap();
    let input = api::CreateStateMachineAliasInput {
        name: "live".to_owned(),
        routing_configuration: vec![api::RoutingConfigurationListItem {
            state_machine_version_arn: version.clone(),
            weight: 100,
        }],
        ..Default::default()
    };
    let alias = fixture
        .call::<api::CreateStateMachineAlias>(input)
        .await
        .unwrap();
    for (arn, expected) in [
        (&machine, "2"),
        (&version, "1"),
        (&alias.state_machine_alias_arn, "1"),
    ] {
        let execution = fixture.start(arn, &json!({})).await;
        let ended = fixture.end(&execution).await;
        assert_eq!(ended.output.as_deref(), Some(expected), "{arn}");
    }
    let input = api::DeleteStateMachineVersionInput {
        state_machine_version_arn: version,
    };
    let refused = fixture
        .call::<api::DeleteStateMachineVersion>(input)
        .await
        .unwrap_err();
    assert!(refused.message.ends_with("[live]"), "{}", refused.message);
}

#[tokio::test]
async fn validation_tells_what_creation_would_refuse() {
    let fixture = Fixture::new();
    let input = api::ValidateStateMachineDefinitionInput {
        definition: only(&json!({ "Type": "Pass", "Colour": 1 })).to_string(),
        ..Default::default()
    };
    let told = fixture
        .call::<api::ValidateStateMachineDefinition>(input)
        .await
        .unwrap();
    assert_eq!(
        told.result,
        api::ValidateStateMachineDefinitionResultCode::Fail
    );
    assert_eq!(
        told.diagnostics[0].location.as_deref(),
        Some("/States/Only/Colour")
    );
}

#[tokio::test]
async fn a_machine_that_still_runs_goes_with_its_last_execution() {
    let fixture = Fixture::new();
    let machine = fixture
        .create(&only(&json!({ "Type": "Wait", "Seconds": 3600 })))
        .await
        .unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let delete = api::DeleteStateMachineInput {
        state_machine_arn: machine.clone(),
    };
    fixture
        .call::<api::DeleteStateMachine>(delete)
        .await
        .unwrap();
    let input = api::DescribeStateMachineInput {
        state_machine_arn: machine.clone(),
        included_data: None,
    };
    let described = fixture
        .call::<api::DescribeStateMachine>(input.clone())
        .await
        .unwrap();
    assert_eq!(described.status, Some(api::StateMachineStatus::Deleting));
    assert_eq!(described.role_arn, ROLE);
    let stop = api::StopExecutionInput {
        execution_arn: execution,
        ..Default::default()
    };
    fixture.call::<api::StopExecution>(stop).await.ok();
    let gone = async {
        while fixture
            .call::<api::DescribeStateMachine>(input.clone())
            .await
            .is_ok()
        {
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(5), gone);
    waited.await.expect("the machine goes");
    assert!(
        crate::machine::REVISIONS
            .load(&*fixture.store)
            .unwrap()
            .is_empty()
    );
}
