//! Workers that ask for their tasks.

use landline_api::stepfunctions as api;
use serde_json::json;

use super::{Fixture, only, types};

#[tokio::test]
async fn a_worker_takes_a_task_and_tells_its_end() {
    let fixture = Fixture::new();
    let input = api::CreateActivityInput {
        name: "paint".to_owned(),
        ..Default::default()
    };
    let made = fixture.call::<api::CreateActivity>(input).await.unwrap();
    let activity = made.activity_arn;
    let definition = only(&json!({ "Type": "Task", "Resource": activity }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "wall": 1 })).await;
    let input = api::GetActivityTaskInput {
        activity_arn: activity,
        worker_name: Some("Ada".to_owned()),
    };
    let task = fixture.call::<api::GetActivityTask>(input).await.unwrap();
    assert_eq!(task.input.as_deref(), Some(r#"{"wall":1}"#));
    let input = api::SendTaskSuccessInput {
        task_token: task.task_token.unwrap(),
        output: "\"blue\"".to_owned(),
    };
    fixture.call::<api::SendTaskSuccess>(input).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some("\"blue\""));
    let history = fixture.history(&execution).await;
    assert_eq!(
        types(&history)[2..5],
        ["ActivityScheduled", "ActivityStarted", "ActivitySucceeded"]
    );
    let events = fixture.events(&execution).await;
    let started = events[3].activity_started_event_details.as_ref().unwrap();
    assert_eq!(started.worker_name.as_deref(), Some("Ada"));
}

#[tokio::test(start_paused = true)]
async fn a_worker_that_waits_in_vain_is_given_nothing() {
    let fixture = Fixture::new();
    let input = api::CreateActivityInput {
        name: "idle".to_owned(),
        ..Default::default()
    };
    let made = fixture.call::<api::CreateActivity>(input).await.unwrap();
    let input = api::GetActivityTaskInput {
        activity_arn: made.activity_arn,
        worker_name: None,
    };
    let task = fixture.call::<api::GetActivityTask>(input).await.unwrap();
    assert_eq!(task.task_token, None);
}

#[tokio::test]
async fn an_activity_that_is_gone_fails_the_execution() {
    let fixture = Fixture::new();
    let arn = "arn:aws:states:eu-west-1:000000000000:activity:gone";
    let ended = fixture
        .run(
            &only(&json!({ "Type": "Task", "Resource": arn })),
            &json!({}),
        )
        .await;
    assert_eq!(
        ended.cause,
        Some(format!(
            "An error occurred while executing the state 'Only' (entered at the event id #2). The activity {arn} does not exist."
        ))
    );
}
