//! Signing, for tests and for the command line's own requests.

use std::borrow::Cow;

use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::authorization::ALGORITHM;
use super::canonical::{canonical_headers, encode_bytes, encode_path, query_forms, string_to_sign};
use super::date::SigningDate;
use super::key::{derive, hmac, sha256_hex};
use super::{Scope, WireRequest};
use crate::Timestamp;
use crate::hex;

/// Whose key signs, and for what.
#[derive(Clone)]
pub struct Signer {
    /// The access key's id.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// The region of the scope.
    pub region: String,
    /// The signing name, such as `execute-api`.
    pub service: String,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer")
            .field("access_key_id", &self.access_key_id)
            .field("service", &self.service)
            .finish_non_exhaustive()
    }
}

/// The header fields that sign `request`: `x-amz-date`, `x-amz-content-sha256` and
/// `authorization`. The request must hold `host`; it and all `x-amz-*` are signed.
pub fn sign(request: &WireRequest<'_>, signer: &Signer, at: Timestamp) -> HeaderMap {
    let date = SigningDate::at(at);
    let payload_hash = sha256_hex(request.body);
    let mut added = HeaderMap::new();
    let text = |value: &str| HeaderValue::from_str(value).expect("hexadecimal and dates are text");
    added.insert(HeaderName::from_static("x-amz-date"), text(&date.text));
    added.insert(
        HeaderName::from_static("x-amz-content-sha256"),
        text(&payload_hash),
    );

    let mut signed = request.headers.clone();
    signed.extend(added.clone());
    let mut names: Vec<String> = signed
        .keys()
        .map(|name| name.as_str().to_owned())
        .filter(|name| name == "host" || name.starts_with("x-amz-"))
        .collect();
    names.sort();
    let headers = canonical_headers(&signed, &names).unwrap_or_default();
    let names = names.join(";");
    let scope = signer.scope(&date);
    let query = query_forms(request.query, &[]).swap_remove(0);
    let signed = Signed {
        query: &query,
        headers: &headers,
        names: &names,
        payload_hash: &payload_hash,
    };
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={names}, Signature={}",
        scope.access_key_id,
        scope.without_key(),
        signer.signature(request, &signed, &date)
    );
    if let Ok(value) = HeaderValue::from_str(&authorization) {
        added.insert(AUTHORIZATION, value);
    }
    added
}

/// The query with which `request`, which must hold `host`, is signed as a URL. Without
/// `expires_seconds` the URL does not say how long it holds.
pub fn presign(
    request: &WireRequest<'_>,
    signer: &Signer,
    at: Timestamp,
    expires_seconds: Option<u32>,
) -> String {
    let date = SigningDate::at(at);
    let scope = signer.scope(&date);
    let credential = format!("{}/{}", scope.access_key_id, scope.without_key());
    let mut query = request.query.to_owned();
    let mut add = |name: &str, value: &str| {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.push_str(&encode_bytes(value.as_bytes(), b""));
    };
    add("X-Amz-Algorithm", ALGORITHM);
    add("X-Amz-Credential", &credential);
    add("X-Amz-Date", &date.text);
    if let Some(seconds) = expires_seconds {
        add("X-Amz-Expires", &seconds.to_string());
    }
    add("X-Amz-SignedHeaders", "host");
    let names = ["host".to_owned()];
    let headers = canonical_headers(request.headers, &names).unwrap_or_default();
    let signed = Signed {
        query: &query_forms(&query, &[]).swap_remove(0),
        headers: &headers,
        names: "host",
        payload_hash: &sha256_hex(request.body),
    };
    let signature = signer.signature(request, &signed, &date);
    format!("{query}&X-Amz-Signature={signature}")
}

/// The parts of a canonical request that its signer has settled.
struct Signed<'a> {
    query: &'a str,
    headers: &'a str,
    names: &'a str,
    payload_hash: &'a str,
}

impl Signer {
    fn scope<'a>(&'a self, date: &'a SigningDate) -> Scope<'a> {
        Scope {
            access_key_id: Cow::Borrowed(&self.access_key_id),
            date: Cow::Borrowed(date.day()),
            region: Cow::Borrowed(&self.region),
            service: Cow::Borrowed(&self.service),
        }
    }

    fn signature(
        &self,
        request: &WireRequest<'_>,
        signed: &Signed<'_>,
        date: &SigningDate,
    ) -> String {
        let path = if self.service == "s3" {
            request.path.to_owned()
        } else {
            encode_path(request.path)
        };
        let canonical = format!(
            "{}\n{path}\n{}\n{}\n{}\n{}",
            request.method, signed.query, signed.headers, signed.names, signed.payload_hash
        );
        let scope = self.scope(date);
        let to_sign = string_to_sign(&date.text, &scope.without_key(), &canonical);
        let key = derive(&self.secret_access_key, &scope);
        hex(&hmac(&key, to_sign.as_bytes()))
    }
}
