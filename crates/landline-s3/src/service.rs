//! What operations do, whoever asks for them: [`S3`].

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use landline_store::{Store, StoreError, Transaction};
use landline_wire::{Clock, Dispatcher, Permit, ServiceError};
use parking_lot::RwLock;
use tokio::sync::Mutex;

use crate::body::read::{Reader, Segment};
use crate::body::receive::Received;
use crate::bucket::{self, BUCKETS, Bucket};
use crate::error::{self, WriteFailure, internal, no_such_bucket, no_such_key, no_such_version};
use crate::files::{Durability, FileId, Files};
use crate::index::record::{Data, Object, Part, Version};
use crate::index::versions::{self, Precondition, Versioning, Written};
use crate::index::{self, keys};
use crate::lock::{self, Bypass};
use crate::notification::Event;
use crate::quotas::{BUCKETS_MAX, INLINE_SEGMENTS_MAX, KEY_BYTES_MAX};
use crate::setting::Setting;

/// What S3 stands on.
#[derive(Debug)]
pub struct S3Config {
    /// Below this, in `s3`, are the bytes of objects.
    pub data_dir: PathBuf,
    /// Where all else is.
    pub store: Arc<dyn Store>,
    /// When a file counts as written.
    pub durability: Durability,
    /// Dates versions.
    pub clock: Arc<dyn Clock>,
    /// Who owns all buckets.
    pub account_id: Arc<str>,
    /// Where a bucket is whose creator does not say.
    pub region: Arc<str>,
    /// Whom notifications go through; without it nobody is told.
    pub dispatcher: Option<Dispatcher>,
    /// Who knows what roles may; without it they may everything.
    pub permissions: Option<Arc<dyn Permit>>,
}

/// The service.
#[derive(Debug)]
pub struct S3 {
    pub(crate) config: S3Config,
    pub(crate) files: Arc<Files>,
    /// All buckets, as the store has them.
    buckets: RwLock<BTreeMap<String, Arc<Bucket>>>,
    /// Held while a bucket is made, changed or deleted.
    changes: Mutex<()>,
}

impl S3 {
    /// Opens the service, and removes in the background what a crash left behind.
    ///
    /// # Errors
    ///
    /// When the store or the folder cannot be read.
    pub fn open(config: S3Config) -> Result<Arc<Self>, OpenError> {
        let files = Files::open(&config.data_dir, config.durability)?;
        let buckets = BUCKETS.load(&*config.store)?.into_iter();
        let buckets = buckets.map(|(name, bucket)| (name, Arc::new(bucket)));
        let s3 = Arc::new(Self {
            files,
            buckets: RwLock::new(buckets.collect()),
            changes: Mutex::new(()),
            config,
        });
        let sweeping = s3.clone();
        tokio::task::spawn_blocking(move || sweeping.sweep());
        Ok(s3)
    }

    /// Removes the files that no record refers to.
    fn sweep(&self) {
        let store = &self.config.store;
        let is_known = |id: &FileId| !matches!(store.get(&keys::file(id)), Ok(None));
        match self.files.sweep(is_known) {
            Ok(0) => {}
            Ok(files) => tracing::info!(files, "removed what a crash left of uploads"),
            Err(error) => tracing::warn!(%error, "cannot look for what a crash left of uploads"),
        }
    }

    /// Whether there is a bucket of that name.
    pub fn has_bucket(&self, name: &str) -> bool {
        self.buckets.read().contains_key(name)
    }

    pub(crate) fn bucket(&self, name: &str) -> Result<Arc<Bucket>, ServiceError> {
        let found = self.buckets.read().get(name).cloned();
        found.ok_or_else(|| no_such_bucket(name))
    }

    pub(crate) fn buckets(&self) -> Vec<Arc<Bucket>> {
        self.buckets.read().values().cloned().collect()
    }

    /// Makes a bucket. Again, in `us-east-1`, it is there already and stays as it is.
    pub(crate) async fn create_bucket(&self, bucket: Bucket) -> Result<(), ServiceError> {
        bucket::check_name(&bucket.name)?;
        let _one_at_a_time = self.changes.lock().await;
        if let Ok(existing) = self.bucket(&bucket.name) {
            if bucket.region == "us-east-1" && existing.region == bucket.region {
                return Ok(());
            }
            let text = "Your previous request to create the named bucket succeeded and you already own it.";
            return Err(ServiceError::new("BucketAlreadyOwnedByYou", 409, text)
                .with_field("BucketName", bucket.name));
        }
        if self.buckets.read().len() >= BUCKETS_MAX {
            let text = "You have attempted to create more buckets than allowed";
            return Err(ServiceError::new("TooManyBuckets", 400, text));
        }
        self.keep_bucket(bucket).await
    }

    async fn keep_bucket(&self, bucket: Bucket) -> Result<(), ServiceError> {
        let kept = bucket.clone();
        let written = self
            .config
            .store
            .write(move |transaction: &mut Transaction<'_>| {
                transaction.put(keys::bucket(&kept.name), []);
                BUCKETS.put_in(transaction, &kept.name, &kept)
            });
        written
            .await
            .map_err(|error: StoreError| internal(&error))?;
        let name = bucket.name.clone();
        self.buckets.write().insert(name, Arc::new(bucket));
        Ok(())
    }

    /// Changes a bucket's settings.
    pub(crate) async fn change_bucket(
        &self,
        name: &str,
        change: impl FnOnce(&mut Bucket) -> Result<(), ServiceError>,
    ) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        let mut bucket = Bucket::clone(&*self.bucket(name)?);
        change(&mut bucket)?;
        self.keep_bucket(bucket).await
    }

    /// Makes a setting, or takes it away.
    pub(crate) async fn set(
        &self,
        name: &str,
        setting: &Setting,
        document: Option<String>,
    ) -> Result<(), ServiceError> {
        if let Some(document) = &document {
            setting.check(document)?;
        }
        self.change_bucket(name, |bucket| {
            let Some(document) = document else {
                bucket.settings.remove(setting.parameter);
                return Ok(());
            };
            let is_policy = setting.parameter == "policy";
            if is_policy && bucket.blocks("BlockPublicPolicy") && bucket::is_public(&document) {
                return Err(error::access_denied());
            }
            if setting.parameter == lock::PARAMETER && bucket.versioning() != Versioning::Enabled {
                let text = "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration";
                return Err(ServiceError::new("InvalidBucketState", 409, text));
            }
            let parameter = setting.parameter.to_owned();
            bucket.settings.insert(parameter, document);
            Ok(())
        })
        .await
    }

    /// Deletes a bucket that holds nothing; uploads that nobody completed go with it.
    pub(crate) async fn delete_bucket(&self, name: &str) -> Result<(), ServiceError> {
        let _one_at_a_time = self.changes.lock().await;
        self.bucket(name)?;
        let bucket = name.to_owned();
        let written = self
            .config
            .store
            .write(move |transaction: &mut Transaction<'_>| {
                let listing = index::list::Listing {
                    bucket: bucket.clone(),
                    entries_max: 1,
                    ..index::list::Listing::default()
                };
                let versions = index::list::versions(transaction, &listing, None)?;
                if !versions.entries.is_empty() {
                    let text = "The bucket you tried to delete is not empty";
                    let refused = ServiceError::new("BucketNotEmpty", 409, text);
                    return Err(WriteFailure::from(refused.with_field("BucketName", bucket)));
                }
                let mut gone = Vec::new();
                let (uploads, _) =
                    index::uploads::list(transaction, &bucket, "", None, usize::MAX)?;
                for (place, _) in uploads {
                    index::uploads::end(transaction, &place, |_| false, &mut gone)?;
                }
                transaction.delete(keys::bucket(&bucket));
                BUCKETS.delete_in(transaction, &bucket);
                Ok(gone)
            });
        let gone = written.await?;
        self.buckets.write().remove(name);
        self.files.remove(gone).await;
        Ok(())
    }

    /// The version that a key means, or a certain one.
    pub(crate) fn find(
        &self,
        bucket: &str,
        key: &str,
        version_id: Option<&str>,
    ) -> Result<Version, ServiceError> {
        self.bucket(bucket)?;
        let found = self.config.store.read(|reader| match version_id {
            None => versions::current(reader, bucket, key),
            Some(id) => versions::find(reader, bucket, key, id),
        });
        let found = found.map_err(|error| internal(&error))?;
        found.ok_or_else(|| match version_id {
            None => no_such_key(key),
            Some(id) => no_such_version(key, id),
        })
    }

    /// The segments of an object and what reads them. The files are kept from going.
    pub(crate) fn open_object(
        &self,
        bucket: &str,
        key: &str,
        version: &Version,
        cut: impl FnOnce(Vec<Segment>) -> Vec<Segment>,
    ) -> Result<Reader, ServiceError> {
        let Some(object) = &version.object else {
            return Err(no_such_key(key));
        };
        let store = &self.config.store;
        let segments = store.read(|reader| index::files::segments(reader, object));
        let segments = cut(segments.map_err(|error: StoreError| internal(&error))?);
        let reader = Reader::new(&self.files, segments);
        // What was deleted before the files were pinned may have lost them.
        let is_there = store.read(|reader| {
            let found = versions::find(reader, bucket, key, version.id())?;
            Ok::<_, StoreError>(found.is_some_and(|it| it.sequence == version.sequence))
        });
        if is_there.map_err(|error| internal(&error))? {
            return Ok(reader);
        }
        Err(no_such_key(key))
    }

    /// The parts of an object that was uploaded in parts.
    pub(crate) fn parts_of(&self, object: &Object) -> Result<Vec<Part>, ServiceError> {
        let Data::Table(id) = &object.data else {
            return Ok(Vec::new());
        };
        let parts = self
            .config
            .store
            .read(|reader| index::files::table(reader, id));
        parts.map_err(|error: StoreError| internal(&error))
    }

    /// Makes what was received the newest version of a key.
    pub(crate) async fn write_received(
        &self,
        place: (&Bucket, &str),
        object: Object,
        received: Received,
        event: Event,
        precondition: Precondition,
    ) -> Result<(Written, Version), ServiceError> {
        let mut object = object;
        let file = received.pending.as_ref().map(|(_, id)| id.clone());
        object.data = Data::Inline(whole_file(&received));
        let written = self
            .write(place, object, event, precondition, move |transaction, _| {
                if let Some(file) = &file {
                    index::files::refer(transaction, file)?;
                }
                Ok(Vec::new())
            })
            .await?;
        if let Some((pending, _)) = received.pending {
            pending.keep();
        }
        Ok(written)
    }

    /// Makes an object the newest version of a key; `refer` counts its references in the
    /// same transaction, and gives the files that go.
    pub(crate) async fn write(
        &self,
        (bucket, key): (&Bucket, &str),
        object: Object,
        event: Event,
        precondition: Precondition,
        refer: impl FnOnce(&mut Transaction<'_>, &mut Object) -> Result<Vec<FileId>, WriteFailure>
        + Send
        + 'static,
    ) -> Result<(Written, Version), ServiceError> {
        check_key(key)?;
        let versioning = bucket.versioning();
        let version = Version {
            sequence: 0,
            id: None,
            modified_millis: self.config.clock.now().as_millis(),
            object: Some(object),
            older_null: None,
        };
        let (name, owned) = (bucket.name.clone(), key.to_owned());
        let kept = version.clone();
        let written = self
            .config
            .store
            .write(move |transaction: &mut Transaction<'_>| {
                versions::check(transaction, &name, &owned, &precondition)?;
                let mut kept = kept;
                let mut gone = match &mut kept.object {
                    Some(object) => refer(transaction, object)?,
                    None => Vec::new(),
                };
                let mut written = versions::write(transaction, &name, &owned, versioning, kept)?;
                written.gone.append(&mut gone);
                Ok::<_, WriteFailure>(written)
            });
        let mut written: Written = written.await?;
        self.files.remove(std::mem::take(&mut written.gone)).await;
        self.notify(bucket, key, event, &written, Some(&version))
            .await;
        Ok((written, version))
    }

    /// Deletes a key, or one of its versions.
    pub(crate) async fn delete(
        &self,
        bucket: &Bucket,
        key: &str,
        deletion: Deletion<'_>,
    ) -> Result<Written, ServiceError> {
        let Deletion {
            version_id,
            precondition,
            bypass,
        } = deletion;
        let versioning = bucket.versioning();
        let event = match (version_id, versioning) {
            (None, Versioning::Enabled | Versioning::Suspended) => Event::DeleteMarkerCreated,
            _ => Event::Delete,
        };
        let deleted = key;
        let (name, key) = (bucket.name.clone(), key.to_owned());
        let version_id = version_id.map(str::to_owned);
        let now = self.config.clock.now();
        let written = self
            .config
            .store
            .write(move |transaction: &mut Transaction<'_>| {
                versions::check(transaction, &name, &key, &precondition)?;
                let Some(id) = version_id else {
                    let now = now.as_millis();
                    return versions::delete(transaction, &name, &key, versioning, now);
                };
                let found = versions::find(transaction, &name, &key, &id)?;
                if let Some(object) = found.and_then(|version| version.object) {
                    object.about.lock.check_deletion(now, bypass)?;
                }
                versions::delete_version(transaction, &name, &key, &id)
            });
        let mut written: Written = written.await?;
        if versioning == Versioning::Off {
            written.version_id = None;
        }
        self.files.remove(std::mem::take(&mut written.gone)).await;
        self.notify(bucket, deleted, event, &written, None).await;
        Ok(written)
    }
}

/// What of a key is deleted.
pub(crate) struct Deletion<'a> {
    /// The version, else the key as far as its bucket deletes.
    pub(crate) version_id: Option<&'a str>,
    pub(crate) precondition: Precondition,
    pub(crate) bypass: Bypass,
}

/// The segment of a body that was received.
pub(crate) fn whole_file(received: &Received) -> Vec<Segment> {
    let file = received.pending.iter();
    let segments = file.map(|(_, id)| Segment {
        file: id.clone(),
        offset: 0,
        length: received.size,
    });
    segments.collect()
}

/// Segments as an object's record holds them, or in a record of their own.
pub(crate) fn place_segments(
    transaction: &mut Transaction<'_>,
    segments: Vec<Segment>,
    table_id: &str,
) -> Result<Data, StoreError> {
    if segments.len() <= INLINE_SEGMENTS_MAX {
        return Ok(Data::Inline(segments));
    }
    let part = Part {
        number: 1,
        size: segments.iter().map(|it| it.length).sum(),
        etag: String::new(),
        checksum: None,
        segments,
        modified_millis: 0,
    };
    index::put(transaction, keys::table(table_id), &vec![part])?;
    Ok(Data::Table(table_id.to_owned()))
}

pub(crate) fn check_key(key: &str) -> Result<(), ServiceError> {
    if key.len() <= KEY_BYTES_MAX {
        return Ok(());
    }
    Err(
        ServiceError::new("KeyTooLongError", 400, "Your key is too long")
            .with_field("Size", key.len())
            .with_field("MaxSizeAllowed", KEY_BYTES_MAX),
    )
}

/// Why S3 cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The folder of objects.
    #[error("cannot use the folder of S3's objects: {0}")]
    Folder(#[from] std::io::Error),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
