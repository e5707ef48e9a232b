//! What comes in and goes out: bodies as streams, their digests, and their framing.

pub(crate) mod checksum;
mod chunked;
pub(crate) mod form;
pub(crate) mod read;
pub(crate) mod receive;

use std::convert::Infallible;

use bytes::Bytes;
use http_body_util::combinators::UnsyncBoxBody;
use landline_wire::sigv4::ChunkSignatures;

/// The body of a request.
pub type RequestBody = UnsyncBoxBody<Bytes, BodyError>;

/// The body of an answer. One that cannot be read on ends before its length.
pub type ResponseBody = UnsyncBoxBody<Bytes, Infallible>;

/// Why a body ended before its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyError {
    /// It came too slowly.
    #[error("the body came too slowly")]
    TooSlow,
    /// The connection broke.
    #[error("the connection broke")]
    Broken,
    /// It is a form that ends within its file.
    #[error("the form ends before its last boundary")]
    Unfinished,
}

/// What a request's signature says of its body.
#[derive(Debug, Clone)]
pub enum Payload {
    /// Nothing.
    Unsigned,
    /// Its SHA-256, in lower-case hexadecimal.
    Sha256(String),
    /// It comes in chunks, each of them signed where there are signatures.
    Chunked(Option<ChunkSignatures>),
}

impl Payload {
    /// Reads `x-amz-content-sha256`; `signatures` are those of a verified head.
    pub fn stated(headers: &http::HeaderMap, signatures: Option<ChunkSignatures>) -> Self {
        let stated = headers.get("x-amz-content-sha256");
        match stated.and_then(|value| value.to_str().ok()) {
            None | Some("UNSIGNED-PAYLOAD") => Self::Unsigned,
            Some(word) if word.starts_with("STREAMING-") => Self::Chunked(signatures),
            Some(hash) => Self::Sha256(hash.to_owned()),
        }
    }
}
