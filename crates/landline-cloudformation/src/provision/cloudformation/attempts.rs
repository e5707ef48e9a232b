//! How the function of a custom resource is called: with the retries of an asynchronous event, which is what AWS sends,
//! but in calls that wait, so that the end of each attempt and its last log lines are known here.
//! <https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html>

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use landline_api::lambda::errors::TooManyRequestsException;
use landline_api::lambda::{
    GetFunctionEventInvokeConfig, GetFunctionEventInvokeConfigInput, InvocationType, Invoke,
    InvokeInput, InvokeOutput, LogType,
};
use landline_wire::{Caller, Dispatcher, ServiceError};
use serde_json::Value as Json;
use tokio::task::JoinError;

use crate::quotas::{TOLD_LOG_CHARS, TOLD_LOG_LINES};

/// A function that is called until an attempt ends well.
pub(super) struct Attempts {
    dispatcher: Dispatcher,
    input: InvokeInput,
    owner: Caller,
}

/// How the last attempt ended.
pub(super) struct Ended {
    pub(super) is_failure: bool,
    pub(super) attempts: usize,
    /// What the function wrote last, without Lambda's own lines; or its error, if it wrote nothing.
    pub(super) last_words: String,
}

impl Attempts {
    pub(super) fn new(
        dispatcher: Dispatcher,
        function: String,
        event: &Json,
        owner: Caller,
    ) -> Self {
        let input = InvokeInput {
            function_name: function,
            invocation_type: Some(InvocationType::RequestResponse),
            log_type: Some(LogType::Tail),
            payload: Some(Bytes::from(event.to_string())),
            ..Default::default()
        };
        Self {
            dispatcher,
            input,
            owner,
        }
    }

    /// Calls the function until an attempt ends well or there are no more to be made. An attempt that was begun goes on
    /// when nobody waits for it any longer, as an event does.
    pub(super) async fn run(self) -> Result<Ended, ServiceError> {
        let mut attempts = 0;
        loop {
            let (dispatcher, input) = (self.dispatcher.clone(), self.input.clone());
            let owner = self.owner.clone();
            let attempt = async move { dispatcher.call::<Invoke>(input, &owner).await };
            let internal = |error: JoinError| ServiceError::internal(&error);
            let delay = match tokio::spawn(attempt).await.map_err(internal)? {
                Err(error) if TooManyRequestsException.matches(&error) => THROTTLED_DELAY,
                Err(error) => return Err(error),
                Ok(output) => {
                    attempts += 1;
                    let ended = Ended {
                        is_failure: output.function_error.is_some(),
                        attempts,
                        last_words: last_words(&output),
                    };
                    match self.delay_after(&ended).await {
                        Some(delay) => delay,
                        None => return Ok(ended),
                    }
                }
            };
            tokio::time::sleep(delay).await;
        }
    }

    /// The pause before another attempt, if there is to be one.
    async fn delay_after(&self, ended: &Ended) -> Option<Duration> {
        if !ended.is_failure {
            return None;
        }
        let input = GetFunctionEventInvokeConfigInput {
            function_name: self.input.function_name.clone(),
            ..Default::default()
        };
        let settings = self
            .dispatcher
            .call::<GetFunctionEventInvokeConfig>(input, &self.owner);
        let retries = settings.await.ok().and_then(|it| it.maximum_retry_attempts);
        let retries = retries.and_then(|retries| usize::try_from(retries).ok());
        if retries.is_some_and(|retries| ended.attempts > retries) {
            return None;
        }
        RETRY_DELAYS.get(ended.attempts - 1).copied()
    }
}

const RETRY_DELAYS: [Duration; 2] = [Duration::from_mins(1), Duration::from_mins(2)];
const THROTTLED_DELAY: Duration = Duration::from_secs(1);

fn last_words(output: &InvokeOutput) -> String {
    let log = output.log_result.as_deref().unwrap_or_default();
    let log = STANDARD.decode(log).unwrap_or_default();
    let log = String::from_utf8_lossy(&log);
    let own = |line: &&str| {
        let is_lambdas = LAMBDAS_LINES.iter().any(|start| line.starts_with(start));
        !is_lambdas && !line.trim().is_empty()
    };
    let lines: Vec<&str> = log.lines().filter(own).collect();
    let last = lines[lines.len().saturating_sub(TOLD_LOG_LINES)..].join("\n");
    let surplus = last.chars().count().saturating_sub(TOLD_LOG_CHARS);
    let last: String = last.chars().skip(surplus).collect();
    if last.is_empty() {
        error_of(output).unwrap_or_default()
    } else {
        last
    }
}

/// What a function that could not even start is said to have answered.
fn error_of(output: &InvokeOutput) -> Option<String> {
    output.function_error.as_ref()?;
    let payload: Json = serde_json::from_slice(output.payload.as_ref()?).ok()?;
    payload["errorMessage"].as_str().map(str::to_owned)
}

/// How lines begin that Lambda writes around those of the function.
const LAMBDAS_LINES: [&str; 4] = [
    "INIT_START ",
    "START RequestId: ",
    "END RequestId: ",
    "REPORT RequestId: ",
];
