//! A role's tags.

use landline_api::iam::{
    ListRoleTags, ListRoleTagsInput, ListRoleTagsOutput, Tag, TagRole, TagRoleInput, UntagRole,
    UntagRoleInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::{Iam, RoleRecord};

impl Handler<TagRole> for Iam {
    async fn handle(&self, input: TagRoleInput, _caller: &Caller) -> Result<Unit, ServiceError> {
        let change = move |role: &mut RoleRecord| {
            role.tags
                .extend(input.tags.into_iter().map(|tag| (tag.key, tag.value)));
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<UntagRole> for Iam {
    async fn handle(&self, input: UntagRoleInput, _caller: &Caller) -> Result<Unit, ServiceError> {
        let change = move |role: &mut RoleRecord| {
            role.tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<ListRoleTags> for Iam {
    async fn handle(
        &self,
        input: ListRoleTagsInput,
        _caller: &Caller,
    ) -> Result<ListRoleTagsOutput, ServiceError> {
        let tags = self.role(&input.role_name)?.tags;
        Ok(ListRoleTagsOutput {
            tags: tags
                .into_iter()
                .map(|(key, value)| Tag { key, value })
                .collect(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}
