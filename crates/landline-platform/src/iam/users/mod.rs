//! Users, their groups and their access keys. Whoever signs with a key of a user is that user, and may what the user's
//! policies allow; beside them there is the account's root.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/id_users.html>

mod groups;
mod holder;
mod keys;
mod policies;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use landline_api::iam::{
    CreateUser, CreateUserInput, CreateUserOutput, DeleteUser, DeleteUserInput, GetUser,
    GetUserInput, GetUserOutput, ListUserTags, ListUserTagsInput, ListUserTagsOutput, ListUsers,
    ListUsersInput, ListUsersOutput, Tag, TagUser, TagUserInput, UntagUser, UntagUserInput, User,
    errors,
};
use landline_store::{Collection, Reader, StoreError, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError, Timestamp, request_id};
use serde::{Deserialize, Serialize};

use super::attachments::{Entity, EntityKind};
use super::{Iam, boundaries};
use crate::{WriteFailure, unavailable};
use groups::{GROUPS, GroupRecord};
use holder::{Holder as _, Policies};
use keys::ACCESS_KEYS;
pub(super) use keys::KeysInUse;
pub use keys::UserKey;

/// A user as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct UserRecord {
    name: String,
    path: String,
    id: String,
    pub(super) arn: String,
    created_millis: i64,
    pub(super) tags: BTreeMap<String, String>,
    pub(super) permissions_boundary: Option<String>,
    policies: Policies,
    groups: BTreeSet<String>,
}

const USERS: Collection<UserRecord> = Collection::new("iam.user");

/// The most entries in a page, and how many come when nobody says.
const PAGE: usize = 100;

impl Iam {
    pub(super) fn register_users(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<CreateUser, _>(self.clone())
            .register::<GetUser, _>(self.clone())
            .register::<ListUsers, _>(self.clone())
            .register::<DeleteUser, _>(self.clone())
            .register::<TagUser, _>(self.clone())
            .register::<UntagUser, _>(self.clone())
            .register::<ListUserTags, _>(self.clone());
        self.register_keys(builder);
        self.register_groups(builder);
        self.register_policies_of_users(builder);
    }

    /// All that decides what a user may: its own policies and those of its groups.
    pub(super) fn policies_of_user(
        &self,
        name: &str,
    ) -> Result<(UserRecord, Policies), ServiceError> {
        let user: UserRecord = self.holder(name)?;
        let mut all = user.policies.clone();
        for group in &user.groups {
            let group: GroupRecord = self.holder(group)?;
            let inline = group.policies.inline.into_iter();
            // Policies of one name in two places are two policies.
            all.inline.extend(
                inline.map(|(name, document)| (format!("{}/{name}", group.name), document)),
            );
            all.attached.extend(group.policies.attached);
        }
        Ok((user, all))
    }
}

/// All users and groups, as those who have policies.
pub(super) fn entities(reader: &dyn Reader) -> Result<Vec<Entity>, StoreError> {
    let groups = GROUPS.load_in(reader)?.into_iter();
    let mut all: Vec<Entity> = groups.map(|(_, group)| group.into()).collect();
    let users = USERS.load_in(reader)?.into_iter();
    all.extend(users.map(|(_, user)| Entity {
        kind: EntityKind::User,
        name: user.name,
        id: user.id,
        path: user.path,
        attached: user.policies.attached,
        boundary: user.permissions_boundary,
    }));
    Ok(all)
}

/// An id as IAM draws it: `AIDA…` of users, `AGPA…` of groups.
fn new_id(beginning: &str) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    format!("{beginning}{}", request_id::random_text(ALPHABET, 17))
}

impl Handler<CreateUser> for Iam {
    async fn handle(
        &self,
        input: CreateUserInput,
        caller: &Caller,
    ) -> Result<CreateUserOutput, ServiceError> {
        self.check_boundary(input.permissions_boundary.as_deref())?;
        let path = input.path.unwrap_or_else(|| "/".to_owned());
        let tags = input.tags.unwrap_or_default();
        let user = UserRecord {
            arn: format!(
                "arn:aws:iam::{}:user{path}{}",
                caller.account_id, input.user_name
            ),
            id: new_id("AIDA"),
            name: input.user_name,
            path,
            created_millis: self.clock.now().truncate_to_seconds().as_millis(),
            tags: tags.into_iter().map(|tag| (tag.key, tag.value)).collect(),
            permissions_boundary: input.permissions_boundary,
            policies: Policies::default(),
            groups: BTreeSet::new(),
        };
        let output = CreateUserOutput {
            user: Some(described(&user)),
        };
        self.add(user).await?;
        Ok(output)
    }
}

impl Handler<GetUser> for Iam {
    async fn handle(
        &self,
        input: GetUserInput,
        caller: &Caller,
    ) -> Result<GetUserOutput, ServiceError> {
        let user = match (input.user_name, user_of(caller)) {
            (Some(name), _) => described(&self.holder(&name)?),
            (None, Some(name)) => described(&self.holder(name)?),
            (None, None) => root(caller)?,
        };
        Ok(GetUserOutput { user })
    }
}

/// The name of the user who calls, if one does.
fn user_of(caller: &Caller) -> Option<&str> {
    let (_, resource) = caller.principal.split_once(":user/")?;
    resource.rsplit('/').next()
}

fn root(caller: &Caller) -> Result<User, ServiceError> {
    if !caller.principal.ends_with(":root") {
        let text = "Must specify userName when calling with non-User credentials";
        return Err(ServiceError::new("ValidationError", 400, text));
    }
    Ok(User {
        path: "/".to_owned(),
        // The root has no name.
        user_name: String::new(),
        user_id: caller.account_id.to_string(),
        arn: caller.principal.to_string(),
        create_date: Timestamp::from_millis(0),
        ..User::default()
    })
}

impl Handler<ListUsers> for Iam {
    async fn handle(
        &self,
        input: ListUsersInput,
        _caller: &Caller,
    ) -> Result<ListUsersOutput, ServiceError> {
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let after = input.marker.unwrap_or_default();
        let all = USERS
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let all = all.into_iter();
        let wanted = all.filter(|(name, user)| user.path.starts_with(&prefix) && *name > after);
        // Lists tell less than a user by itself.
        let mut wanted = wanted.map(|(_, user)| User {
            tags: None,
            permissions_boundary: None,
            ..described(&user)
        });
        let users: Vec<User> = wanted.by_ref().take(page_size(input.max_items)).collect();
        let more = wanted.next().is_some();
        Ok(ListUsersOutput {
            marker: users.last().filter(|_| more).map(|it| it.user_name.clone()),
            is_truncated: Some(more),
            users,
        })
    }
}

impl Handler<DeleteUser> for Iam {
    async fn handle(&self, input: DeleteUserInput, _caller: &Caller) -> Result<Unit, ServiceError> {
        let name = input.user_name;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(user) = USERS.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(UserRecord::missing(&name)));
            };
            let keys = ACCESS_KEYS.list_in(transaction, "")?;
            let has_keys = keys.iter().any(|(_, key)| key.user == name);
            let text = if has_keys {
                "Cannot delete entity, must delete access keys first."
            } else if !user.groups.is_empty() {
                "Cannot delete entity, must remove users from group first."
            } else {
                user.policies.check_gone()?;
                USERS.delete_in(transaction, &name);
                return Ok(());
            };
            Err(errors::DeleteConflictException.with(text).into())
        });
        written.await?;
        self.note_change();
        Ok(Unit {})
    }
}

impl Handler<TagUser> for Iam {
    async fn handle(&self, input: TagUserInput, _caller: &Caller) -> Result<Unit, ServiceError> {
        self.change(input.user_name, move |user: &mut UserRecord| {
            let tags = input.tags.into_iter();
            user.tags.extend(tags.map(|tag| (tag.key, tag.value)));
            Ok(())
        })
        .await
    }
}

impl Handler<UntagUser> for Iam {
    async fn handle(&self, input: UntagUserInput, _caller: &Caller) -> Result<Unit, ServiceError> {
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        })
        .await
    }
}

impl Handler<ListUserTags> for Iam {
    async fn handle(
        &self,
        input: ListUserTagsInput,
        _caller: &Caller,
    ) -> Result<ListUserTagsOutput, ServiceError> {
        let user: UserRecord = self.holder(&input.user_name)?;
        Ok(ListUserTagsOutput {
            tags: tags(&user),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

fn tags(user: &UserRecord) -> Vec<Tag> {
    let tags = user.tags.iter().map(|(key, value)| Tag {
        key: key.clone(),
        value: value.clone(),
    });
    tags.collect()
}

/// A record as the API shows it.
fn described(user: &UserRecord) -> User {
    let boundary = user.permissions_boundary.as_deref();
    User {
        path: user.path.clone(),
        user_name: user.name.clone(),
        user_id: user.id.clone(),
        arn: user.arn.clone(),
        create_date: Timestamp::from_millis(user.created_millis),
        permissions_boundary: boundary.map(boundaries::described),
        tags: (!user.tags.is_empty()).then(|| tags(user)),
        ..User::default()
    }
}

pub(super) fn page_size(max_items: Option<i32>) -> usize {
    let most = max_items.and_then(|most| usize::try_from(most).ok());
    most.unwrap_or(PAGE)
}

#[cfg(test)]
mod tests;
