//! The life of an execution: names, histories, waits, ends.

use std::time::Duration;

use landline_api::stepfunctions as api;
use serde_json::json;

use super::{FUNCTION, Fixture, only, previous, types};

#[tokio::test]
async fn a_task_leaves_the_events_that_aws_has() {
    let fixture = Fixture::new();
    let definition = json!({
        "StartAt": "Work",
        "States": {
            "Work": { "Type": "Task", "Resource": FUNCTION, "Next": "Done" },
            "Done": { "Type": "Succeed" },
        },
    });
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "a": 1 })).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.status, api::ExecutionStatus::Succeeded);
    assert_eq!(ended.output.as_deref(), Some(r#"{"a":1}"#));
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        [
            "ExecutionStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "SucceedStateEntered",
            "SucceedStateExited",
            "ExecutionSucceeded",
        ]
    );
    assert_eq!(previous(&history), [0, 0, 2, 3, 4, 5, 6, 7, 8]);
    let events = fixture.events(&execution).await;
    let scheduled = events[2]
        .lambda_function_scheduled_event_details
        .as_ref()
        .unwrap();
    assert_eq!(scheduled.resource, FUNCTION);
    assert_eq!(scheduled.input.as_deref(), Some(r#"{"a":1}"#));
}

#[tokio::test]
async fn a_history_is_read_in_pages_from_either_end() {
    let fixture = Fixture::new();
    let machine = fixture
        .create(&only(&json!({ "Type": "Pass" })))
        .await
        .unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.end(&execution).await;
    for (reverse, expected) in [(false, [1, 2, 3, 4]), (true, [4, 3, 2, 1])] {
        let (mut ids, mut token) = (Vec::new(), None);
        loop {
            let input = api::GetExecutionHistoryInput {
                execution_arn: execution.clone(),
                max_results: Some(3),
                reverse_order: Some(reverse),
                next_token: token,
                include_execution_data: Some(false),
            };
            let page = fixture
                .call::<api::GetExecutionHistory>(input)
                .await
                .unwrap();
            ids.extend(page.events.iter().map(|event| event.id));
            token = page.next_token;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(ids, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_ends_at_its_time() {
    let fixture = Fixture::paused();
    let definition = only(&json!({ "Type": "Wait", "SecondsPath": "$.s" }));
    let ended = fixture.run(&definition, &json!({ "s": 9 })).await;
    let stop = ended.stop_date.unwrap().as_millis();
    let waited = stop - ended.start_date.as_millis();
    assert!((9_000..11_000).contains(&waited), "{waited}");
}

#[tokio::test]
async fn a_wait_for_a_timestamp_in_the_past_is_over_at_once() {
    let fixture = Fixture::new();
    let definition = only(&json!({ "Type": "Wait", "Timestamp": "2016-12-05T21:29:29Z" }));
    let ended = fixture.run(&definition, &json!({})).await;
    assert_eq!(ended.status, api::ExecutionStatus::Succeeded);
}

#[tokio::test]
async fn a_wait_that_cannot_be_read_fails_in_the_words_of_aws() {
    for (input, told) in [
        (
            json!({ "s": -1 }),
            "The SecondsPath parameter references a negative value: $.s == -1",
        ),
        (
            json!({ "s": 1.5 }),
            "The SecondsPath parameter cannot be parsed as a long value: $.s == 1.5",
        ),
        (
            json!({}),
            "The SecondsPath parameter does not reference an input value: $.s",
        ),
        (
            json!({ "s": 99_999_999_999_i64 }),
            "Wait state delay is too long.",
        ),
    ] {
        let fixture = Fixture::new();
        let definition = only(&json!({ "Type": "Wait", "SecondsPath": "$.s" }));
        let ended = fixture.run(&definition, &input).await;
        assert_eq!(ended.error.as_deref(), Some("States.Runtime"));
        let expected = format!(
            "An error occurred while executing the state 'Only' (entered at the event id #2). {told}"
        );
        assert_eq!(ended.cause, Some(expected));
    }
}

#[tokio::test]
async fn a_name_is_given_once_unless_it_is_the_same_that_runs() {
    let fixture = Fixture::new();
    let machine = fixture
        .create(&only(&json!({ "Type": "Wait", "Seconds": 1000 })))
        .await
        .unwrap();
    let start = |input: &str| {
        let input = api::StartExecutionInput {
            state_machine_arn: machine.clone(),
            name: Some("one".to_owned()),
            input: Some(input.to_owned()),
            ..Default::default()
        };
        fixture.call::<api::StartExecution>(input)
    };
    let first = start(r#"{"a":1}"#).await.unwrap();
    let again = start(r#"{ "a": 1 }"#).await.unwrap();
    assert_eq!(first.execution_arn, again.execution_arn);
    let other = start("{}").await.unwrap_err();
    assert_eq!(other.code, "ExecutionAlreadyExists");
    let stop = api::StopExecutionInput {
        execution_arn: first.execution_arn.clone(),
        error: Some("Enough".to_owned()),
        cause: Some("of this".to_owned()),
    };
    fixture.call::<api::StopExecution>(stop).await.unwrap();
    let ended = fixture.describe(&first.execution_arn).await;
    assert_eq!(ended.status, api::ExecutionStatus::Aborted);
    assert_eq!(ended.error.as_deref(), Some("Enough"));
    let after = start(r#"{"a":1}"#).await.unwrap_err();
    assert_eq!(after.code, "ExecutionAlreadyExists");
}

#[tokio::test(start_paused = true)]
async fn an_execution_that_takes_too_long_is_timed_out() {
    let fixture = Fixture::paused();
    let mut definition = only(&json!({ "Type": "Wait", "Seconds": 1000 }));
    definition["TimeoutSeconds"] = 5.into();
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.status, api::ExecutionStatus::TimedOut);
    let history = fixture.history(&execution).await;
    assert_eq!(types(&history).last(), Some(&"ExecutionTimedOut"));
}

#[tokio::test]
async fn executions_are_listed_the_newest_first() {
    let fixture = Fixture::new();
    let machine = fixture
        .create(&only(&json!({ "Type": "Pass" })))
        .await
        .unwrap();
    let mut arns = Vec::new();
    for _ in 0..3 {
        let execution = fixture.start(&machine, &json!({})).await;
        fixture.end(&execution).await;
        arns.insert(0, execution);
        tokio::time::sleep(Duration::from_millis(3)).await;
    }
    let list = |token: Option<String>, status| {
        let input = api::ListExecutionsInput {
            state_machine_arn: Some(machine.clone()),
            max_results: Some(2),
            next_token: token,
            status_filter: status,
            ..Default::default()
        };
        fixture.call::<api::ListExecutions>(input)
    };
    let first = list(None, None).await.unwrap();
    let second = list(first.next_token.clone(), None).await.unwrap();
    let found = first.executions.iter().chain(&second.executions);
    let found: Vec<_> = found.map(|it| it.execution_arn.clone()).collect();
    assert_eq!(found, arns);
    assert_eq!(second.next_token, None);
    let failed = list(None, Some(api::ExecutionStatus::Failed))
        .await
        .unwrap();
    assert!(failed.executions.is_empty());
}

#[tokio::test]
async fn an_express_machine_answers_who_waits() {
    let fixture = Fixture::new();
    let definition = only(&json!({ "Type": "Task", "Resource": FUNCTION }));
    let express = Some(api::StateMachineType::Express);
    let machine = fixture.create_kind(&definition, express).await.unwrap();
    let input = api::StartSyncExecutionInput {
        state_machine_arn: machine.clone(),
        name: Some("now".to_owned()),
        input: Some(r#"{"a":1}"#.to_owned()),
        ..Default::default()
    };
    let ended = fixture
        .call::<api::StartSyncExecution>(input)
        .await
        .unwrap();
    assert_eq!(ended.status, api::SyncExecutionStatus::Succeeded);
    assert_eq!(ended.output.as_deref(), Some(r#"{"a":1}"#));
    assert!(ended.execution_arn.contains(":express:machine:now:"));
    // Nothing of it is kept.
    assert!(
        crate::execution::record::HISTORY
            .load(&*fixture.store)
            .unwrap()
            .is_empty()
    );
    let input = api::DescribeExecutionInput {
        execution_arn: ended.execution_arn,
        included_data: None,
    };
    let refused = fixture
        .call::<api::DescribeExecution>(input)
        .await
        .unwrap_err();
    assert_eq!(
        refused.message,
        "Invalid Arn: 'Resource type not valid in this context: express'"
    );
}

#[tokio::test]
async fn a_standard_machine_lets_nobody_wait() {
    let fixture = Fixture::new();
    let machine = fixture
        .create(&only(&json!({ "Type": "Pass" })))
        .await
        .unwrap();
    let input = api::StartSyncExecutionInput {
        state_machine_arn: machine,
        ..Default::default()
    };
    let refused = fixture
        .call::<api::StartSyncExecution>(input)
        .await
        .unwrap_err();
    assert_eq!(refused.code, "StateMachineTypeNotSupported");
}

#[tokio::test]
async fn a_history_has_an_end() {
    let fixture = Fixture::new();
    let definition = json!({
        "StartAt": "A",
        "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } },
    });
    let ended = fixture.run(&definition, &json!({})).await;
    assert_eq!(ended.error.as_deref(), Some("States.Runtime"));
    assert!(ended.cause.unwrap().contains("25000"));
}
