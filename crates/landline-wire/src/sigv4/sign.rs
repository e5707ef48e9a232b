//! Signing, for tests and for the command line's own requests.

use http::HeaderMap;
use http::header::{AUTHORIZATION, HeaderName, HeaderValue};

use super::canonical::{encode_path, query_forms, string_to_sign};
use super::date::SigningDate;
use super::key::{derive, hex, hmac, sha256_hex};
use super::{Scope, WireRequest};
use crate::Timestamp;

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
    let headers = super::canonical::canonical_headers(&signed, &names).unwrap_or_default();
    let scope = Scope {
        access_key_id: signer.access_key_id.clone(),
        date: date.day().to_owned(),
        region: signer.region.clone(),
        service: signer.service.clone(),
    };
    let path = if signer.service == "s3" {
        request.path.to_owned()
    } else {
        encode_path(request.path)
    };
    let query = query_forms(request.query, &[]).swap_remove(0);
    let names = names.join(";");
    let canonical = format!(
        "{}\n{path}\n{query}\n{headers}\n{names}\n{payload_hash}",
        request.method
    );
    let to_sign = string_to_sign(&date.text, &scope.without_key(), &canonical);
    let key = derive(&signer.secret_access_key, &scope);
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential={}/{}, SignedHeaders={names}, Signature={}",
        scope.access_key_id,
        scope.without_key(),
        hex(&hmac(&key, to_sign.as_bytes()))
    );
    if let Ok(value) = HeaderValue::from_str(&authorization) {
        added.insert(AUTHORIZATION, value);
    }
    added
}
