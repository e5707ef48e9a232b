//! Who may have a layer: `AddLayerVersionPermission` and its siblings. Kept and told: all functions of a node are one
//! account's.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/permissions-layer-cross-account.html>

use landline_api::lambda as api;
use landline_api::lambda::errors::{
    PreconditionFailedException, ResourceConflictException, ResourceNotFoundException,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Value, json};

use super::Service;
use super::layers::layer_name;
use crate::function::layer::{LAYER_VERSIONS, LayerStatement, LayerVersion, layer_version_id};

impl Handler<api::AddLayerVersionPermission> for Service {
    async fn handle(
        &self,
        input: api::AddLayerVersionPermissionInput,
        _caller: &Caller,
    ) -> Result<api::AddLayerVersionPermissionOutput, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut version = self.existing(&input.layer_name, input.version_number)?;
        check_revision(input.revision_id.as_deref(), &version)?;
        let id = &input.statement_id;
        if version
            .statements
            .iter()
            .any(|statement| statement.sid == *id)
        {
            return Err(ResourceConflictException
                .with(format!("The statement id ({id}) provided already exists. Please provide a new statement id, or remove the existing statement."))
                .with_field("Type", "User"));
        }
        let statement = LayerStatement {
            sid: input.statement_id,
            action: input.action,
            principal: input.principal,
            organization_id: input.organization_id,
        };
        let text = self.statement_json(&version, &statement).to_string();
        version.statements.push(statement);
        let revision_id = self.keep_policy(version).await?;
        Ok(api::AddLayerVersionPermissionOutput {
            statement: Some(text),
            revision_id: Some(revision_id),
        })
    }
}

impl Handler<api::RemoveLayerVersionPermission> for Service {
    async fn handle(
        &self,
        input: api::RemoveLayerVersionPermissionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut version = self.existing(&input.layer_name, input.version_number)?;
        check_revision(input.revision_id.as_deref(), &version)?;
        let before = version.statements.len();
        version
            .statements
            .retain(|statement| statement.sid != input.statement_id);
        if version.statements.len() == before {
            return Err(not_found(format!(
                "Statement {} is not found in resource policy.",
                input.statement_id
            )));
        }
        self.keep_policy(version).await?;
        Ok(Unit {})
    }
}

impl Handler<api::GetLayerVersionPolicy> for Service {
    async fn handle(
        &self,
        input: api::GetLayerVersionPolicyInput,
        _caller: &Caller,
    ) -> Result<api::GetLayerVersionPolicyOutput, ServiceError> {
        let version = self.existing(&input.layer_name, input.version_number)?;
        if version.statements.is_empty() {
            return Err(not_found(
                "No policy is associated with the given resource.",
            ));
        }
        let statements = version.statements.iter();
        let statements: Vec<Value> = statements
            .map(|statement| self.statement_json(&version, statement))
            .collect();
        let policy = json!({ "Version": "2012-10-17", "Id": "default", "Statement": statements });
        Ok(api::GetLayerVersionPolicyOutput {
            policy: Some(policy.to_string()),
            revision_id: Some(version.policy_revision),
        })
    }
}

impl Service {
    fn existing(&self, layer: &str, number: i64) -> Result<LayerVersion, ServiceError> {
        let name = layer_name(layer);
        let version = self.layer_version(name, number)?;
        version.ok_or_else(|| {
            not_found(format!(
                "Layer version {}:{number} does not exist.",
                self.layer_arn(name)
            ))
        })
    }

    /// Makes a changed policy durable, under a revision of its own. To be called with `changes` locked.
    async fn keep_policy(&self, mut version: LayerVersion) -> Result<String, ServiceError> {
        version.policy_revision = landline_wire::request_id::uuid();
        let revision = version.policy_revision.clone();
        let id = layer_version_id(&version.name, version.number);
        let kept = LAYER_VERSIONS.put(&*self.config.store, &id, version).await;
        kept.map_err(|error| ServiceError::internal(&error))?;
        Ok(revision)
    }

    fn statement_json(&self, version: &LayerVersion, statement: &LayerStatement) -> Value {
        let arn = format!("{}:{}", self.layer_arn(&version.name), version.number);
        let principal = &statement.principal;
        let is_account = principal.bytes().all(|byte| byte.is_ascii_digit());
        let mut json = json!({
            "Sid": statement.sid,
            "Effect": "Allow",
            "Principal": match principal.as_str() {
                "*" => json!("*"),
                account if is_account => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
                arn => json!({ "AWS": arn }),
            },
            "Action": statement.action,
            "Resource": arn,
        });
        if let Some(organization) = &statement.organization_id {
            json["Condition"] = json!({ "StringEquals": { "aws:PrincipalOrgID": organization } });
        }
        json
    }
}

fn check_revision(revision_id: Option<&str>, version: &LayerVersion) -> Result<(), ServiceError> {
    match revision_id {
        Some(revision_id) if revision_id != version.policy_revision => {
            Err(PreconditionFailedException
                .with("The Revision Id provided does not match the latest Revision Id. Call the GetLayerPolicy API to retrieve the latest Revision Id")
                .with_field("Type", "User"))
        }
        _ => Ok(()),
    }
}

fn not_found(message: impl Into<String>) -> ServiceError {
    ResourceNotFoundException
        .with(message)
        .with_field("Type", "User")
}
