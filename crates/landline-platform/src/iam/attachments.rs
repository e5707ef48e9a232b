//! Who has a managed policy: what its counts and lists tell, and what keeps it from being deleted.

use std::sync::Arc;

use landline_api::iam::{
    EntityType, ListEntitiesForPolicy, ListEntitiesForPolicyInput, ListEntitiesForPolicyOutput,
    PolicyGroup, PolicyRole, PolicyUsageType, PolicyUser, errors,
};
use landline_store::{Reader, StoreError};
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use super::{Iam, ROLES, managed, users};
use crate::unavailable;

/// What policies are attached to. The order is that of a list of entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum EntityKind {
    Group,
    Role,
    User,
}

/// One who has policies.
#[derive(Debug)]
pub(super) struct Entity {
    pub(super) kind: EntityKind,
    pub(super) name: String,
    pub(super) id: String,
    pub(super) path: String,
    pub(super) attached: Vec<String>,
    pub(super) boundary: Option<String>,
}

/// How many entities have a policy.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Usage {
    pub(super) attachments: i32,
    pub(super) boundaries: i32,
}

impl Entity {
    fn has(&self, arn: &str, usage: Option<&PolicyUsageType>) -> bool {
        let attached = || self.attached.iter().any(|attached| attached == arn);
        let bounded = || self.boundary.as_deref() == Some(arn);
        match usage {
            Some(PolicyUsageType::PermissionsPolicy) => attached(),
            Some(PolicyUsageType::PermissionsBoundary) => bounded(),
            _ => attached() || bounded(),
        }
    }

    /// Where the next page of a list begins.
    fn marker(&self) -> String {
        format!("{:?}/{}", self.kind, self.name)
    }
}

/// Everyone who may have policies.
pub(super) fn entities(reader: &dyn Reader) -> Result<Vec<Entity>, StoreError> {
    let mut all = users::entities(reader)?;
    let roles = ROLES.load_in(reader)?.into_iter();
    all.extend(roles.map(|(_, role)| Entity {
        kind: EntityKind::Role,
        name: role.name,
        id: role.id,
        path: role.path,
        attached: role.attached_policies,
        boundary: role.permissions_boundary,
    }));
    all.sort_by(|a, b| (a.kind, &a.name).cmp(&(b.kind, &b.name)));
    Ok(all)
}

pub(super) fn usage(entities: &[Entity], arn: &str) -> Usage {
    let count = |usage: PolicyUsageType| {
        let having = entities.iter().filter(|it| it.has(arn, Some(&usage)));
        i32::try_from(having.count()).unwrap_or(i32::MAX)
    };
    Usage {
        attachments: count(PolicyUsageType::PermissionsPolicy),
        boundaries: count(PolicyUsageType::PermissionsBoundary),
    }
}

/// What somebody has is not deleted.
pub(super) fn check_unused(reader: &dyn Reader, arn: &str) -> Result<(), crate::WriteFailure> {
    let all = entities(reader)?;
    if !all.iter().any(|entity| entity.has(arn, None)) {
        return Ok(());
    }
    let text = "Cannot delete a policy attached to entities.";
    Err(errors::DeleteConflictException.with(text).into())
}

impl Iam {
    pub(super) fn register_attachments(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder.register::<ListEntitiesForPolicy, _>(self.clone());
    }

    pub(super) fn entities(&self) -> Result<Vec<Entity>, ServiceError> {
        let read = self.store.read(entities);
        read.map_err(|error| unavailable(&error))
    }
}

impl Handler<ListEntitiesForPolicy> for Iam {
    async fn handle(
        &self,
        input: ListEntitiesForPolicyInput,
        _caller: &Caller,
    ) -> Result<ListEntitiesForPolicyOutput, ServiceError> {
        let arn = input.policy_arn;
        if managed::describe(&arn).is_none() {
            self.own_policy(&arn)?;
        }
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let kind = match input.entity_filter {
            Some(EntityType::User) => Some(EntityKind::User),
            Some(EntityType::Role) => Some(EntityKind::Role),
            Some(EntityType::Group) => Some(EntityKind::Group),
            // The other values tell policies apart: of a single policy they leave out nobody.
            _ => None,
        };
        let after = input.marker.unwrap_or_default();
        let all = self.entities()?.into_iter();
        let mut wanted = all.filter(|entity| {
            entity.has(&arn, input.policy_usage_filter.as_ref())
                && kind.is_none_or(|kind| entity.kind == kind)
                && entity.path.starts_with(&prefix)
                && entity.marker() > after
        });
        let page: Vec<_> = wanted
            .by_ref()
            .take(users::page_size(input.max_items))
            .collect();
        let more = wanted.next().is_some();
        Ok(ListEntitiesForPolicyOutput {
            marker: page.last().filter(|_| more).map(Entity::marker),
            is_truncated: Some(more),
            ..told(page)
        })
    }
}

fn told(entities: Vec<Entity>) -> ListEntitiesForPolicyOutput {
    let (mut groups, mut roles, mut users) = (Vec::new(), Vec::new(), Vec::new());
    for entity in entities {
        let (name, id) = (Some(entity.name), Some(entity.id));
        match entity.kind {
            EntityKind::Group => groups.push(PolicyGroup {
                group_name: name,
                group_id: id,
            }),
            EntityKind::Role => roles.push(PolicyRole {
                role_name: name,
                role_id: id,
            }),
            EntityKind::User => users.push(PolicyUser {
                user_name: name,
                user_id: id,
            }),
        }
    }
    ListEntitiesForPolicyOutput {
        policy_groups: Some(groups),
        policy_roles: Some(roles),
        policy_users: Some(users),
        ..ListEntitiesForPolicyOutput::default()
    }
}
