//! Layers: `PublishLayerVersion` and its siblings.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/chapter-layers.html>

use std::collections::BTreeMap;

use landline_api::lambda as api;
use landline_api::lambda::errors::ResourceNotFoundException;
use landline_store::StoreError;
use landline_wire::shape::Unit;
use landline_wire::{Arn, Caller, Handler, ServiceError};

use super::configuration::{base64_digest, last_modified};
use super::source::CodeObject;
use super::{Service, validation};
use crate::function::layer::{LAST_LAYER_VERSIONS, LAYER_VERSIONS, LayerVersion, layer_version_id};
use crate::function::record::{FunctionRecord, LayerContent};
use crate::quotas::MAX_LISTED_FUNCTIONS;

impl Handler<api::PublishLayerVersion> for Service {
    async fn handle(
        &self,
        input: api::PublishLayerVersionInput,
        caller: &Caller,
    ) -> Result<api::PublishLayerVersionOutput, ServiceError> {
        let object = CodeObject {
            bucket: input.content.s3_bucket,
            key: input.content.s3_key,
            version: input.content.s3_object_version,
        };
        let zip_file = input.content.zip_file;
        let zip = self.zip_of(zip_file, object, None, caller);
        let zip = zip.await?;
        let name = layer_name(&input.layer_name).to_owned();
        let _one_at_a_time = self.changes.lock().await;
        let added = self.code.add_layer(zip).await;
        let content = added.map_err(|error| validation::code_error(&error))?;
        let version = LayerVersion {
            number: 0,
            description: input.description.unwrap_or_default(),
            license_info: input.license_info,
            runtimes: texts(input.compatible_runtimes),
            architectures: texts(input.compatible_architectures),
            content,
            created: self.config.clock.now().as_millis(),
            archive_version: caller.new_ids().uuid(),
            statements: Vec::new(),
            policy_revision: String::new(),
            name,
        };
        let version = self.keep_layer(version).await?;
        let told = self.layer_told(&version);
        Ok(api::PublishLayerVersionOutput {
            content: told.content,
            layer_arn: told.layer_arn,
            layer_version_arn: told.layer_version_arn,
            description: told.description,
            created_date: told.created_date,
            version: told.version,
            compatible_runtimes: told.compatible_runtimes,
            license_info: told.license_info,
            compatible_architectures: told.compatible_architectures,
        })
    }
}

impl Handler<api::GetLayerVersion> for Service {
    async fn handle(
        &self,
        input: api::GetLayerVersionInput,
        _caller: &Caller,
    ) -> Result<api::GetLayerVersionOutput, ServiceError> {
        let name = layer_name(&input.layer_name);
        validation::layer_version(input.version_number)?;
        let version = self.layer_version(name, input.version_number)?;
        Ok(self.layer_told(&version.ok_or_else(not_found)?))
    }
}

impl Handler<api::GetLayerVersionByArn> for Service {
    async fn handle(
        &self,
        input: api::GetLayerVersionByArnInput,
        _caller: &Caller,
    ) -> Result<api::GetLayerVersionOutput, ServiceError> {
        let version = match version_of(&input.arn) {
            Some((name, number)) => self.layer_version(name, number)?,
            None => None,
        };
        Ok(self.layer_told(&version.ok_or_else(not_found)?))
    }
}

impl Handler<api::ListLayerVersions> for Service {
    async fn handle(
        &self,
        input: api::ListLayerVersionsInput,
        _caller: &Caller,
    ) -> Result<api::ListLayerVersionsOutput, ServiceError> {
        let name = layer_name(&input.layer_name);
        let mut versions = self.layer_versions(&format!("{name}:"))?;
        // The newest first; the marker is the last number of the page before.
        versions.reverse();
        let before = input.marker.and_then(|text| text.parse::<i64>().ok());
        let wanted = versions.iter().filter(|version| {
            before.is_none_or(|number| version.number < number)
                && is_for(version, input.compatible_runtime.as_ref())
                && is_on(version, input.compatible_architecture.as_ref())
        });
        let mut wanted = wanted;
        let max = page_size(input.max_items);
        let page: Vec<_> = wanted.by_ref().take(max).collect();
        let next_marker = wanted
            .next()
            .and_then(|_| page.last().map(|version| version.number.to_string()));
        let page = page.into_iter().map(|version| self.layer_listed(version));
        Ok(api::ListLayerVersionsOutput {
            next_marker,
            layer_versions: Some(page.collect()),
        })
    }
}

impl Handler<api::ListLayers> for Service {
    async fn handle(
        &self,
        input: api::ListLayersInput,
        _caller: &Caller,
    ) -> Result<api::ListLayersOutput, ServiceError> {
        let mut newest = BTreeMap::new();
        for version in self.layer_versions("")? {
            if is_for(&version, input.compatible_runtime.as_ref())
                && is_on(&version, input.compatible_architecture.as_ref())
            {
                newest.insert(version.name.clone(), version);
            }
        }
        // The marker is the last name of the page before.
        let after = input.marker.unwrap_or_default();
        let mut rest = newest.iter().filter(|(name, _)| **name > after);
        let page: Vec<_> = rest.by_ref().take(page_size(input.max_items)).collect();
        let next_marker = rest
            .next()
            .and_then(|_| page.last().map(|(name, _)| (*name).clone()));
        let page = page.into_iter().map(|(name, version)| api::LayersListItem {
            layer_name: Some(name.clone()),
            layer_arn: Some(self.layer_arn(name)),
            latest_matching_version: Some(self.layer_listed(version)),
        });
        Ok(api::ListLayersOutput {
            next_marker,
            layers: Some(page.collect()),
        })
    }
}

impl Handler<api::DeleteLayerVersion> for Service {
    async fn handle(
        &self,
        input: api::DeleteLayerVersionInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let name = layer_name(&input.layer_name);
        // A version that is not there is deleted. Functions that have it keep it.
        if let Some(version) = self.layer_version(name, input.version_number)? {
            let id = layer_version_id(name, version.number);
            let deleted = LAYER_VERSIONS.delete(&*self.config.store, &id).await;
            deleted.map_err(|error| ServiceError::internal(&error))?;
            self.remove_unused_layer(&version.content.digest).await?;
        }
        Ok(Unit {})
    }
}

impl Service {
    /// Finds what is in the layers of a function, and lays them over each other.
    pub(super) async fn layer_content(
        &self,
        arns: &[String],
    ) -> Result<BTreeMap<String, LayerContent>, ServiceError> {
        validation::layers(arns, &self.config.region)?;
        let mut found = BTreeMap::new();
        for arn in arns {
            let is_ours = Arn::parse(arn).is_some_and(|a| a.account_id == &*self.config.account_id);
            let version = match version_of(arn) {
                Some((name, number)) if is_ours => self.layer_version(name, number)?,
                _ => None,
            };
            match version {
                Some(version) => {
                    found.insert(arn.clone(), version.content);
                }
                None if is_ours => {
                    return Err(validation::invalid(format!(
                        "Layer version {arn} does not exist."
                    )));
                }
                None => tracing::warn!(
                    layer = arn,
                    "the layer of another account is not here; the function runs without it"
                ),
            }
        }
        let known = arns.iter().filter_map(|arn| found.get(arn));
        let digests: Vec<&str> = known.map(|content| content.digest.as_str()).collect();
        let laid = self.code.lay_over(&digests).await;
        laid.map_err(|error| validation::code_error(&error))?;
        Ok(found)
    }

    /// Gives a version its number and makes it durable. To be called with `changes` locked.
    async fn keep_layer(&self, mut version: LayerVersion) -> Result<LayerVersion, ServiceError> {
        self.config
            .store
            .write(move |transaction| {
                let last = LAST_LAYER_VERSIONS.get_in(transaction, &version.name)?;
                version.number = last.unwrap_or_default() + 1;
                LAST_LAYER_VERSIONS.put_in(transaction, &version.name, &version.number)?;
                let id = layer_version_id(&version.name, version.number);
                LAYER_VERSIONS.put_in(transaction, &id, &version)?;
                Ok(version.clone())
            })
            .await
            .map_err(|error: StoreError| ServiceError::internal(&error))
    }

    pub(super) fn layer_version(
        &self,
        name: &str,
        number: i64,
    ) -> Result<Option<LayerVersion>, ServiceError> {
        let id = layer_version_id(name, number);
        let found = LAYER_VERSIONS.get(&*self.config.store, &id);
        found.map_err(|error| ServiceError::internal(&error))
    }

    /// The versions whose ids begin so, the oldest of each layer first.
    fn layer_versions(&self, id_prefix: &str) -> Result<Vec<LayerVersion>, ServiceError> {
        let store = &self.config.store;
        let found = store.read(|reader| LAYER_VERSIONS.list_in(reader, id_prefix));
        let found = found.map_err(|error| ServiceError::internal(&error))?;
        Ok(found.into_iter().map(|(_, version)| version).collect())
    }

    /// Removes the content of a layer that no version and no function has any more.
    async fn remove_unused_layer(&self, digest: &str) -> Result<(), ServiceError> {
        let versions = self.layer_versions("")?;
        let is_published = versions
            .iter()
            .any(|version| version.content.digest == digest);
        if !is_published && !self.functions.have_layer(digest) {
            self.code.remove_layer(digest).await;
        }
        Ok(())
    }

    /// Removes what a function that has gone or changed was the last to have.
    pub(super) async fn remove_unused_layers(&self, record: &FunctionRecord) {
        let digests = record.layer_digests();
        for digest in &digests {
            if let Err(error) = self.remove_unused_layer(digest).await {
                tracing::warn!(%error, digest, "cannot find out whether a layer is still used");
            }
        }
        if digests.len() > 1 {
            self.code.remove_opt(self.functions.opt_folders()).await;
        }
    }

    pub(super) fn layer_arn(&self, name: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:lambda:{region}:{account}:layer:{name}")
    }

    fn layer_told(&self, version: &LayerVersion) -> api::GetLayerVersionOutput {
        let (port, digest) = (self.config.endpoint_port, &version.content.digest);
        let mut location = format!("http://127.0.0.1:{port}/_landline/lambda/code/{digest}.zip");
        if !version.archive_version.is_empty() {
            location = format!("{location}?versionId={}", version.archive_version);
        }
        let listed = self.layer_listed(version);
        api::GetLayerVersionOutput {
            content: Some(api::LayerVersionContentOutput {
                location: Some(location),
                code_sha256: Some(base64_digest(digest)),
                code_size: i64::try_from(version.content.bytes).ok(),
                ..Default::default()
            }),
            layer_arn: Some(self.layer_arn(&version.name)),
            layer_version_arn: listed.layer_version_arn,
            description: listed.description,
            created_date: listed.created_date,
            version: listed.version,
            compatible_runtimes: listed.compatible_runtimes,
            license_info: listed.license_info,
            compatible_architectures: listed.compatible_architectures,
        }
    }

    fn layer_listed(&self, version: &LayerVersion) -> api::LayerVersionsListItem {
        let runtimes = version.runtimes.iter().map(|name| name.as_str().into());
        let architectures = version
            .architectures
            .iter()
            .map(|name| name.as_str().into());
        let arn = format!("{}:{}", self.layer_arn(&version.name), version.number);
        api::LayerVersionsListItem {
            layer_version_arn: Some(arn),
            version: Some(version.number),
            description: Some(version.description.clone()),
            created_date: Some(last_modified(version.created)),
            compatible_runtimes: (!version.runtimes.is_empty()).then(|| runtimes.collect()),
            license_info: version.license_info.clone(),
            compatible_architectures: (!version.architectures.is_empty())
                .then(|| architectures.collect()),
        }
    }
}

/// A layer's name, out of its ARN where that was given.
pub(super) fn layer_name(text: &str) -> &str {
    text.rsplit(':').next().unwrap_or(text)
}

/// The name and the number in the ARN of a layer's version.
fn version_of(arn: &str) -> Option<(&str, i64)> {
    let (layer, number) = arn.rsplit_once(':')?;
    Some((layer_name(layer), number.parse().ok()?))
}

fn texts<T: ToString>(list: Option<Vec<T>>) -> Vec<String> {
    list.unwrap_or_default().iter().map(T::to_string).collect()
}

fn page_size(max_items: Option<i32>) -> usize {
    let max = max_items.and_then(|max| usize::try_from(max).ok());
    max.unwrap_or(MAX_LISTED_FUNCTIONS)
        .min(MAX_LISTED_FUNCTIONS)
}

fn is_for(version: &LayerVersion, runtime: Option<&api::Runtime>) -> bool {
    runtime.is_none_or(|runtime| version.runtimes.iter().any(|name| name == runtime.as_str()))
}

fn is_on(version: &LayerVersion, architecture: Option<&api::Architecture>) -> bool {
    architecture.is_none_or(|wanted| {
        let mut names = version.architectures.iter();
        names.any(|name| name == wanted.as_str())
    })
}

fn not_found() -> ServiceError {
    ResourceNotFoundException
        .with("The resource you requested does not exist.")
        .with_field("Type", "User")
}
