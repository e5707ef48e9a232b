//! `AddPermission`, `RemovePermission`: statements of a topic's policy, which is kept and not judged by.
//!
//! <https://docs.aws.amazon.com/sns/latest/api/API_AddPermission.html>

use landline_api::sns as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Value, json};

use crate::Sns;
use crate::attributes::default_policy;
use crate::errors::invalid;
use crate::quotas::STATEMENTS_MAX;
use crate::topic::TopicRecord;

impl Handler<api::AddPermission> for Sns {
    async fn handle(
        &self,
        input: api::AddPermissionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let accounts = input.aws_account_id.iter();
        let accounts: Vec<Value> = accounts
            .map(|account| json!(format!("arn:aws:iam::{account}:root")))
            .collect();
        let actions = input.action_name.iter();
        let actions: Vec<Value> = actions.map(|name| json!(format!("SNS:{name}"))).collect();
        let label = input.label;
        let change = self.change_topic(&topic, move |record| {
            let statement = json!({
                "Sid": label,
                "Effect": "Allow",
                "Principal": { "AWS": one_or_all(accounts) },
                "Action": one_or_all(actions),
                "Resource": record.arn,
            });
            change_statements(record, |statements| {
                if statements.iter().any(|it| it["Sid"] == label.as_str()) {
                    return Err(invalid("Statement already exists"));
                }
                if statements.len() >= STATEMENTS_MAX {
                    return Err(invalid("The policy has too many statements"));
                }
                statements.push(statement);
                Ok(())
            })
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::RemovePermission> for Sns {
    async fn handle(
        &self,
        input: api::RemovePermissionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let topic = self.find(&input.topic_arn)?;
        let change = self.change_topic(&topic, move |record| {
            change_statements(record, |statements| {
                statements.retain(|it| it["Sid"] != input.label.as_str());
                Ok(())
            })
        });
        change.await?;
        Ok(Unit {})
    }
}

fn one_or_all(mut values: Vec<Value>) -> Value {
    match values.as_mut_slice() {
        [only] => only.take(),
        _ => Value::Array(values),
    }
}

fn change_statements(
    record: &mut TopicRecord,
    change: impl FnOnce(&mut Vec<Value>) -> Result<(), ServiceError>,
) -> Result<(), ServiceError> {
    let set = record.attributes.get("Policy");
    let policy = set.and_then(|text| serde_json::from_str::<Value>(text).ok());
    let mut policy = policy.unwrap_or_else(|| default_policy(record));
    let statements = policy["Statement"].take();
    let mut statements = match statements {
        Value::Array(statements) => statements,
        Value::Null => Vec::new(),
        one => vec![one],
    };
    change(&mut statements)?;
    policy["Statement"] = statements.into();
    record
        .attributes
        .insert("Policy".to_owned(), policy.to_string());
    Ok(())
}
