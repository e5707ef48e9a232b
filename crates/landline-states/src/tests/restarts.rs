//! What goes on when the node comes back.

use std::sync::Arc;

use landline_api::stepfunctions as api;
use landline_store::open_memory;
use serde_json::{Value, json};

use super::{FUNCTION, Fixture, only, types};

impl Fixture {
    /// Ends this node, and starts another one on what it left.
    pub(super) async fn restart(self) -> Self {
        self.states.shutdown().await;
        Self::on(self.store, self.world)
    }

    /// Until the execution has written so many events down.
    async fn until(&self, execution: &str, count: usize) {
        while self.history(execution).await.len() < count {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn an_execution_that_waits_goes_on_where_it_was() {
    let fixture = Fixture::on(open_memory(), Arc::default());
    let definition = json!({
        "StartAt": "Set",
        "States": {
            "Set": { "Type": "Pass", "Assign": { "v": 5 }, "Next": "Hold" },
            "Hold": { "Type": "Wait", "Seconds": 1, "Next": "Get" },
            "Get": { "Type": "Pass", "Parameters": { "v.$": "$v" }, "End": true },
        },
    });
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.until(&execution, 4).await;
    let fixture = fixture.restart().await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some(r#"{"v":5}"#));
    let history = fixture.history(&execution).await;
    let waits = types(&history);
    let waits = waits.iter().filter(|kind| **kind == "WaitStateEntered");
    assert_eq!(waits.count(), 1);
}

#[tokio::test]
async fn a_word_that_was_told_is_not_lost() {
    let fixture = Fixture::on(open_memory(), Arc::default());
    let definition = only(&json!({
        "Type": "Task",
        "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters": { "QueueUrl": "https://sqs.eu-west-1.amazonaws.com/000000000000/jobs", "MessageBody": { "token.$": "$$.Task.Token" } },
    }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.until(&execution, 5).await;
    let body: Value = serde_json::from_str(fixture.world.told()[0].what.as_str().unwrap()).unwrap();
    let fixture = fixture.restart().await;
    let input = api::SendTaskSuccessInput {
        task_token: body["token"].as_str().unwrap().to_owned(),
        output: "1".to_owned(),
    };
    fixture.call::<api::SendTaskSuccess>(input).await.unwrap();
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some("1"));
    // Nobody was told twice.
    assert_eq!(fixture.world.told().len(), 1);
}

#[tokio::test]
async fn iterations_that_are_done_are_not_done_again() {
    let fixture = Fixture::on(open_memory(), Arc::default());
    let processor = json!({
        "StartAt": "Call",
        "States": {
            "Call": { "Type": "Task", "Resource": FUNCTION, "ResultPath": null, "Next": "Last" },
            "Last": { "Type": "Choice", "Choices": [{ "Variable": "$", "NumericEquals": 3, "Next": "Hold" }], "Default": "Go" },
            "Hold": { "Type": "Wait", "Seconds": 1, "Next": "Go" },
            "Go": { "Type": "Pass", "End": true },
        },
    });
    let definition =
        only(&json!({ "Type": "Map", "MaxConcurrency": 1, "ItemProcessor": processor }));
    let machine = fixture.create(&definition).await.unwrap();
    let execution = fixture.start(&machine, &json!([1, 2, 3])).await;
    while fixture
        .history(&execution)
        .await
        .iter()
        .all(|(kind, _)| kind != "WaitStateEntered")
    {
        tokio::task::yield_now().await;
    }
    let fixture = fixture.restart().await;
    let ended = fixture.end(&execution).await;
    assert_eq!(ended.output.as_deref(), Some("[1,2,3]"));
    assert_eq!(fixture.world.told().len(), 3);
    // Nothing of its strands is left.
    assert!(
        crate::execution::record::STRANDS
            .load(&*fixture.store)
            .unwrap()
            .is_empty()
    );
    assert!(
        crate::execution::record::RUNNING
            .load(&*fixture.store)
            .unwrap()
            .is_empty()
    );
}
