//! A role's inline and attached policies.

use landline_api::iam::{
    AttachRolePolicy, AttachRolePolicyInput, AttachedPolicy, DeleteRolePolicy,
    DeleteRolePolicyInput, DetachRolePolicy, DetachRolePolicyInput, GetRolePolicy,
    GetRolePolicyInput, GetRolePolicyOutput, ListAttachedRolePolicies,
    ListAttachedRolePoliciesInput, ListAttachedRolePoliciesOutput, ListRolePolicies,
    ListRolePoliciesInput, ListRolePoliciesOutput, PutRolePolicy, PutRolePolicyInput, errors,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Iam, RoleRecord, checked_document, percent_encoded};

fn no_such_policy(name: &str) -> ServiceError {
    let text = format!("The role policy with name {name} cannot be found.");
    errors::NoSuchEntityException.with(text)
}

impl Handler<PutRolePolicy> for Iam {
    async fn handle(
        &self,
        input: PutRolePolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        checked_document(&input.policy_document)?;
        let change = move |role: &mut RoleRecord| {
            role.inline_policies
                .insert(input.policy_name, input.policy_document);
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<GetRolePolicy> for Iam {
    async fn handle(
        &self,
        input: GetRolePolicyInput,
        _caller: &Caller,
    ) -> Result<GetRolePolicyOutput, ServiceError> {
        let role = self.role(&input.role_name)?;
        let Some(document) = role.inline_policies.get(&input.policy_name) else {
            return Err(no_such_policy(&input.policy_name));
        };
        Ok(GetRolePolicyOutput {
            policy_document: percent_encoded(document),
            role_name: role.name,
            policy_name: input.policy_name,
        })
    }
}

impl Handler<DeleteRolePolicy> for Iam {
    async fn handle(
        &self,
        input: DeleteRolePolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change =
            move |role: &mut RoleRecord| match role.inline_policies.remove(&input.policy_name) {
                Some(_) => Ok(()),
                None => Err(no_such_policy(&input.policy_name)),
            };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<ListRolePolicies> for Iam {
    async fn handle(
        &self,
        input: ListRolePoliciesInput,
        _caller: &Caller,
    ) -> Result<ListRolePoliciesOutput, ServiceError> {
        let role = self.role(&input.role_name)?;
        Ok(ListRolePoliciesOutput {
            policy_names: role.inline_policies.into_keys().collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

impl Handler<AttachRolePolicy> for Iam {
    async fn handle(
        &self,
        input: AttachRolePolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.check_attachable(&input.policy_arn)?;
        let change = move |role: &mut RoleRecord| {
            if !role.attached_policies.contains(&input.policy_arn) {
                role.attached_policies.push(input.policy_arn);
            }
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<DetachRolePolicy> for Iam {
    async fn handle(
        &self,
        input: DetachRolePolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change = move |role: &mut RoleRecord| {
            let before = role.attached_policies.len();
            role.attached_policies
                .retain(|arn| *arn != input.policy_arn);
            if role.attached_policies.len() < before {
                return Ok(());
            }
            let text = format!("Policy {} was not found.", input.policy_arn);
            Err(errors::NoSuchEntityException.with(text))
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<ListAttachedRolePolicies> for Iam {
    async fn handle(
        &self,
        input: ListAttachedRolePoliciesInput,
        _caller: &Caller,
    ) -> Result<ListAttachedRolePoliciesOutput, ServiceError> {
        let role = self.role(&input.role_name)?;
        let describe = |arn: String| AttachedPolicy {
            policy_name: arn.rsplit('/').next().map(str::to_owned),
            policy_arn: Some(arn),
        };
        Ok(ListAttachedRolePoliciesOutput {
            attached_policies: Some(role.attached_policies.into_iter().map(describe).collect()),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
