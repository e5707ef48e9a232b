//! `AWS::IAM::Policy`: an inline policy for several; `AWS::IAM::RolePolicy`, `AWS::IAM::UserPolicy`,
//! `AWS::IAM::GroupPolicy`: one for one.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-iam-policy.html>

use landline_wire::{Caller, Dispatcher};
use serde_json::Value as Json;

use super::holder::{Holder, Iam};
use crate::provider::{
    Existing, ProvisionError, Provisioned, Provisioning, ResourceProvider, ResourceRequest, Schema,
};
use crate::provision::input::{document, name, text};

#[derive(Debug)]
pub(in crate::provision) struct Policy(pub(in crate::provision) Dispatcher);

static POLICY: Schema = Schema {
    resource_type: "AWS::IAM::Policy",
    required: &["PolicyDocument", "PolicyName"],
    properties: &["Groups", "PolicyDocument", "PolicyName", "Roles", "Users"],
    replace_on: &["PolicyName"],
    attributes: &["Id"],
};

impl Policy {
    async fn put(
        &self,
        policy: &str,
        (before, after): (&Json, &Json),
        caller: &Caller,
    ) -> Result<Provisioned, ProvisionError> {
        let iam = Iam {
            dispatcher: &self.0,
            caller,
        };
        let (had, wants) = (Holder::all(before), Holder::all(after));
        for holder in &wants {
            let document = document(&after["PolicyDocument"]);
            holder.put(iam, policy, &document).await?;
        }
        for holder in had.difference(&wants) {
            holder.take_inline(iam, policy).await?;
        }
        Ok(Provisioned::new(policy).with("Id", Some(policy)))
    }
}

impl ResourceProvider for Policy {
    fn schema(&self) -> &'static Schema {
        &POLICY
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(name(request, "PolicyName"))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            check_holders(&request.properties)?;
            let policy = name(request, "PolicyName");
            let change = (&Json::Null, &request.properties);
            self.put(&policy, change, &request.caller).await
        })
    }

    fn update<'a>(
        &'a self,
        existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            check_holders(&request.properties)?;
            let change = (&existing.properties, &request.properties);
            self.put(&existing.physical_id, change, &request.caller)
                .await
        })
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let change = (&existing.properties, &Json::Null);
            self.put(&existing.physical_id, change, caller).await?;
            Ok(())
        })
    }
}

/// A policy of nobody would be nowhere.
fn check_holders(properties: &Json) -> Result<(), ProvisionError> {
    if Holder::all(properties).is_empty() {
        let text = "At least one of [Groups,Roles,Users] must be non-empty.";
        return Err(ProvisionError::new(text));
    }
    Ok(())
}

/// An inline policy of one holder.
#[derive(Debug)]
pub(in crate::provision) struct OwnPolicy {
    dispatcher: Dispatcher,
    schema: &'static Schema,
    /// The property that names the holder.
    holder: &'static str,
    kind: fn(String) -> Holder,
}

static ROLE_POLICY: Schema = Schema {
    resource_type: "AWS::IAM::RolePolicy",
    required: &["PolicyName", "RoleName"],
    properties: &["PolicyDocument", "PolicyName", "RoleName"],
    replace_on: &["PolicyName", "RoleName"],
    attributes: &[],
};

static USER_POLICY: Schema = Schema {
    resource_type: "AWS::IAM::UserPolicy",
    required: &["PolicyName", "UserName"],
    properties: &["PolicyDocument", "PolicyName", "UserName"],
    replace_on: &["PolicyName", "UserName"],
    attributes: &[],
};

static GROUP_POLICY: Schema = Schema {
    resource_type: "AWS::IAM::GroupPolicy",
    required: &["GroupName", "PolicyName"],
    properties: &["GroupName", "PolicyDocument", "PolicyName"],
    replace_on: &["GroupName", "PolicyName"],
    attributes: &[],
};

impl OwnPolicy {
    pub(in crate::provision) fn of_role(dispatcher: Dispatcher) -> Self {
        Self {
            dispatcher,
            schema: &ROLE_POLICY,
            holder: "RoleName",
            kind: Holder::Role,
        }
    }

    pub(in crate::provision) fn of_user(dispatcher: Dispatcher) -> Self {
        Self {
            dispatcher,
            schema: &USER_POLICY,
            holder: "UserName",
            kind: Holder::User,
        }
    }

    pub(in crate::provision) fn of_group(dispatcher: Dispatcher) -> Self {
        Self {
            dispatcher,
            schema: &GROUP_POLICY,
            holder: "GroupName",
            kind: Holder::Group,
        }
    }

    fn id_of(&self, properties: &Json) -> String {
        let part = |key: &str| text(properties, key).unwrap_or_default();
        format!("{}|{}", part("PolicyName"), part(self.holder))
    }

    fn iam<'a>(&'a self, caller: &'a Caller) -> Iam<'a> {
        Iam {
            dispatcher: &self.dispatcher,
            caller,
        }
    }
}

impl ResourceProvider for OwnPolicy {
    fn schema(&self) -> &'static Schema {
        self.schema
    }

    fn intended_id(&self, request: &ResourceRequest) -> Option<String> {
        Some(self.id_of(&request.properties))
    }

    fn create<'a>(&'a self, request: &'a ResourceRequest) -> Provisioning<'a, Provisioned> {
        Box::pin(async move {
            let properties = &request.properties;
            let part = |key: &str| text(properties, key).unwrap_or_default();
            let holder = (self.kind)(part(self.holder));
            let document = document(&properties["PolicyDocument"]);
            let iam = self.iam(&request.caller);
            holder.put(iam, &part("PolicyName"), &document).await?;
            Ok(Provisioned::new(self.id_of(properties)))
        })
    }

    fn update<'a>(
        &'a self,
        _existing: &'a Existing,
        request: &'a ResourceRequest,
    ) -> Provisioning<'a, Provisioned> {
        self.create(request)
    }

    fn delete<'a>(&'a self, existing: &'a Existing, caller: &'a Caller) -> Provisioning<'a, ()> {
        Box::pin(async move {
            let (policy, holder) = existing.physical_id.split_once('|').unwrap_or_default();
            let holder = (self.kind)(holder.to_owned());
            holder.take_inline(self.iam(caller), policy).await
        })
    }
}
