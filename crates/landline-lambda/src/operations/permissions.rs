//! `AddPermission`, `RemovePermission`, `GetPolicy`.

use landline_api::lambda as api;
use landline_api::lambda::errors::{
    PolicyLengthExceededException, ResourceConflictException, ResourceNotFoundException,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Service, update};
use crate::function::policy::{Statement, document, policy_of};
use crate::quotas::MAX_POLICY_BYTES;

impl Handler<api::AddPermission> for Service {
    async fn handle(
        &self,
        input: api::AddPermissionInput,
        _caller: &Caller,
    ) -> Result<api::AddPermissionOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        update::check_revision(input.revision_id.as_deref(), &target.latest)?;
        let mut record = target.latest.record.clone();
        let (id, arn) = (&input.statement_id, target.arn());
        if policy_of(&record.statements, target.key()).any(|statement| statement.sid == *id) {
            let message = format!(
                "The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement."
            );
            return Err(ResourceConflictException
                .with(message)
                .with_field("Type", "User"));
        }
        let statement = Statement::new(&input, target.key());
        let text = statement.to_json(&arn).to_string();
        record.statements.push(statement);
        let policy = document(policy_of(&record.statements, target.key()), &arn);
        if policy.len() > MAX_POLICY_BYTES {
            return Err(PolicyLengthExceededException.with(format!(
                "The final policy size ({}) is bigger than the limit ({MAX_POLICY_BYTES}).",
                policy.len()
            )));
        }
        record.revision_id = landline_wire::request_id::uuid();
        self.save(record).await?;
        Ok(api::AddPermissionOutput {
            statement: Some(text),
        })
    }
}

impl Handler<api::RemovePermission> for Service {
    async fn handle(
        &self,
        input: api::RemovePermissionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        update::check_revision(input.revision_id.as_deref(), &target.latest)?;
        let mut record = target.latest.record.clone();
        let before = record.statements.len();
        if policy_of(&record.statements, target.key()).next().is_none() {
            return Err(no_policy());
        }
        record.statements.retain(|statement| {
            statement.sid != input.statement_id || statement.qualifier.as_deref() != target.key()
        });
        if record.statements.len() == before {
            let message = format!(
                "Statement {} is not found in resource policy.",
                input.statement_id
            );
            return Err(ResourceNotFoundException
                .with(message)
                .with_field("Type", "User"));
        }
        record.revision_id = landline_wire::request_id::uuid();
        self.save(record).await?;
        Ok(Unit {})
    }
}

impl Handler<api::GetPolicy> for Service {
    async fn handle(
        &self,
        input: api::GetPolicyInput,
        _caller: &Caller,
    ) -> Result<api::GetPolicyOutput, ServiceError> {
        let target = self.target(&input.function_name, input.qualifier.as_deref())?;
        let statements = &target.latest.record.statements;
        if policy_of(statements, target.key()).next().is_none() {
            return Err(no_policy());
        }
        Ok(api::GetPolicyOutput {
            policy: Some(document(policy_of(statements, target.key()), &target.arn())),
            revision_id: Some(target.latest.record.revision_id.clone()),
        })
    }
}

fn no_policy() -> ServiceError {
    ResourceNotFoundException
        .with("The resource you requested does not exist.")
        .with_field("Type", "User")
}
