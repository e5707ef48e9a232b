//! `CopyObject` and `UploadPartCopy`. Files never change, so a copy refers to the bytes of
//! its source; only its digests may have to be computed anew.

use landline_store::Transaction;
use landline_wire::{ServiceError, request_id};
use percent_encoding::percent_decode_str;

use super::about;
use super::answer::{document, quoted, set};
use super::buckets::date;
use super::conditions::{Conditions, Range, Unmodified, range};
use super::multipart;
use super::objects::{about_new, describe_written, precondition};
use super::{Answer, Call};
use crate::body::checksum::{Algorithm, Checksum, Extent};
use crate::body::read::{self, Segment};
use crate::bucket::Bucket;
use crate::error::{WriteFailure, disk, invalid_argument, invalid_request, no_such_key};
use crate::index::files::{refer_again, segments};
use crate::index::record::{About, Object, Part, Version};
use crate::index::uploads;
use crate::index::versions::Versioning;
use crate::notification::Event;
use crate::quotas::PUT_BYTES_MAX;
use crate::service::{check_key, place_segments};

/// What is copied.
struct Source {
    bucket: String,
    key: String,
    version: Version,
    object: Object,
    segments: Vec<Segment>,
    /// The version, where the source's bucket has versions.
    shown_id: Option<String>,
}

/// Where the source is, as a header says.
pub(super) struct Place<'a> {
    pub(super) bucket: String,
    pub(super) key: String,
    pub(super) version_id: Option<&'a str>,
}

impl<'a> Place<'a> {
    pub(super) fn of(text: &'a str) -> Option<Self> {
        let (path, version_id) = match text.split_once("?versionId=") {
            Some((path, id)) => (path, Some(id)),
            None => (text, None),
        };
        let path = percent_decode_str(path).decode_utf8_lossy();
        let path = path.strip_prefix('/').unwrap_or(&path);
        let (bucket, key) = path.split_once('/').filter(|(_, key)| !key.is_empty())?;
        Some(Self {
            bucket: bucket.to_owned(),
            key: key.to_owned(),
            version_id,
        })
    }
}

/// Finds the source, and holds the conditions against it.
fn source(call: &Call<'_>) -> Result<Source, ServiceError> {
    let text = call.header("x-amz-copy-source").unwrap_or_default();
    let Some(place) = Place::of(text) else {
        let problem = "Invalid copy source object key";
        return Err(invalid_argument(problem, "x-amz-copy-source", text));
    };
    let (bucket, key) = (&*place.bucket, &*place.key);
    let version_id = place.version_id;
    let version = call.s3.find(bucket, key, version_id)?;
    let Some(object) = version.object.clone() else {
        return Err(match version_id {
            Some(_) => invalid_request(
                "The source of a copy request may not specifically refer to a delete marker by version id.",
            ),
            None => no_such_key(key),
        });
    };
    let conditions = Conditions {
        matching: call.header("x-amz-copy-source-if-match"),
        none_matching: call.header("x-amz-copy-source-if-none-match"),
        modified_since: call.header("x-amz-copy-source-if-modified-since"),
        unmodified_since: call.header("x-amz-copy-source-if-unmodified-since"),
    };
    conditions.check(&object.etag, version.modified(), Unmodified::Failed)?;
    let has_versions = call.s3.bucket(bucket)?.versioning() != Versioning::Off;
    let store = &call.s3.config.store;
    let segments = store.read(|reader| segments(reader, &object));
    let segments = segments.map_err(|error| crate::error::internal(&error))?;
    Ok(Source {
        bucket: bucket.to_owned(),
        key: key.to_owned(),
        shown_id: has_versions.then(|| version.id().to_owned()),
        version,
        object,
        segments,
    })
}

impl Source {
    /// The MD5 and the checksum of a piece, computed.
    async fn digest(
        &self,
        call: &Call<'_>,
        piece: Range,
        algorithm: Algorithm,
    ) -> Result<(String, String), ServiceError> {
        let cut = |segments: Vec<_>| read::cut(&segments, piece.first, piece.length);
        let reader = call
            .s3
            .open_object(&self.bucket, &self.key, &self.version, cut)?;
        let digested = read::digest(reader, algorithm).await;
        digested.map_err(|error| disk(&error))
    }
}

fn checksum_algorithm(call: &Call<'_>) -> Result<Option<Algorithm>, ServiceError> {
    let Some(name) = call.header("x-amz-checksum-algorithm") else {
        return Ok(None);
    };
    let algorithm = Algorithm::parse(name);
    let unknown = || invalid_request("Checksum algorithm provided is unsupported.");
    algorithm.map(Some).ok_or_else(unknown)
}

pub(super) async fn object(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    check_key(call.key)?;
    let source = source(call)?;
    let about = about_copy(call, &bucket, &source)?;
    if source.object.size > PUT_BYTES_MAX {
        return Err(invalid_request(
            "The specified copy source is larger than the maximum allowable size for a copy source: 5368709120",
        ));
    }
    let (etag, checksum) = digests(call, &source).await?;
    let object = Object {
        size: source.object.size,
        etag,
        checksum: Some(checksum),
        about,
        ..Object::default()
    };
    let copied = source.segments.clone();
    let source_key = source.key.clone();
    let refer = move |transaction: &mut Transaction<'_>, object: &mut Object| {
        if !refer_again(transaction, &copied)? {
            return Err(WriteFailure::from(no_such_key(&source_key)));
        }
        object.data = place_segments(transaction, copied, &request_id::uuid())?;
        Ok(Vec::new())
    };
    let written = call
        .s3
        .write(
            (&bucket, call.key),
            object,
            Event::Copy,
            precondition(call)?,
            refer,
        )
        .await?;
    let (_, version) = &written;
    let mut answer = document("CopyObjectResult", |xml| {
        let Some(object) = &version.object else {
            return;
        };
        xml.text_element("LastModified", &date(version.modified_millis));
        xml.text_element("ETag", &quoted(&object.etag));
        if let Some(checksum) = &object.checksum {
            xml.text_element(checksum.algorithm.element(), &checksum.value);
            xml.text_element("ChecksumType", checksum.extent.name());
        }
    });
    let headers = answer.headers_mut();
    describe_written(headers, &written);
    headers.remove("etag");
    if let Some(id) = &source.shown_id {
        set(headers, "x-amz-copy-source-version-id", id);
    }
    Ok(answer)
}

/// What is said of a copy: what is said of its source, or what the request says instead.
fn about_copy(call: &Call<'_>, bucket: &Bucket, source: &Source) -> Result<About, ServiceError> {
    let mut about = about_new(call, bucket)?;
    let directive = |name: &str| match call.header(name) {
        None | Some("COPY") => Ok(false),
        Some("REPLACE") => Ok(true),
        Some(other) => Err(invalid_argument("Unknown directive.", name, other)),
    };
    let replaces_metadata = directive("x-amz-metadata-directive")?;
    let replaces_tags = directive("x-amz-tagging-directive")?;
    let is_itself = source.bucket == call.bucket && source.key == call.key;
    let changes = replaces_metadata
        || about.storage_class.is_some()
        || about.encryption.is_some()
        || about.redirect.is_some()
        || call.header("x-amz-server-side-encryption").is_some();
    if is_itself && !changes && source.version.id.is_none() {
        return Err(invalid_request(
            "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
        ));
    }
    let original = &source.object.about;
    if !replaces_metadata {
        about.headers.clone_from(&original.headers);
        about.metadata.clone_from(&original.metadata);
    }
    if !replaces_tags {
        about.tags.clone_from(&original.tags);
    } else if let Some(text) = call.header("x-amz-tagging") {
        about.tags = about::tags(text)?;
    }
    Ok(about)
}

/// The `ETag` and the checksum of a copy: the source's, if it was sent in one piece.
async fn digests(call: &Call<'_>, source: &Source) -> Result<(String, Checksum), ServiceError> {
    let object = &source.object;
    let wanted = checksum_algorithm(call)?;
    if let Some(checksum) = &object.checksum
        && object.parts.is_none()
        && wanted.is_none_or(|wanted| wanted == checksum.algorithm)
    {
        return Ok((object.etag.clone(), checksum.clone()));
    }
    let kept = object.checksum.as_ref().map(|it| it.algorithm);
    let algorithm = wanted.or(kept).unwrap_or(Algorithm::Crc64Nvme);
    let whole = Range {
        first: 0,
        length: object.size,
    };
    let (etag, value) = source.digest(call, whole, algorithm).await?;
    let extent = Extent::FullObject;
    Ok((
        etag,
        Checksum {
            algorithm,
            value,
            extent,
        },
    ))
}

pub(super) async fn part(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let place = multipart::place(call)?;
    let number = multipart::part_number(call)?;
    let upload = call.s3.upload(&place)?;
    let source = source(call)?;
    let whole = Range {
        first: 0,
        length: source.object.size,
    };
    let piece = match call.header("x-amz-copy-source-range") {
        None => whole,
        Some(text) => range(text, source.object.size)?.ok_or_else(|| {
            let problem = "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy";
            invalid_argument(problem, "x-amz-copy-source-range", text)
        })?,
    };
    if piece.length > PUT_BYTES_MAX {
        return Err(crate::error::too_large(piece.length, PUT_BYTES_MAX));
    }
    let algorithm = upload.checksum.map_or(Algorithm::Crc64Nvme, |(it, _)| it);
    let (etag, checksum) = source.digest(call, piece, algorithm).await?;
    let part = Part {
        number,
        size: piece.length,
        etag,
        checksum: Some(checksum),
        segments: read::cut(&source.segments, piece.first, piece.length),
        modified_millis: call.s3.config.clock.now().as_millis(),
    };
    let kept = part.clone();
    let source_key = source.key.clone();
    let write = move |transaction: &mut Transaction<'_>| {
        let mut gone = Vec::new();
        if !refer_again(transaction, &kept.segments)? {
            return Err(WriteFailure::from(no_such_key(&source_key)));
        }
        uploads::put_part(transaction, &place, &kept, &mut gone)?;
        Ok(gone)
    };
    let gone = call.s3.config.store.write(write).await?;
    call.s3.files.remove(gone).await;
    let mut answer = document("CopyPartResult", |xml| {
        xml.text_element("LastModified", &date(part.modified_millis));
        xml.text_element("ETag", &quoted(&part.etag));
        if let (Some(checksum), Some(_)) = (&part.checksum, upload.checksum) {
            xml.text_element(algorithm.element(), checksum);
        }
    });
    if let Some(id) = &source.shown_id {
        set(answer.headers_mut(), "x-amz-copy-source-version-id", id);
    }
    Ok(answer)
}
