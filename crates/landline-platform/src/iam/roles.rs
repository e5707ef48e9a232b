//! Roles: create, read, list, delete, change of trust.

use std::collections::BTreeMap;

use landline_api::iam::{
    CreateRole, CreateRoleInput, CreateRoleOutput, DeleteRole, DeleteRoleInput, GetRole,
    GetRoleInput, GetRoleOutput, ListInstanceProfilesForRole, ListInstanceProfilesForRoleInput,
    ListInstanceProfilesForRoleOutput, ListRoles, ListRolesInput, ListRolesOutput, Role,
    RoleLastUsed, Tag, UpdateAssumeRolePolicy, UpdateAssumeRolePolicyInput, UpdateRole,
    UpdateRoleDescription, UpdateRoleDescriptionInput, UpdateRoleDescriptionOutput,
    UpdateRoleInput, UpdateRoleOutput, errors,
};
use landline_store::Transaction;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp, request_id};

use super::{Iam, ROLES, RoleRecord, boundaries, checked_document, no_such_role, percent_encoded};
use crate::{WriteFailure, unavailable};

impl Handler<CreateRole> for Iam {
    async fn handle(
        &self,
        input: CreateRoleInput,
        caller: &Caller,
    ) -> Result<CreateRoleOutput, ServiceError> {
        checked_document(&input.assume_role_policy_document)?;
        self.check_boundary(input.permissions_boundary.as_deref())?;
        let path = input.path.unwrap_or_else(|| "/".to_owned());
        let tags = input.tags.unwrap_or_default();
        let role = RoleRecord {
            arn: format!(
                "arn:aws:iam::{}:role{path}{}",
                caller.account_id, input.role_name
            ),
            id: format!(
                "AROA{}",
                request_id::random_text(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 17)
            ),
            name: input.role_name,
            path,
            created_millis: self.clock.now().truncate_to_seconds().as_millis(),
            trust: input.assume_role_policy_document,
            description: input.description,
            max_session_seconds: input.max_session_duration.unwrap_or(3600),
            permissions_boundary: input.permissions_boundary,
            tags: tags.into_iter().map(|tag| (tag.key, tag.value)).collect(),
            inline_policies: BTreeMap::new(),
            attached_policies: Vec::new(),
        };
        // The answer leaves out how long sessions are, and what a role was used for.
        let output = CreateRoleOutput {
            role: Role {
                max_session_duration: None,
                ..describe(&role)
            },
        };
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if ROLES.get_in(transaction, &role.name)?.is_some() {
                let text = format!("Role with name {} already exists.", role.name);
                return Err(WriteFailure::from(
                    errors::EntityAlreadyExistsException.with(text),
                ));
            }
            ROLES.put_in(transaction, &role.name, &role)?;
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(output)
    }
}

impl Handler<GetRole> for Iam {
    async fn handle(
        &self,
        input: GetRoleInput,
        _caller: &Caller,
    ) -> Result<GetRoleOutput, ServiceError> {
        Ok(GetRoleOutput {
            role: Role {
                role_last_used: Some(RoleLastUsed::default()),
                ..describe(&self.role(&input.role_name)?)
            },
        })
    }
}

impl Handler<ListRoles> for Iam {
    async fn handle(
        &self,
        input: ListRolesInput,
        _caller: &Caller,
    ) -> Result<ListRolesOutput, ServiceError> {
        let prefix = input.path_prefix.unwrap_or_else(|| "/".to_owned());
        let all = ROLES
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let after = input.marker.unwrap_or_default();
        let mut roles = all
            .into_iter()
            .filter(|(name, role)| role.path.starts_with(&prefix) && *name > after)
            // Lists tell less than a role by itself.
            .map(|(_, role)| Role {
                tags: None,
                permissions_boundary: None,
                ..describe(&role)
            });
        let most = usize::try_from(input.max_items.unwrap_or(100)).unwrap_or(100);
        let page: Vec<Role> = roles.by_ref().take(most).collect();
        let more = roles.next().is_some();
        Ok(ListRolesOutput {
            marker: page
                .last()
                .filter(|_| more)
                .map(|role| role.role_name.clone()),
            is_truncated: Some(more),
            roles: page,
        })
    }
}

impl Handler<DeleteRole> for Iam {
    async fn handle(&self, input: DeleteRoleInput, _caller: &Caller) -> Result<Unit, ServiceError> {
        let name = input.role_name;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(role) = ROLES.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(no_such_role(&name)));
            };
            refuse_while_it_has_policies(&role)?;
            ROLES.delete_in(transaction, &name);
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(Unit {})
    }
}

fn refuse_while_it_has_policies(role: &RoleRecord) -> Result<(), ServiceError> {
    let text = if !role.inline_policies.is_empty() {
        "Cannot delete entity, must delete policies first."
    } else if !role.attached_policies.is_empty() {
        "Cannot delete entity, must detach all policies first."
    } else {
        return Ok(());
    };
    Err(errors::DeleteConflictException.with(text))
}

impl Handler<UpdateAssumeRolePolicy> for Iam {
    async fn handle(
        &self,
        input: UpdateAssumeRolePolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        checked_document(&input.policy_document)?;
        let change = move |role: &mut RoleRecord| {
            role.trust = input.policy_document;
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<UpdateRole> for Iam {
    async fn handle(
        &self,
        input: UpdateRoleInput,
        _caller: &Caller,
    ) -> Result<UpdateRoleOutput, ServiceError> {
        let change = move |role: &mut RoleRecord| {
            role.description = input.description.or(role.description.take());
            // Not named, it becomes an hour again, as on AWS.
            role.max_session_seconds = input.max_session_duration.unwrap_or(3600);
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(UpdateRoleOutput {})
    }
}

impl Handler<UpdateRoleDescription> for Iam {
    async fn handle(
        &self,
        input: UpdateRoleDescriptionInput,
        _caller: &Caller,
    ) -> Result<UpdateRoleDescriptionOutput, ServiceError> {
        let name = input.role_name.clone();
        let change = move |role: &mut RoleRecord| {
            role.description = Some(input.description);
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(UpdateRoleDescriptionOutput {
            role: Some(describe(&self.role(&name)?)),
        })
    }
}

/// There are no machines that a role could belong to; tools ask before they delete a role.
impl Handler<ListInstanceProfilesForRole> for Iam {
    async fn handle(
        &self,
        input: ListInstanceProfilesForRoleInput,
        _caller: &Caller,
    ) -> Result<ListInstanceProfilesForRoleOutput, ServiceError> {
        self.role(&input.role_name)?;
        Ok(ListInstanceProfilesForRoleOutput {
            is_truncated: Some(false),
            ..ListInstanceProfilesForRoleOutput::default()
        })
    }
}

/// A record as the API shows it.
fn describe(role: &RoleRecord) -> Role {
    let boundary = role.permissions_boundary.as_deref();
    let tags: Vec<Tag> = role
        .tags
        .iter()
        .map(|(key, value)| Tag {
            key: key.clone(),
            value: value.clone(),
        })
        .collect();
    Role {
        path: role.path.clone(),
        role_name: role.name.clone(),
        role_id: role.id.clone(),
        arn: role.arn.clone(),
        create_date: Timestamp::from_millis(role.created_millis),
        assume_role_policy_document: Some(percent_encoded(&role.trust)),
        description: role.description.clone(),
        max_session_duration: Some(role.max_session_seconds),
        permissions_boundary: boundary.map(boundaries::described),
        tags: (!tags.is_empty()).then_some(tags),
        role_last_used: None,
    }
}
