//! What a request says of the object that it makes, and how an answer says it.

use std::collections::BTreeMap;

use http::HeaderMap;
use landline_wire::ServiceError;

use super::answer::set;
use crate::error::invalid_argument;
use crate::index::record::About;
use crate::quotas::{METADATA_BYTES_MAX, OBJECT_TAGS_MAX};
use crate::setting::{check_tag, too_many_tags};

/// The header fields that are kept as they are.
const KEPT: [&str; 6] = [
    "content-type",
    "cache-control",
    "content-disposition",
    "content-encoding",
    "content-language",
    "expires",
];

const METADATA: &str = "x-amz-meta-";

const CANNED_ACLS: [&str; 7] = [
    "private",
    "public-read",
    "public-read-write",
    "authenticated-read",
    "aws-exec-read",
    "bucket-owner-read",
    "bucket-owner-full-control",
];

/// Reads the header fields of an upload.
pub(crate) fn read(headers: &HeaderMap, has_acls: bool) -> Result<About, ServiceError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let encryption = text("x-amz-server-side-encryption");
    if headers.contains_key("x-amz-server-side-encryption-customer-algorithm") {
        return Err(crate::error::not_implemented(
            "x-amz-server-side-encryption-customer-algorithm",
        ));
    }
    if encryption.is_some_and(|it| !["AES256", "aws:kms", "aws:kms:dsse"].contains(&it)) {
        let text = "The encryption method specified is not supported";
        return Err(ServiceError::new(
            "InvalidEncryptionAlgorithmError",
            400,
            text,
        ));
    }
    let class = text("x-amz-storage-class").filter(|class| *class != "STANDARD");
    if class.is_some_and(|class| !STORAGE_CLASSES.contains(&class)) {
        let text = "The storage class you specified is not valid";
        return Err(ServiceError::new("InvalidStorageClass", 400, text));
    }
    let owned = |text: &str| text.to_owned();
    Ok(About {
        headers: kept(headers),
        metadata: metadata(headers)?,
        tags: tags(text("x-amz-tagging").unwrap_or_default())?,
        storage_class: class.map(owned),
        encryption: encryption.filter(|it| *it != "AES256").map(owned),
        kms_key_id: text("x-amz-server-side-encryption-aws-kms-key-id").map(owned),
        redirect: text("x-amz-website-redirect-location").map(owned),
        acl: acl(headers, has_acls)?,
        ..About::default()
    })
}

fn kept(headers: &HeaderMap) -> BTreeMap<String, String> {
    let mut kept = BTreeMap::new();
    for name in KEPT {
        let Some(value) = headers.get(name).and_then(|value| value.to_str().ok()) else {
            continue;
        };
        let value = match name {
            // The framing is not part of the object.
            "content-encoding" => {
                let all = value.split(',').map(str::trim);
                let others: Vec<&str> = all.filter(|it| *it != "aws-chunked").collect();
                others.join(",")
            }
            _ => value.to_owned(),
        };
        if !value.is_empty() {
            kept.insert(name.to_owned(), value);
        }
    }
    kept
}

fn metadata(headers: &HeaderMap) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut metadata: BTreeMap<String, String> = BTreeMap::new();
    for (name, value) in headers {
        let Some(name) = name.as_str().strip_prefix(METADATA) else {
            continue;
        };
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        metadata
            .entry(name.to_owned())
            .and_modify(|all| {
                all.push(',');
                all.push_str(&value);
            })
            .or_insert(value);
    }
    let bytes: usize = metadata.iter().map(|(key, it)| key.len() + it.len()).sum();
    if bytes > METADATA_BYTES_MAX {
        let text = "Your metadata headers exceed the maximum allowed metadata size";
        return Err(ServiceError::new("MetadataTooLarge", 400, text)
            .with_field("Size", bytes)
            .with_field("MaxSizeAllowed", METADATA_BYTES_MAX));
    }
    Ok(metadata)
}

/// `a=1&b=2`, as the header field has tags.
pub(crate) fn tags(text: &str) -> Result<BTreeMap<String, String>, ServiceError> {
    let mut tags = BTreeMap::new();
    for (key, value) in form_urlencoded::parse(text.as_bytes()).into_owned() {
        check_tag(&key, &value)?;
        if tags.insert(key.clone(), value).is_some() {
            let text = "Cannot provide multiple Tags with the same key";
            return Err(invalid_argument(text, "x-amz-tagging", &key));
        }
    }
    if tags.len() > OBJECT_TAGS_MAX {
        return Err(too_many_tags(OBJECT_TAGS_MAX));
    }
    Ok(tags)
}

/// The canned ACL, where it is not `private`.
pub(crate) fn acl(headers: &HeaderMap, has_acls: bool) -> Result<Option<String>, ServiceError> {
    let grants = ["read", "write", "read-acp", "write-acp", "full-control"];
    let has_grants = grants
        .iter()
        .any(|grant| headers.contains_key(format!("x-amz-grant-{grant}")));
    let canned = headers.get("x-amz-acl").and_then(|it| it.to_str().ok());
    if let Some(canned) = canned
        && !CANNED_ACLS.contains(&canned)
    {
        return Err(invalid_argument("", "x-amz-acl", canned));
    }
    let says_nothing = matches!(canned, None | Some("private" | "bucket-owner-full-control"));
    if !has_acls && (has_grants || !says_nothing) {
        let text = "The bucket does not allow ACLs";
        return Err(ServiceError::new(
            "AccessControlListNotSupported",
            400,
            text,
        ));
    }
    Ok(canned.filter(|it| *it != "private").map(str::to_owned))
}

/// Writes all but the content itself.
pub(crate) fn write(about: &About, headers: &mut HeaderMap) {
    for (name, value) in &about.headers {
        set(headers, name, value);
    }
    if !about.headers.contains_key("content-type") {
        set(headers, "content-type", DEFAULT_TYPE);
    }
    for (name, value) in &about.metadata {
        set(headers, &format!("{METADATA}{name}"), value);
    }
    if !about.tags.is_empty() {
        let count = about.tags.len().to_string();
        set(headers, "x-amz-tagging-count", &count);
    }
    if let Some(class) = &about.storage_class {
        set(headers, "x-amz-storage-class", class);
    }
    if let Some(redirect) = &about.redirect {
        set(headers, "x-amz-website-redirect-location", redirect);
    }
    write_encryption(about, headers);
}

/// Every object is encrypted, as far as AWS's answers tell.
pub(crate) fn write_encryption(about: &About, headers: &mut HeaderMap) {
    let encryption = about.encryption.as_deref().unwrap_or("AES256");
    set(headers, "x-amz-server-side-encryption", encryption);
    if let Some(key) = &about.kms_key_id {
        set(headers, "x-amz-server-side-encryption-aws-kms-key-id", key);
    }
}

/// What an object is whose uploader does not say.
pub(crate) const DEFAULT_TYPE: &str = "binary/octet-stream";

const STORAGE_CLASSES: [&str; 9] = [
    "REDUCED_REDUNDANCY",
    "STANDARD_IA",
    "ONEZONE_IA",
    "INTELLIGENT_TIERING",
    "GLACIER",
    "DEEP_ARCHIVE",
    "GLACIER_IR",
    "OUTPOSTS",
    "EXPRESS_ONEZONE",
];
