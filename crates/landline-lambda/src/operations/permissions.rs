//! `AddPermission`, `RemovePermission`, `GetPolicy`.

use landline_api::lambda as api;
use landline_api::lambda::errors::{
    PolicyLengthExceededException, ResourceConflictException, ResourceNotFoundException,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::aliases::no_such_alias;
use super::{Service, update, validation};
use crate::function::name::FunctionName;
use crate::function::policy::{Statement, document, policy_of};
use crate::function::record::FunctionRecord;
use crate::functions::{LATEST, Target};
use crate::quotas::MAX_POLICY_BYTES;

impl Handler<api::AddPermission> for Service {
    async fn handle(
        &self,
        input: api::AddPermissionInput,
        _caller: &Caller,
    ) -> Result<api::AddPermissionOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let target = self.permitted(&input.function_name, input.qualifier.as_deref())?;
        if target.qualifier.as_deref() == Some(LATEST) {
            return Err(validation::invalid(
                "We currently do not support adding policies for $LATEST.",
            ));
        }
        validation::principal(&input.principal)?;
        update::check_revision(input.revision_id.as_deref(), revision_of(&target))?;
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
        renew_revision(&mut record, &target);
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
        let name = FunctionName::parse(&input.function_name).name;
        if !self.exists(name) {
            let message = format!("No policy found for: {}", self.arn(name));
            return Err(not_there(message));
        }
        let target = self.permitted(&input.function_name, input.qualifier.as_deref())?;
        update::check_revision(input.revision_id.as_deref(), revision_of(&target))?;
        let mut record = target.latest.record.clone();
        let before = record.statements.len();
        if policy_of(&record.statements, target.key()).next().is_none() {
            return Err(not_there(
                "No policy is associated with the given resource.",
            ));
        }
        record.statements.retain(|statement| {
            statement.sid != input.statement_id || statement.qualifier.as_deref() != target.key()
        });
        if record.statements.len() == before {
            let message = format!(
                "Statement {} is not found in resource policy.",
                input.statement_id
            );
            return Err(not_there(message));
        }
        renew_revision(&mut record, &target);
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
        let target = self.permitted(&input.function_name, input.qualifier.as_deref());
        let target = target.map_err(|_| not_there(NO_POLICY))?;
        let statements = &target.latest.record.statements;
        if policy_of(statements, target.key()).next().is_none() {
            return Err(not_there(NO_POLICY));
        }
        Ok(api::GetPolicyOutput {
            policy: Some(document(policy_of(statements, target.key()), &target.arn())),
            revision_id: Some(revision_of(&target).to_owned()),
        })
    }
}

impl Service {
    /// Whose policy a call means.
    fn permitted(&self, text: &str, qualifier: Option<&str>) -> Result<Target, ServiceError> {
        let named = FunctionName::parse(text);
        let target = self.target(text, qualifier);
        let Some(name) = named.qualified_by(qualifier)?.filter(|name| is_alias(name)) else {
            return target;
        };
        if target.is_err() && self.exists(named.name) {
            let arn = self.arn(named.name);
            return Err(no_such_alias(&format!("{arn}:{name}")));
        }
        target
    }
}

fn is_alias(qualifier: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let is_number = qualifier.bytes().all(|byte| byte.is_ascii_digit());
    !is_number && qualifier.bytes().all(is_word)
}

/// An alias has revisions of its own, and so has a version.
fn revision_of(target: &Target) -> &str {
    let alias = target.qualifier.as_ref();
    let alias = alias.and_then(|name| target.latest.record.aliases.get(name));
    alias.map_or(&target.function.record.revision_id, |alias| {
        &alias.revision_id
    })
}

fn renew_revision(record: &mut FunctionRecord, target: &Target) {
    let alias = target.qualifier.as_ref();
    let fresh = landline_wire::request_id::uuid();
    match alias.and_then(|name| record.aliases.get_mut(name)) {
        Some(alias) => alias.revision_id = fresh,
        None => record.revision_id = fresh,
    }
}

fn not_there(message: impl Into<String>) -> ServiceError {
    ResourceNotFoundException
        .with(message)
        .with_field("Type", "User")
}

const NO_POLICY: &str = "The resource you requested does not exist.";
