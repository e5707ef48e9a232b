//! Signature Version 2 in the query: the presigned URLs of S3 that boto3 and the AWS CLI
//! of version 1 still make for an endpoint of one's own.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html>

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use percent_encoding::percent_decode_str;
use sha1::Sha1;

use super::key::constant_time_eq;
use super::refusal::{MISMATCH, Refusal};
use super::verify::Credential;
use super::{WireRequest, presigned};
use crate::{ServiceError, Timestamp};

/// The parameters that are part of what is signed.
const SIGNED_PARAMETERS: [&str; 28] = [
    "accelerate",
    "acl",
    "cors",
    "defaultObjectAcl",
    "location",
    "logging",
    "partNumber",
    "policy",
    "requestPayment",
    "torrent",
    "versioning",
    "versionId",
    "versions",
    "website",
    "uploads",
    "uploadId",
    "response-content-type",
    "response-content-language",
    "response-expires",
    "response-cache-control",
    "response-content-disposition",
    "response-content-encoding",
    "delete",
    "lifecycle",
    "tagging",
    "restore",
    "storageClass",
    "notification",
];

/// Whether the query claims to hold such a signature.
pub fn is_presigned(query: &str) -> bool {
    let has = |name: &str| {
        query
            .split('&')
            .any(|part| part.split_once('=').is_some_and(|(key, _)| key == name))
    };
    has("AWSAccessKeyId") && has("Signature") && has("Expires")
}

/// Verifies a presigned URL and gives the access key's id. `resource` is `/bucket/key` as
/// the client wrote it, percent-encoded, also where the bucket stood in the host.
///
/// # Errors
///
/// S3's refusals: an unknown key, a URL that is too old, a signature that is wrong.
pub(super) fn verify_presigned(
    request: &WireRequest<'_>,
    resource: &str,
    now: Timestamp,
    find: impl Fn(&str) -> Option<Credential>,
) -> Result<String, ServiceError> {
    judge(request, resource, now, find).map_err(|refusal| refusal.into_error("s3"))
}

fn judge(
    request: &WireRequest<'_>,
    resource: &str,
    now: Timestamp,
    find: impl Fn(&str) -> Option<Credential>,
) -> Result<String, Refusal> {
    let required = |name: &str| {
        presigned::parameter(request.query, name).ok_or_else(|| {
            Refusal::Incomplete(format!(
                "Query-string authentication requires '{name}' once."
            ))
        })
    };
    let access_key_id = required("AWSAccessKeyId")?;
    let expires = required("Expires")?;
    let credential = find(&access_key_id).ok_or(Refusal::UnknownToken)?;
    check_expiry(request.query, now)?;
    let token = presigned::parameter(request.query, "x-amz-security-token").unwrap_or_default();
    let wanted = credential.session_token.as_deref().unwrap_or_default();
    if !constant_time_eq(token.as_bytes(), wanted.as_bytes()) {
        return Err(Refusal::UnknownToken);
    }
    if credential.expires_at.is_some_and(|end| now >= end) {
        return Err(Refusal::ExpiredToken);
    }
    let text = string_to_sign(request, resource, &expires);
    let right = signature(&credential.secret_access_key, text.as_bytes());
    if constant_time_eq(right.as_bytes(), required("Signature")?.as_bytes()) {
        return Ok(access_key_id.into_owned());
    }
    tracing::debug!(%access_key_id, text, "signature does not match");
    Err(Refusal::Signature(MISMATCH.to_owned()))
}

/// A signature as this version has it, in base64.
pub(super) fn signature(secret: &str, message: &[u8]) -> String {
    let mut mac =
        Hmac::<Sha1>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of any length");
    mac.update(message);
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Refuses a URL whose time is over, whoever made it.
pub(super) fn check_expiry(query: &str, now: Timestamp) -> Result<(), Refusal> {
    let expires = presigned::parameter(query, "Expires").unwrap_or_default();
    let ends_at = expires.parse::<i64>().unwrap_or_default();
    if now.as_millis() > ends_at.saturating_mul(1000) {
        return Err(Refusal::UrlExpired(expires.into_owned()));
    }
    Ok(())
}

fn string_to_sign(request: &WireRequest<'_>, resource: &str, expires: &str) -> String {
    let either = |name: &str| {
        let parameter = presigned::parameter(request.query, name);
        parameter.or_else(|| request.header(name).map(Cow::Borrowed))
    };
    let mut text = format!(
        "{}\n{}\n{}\n{expires}\n",
        request.method,
        either("content-md5").unwrap_or_default(),
        either("content-type").unwrap_or_default(),
    );
    for (name, value) in amz_headers(request) {
        let _ = writeln!(text, "{name}:{value}");
    }
    text.push_str(resource);
    let parameters = request.query.split('&').filter(|part| !part.is_empty());
    let mut signed: Vec<String> = parameters
        .map(|part| part.split_once('=').unwrap_or((part, "")))
        .filter(|(name, _)| SIGNED_PARAMETERS.contains(name))
        .map(|(name, value)| match value {
            "" => name.to_owned(),
            value => format!("{name}={}", percent_decode_str(value).decode_utf8_lossy()),
        })
        .collect();
    signed.sort();
    for (position, parameter) in signed.iter().enumerate() {
        text.push(if position == 0 { '?' } else { '&' });
        text.push_str(parameter);
    }
    text
}

/// From the header and from the query, where clients put what they signed.
fn amz_headers(request: &WireRequest<'_>) -> BTreeMap<String, String> {
    let mut fields = BTreeMap::new();
    for name in request.headers.keys().map(http::HeaderName::as_str) {
        if name.starts_with("x-amz-") {
            let values = request.headers.get_all(name).iter();
            let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
            fields.insert(name.to_owned(), values.join(","));
        }
    }
    for part in request.query.split('&') {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let name = name.to_ascii_lowercase();
        if name.starts_with("x-amz-") {
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            fields.insert(name, value);
        }
    }
    fields
}

#[cfg(test)]
mod tests;
