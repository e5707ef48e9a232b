//! What stands around the language: executions over restarts, their redrives, their logs.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/dg/concepts-state-machine-executions.html>

use landline_api::{logs, stepfunctions as api};
use landline_testing::{Answer, Node};
use serde_json::{Value, json};

use super::only;

async fn standard(
    node: &Node,
    definition: &Value,
    logging: Option<api::LoggingConfiguration>,
) -> String {
    let input = api::CreateStateMachineInput {
        name: "machine".to_owned(),
        definition: definition.to_string(),
        role_arn: "arn:aws:iam::123456789012:role/machine".to_owned(),
        logging_configuration: logging,
        ..Default::default()
    };
    let made = node.call::<api::CreateStateMachine>(input).await;
    made.state_machine_arn
}

async fn start(node: &Node, machine: &str) -> String {
    let input = api::StartExecutionInput {
        state_machine_arn: machine.to_owned(),
        ..Default::default()
    };
    node.call::<api::StartExecution>(input).await.execution_arn
}

/// The execution once it runs no more.
async fn end(node: &Node, execution: &str) -> api::DescribeExecutionOutput {
    let waiting = async {
        loop {
            let input = api::DescribeExecutionInput {
                execution_arn: execution.to_owned(),
                ..Default::default()
            };
            let told = node.call::<api::DescribeExecution>(input).await;
            if told.status != api::ExecutionStatus::Running {
                return told;
            }
            tokio::task::yield_now().await;
        }
    };
    let waited = tokio::time::timeout(std::time::Duration::from_secs(20), waiting).await;
    waited.expect("the execution ends")
}

fn calling(node: &Node) -> Value {
    only(json!({ "Type": "Task", "Resource": node.function_arn("work") }))
}

#[tokio::test]
async fn a_failed_execution_is_redriven_after_a_restart() {
    let node = Node::start().await;
    let throws = Answer::ThrowsType("Bad", "no");
    node.functions.answers("work", throws);
    let machine = standard(&node, &calling(&node), None).await;
    let execution = start(&node, &machine).await;
    assert_eq!(end(&node, &execution).await.error.as_deref(), Some("Bad"));
    let node = node.restart().await;
    node.functions.answers("work", Answer::Returns(json!(1)));
    let input = api::RedriveExecutionInput {
        execution_arn: execution.clone(),
        ..Default::default()
    };
    node.call::<api::RedriveExecution>(input).await;
    let ended = end(&node, &execution).await;
    assert_eq!(ended.output.as_deref(), Some("1"));
    assert_eq!(ended.redrive_count, Some(1));
}

#[tokio::test]
async fn a_log_group_gets_a_line_for_each_event() {
    let node = Node::start().await;
    node.functions.answers("work", Answer::Returns(json!(1)));
    let group = "/states/machine";
    let input = logs::CreateLogGroupInput {
        log_group_name: group.to_owned(),
        ..Default::default()
    };
    node.call::<logs::CreateLogGroup>(input).await;
    let logging = api::LoggingConfiguration {
        level: Some(api::LogLevel::All),
        include_execution_data: Some(true),
        destinations: Some(vec![api::LogDestination {
            cloud_watch_logs_log_group: Some(api::CloudWatchLogsLogGroup {
                log_group_arn: Some(format!(
                    "arn:aws:logs:us-east-1:123456789012:log-group:{group}:*"
                )),
            }),
        }]),
    };
    let machine = standard(&node, &calling(&node), Some(logging)).await;
    let execution = start(&node, &machine).await;
    end(&node, &execution).await;
    let lines = async {
        loop {
            let input = logs::FilterLogEventsInput {
                log_group_name: Some(group.to_owned()),
                ..Default::default()
            };
            let found = node.call::<logs::FilterLogEvents>(input).await;
            let found = found.events.unwrap_or_default();
            if found.len() >= 7 {
                return found;
            }
            tokio::task::yield_now().await;
        }
    };
    let lines = tokio::time::timeout(std::time::Duration::from_secs(20), lines).await;
    let lines: Vec<Value> = lines
        .expect("all lines come")
        .iter()
        .map(|event| serde_json::from_str(event.message.as_deref().unwrap()).unwrap())
        .collect();
    let kinds: Vec<&str> = lines
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            "ExecutionStarted",
            "TaskStateEntered",
            "LambdaFunctionScheduled",
            "LambdaFunctionStarted",
            "LambdaFunctionSucceeded",
            "TaskStateExited",
            "ExecutionSucceeded",
        ]
    );
    assert_eq!(lines[0]["execution_arn"], execution.as_str());
}
