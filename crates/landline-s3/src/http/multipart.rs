//! Uploads in parts: create, upload a part, complete, abort.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html>

use std::collections::BTreeMap;

use http::StatusCode;
use landline_store::Transaction;
use landline_wire::hex;
use landline_wire::protocol::xml_reader::{self, Element};
use landline_wire::{ServiceError, request_id};
use md5::{Digest as _, Md5};

use super::about::write_encryption;
use super::answer::{document, empty, quoted, set};
use super::objects::{about_new, precondition};
use super::{Answer, Call, Incoming};
use crate::body::checksum::{self, ALL, Algorithm, Checksum, Extent};
use crate::body::receive::{self, Expected};
use crate::error::{
    WriteFailure, bad_digest, internal, invalid_argument, invalid_request, malformed_xml,
    no_such_upload,
};
use crate::files::FileId;
use crate::index::record::{Data, Object, Part, Upload};
use crate::index::uploads::{self, UploadPlace};
use crate::index::{self, keys, versions};
use crate::notification::Event;
use crate::quotas::{OBJECT_BYTES_MAX, PART_BYTES_MIN, PARTS_MAX, PUT_BYTES_MAX};
use crate::service::{check_key, whole_file};

pub(super) async fn create(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    check_key(call.key)?;
    let upload = Upload {
        initiated_millis: call.s3.config.clock.now().as_millis(),
        about: about_new(call, &bucket)?,
        checksum: checksum_of(call)?,
    };
    let place = UploadPlace {
        bucket: call.bucket.to_owned(),
        key: call.key.to_owned(),
        upload_id: request_id::random_text(UPLOAD_ID_ALPHABET, UPLOAD_ID_LENGTH),
    };
    let (kept, at) = (upload.clone(), place.clone());
    let write = move |transaction: &mut Transaction<'_>| {
        versions::check_bucket(transaction, &at.bucket)?;
        index::put(transaction, at.stored(), &kept)?;
        Ok::<_, WriteFailure>(())
    };
    call.s3.config.store.write(write).await?;
    let mut answer = document("InitiateMultipartUploadResult", |xml| {
        xml.text_element("Bucket", call.bucket);
        xml.text_element("Key", call.key);
        xml.text_element("UploadId", &place.upload_id);
    });
    let headers = answer.headers_mut();
    if let Some((algorithm, extent)) = upload.checksum {
        set(headers, "x-amz-checksum-algorithm", algorithm.name());
        set(headers, "x-amz-checksum-type", extent.name());
    }
    write_encryption(&upload.about, headers);
    Ok(answer)
}

fn checksum_of(call: &Call<'_>) -> Result<Option<(Algorithm, Extent)>, ServiceError> {
    let extent = call.header("x-amz-checksum-type").map(|text| {
        let extent = Extent::parse(text);
        extent.ok_or_else(|| invalid_request("Value for x-amz-checksum-type header is invalid."))
    });
    let extent = extent.transpose()?;
    let Some(name) = call.header("x-amz-checksum-algorithm") else {
        return match extent {
            None => Ok(None),
            Some(_) => Err(invalid_request(
                "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
            )),
        };
    };
    let algorithm = Algorithm::parse(name).ok_or_else(|| {
        invalid_request(
            "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
        )
    })?;
    let extent = extent.unwrap_or(algorithm.default_extent());
    if !algorithm.allows(extent) {
        return Err(invalid_request(format!(
            "The {} checksum type cannot be used with the {} checksum algorithm.",
            extent.name(),
            algorithm.name().to_lowercase()
        )));
    }
    Ok(Some((algorithm, extent)))
}

/// The upload that a request names.
pub(super) fn place(call: &Call<'_>) -> Result<UploadPlace, ServiceError> {
    call.s3.bucket(call.bucket)?;
    Ok(UploadPlace {
        bucket: call.bucket.to_owned(),
        key: call.key.to_owned(),
        upload_id: call.query.get("uploadId").unwrap_or_default().to_owned(),
    })
}

pub(super) fn part_number(call: &Call<'_>) -> Result<u16, ServiceError> {
    let text = call.query.get("partNumber").unwrap_or_default();
    let number = text.parse::<u16>().ok();
    let is_possible = |number: &u16| (1..=PARTS_MAX).contains(&u32::from(*number));
    number.filter(is_possible).ok_or_else(|| {
        let problem = "Part number must be an integer between 1 and 10000, inclusive";
        invalid_argument(problem, "partNumber", text)
    })
}

impl crate::S3 {
    pub(crate) fn upload(&self, place: &UploadPlace) -> Result<Upload, ServiceError> {
        let store = &self.config.store;
        let found = store.read(|reader| uploads::find(reader, place));
        Ok(found?)
    }
}

pub(super) async fn upload_part(
    call: &Call<'_>,
    incoming: Incoming,
) -> Result<Answer, ServiceError> {
    let place = place(call)?;
    let number = part_number(call)?;
    let upload = call.s3.upload(&place)?;
    let expected = Expected::of(&call.parts.headers, &incoming.payload)?;
    let wanted = upload.checksum.map(|(algorithm, _)| algorithm);
    if let (Some(wanted), Some(given)) = (wanted, expected.algorithm())
        && wanted != given
    {
        return Err(invalid_request(format!(
            "Checksum Type mismatch occurred, expected checksum Type: {}, actual checksum Type: {}",
            wanted.name().to_lowercase(),
            given.name().to_lowercase()
        )));
    }
    let algorithm = wanted.unwrap_or(Algorithm::Crc64Nvme);
    let received = receive::into_file(
        &call.s3.files,
        incoming.body,
        incoming.payload,
        &expected,
        algorithm,
        PUT_BYTES_MAX,
    )
    .await?;
    let (computed, value) = received.checksum.clone();
    let part = Part {
        number,
        size: received.size,
        etag: received.md5.clone(),
        checksum: (computed == algorithm).then(|| value.clone()),
        segments: whole_file(&received),
        modified_millis: call.s3.config.clock.now().as_millis(),
    };
    let kept = part.clone();
    let write = move |transaction: &mut Transaction<'_>| {
        let mut gone = Vec::new();
        for segment in &kept.segments {
            index::files::refer(transaction, &segment.file)?;
        }
        uploads::put_part(transaction, &place, &kept, &mut gone)?;
        Ok::<_, WriteFailure>(gone)
    };
    let gone = call.s3.config.store.write(write).await?;
    if let Some((pending, _)) = received.pending {
        pending.keep();
    }
    call.s3.files.remove(gone).await;
    let mut answer = empty(StatusCode::OK);
    let headers = answer.headers_mut();
    set(headers, "etag", &quoted(&part.etag));
    set(headers, computed.header(), &value);
    write_encryption(&upload.about, headers);
    Ok(answer)
}

pub(super) async fn abort(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let place = place(call)?;
    let write = move |transaction: &mut Transaction<'_>| {
        uploads::find(transaction, &place)?;
        let mut gone = Vec::new();
        uploads::end(transaction, &place, |_| false, &mut gone)?;
        Ok::<_, WriteFailure>(gone)
    };
    let gone: Vec<FileId> = call.s3.config.store.write(write).await?;
    call.s3.files.remove(gone).await;
    Ok(empty(StatusCode::NO_CONTENT))
}

/// A part as the request that completes an upload names it.
struct Named {
    number: u16,
    etag: String,
    checksums: Vec<(Algorithm, String)>,
}

impl Named {
    fn of(part: &Element) -> Result<Self, ServiceError> {
        let number = part
            .text_of("PartNumber")
            .and_then(|it| it.trim().parse().ok());
        let etag = part.text_of("ETag").ok_or_else(malformed_xml)?;
        let checksums = ALL.into_iter().filter_map(|algorithm| {
            let value = part.text_of(algorithm.element())?;
            Some((algorithm, value.to_owned()))
        });
        Ok(Self {
            number: number.ok_or_else(malformed_xml)?,
            etag: etag.trim().trim_matches('"').to_owned(),
            checksums: checksums.collect(),
        })
    }
}

pub(super) async fn complete(call: &Call<'_>, incoming: Incoming) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    let place = place(call)?;
    let text = call.document(incoming).await?;
    let upload = call.s3.upload(&place)?;
    let named = read_named(&text)?;
    let upload_id = place.upload_id.clone();
    let reading = call.s3.config.store.clone();
    let uploaded = reading.read(|reader| uploads::parts(reader, &upload_id, 0, PARTS_MAX as usize));
    let (uploaded, _) = uploaded.map_err(|error| internal(&error))?;
    let parts = chosen(&named, uploaded, &upload)?;
    let object = Object {
        size: parts.iter().map(|part| part.size).sum(),
        etag: etag_of(&parts),
        parts: u32::try_from(parts.len()).ok(),
        checksum: whole_checksum(&parts, &upload),
        about: upload.about.clone(),
        data: Data::Table(upload_id),
    };
    check_object(call, &object)?;
    let refer = move |transaction: &mut Transaction<'_>, _: &mut Object| {
        // A part that was sent again meanwhile is another part.
        for part in &parts {
            let stored = keys::part(&place.upload_id, Some(part.number));
            let now: Option<Part> = index::get(transaction, &stored)?;
            if now.as_ref() != Some(part) {
                return Err(WriteFailure::from(no_such_upload(&place.upload_id)));
            }
        }
        let mut gone = Vec::new();
        let kept = |number| parts.iter().any(|part| part.number == number);
        uploads::end(transaction, &place, kept, &mut gone)?;
        index::put(transaction, keys::table(&place.upload_id), &parts)?;
        Ok(gone)
    };
    let written = call
        .s3
        .write(
            (&bucket, call.key),
            object,
            Event::CompleteMultipartUpload,
            precondition(call)?,
            refer,
        )
        .await?;
    let (written, version) = &written;
    let mut answer = document("CompleteMultipartUploadResult", |xml| {
        let Some(object) = &version.object else {
            return;
        };
        let location = format!("http://s3.amazonaws.com/{}/{}", call.bucket, call.key);
        xml.text_element("Location", &location);
        xml.text_element("Bucket", call.bucket);
        xml.text_element("Key", call.key);
        xml.text_element("ETag", &quoted(&object.etag));
        if let Some(checksum) = &object.checksum {
            xml.text_element(checksum.algorithm.element(), &checksum.value);
            xml.text_element("ChecksumType", checksum.extent.name());
        }
    });
    if let Some(id) = &written.version_id {
        set(answer.headers_mut(), "x-amz-version-id", id);
    }
    write_encryption(&upload.about, answer.headers_mut());
    Ok(answer)
}

fn read_named(text: &str) -> Result<Vec<Named>, ServiceError> {
    let document = xml_reader::parse(text).map_err(|_| malformed_xml())?;
    let is_right = document.name == "CompleteMultipartUpload";
    let parts = document.all("Part").map(Named::of);
    let named: Vec<Named> = parts.collect::<Result<_, _>>()?;
    if !is_right || named.is_empty() || named.len() > PARTS_MAX as usize {
        return Err(malformed_xml());
    }
    if named.is_sorted_by(|one, next| one.number < next.number) {
        return Ok(named);
    }
    let text =
        "The list of parts was not in ascending order. Parts must be ordered by part number.";
    Err(ServiceError::new("InvalidPartOrder", 400, text))
}

/// The parts that are named, as they were uploaded.
fn chosen(
    named: &[Named],
    uploaded: Vec<Part>,
    upload: &Upload,
) -> Result<Vec<Part>, ServiceError> {
    let mut uploaded: BTreeMap<u16, Part> = uploaded
        .into_iter()
        .map(|part| (part.number, part))
        .collect();
    let algorithm = upload.checksum.map_or(Algorithm::Crc64Nvme, |(it, _)| it);
    let mut parts = Vec::with_capacity(named.len());
    for name in named {
        let part = uploaded.remove(&name.number);
        let is_meant = |part: &Part| {
            let mut checksums = name.checksums.iter();
            part.etag == name.etag
                && checksums
                    .all(|(of, value)| *of != algorithm || part.checksum.as_ref() == Some(value))
        };
        let Some(part) = part.filter(is_meant) else {
            let text = "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.";
            return Err(ServiceError::new("InvalidPart", 400, text)
                .with_field("PartNumber", name.number)
                .with_field("ETag", name.etag.as_str()));
        };
        parts.push(part);
    }
    let but_last = parts.len() - 1;
    if let Some(small) = parts[..but_last].iter().find(|it| it.size < PART_BYTES_MIN) {
        let text = "Your proposed upload is smaller than the minimum allowed size";
        return Err(ServiceError::new("EntityTooSmall", 400, text)
            .with_field("ProposedSize", small.size)
            .with_field("MinSizeAllowed", PART_BYTES_MIN)
            .with_field("PartNumber", small.number)
            .with_field("ETag", small.etag.as_str()));
    }
    Ok(parts)
}

/// The MD5 of the parts' MD5s, and how many they are.
fn etag_of(parts: &[Part]) -> String {
    let mut md5 = Md5::new();
    for part in parts {
        let digits = part.etag.as_bytes().chunks(2);
        let bytes = digits.filter_map(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        md5.update(bytes.collect::<Vec<u8>>());
    }
    format!("{}-{}", hex(&md5.finalize()), parts.len())
}

fn whole_checksum(parts: &[Part], upload: &Upload) -> Option<Checksum> {
    let (algorithm, extent) = upload
        .checksum
        .unwrap_or((Algorithm::Crc64Nvme, Extent::FullObject));
    let of_parts = parts
        .iter()
        .map(|it| Some((it.checksum.as_deref()?, it.size)));
    let of_parts: Vec<(&str, u64)> = of_parts.collect::<Option<_>>()?;
    Some(Checksum {
        algorithm,
        value: checksum::join(algorithm, extent, &of_parts)?,
        extent,
    })
}

/// Holds what the request says of the whole object against it.
fn check_object(call: &Call<'_>, object: &Object) -> Result<(), ServiceError> {
    if object.size > OBJECT_BYTES_MAX {
        return Err(crate::error::too_large(object.size, OBJECT_BYTES_MAX));
    }
    let size = call.header("x-amz-mp-object-size");
    if size.is_some_and(|size| size != object.size.to_string()) {
        return Err(invalid_request(
            "The provided 'x-amz-mp-object-size' header value does not match what was computed.",
        ));
    }
    let Some(checksum) = &object.checksum else {
        return Ok(());
    };
    let given = call.header(checksum.algorithm.header());
    if given.is_some_and(|given| given != checksum.value) {
        return Err(bad_digest(&format!(
            "The {} you specified did not match the calculated checksum.",
            checksum.algorithm.name().to_lowercase()
        )));
    }
    Ok(())
}

const UPLOAD_ID_ALPHABET: &[u8] =
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.";
const UPLOAD_ID_LENGTH: usize = 64;
