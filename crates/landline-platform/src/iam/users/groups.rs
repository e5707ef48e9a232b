//! Groups of users.

use std::sync::Arc;

use landline_api::iam::{
    AddUserToGroup, AddUserToGroupInput, CreateGroup, CreateGroupInput, CreateGroupOutput,
    DeleteGroup, DeleteGroupInput, GetGroup, GetGroupInput, GetGroupOutput, Group, ListGroups,
    ListGroupsForUser, ListGroupsForUserInput, ListGroupsForUserOutput, ListGroupsInput,
    ListGroupsOutput, RemoveUserFromGroup, RemoveUserFromGroupInput, errors,
};
use landline_store::{Collection, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError, Timestamp};
use serde::{Deserialize, Serialize};

use super::holder::{Holder, Policies};
use super::{USERS, UserRecord, described, new_id, page_size};
use crate::iam::Iam;
use crate::iam::attachments::{Entity, EntityKind};
use crate::{WriteFailure, unavailable};

/// A group as it is kept; who is in it, its users know.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct GroupRecord {
    pub(super) name: String,
    path: String,
    id: String,
    arn: String,
    created_millis: i64,
    pub(super) policies: Policies,
}

pub(super) const GROUPS: Collection<GroupRecord> = Collection::new("iam.group");

impl Iam {
    pub(super) fn register_groups(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<CreateGroup, _>(self.clone())
            .register::<GetGroup, _>(self.clone())
            .register::<ListGroups, _>(self.clone())
            .register::<DeleteGroup, _>(self.clone())
            .register::<AddUserToGroup, _>(self.clone())
            .register::<RemoveUserFromGroup, _>(self.clone())
            .register::<ListGroupsForUser, _>(self.clone());
    }
}

impl From<GroupRecord> for Entity {
    fn from(group: GroupRecord) -> Self {
        Self {
            kind: EntityKind::Group,
            name: group.name,
            id: group.id,
            path: group.path,
            attached: group.policies.attached,
            boundary: None,
        }
    }
}

fn told(group: &GroupRecord) -> Group {
    Group {
        path: group.path.clone(),
        group_name: group.name.clone(),
        group_id: group.id.clone(),
        arn: group.arn.clone(),
        create_date: Timestamp::from_millis(group.created_millis),
    }
}

impl Handler<CreateGroup> for Iam {
    async fn handle(
        &self,
        input: CreateGroupInput,
        caller: &Caller,
    ) -> Result<CreateGroupOutput, ServiceError> {
        let path = input.path.unwrap_or_else(|| "/".to_owned());
        let record = GroupRecord {
            arn: format!(
                "arn:aws:iam::{}:group{path}{}",
                caller.account_id, input.group_name
            ),
            id: new_id("AGPA"),
            name: input.group_name,
            path,
            created_millis: self.clock.now().truncate_to_seconds().as_millis(),
            policies: Policies::default(),
        };
        let group = told(&record);
        self.add(record).await?;
        Ok(CreateGroupOutput { group })
    }
}

impl Handler<GetGroup> for Iam {
    async fn handle(
        &self,
        input: GetGroupInput,
        _caller: &Caller,
    ) -> Result<GetGroupOutput, ServiceError> {
        let group: GroupRecord = self.holder(&input.group_name)?;
        let after = input.marker.unwrap_or_default();
        let all = USERS
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let all = all.into_iter();
        let mut members =
            all.filter(|(name, user)| user.groups.contains(&group.name) && *name > after);
        let page = members.by_ref().take(page_size(input.max_items));
        let users: Vec<_> = page.map(|(_, user)| described(&user)).collect();
        let more = members.next().is_some();
        Ok(GetGroupOutput {
            group: told(&group),
            marker: users.last().filter(|_| more).map(|it| it.user_name.clone()),
            is_truncated: Some(more),
            users,
        })
    }
}

impl Handler<ListGroups> for Iam {
    async fn handle(
        &self,
        input: ListGroupsInput,
        _caller: &Caller,
    ) -> Result<ListGroupsOutput, ServiceError> {
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let after = input.marker.unwrap_or_default();
        let all = GROUPS
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let all = all.into_iter();
        let mut wanted =
            all.filter(|(name, group)| group.path.starts_with(&prefix) && *name > after);
        let page = wanted.by_ref().take(page_size(input.max_items));
        let groups: Vec<Group> = page.map(|(_, group)| told(&group)).collect();
        let more = wanted.next().is_some();
        Ok(ListGroupsOutput {
            marker: groups
                .last()
                .filter(|_| more)
                .map(|it| it.group_name.clone()),
            is_truncated: Some(more),
            groups,
        })
    }
}

impl Handler<DeleteGroup> for Iam {
    async fn handle(
        &self,
        input: DeleteGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let name = input.group_name;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(group) = GROUPS.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(GroupRecord::missing(&name)));
            };
            group.policies.check_gone()?;
            let users = USERS.list_in(transaction, "")?;
            if users.iter().any(|(_, user)| user.groups.contains(&name)) {
                let text = "Cannot delete entity, must remove users from group first.";
                return Err(errors::DeleteConflictException.with(text).into());
            }
            GROUPS.delete_in(transaction, &name);
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(Unit {})
    }
}

impl Handler<AddUserToGroup> for Iam {
    async fn handle(
        &self,
        input: AddUserToGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let group: GroupRecord = self.holder(&input.group_name)?;
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.groups.insert(group.name);
            Ok(())
        })
        .await
    }
}

impl Handler<RemoveUserFromGroup> for Iam {
    async fn handle(
        &self,
        input: RemoveUserFromGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let group: GroupRecord = self.holder(&input.group_name)?;
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.groups.remove(&group.name);
            Ok(())
        })
        .await
    }
}

impl Handler<ListGroupsForUser> for Iam {
    async fn handle(
        &self,
        input: ListGroupsForUserInput,
        _caller: &Caller,
    ) -> Result<ListGroupsForUserOutput, ServiceError> {
        let user: UserRecord = self.holder(&input.user_name)?;
        let groups = user.groups.iter();
        let groups = groups.map(|name| Ok(told(&self.holder(name)?)));
        Ok(ListGroupsForUserOutput {
            groups: groups.collect::<Result<_, ServiceError>>()?,
            is_truncated: Some(false),
            marker: None,
        })
    }
}
