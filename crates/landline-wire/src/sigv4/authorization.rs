//! The `Authorization` header, and the credential scope inside it.

use std::borrow::Cow;

use super::refusal::Refusal;

/// The only algorithm that is accepted.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// `AKID/20150830/us-east-1/iam/aws4_request`, borrowed from the request where nothing in it is encoded: every request has
/// one, and most are read and forgotten.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope<'a> {
    /// The access key's id.
    pub access_key_id: Cow<'a, str>,
    /// `YYYYMMDD`.
    pub date: Cow<'a, str>,
    /// The region that the client believes in. SDKs guess it when they are given
    /// an endpoint, so it is never held against them.
    pub region: Cow<'a, str>,
    /// The service's signing name, such as `execute-api`.
    pub service: Cow<'a, str>,
}

impl<'a> Scope<'a> {
    /// Reads the five parts. A key id may itself hold slashes, so they are taken from the end.
    /// The service may be empty: signers that know services by host names find none at an address.
    pub(super) fn parse(credential: Cow<'a, str>) -> Option<Self> {
        match credential {
            Cow::Borrowed(text) => Self::borrow(text),
            Cow::Owned(text) => Scope::borrow(&text).map(Scope::into_owned),
        }
    }

    fn borrow(credential: &'a str) -> Option<Self> {
        let (rest, terminator) = split_last(credential, b'/')?;
        let (rest, service) = split_last(rest, b'/')?;
        let (rest, region) = split_last(rest, b'/')?;
        let (access_key_id, date) = split_last(rest, b'/')?;
        let complete = terminator == "aws4_request"
            && [region, date, access_key_id]
                .iter()
                .all(|part| !part.is_empty());
        complete.then_some(Self {
            access_key_id: Cow::Borrowed(access_key_id),
            date: Cow::Borrowed(date),
            region: Cow::Borrowed(region),
            service: Cow::Borrowed(service),
        })
    }

    /// The same, for longer than the request.
    pub fn into_owned(self) -> Scope<'static> {
        let owned = |part: Cow<'_, str>| Cow::Owned(part.into_owned());
        Scope {
            access_key_id: owned(self.access_key_id),
            date: owned(self.date),
            region: owned(self.region),
            service: owned(self.service),
        }
    }

    /// The scope without the key, as the string to sign has it.
    pub(super) fn without_key(&self) -> String {
        format!(
            "{}/{}/{}/aws4_request",
            self.date, self.region, self.service
        )
    }
}

/// The header taken apart, or the same parts from a presigned query.
#[derive(Debug)]
pub(super) struct Authorization<'a> {
    pub(super) credential: Cow<'a, str>,
    /// `host;x-amz-date`, as it is written.
    pub(super) signed_headers: Cow<'a, str>,
    pub(super) signature: Cow<'a, str>,
}

impl<'a> Authorization<'a> {
    /// Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; the
    /// separators are commas, with or without blanks.
    pub(super) fn parse(text: &'a str) -> Result<Self, Refusal> {
        let Some((algorithm, rest)) = split_first(text.trim(), b' ') else {
            return Err(Refusal::no_parameters(text));
        };
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in parts(rest) {
            let Some((name, value)) = split_first(part, b'=') else {
                return Err(Refusal::Incomplete(format!(
                    "'{part}' not a valid key=value pair (missing equal-sign) in Authorization header: '{text}'."
                )));
            };
            let place = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => continue,
            };
            if place.replace(Cow::Borrowed(value)).is_some() {
                return Err(Refusal::Incomplete(format!(
                    "Authorization header has more than one '{name}' parameter."
                )));
            }
        }
        match (credential, signed_headers, signature) {
            // Other schemes (`Bearer`) do not come so far: AWS misses their parameters first.
            (Some(_), Some(_), Some(_)) if algorithm != ALGORITHM => {
                Err(Refusal::UnsupportedAlgorithm)
            }
            (Some(credential), Some(signed_headers), Some(signature)) => Ok(Self {
                credential,
                signed_headers,
                signature,
            }),
            (credential, signed_headers, signature) => {
                let missing = [
                    ("Credential", credential.is_none()),
                    ("Signature", signature.is_none()),
                    ("SignedHeaders", signed_headers.is_none()),
                ];
                Err(Refusal::missing_parameters(&missing, text))
            }
        }
    }

    /// The names of the headers that were signed, in lower case.
    pub(super) fn signed_header_names(&self) -> Vec<String> {
        self.signed_headers
            .split(';')
            .map(str::to_ascii_lowercase)
            .collect()
    }
}

/// What stands between commas, without the blanks around it.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let (part, others) = match split_first(rest?, b',') {
            Some((part, others)) => (part, Some(others)),
            None => (rest?, None),
        };
        rest = others;
        Some(part.trim())
    })
    .filter(|part| !part.is_empty())
}

/// Text around the first of an ASCII character.
fn split_first(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = memchr::memchr(separator, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}

/// Text around the last of an ASCII character.
fn split_last(text: &str, separator: u8) -> Option<(&str, &str)> {
    let at = memchr::memrchr(separator, text.as_bytes())?;
    Some((&text[..at], &text[at + 1..]))
}
