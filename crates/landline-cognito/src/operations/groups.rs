//! Groups, and who is in them.

use std::sync::Arc;

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::page::{page, size};
use crate::Cognito;
use crate::errors::{limit, no_group, no_user, unreadable};
use crate::groups::GROUPS;
use crate::kept::Kept;
use crate::pool::Pool;
use crate::quotas::{GROUPS_MAX, GROUPS_OF_USER_MAX};
use crate::user::{MEMBERS, USERS, find_in, key, key_of_three};

impl Handler<api::CreateGroup> for Cognito {
    async fn handle(
        &self,
        input: api::CreateGroupInput,
        _caller: &Caller,
    ) -> Result<api::CreateGroupOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let now = Timestamp::from_millis(self.now());
        let place = key(&pool.id, &input.group_name);
        let prefix = format!("{}\n", pool.id);
        let group = api::GroupType {
            group_name: Some(input.group_name),
            user_pool_id: Some(input.user_pool_id),
            description: input.description,
            role_arn: input.role_arn,
            precedence: input.precedence,
            last_modified_date: Some(now),
            creation_date: Some(now),
        };
        let kept = Kept(group.clone());
        let written = self.write_in(&pool, move |transaction| {
            if GROUPS.get_in(transaction, &place)?.is_some() {
                let text = "A group with the name already exists.";
                return Err(errors::GroupExistsException.with(text).into());
            }
            if GROUPS.count_in(transaction, &prefix)? >= GROUPS_MAX {
                return Err(limit("You have exceeded the group limit").into());
            }
            GROUPS.put_in(transaction, &place, &kept)?;
            Ok(())
        });
        written.await?;
        Ok(api::CreateGroupOutput { group: Some(group) })
    }
}

impl Handler<api::GetGroup> for Cognito {
    async fn handle(
        &self,
        input: api::GetGroupInput,
        _caller: &Caller,
    ) -> Result<api::GetGroupOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let group = self.group(&pool, &input.group_name)?;
        let group = group.ok_or_else(no_group)?;
        Ok(api::GetGroupOutput { group: Some(group) })
    }
}

impl Handler<api::UpdateGroup> for Cognito {
    async fn handle(
        &self,
        input: api::UpdateGroupInput,
        _caller: &Caller,
    ) -> Result<api::UpdateGroupOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let now = Timestamp::from_millis(self.now());
        let place = key(&pool.id, &input.group_name);
        let written = self.write_in(&pool, move |transaction| {
            let known = GROUPS.get_in(transaction, &place)?;
            let mut group = known.ok_or_else(no_group)?;
            // What is not given is as it is by default.
            group.0.description = input.description;
            group.0.role_arn = input.role_arn;
            group.0.precedence = input.precedence;
            group.0.last_modified_date = Some(now);
            GROUPS.put_in(transaction, &place, &group)?;
            Ok(group.0)
        });
        let group = Some(written.await?);
        Ok(api::UpdateGroupOutput { group })
    }
}

impl Handler<api::DeleteGroup> for Cognito {
    async fn handle(
        &self,
        input: api::DeleteGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let (id, name) = (pool.id.clone(), input.group_name);
        let written = self.write_in(&pool, move |transaction| {
            let place = key(&id, &name);
            if GROUPS.get_in(transaction, &place)?.is_none() {
                return Err(no_group().into());
            }
            let members = format!("{id}\n{name}\n");
            for (member, ()) in MEMBERS.list_in(transaction, &members)? {
                let user = key(&id, &member[members.len()..]);
                if let Some(mut user_record) = USERS.get_in(transaction, &user)? {
                    user_record.groups.remove(&name);
                    USERS.put_in(transaction, &user, &user_record)?;
                }
            }
            MEMBERS.delete_under_in(transaction, &members)?;
            GROUPS.delete_in(transaction, &place);
            Ok(())
        });
        written.await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListGroups> for Cognito {
    async fn handle(
        &self,
        input: api::ListGroupsInput,
        _caller: &Caller,
    ) -> Result<api::ListGroupsOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let prefix = format!("{}\n", pool.id);
        let size = size(input.limit);
        let after = input.next_token.map(|token| key(&pool.id, &token));
        let read = self
            .store
            .read(|reader| GROUPS.page_in(reader, &prefix, after.as_deref(), size + 1));
        let found = read.map_err(unreadable)?.into_iter();
        let groups = found.map(|(_, group)| group.0).collect();
        let (groups, next_token) = page(groups, None, size, name_of);
        Ok(api::ListGroupsOutput {
            groups: Some(groups),
            next_token,
        })
    }
}

fn name_of(group: &api::GroupType) -> &str {
    group.group_name.as_deref().unwrap_or_default()
}

/// Whether somebody comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Membership {
    Begins,
    Ends,
}

impl Cognito {
    async fn change_membership(
        &self,
        pool: &Arc<Pool>,
        (user, group): (String, String),
        change: Membership,
    ) -> Result<(), ServiceError> {
        let of = Arc::clone(pool);
        let written = self.write_in(pool, move |transaction| {
            let found = find_in(transaction, &of, &user)?;
            let mut user = found.ok_or_else(no_user)?;
            if GROUPS.get_in(transaction, &key(&of.id, &group))?.is_none() {
                return Err(no_group().into());
            }
            let own = user.key(&of);
            let place = key_of_three(&of.id, &group, &own);
            if change == Membership::Begins {
                user.groups.insert(group);
                if user.groups.len() > GROUPS_OF_USER_MAX {
                    return Err(limit("You have exceeded the limit of groups per user").into());
                }
                MEMBERS.put_in(transaction, &place, &())?;
            } else {
                user.groups.remove(&group);
                MEMBERS.delete_in(transaction, &place);
            }
            USERS.put_in(transaction, &key(&of.id, &own), &user)?;
            Ok(())
        });
        written.await
    }
}

impl Handler<api::AdminAddUserToGroup> for Cognito {
    async fn handle(
        &self,
        input: api::AdminAddUserToGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let both = (input.username, input.group_name);
        self.change_membership(&pool, both, Membership::Begins)
            .await?;
        Ok(Unit {})
    }
}

impl Handler<api::AdminRemoveUserFromGroup> for Cognito {
    async fn handle(
        &self,
        input: api::AdminRemoveUserFromGroupInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let both = (input.username, input.group_name);
        self.change_membership(&pool, both, Membership::Ends)
            .await?;
        Ok(Unit {})
    }
}

impl Handler<api::AdminListGroupsForUser> for Cognito {
    async fn handle(
        &self,
        input: api::AdminListGroupsForUserInput,
        _caller: &Caller,
    ) -> Result<api::AdminListGroupsForUserOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let user = self.user(&pool, &input.username)?;
        let mut groups = Vec::new();
        for name in &user.groups {
            groups.extend(self.group(&pool, name)?);
        }
        let (token, size) = (input.next_token.as_deref(), size(input.limit));
        let (groups, next_token) = page(groups, token, size, name_of);
        Ok(api::AdminListGroupsForUserOutput {
            groups: Some(groups),
            next_token,
        })
    }
}

impl Handler<api::ListUsersInGroup> for Cognito {
    async fn handle(
        &self,
        input: api::ListUsersInGroupInput,
        _caller: &Caller,
    ) -> Result<api::ListUsersInGroupOutput, ServiceError> {
        let pool = self.pools.get(&input.user_pool_id)?;
        let group = input.group_name;
        self.group(&pool, &group)?.ok_or_else(no_group)?;
        let (prefix, size) = (format!("{}\n{group}\n", pool.id), size(input.limit));
        let token = input.next_token;
        let after = token.map(|token| key_of_three(&pool.id, &group, &token));
        let read = self.store.read(|reader| {
            let members = MEMBERS.page_in(reader, &prefix, after.as_deref(), size + 1)?;
            let has_more = members.len() > size;
            let mut users = Vec::new();
            let mut last = None;
            for (member, ()) in members.into_iter().take(size) {
                let name = member[prefix.len()..].to_owned();
                users.extend(USERS.get_in(reader, &key(&pool.id, &name))?);
                last = Some(name);
            }
            Ok((users, last.filter(|_| has_more)))
        });
        let (users, next_token) = read.map_err(unreadable)?;
        Ok(api::ListUsersInGroupOutput {
            users: Some(users.iter().map(crate::user::UserRecord::shown).collect()),
            next_token,
        })
    }
}
