//! The last step of an event: a function, a queue, a topic, a log group, a state machine or another bus is told.
//!
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-targets.html>

use landline_api::{lambda, logs, sns, sqs, stepfunctions};
use landline_wire::{Arn, Caller, Dispatcher, NewIds, ServiceError, Timestamp, request_id};
use serde::{Deserialize, Serialize};

/// Who calls, and on behalf of what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Source {
    /// `events.amazonaws.com`, or the role that a schedule names.
    pub(crate) principal: String,
    /// The ARN of the rule or the schedule.
    pub(crate) arn: String,
}

impl Source {
    fn caller(&self) -> Caller {
        let arn = Arn::parse(&self.arn);
        let (account, region) = arn.map_or(("", ""), |arn| (arn.account_id, arn.region));
        Caller::root(account, region).service(&self.principal, &self.arn)
    }
}

/// Why an attempt failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) code: String,
    pub(crate) message: String,
    /// Whether another attempt may succeed.
    pub(crate) outlook: Outlook,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outlook {
    Passing,
    Lasting,
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let is_throttled = error.status == 429 || error.code.contains("Throttl");
        let is_lasting = error.is_client_fault() && !is_throttled;
        Self {
            code: error.code.into_owned(),
            message: error.message,
            outlook: if is_lasting {
                Outlook::Lasting
            } else {
                Outlook::Passing
            },
        }
    }
}

/// What is told, and to whom.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Telling<'a> {
    /// Of the delivery: the same for each of its attempts, also of those after a restart.
    pub(crate) id: &'a str,
    pub(crate) source: &'a Source,
    pub(crate) arn: &'a str,
    /// Of FIFO queues.
    pub(crate) group: Option<&'a str>,
    pub(crate) text: &'a str,
    pub(crate) now: Timestamp,
}

/// Whether Landline has anybody behind such an ARN.
pub(crate) fn is_reached(arn: &str) -> bool {
    Arn::parse(arn).is_some_and(|arn| match arn.service {
        "lambda" | "sqs" | "sns" => true,
        "logs" => log_group(arn.resource).is_some(),
        "events" => arn.resource.starts_with("event-bus/"),
        "states" => arn.resource.starts_with("stateMachine:"),
        _ => false,
    })
}

/// Tells a target of another service.
pub(crate) async fn tell(dispatcher: &Dispatcher, telling: Telling<'_>) -> Result<(), Failure> {
    let Telling { source, text, .. } = telling;
    let caller = source.caller();
    match Arn::parse(telling.arn).map(|arn| arn.service) {
        Some("lambda") => {
            let input = lambda::InvokeInput {
                function_name: telling.arn.to_owned(),
                invocation_type: Some(lambda::InvocationType::Event),
                payload: Some(text.to_owned().into()),
                ..Default::default()
            };
            dispatcher.call::<lambda::Invoke>(input, &caller).await?;
        }
        Some("sqs") => {
            let input = message(telling.arn, text, telling.group);
            dispatcher.call::<sqs::SendMessage>(input, &caller).await?;
        }
        Some("sns") => {
            let input = sns::PublishInput {
                target_arn: Some(telling.arn.to_owned()),
                message: text.to_owned(),
                ..Default::default()
            };
            dispatcher.call::<sns::Publish>(input, &caller).await?;
        }
        Some("states") => start_execution(dispatcher, telling, &caller).await?,
        Some("logs") => write_to_log(dispatcher, telling, &caller).await?,
        _ => return Err(nobody()),
    }
    Ok(())
}

/// Starts an execution under the name that follows from the delivery: it starts once, however often it is tried.
async fn start_execution(
    dispatcher: &Dispatcher,
    telling: Telling<'_>,
    caller: &Caller,
) -> Result<(), Failure> {
    let mut names = NewIds::from_token(telling.id);
    let input = stepfunctions::StartExecutionInput {
        state_machine_arn: telling.arn.to_owned(),
        name: Some(names.uuid()),
        input: Some(telling.text.to_owned()),
        ..Default::default()
    };
    let started = dispatcher.call::<stepfunctions::StartExecution>(input, caller);
    match started.await {
        // An earlier attempt was heard, and its execution is over.
        Err(error) if error.code == "ExecutionAlreadyExists" => Ok(()),
        started => Ok(started.map(drop)?),
    }
}

fn nobody() -> Failure {
    Failure {
        code: "NO_RESOURCE".to_owned(),
        message: "Landline has no such target.".to_owned(),
        outlook: Outlook::Lasting,
    }
}

pub(crate) fn message(queue_arn: &str, text: &str, group: Option<&str>) -> sqs::SendMessageInput {
    sqs::SendMessageInput {
        queue_url: queue_url(queue_arn),
        message_body: text.to_owned(),
        message_group_id: group.map(str::to_owned),
        ..Default::default()
    }
}

/// The URL of the queue with this ARN, at AWS's address: only the name at its end counts.
fn queue_url(arn: &str) -> String {
    let Some(arn) = Arn::parse(arn) else {
        return arn.to_owned();
    };
    let (region, account, name) = (arn.region, arn.account_id, arn.resource);
    format!("https://sqs.{region}.amazonaws.com/{account}/{name}")
}

/// The group of `log-group:/aws/events/x:*`.
fn log_group(resource: &str) -> Option<&str> {
    let group = resource.strip_prefix("log-group:")?;
    Some(group.strip_suffix(":*").unwrap_or(group))
}

/// An event is a stream of its own, as on AWS.
async fn write_to_log(
    dispatcher: &Dispatcher,
    telling: Telling<'_>,
    caller: &Caller,
) -> Result<(), Failure> {
    let arn = Arn::parse(telling.arn);
    let group = arn.and_then(|arn| log_group(arn.resource));
    let group = group.ok_or_else(nobody)?.to_owned();
    let stream = request_id::uuid();
    let input = logs::CreateLogStreamInput {
        log_group_name: group.clone(),
        log_stream_name: stream.clone(),
    };
    dispatcher
        .call::<logs::CreateLogStream>(input, caller)
        .await?;
    let input = logs::PutLogEventsInput {
        log_group_name: group,
        log_stream_name: stream,
        log_events: vec![logs::InputLogEvent {
            timestamp: telling.now.as_millis(),
            message: telling.text.to_owned(),
        }],
        ..Default::default()
    };
    dispatcher.call::<logs::PutLogEvents>(input, caller).await?;
    Ok(())
}
