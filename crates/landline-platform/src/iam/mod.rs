//! AWS IAM, as far as applications need it: roles, users and groups, and their policies.
//!
//! Everything is kept whole; `simulation` tells what the policies allow. Follows the API reference of each operation; documents come back
//! percent-encoded, as IAM sends them.

mod attachments;
mod boundaries;
mod managed;
mod own_policies;
mod permissions;
mod policies;
mod roles;
mod simulation;
mod tags;
mod users;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwap;
use landline_api::iam::{self as api, errors};
use landline_store::{Collection, Store, Transaction};
use landline_wire::{Clock, DispatcherBuilder, ServiceError};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

use crate::WriteFailure;
use users::KeysInUse;

pub use permissions::{Enforcement, Permissions};
pub use users::UserKey;

/// A role as it is kept.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct RoleRecord {
    name: String,
    path: String,
    id: String,
    arn: String,
    created_millis: i64,
    trust: String,
    description: Option<String>,
    max_session_seconds: i32,
    permissions_boundary: Option<String>,
    tags: BTreeMap<String, String>,
    inline_policies: BTreeMap<String, String>,
    attached_policies: Vec<String>,
}

const ROLES: Collection<RoleRecord> = Collection::new("iam.role");

/// The service.
#[derive(Debug)]
pub struct Iam {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    /// How many changes there were; what was decided before the last one is out of date.
    changes: AtomicU64,
    keys: ArcSwap<KeysInUse>,
}

impl Iam {
    /// A service on `store`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            store,
            clock,
            changes: AtomicU64::new(0),
            keys: ArcSwap::default(),
        })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateRole, _>(self.clone())
            .register::<api::GetRole, _>(self.clone())
            .register::<api::DeleteRole, _>(self.clone())
            .register::<api::ListRoles, _>(self.clone())
            .register::<api::UpdateRole, _>(self.clone())
            .register::<api::UpdateRoleDescription, _>(self.clone())
            .register::<api::UpdateAssumeRolePolicy, _>(self.clone())
            .register::<api::PutRolePolicy, _>(self.clone())
            .register::<api::GetRolePolicy, _>(self.clone())
            .register::<api::DeleteRolePolicy, _>(self.clone())
            .register::<api::ListRolePolicies, _>(self.clone())
            .register::<api::AttachRolePolicy, _>(self.clone())
            .register::<api::DetachRolePolicy, _>(self.clone())
            .register::<api::ListAttachedRolePolicies, _>(self.clone())
            .register::<api::TagRole, _>(self.clone())
            .register::<api::UntagRole, _>(self.clone())
            .register::<api::ListRoleTags, _>(self.clone())
            .register::<api::ListInstanceProfilesForRole, _>(self.clone())
            .register::<api::SimulatePrincipalPolicy, _>(self.clone());
        self.register_own_policies(builder);
        self.register_attachments(builder);
        self.register_boundaries(builder);
        self.register_users(builder);
    }

    fn note_change(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }

    fn role(&self, name: &str) -> Result<RoleRecord, ServiceError> {
        let found = ROLES
            .get(&*self.store, name)
            .map_err(|error| crate::unavailable(&error))?;
        found.ok_or_else(|| no_such_role(name))
    }

    /// Changes a role in one transaction.
    async fn change_role(
        &self,
        name: String,
        change: impl FnOnce(&mut RoleRecord) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<(), ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut role) = ROLES.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(no_such_role(&name)));
            };
            change(&mut role)?;
            ROLES.put_in(transaction, &name, &role)?;
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(())
    }
}

fn no_such_role(name: &str) -> ServiceError {
    errors::NoSuchEntityException.with(format!("The role with name {name} cannot be found."))
}

/// A policy document must be a JSON object; IAM says so in these words.
fn checked_document(document: &str) -> Result<(), ServiceError> {
    let is_object =
        serde_json::from_str::<serde_json::Value>(document).is_ok_and(|d| d.is_object());
    if is_object {
        return Ok(());
    }
    Err(errors::MalformedPolicyDocumentException.with("Syntax errors in policy."))
}

/// All but RFC 3986's unreserved characters, as IAM returns documents.
const DOCUMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

fn percent_encoded(document: &str) -> String {
    utf8_percent_encode(document, DOCUMENT).to_string()
}

#[cfg(test)]
mod tests;
