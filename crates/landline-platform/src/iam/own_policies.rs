//! Managed policies of one's own, with their versions.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::iam as api;
use landline_api::iam::errors;
use landline_store::{Collection, Transaction};
use landline_wire::policy::PolicyDocument;
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, DispatcherBuilder, Handler, ServiceError, Timestamp, request_id};
use serde::{Deserialize, Serialize};

use super::attachments::{self, Usage};
use super::{Iam, checked_document, managed, percent_encoded};
use crate::{WriteFailure, unavailable};

/// A policy; the greatest version number is the newest.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct PolicyRecord {
    id: String,
    name: String,
    path: String,
    description: Option<String>,
    created_millis: i64,
    tags: BTreeMap<String, String>,
    default_version: u32,
    last_version: u32,
    versions: BTreeMap<u32, VersionRecord>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct VersionRecord {
    document: String,
    created_millis: i64,
}

/// By ARN.
const POLICIES: Collection<PolicyRecord> = Collection::new("iam.policy");

/// Versions that a policy may have at once.
const VERSIONS_MAX: usize = 5;

impl Iam {
    pub(super) fn register_own_policies(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreatePolicy, _>(self.clone())
            .register::<api::GetPolicy, _>(self.clone())
            .register::<api::DeletePolicy, _>(self.clone())
            .register::<api::ListPolicies, _>(self.clone())
            .register::<api::CreatePolicyVersion, _>(self.clone())
            .register::<api::GetPolicyVersion, _>(self.clone())
            .register::<api::DeletePolicyVersion, _>(self.clone())
            .register::<api::ListPolicyVersions, _>(self.clone())
            .register::<api::SetDefaultPolicyVersion, _>(self.clone())
            .register::<api::TagPolicy, _>(self.clone())
            .register::<api::UntagPolicy, _>(self.clone())
            .register::<api::ListPolicyTags, _>(self.clone());
    }

    /// Refuses what is no policy that could be attached.
    pub(super) fn check_attachable(&self, arn: &str) -> Result<(), ServiceError> {
        if Arn::parse(arn).is_none() {
            return Err(errors::InvalidInputException.with(format!("ARN {arn} is not valid.")));
        }
        // Which names AWS's policies have is not known here.
        if managed::describe(arn).is_none() {
            self.own_policy(arn)?;
        }
        Ok(())
    }

    pub(super) fn own_policy(&self, arn: &str) -> Result<PolicyRecord, ServiceError> {
        let found = POLICIES
            .get(&*self.store, arn)
            .map_err(|error| unavailable(&error))?;
        found.ok_or_else(|| no_such_policy(arn))
    }

    /// What a policy of one's own says now, if there is one of that ARN.
    pub(super) fn own_document(&self, arn: &str) -> Option<PolicyDocument> {
        let policy = POLICIES.get(&*self.store, arn).ok()??;
        let version = policy.versions.get(&policy.default_version)?;
        PolicyDocument::parse(&version.document).ok()
    }

    async fn change_policy<T: Send + 'static>(
        &self,
        arn: String,
        change: impl FnOnce(&mut PolicyRecord) -> Result<T, ServiceError> + Send + 'static,
    ) -> Result<T, ServiceError> {
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut policy) = POLICIES.get_in(transaction, &arn)? else {
                return Err(WriteFailure::from(no_such_policy(&arn)));
            };
            let changed = change(&mut policy)?;
            POLICIES.put_in(transaction, &arn, &policy)?;
            Ok(changed)
        });
        let changed = written.await?;
        self.note_change();
        Ok(changed)
    }
}

fn no_such_policy(arn: &str) -> ServiceError {
    let text = format!("Policy {arn} does not exist or is not attachable.");
    errors::NoSuchEntityException.with(text)
}

fn no_such_version(id: &str) -> ServiceError {
    let text = format!("Policy version {id} does not exist.");
    errors::NoSuchEntityException.with(text)
}

/// `3` of `v3`.
fn number(version_id: &str) -> Result<u32, ServiceError> {
    let digits = version_id.strip_prefix('v');
    let number = digits.and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| no_such_version(version_id))
}

impl PolicyRecord {
    fn describe(&self, arn: &str, usage: Usage) -> api::Policy {
        let newest = self.versions.values().next_back();
        let updated = newest.map_or(self.created_millis, |it| it.created_millis);
        api::Policy {
            policy_name: Some(self.name.clone()),
            policy_id: Some(self.id.clone()),
            arn: Some(arn.to_owned()),
            path: Some(self.path.clone()),
            default_version_id: Some(format!("v{}", self.default_version)),
            attachment_count: Some(usage.attachments),
            permissions_boundary_usage_count: Some(usage.boundaries),
            is_attachable: Some(true),
            description: self.description.clone(),
            create_date: Some(Timestamp::from_millis(self.created_millis)),
            update_date: Some(Timestamp::from_millis(updated)),
            tags: Some(self.tags()),
        }
    }

    fn tags(&self) -> Vec<api::Tag> {
        let tags = self.tags.iter().map(|(key, value)| api::Tag {
            key: key.clone(),
            value: value.clone(),
        });
        tags.collect()
    }

    fn describe_version(&self, number: u32) -> Option<api::PolicyVersion> {
        let version = self.versions.get(&number)?;
        Some(api::PolicyVersion {
            document: Some(percent_encoded(&version.document)),
            version_id: Some(format!("v{number}")),
            is_default_version: Some(number == self.default_version),
            create_date: Some(Timestamp::from_millis(version.created_millis)),
        })
    }
}

impl Handler<api::CreatePolicy> for Iam {
    async fn handle(
        &self,
        input: api::CreatePolicyInput,
        caller: &Caller,
    ) -> Result<api::CreatePolicyOutput, ServiceError> {
        checked_document(&input.policy_document)?;
        let now = self.clock.now().as_millis();
        let path = input.path.unwrap_or_else(|| "/".to_owned());
        let name = input.policy_name;
        let arn = format!("arn:aws:iam::{}:policy{path}{name}", caller.account_id);
        let tags = input.tags.unwrap_or_default().into_iter();
        let version = VersionRecord {
            document: input.policy_document,
            created_millis: now,
        };
        let policy = PolicyRecord {
            id: format!("ANPA{}", request_id::random_text(ID_ALPHABET, 16)),
            name,
            path,
            description: input.description,
            created_millis: now,
            tags: tags.map(|tag| (tag.key, tag.value)).collect(),
            default_version: 1,
            last_version: 1,
            versions: BTreeMap::from([(1, version)]),
        };
        let described = policy.describe(&arn, Usage::default());
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if POLICIES.get_in(transaction, &arn)?.is_some() {
                let text = format!(
                    "A policy called {} already exists. Duplicate names are not allowed.",
                    policy.name
                );
                let exists = errors::EntityAlreadyExistsException;
                return Err(WriteFailure::from(exists.with(text)));
            }
            POLICIES.put_in(transaction, &arn, &policy)?;
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(api::CreatePolicyOutput {
            policy: Some(described),
        })
    }
}

impl Handler<api::GetPolicy> for Iam {
    async fn handle(
        &self,
        input: api::GetPolicyInput,
        _caller: &Caller,
    ) -> Result<api::GetPolicyOutput, ServiceError> {
        let arn = &input.policy_arn;
        let usage = attachments::usage(&self.entities()?, arn);
        let policy = match managed::describe(arn) {
            Some(managed) => api::Policy {
                attachment_count: Some(usage.attachments),
                permissions_boundary_usage_count: Some(usage.boundaries),
                ..managed
            },
            None => self.own_policy(arn)?.describe(arn, usage),
        };
        Ok(api::GetPolicyOutput {
            policy: Some(policy),
        })
    }
}

impl Handler<api::DeletePolicy> for Iam {
    async fn handle(
        &self,
        input: api::DeletePolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let arn = input.policy_arn;
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(policy) = POLICIES.get_in(transaction, &arn)? else {
                return Err(WriteFailure::from(no_such_policy(&arn)));
            };
            attachments::check_unused(transaction, &arn)?;
            if policy.versions.len() > 1 {
                let text = "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.";
                return Err(errors::DeleteConflictException.with(text).into());
            }
            POLICIES.delete_in(transaction, &arn);
            Ok(())
        });
        written.await?;
        self.note_change();
        Ok(Unit {})
    }
}

impl Handler<api::ListPolicies> for Iam {
    async fn handle(
        &self,
        input: api::ListPoliciesInput,
        _caller: &Caller,
    ) -> Result<api::ListPoliciesOutput, ServiceError> {
        let all = POLICIES
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let after = input.marker.unwrap_or_default();
        let prefix = input.path_prefix.unwrap_or_default();
        let most = usize::try_from(input.max_items.unwrap_or(100)).unwrap_or(100);
        let mut rest = all
            .into_iter()
            .filter(|(arn, policy)| *arn > after && policy.path.starts_with(&prefix));
        let page: Vec<_> = rest.by_ref().take(most).collect();
        let more = rest.next().is_some();
        let last = page.last().map(|(arn, _)| arn.clone());
        let entities = self.entities()?;
        let described = page.iter().map(|(arn, policy)| api::Policy {
            // Lists leave out what costs a look of its own.
            tags: None,
            description: None,
            ..policy.describe(arn, attachments::usage(&entities, arn))
        });
        Ok(api::ListPoliciesOutput {
            policies: Some(described.collect()),
            is_truncated: Some(more),
            marker: last.filter(|_| more),
        })
    }
}

impl Handler<api::CreatePolicyVersion> for Iam {
    async fn handle(
        &self,
        input: api::CreatePolicyVersionInput,
        _caller: &Caller,
    ) -> Result<api::CreatePolicyVersionOutput, ServiceError> {
        checked_document(&input.policy_document)?;
        let now = self.clock.now().as_millis();
        let change = move |policy: &mut PolicyRecord| {
            if policy.versions.len() >= VERSIONS_MAX {
                let text = "A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.";
                return Err(errors::LimitExceededException.with(text));
            }
            let number = policy.last_version + 1;
            policy.last_version = number;
            let version = VersionRecord {
                document: input.policy_document,
                created_millis: now,
            };
            policy.versions.insert(number, version);
            if input.set_as_default == Some(true) {
                policy.default_version = number;
            }
            Ok(policy.describe_version(number))
        };
        let policy_version = self.change_policy(input.policy_arn, change).await?;
        let policy_version = policy_version.map(|version| api::PolicyVersion {
            document: None,
            ..version
        });
        Ok(api::CreatePolicyVersionOutput { policy_version })
    }
}

impl Handler<api::GetPolicyVersion> for Iam {
    async fn handle(
        &self,
        input: api::GetPolicyVersionInput,
        _caller: &Caller,
    ) -> Result<api::GetPolicyVersionOutput, ServiceError> {
        let wanted = number(&input.version_id)?;
        let version = match managed::describe_version(&input.policy_arn) {
            Some(managed) => {
                Some(managed).filter(|it| it.version_id.as_ref() == Some(&input.version_id))
            }
            None => self.own_policy(&input.policy_arn)?.describe_version(wanted),
        };
        if version.is_none() {
            return Err(no_such_version(&input.version_id));
        }
        Ok(api::GetPolicyVersionOutput {
            policy_version: version,
        })
    }
}

impl Handler<api::DeletePolicyVersion> for Iam {
    async fn handle(
        &self,
        input: api::DeletePolicyVersionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let wanted = number(&input.version_id)?;
        let change = move |policy: &mut PolicyRecord| {
            if wanted == policy.default_version {
                let text = "Cannot delete the default version of a policy.";
                return Err(errors::DeleteConflictException.with(text));
            }
            match policy.versions.remove(&wanted) {
                Some(_) => Ok(()),
                None => Err(no_such_version(&input.version_id)),
            }
        };
        self.change_policy(input.policy_arn, change).await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListPolicyVersions> for Iam {
    async fn handle(
        &self,
        input: api::ListPolicyVersionsInput,
        _caller: &Caller,
    ) -> Result<api::ListPolicyVersionsOutput, ServiceError> {
        let managed = managed::describe_version(&input.policy_arn);
        let versions: Vec<_> = if let Some(managed) = managed {
            vec![managed]
        } else {
            let policy = self.own_policy(&input.policy_arn)?;
            let numbers = policy.versions.keys().rev();
            let described = numbers.filter_map(|number| policy.describe_version(*number));
            described.collect()
        };
        let versions = versions.into_iter().map(|version| api::PolicyVersion {
            document: None,
            ..version
        });
        Ok(api::ListPolicyVersionsOutput {
            versions: Some(versions.collect()),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

impl Handler<api::SetDefaultPolicyVersion> for Iam {
    async fn handle(
        &self,
        input: api::SetDefaultPolicyVersionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let wanted = number(&input.version_id)?;
        let change = move |policy: &mut PolicyRecord| {
            if !policy.versions.contains_key(&wanted) {
                return Err(no_such_version(&input.version_id));
            }
            policy.default_version = wanted;
            Ok(())
        };
        self.change_policy(input.policy_arn, change).await?;
        Ok(Unit {})
    }
}

impl Handler<api::TagPolicy> for Iam {
    async fn handle(
        &self,
        input: api::TagPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change = move |policy: &mut PolicyRecord| {
            let tags = input.tags.into_iter();
            policy.tags.extend(tags.map(|tag| (tag.key, tag.value)));
            Ok(())
        };
        self.change_policy(input.policy_arn, change).await?;
        Ok(Unit {})
    }
}

impl Handler<api::UntagPolicy> for Iam {
    async fn handle(
        &self,
        input: api::UntagPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change = move |policy: &mut PolicyRecord| {
            policy.tags.retain(|key, _| !input.tag_keys.contains(key));
            Ok(())
        };
        self.change_policy(input.policy_arn, change).await?;
        Ok(Unit {})
    }
}

impl Handler<api::ListPolicyTags> for Iam {
    async fn handle(
        &self,
        input: api::ListPolicyTagsInput,
        _caller: &Caller,
    ) -> Result<api::ListPolicyTagsOutput, ServiceError> {
        Ok(api::ListPolicyTagsOutput {
            tags: self.own_policy(&input.policy_arn)?.tags(),
            is_truncated: Some(false),
            marker: None,
        })
    }
}

const ID_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
