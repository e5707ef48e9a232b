//! `PutObject`, and what can be asked and changed of an object: attributes, ACL, tags.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use http::{HeaderMap, StatusCode};
use landline_store::Transaction;
use landline_wire::ServiceError;
use landline_wire::protocol::xml_reader;

use super::about;
use super::answer::{document, empty, quoted, set};
use super::buckets::{http_date, write_acl};
use super::{Answer, Call, Incoming, attribute_parts, locks};
use crate::body::checksum::{Algorithm, Checksum, Extent};
use crate::body::receive::{self, Expected};
use crate::bucket::Bucket;
use crate::error::{
    WriteFailure, invalid_argument, is_delete_marker, malformed_xml, no_such_key, not_implemented,
    too_small,
};
use crate::index::record::{About, Object, Version};
use crate::index::versions::{self, Precondition, Versioning, Written};
use crate::notification::Event;
use crate::quotas::{OBJECT_TAGS_MAX, PUT_BYTES_MAX};
use crate::service::check_key;
use crate::setting;

pub(super) async fn put(call: &Call<'_>, incoming: Incoming) -> Result<Answer, ServiceError> {
    receive(call, incoming, 0..=PUT_BYTES_MAX, Event::Put).await
}

/// Makes an object of a body that comes in one piece and has one of these `sizes`.
pub(super) async fn receive(
    call: &Call<'_>,
    incoming: Incoming,
    sizes: RangeInclusive<u64>,
    event: Event,
) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    check_key(call.key)?;
    let headers = &call.parts.headers;
    let about = about_new(call, &bucket)?;
    let precondition = precondition(call)?;
    let expected = Expected::of(headers, &incoming.payload)?;
    // Refused before the body comes, when it can be.
    call.s3
        .check_precondition(call.bucket, call.key, &precondition)?;
    let received = receive::into_file(
        &call.s3.files,
        incoming.body,
        incoming.payload,
        &expected,
        Algorithm::Crc64Nvme,
        *sizes.end(),
    )
    .await?;
    if received.size < *sizes.start() {
        return Err(too_small(received.size, *sizes.start()));
    }
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
    let written = call
        .s3
        .write_received((&bucket, call.key), object, received, event, precondition)
        .await?;
    let mut answer = empty(StatusCode::OK);
    describe_written(answer.headers_mut(), &written);
    Ok(answer)
}

/// What the request says of the object that it makes.
pub(super) fn about_new(call: &Call<'_>, bucket: &Bucket) -> Result<About, ServiceError> {
    let about = about::read(&call.parts.headers, bucket.has_acls())?;
    if about.acl.is_some() && bucket.blocks("BlockPublicAcls") {
        return Err(crate::error::access_denied());
    }
    Ok(About {
        lock: locks::of_new(call, bucket)?,
        ..about
    })
}

/// `If-Match` and `If-None-Match` of a write.
pub(super) fn precondition(call: &Call<'_>) -> Result<Precondition, ServiceError> {
    let is_absent = match call.header("if-none-match") {
        None => false,
        Some("*") => true,
        Some(_) => {
            return Err(not_implemented("If-None-Match"));
        }
    };
    let etag = call.header("if-match");
    Ok(Precondition {
        etag: etag.map(|etag| etag.trim().trim_matches('"').to_owned()),
        is_absent,
    })
}

/// What an answer says of a version that was just written.
pub(super) fn describe_written(headers: &mut HeaderMap, (written, version): &(Written, Version)) {
    if let Some(id) = &written.version_id {
        set(headers, "x-amz-version-id", id);
    }
    let Some(object) = &version.object else {
        return;
    };
    set(headers, "etag", &quoted(&object.etag));
    if let Some(checksum) = &object.checksum {
        set(headers, checksum.algorithm.header(), &checksum.value);
        set(headers, "x-amz-checksum-type", checksum.extent.name());
    }
    about::write_encryption(&object.about, headers);
}

impl crate::S3 {
    pub(crate) fn check_precondition(
        &self,
        bucket: &str,
        key: &str,
        precondition: &Precondition,
    ) -> Result<(), ServiceError> {
        let checked = self
            .config
            .store
            .read(|reader| versions::check(reader, bucket, key, precondition));
        checked.map_err(|failure: WriteFailure| failure.into())
    }
}

/// The version that a request is about, which is an object.
pub(super) fn version(call: &Call<'_>) -> Result<Version, ServiceError> {
    let version_id = call.query.given("versionId");
    let version = call.s3.find(call.bucket, call.key, version_id)?;
    if version.object.is_some() {
        return Ok(version);
    }
    Err(match version_id {
        Some(_) => is_delete_marker(call.parts.method.as_str()),
        None => no_such_key(call.key),
    })
}

fn show_version(
    call: &Call<'_>,
    answer: &mut Answer,
    version: &Version,
) -> Result<(), ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    if bucket.versioning() != Versioning::Off {
        set(answer.headers_mut(), "x-amz-version-id", version.id());
    }
    Ok(())
}

pub(super) fn attributes(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let version = version(call)?;
    let object = version
        .object
        .as_ref()
        .ok_or_else(|| no_such_key(call.key))?;
    let Some(wanted) = call.header("x-amz-object-attributes") else {
        let text = "The x-amz-object-attributes header specifying the attributes to be retrieved is either missing or empty";
        return Err(invalid_argument(text, "x-amz-object-attributes", "null"));
    };
    let wants = |name: &str| wanted.split(',').any(|it| it.trim() == name);
    let listed = match object.parts.filter(|_| wants("ObjectParts")) {
        Some(count) => Some(attribute_parts::list(call, object, count)?),
        None => None,
    };
    let mut answer = document("GetObjectAttributesResponse", |xml| {
        if wants("ETag") {
            xml.text_element("ETag", &object.etag);
        }
        if let Some(checksum) = object.checksum.as_ref().filter(|_| wants("Checksum")) {
            xml.element("Checksum", |xml| {
                xml.text_element(checksum.algorithm.element(), &checksum.value);
                xml.text_element("ChecksumType", checksum.extent.name());
            });
        }
        if let Some(listed) = &listed {
            listed.write(xml);
        }
        if wants("StorageClass") {
            let class = object.about.storage_class.as_deref();
            xml.text_element("StorageClass", class.unwrap_or("STANDARD"));
        }
        if wants("ObjectSize") {
            xml.text_element("ObjectSize", &object.size.to_string());
        }
    });
    let modified = http_date(version.modified());
    set(answer.headers_mut(), "last-modified", &modified);
    show_version(call, &mut answer, &version)?;
    Ok(answer)
}

pub(super) fn acl(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let version = version(call)?;
    let acl = version.object.and_then(|object| object.about.acl);
    Ok(write_acl(call, acl.as_deref()))
}

pub(super) async fn put_acl(call: &Call<'_>) -> Result<Answer, ServiceError> {
    if call.header("x-amz-acl").is_none() {
        return Err(not_implemented("AccessControlPolicy"));
    }
    let bucket = call.s3.bucket(call.bucket)?;
    let acl = about_new(call, &bucket)?.acl;
    change(call, move |about| {
        about.acl = acl;
        Ok(())
    })
    .await?;
    Ok(empty(StatusCode::OK))
}

pub(super) fn tagging(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let version = version(call)?;
    let tags = version.object.iter().flat_map(|it| &it.about.tags);
    let mut answer = document("Tagging", |xml| {
        xml.element("TagSet", |xml| {
            for (key, value) in tags {
                xml.element("Tag", |xml| {
                    xml.text_element("Key", key);
                    xml.text_element("Value", value);
                });
            }
        });
    });
    show_version(call, &mut answer, &version)?;
    Ok(answer)
}

pub(super) async fn put_tagging(
    call: &Call<'_>,
    incoming: Incoming,
) -> Result<Answer, ServiceError> {
    let text = call.document(incoming).await?;
    let document = xml_reader::parse(&text).map_err(|_| malformed_xml())?;
    if document.name != "Tagging" {
        return Err(malformed_xml());
    }
    let tags = setting::tags(&document, OBJECT_TAGS_MAX)?;
    set_tags(call, tags, StatusCode::OK).await
}

pub(super) async fn delete_tagging(call: &Call<'_>) -> Result<Answer, ServiceError> {
    set_tags(call, BTreeMap::new(), StatusCode::NO_CONTENT).await
}

async fn set_tags(
    call: &Call<'_>,
    tags: BTreeMap<String, String>,
    status: StatusCode,
) -> Result<Answer, ServiceError> {
    let version = change(call, move |about| {
        about.tags = tags;
        Ok(())
    })
    .await?;
    let mut answer = empty(status);
    show_version(call, &mut answer, &version)?;
    Ok(answer)
}

/// Changes what is said of a version.
pub(super) async fn change(
    call: &Call<'_>,
    change: impl FnOnce(&mut About) -> Result<(), ServiceError> + Send + 'static,
) -> Result<Version, ServiceError> {
    let asked = version(call)?;
    let (bucket, key) = (call.bucket.to_owned(), call.key.to_owned());
    let write = move |transaction: &mut Transaction<'_>| {
        let found = versions::find(transaction, &bucket, &key, asked.id())?;
        let Some(mut version) = found.filter(|it| it.sequence == asked.sequence) else {
            return Err(WriteFailure::from(no_such_key(&key)));
        };
        if let Some(object) = &mut version.object {
            change(&mut object.about)?;
        }
        versions::change(transaction, &bucket, &key, &version)?;
        Ok(version)
    };
    Ok(call.s3.config.store.write(write).await?)
}
