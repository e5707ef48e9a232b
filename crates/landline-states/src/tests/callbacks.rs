//! Tasks that wait for somebody's word.

use landline_api::stepfunctions as api;
use serde_json::{Value, json};

use super::{Fixture, types};

fn waiting(more: &Value) -> Value {
    let mut state = json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": {
            "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs",
            "MessageBody": { "token.$": "$$.Task.Token", "in.$": "$" },
        },
        "Catch": [{ "ErrorEquals": ["States.ALL"], "Next": "Sorry" }],
        "End": true,
    });
    for (name, value) in more.as_object().unwrap() {
        state[name] = value.clone();
    }
    json!({ "StartAt": "Ask", "States": { "Ask": state, "Sorry": { "Type": "Pass", "End": true } } })
}

impl Fixture {
    /// The token that was sent, once it was.
    async fn token(&self) -> String {
        loop {
            if let Some(told) = self.world.told().last() {
                let body: Value = serde_json::from_str(told.what.as_str().unwrap()).unwrap();
                return body["token"].as_str().unwrap().to_owned();
            }
            tokio::task::yield_now().await;
        }
    }

    async fn succeed(
        &self,
        token: &str,
    ) -> Result<api::SendTaskSuccessOutput, landline_wire::ServiceError> {
        let input = api::SendTaskSuccessInput {
            task_token: token.to_owned(),
            output: r#"{"done":true}"#.to_owned(),
        };
        self.call::<api::SendTaskSuccess>(input).await
    }
}

#[tokio::test]
async fn a_word_of_success_is_the_result() {
    let fixture = Fixture::new();
    let machine = fixture.create(&waiting(&json!({}))).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "a": 1 })).await;
    let token = fixture.token().await;
    fixture.succeed(&token).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some(r#"{"done":true}"#));
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history),
        [
            "ExecutionStarted",
            "TaskStateEntered",
            "TaskScheduled",
            "TaskStarted",
            "TaskSubmitted",
            "TaskSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded",
        ]
    );
    let late = fixture.succeed(&token).await.unwrap_err();
    assert_eq!(late.code, "TaskTimedOut");
    let invented = fixture.succeed("invented").await.unwrap_err();
    assert_eq!(invented.code, "InvalidToken");
}

#[tokio::test]
async fn a_word_of_failure_may_say_nothing_more() {
    let fixture = Fixture::new();
    let machine = fixture.create(&waiting(&json!({}))).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let input = api::SendTaskFailureInput {
        task_token: fixture.token().await,
        ..Default::default()
    };
    fixture.call::<api::SendTaskFailure>(input).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(
        ended.output.as_deref(),
        Some(r#"{"Error":null,"Cause":null}"#)
    );
}

#[tokio::test(start_paused = true)]
async fn silence_is_a_failure_when_heartbeats_are_due() {
    let fixture = Fixture::paused();
    let definition = waiting(&json!({ "HeartbeatSeconds": 4, "TimeoutSeconds": 1000 }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let token = fixture.token().await;
    tokio::time::sleep(std::time::Duration::from_secs(2)).await;
    let input = api::SendTaskHeartbeatInput { task_token: token };
    fixture.call::<api::SendTaskHeartbeat>(input).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(
        ended.output.as_deref(),
        Some(r#"{"Error":"States.HeartbeatTimeout","Cause":""}"#)
    );
    let waited = ended.stop_date.unwrap().as_millis() - ended.start_date.as_millis();
    assert!((6_000..8_000).contains(&waited), "{waited}");
}

#[tokio::test(start_paused = true)]
async fn a_task_that_takes_too_long_is_timed_out() {
    let fixture = Fixture::paused();
    let machine = fixture
        .create(&waiting(&json!({ "TimeoutSeconds": 2 })))
        .await
        .unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    let ended = fixture.end(&execution).await;
    assert_eq!(
        ended.output.as_deref(),
        Some(r#"{"Error":"States.Timeout","Cause":""}"#)
    );
    let history = fixture.history(&execution).await;
    assert!(types(&history).contains(&"TaskTimedOut"));
}
