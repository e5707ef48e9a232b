//! `ListMultipartUploads` and `ListParts`.

use landline_store::StoreError;
use landline_wire::ServiceError;
use landline_wire::protocol::xml::XmlEncoder;

use super::answer::{document, key_text, quoted};
use super::buckets::{date, write_owner};
use super::multipart::place;
use super::{Answer, Call};
use crate::body::checksum::Algorithm;
use crate::error::internal;
use crate::index::record::{Part, Upload};
use crate::index::uploads::{self, UploadPlace};
use crate::quotas::PAGE_MAX;

pub(super) async fn list(call: &Call<'_>) -> Result<Answer, ServiceError> {
    call.s3.bucket(call.bucket)?;
    let query = &call.query;
    let prefix = query.get("prefix").unwrap_or_default().to_owned();
    let most = query.at_most("max-uploads", PAGE_MAX)?;
    let is_encoded = query.get("encoding-type") == Some("url");
    let key_marker = query.get("key-marker").unwrap_or_default();
    let id_marker = query.get("upload-id-marker").unwrap_or_default();
    let bucket = call.bucket.to_owned();
    let after = (!key_marker.is_empty()).then(|| UploadPlace {
        bucket: bucket.clone(),
        key: key_marker.to_owned(),
        upload_id: id_marker.to_owned(),
    });
    let (store, wanted) = (call.s3.config.store.clone(), prefix.clone());
    let reading = tokio::task::spawn_blocking(move || {
        store.read(|reader| uploads::list(reader, &bucket, &wanted, after.as_ref(), most))
    });
    let read = reading.await.map_err(|error| internal(&error))?;
    let (page, more) = read.map_err(|error: StoreError| internal(&error))?;
    let delimiter = query.given("delimiter");
    Ok(document("ListMultipartUploadsResult", |xml| {
        xml.text_element("Bucket", call.bucket);
        xml.text_element("KeyMarker", &key_text(key_marker, is_encoded));
        xml.text_element("UploadIdMarker", id_marker);
        xml.text_element("Prefix", &key_text(&prefix, is_encoded));
        if let Some((last, _)) = page.last().filter(|_| more) {
            xml.text_element("NextKeyMarker", &key_text(&last.key, is_encoded));
            xml.text_element("NextUploadIdMarker", &last.upload_id);
        }
        xml.text_element("MaxUploads", &most.to_string());
        xml.text_element("IsTruncated", if more { "true" } else { "false" });
        let mut rolled_up = None;
        for (place, upload) in &page {
            let rest = place.key.get(prefix.len()..).unwrap_or_default();
            let at = delimiter.and_then(|it| Some(rest.find(it)? + it.len()));
            match at.and_then(|at| place.key.get(..prefix.len() + at)) {
                Some(common) if rolled_up == Some(common) => {}
                Some(common) => {
                    rolled_up = Some(common);
                    xml.element("CommonPrefixes", |xml| {
                        xml.text_element("Prefix", &key_text(common, is_encoded));
                    });
                }
                None => xml.element("Upload", |xml| {
                    xml.text_element("Key", &key_text(&place.key, is_encoded));
                    write_upload(call, place, upload, xml);
                }),
            }
        }
    }))
}

fn write_upload(call: &Call<'_>, place: &UploadPlace, upload: &Upload, xml: &mut XmlEncoder) {
    xml.text_element("UploadId", &place.upload_id);
    write_owner(call, "Initiator", xml);
    write_owner(call, "Owner", xml);
    let class = upload.about.storage_class.as_deref();
    xml.text_element("StorageClass", class.unwrap_or("STANDARD"));
    xml.text_element("Initiated", &date(upload.initiated_millis));
    if let Some((algorithm, extent)) = upload.checksum {
        xml.text_element("ChecksumAlgorithm", algorithm.name());
        xml.text_element("ChecksumType", extent.name());
    }
}

pub(super) fn list_parts(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let place = place(call)?;
    let upload = call.s3.upload(&place)?;
    let most = call.query.at_most("max-parts", PAGE_MAX)?;
    let after = call
        .query
        .at_most("part-number-marker", usize::from(u16::MAX));
    let after = match call.query.given("part-number-marker") {
        Some(_) => u16::try_from(after?).unwrap_or(u16::MAX),
        None => 0,
    };
    let store = &call.s3.config.store;
    let read = store.read(|reader| uploads::parts(reader, &place.upload_id, after, most));
    let (parts, more) = read.map_err(|error| internal(&error))?;
    Ok(document("ListPartsResult", |xml| {
        xml.text_element("Bucket", call.bucket);
        xml.text_element("Key", call.key);
        xml.text_element("PartNumberMarker", &after.to_string());
        if let Some(last) = parts.last().filter(|_| more) {
            xml.text_element("NextPartNumberMarker", &last.number.to_string());
        }
        xml.text_element("MaxParts", &most.to_string());
        xml.text_element("IsTruncated", if more { "true" } else { "false" });
        write_upload(call, &place, &upload, xml);
        let algorithm = upload.checksum.map(|(algorithm, _)| algorithm);
        for part in &parts {
            write_part(part, algorithm, xml);
        }
    }))
}

fn write_part(part: &Part, algorithm: Option<Algorithm>, xml: &mut XmlEncoder) {
    xml.element("Part", |xml| {
        xml.text_element("PartNumber", &part.number.to_string());
        xml.text_element("LastModified", &date(part.modified_millis));
        xml.text_element("ETag", &quoted(&part.etag));
        xml.text_element("Size", &part.size.to_string());
        if let (Some(algorithm), Some(checksum)) = (algorithm, &part.checksum) {
            xml.text_element(algorithm.element(), checksum);
        }
    });
}
