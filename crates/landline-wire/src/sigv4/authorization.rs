//! The `Authorization` header, and the credential scope inside it.

use super::refusal::Refusal;

/// The only algorithm that is accepted.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// `AKID/20150830/us-east-1/iam/aws4_request`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The access key's id.
    pub access_key_id: String,
    /// `YYYYMMDD`.
    pub date: String,
    /// The region that the client believes in. SDKs guess it when they are given
    /// an endpoint, so it is never held against them.
    pub region: String,
    /// The service's signing name, such as `execute-api`.
    pub service: String,
}

impl Scope {
    /// Reads the five parts. A key id may itself hold slashes, so they are taken from the end.
    /// The service may be empty: signers that know services by host names find none at an address.
    pub(super) fn parse(credential: &str) -> Option<Self> {
        let mut parts = credential.rsplitn(5, '/');
        let terminator = parts.next()?;
        let (service, region, date) = (parts.next()?, parts.next()?, parts.next()?);
        let access_key_id = parts.next()?;
        let complete = terminator == "aws4_request"
            && [region, date, access_key_id]
                .iter()
                .all(|part| !part.is_empty());
        complete.then(|| Self {
            access_key_id: access_key_id.to_owned(),
            date: date.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
        })
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
pub(super) struct Authorization {
    pub(super) credential: String,
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: String,
}

impl Authorization {
    /// Reads `AWS4-HMAC-SHA256 Credential=…, SignedHeaders=…, Signature=…`; the
    /// separators are commas, with or without blanks.
    pub(super) fn parse(text: &str) -> Result<Self, Refusal> {
        let Some((algorithm, rest)) = text.trim().split_once(' ') else {
            return Err(Refusal::no_parameters(text));
        };
        if algorithm != ALGORITHM {
            return Err(Refusal::UnsupportedAlgorithm);
        }
        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in rest.split(',').map(str::trim).filter(|p| !p.is_empty()) {
            let Some((name, value)) = part.split_once('=') else {
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
            if place.replace(value.to_owned()).is_some() {
                return Err(Refusal::Incomplete(format!(
                    "Authorization header has more than one '{name}' parameter."
                )));
            }
        }
        let (Some(credential), Some(signed_headers), Some(signature)) =
            (&credential, &signed_headers, &signature)
        else {
            let missing = [
                ("Credential", credential.is_none()),
                ("Signature", signature.is_none()),
                ("SignedHeaders", signed_headers.is_none()),
            ];
            return Err(Refusal::missing_parameters(&missing, text));
        };
        Ok(Self {
            credential: credential.clone(),
            signed_headers: split_signed_headers(signed_headers),
            signature: signature.clone(),
        })
    }
}

/// `host;x-amz-date`.
pub(super) fn split_signed_headers(text: &str) -> Vec<String> {
    text.split(';').map(str::to_ascii_lowercase).collect()
}
