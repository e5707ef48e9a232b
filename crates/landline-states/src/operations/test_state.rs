//! `TestState`: one state, by itself.
//!
//! Mocked results are not compared with what the services' models allow.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html>

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Map, Value, json};

use super::Service;
use crate::definition::{self, Kind, Pattern, Resource, State};
use crate::errors::{invalid, invalid_definition};
use crate::execution::trial::{Inspection, Trial, Tried, Verdict};
use crate::failure::Failure;
use crate::integration;

impl Handler<api::TestState> for Service {
    async fn handle(
        &self,
        input: api::TestStateInput,
        _caller: &Caller,
    ) -> Result<api::TestStateOutput, ServiceError> {
        let state = self.single(&input)?;
        let mock = mock(&input, &state)?;
        check(&input, &state, mock.as_ref())?;
        let shows_data = matches!(
            input.inspection_level,
            Some(api::InspectionLevel::Debug | api::InspectionLevel::Trace)
        );
        let given = json_member("input", input.input.as_deref())?.unwrap_or_else(|| json!({}));
        let variables = json_member("variables", input.variables.as_deref())?;
        let Some(variables) = variables.map_or_else(|| Some(Map::new()), into_object) else {
            return Err(invalid("The variables must be a JSON object"));
        };
        let context = match json_member("context", input.context.as_deref())? {
            None => None,
            Some(context) => Some(checked_context(context, &state)?),
        };
        let configuration = input.state_configuration.unwrap_or_default();
        let retries = configuration.retrier_retry_count.unwrap_or_default();
        let trial = Trial {
            state,
            input: given.clone(),
            variables: variables.clone(),
            role_arn: input.role_arn,
            context,
            mock,
            retries: u32::try_from(retries).unwrap_or_default(),
        };
        let tried = self.try_state(trial).await;
        Ok(told(tried, shows_data.then_some((given, variables))))
    }
}

fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

fn json_member(name: &str, text: Option<&str>) -> Result<Option<Value>, ServiceError> {
    let Some(text) = text else {
        return Ok(None);
    };
    match (serde_json::from_str(text), name) {
        (Ok(value), _) => Ok(Some(value)),
        (Err(error), "input") => {
            let text = format!("Invalid State Machine Execution Input: '{error}'");
            Err(errors::InvalidExecutionInput.with(text))
        }
        (Err(error), _) => Err(invalid(format!("Invalid {name}: '{error}'"))),
    }
}

impl Service {
    /// The state that is meant, read.
    fn single(&self, input: &api::TestStateInput) -> Result<State, ServiceError> {
        let read = definition::parse_state(&input.definition, input.state_name.as_deref());
        let state = read.map_err(|found| invalid_definition(&found))?;
        let state = state.ok_or_else(|| invalid("State not found in definition"))?;
        let dispatcher = &self.config.dispatcher;
        let missing = match (&state.kind, &input.mock) {
            (Kind::Task(task), None) => integration::missing(&state.name, task, dispatcher),
            _ => None,
        };
        match missing {
            Some(missing) => Err(invalid_definition(&[missing])),
            None => Ok(state),
        }
    }
}

/// What the state is to give instead of what it would do.
fn mock(
    input: &api::TestStateInput,
    state: &State,
) -> Result<Option<Result<Value, Failure>>, ServiceError> {
    let Some(mock) = &input.mock else {
        return Ok(None);
    };
    if matches!(
        state.kind,
        Kind::Pass { .. } | Kind::Fail { .. } | Kind::Succeed | Kind::Wait(_) | Kind::Choice { .. }
    ) {
        return Err(invalid(format!(
            "State type '{}' is not supported when a mock is specified",
            state.kind.name()
        )));
    }
    if input.reveal_secrets == Some(true) {
        let text = "TestState does not support RevealSecrets when a mock is specified.";
        return Err(invalid(text));
    }
    match (&mock.result, &mock.error_output) {
        (Some(_), Some(_)) => Err(invalid(
            "A test mock should have only one of the following fields: [result, errorOutput].",
        )),
        (None, None) => Err(invalid(
            "A test mock should have one of the following fields: [result, errorOutput].",
        )),
        (None, Some(failure)) => Ok(Some(Err(Failure {
            error: failure.error.clone(),
            cause: failure.cause.clone(),
        }))),
        (Some(result), None) => {
            let result = serde_json::from_str(result)
                .map_err(|_| invalid("Mocked result must be valid JSON"))?;
            check_mocked(&result, state)?;
            Ok(Some(with_failed_iterations(input, result)?))
        }
    }
}

fn check_mocked(result: &Value, state: &State) -> Result<(), ServiceError> {
    let branches = match &state.kind {
        Kind::Map(_) => None,
        Kind::Parallel(branches) => Some(branches.len()),
        _ => return Ok(()),
    };
    let Some(items) = result.as_array() else {
        return Err(invalid("Mocked result must be an array."));
    };
    if branches.is_some_and(|count| count != items.len()) {
        return Err(invalid(
            "Mocked result must contain the same number of items as number of Parallel branches.",
        ));
    }
    Ok(())
}

/// Iterations of a map that are said to have failed; there is no tolerance for any.
fn with_failed_iterations(
    input: &api::TestStateInput,
    result: Value,
) -> Result<Result<Value, Failure>, ServiceError> {
    let configuration = input.state_configuration.as_ref();
    let failed = configuration.and_then(|it| it.map_iteration_failure_count);
    let failed = failed.and_then(|failed| usize::try_from(failed).ok());
    let count = result.as_array().map_or(0, Vec::len);
    match failed.unwrap_or_default() {
        0 => Ok(Ok(result)),
        failed if failed > count => Err(invalid(
            "Map iteration failure count must be less than or equal to the number of Map iterations",
        )),
        _ => Ok(Err(Failure::new(
            "States.ExceedToleratedFailureThreshold",
            "The specified tolerated failure threshold was exceeded",
        ))),
    }
}

fn check(
    input: &api::TestStateInput,
    state: &State,
    mock: Option<&Result<Value, Failure>>,
) -> Result<(), ServiceError> {
    if mock.is_some() {
        return Ok(());
    }
    let configuration = input.state_configuration.as_ref();
    if configuration.is_some_and(|it| it.map_iteration_failure_count.is_some()) {
        return Err(invalid(
            "TestState does not support MapIterationFailureCount when a mock is not specified.",
        ));
    }
    match &state.kind {
        Kind::Map(_) | Kind::Parallel(_) => Err(errors::InvalidDefinition.with(
            "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]",
        )),
        Kind::Task(_) if input.role_arn.is_none() => {
            Err(invalid("RoleArn must be specified when testing a Task state"))
        }
        Kind::Task(task) if waits(&task.resource) => Err(invalid(
            "TestState does not support activities and the '.sync' and '.waitForTaskToken' service integration patterns when a mock is not specified.",
        )),
        _ => Ok(()),
    }
}

/// Whether a task waits for more than its answer.
fn waits(resource: &Resource) -> bool {
    match resource {
        Resource::Function(_) => false,
        Resource::Activity(_) => true,
        Resource::Service { pattern, .. } => *pattern != Pattern::Answer,
    }
}

/// `$$` as a caller gives it.
fn checked_context(context: Value, state: &State) -> Result<Value, ServiceError> {
    let refuse = |what: &str| invalid(format!("Invalid Context object provided: {what}"));
    let Value::Object(members) = &context else {
        return Err(refuse("Context object must be a JSON object"));
    };
    for (name, value) in members {
        let known: &[&str] = match name.as_str() {
            "Execution" => &[
                "Id",
                "Input",
                "Name",
                "RedriveCount",
                "RedriveTime",
                "RoleArn",
                "StartTime",
            ],
            "State" => &["EnteredTime", "Name", "RetryCount"],
            "StateMachine" => &["Id", "Name"],
            "Task" => {
                let is_told = match &state.kind {
                    Kind::Task(task) => waits(&task.resource),
                    _ => false,
                };
                if !is_told {
                    return Err(refuse(
                        "Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern",
                    ));
                }
                &["Token"]
            }
            "Map" => {
                let text = "'Map' field is not supported when mocking a Context object";
                return Err(refuse(text));
            }
            other => return Err(refuse(&format!("Field '{other}' is not allowed"))),
        };
        let Value::Object(inner) = value else {
            return Err(refuse(&format!("{name} must be an object")));
        };
        for (field, value) in inner {
            if !known.contains(&field.as_str()) {
                return Err(refuse(&format!("Field '{field}' is not allowed")));
            }
            let is_number = matches!(field.as_str(), "RedriveCount" | "RetryCount");
            let is_fit = match field.as_str() {
                "Input" => true,
                _ if is_number => value.is_number(),
                _ => value.is_string(),
            };
            if !is_fit {
                let kind = if is_number { "number" } else { "string" };
                return Err(refuse(&format!("{name}.{field} must be a {kind}")));
            }
        }
    }
    Ok(context)
}

/// The answer, with the data on their way if they are asked for.
fn told(tried: Tried, data: Option<(Value, Map<String, Value>)>) -> api::TestStateOutput {
    let Tried {
        verdict,
        inspection,
    } = tried;
    let (status, failure, next, output) = match verdict {
        Verdict::Succeeded { next, output } => {
            let status = api::TestExecutionStatus::Succeeded;
            (status, Failure::default(), next, Some(output))
        }
        Verdict::Failed(failure) => (api::TestExecutionStatus::Failed, failure, None, None),
        Verdict::Retriable(failure) => (api::TestExecutionStatus::Retriable, failure, None, None),
        Verdict::Caught {
            failure,
            next,
            output,
        } => {
            let status = api::TestExecutionStatus::CaughtError;
            (status, failure, next, Some(output))
        }
    };
    api::TestStateOutput {
        status: Some(status),
        error: failure.error,
        cause: failure.cause,
        next_state: next,
        output: output.map(|output| output.to_string()),
        inspection_data: data.map(|(input, variables)| inspected(inspection, &input, variables)),
    }
}

fn inspected(
    inspection: Inspection,
    input: &Value,
    variables: Map<String, Value>,
) -> api::InspectionData {
    let text = |value: Option<Value>| value.map(|value| value.to_string());
    let number = |at: usize| i32::try_from(at).ok();
    let details = match (inspection.retrier, inspection.catcher) {
        (None, None) => None,
        (retrier, catcher) => Some(api::InspectionErrorDetails {
            catch_index: catcher.and_then(number),
            retry_index: retrier.and_then(|(at, _)| number(at)),
            retry_backoff_interval_seconds: retrier
                .and_then(|(_, seconds)| i32::try_from(seconds).ok()),
        }),
    };
    api::InspectionData {
        input: Some(input.to_string()),
        after_arguments: text(inspection.after_arguments),
        after_input_path: text(inspection.after_input_path),
        after_parameters: text(inspection.after_parameters),
        after_items_path: text(inspection.after_items_path),
        max_concurrency: inspection
            .max_concurrency
            .and_then(|most| i32::try_from(most).ok()),
        result: text(inspection.result),
        after_result_selector: text(inspection.after_result_selector),
        after_result_path: text(inspection.after_result_path),
        variables: (!variables.is_empty()).then(|| Value::Object(variables).to_string()),
        error_details: details,
        ..Default::default()
    }
}
