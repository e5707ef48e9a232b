//! `AddPermission`, `RemovePermission`: statements of a queue's policy.
//!
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_AddPermission.html>

use landline_api::sqs as api;
use landline_api::sqs::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Value, json};

use crate::errors::{invalid_value, missing};
use crate::queue::QueueRecord;
use crate::quotas::PERMISSION_ACTIONS_MAX;
use crate::{Sqs, arn};

impl Handler<api::AddPermission> for Sqs {
    async fn handle(
        &self,
        input: api::AddPermissionInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let arn = arn(&queue.name, caller);
        let statement = statement(&input, &arn)?;
        let change = self.change(&queue, move |record| {
            let mut policy = policy_of(record, &arn);
            if labels(&policy).any(|label| label == input.label) {
                return Err(invalid_value(&input.label, "Label", "Already exists."));
            }
            if let Some(Value::Array(statements)) = policy.get_mut("Statement") {
                statements.push(statement);
            }
            keep(record, &policy);
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::RemovePermission> for Sqs {
    async fn handle(
        &self,
        input: api::RemovePermissionInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let queue = self.find(&input.queue_url)?;
        let arn = arn(&queue.name, caller);
        let change = self.change(&queue, move |record| {
            let mut policy = policy_of(record, &arn);
            if !labels(&policy).any(|label| label == input.label) {
                let reason = "can't find label.";
                return Err(invalid_value(&input.label, "Label", reason));
            }
            if let Some(Value::Array(statements)) = policy.get_mut("Statement") {
                statements.retain(|statement| statement["Sid"] != *input.label);
            }
            keep(record, &policy);
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

fn statement(input: &api::AddPermissionInput, arn: &str) -> Result<Value, ServiceError> {
    if input.actions.is_empty() {
        return Err(missing("Actions"));
    }
    if input.aws_account_ids.is_empty() {
        return Err(missing("PrincipalId"));
    }
    let count = input.actions.len();
    if count > PERMISSION_ACTIONS_MAX {
        return Err(errors::OverLimit.with(format!(
            "{count} Actions were found, maximum allowed is {PERMISSION_ACTIONS_MAX}."
        )));
    }
    let refused = input
        .actions
        .iter()
        .find(|it| !ALLOWED.contains(&it.as_str()));
    if let Some(action) = refused {
        let reason = "Only the queue owner is allowed to invoke this action.";
        let name = format!("SQS:{action}");
        return Err(invalid_value(name, "ActionName", reason));
    }
    let accounts = input.aws_account_ids.iter();
    let accounts: Vec<String> = accounts
        .map(|account| format!("arn:aws:iam::{account}:root"))
        .collect();
    let actions: Vec<String> = input.actions.iter().map(|it| format!("SQS:{it}")).collect();
    // A list of one is a text, as on AWS.
    let one_or_all = |mut all: Vec<String>| match all.len() {
        1 => Value::from(all.remove(0)),
        _ => Value::from(all),
    };
    Ok(json!({
        "Sid": input.label,
        "Effect": "Allow",
        "Principal": { "AWS": one_or_all(accounts) },
        "Action": one_or_all(actions),
        "Resource": arn,
    }))
}

/// The policy, with a list of statements whatever it was set to.
fn policy_of(record: &QueueRecord, arn: &str) -> Value {
    let set = record.attributes.get("Policy");
    let set = set.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let mut policy = set.filter(Value::is_object).unwrap_or_else(
        || json!({ "Version": "2008-10-17", "Id": format!("{arn}/SQSDefaultPolicy") }),
    );
    let statements = match policy.get_mut("Statement").map(Value::take) {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(all)) => all,
        Some(one) => vec![one],
    };
    policy["Statement"] = statements.into();
    policy
}

fn labels(policy: &Value) -> impl Iterator<Item = &str> {
    let statements = policy.get("Statement").and_then(Value::as_array);
    let sids = statements.into_iter().flatten();
    sids.filter_map(|statement| statement.get("Sid")?.as_str())
}

/// Without a statement there is no policy.
fn keep(record: &mut QueueRecord, policy: &Value) {
    let name = "Policy".to_owned();
    if labels(policy).next().is_none() && policy["Statement"] == json!([]) {
        record.attributes.remove(&name);
    } else {
        record.attributes.insert(name, policy.to_string());
    }
}

/// What others than the owner may be let do.
const ALLOWED: [&str; 9] = [
    "*",
    "SendMessage",
    "ReceiveMessage",
    "DeleteMessage",
    "ChangeMessageVisibility",
    "GetQueueAttributes",
    "GetQueueUrl",
    "ListDeadLetterSourceQueues",
    "PurgeQueue",
];
