//! Signatures in the query: presigned URLs.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

use super::Scope;
use super::authorization::{ALGORITHM, Authorization};
use super::date::SigningDate;
use super::refusal::Refusal;
use crate::Timestamp;

/// The longest life of a presigned URL: a week.
const EXPIRES_SECONDS_MAX: i64 = 604_800;

/// What a presigned URL says of its signature.
#[derive(Debug)]
pub(super) struct Presigned<'a> {
    pub(super) authorization: Authorization<'a>,
    pub(super) date: SigningDate,
    /// How long it holds, where it says so.
    pub(super) expires_seconds: Option<i64>,
    pub(super) session_token: Option<Cow<'a, str>>,
}

/// A parameter's value, decoded, when it is there exactly once.
pub(super) fn parameter<'a>(query: &'a str, name: &str) -> Option<Cow<'a, str>> {
    let mut values = query
        .split('&')
        .filter_map(|part| part.split_once('='))
        .filter(|(key, _)| *key == name)
        .map(|(_, value)| value);
    let only = values.next()?;
    values
        .next()
        .is_none()
        .then(|| percent_decode_str(only).decode_utf8_lossy())
}

/// Whether the query claims to hold a signature.
pub(super) fn is_presigned(query: &str) -> bool {
    query
        .split('&')
        .any(|part| part.starts_with("X-Amz-Signature=") || part.starts_with("X-Amz-Algorithm="))
}

impl<'a> Presigned<'a> {
    pub(super) fn parse(query: &'a str) -> Result<Self, Refusal> {
        let required = |name: &str| {
            parameter(query, name).ok_or_else(|| {
                Refusal::Incomplete(format!(
                    "AWS query-string parameters must include '{name}' once."
                ))
            })
        };
        if required("X-Amz-Algorithm")? != ALGORITHM {
            return Err(Refusal::UnsupportedAlgorithm);
        }
        let authorization = Authorization {
            credential: required("X-Amz-Credential")?,
            signed_headers: required("X-Amz-SignedHeaders")?,
            signature: required("X-Amz-Signature")?,
        };
        let date = required("X-Amz-Date")?;
        let date = SigningDate::parse(&date).ok_or_else(|| {
            Refusal::Incomplete(format!(
                "Date must be in ISO-8601 'basic format'. Got '{date}'. See http://en.wikipedia.org/wiki/ISO_8601"
            ))
        })?;
        let mut presigned = Self {
            authorization,
            date,
            expires_seconds: None,
            session_token: parameter(query, "X-Amz-Security-Token"),
        };
        // API Gateway takes a URL that does not say how long it holds, as `aws4` makes
        // them for everything but S3. Such a URL holds as long as a signed header.
        if has_parameter(query, "X-Amz-Expires") || !presigned.is_for_execute_api() {
            presigned.expires_seconds = Some(parse_expires(&required("X-Amz-Expires")?)?);
        }
        Ok(presigned)
    }

    /// Refuses a URL whose time is over, whoever made it.
    pub(super) fn check_expiry(&self, now: Timestamp) -> Result<(), Refusal> {
        let Some(seconds) = self.expires_seconds else {
            return Ok(());
        };
        let millis = seconds.saturating_mul(1000);
        if now.as_millis() > self.date.at.as_millis().saturating_add(millis) {
            return Err(Refusal::UrlExpired(self.date.text.clone()));
        }
        Ok(())
    }

    pub(super) fn is_for_execute_api(&self) -> bool {
        Scope::parse(Cow::Borrowed(&self.authorization.credential))
            .is_some_and(|scope| scope.service == "execute-api")
    }
}

fn has_parameter(query: &str, name: &str) -> bool {
    query
        .split('&')
        .any(|part| part.split('=').next() == Some(name))
}

fn parse_expires(text: &str) -> Result<i64, Refusal> {
    text.parse()
        .ok()
        .filter(|seconds| (1..=EXPIRES_SECONDS_MAX).contains(seconds))
        .ok_or_else(|| {
            Refusal::Incomplete(format!(
                "X-Amz-Expires must be a number from 1 to {EXPIRES_SECONDS_MAX} (a week). Got '{text}'."
            ))
        })
}
