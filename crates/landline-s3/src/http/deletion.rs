//! `DeleteObject` and `DeleteObjects`.

use http::StatusCode;
use landline_wire::ServiceError;
use landline_wire::protocol::xml::XmlEncoder;
use landline_wire::protocol::xml_reader::{self, Element};

use super::answer::{document, empty, set};
use super::objects::precondition;
use super::{Answer, Call, Incoming, locks, roles};
use crate::bucket::Bucket;
use crate::error::{invalid_request, malformed_xml};
use crate::index::versions::{Precondition, Written};
use crate::quotas::PAGE_MAX;
use crate::service::{Deletion, check_key};

pub(super) async fn one(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    let version_id = call.query.given("versionId");
    let precondition = precondition(call)?;
    let bypass = locks::bypass(call, call.key).await?;
    let deletion = Deletion {
        version_id,
        precondition,
        bypass,
    };
    let deleted = call.s3.delete(&bucket, call.key, deletion);
    let written = deleted.await?;
    let mut answer = empty(StatusCode::NO_CONTENT);
    let headers = answer.headers_mut();
    if written.is_delete_marker {
        set(headers, "x-amz-delete-marker", "true");
    }
    if let Some(id) = &written.version_id {
        set(headers, "x-amz-version-id", id);
    }
    Ok(answer)
}

/// One entry of a deletion.
struct Wanted {
    key: String,
    version_id: Option<String>,
    precondition: Precondition,
}

impl Wanted {
    fn of(object: &Element) -> Result<Self, ServiceError> {
        let key = object.text_of("Key").ok_or_else(malformed_xml)?.to_owned();
        let version_id = object.text_of("VersionId").filter(|id| !id.is_empty());
        let etag = object.text_of("ETag");
        Ok(Self {
            key,
            version_id: version_id.map(str::to_owned),
            precondition: Precondition {
                etag: etag.map(|etag| etag.trim_matches('"').to_owned()),
                is_absent: false,
            },
        })
    }
}

pub(super) async fn many(call: &Call<'_>, incoming: Incoming) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    let text = call.document(incoming).await?;
    let request = xml_reader::parse(&text).map_err(|_| malformed_xml())?;
    if request.name != "Delete" {
        return Err(malformed_xml());
    }
    let wanted: Vec<Wanted> = request
        .all("Object")
        .map(Wanted::of)
        .collect::<Result<_, _>>()?;
    if wanted.is_empty() || wanted.len() > PAGE_MAX {
        return Err(malformed_xml());
    }
    let is_quiet = request.text_of("Quiet") == Some("true");
    let mut outcomes = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        let outcome = delete(call, &bucket, &wanted).await;
        outcomes.push((wanted, outcome));
    }
    Ok(document("DeleteResult", |xml| {
        for (wanted, outcome) in &outcomes {
            match outcome {
                Ok(_) if is_quiet => {}
                Ok(written) => write_deleted(wanted, written, xml),
                Err(refusal) => write_error(wanted, refusal, xml),
            }
        }
    }))
}

async fn delete(
    call: &Call<'_>,
    bucket: &Bucket,
    wanted: &Wanted,
) -> Result<Written, ServiceError> {
    if wanted.key.is_empty() {
        return Err(invalid_request("The key must not be empty"));
    }
    check_key(&wanted.key)?;
    let action = match wanted.version_id {
        Some(_) => "s3:DeleteObjectVersion",
        None => "s3:DeleteObject",
    };
    roles::ask(call, action, &bucket.name, &wanted.key).await?;
    let deletion = Deletion {
        version_id: wanted.version_id.as_deref(),
        precondition: wanted.precondition.clone(),
        bypass: locks::bypass(call, &wanted.key).await?,
    };
    call.s3.delete(bucket, &wanted.key, deletion).await
}

fn write_deleted(wanted: &Wanted, written: &Written, xml: &mut XmlEncoder) {
    xml.element("Deleted", |xml| {
        xml.text_element("Key", &wanted.key);
        if let Some(id) = &wanted.version_id {
            xml.text_element("VersionId", id);
        }
        if written.is_delete_marker {
            xml.text_element("DeleteMarker", "true");
            if let Some(id) = &written.version_id {
                xml.text_element("DeleteMarkerVersionId", id);
            }
        }
    });
}

fn write_error(wanted: &Wanted, refusal: &ServiceError, xml: &mut XmlEncoder) {
    xml.element("Error", |xml| {
        xml.text_element("Key", &wanted.key);
        if let Some(id) = &wanted.version_id {
            xml.text_element("VersionId", id);
        }
        xml.text_element("Code", &refusal.code);
        xml.text_element("Message", &refusal.message);
    });
}
