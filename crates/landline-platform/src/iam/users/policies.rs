//! The inline and attached policies of users and of groups.

use std::sync::Arc;

use landline_api::iam::{
    AttachGroupPolicy, AttachGroupPolicyInput, AttachUserPolicy, AttachUserPolicyInput,
    AttachedPolicy, DeleteGroupPolicy, DeleteGroupPolicyInput, DeleteUserPolicy,
    DeleteUserPolicyInput, DetachGroupPolicy, DetachGroupPolicyInput, DetachUserPolicy,
    DetachUserPolicyInput, GetGroupPolicy, GetGroupPolicyInput, GetGroupPolicyOutput,
    GetUserPolicy, GetUserPolicyInput, GetUserPolicyOutput, ListAttachedGroupPolicies,
    ListAttachedGroupPoliciesInput, ListAttachedGroupPoliciesOutput, ListAttachedUserPolicies,
    ListAttachedUserPoliciesInput, ListAttachedUserPoliciesOutput, ListGroupPolicies,
    ListGroupPoliciesInput, ListGroupPoliciesOutput, ListUserPolicies, ListUserPoliciesInput,
    ListUserPoliciesOutput, PutGroupPolicy, PutGroupPolicyInput, PutUserPolicy, PutUserPolicyInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use super::UserRecord;
use super::groups::GroupRecord;
use super::holder::{Holder as _, Policies};
use crate::iam::{Iam, percent_encoded};

impl Iam {
    pub(super) fn register_policies_of_users(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<PutUserPolicy, _>(self.clone())
            .register::<GetUserPolicy, _>(self.clone())
            .register::<DeleteUserPolicy, _>(self.clone())
            .register::<ListUserPolicies, _>(self.clone())
            .register::<AttachUserPolicy, _>(self.clone())
            .register::<DetachUserPolicy, _>(self.clone())
            .register::<ListAttachedUserPolicies, _>(self.clone())
            .register::<PutGroupPolicy, _>(self.clone())
            .register::<GetGroupPolicy, _>(self.clone())
            .register::<DeleteGroupPolicy, _>(self.clone())
            .register::<ListGroupPolicies, _>(self.clone())
            .register::<AttachGroupPolicy, _>(self.clone())
            .register::<DetachGroupPolicy, _>(self.clone())
            .register::<ListAttachedGroupPolicies, _>(self.clone());
    }
}

fn attached(policies: &Policies) -> Vec<AttachedPolicy> {
    let told = policies.attached.iter().map(|arn| AttachedPolicy {
        policy_name: arn.rsplit('/').next().map(str::to_owned),
        policy_arn: Some(arn.clone()),
    });
    told.collect()
}

impl Handler<PutUserPolicy> for Iam {
    async fn handle(
        &self,
        input: PutUserPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.policies()
                .put(input.policy_name, input.policy_document)
        })
        .await
    }
}

impl Handler<GetUserPolicy> for Iam {
    async fn handle(
        &self,
        input: GetUserPolicyInput,
        _caller: &Caller,
    ) -> Result<GetUserPolicyOutput, ServiceError> {
        let mut user: UserRecord = self.holder(&input.user_name)?;
        Ok(GetUserPolicyOutput {
            policy_document: percent_encoded(&user.inline(&input.policy_name)?),
            user_name: input.user_name,
            policy_name: input.policy_name,
        })
    }
}

impl Handler<DeleteUserPolicy> for Iam {
    async fn handle(
        &self,
        input: DeleteUserPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.remove_inline(&input.policy_name)
        })
        .await
    }
}

impl Handler<ListUserPolicies> for Iam {
    async fn handle(
        &self,
        input: ListUserPoliciesInput,
        _caller: &Caller,
    ) -> Result<ListUserPoliciesOutput, ServiceError> {
        let mut user: UserRecord = self.holder(&input.user_name)?;
        Ok(ListUserPoliciesOutput {
            policy_names: user.policies().inline.keys().cloned().collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

impl Handler<AttachUserPolicy> for Iam {
    async fn handle(
        &self,
        input: AttachUserPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.check_attachable(&input.policy_arn)?;
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.policies().attach(input.policy_arn);
            Ok(())
        })
        .await
    }
}

impl Handler<DetachUserPolicy> for Iam {
    async fn handle(
        &self,
        input: DetachUserPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.policies().detach(&input.policy_arn)
        })
        .await
    }
}

impl Handler<ListAttachedUserPolicies> for Iam {
    async fn handle(
        &self,
        input: ListAttachedUserPoliciesInput,
        _caller: &Caller,
    ) -> Result<ListAttachedUserPoliciesOutput, ServiceError> {
        let mut user: UserRecord = self.holder(&input.user_name)?;
        Ok(ListAttachedUserPoliciesOutput {
            attached_policies: Some(attached(user.policies())),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

impl Handler<PutGroupPolicy> for Iam {
    async fn handle(
        &self,
        input: PutGroupPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.group_name, move |group: &mut GroupRecord| {
            group
                .policies()
                .put(input.policy_name, input.policy_document)
        })
        .await
    }
}

impl Handler<GetGroupPolicy> for Iam {
    async fn handle(
        &self,
        input: GetGroupPolicyInput,
        _caller: &Caller,
    ) -> Result<GetGroupPolicyOutput, ServiceError> {
        let mut group: GroupRecord = self.holder(&input.group_name)?;
        Ok(GetGroupPolicyOutput {
            policy_document: percent_encoded(&group.inline(&input.policy_name)?),
            group_name: input.group_name,
            policy_name: input.policy_name,
        })
    }
}

impl Handler<DeleteGroupPolicy> for Iam {
    async fn handle(
        &self,
        input: DeleteGroupPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.group_name, move |group: &mut GroupRecord| {
            group.remove_inline(&input.policy_name)
        })
        .await
    }
}

impl Handler<ListGroupPolicies> for Iam {
    async fn handle(
        &self,
        input: ListGroupPoliciesInput,
        _caller: &Caller,
    ) -> Result<ListGroupPoliciesOutput, ServiceError> {
        let mut group: GroupRecord = self.holder(&input.group_name)?;
        Ok(ListGroupPoliciesOutput {
            policy_names: group.policies().inline.keys().cloned().collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

impl Handler<AttachGroupPolicy> for Iam {
    async fn handle(
        &self,
        input: AttachGroupPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.check_attachable(&input.policy_arn)?;
        self.change(input.group_name, move |group: &mut GroupRecord| {
            group.policies().attach(input.policy_arn);
            Ok(())
        })
        .await
    }
}

impl Handler<DetachGroupPolicy> for Iam {
    async fn handle(
        &self,
        input: DetachGroupPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.group_name, move |group: &mut GroupRecord| {
            group.policies().detach(&input.policy_arn)
        })
        .await
    }
}

impl Handler<ListAttachedGroupPolicies> for Iam {
    async fn handle(
        &self,
        input: ListAttachedGroupPoliciesInput,
        _caller: &Caller,
    ) -> Result<ListAttachedGroupPoliciesOutput, ServiceError> {
        let mut group: GroupRecord = self.holder(&input.group_name)?;
        Ok(ListAttachedGroupPoliciesOutput {
            attached_policies: Some(attached(group.policies())),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
