//! What users and groups have in common: a name under which they are kept, and policies.

use std::collections::BTreeMap;

use landline_api::iam::errors;
use landline_store::{Collection, Transaction};
use landline_wire::ServiceError;
use landline_wire::shape::Unit;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::groups::GroupRecord;
use super::{USERS, UserRecord};
use crate::iam::{Iam, checked_document};
use crate::{WriteFailure, unavailable};

/// Inline policies by name, and the ARNs of managed ones.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::iam) struct Policies {
    pub(in crate::iam) inline: BTreeMap<String, String>,
    pub(in crate::iam) attached: Vec<String>,
}

impl Policies {
    pub(super) fn put(&mut self, name: String, document: String) -> Result<(), ServiceError> {
        checked_document(&document)?;
        self.inline.insert(name, document);
        Ok(())
    }

    pub(super) fn attach(&mut self, arn: String) {
        if !self.attached.contains(&arn) {
            self.attached.push(arn);
        }
    }

    pub(super) fn detach(&mut self, arn: &str) -> Result<(), ServiceError> {
        let before = self.attached.len();
        self.attached.retain(|attached| attached != arn);
        if self.attached.len() < before {
            return Ok(());
        }
        Err(errors::NoSuchEntityException.with(format!("Policy {arn} was not found.")))
    }

    /// Who has policies is not deleted.
    pub(super) fn check_gone(&self) -> Result<(), ServiceError> {
        let text = if !self.inline.is_empty() {
            "Cannot delete entity, must delete policies first."
        } else if !self.attached.is_empty() {
            "Cannot delete entity, must detach all policies first."
        } else {
            return Ok(());
        };
        Err(errors::DeleteConflictException.with(text))
    }
}

/// A user or a group.
pub(in crate::iam) trait Holder:
    Serialize + DeserializeOwned + Send + Sized + 'static
{
    const COLLECTION: Collection<Self>;
    /// `user`, as refusals name it.
    const KIND: &'static str;

    fn name(&self) -> &str;
    fn policies(&mut self) -> &mut Policies;

    fn missing(name: &str) -> ServiceError {
        let text = format!("The {} with name {name} cannot be found.", Self::KIND);
        errors::NoSuchEntityException.with(text)
    }

    /// The document of an inline policy.
    fn inline(&mut self, policy: &str) -> Result<String, ServiceError> {
        let found = self.policies().inline.get(policy).cloned();
        found.ok_or_else(|| no_such_policy(Self::KIND, policy))
    }

    fn remove_inline(&mut self, policy: &str) -> Result<(), ServiceError> {
        match self.policies().inline.remove(policy) {
            Some(_) => Ok(()),
            None => Err(no_such_policy(Self::KIND, policy)),
        }
    }
}

fn no_such_policy(kind: &str, policy: &str) -> ServiceError {
    let text = format!("The {kind} policy with name {policy} cannot be found.");
    errors::NoSuchEntityException.with(text)
}

impl Holder for UserRecord {
    const COLLECTION: Collection<Self> = USERS;
    const KIND: &'static str = "user";

    fn name(&self) -> &str {
        &self.name
    }

    fn policies(&mut self) -> &mut Policies {
        &mut self.policies
    }
}

impl Holder for GroupRecord {
    const COLLECTION: Collection<Self> = super::groups::GROUPS;
    const KIND: &'static str = "group";

    fn name(&self) -> &str {
        &self.name
    }

    fn policies(&mut self) -> &mut Policies {
        &mut self.policies
    }
}

impl Iam {
    pub(super) fn holder<H: Holder>(&self, name: &str) -> Result<H, ServiceError> {
        let found = H::COLLECTION.get(&*self.store, name);
        let found = found.map_err(|error| unavailable(&error))?;
        found.ok_or_else(|| H::missing(name))
    }

    /// Adds a user or a group, unless there is one of that name.
    pub(super) async fn add<H: Holder>(&self, holder: H) -> Result<(), ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let name = holder.name();
            if H::COLLECTION.get_in(transaction, name)?.is_some() {
                let kind = match H::KIND {
                    "user" => "User",
                    _ => "Group",
                };
                let exists = errors::EntityAlreadyExistsException;
                let text = format!("{kind} with name {name} already exists.");
                return Err(WriteFailure::from(exists.with(text)));
            }
            H::COLLECTION.put_in(transaction, name, &holder)?;
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(())
    }

    /// Changes a user or a group in one transaction.
    pub(in crate::iam) async fn change<H: Holder>(
        &self,
        name: String,
        change: impl FnOnce(&mut H) -> Result<(), ServiceError> + Send + 'static,
    ) -> Result<Unit, ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut holder) = H::COLLECTION.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(H::missing(&name)));
            };
            change(&mut holder)?;
            H::COLLECTION.put_in(transaction, &name, &holder)?;
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(Unit {})
    }
}
