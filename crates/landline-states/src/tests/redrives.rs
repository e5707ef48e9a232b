//! Executions that go on where they ended badly.

use landline_api::stepfunctions as api;
use serde_json::{Value, json};

use super::{FUNCTION, Fixture, only, types};

async fn redrive(fixture: &Fixture, execution: &str) -> Result<(), landline_wire::ServiceError> {
    let input = api::RedriveExecutionInput {
        execution_arn: execution.to_owned(),
        client_token: None,
    };
    let redriven = fixture.call::<api::RedriveExecution>(input).await;
    redriven.map(drop)
}

fn two_states() -> Value {
    json!({
        "StartAt": "First",
        "States": {
            "First": { "Type": "Task", "Resource": FUNCTION, "ResultPath": "$.first", "Next": "Second" },
            "Second": {
                "Type": "Task", "Resource": FUNCTION, "Parameters": { "n.$": "$$.Execution.RedriveCount" },
                "ResultPath": "$.second", "End": true,
            },
        },
    })
}

#[tokio::test]
async fn a_redriven_execution_goes_on_with_the_state_that_failed() {
    let fixture = Fixture::new();
    fixture.world.answer(json!(1));
    fixture.world.throw("Bad", "not yet");
    let machine = fixture.create(&two_states()).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let failed = fixture.end(&execution).await;
    assert_eq!(failed.status, api::ExecutionStatus::Failed);
    let redrivable = Some(api::ExecutionRedriveStatus::Redrivable);
    assert_eq!(failed.redrive_status, redrivable);
    assert_eq!(failed.redrive_status_reason, None);
    redrive(&fixture, &execution).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.status, api::ExecutionStatus::Succeeded);
    assert_eq!(
        ended.output.as_deref(),
        Some(r#"{"first":1,"second":{"n":1}}"#)
    );
    assert_eq!(ended.redrive_count, Some(1));
    assert!(ended.redrive_date.is_some());
    assert_eq!((ended.error, ended.cause), (None, None));
    let history = fixture.history(&execution).await;
    let after = types(&history);
    let at = after.iter().position(|it| *it == "ExecutionFailed");
    let rest = &after[at.unwrap() + 1..];
    assert_eq!(
        rest,
        [
            "ExecutionRedriven",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded",
        ]
    );
    let ids: Vec<i64> = fixture
        .events(&execution)
        .await
        .iter()
        .map(|it| it.id)
        .collect();
    let count = i64::try_from(ids.len()).unwrap();
    assert_eq!(ids, (1..=count).collect::<Vec<_>>());
}

#[tokio::test]
async fn only_what_failed_of_a_map_is_done_again() {
    let fixture = Fixture::new();
    for answer in [json!("a"), json!("b")] {
        fixture.world.answer(answer);
    }
    fixture.world.throw("Bad", "the third");
    let processor = json!({
        "StartAt": "Call", "States": { "Call": { "Type": "Task", "Resource": FUNCTION, "End": true } },
    });
    let definition =
        only(&json!({ "Type": "Map", "MaxConcurrency": 1, "ItemProcessor": processor }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!([1, 2, 3, 4])).await;
    let failed = fixture.end(&execution).await;
    assert_eq!(failed.status, api::ExecutionStatus::Failed);
    redrive(&fixture, &execution).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some(r#"["a","b",3,4]"#));
    assert_eq!(fixture.world.told().len(), 5);
}

#[tokio::test]
async fn a_redrive_counts_retries_anew() {
    let fixture = Fixture::new();
    for _ in 0..4 {
        fixture.world.throw("Bad", "no");
    }
    let definition = only(&json!({
        "Type": "Task", "Resource": FUNCTION,
        "Retry": [{ "ErrorEquals": ["Bad"], "MaxAttempts": 1, "IntervalSeconds": 0 }],
    }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.end(&execution).await;
    redrive(&fixture, &execution).await.unwrap();
    fixture.end(&execution).await;
    assert_eq!(fixture.world.told().len(), 4);
}

#[tokio::test]
async fn an_aborted_execution_can_be_redriven_after_a_restart() {
    let fixture = Fixture::new();
    let definition = json!({
        "StartAt": "Wait",
        "States": {
            "Wait": { "Type": "Wait", "SecondsPath": "$.s", "Next": "End" },
            "End": { "Type": "Succeed" },
        },
    });
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "s": 600 })).await;
    let stop = api::StopExecutionInput {
        execution_arn: execution.clone(),
        error: Some("Enough".to_owned()),
        cause: None,
    };
    fixture.call::<api::StopExecution>(stop).await.unwrap();
    let fixture = fixture.restart().await;
    redrive(&fixture, &execution).await.unwrap();
    let running = fixture.describe(&execution).await;
    assert_eq!(running.status, api::ExecutionStatus::Running);
    assert_eq!(running.stop_date, None);
    let refused = redrive(&fixture, &execution).await.unwrap_err();
    assert_eq!(refused.code, "ExecutionNotRedrivable");
    // It goes on after another restart, too.
    let fixture = fixture.restart().await;
    let running = fixture.describe(&execution).await;
    assert_eq!(running.redrive_count, Some(1));
    assert!(fixture.states.executions.len() > 0);
}

#[tokio::test]
async fn what_succeeded_cannot_be_redriven() {
    let fixture = Fixture::new();
    let machine = fixture.create(&only(&json!({ "Type": "Pass" }))).await;
    let execution = fixture.start(&machine.unwrap(), &json!({})).await;
    fixture.end(&execution).await;
    let refused = redrive(&fixture, &execution).await.unwrap_err();
    assert_eq!(refused.code, "ExecutionNotRedrivable");
    assert_eq!(
        refused.message,
        "Execution is SUCCEEDED and cannot be redriven"
    );
    let none = format!("{execution}-no");
    let refused = redrive(&fixture, &none).await.unwrap_err();
    assert_eq!(refused.code, "ExecutionDoesNotExist");
}

#[tokio::test]
async fn the_same_token_redrives_once() {
    let fixture = Fixture::new();
    fixture.world.throw("Bad", "no");
    fixture.world.throw("Bad", "no");
    let definition = only(&json!({ "Type": "Task", "Resource": FUNCTION }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.end(&execution).await;
    let input = api::RedriveExecutionInput {
        execution_arn: execution.clone(),
        client_token: Some("once".to_owned()),
    };
    let first = fixture.call::<api::RedriveExecution>(input.clone()).await;
    fixture.end(&execution).await;
    let second = fixture.call::<api::RedriveExecution>(input).await;
    assert_eq!(first.unwrap().redrive_date, second.unwrap().redrive_date);
    assert_eq!(fixture.describe(&execution).await.redrive_count, Some(1));
}
