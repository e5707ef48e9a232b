//! AWS ECR: repositories by name, in which no image is ever stored.
//!
//! Deployment tools make a repository whether they push or not. There is no registry to
//! push to: the token that this gives opens nothing.

mod settings;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use landline_api::ecr as api;
use landline_api::ecr::errors;
use landline_store::{Collection, Store, Transaction};
use landline_wire::{Caller, Clock, DispatcherBuilder, Handler, ServiceError, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{WriteFailure, unavailable};

#[derive(Debug, Clone, Serialize, Deserialize)]
struct RepositoryRecord {
    created_millis: i64,
    mutability: String,
    scans_on_push: bool,
    lifecycle_policy: Option<String>,
    policy: Option<String>,
    tags: BTreeMap<String, String>,
}

const REPOSITORIES: Collection<RepositoryRecord> = Collection::new("ecr.repository");

/// How long an authorization token holds.
const TOKEN_LIFE: Duration = Duration::from_hours(12);

/// The service.
#[derive(Debug)]
pub struct Ecr {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
}

impl Ecr {
    /// A service on `store`.
    pub fn new(store: Arc<dyn Store>, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self { store, clock })
    }

    /// Lets this service answer its operations.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::CreateRepository, _>(self.clone())
            .register::<api::DescribeRepositories, _>(self.clone())
            .register::<api::DeleteRepository, _>(self.clone())
            .register::<api::ListImages, _>(self.clone())
            .register::<api::DescribeImages, _>(self.clone())
            .register::<api::GetAuthorizationToken, _>(self.clone());
        self.register_settings(builder);
    }

    fn find(&self, name: &str) -> Result<RepositoryRecord, ServiceError> {
        let found = REPOSITORIES
            .get(&*self.store, name)
            .map_err(|error| unavailable(&error))?;
        found.ok_or_else(|| not_found(name))
    }

    async fn change(
        &self,
        name: &str,
        change: impl FnOnce(&mut RepositoryRecord) + Send + 'static,
    ) -> Result<(), ServiceError> {
        let name = name.to_owned();
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            let Some(mut record) = REPOSITORIES.get_in(transaction, &name)? else {
                return Err(WriteFailure::from(not_found(&name)));
            };
            change(&mut record);
            REPOSITORIES.put_in(transaction, &name, &record)?;
            Ok(())
        });
        Ok(written.await?)
    }
}

fn not_found(name: &str) -> ServiceError {
    errors::RepositoryNotFoundException.with(format!(
        "The repository with name '{name}' does not exist in the registry"
    ))
}

fn registry(caller: &Caller) -> String {
    format!(
        "{}.dkr.ecr.{}.amazonaws.com",
        caller.account_id, caller.region
    )
}

fn describe(name: &str, record: &RepositoryRecord, caller: &Caller) -> api::Repository {
    api::Repository {
        repository_arn: Some(format!(
            "arn:aws:ecr:{}:{}:repository/{name}",
            caller.region, caller.account_id
        )),
        registry_id: Some(caller.account_id.to_string()),
        repository_name: Some(name.to_owned()),
        repository_uri: Some(format!("{}/{name}", registry(caller))),
        created_at: Some(Timestamp::from_millis(record.created_millis)),
        image_tag_mutability: Some(record.mutability.as_str().into()),
        image_scanning_configuration: Some(api::ImageScanningConfiguration {
            scan_on_push: Some(record.scans_on_push),
        }),
        ..api::Repository::default()
    }
}

impl Handler<api::CreateRepository> for Ecr {
    async fn handle(
        &self,
        input: api::CreateRepositoryInput,
        caller: &Caller,
    ) -> Result<api::CreateRepositoryOutput, ServiceError> {
        let scanning = input.image_scanning_configuration;
        let mutability = input.image_tag_mutability;
        let tags = input.tags.unwrap_or_default().into_iter();
        let record = RepositoryRecord {
            created_millis: self.clock.now().as_millis(),
            mutability: mutability.map_or_else(|| "MUTABLE".to_owned(), |it| it.to_string()),
            scans_on_push: scanning.and_then(|it| it.scan_on_push) == Some(true),
            lifecycle_policy: None,
            policy: None,
            tags: tags.map(|tag| (tag.key, tag.value)).collect(),
        };
        let described = describe(&input.repository_name, &record, caller);
        let (name, account) = (input.repository_name, caller.account_id.clone());
        let written = self.store.write(move |transaction: &mut Transaction<'_>| {
            if REPOSITORIES.get_in(transaction, &name)?.is_some() {
                let text = format!(
                    "The repository with name '{name}' already exists in the registry with id '{account}'"
                );
                let exists = errors::RepositoryAlreadyExistsException;
                return Err(WriteFailure::from(exists.with(text)));
            }
            REPOSITORIES.put_in(transaction, &name, &record)?;
            Ok(())
        });
        written.await?;
        Ok(api::CreateRepositoryOutput {
            repository: Some(described),
        })
    }
}

impl Handler<api::DescribeRepositories> for Ecr {
    async fn handle(
        &self,
        input: api::DescribeRepositoriesInput,
        caller: &Caller,
    ) -> Result<api::DescribeRepositoriesOutput, ServiceError> {
        if let Some(names) = input.repository_names.filter(|names| !names.is_empty()) {
            let named = names.iter().map(|name| {
                let record = self.find(name)?;
                Ok(describe(name, &record, caller))
            });
            return Ok(api::DescribeRepositoriesOutput {
                repositories: Some(named.collect::<Result<_, ServiceError>>()?),
                next_token: None,
            });
        }
        let all = REPOSITORIES
            .load(&*self.store)
            .map_err(|error| unavailable(&error))?;
        let after = input.next_token.unwrap_or_default();
        let most = usize::try_from(input.max_results.unwrap_or(100)).unwrap_or(100);
        let mut rest = all.into_iter().filter(|(name, _)| *name > after);
        let page: Vec<_> = rest.by_ref().take(most).collect();
        let last = page.last().map(|(name, _)| name.clone());
        let described = page
            .iter()
            .map(|(name, record)| describe(name, record, caller));
        Ok(api::DescribeRepositoriesOutput {
            repositories: Some(described.collect()),
            next_token: last.filter(|_| rest.next().is_some()),
        })
    }
}

impl Handler<api::DeleteRepository> for Ecr {
    async fn handle(
        &self,
        input: api::DeleteRepositoryInput,
        caller: &Caller,
    ) -> Result<api::DeleteRepositoryOutput, ServiceError> {
        let name = input.repository_name;
        let record = self.find(&name)?;
        let deleted = REPOSITORIES.delete(&*self.store, &name).await;
        deleted.map_err(|error| unavailable(&error))?;
        Ok(api::DeleteRepositoryOutput {
            repository: Some(describe(&name, &record, caller)),
        })
    }
}

impl Handler<api::ListImages> for Ecr {
    async fn handle(
        &self,
        input: api::ListImagesInput,
        _caller: &Caller,
    ) -> Result<api::ListImagesOutput, ServiceError> {
        self.find(&input.repository_name)?;
        Ok(api::ListImagesOutput {
            image_ids: Some(Vec::new()),
            next_token: None,
        })
    }
}

impl Handler<api::DescribeImages> for Ecr {
    async fn handle(
        &self,
        input: api::DescribeImagesInput,
        _caller: &Caller,
    ) -> Result<api::DescribeImagesOutput, ServiceError> {
        self.find(&input.repository_name)?;
        if input.image_ids.is_some_and(|ids| !ids.is_empty()) {
            let text = format!(
                "The image requested does not exist within the repository with name '{}'",
                input.repository_name
            );
            return Err(errors::ImageNotFoundException.with(text));
        }
        Ok(api::DescribeImagesOutput {
            image_details: Some(Vec::new()),
            next_token: None,
        })
    }
}

impl Handler<api::GetAuthorizationToken> for Ecr {
    async fn handle(
        &self,
        _input: api::GetAuthorizationTokenInput,
        caller: &Caller,
    ) -> Result<api::GetAuthorizationTokenOutput, ServiceError> {
        let life = i64::try_from(TOKEN_LIFE.as_millis()).unwrap_or_default();
        let ends = self.clock.now().as_millis() + life;
        Ok(api::GetAuthorizationTokenOutput {
            authorization_data: Some(vec![api::AuthorizationData {
                // `AWS:none`
                authorization_token: Some("QVdTOm5vbmU=".to_owned()),
                expires_at: Some(Timestamp::from_millis(ends)),
                proxy_endpoint: Some(format!("https://{}", registry(caller))),
            }]),
        })
    }
}

#[cfg(test)]
mod tests;
