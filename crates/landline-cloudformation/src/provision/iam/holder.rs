//! Whoever has policies: a role, a user or a group. IAM has operations for each.

use std::collections::{BTreeMap, BTreeSet};

use landline_api::iam::{
    AttachGroupPolicy, AttachRolePolicy, AttachUserPolicy, DeleteGroupPolicy,
    DeleteRolePermissionsBoundary, DeleteRolePolicy, DeleteUserPermissionsBoundary,
    DeleteUserPolicy, DetachGroupPolicy, DetachRolePolicy, DetachUserPolicy, PutGroupPolicy,
    PutRolePermissionsBoundary, PutRolePolicy, PutUserPermissionsBoundary, PutUserPolicy,
};
use landline_wire::{Caller, Dispatcher, Operation};
use serde_json::Value as Json;

use super::gone_is_fine;
use crate::provider::ProvisionError;
use crate::provision::input::{document, input, text};

/// Who has policies, by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Holder {
    Role(String),
    User(String),
    Group(String),
}

/// IAM, asked by somebody.
#[derive(Debug, Clone, Copy)]
pub(super) struct Iam<'a> {
    pub(super) dispatcher: &'a Dispatcher,
    pub(super) caller: &'a Caller,
}

impl Iam<'_> {
    async fn call<Op: Operation>(self, members: &[(&str, &str)]) -> Result<(), ProvisionError> {
        let input = input::<Op::Input>(&Json::Object(serde_json::Map::new()), members)?;
        self.dispatcher.call::<Op>(input, self.caller).await?;
        Ok(())
    }

    /// Takes away; what is gone is gone.
    async fn take<Op: Operation>(self, members: &[(&str, &str)]) -> Result<(), ProvisionError> {
        let input = input::<Op::Input>(&Json::Object(serde_json::Map::new()), members)?;
        gone_is_fine(self.dispatcher.call::<Op>(input, self.caller).await)
    }
}

/// The texts of a list.
pub(super) fn texts(properties: &Json, key: &str) -> BTreeSet<String> {
    let list = properties.get(key).and_then(Json::as_array);
    let texts = list.into_iter().flatten().filter_map(Json::as_str);
    texts.map(str::to_owned).collect()
}

/// The inline policies of a holder: name → document.
fn inline(properties: &Json) -> BTreeMap<String, String> {
    let policies = properties.get("Policies").and_then(Json::as_array);
    let policies = policies.into_iter().flatten();
    let named = policies.filter_map(|policy| {
        let document = document(policy.get("PolicyDocument")?);
        Some((text(policy, "PolicyName")?, document))
    });
    named.collect()
}

impl Holder {
    /// All whom a policy names.
    pub(super) fn all(properties: &Json) -> BTreeSet<Self> {
        let named = |key: &str| texts(properties, key).into_iter();
        let roles = named("Roles").map(Self::Role);
        let users = named("Users").map(Self::User);
        let groups = named("Groups").map(Self::Group);
        roles.chain(users).chain(groups).collect()
    }

    pub(super) async fn put(
        &self,
        iam: Iam<'_>,
        policy: &str,
        document: &str,
    ) -> Result<(), ProvisionError> {
        let (name, document) = (("PolicyName", policy), ("PolicyDocument", document));
        match self {
            Self::Role(it) => {
                iam.call::<PutRolePolicy>(&[("RoleName", it), name, document])
                    .await
            }
            Self::User(it) => {
                iam.call::<PutUserPolicy>(&[("UserName", it), name, document])
                    .await
            }
            Self::Group(it) => {
                iam.call::<PutGroupPolicy>(&[("GroupName", it), name, document])
                    .await
            }
        }
    }

    pub(super) async fn take_inline(
        &self,
        iam: Iam<'_>,
        policy: &str,
    ) -> Result<(), ProvisionError> {
        let name = ("PolicyName", policy);
        match self {
            Self::Role(it) => {
                iam.take::<DeleteRolePolicy>(&[("RoleName", it), name])
                    .await
            }
            Self::User(it) => {
                iam.take::<DeleteUserPolicy>(&[("UserName", it), name])
                    .await
            }
            Self::Group(it) => {
                iam.take::<DeleteGroupPolicy>(&[("GroupName", it), name])
                    .await
            }
        }
    }

    pub(super) async fn attach(&self, iam: Iam<'_>, arn: &str) -> Result<(), ProvisionError> {
        let arn = ("PolicyArn", arn);
        match self {
            Self::Role(it) => iam.call::<AttachRolePolicy>(&[("RoleName", it), arn]).await,
            Self::User(it) => iam.call::<AttachUserPolicy>(&[("UserName", it), arn]).await,
            Self::Group(it) => {
                iam.call::<AttachGroupPolicy>(&[("GroupName", it), arn])
                    .await
            }
        }
    }

    pub(super) async fn detach(&self, iam: Iam<'_>, arn: &str) -> Result<(), ProvisionError> {
        let arn = ("PolicyArn", arn);
        match self {
            Self::Role(it) => iam.take::<DetachRolePolicy>(&[("RoleName", it), arn]).await,
            Self::User(it) => iam.take::<DetachUserPolicy>(&[("UserName", it), arn]).await,
            Self::Group(it) => {
                iam.take::<DetachGroupPolicy>(&[("GroupName", it), arn])
                    .await
            }
        }
    }

    /// Brings what a holder may at most from one set of properties to another; a group has no such bound.
    pub(super) async fn change_boundary(
        &self,
        iam: Iam<'_>,
        (before, after): (&Json, &Json),
    ) -> Result<(), ProvisionError> {
        const BOUNDARY: &str = "PermissionsBoundary";
        let wanted = text(after, BOUNDARY);
        if text(before, BOUNDARY) == wanted {
            return Ok(());
        }
        let wanted = wanted.as_deref().map(|arn| (BOUNDARY, arn));
        match (self, wanted) {
            (Self::Role(it), Some(arn)) => {
                let members = [("RoleName", it.as_str()), arn];
                iam.call::<PutRolePermissionsBoundary>(&members).await
            }
            (Self::Role(it), None) => {
                let members = [("RoleName", it.as_str())];
                iam.take::<DeleteRolePermissionsBoundary>(&members).await
            }
            (Self::User(it), Some(arn)) => {
                let members = [("UserName", it.as_str()), arn];
                iam.call::<PutUserPermissionsBoundary>(&members).await
            }
            (Self::User(it), None) => {
                let members = [("UserName", it.as_str())];
                iam.take::<DeleteUserPermissionsBoundary>(&members).await
            }
            (Self::Group(_), _) => Ok(()),
        }
    }

    /// Brings the policies of a holder from one set of properties to another.
    pub(super) async fn change_policies(
        &self,
        iam: Iam<'_>,
        (before, after): (&Json, &Json),
    ) -> Result<(), ProvisionError> {
        const MANAGED: &str = "ManagedPolicyArns";
        let (had, wants) = (texts(before, MANAGED), texts(after, MANAGED));
        for arn in wants.difference(&had) {
            self.attach(iam, arn).await?;
        }
        for arn in had.difference(&wants) {
            self.detach(iam, arn).await?;
        }
        let (had, wants) = (inline(before), inline(after));
        for (name, document) in &wants {
            if had.get(name) != Some(document) {
                self.put(iam, name, document).await?;
            }
        }
        for name in had.keys().filter(|name| !wants.contains_key(*name)) {
            self.take_inline(iam, name).await?;
        }
        Ok(())
    }
}
