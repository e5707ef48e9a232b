//! Retentions and legal holds of versions.

use http::{HeaderMap, StatusCode};
use landline_wire::ServiceError;
use landline_wire::protocol::xml_reader::{self, Element};

use super::answer::{document, empty, set};
use super::objects::{change, version};
use super::{Answer, Call, Incoming, roles};
use crate::bucket::Bucket;
use crate::error::{invalid_argument, malformed_xml};
use crate::lock::{
    Asked, Bypass, HOLD, Hold, Lock, MODE, Mode, Retention, UNTIL, end, no_lock_of_bucket,
    no_lock_of_object,
};

/// The lock of the object that a request makes.
pub(super) fn of_new(call: &Call<'_>, bucket: &Bucket) -> Result<Lock, ServiceError> {
    let asked = Asked {
        mode: call.header(MODE),
        until: call.header(UNTIL),
        hold: call.header(HOLD),
    };
    bucket.lock(&asked, call.s3.config.clock.now())
}

/// Whether a request lifts what it may, which it has to be allowed.
pub(super) async fn bypass(call: &Call<'_>, key: &str) -> Result<Bypass, ServiceError> {
    if call.header("x-amz-bypass-governance-retention") != Some("true") {
        return Ok(Bypass::No);
    }
    roles::ask(call, "s3:BypassGovernanceRetention", call.bucket, key).await?;
    Ok(Bypass::Yes)
}

/// Writes what locks an object.
pub(super) fn write(lock: &Lock, headers: &mut HeaderMap) {
    if let Some(retention) = &lock.retention {
        set(headers, MODE, retention.mode.name());
        set(headers, UNTIL, &retention.until().iso8601_millis());
    }
    if let Some(hold) = lock.hold {
        set(headers, HOLD, hold.name());
    }
}

/// The lock of the version that a request is about, in a bucket that has locks.
fn lock(call: &Call<'_>) -> Result<Lock, ServiceError> {
    if !call.s3.bucket(call.bucket)?.has_locks() {
        return Err(no_lock_of_bucket());
    }
    let object = version(call)?.object;
    Ok(object.map(|object| object.about.lock).unwrap_or_default())
}

pub(super) fn retention(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let retention = lock(call)?.retention;
    let retention = retention.ok_or_else(|| no_lock_of_object(call.key))?;
    Ok(document("Retention", |xml| {
        xml.text_element("Mode", retention.mode.name());
        xml.text_element("RetainUntilDate", &retention.until().iso8601_millis());
    }))
}

pub(super) async fn put_retention(
    call: &Call<'_>,
    incoming: Incoming,
) -> Result<Answer, ServiceError> {
    let text = call.document(incoming).await?;
    let now = call.s3.config.clock.now();
    let next = read_retention(&parse(&text, "Retention")?, now)?;
    let known = lock(call)?;
    let bypass = bypass(call, call.key).await?;
    known.check_retention(next.as_ref(), now, bypass)?;
    change(call, move |about| {
        // What came in between counts.
        about.lock.check_retention(next.as_ref(), now, bypass)?;
        about.lock.retention = next;
        Ok(())
    })
    .await?;
    Ok(empty(StatusCode::OK))
}

/// A retention; an empty one takes away what is there.
fn read_retention(
    document: &Element,
    now: landline_wire::Timestamp,
) -> Result<Option<Retention>, ServiceError> {
    match (
        document.text_of("Mode"),
        document.text_of("RetainUntilDate"),
    ) {
        (None, None) => Ok(None),
        (Some(mode), Some(until)) => Ok(Some(Retention {
            mode: Mode::parse(mode).ok_or_else(malformed_xml)?,
            until_millis: end(until, now)?,
        })),
        _ => Err(malformed_xml()),
    }
}

pub(super) fn hold(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let hold = lock(call)?
        .hold
        .ok_or_else(|| no_lock_of_object(call.key))?;
    Ok(document("LegalHold", |xml| {
        xml.text_element("Status", hold.name());
    }))
}

pub(super) async fn put_hold(call: &Call<'_>, incoming: Incoming) -> Result<Answer, ServiceError> {
    let text = call.document(incoming).await?;
    let document = parse(&text, "LegalHold")?;
    let status = document.text_of("Status").ok_or_else(malformed_xml)?;
    let hold = Hold::parse(status).ok_or_else(malformed_xml)?;
    lock(call)?;
    change(call, move |about| {
        about.lock.hold = Some(hold);
        Ok(())
    })
    .await?;
    Ok(empty(StatusCode::OK))
}

fn parse(text: &str, root: &str) -> Result<Element, ServiceError> {
    let document = xml_reader::parse(text).map_err(|_| malformed_xml())?;
    if document.name == root {
        return Ok(document);
    }
    Err(malformed_xml())
}

/// What a bucket is made with.
pub(super) fn of_new_bucket(call: &Call<'_>) -> Result<bool, ServiceError> {
    match call.header("x-amz-bucket-object-lock-enabled") {
        None => Ok(false),
        Some(text) if text.eq_ignore_ascii_case("true") => Ok(true),
        Some(text) if text.eq_ignore_ascii_case("false") => Ok(false),
        Some(text) => {
            let name = "x-amz-bucket-object-lock-enabled";
            Err(invalid_argument("", name, text))
        }
    }
}
