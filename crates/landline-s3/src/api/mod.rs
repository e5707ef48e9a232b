//! S3 for the other services of the node: objects whole, in memory, within a limit.

mod settings;

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_body_util::{BodyExt as _, Full};
use landline_api::s3 as api;
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use crate::body::checksum::{Algorithm, Checksum, Extent};
use crate::body::receive::{self, Expected};
use crate::body::{BodyError, Payload};
use crate::error::{disk, invalid_request, no_such_key};
use crate::http::{about, quoted};
use crate::index::record::{About, Object, Version};
use crate::index::versions::{Precondition, Versioning};
use crate::lock::{Asked, Bypass};
use crate::notification::Event;
use crate::quotas::IN_PROCESS_BYTES_MAX;
use crate::service::{Deletion, S3};

impl S3 {
    /// Lets this service answer what others ask in process.
    pub fn register(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<api::GetObject, _>(self.clone())
            .register::<api::HeadObject, _>(self.clone())
            .register::<api::PutObject, _>(self.clone())
            .register::<api::DeleteObject, _>(self.clone())
            .register::<api::CreateBucket, _>(self.clone())
            .register::<api::HeadBucket, _>(self.clone())
            .register::<api::DeleteBucket, _>(self.clone());
        self.register_settings(builder);
    }

    fn existing(
        &self,
        bucket: &str,
        key: &str,
        version_id: Option<&str>,
    ) -> Result<(Version, Object), ServiceError> {
        let version = self.find(bucket, key, version_id)?;
        let object = version.object.clone().ok_or_else(|| no_such_key(key))?;
        Ok((version, object))
    }

    /// A version's id, where its bucket has versions.
    fn shown_id(&self, bucket: &str, version: &Version) -> Result<Option<String>, ServiceError> {
        let has_versions = self.bucket(bucket)?.versioning() != Versioning::Off;
        Ok(has_versions.then(|| version.id().to_owned()))
    }
}

fn length(size: u64) -> Option<i64> {
    i64::try_from(size).ok()
}

impl Handler<api::GetObject> for S3 {
    async fn handle(
        &self,
        input: api::GetObjectInput,
        _caller: &Caller,
    ) -> Result<api::GetObjectOutput, ServiceError> {
        let (bucket, key) = (&input.bucket, &input.key);
        let (version, object) = self.existing(bucket, key, input.version_id.as_deref())?;
        if object.size > IN_PROCESS_BYTES_MAX {
            return Err(invalid_request(format!(
                "The object {key} is larger than {IN_PROCESS_BYTES_MAX} bytes"
            )));
        }
        let mut reader = self.open_object(bucket, key, &version, |segments| segments)?;
        let mut body = Vec::with_capacity(usize::try_from(object.size).unwrap_or_default());
        loop {
            let (next, piece) = reader.next().await;
            let piece = piece.map_err(|error| disk(&error))?;
            let Some(next) = next.filter(|_| !piece.is_empty()) else {
                break;
            };
            body.extend_from_slice(&piece);
            reader = next;
        }
        Ok(api::GetObjectOutput {
            body: Some(Bytes::from(body)),
            last_modified: Some(version.modified()),
            content_length: length(object.size),
            content_type: object.about.headers.get("content-type").cloned(),
            e_tag: Some(quoted(&object.etag)),
            version_id: self.shown_id(bucket, &version)?,
            metadata: Some(object.about.metadata),
            ..api::GetObjectOutput::default()
        })
    }
}

impl Handler<api::HeadObject> for S3 {
    async fn handle(
        &self,
        input: api::HeadObjectInput,
        _caller: &Caller,
    ) -> Result<api::HeadObjectOutput, ServiceError> {
        let (bucket, key) = (&input.bucket, &input.key);
        let (version, object) = self.existing(bucket, key, input.version_id.as_deref())?;
        Ok(api::HeadObjectOutput {
            last_modified: Some(version.modified()),
            content_length: length(object.size),
            content_type: object.about.headers.get("content-type").cloned(),
            e_tag: Some(quoted(&object.etag)),
            version_id: self.shown_id(bucket, &version)?,
            metadata: Some(object.about.metadata),
            ..api::HeadObjectOutput::default()
        })
    }
}

impl Handler<api::PutObject> for S3 {
    async fn handle(
        &self,
        input: api::PutObjectInput,
        _caller: &Caller,
    ) -> Result<api::PutObjectOutput, ServiceError> {
        let bucket = self.bucket(&input.bucket)?;
        let nothing = Asked {
            mode: None,
            until: None,
            hold: None,
        };
        let about = About {
            lock: bucket.lock(&nothing, self.config.clock.now())?,
            ..about::read(&headers(&input), bucket.has_acls())?
        };
        let precondition = Precondition {
            etag: input.if_match.map(|etag| etag.trim_matches('"').to_owned()),
            is_absent: input.if_none_match.as_deref() == Some("*"),
        };
        let body = Full::new(input.body.unwrap_or_default());
        let received = receive::into_file(
            &self.files,
            body.map_err(|_| BodyError::Broken).boxed_unsync(),
            Payload::Unsigned,
            &Expected::default(),
            Algorithm::Crc64Nvme,
            IN_PROCESS_BYTES_MAX,
        )
        .await?;
        let object = Object {
            size: received.size,
            etag: received.md5.clone(),
            checksum: Some(Checksum {
                algorithm: received.checksum.0,
                value: received.checksum.1.clone(),
                extent: Extent::FullObject,
            }),
            about,
            ..Object::default()
        };
        let e_tag = Some(quoted(&object.etag));
        let place = (&*bucket, input.key.as_str());
        let (written, _) = self
            .write_received(place, object, received, Event::Put, precondition)
            .await?;
        Ok(api::PutObjectOutput {
            e_tag,
            version_id: written.version_id,
            ..api::PutObjectOutput::default()
        })
    }
}

/// The members of an upload that are header fields over HTTP.
fn headers(input: &api::PutObjectInput) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let mut add = |name: &str, value: Option<&str>| {
        let name = HeaderName::try_from(name);
        let value = value.map(HeaderValue::try_from);
        if let (Ok(name), Some(Ok(value))) = (name, value) {
            headers.insert(name, value);
        }
    };
    let location = input.website_redirect_location.as_deref();
    add("content-type", input.content_type.as_deref());
    add("cache-control", input.cache_control.as_deref());
    add("content-disposition", input.content_disposition.as_deref());
    add("content-encoding", input.content_encoding.as_deref());
    add("content-language", input.content_language.as_deref());
    add("x-amz-tagging", input.tagging.as_deref());
    add("x-amz-website-redirect-location", location);
    add(
        "x-amz-acl",
        input.acl.as_ref().map(api::ObjectCannedACL::as_str),
    );
    for (name, value) in input.metadata.iter().flatten() {
        add(&format!("x-amz-meta-{}", name.to_lowercase()), Some(value));
    }
    headers
}

impl Handler<api::DeleteObject> for S3 {
    async fn handle(
        &self,
        input: api::DeleteObjectInput,
        _caller: &Caller,
    ) -> Result<api::DeleteObjectOutput, ServiceError> {
        let bucket = self.bucket(&input.bucket)?;
        let deletion = Deletion {
            version_id: input.version_id.as_deref(),
            precondition: Precondition::default(),
            bypass: Bypass::No,
        };
        let deleted = self.delete(&bucket, &input.key, deletion);
        let written = deleted.await?;
        Ok(api::DeleteObjectOutput {
            delete_marker: written.is_delete_marker.then_some(true),
            version_id: written.version_id,
            ..api::DeleteObjectOutput::default()
        })
    }
}

impl Handler<api::CreateBucket> for S3 {
    async fn handle(
        &self,
        input: api::CreateBucketInput,
        caller: &Caller,
    ) -> Result<api::CreateBucketOutput, ServiceError> {
        let configuration = input.create_bucket_configuration;
        let region = configuration.and_then(|it| it.location_constraint);
        let region = region.map_or_else(|| caller.region.to_string(), |it| it.to_string());
        let ownership = input.object_ownership.as_ref();
        let ownership = ownership.map(api::ObjectOwnership::as_str);
        let mut bucket = self.new_bucket(&input.bucket, &region, ownership)?;
        let acl = input.acl.as_ref().map(api::BucketCannedACL::as_str);
        bucket.acl = acl.filter(|it| *it != "private").map(str::to_owned);
        if input.object_lock_enabled_for_bucket == Some(true) {
            bucket = bucket.locking();
        }
        self.create_bucket(bucket).await?;
        Ok(api::CreateBucketOutput {
            location: Some(format!("/{}", input.bucket)),
            ..api::CreateBucketOutput::default()
        })
    }
}

impl Handler<api::HeadBucket> for S3 {
    async fn handle(
        &self,
        input: api::HeadBucketInput,
        _caller: &Caller,
    ) -> Result<api::HeadBucketOutput, ServiceError> {
        let bucket = self.bucket(&input.bucket)?;
        Ok(api::HeadBucketOutput {
            bucket_region: Some(bucket.region.clone()),
            ..api::HeadBucketOutput::default()
        })
    }
}

impl Handler<api::DeleteBucket> for S3 {
    async fn handle(
        &self,
        input: api::DeleteBucketInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.delete_bucket(&input.bucket).await?;
        Ok(Unit {})
    }
}
