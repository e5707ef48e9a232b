//! Signature Version 4: who signed a request, and whether the signature is right.
//!
//! The request is judged by the bytes that came over the wire, before anything is
//! decoded. [`parse_scope`] only reads the credential scope, for nodes that take any
//! credentials; [`Verifier`] verifies; [`sign`] and [`presign`] are the other side, for
//! tests and the command line.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>

mod authorization;
mod body;
mod canonical;
mod date;
mod form;
mod key;
mod presigned;
mod refusal;
mod sign;
mod v2;
mod verify;

pub use authorization::Scope;
pub use body::ChunkSignatures;
pub use form::{PolicySignature, PolicySigner, SignedPolicy};
pub use sign::{Signer, presign, sign};
pub use v2::is_presigned as is_presigned_v2;
pub use verify::{Credential, Verified, VerifiedHead, Verifier};

use http::HeaderMap;

/// A request as it came over the wire.
#[derive(Debug, Clone, Copy)]
pub struct WireRequest<'a> {
    /// The method, in capitals.
    pub method: &'a str,
    /// The path as the client wrote it, still percent-encoded.
    pub path: &'a str,
    /// The query as the client wrote it, without the question mark.
    pub query: &'a str,
    /// All header fields.
    pub headers: &'a HeaderMap,
    /// The body, whole.
    pub body: &'a [u8],
}

impl<'a> WireRequest<'a> {
    /// A header's value, when there is exactly one and it is text.
    fn header(&self, name: &str) -> Option<&'a str> {
        let mut values = self.headers.get_all(name).iter();
        let only = values.next()?;
        values
            .next()
            .is_none()
            .then(|| only.to_str().ok())
            .flatten()
    }
}

/// Whether a request claims to be signed, rightly or not: it has an `Authorization`
/// header, or the parameters of a presigned URL.
pub fn is_signed(headers: &HeaderMap, query: &str) -> bool {
    headers.contains_key(http::header::AUTHORIZATION) || presigned::is_presigned(query)
}

/// The credential scope of a request, if it is signed at all: from the
/// `Authorization` header, or from the query of a presigned URL.
///
/// Nothing is verified. The older signatures (`AWS AKID:…` and the query's
/// `AWSAccessKeyId`) name a key and no scope, and give `None`.
pub fn parse_scope<'a>(headers: &'a HeaderMap, query: &'a str) -> Option<Scope<'a>> {
    let header = headers
        .get(http::header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let credential = match header {
        Some(text) => authorization::Authorization::parse(text).ok()?.credential,
        None => presigned::parameter(query, "X-Amz-Credential")?,
    };
    Scope::parse(credential)
}

#[cfg(test)]
mod tests;
