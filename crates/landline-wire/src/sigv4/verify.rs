//! Verification of a signature, in the header or in the query.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::authorization::Authorization;
use super::body::ChunkSignatures;
use super::canonical::{
    canonical_headers, canonical_requests, has_dot_segments, query_forms, string_to_sign,
};
use super::date::SigningDate;
use super::key::{KeyCache, SigningKey, constant_time_eq, hmac, sha256_hex};
use super::presigned::{Presigned, is_presigned};
use super::refusal::{MISMATCH, Refusal};
use super::{Scope, WireRequest};
use crate::hex;
use crate::{Clock, ServiceError, Timestamp};

/// A secret that belongs to an access key id.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    /// The secret access key.
    pub secret_access_key: String,
    /// The token that must come with it, for keys of a session.
    pub session_token: Option<String>,
    /// When the session ends.
    pub expires_at: Option<Timestamp>,
}

impl Credential {
    /// A key of a user: no session, no end.
    pub fn lasting(secret_access_key: impl Into<String>) -> Self {
        Self {
            secret_access_key: secret_access_key.into(),
            session_token: None,
            expires_at: None,
        }
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Credential(…)")
    }
}

/// What a right signature proves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified<'a> {
    /// Who signed, and for which service and region.
    pub scope: Scope<'a>,
    /// When.
    pub signed_at: Timestamp,
}

/// What a right signature proves of a request whose body is still to come.
#[derive(Debug)]
pub struct VerifiedHead<'a> {
    /// Who signed, for what, and when.
    pub verified: Verified<'a>,
    /// What proves the chunks of a body that is signed chunk by chunk.
    pub chunks: Option<ChunkSignatures>,
}

/// Verifies signatures against the secrets that a lookup gives.
#[derive(Debug)]
pub struct Verifier {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) keys: KeyCache,
}

/// Whether the body is at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Whole,
    /// What the header says of it is taken, and held against it as it comes.
    ToCome,
}

/// The parts of a signature, wherever they stood.
struct Claim<'a> {
    authorization: Authorization<'a>,
    date: SigningDate,
    session_token: Option<Cow<'a, str>>,
    /// For a presigned URL: how long it holds.
    expires_seconds: Option<i64>,
    queries: Vec<String>,
}

impl Verifier {
    /// A verifier that reads the time from `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            clock,
            keys: KeyCache::default(),
        }
    }

    /// Verifies `request`; `find` gives the credential of an access key id.
    ///
    /// `fallback_service` words the refusal when the request does not even name a
    /// service.
    ///
    /// # Errors
    ///
    /// The refusal in the words of the service that the request is for.
    pub fn verify<'a>(
        &self,
        request: &WireRequest<'a>,
        find: impl Fn(&str) -> Option<Credential>,
        fallback_service: &str,
    ) -> Result<Verified<'a>, ServiceError> {
        let (claim, scope) = read_claim(request, fallback_service)?;
        self.judge(request, &claim, &scope, find, Body::Whole)
            .map_err(|refusal| refusal.into_error(&scope.service))?;
        Ok(Verified {
            signed_at: claim.date.at,
            scope,
        })
    }

    /// Verifies a request for S3 before its body comes: the body of `request` is not
    /// looked at. What `x-amz-content-sha256` says of it has to be held against it.
    ///
    /// # Errors
    ///
    /// The refusal in the words of S3.
    pub fn verify_head<'a>(
        &self,
        request: &WireRequest<'a>,
        find: impl Fn(&str) -> Option<Credential>,
    ) -> Result<VerifiedHead<'a>, ServiceError> {
        let (claim, scope) = read_claim(request, "s3")?;
        let key = self
            .judge(request, &claim, &scope, find, Body::ToCome)
            .map_err(|refusal| refusal.into_error(&scope.service))?;
        let stated = request.header("x-amz-content-sha256").unwrap_or_default();
        let chunks = stated
            .starts_with("STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
            .then(|| {
                let seed = claim.authorization.signature.clone().into_owned();
                ChunkSignatures::new(key, &claim.date.text, &scope.without_key(), seed)
            });
        let signed_at = claim.date.at;
        Ok(VerifiedHead {
            verified: Verified { scope, signed_at },
            chunks,
        })
    }

    /// Verifies a URL for S3 that was presigned with Signature Version 2, and gives the
    /// access key's id. `resource` is `/bucket/key` as the client wrote it.
    ///
    /// # Errors
    ///
    /// The refusal in the words of S3.
    pub fn verify_presigned_v2(
        &self,
        request: &WireRequest<'_>,
        resource: &str,
        find: impl Fn(&str) -> Option<Credential>,
    ) -> Result<String, ServiceError> {
        super::v2::verify_presigned(request, resource, self.clock.now(), find)
    }

    /// Refuses a URL for S3 whose time is over. Nothing else of it is verified: this is for
    /// nodes that take any credentials.
    ///
    /// # Errors
    ///
    /// The refusal in the words of S3.
    pub fn check_expiry(&self, query: &str) -> Result<(), ServiceError> {
        let now = self.clock.now();
        let checked = if super::is_presigned_v2(query) {
            super::v2::check_expiry(query, now)
        } else {
            Presigned::parse(query).map_or(Ok(()), |presigned| presigned.check_expiry(now))
        };
        checked.map_err(|refusal| refusal.into_error("s3"))
    }

    /// Verifies `request`, which must be signed for `service` and nothing else.
    ///
    /// # Errors
    ///
    /// The refusal in the words of that service.
    pub fn verify_for<'a>(
        &self,
        service: &str,
        request: &WireRequest<'a>,
        find: impl Fn(&str) -> Option<Credential>,
    ) -> Result<Verified<'a>, ServiceError> {
        if let Some(scope) = super::parse_scope(request.headers, request.query)
            && scope.service != service
        {
            let text = format!("Credential should be scoped to correct service: '{service}'. ");
            return Err(Refusal::Signature(text).into_error(service));
        }
        self.verify(request, find, service)
    }

    fn judge(
        &self,
        request: &WireRequest<'_>,
        claim: &Claim<'_>,
        scope: &Scope<'_>,
        find: impl Fn(&str) -> Option<Credential>,
        body: Body,
    ) -> Result<SigningKey, Refusal> {
        let now = self.clock.now();
        if has_dot_segments(request.path) && scope.service != "s3" {
            return Err(Refusal::Signature(MISMATCH.to_owned()));
        }
        if scope.date != claim.date.day() {
            return Err(Refusal::Signature(format!(
                "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{}' != '{}', from '{}'.",
                scope.date,
                claim.date.day(),
                claim.date.text
            )));
        }
        check_time(claim, now, &scope.service)?;
        let credential = find(&scope.access_key_id).ok_or(Refusal::UnknownToken)?;
        check_session(claim.session_token.as_deref(), &credential, now)?;

        let signed_headers = claim.authorization.signed_header_names();
        let headers = canonical_headers(request.headers, &signed_headers)?;
        let payload_hash = match body {
            Body::Whole => payload_hash(request, claim, &scope.service)?,
            Body::ToCome => stated_hash(request),
        };
        let key = self.keys.derive(&credential.secret_access_key, scope);
        let given = claim.authorization.signature.as_bytes();
        let (signed_headers, stated) = (signed_headers.join(";"), scope.without_key());
        let forms = || {
            canonical_requests(
                request,
                &claim.queries,
                &headers,
                &signed_headers,
                &payload_hash,
                &scope.service,
            )
        };
        let right = forms().any(|canonical| {
            let text = string_to_sign(&claim.date.text, &stated, &canonical);
            constant_time_eq(hex(&hmac(&key, text.as_bytes())).as_bytes(), given)
        });
        if right {
            return Ok(key);
        }
        tracing::debug!(
            access_key_id = %scope.access_key_id,
            canonical_request = forms().next(),
            "signature does not match"
        );
        Err(Refusal::Signature(MISMATCH.to_owned()))
    }
}

/// The parts of the signature, and the scope that they name.
fn read_claim<'a>(
    request: &WireRequest<'a>,
    fallback_service: &str,
) -> Result<(Claim<'a>, Scope<'a>), ServiceError> {
    let claim = Claim::read(request).map_err(|refusal| refusal.into_error(fallback_service))?;
    let scope = Scope::parse(claim.authorization.credential.clone());
    let Some(scope) = scope.filter(|scope| !scope.service.is_empty()) else {
        let text = format!(
            "Credential must have five parts: <access key>/<date>/<region>/<service>/aws4_request. Got '{}'.",
            claim.authorization.credential
        );
        return Err(Refusal::Incomplete(text).into_error(fallback_service));
    };
    Ok((claim, scope))
}

impl<'a> Claim<'a> {
    fn read(request: &WireRequest<'a>) -> Result<Self, Refusal> {
        if request.headers.contains_key(http::header::AUTHORIZATION) {
            return Self::from_header(request);
        }
        if !is_presigned(request.query) {
            return Err(Refusal::Missing);
        }
        let presigned = Presigned::parse(request.query)?;
        let mut queries = query_forms(request.query, &["X-Amz-Signature"]);
        if presigned.session_token.is_some() && !presigned.is_for_execute_api() {
            // Some services want the token added after the signature was made; API
            // Gateway does not.
            let without = ["X-Amz-Signature", "X-Amz-Security-Token"];
            queries.extend(query_forms(request.query, &without));
        }
        Ok(Self {
            authorization: presigned.authorization,
            date: presigned.date,
            session_token: presigned.session_token,
            expires_seconds: presigned.expires_seconds,
            queries,
        })
    }

    fn from_header(request: &WireRequest<'a>) -> Result<Self, Refusal> {
        let text = request.header("authorization").ok_or_else(|| {
            Refusal::Incomplete("Authorization header must be there once.".to_owned())
        })?;
        let authorization = Authorization::parse(text)?;
        let date = request
            .header("x-amz-date")
            .or_else(|| request.header("date"))
            .ok_or_else(|| {
                Refusal::Incomplete(format!(
                    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization={text}"
                ))
            })?;
        let date = SigningDate::parse(date).ok_or_else(|| {
            Refusal::Incomplete(format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ))
        })?;
        Ok(Self {
            authorization,
            date,
            session_token: request.header("x-amz-security-token").map(Cow::Borrowed),
            expires_seconds: None,
            queries: query_forms(request.query, &[]),
        })
    }
}

/// How far a client's clock may be off. `execute-api` is the strict one.
fn skew_minutes(signing_name: &str) -> i64 {
    if signing_name == "execute-api" { 5 } else { 15 }
}

fn check_time(claim: &Claim<'_>, now: Timestamp, signing_name: &str) -> Result<(), Refusal> {
    let minutes = skew_minutes(signing_name);
    let later = |from: Timestamp, seconds: i64| {
        Timestamp::from_millis(
            from.as_millis()
                .saturating_add(seconds.saturating_mul(1000)),
        )
    };
    let signed = claim.date.at;
    let latest = later(now, minutes * 60);
    let refuse = |text| match claim.expires_seconds {
        Some(_) => Refusal::UrlExpired(text),
        None => Refusal::Skewed(text),
    };
    if signed > latest {
        return Err(refuse(format!(
            "Signature not yet current: {} is still later than {} ({} + {minutes} min.)",
            claim.date.text,
            latest.iso8601_basic(),
            now.iso8601_basic()
        )));
    }
    // A presigned URL is as old as its author allowed.
    let seconds = claim.expires_seconds.unwrap_or(minutes * 60);
    let earliest = later(now, -seconds);
    if signed < earliest {
        let allowed = match claim.expires_seconds {
            Some(seconds) => format!("{seconds} sec."),
            None => format!("{minutes} min."),
        };
        return Err(refuse(format!(
            "Signature expired: {} is now earlier than {} ({} - {allowed})",
            claim.date.text,
            earliest.iso8601_basic(),
            now.iso8601_basic()
        )));
    }
    Ok(())
}

pub(super) fn check_session(
    given: Option<&str>,
    credential: &Credential,
    now: Timestamp,
) -> Result<(), Refusal> {
    let given = given.unwrap_or_default();
    let wanted = credential.session_token.as_deref().unwrap_or_default();
    if !constant_time_eq(given.as_bytes(), wanted.as_bytes()) {
        return Err(Refusal::UnknownToken);
    }
    if credential.expires_at.is_some_and(|end| now >= end) {
        return Err(Refusal::ExpiredToken);
    }
    Ok(())
}

/// What the header says of a body that is still to come; a URL that was presigned says
/// nothing.
fn stated_hash(request: &WireRequest<'_>) -> String {
    let stated = request.header("x-amz-content-sha256");
    stated.unwrap_or("UNSIGNED-PAYLOAD").to_owned()
}

/// The last line of the canonical request: the body's hash, or a word that says
/// that the body is not signed.
fn payload_hash(
    request: &WireRequest<'_>,
    claim: &Claim<'_>,
    signing_name: &str,
) -> Result<String, Refusal> {
    let stated = request.header("x-amz-content-sha256");
    match stated {
        Some(word @ ("UNSIGNED-PAYLOAD" | "STREAMING-UNSIGNED-PAYLOAD-TRAILER")) => {
            Ok(word.to_owned())
        }
        Some(word) if word.starts_with("STREAMING-") => Err(Refusal::SignedChunks),
        None if claim.expires_seconds.is_some() && signing_name == "s3" => {
            Ok("UNSIGNED-PAYLOAD".to_owned())
        }
        stated => {
            let computed = sha256_hex(request.body);
            match stated {
                Some(stated) if stated != computed => Err(Refusal::BodyHash),
                _ => Ok(computed),
            }
        }
    }
}
