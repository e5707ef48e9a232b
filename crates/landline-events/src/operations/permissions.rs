//! `PutPermission`, `RemovePermission`: the policy of a bus, which is kept and not judged by.

use landline_api::events as api;
use landline_api::events::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Value, json};

use super::{Service, bus_name};
use crate::errors::invalid;
use crate::rule::BusRecord;

impl Handler<api::PutPermission> for Service {
    async fn handle(
        &self,
        input: api::PutPermissionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = bus_name(input.event_bus_name.as_deref()).to_owned();
        let arn = self.arn(&format!("event-bus/{name}"));
        if let Some(policy) = input.policy {
            if serde_json::from_str::<Value>(&policy).is_err() {
                return Err(invalid("Parameter Policy is not valid."));
            }
            let change = self.change_bus(&name, |record| {
                record.policy = Some(policy);
                Ok(())
            });
            change.await?;
            return Ok(Unit {});
        }
        let (Some(action), Some(principal), Some(id)) =
            (input.action, input.principal, input.statement_id)
        else {
            return Err(invalid(
                "Parameter Action, Principal and StatementId are required.",
            ));
        };
        let principal = match principal.as_str() {
            "*" => json!("*"),
            account => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
        };
        let mut statement = json!({
            "Sid": id,
            "Effect": "Allow",
            "Principal": principal,
            "Action": action,
            "Resource": arn,
        });
        if let Some(condition) = input.condition {
            statement["Condition"] =
                json!({ condition.r#type: { condition.key: condition.value } });
        }
        let change = self.change_bus(&name, |record| {
            let mut statements = statements(record);
            statements.retain(|it| it["Sid"] != id.as_str());
            statements.push(statement);
            set(record, &statements);
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

impl Handler<api::RemovePermission> for Service {
    async fn handle(
        &self,
        input: api::RemovePermissionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = bus_name(input.event_bus_name.as_deref()).to_owned();
        let change = self.change_bus(&name, |record| {
            let mut kept = statements(record);
            let before = kept.len();
            let id = input.statement_id.as_deref();
            let is_all = input.remove_all_permissions == Some(true);
            kept.retain(|it| !is_all && it["Sid"].as_str() != id);
            if kept.len() == before && !is_all {
                return Err(errors::ResourceNotFoundException
                    .with("Statement with the provided id does not exist."));
            }
            set(record, &kept);
            Ok(())
        });
        change.await?;
        Ok(Unit {})
    }
}

fn statements(record: &BusRecord) -> Vec<Value> {
    let policy = record.policy.as_deref();
    let policy = policy.and_then(|text| serde_json::from_str::<Value>(text).ok());
    match policy.unwrap_or_default()["Statement"].take() {
        Value::Array(statements) => statements,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn set(record: &mut BusRecord, statements: &[Value]) {
    let policy = json!({ "Version": "2012-10-17", "Statement": statements });
    let is_empty = policy["Statement"].as_array().is_some_and(Vec::is_empty);
    record.policy = (!is_empty).then(|| policy.to_string());
}
