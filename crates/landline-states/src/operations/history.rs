//! `GetExecutionHistory`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html>

use landline_api::stepfunctions as api;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::Value;

use super::Service;
use super::page::{shown, size};
use crate::errors::{invalid_token, unavailable};
use crate::execution::record::{HISTORY, event_key};

impl Handler<api::GetExecutionHistory> for Service {
    async fn handle(
        &self,
        input: api::GetExecutionHistoryInput,
        _caller: &Caller,
    ) -> Result<api::GetExecutionHistoryOutput, ServiceError> {
        let execution = self.execution(&input.execution_arn)?.key();
        let count = size(input.max_results);
        let token = input.next_token.as_deref();
        let after = match token.map(str::parse::<u64>) {
            None => None,
            Some(Ok(id)) => Some(id),
            Some(Err(_)) => return Err(invalid_token()),
        };
        let mut events = match input.reverse_order {
            Some(true) => self.backwards(&execution, after, count + 1)?,
            _ => self.forwards(&execution, after, count + 1)?,
        };
        let has_more = events.len() > count;
        events.truncate(count);
        let last = events.last().filter(|_| has_more);
        let next_token = last.and_then(|event| Some(event.get("id")?.to_string()));
        if input.include_execution_data == Some(false) {
            events.iter_mut().for_each(without_data);
        }
        let events = events.iter().filter_map(|event| shown(Some(event)));
        Ok(api::GetExecutionHistoryOutput {
            events: events.collect(),
            next_token,
        })
    }
}

impl Service {
    fn forwards(
        &self,
        execution: &str,
        after: Option<u64>,
        most: usize,
    ) -> Result<Vec<Value>, ServiceError> {
        let prefix = format!("{execution}|");
        let after = after.map(|id| event_key(execution, id));
        let page = self
            .config
            .store
            .read(|reader| HISTORY.page_in(reader, &prefix, after.as_deref(), most));
        let page = page.map_err(unavailable)?.into_iter();
        Ok(page.map(|(_, event)| event).collect())
    }

    fn backwards(
        &self,
        execution: &str,
        before: Option<u64>,
        most: usize,
    ) -> Result<Vec<Value>, ServiceError> {
        let prefix = format!("{execution}|");
        let all = self
            .config
            .store
            .read(|reader| HISTORY.list_in(reader, &prefix));
        let all = all.map_err(unavailable)?.into_iter().rev();
        let end = before.map(|id| event_key(execution, id));
        let rest = all.filter(|(key, _)| end.as_ref().is_none_or(|end| key < end));
        Ok(rest.take(most).map(|(_, event)| event).collect())
    }
}

/// Takes away what came in and went out.
fn without_data(event: &mut Value) {
    let members = event.as_object_mut().into_iter().flatten();
    for (_, details) in members {
        if let Value::Object(details) = details {
            for name in ["input", "output", "parameters", "assignedVariables"] {
                details.remove(name);
            }
        }
    }
}
