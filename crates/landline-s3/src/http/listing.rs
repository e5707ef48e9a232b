//! Listings: both forms of `ListObjects`, and `ListObjectVersions`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use landline_store::StoreError;
use landline_wire::ServiceError;
use landline_wire::protocol::xml::XmlEncoder;

use super::answer::{document, key_text, quoted};
use super::buckets::{date, write_owner};
use super::{Answer, Call};
use crate::error::{internal, invalid_argument};
use crate::index::list::{self, Entry, Listing, Page, VersionEntry, VersionPage};
use crate::index::record::Version;
use crate::quotas::PAGE_MAX;

/// What all listings have in common.
struct Asked {
    listing: Listing,
    /// Whether keys are percent-encoded.
    is_encoded: bool,
}

impl Asked {
    fn of(call: &Call<'_>, after: Option<String>) -> Result<Self, ServiceError> {
        call.s3.bucket(call.bucket)?;
        let encoding = call.query.given("encoding-type");
        if let Some(other) = encoding.filter(|it| *it != "url") {
            let text = "Invalid Encoding Method specified in Request";
            return Err(invalid_argument(text, "encoding-type", other));
        }
        Ok(Self {
            is_encoded: encoding.is_some(),
            listing: Listing {
                bucket: call.bucket.to_owned(),
                prefix: call.query.get("prefix").unwrap_or_default().to_owned(),
                delimiter: call.query.given("delimiter").map(str::to_owned),
                after: after.filter(|after| !after.is_empty()),
                entries_max: call.query.at_most("max-keys", PAGE_MAX)?,
            },
        })
    }

    fn key(&self, key: &str) -> String {
        key_text(key, self.is_encoded)
    }

    fn write_head(&self, xml: &mut XmlEncoder, is_truncated: bool) {
        xml.text_element("Name", &self.listing.bucket);
        xml.text_element("Prefix", &self.key(&self.listing.prefix));
        if let Some(delimiter) = &self.listing.delimiter {
            xml.text_element("Delimiter", &self.key(delimiter));
        }
        xml.text_element("MaxKeys", &self.listing.entries_max.to_string());
        if self.is_encoded {
            xml.text_element("EncodingType", "url");
        }
        let truncated = if is_truncated { "true" } else { "false" };
        xml.text_element("IsTruncated", truncated);
    }

    fn write_prefix(&self, xml: &mut XmlEncoder, prefix: &str) {
        xml.element("CommonPrefixes", |xml| {
            xml.text_element("Prefix", &self.key(prefix));
        });
    }
}

/// Reads a page on a thread that may wait for the disk.
async fn read<T: Send + 'static>(
    call: &Call<'_>,
    read: impl FnOnce(&dyn landline_store::Reader) -> Result<T, StoreError> + Send + 'static,
) -> Result<T, ServiceError> {
    let store = call.s3.config.store.clone();
    let reading = tokio::task::spawn_blocking(move || store.read(read));
    let read = reading.await.map_err(|error| internal(&error))?;
    read.map_err(|error| internal(&error))
}

async fn page(call: &Call<'_>, asked: &Asked) -> Result<Page, ServiceError> {
    let listing = asked.listing.clone();
    read(call, move |reader| list::objects(reader, &listing)).await
}

pub(super) async fn objects(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let marker = call.query.get("marker").unwrap_or_default();
    let asked = Asked::of(call, Some(marker.to_owned()))?;
    let page = page(call, &asked).await?;
    Ok(document("ListBucketResult", |xml| {
        asked.write_head(xml, page.next.is_some());
        xml.text_element("Marker", &asked.key(marker));
        let next = page.next.as_ref();
        // Without a delimiter the last key is where the next page begins.
        if let Some(next) = next.filter(|_| asked.listing.delimiter.is_some()) {
            xml.text_element("NextMarker", &asked.key(next));
        }
        write_entries(call, &asked, &page, xml, Owners::Written);
    }))
}

/// Whether a listing names the owner of each object.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Owners {
    Written,
    LeftOut,
}

pub(super) async fn objects_v2(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let query = &call.query;
    let token = query.get("continuation-token");
    let start_after = query.given("start-after");
    let after = match token {
        Some(token) => {
            let decoded = URL_SAFE_NO_PAD.decode(token).ok();
            let key = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            let text = "The continuation token provided is incorrect";
            Some(key.ok_or_else(|| invalid_argument(text, "continuation-token", token))?)
        }
        None => start_after.map(str::to_owned),
    };
    let asked = Asked::of(call, after)?;
    let page = page(call, &asked).await?;
    let owners = match query.get("fetch-owner") {
        Some("true") => Owners::Written,
        _ => Owners::LeftOut,
    };
    Ok(document("ListBucketResult", |xml| {
        asked.write_head(xml, page.next.is_some());
        xml.text_element("KeyCount", &page.entries.len().to_string());
        if let Some(token) = token {
            xml.text_element("ContinuationToken", token);
        }
        if let Some(next) = &page.next {
            let token = URL_SAFE_NO_PAD.encode(next);
            xml.text_element("NextContinuationToken", &token);
        }
        if let Some(start_after) = start_after {
            xml.text_element("StartAfter", &asked.key(start_after));
        }
        write_entries(call, &asked, &page, xml, owners);
    }))
}

fn write_entries(
    call: &Call<'_>,
    asked: &Asked,
    page: &Page,
    xml: &mut XmlEncoder,
    owners: Owners,
) {
    for entry in &page.entries {
        match entry {
            Entry::Prefix(prefix) => asked.write_prefix(xml, prefix),
            Entry::Key(key, version) => xml.element("Contents", |xml| {
                xml.text_element("Key", &asked.key(key));
                xml.text_element("LastModified", &date(version.modified_millis));
                write_object(version, xml);
                if owners == Owners::Written {
                    write_owner(call, "Owner", xml);
                }
            }),
        }
    }
}

fn write_object(version: &Version, xml: &mut XmlEncoder) {
    let Some(object) = &version.object else {
        return;
    };
    xml.text_element("ETag", &quoted(&object.etag));
    if let Some(checksum) = &object.checksum {
        xml.text_element("ChecksumAlgorithm", checksum.algorithm.name());
        xml.text_element("ChecksumType", checksum.extent.name());
    }
    xml.text_element("Size", &object.size.to_string());
    let class = object.about.storage_class.as_deref();
    xml.text_element("StorageClass", class.unwrap_or("STANDARD"));
}

pub(super) async fn versions(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let query = &call.query;
    let key_marker = query.get("key-marker").unwrap_or_default().to_owned();
    let id_marker = query.given("version-id-marker").map(str::to_owned);
    if id_marker.is_some() && key_marker.is_empty() {
        let text = "A version-id marker cannot be specified without a key marker.";
        return Err(invalid_argument(text, "version-id-marker", ""));
    }
    let asked = Asked::of(call, Some(key_marker.clone()))?;
    let (listing, after) = (asked.listing.clone(), id_marker.clone());
    let page: VersionPage = read(call, move |reader| {
        list::versions(reader, &listing, after.as_deref())
    })
    .await?;
    Ok(document("ListVersionsResult", |xml| {
        asked.write_head(xml, page.next.is_some());
        xml.text_element("KeyMarker", &asked.key(&key_marker));
        xml.text_element("VersionIdMarker", id_marker.as_deref().unwrap_or_default());
        if let Some((key, id)) = &page.next {
            xml.text_element("NextKeyMarker", &asked.key(key));
            if let Some(id) = id {
                xml.text_element("NextVersionIdMarker", id);
            }
        }
        for entry in &page.entries {
            write_version(call, &asked, entry, xml);
        }
    }))
}

fn write_version(call: &Call<'_>, asked: &Asked, entry: &VersionEntry, xml: &mut XmlEncoder) {
    let (key, version, is_latest) = match entry {
        VersionEntry::Prefix(prefix) => return asked.write_prefix(xml, prefix),
        VersionEntry::Version {
            key,
            version,
            is_latest,
        } => (key, version, *is_latest),
    };
    let element = match version.object {
        Some(_) => "Version",
        None => "DeleteMarker",
    };
    xml.element(element, |xml| {
        xml.text_element("Key", &asked.key(key));
        xml.text_element("VersionId", version.id());
        xml.text_element("IsLatest", if is_latest { "true" } else { "false" });
        xml.text_element("LastModified", &date(version.modified_millis));
        write_object(version, xml);
        write_owner(call, "Owner", xml);
    });
}
