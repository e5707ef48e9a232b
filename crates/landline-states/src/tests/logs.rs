//! What log groups get to see of executions.

use landline_api::stepfunctions as api;
use serde_json::{Value, json};

use super::{Fixture, ROLE, only};

const GROUP: &str = "arn:aws:logs:eu-west-1:000000000000:log-group:/states/m:*";

fn logging(level: api::LogLevel, include: Option<bool>, group: &str) -> api::LoggingConfiguration {
    api::LoggingConfiguration {
        level: Some(level),
        include_execution_data: include,
        destinations: Some(vec![api::LogDestination {
            cloud_watch_logs_log_group: Some(api::CloudWatchLogsLogGroup {
                log_group_arn: Some(group.to_owned()),
            }),
        }]),
    }
}

async fn create(
    fixture: &Fixture,
    definition: &Value,
    kind: api::StateMachineType,
    logging: api::LoggingConfiguration,
) -> Result<String, landline_wire::ServiceError> {
    let input = api::CreateStateMachineInput {
        name: "machine".to_owned(),
        definition: definition.to_string(),
        role_arn: ROLE.to_owned(),
        r#type: Some(kind),
        logging_configuration: Some(logging),
        ..Default::default()
    };
    let made = fixture.call::<api::CreateStateMachine>(input).await?;
    Ok(made.state_machine_arn)
}

async fn lines(fixture: &Fixture) -> Vec<Value> {
    fixture.states.journal.flush().await;
    let told = fixture.world.told();
    let logged = told.iter().filter(|told| told.to == "log /states/m");
    logged.map(|told| told.what.clone()).collect()
}

fn kinds(lines: &[Value]) -> Vec<&str> {
    let kinds = lines.iter().map(|line| line["type"].as_str().unwrap());
    kinds.collect()
}

#[tokio::test]
async fn each_event_is_a_line_of_the_log() {
    let fixture = Fixture::new();
    let definition = only(&json!({ "Type": "Pass", "Result": 1 }));
    let logging = logging(api::LogLevel::All, Some(true), GROUP);
    let kind = api::StateMachineType::Standard;
    let machine = create(&fixture, &definition, kind, logging).await.unwrap();
    let execution = fixture.start(&machine, &json!({ "a": 1 })).await;
    fixture.end(&execution).await;
    let lines = lines(&fixture).await;
    assert_eq!(
        kinds(&lines),
        [
            "ExecutionStarted",
            "PassStateEntered",
            "PassStateExited",
            "ExecutionSucceeded"
        ]
    );
    let time = lines[1]["event_timestamp"].clone();
    assert!(time.as_str().unwrap().starts_with("18016461"), "{time}");
    assert_eq!(
        lines[1],
        json!({
            "id": "2",
            "type": "PassStateEntered",
            "details": { "name": "Only", "input": r#"{"a":1}"#, "inputDetails": { "truncated": false } },
            "redrive_count": "0",
            "previous_event_id": "0",
            "event_timestamp": time,
            "execution_arn": execution,
        })
    );
}

#[tokio::test]
async fn a_log_without_data_has_no_inputs_and_outputs() {
    let fixture = Fixture::new();
    let definition = only(&json!({ "Type": "Fail", "Error": "E", "Cause": "C" }));
    let logging = logging(api::LogLevel::All, None, GROUP);
    let kind = api::StateMachineType::Standard;
    let machine = create(&fixture, &definition, kind, logging).await.unwrap();
    let execution = fixture.start(&machine, &json!({})).await;
    fixture.end(&execution).await;
    let lines = lines(&fixture).await;
    let details: Vec<&Value> = lines.iter().map(|line| &line["details"]).collect();
    assert_eq!(
        details,
        [
            &json!({ "roleArn": ROLE }),
            &json!({ "name": "Only" }),
            &json!({ "error": "E", "cause": "C" }),
        ]
    );
}

#[tokio::test]
async fn of_express_executions_the_log_tells_what_was_asked_for() {
    let definition = only(&json!({ "Type": "Fail", "Error": "E" }));
    for (level, expected) in [
        (
            api::LogLevel::Error,
            vec!["FailStateEntered", "ExecutionFailed"],
        ),
        (api::LogLevel::Fatal, vec!["ExecutionFailed"]),
        (api::LogLevel::Off, vec![]),
    ] {
        let fixture = Fixture::new();
        let logging = logging(level, None, GROUP);
        let kind = api::StateMachineType::Express;
        let machine = create(&fixture, &definition, kind, logging).await.unwrap();
        let input = api::StartSyncExecutionInput {
            state_machine_arn: machine,
            ..Default::default()
        };
        fixture
            .call::<api::StartSyncExecution>(input)
            .await
            .unwrap();
        assert_eq!(kinds(&lines(&fixture).await), expected);
    }
}

#[tokio::test]
async fn a_log_group_that_is_not_there_is_refused() {
    let fixture = Fixture::new();
    let definition = only(&json!({ "Type": "Pass" }));
    let group = GROUP.replace("/m:", "/missing:");
    let logging = logging(api::LogLevel::All, None, &group);
    let kind = api::StateMachineType::Standard;
    let refused = create(&fixture, &definition, kind, logging)
        .await
        .unwrap_err();
    assert_eq!(refused.code, "InvalidLoggingConfiguration");
    assert_eq!(
        refused.message,
        "Invalid Logging Configuration: Log Destination not found."
    );
}
