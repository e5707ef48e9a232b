//! Groups: what the store keeps of them, and what tokens show.

use landline_api::cognito_idp as api;
use landline_store::Collection;
use landline_wire::ServiceError;

use crate::Cognito;
use crate::errors::unreadable;
use crate::kept::Kept;
use crate::pool::Pool;
use crate::tokens::Groups;
use crate::user::{UserRecord, key};

/// By `{pool}\n{group}`.
pub(crate) const GROUPS: Collection<Kept<api::GroupType>> = Collection::new("cognito.group");

impl Cognito {
    pub(crate) fn group(
        &self,
        pool: &Pool,
        name: &str,
    ) -> Result<Option<api::GroupType>, ServiceError> {
        let found = GROUPS.get(&*self.store, &key(&pool.id, name));
        Ok(found.map_err(unreadable)?.map(|group| group.0))
    }

    /// The groups of a user, those that go before others first.
    pub(crate) fn groups_of(&self, pool: &Pool, user: &UserRecord) -> Result<Groups, ServiceError> {
        let mut found = Vec::new();
        for name in &user.groups {
            found.extend(self.group(pool, name)?);
        }
        // What has no precedence comes last.
        found.sort_by_key(|group| group.precedence.map_or(i64::MAX, i64::from));
        let roles = found.iter().filter_map(|group| group.role_arn.clone());
        let roles: Vec<String> = roles.collect();
        // Of two that go first none is preferred.
        let first = found.first();
        let is_alone = |group: &&api::GroupType| {
            let same = found.iter().filter(|it| it.precedence == group.precedence);
            group.precedence.is_some() && same.count() == 1
        };
        let preferred_role = match roles.as_slice() {
            [only] => Some(only.clone()),
            _ => first
                .filter(is_alone)
                .and_then(|group| group.role_arn.clone()),
        };
        let names = found.into_iter().filter_map(|group| group.group_name);
        Ok(Groups {
            names: names.collect(),
            roles,
            preferred_role,
        })
    }
}
