//! `GetObject` and `HeadObject`.

use http::{HeaderMap, Method, Response, StatusCode};
use landline_wire::ServiceError;

use super::about;
use super::answer::{empty, quoted, set};
use super::buckets::http_date;
use super::conditions::{Conditions, Range, Unmodified, range};
use super::{Answer, Call, Sender, locks};
use crate::body::read;
use crate::error::{invalid_argument, invalid_request, is_delete_marker, no_such_key};
use crate::index::record::{Object, Version};
use crate::index::versions::Versioning;

pub(super) fn read(call: &Call<'_>) -> Result<Answer, ServiceError> {
    let bucket = call.s3.bucket(call.bucket)?;
    let version_id = call.query.given("versionId");
    let version = call.s3.find(call.bucket, call.key, version_id)?;
    let shown_id = (bucket.versioning() != Versioning::Off).then(|| version.id());
    let Some(object) = &version.object else {
        let refusal = match version_id {
            Some(_) => is_delete_marker(call.parts.method.as_str()),
            None => no_such_key(call.key),
        };
        return Err(refusal
            .with_field("x-amz-delete-marker", "true")
            .with_field("x-amz-version-id", version.id()));
    };
    conditions(call).check(&object.etag, version.modified(), Unmodified::NotModified)?;
    let part = part(call, object)?;
    let asked = match (call.header("range"), part) {
        (Some(_), Some(_)) => {
            let text = "Cannot specify both Range header and partNumber query parameter";
            return Err(invalid_request(text));
        }
        (Some(text), None) => range(text, object.size)?,
        (None, part) => part,
    };
    let mut answer = content(call, &version, object, asked)?;
    let headers = answer.headers_mut();
    describe(headers, &version, object);
    if let Some(id) = shown_id {
        set(headers, "x-amz-version-id", id);
    }
    let is_whole = asked.is_none();
    if call.header("x-amz-checksum-mode") == Some("ENABLED")
        && is_whole
        && let Some(checksum) = &object.checksum
    {
        set(headers, checksum.algorithm.header(), &checksum.value);
        set(headers, "x-amz-checksum-type", checksum.extent.name());
    }
    if part.is_some()
        && let Some(parts) = object.parts
    {
        set(headers, "x-amz-mp-parts-count", &parts.to_string());
    }
    override_headers(call, headers)?;
    Ok(answer)
}

fn conditions<'a>(call: &'a Call<'_>) -> Conditions<'a> {
    Conditions {
        matching: call.header("if-match"),
        none_matching: call.header("if-none-match"),
        modified_since: call.header("if-modified-since"),
        unmodified_since: call.header("if-unmodified-since"),
    }
}

/// The bytes of the part that is asked for.
fn part(call: &Call<'_>, object: &Object) -> Result<Option<Range>, ServiceError> {
    let Some(text) = call.query.given("partNumber") else {
        return Ok(None);
    };
    let number = text
        .parse::<u16>()
        .ok()
        .filter(|it| (1..=10_000).contains(it));
    let number = number.ok_or_else(|| {
        let problem = "Part number must be an integer between 1 and 10000, inclusive";
        invalid_argument(problem, "partNumber", text)
    })?;
    let whole = Range {
        first: 0,
        length: object.size,
    };
    if object.parts.is_none() {
        return match number {
            1 => Ok(Some(whole)),
            _ => Err(no_such_part()),
        };
    }
    let mut first = 0;
    for part in call.s3.parts_of(object)? {
        if part.number == number {
            let length = part.size;
            return Ok(Some(Range { first, length }));
        }
        first += part.size;
    }
    Err(no_such_part())
}

fn no_such_part() -> ServiceError {
    let text = "The requested partnumber is not satisfiable";
    ServiceError::new("InvalidPartNumber", 416, text)
}

/// The status, the length and, unless only the head is wanted, the bytes.
fn content(
    call: &Call<'_>,
    version: &Version,
    object: &Object,
    asked: Option<Range>,
) -> Result<Answer, ServiceError> {
    let Range { first, length } = asked.unwrap_or(Range {
        first: 0,
        length: object.size,
    });
    let mut answer = if call.parts.method == Method::HEAD || length == 0 {
        empty(StatusCode::OK)
    } else {
        let cut = |segments: Vec<_>| read::cut(&segments, first, length);
        let reader = call.s3.open_object(call.bucket, call.key, version, cut)?;
        Response::new(read::body(reader, length))
    };
    set(answer.headers_mut(), "content-length", &length.to_string());
    if asked.is_some() && object.size > 0 {
        *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
        let (last, size) = (first + length - 1, object.size);
        let range = format!("bytes {first}-{last}/{size}");
        set(answer.headers_mut(), "content-range", &range);
    }
    Ok(answer)
}

/// All that is said of an object.
pub(super) fn describe(headers: &mut HeaderMap, version: &Version, object: &Object) {
    about::write(&object.about, headers);
    locks::write(&object.about.lock, headers);
    set(headers, "etag", &quoted(&object.etag));
    set(headers, "last-modified", &http_date(version.modified()));
    set(headers, "accept-ranges", "bytes");
}

/// What the query says in place of the object; strangers cannot.
fn override_headers(call: &Call<'_>, headers: &mut HeaderMap) -> Result<(), ServiceError> {
    for name in [
        "content-type",
        "content-language",
        "expires",
        "cache-control",
        "content-disposition",
        "content-encoding",
    ] {
        let Some(value) = call.query.given(&format!("response-{name}")) else {
            continue;
        };
        if matches!(call.sender, Sender::Anonymous) {
            let text =
                "Request specific response headers cannot be used for anonymous GET requests.";
            return Err(invalid_request(text));
        }
        set(headers, name, value);
    }
    Ok(())
}
