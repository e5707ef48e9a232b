//! `PutResourcePolicy`, `GetResourcePolicy`, `DeleteResourcePolicy`: the policies of tables and of their
//! streams are kept and given back, never asked: only the policies of roles are.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/access-control-resource-based.html>

use std::sync::Arc;

use landline_api::dynamodb as api;
use landline_api::dynamodb::errors::{PolicyNotFoundException, ResourceNotFoundException};
use landline_wire::{Caller, Handler, ServiceError};

use crate::DynamoDb;
use crate::table::{PolicyRecord, Table, TableRecord, check_policy};

impl Handler<api::PutResourcePolicy> for DynamoDb {
    async fn handle(
        &self,
        input: api::PutResourcePolicyInput,
        _caller: &Caller,
    ) -> Result<api::PutResourcePolicyOutput, ServiceError> {
        check_policy(&input.policy)?;
        let table = self.governed(&input.resource_arn)?;
        let (arn, now) = (input.resource_arn.clone(), self.clock.now());
        let (policy, expected) = (input.policy, input.expected_revision_id);
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            check_revision(record, &arn, expected.as_deref())?;
            match record.policies.get_mut(&arn) {
                Some(current) if current.document == policy => {}
                Some(current) => *current = current.followed_by(policy, now),
                None => {
                    record.policies.insert(arn, PolicyRecord::new(policy, now));
                }
            }
            Ok(())
        });
        let table = amended.await?;
        let policy = table.record.policies.get(&input.resource_arn);
        Ok(api::PutResourcePolicyOutput {
            revision_id: policy.map(PolicyRecord::revision_id),
        })
    }
}

impl Handler<api::GetResourcePolicy> for DynamoDb {
    async fn handle(
        &self,
        input: api::GetResourcePolicyInput,
        _caller: &Caller,
    ) -> Result<api::GetResourcePolicyOutput, ServiceError> {
        let table = self.governed(&input.resource_arn)?;
        let policy = table.record.policies.get(&input.resource_arn);
        let policy = policy.ok_or_else(|| no_policy(&input.resource_arn))?;
        Ok(api::GetResourcePolicyOutput {
            policy: Some(policy.document.clone()),
            revision_id: Some(policy.revision_id()),
        })
    }
}

impl Handler<api::DeleteResourcePolicy> for DynamoDb {
    async fn handle(
        &self,
        input: api::DeleteResourcePolicyInput,
        _caller: &Caller,
    ) -> Result<api::DeleteResourcePolicyOutput, ServiceError> {
        let table = self.governed(&input.resource_arn)?;
        let (arn, expected) = (input.resource_arn.clone(), input.expected_revision_id);
        let amended = self.catalog.amend(&*self.store, &table, move |record, _| {
            check_revision(record, &arn, expected.as_deref())?;
            record.policies.remove(&arn);
            Ok(())
        });
        amended.await?;
        let gone = table.record.policies.get(&input.resource_arn);
        Ok(api::DeleteResourcePolicyOutput {
            // Deleting what is not there is no mistake; then there is no revision to tell of.
            revision_id: Some(gone.map(PolicyRecord::revision_id).unwrap_or_default()),
        })
    }
}

impl DynamoDb {
    /// The table that the ARN names, or whose stream it names.
    fn governed(&self, arn: &str) -> Result<Arc<Table>, ServiceError> {
        let Some((table, label)) = arn.split_once("/stream/") else {
            return self.catalog.described(arn);
        };
        let table = self.catalog.described(table)?;
        let latest = table.record.stream.as_ref();
        if latest.is_some_and(|stream| stream.label == label) {
            return Ok(table);
        }
        Err(ResourceNotFoundException.with(format!(
            "Requested resource not found: Stream: {arn} not found"
        )))
    }
}

/// Refuses a change that was meant for another revision of the policy, or for no policy at all.
fn check_revision(
    record: &TableRecord,
    arn: &str,
    expected: Option<&str>,
) -> Result<(), ServiceError> {
    let Some(expected) = expected else {
        return Ok(());
    };
    let current = record.policies.get(arn).map(PolicyRecord::revision_id);
    let name = &record.name;
    let refusal = match (expected, current) {
        (NO_POLICY, None) => return Ok(()),
        (NO_POLICY, Some(current)) => format!(
            "Requested policy update expecting none to be present for table {name}, but a policy exists with revision id {current}."
        ),
        (expected, Some(current)) if expected == current => return Ok(()),
        (expected, Some(current)) => format!(
            "Requested update for policy with revision id {expected}, but the policy associated to target table {name} has revision id {current}."
        ),
        (expected, None) => format!(
            "Requested update for policy with revision id {expected}, but no policy is associated to target table {name}."
        ),
    };
    Err(PolicyNotFoundException.with(format!("{NOT_FOUND}: {refusal}")))
}

fn no_policy(arn: &str) -> ServiceError {
    PolicyNotFoundException.with(format!("{NOT_FOUND}: {arn}"))
}

const NO_POLICY: &str = "NO_POLICY";
const NOT_FOUND: &str = "Resource-based policy not found for the provided ResourceArn";
