//! The functions of a node and their published versions: found by name, made durable, forgotten.

mod target;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use landline_store::StoreError;
use landline_wire::ServiceError;
use parking_lot::RwLock;
use tokio::sync::Semaphore;

pub(crate) use self::target::Target;
use crate::Lambda;
use crate::execution::pool::{Pool, Throttled};
use crate::execution::{Invocation, Outcome};
use crate::function::record::{FUNCTIONS, FunctionRecord, VERSIONS, version_id};
use crate::function::{Family, FunctionSpec};

/// All functions, by name.
#[derive(Debug, Default)]
pub(crate) struct Functions(RwLock<Maps>);

#[derive(Debug, Default)]
struct Maps {
    latest: BTreeMap<String, Arc<Function>>,
    versions: BTreeMap<String, BTreeMap<u64, Arc<Function>>>,
    /// The functions behind URLs, with the alias that each URL belongs to.
    urls: BTreeMap<String, (String, String)>,
}

impl Maps {
    /// Lets the URLs of a function lead to it, and none that it had before.
    fn index_urls(&mut self, before: Option<&Function>, after: Option<&Function>) {
        for url in before
            .iter()
            .flat_map(|function| function.record.urls.values())
        {
            self.urls.remove(&url.id);
        }
        if let Some(function) = after {
            for (alias, url) in &function.record.urls {
                let owner = (function.record.name.clone(), alias.clone());
                self.urls.insert(url.id.clone(), owner);
            }
        }
    }
}

/// A function, or one version of it, that can be invoked.
#[derive(Debug)]
pub(crate) struct Function {
    pub(crate) record: FunctionRecord,
    pub(crate) spec: Arc<FunctionSpec>,
    pool: Arc<Pool>,
    /// What all versions of the function share of their reserved concurrency.
    reserved: Option<Arc<Semaphore>>,
    /// Whether what its runtime needs is still being installed.
    is_preparing: Arc<AtomicBool>,
    cause: Cause,
}

/// What a function is prepared for, as far as clients are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    Creation,
    Update,
    /// Nothing that a client has asked for, like a restart of the node.
    Other,
}

impl Function {
    /// Runs an event, when the function's share of the node is not used up.
    pub(crate) async fn invoke(&self, invocation: Invocation) -> Result<Outcome, Throttled> {
        let Some(reserved) = &self.reserved else {
            return self.pool.invoke(invocation).await;
        };
        let wait = self.pool.node.limits.admission_wait;
        let permit = tokio::time::timeout(wait, reserved.acquire()).await;
        let Ok(Ok(_permit)) = permit else {
            return Err(Throttled::ReservedConcurrency);
        };
        self.pool.invoke(invocation).await
    }

    pub(crate) fn is_preparing(&self) -> bool {
        self.is_preparing.load(Ordering::Acquire)
    }

    pub(crate) fn is_prepared(&self) {
        self.is_preparing.store(false, Ordering::Release);
    }

    /// What a client has to wait for.
    pub(crate) fn waits_for(&self) -> Option<Cause> {
        Some(self.cause).filter(|cause| self.is_preparing() && *cause != Cause::Other)
    }
}

impl Functions {
    /// All functions, by name; without their versions.
    pub(crate) fn all(&self) -> Vec<Arc<Function>> {
        self.0.read().latest.values().cloned().collect()
    }

    /// The published versions of a function, the oldest first.
    pub(crate) fn versions(&self, name: &str) -> Vec<Arc<Function>> {
        let maps = self.0.read();
        let versions = maps.versions.get(name);
        versions.map_or_else(Vec::new, |versions| versions.values().cloned().collect())
    }

    /// Whether a function, or a version of one, has a layer with this content.
    pub(crate) fn have_layer(&self, digest: &str) -> bool {
        let maps = self.0.read();
        let versions = maps.versions.values().flat_map(BTreeMap::values);
        let mut all = maps.latest.values().chain(versions);
        all.any(|function| function.record.layer_digests().contains(&digest))
    }

    /// What the layers of all functions make of `/opt`.
    pub(crate) fn opt_folders(&self) -> Vec<PathBuf> {
        let all = self.with_versions().into_iter();
        all.filter_map(|function| function.spec.opt_dir.clone())
            .collect()
    }

    /// All functions and all of their versions.
    fn with_versions(&self) -> Vec<Arc<Function>> {
        let maps = self.0.read();
        let versions = maps.versions.values().flat_map(BTreeMap::values);
        maps.latest.values().chain(versions).cloned().collect()
    }

    /// The function and the alias behind a URL's id; the alias is empty for the function itself.
    pub(crate) fn behind_url(&self, id: &str) -> Option<(String, String)> {
        self.0.read().urls.get(id).cloned()
    }

    fn get(&self, name: &str) -> Option<Arc<Function>> {
        self.0.read().latest.get(name).cloned()
    }

    fn version(&self, name: &str, number: u64) -> Option<Arc<Function>> {
        self.0.read().versions.get(name)?.get(&number).cloned()
    }

    fn insert(&self, function: Arc<Function>) {
        let name = function.record.name.clone();
        let mut maps = self.0.write();
        match function.record.version {
            None => {
                let before = maps.latest.insert(name, function.clone());
                maps.index_urls(before.as_deref(), Some(&function));
            }
            Some(number) => {
                maps.versions
                    .entry(name)
                    .or_default()
                    .insert(number, function);
            }
        }
    }
}

impl Lambda {
    pub(crate) fn arn(&self, name: &str) -> String {
        let (region, account) = (&self.config.region, &self.config.account_id);
        format!("arn:aws:lambda:{region}:{account}:function:{name}")
    }

    pub(crate) fn exists(&self, name: &str) -> bool {
        self.functions.get(name).is_some()
    }

    /// Lets what the store holds run.
    pub(crate) fn load_functions(
        self: &Arc<Self>,
        latest: Vec<(String, FunctionRecord)>,
        versions: Vec<(String, FunctionRecord)>,
    ) {
        let records = latest.into_iter().chain(versions);
        for (_, mut record) in records {
            let owner = self.functions.get(&record.name);
            if record.version.is_some() {
                // What a crash left of a function that is gone.
                let Some(owner) = &owner else { continue };
                record.reserved_concurrency = owner.record.reserved_concurrency;
            }
            let reserved = owner.and_then(|owner| owner.reserved.clone());
            let function = self.function_of(record, reserved, Cause::Other);
            self.functions.insert(function.clone());
            // Interpreters are found before the first event asks for them.
            self.prepare(function);
        }
        self.code.sweep_opt(&self.functions.opt_folders());
    }

    /// Removes the layers that an earlier run has left, and that neither `published` nor a function
    /// has.
    pub(crate) fn sweep_layers(&self, published: &[String]) {
        let mut used: HashSet<String> = published.iter().cloned().collect();
        for function in self.functions.with_versions() {
            let record = &function.record;
            used.extend(record.layer_digests().into_iter().map(str::to_owned));
            // The zip files of code and of layers lie together.
            used.insert(record.code.digest.clone());
        }
        self.code.sweep_layers(&used);
    }

    /// Makes the record of a function durable and lets it run. To be called with `changes` locked.
    pub(crate) async fn save(
        self: &Arc<Self>,
        record: FunctionRecord,
    ) -> Result<Arc<Function>, ServiceError> {
        let name = record.name.clone();
        FUNCTIONS
            .put(&*self.config.store, &name, record.clone())
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        Ok(self.run(record))
    }

    /// Makes a new version durable, together with the function that it is a version of, and lets
    /// it run. To be called with `changes` locked.
    pub(crate) async fn save_version(
        self: &Arc<Self>,
        latest: FunctionRecord,
        version: FunctionRecord,
    ) -> Result<Arc<Function>, ServiceError> {
        let number = version.version.unwrap_or_default();
        let kept = (latest.clone(), version.clone());
        self.config
            .store
            .write(move |transaction| {
                let (latest, version) = &kept;
                FUNCTIONS.put_in(transaction, &latest.name, latest)?;
                VERSIONS.put_in(transaction, &version_id(&version.name, number), version)
            })
            .await
            .map_err(|error: StoreError| ServiceError::internal(&error))?;
        let latest = self.run(latest);
        // A version of what runs is there at once.
        let cause = latest.waits_for().map_or(Cause::Other, |_| Cause::Creation);
        let function = self.function_of(version, latest.reserved.clone(), cause);
        self.functions.insert(function.clone());
        self.prepare(function.clone());
        Ok(function)
    }

    /// Lets a function run in the state of its record.
    fn run(self: &Arc<Self>, record: FunctionRecord) -> Arc<Function> {
        let before = self.functions.get(&record.name);
        let is_as_reserved = before
            .as_ref()
            .is_some_and(|b| b.record.reserved_concurrency == record.reserved_concurrency);
        let reserved = match &before {
            Some(before) if is_as_reserved => before.reserved.clone(),
            _ => reserved_of(&record),
        };
        let cause = before.as_ref().map_or(Cause::Creation, |_| Cause::Update);
        let function = self.function_of(record, reserved, cause);
        // A change of permissions or tags leaves the workers alone.
        let function = match before {
            Some(before) if before.spec == function.spec => Arc::new(Function {
                record: function.record.clone(),
                spec: before.spec.clone(),
                pool: before.pool.clone(),
                reserved: function.reserved.clone(),
                is_preparing: before.is_preparing.clone(),
                cause: before.cause,
            }),
            before => {
                if let Some(before) = before {
                    before.pool.retire();
                }
                self.prepare(function.clone());
                function
            }
        };
        self.functions.insert(function.clone());
        if !is_as_reserved {
            self.share_reserved(&function);
        }
        function
    }

    /// Lets the versions of a function share what it reserves.
    fn share_reserved(self: &Arc<Self>, latest: &Function) {
        for before in self.functions.versions(&latest.record.name) {
            let mut record = before.record.clone();
            record.reserved_concurrency = latest.record.reserved_concurrency;
            let version = self.function_of(record, latest.reserved.clone(), Cause::Other);
            before.pool.retire();
            self.functions.insert(version);
        }
    }

    /// Forgets a function and all of its versions. To be called with `changes` locked.
    pub(crate) async fn forget(&self, function: &Function) -> Result<(), ServiceError> {
        let name = function.record.name.clone();
        let id = name.clone();
        self.config
            .store
            .write(move |transaction| {
                FUNCTIONS.delete_in(transaction, &id);
                VERSIONS.delete_under_in(transaction, &format!("{id}:"))
            })
            .await
            .map_err(|error: StoreError| ServiceError::internal(&error))?;
        function.pool.retire();
        let versions = self.functions.versions(&name);
        let mut maps = self.functions.0.write();
        let before = maps.latest.remove(&name);
        maps.index_urls(before.as_deref(), None);
        maps.versions.remove(&name);
        drop(maps);
        for version in &versions {
            version.pool.retire();
        }
        Ok(())
    }

    /// Forgets one version. To be called with `changes` locked.
    pub(crate) async fn forget_version(&self, version: &Function) -> Result<(), ServiceError> {
        let (name, number) = (&version.record.name, version.record.version);
        let number = number.unwrap_or_default();
        VERSIONS
            .delete(&*self.config.store, &version_id(name, number))
            .await
            .map_err(|error| ServiceError::internal(&error))?;
        let mut maps = self.functions.0.write();
        if let Some(versions) = maps.versions.get_mut(name) {
            versions.remove(&number);
        }
        drop(maps);
        version.pool.retire();
        Ok(())
    }

    /// Removes code that no function has any more.
    pub(crate) async fn remove_unused_code(&self, digest: &str) {
        let is_used = {
            let maps = self.functions.0.read();
            let versions = maps.versions.values().flat_map(BTreeMap::values);
            let mut all = maps.latest.values().chain(versions);
            all.any(|function| function.record.code.digest == digest)
        };
        if !is_used {
            self.code.remove(digest).await;
        }
    }

    /// Installs what the function's runtime needs, before its first event.
    fn prepare(self: &Arc<Self>, function: Arc<Function>) {
        function.is_preparing.store(true, Ordering::Release);
        let (runtime, stop) = (self.node.runtime.clone(), self.node.stop.clone());
        self.node.tasks.spawn(async move {
            tokio::select! {
                prepared = runtime.prepare(&function.spec) => if let Err(failure) = prepared {
                    tracing::warn!(
                        function = %function.spec.name,
                        "the function cannot run yet: {failure}"
                    );
                },
                () = stop.cancelled() => {}
            }
            function.is_prepared();
        });
    }

    fn function_of(
        &self,
        record: FunctionRecord,
        reserved: Option<Arc<Semaphore>>,
        cause: Cause,
    ) -> Arc<Function> {
        let reserved = reserved.or_else(|| reserved_of(&record));
        let spec = Arc::new(self.spec_of(&record));
        Arc::new(Function {
            pool: self.node.pool(spec.clone()),
            record,
            spec,
            reserved,
            is_preparing: Arc::default(),
            cause,
        })
    }

    fn spec_of(&self, record: &FunctionRecord) -> FunctionSpec {
        let family = Family::of(&record.runtime).unwrap_or(Family::Provided);
        FunctionSpec {
            name: record.name.as_str().into(),
            arn: self.arn(&record.name).into(),
            version: record.version_text().into(),
            family,
            runtime_name: record.runtime.clone(),
            handler: record.handler.clone(),
            code_dir: self.code.folder(family, &record.code.digest),
            opt_dir: self.opt_dir(record),
            uses_sdk: record.code.uses_sdk,
            timeout: Duration::from_secs(record.timeout_seconds.unsigned_abs().into()),
            memory_mb: record.memory_mb.unsigned_abs(),
            environment: record.environment.clone(),
            role: record.role.clone(),
            log_group: record.log_group().into(),
            reserved_concurrency: record.reserved_concurrency,
        }
    }

    /// What its layers make of `/opt`.
    fn opt_dir(&self, record: &FunctionRecord) -> Option<PathBuf> {
        let digests = record.layer_digests();
        (!digests.is_empty()).then(|| self.code.layers_folder(&digests))
    }
}

fn reserved_of(record: &FunctionRecord) -> Option<Arc<Semaphore>> {
    // A function that reserves nothing is throttled by its pool.
    let count = record.reserved_concurrency.filter(|count| *count > 0)?;
    Some(Arc::new(Semaphore::new(count.min(Semaphore::MAX_PERMITS))))
}

/// The version that changes.
pub(crate) const LATEST: &str = "$LATEST";
