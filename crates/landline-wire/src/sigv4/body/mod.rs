//! The signatures of a body that is signed chunk by chunk, as `aws-chunked` carries it.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>

use std::fmt;

use sha2::{Digest, Sha256};

use super::key::{SigningKey, constant_time_eq, hmac, sha256_hex};
use crate::hex;

/// Verifies chunk after chunk: each signature is part of what the next one signs.
#[derive(Clone)]
pub struct ChunkSignatures {
    key: SigningKey,
    date: String,
    scope: String,
    previous: String,
}

impl ChunkSignatures {
    pub(super) fn new(key: SigningKey, date: &str, scope: &str, seed: String) -> Self {
        Self {
            key,
            date: date.to_owned(),
            scope: scope.to_owned(),
            previous: seed,
        }
    }

    /// Whether the next chunk, of which `chunk` is the hash, has the signature.
    #[must_use]
    pub fn takes_chunk(&mut self, chunk: Sha256, signature: &str) -> bool {
        let hashes = format!("{}\n{}", sha256_hex(b""), hex(&chunk.finalize()));
        self.takes("AWS4-HMAC-SHA256-PAYLOAD", &hashes, signature)
    }

    /// Whether the trailing header fields, each `name:value` and a line feed, have it.
    #[must_use]
    pub fn takes_trailer(&mut self, fields: &str, signature: &str) -> bool {
        let hash = sha256_hex(fields.as_bytes());
        self.takes("AWS4-HMAC-SHA256-TRAILER", &hash, signature)
    }

    fn takes(&mut self, algorithm: &str, hashes: &str, signature: &str) -> bool {
        let Self {
            date,
            scope,
            previous,
            ..
        } = self;
        let text = format!("{algorithm}\n{date}\n{scope}\n{previous}\n{hashes}");
        let right = hex(&hmac(&self.key, text.as_bytes()));
        let is_right = constant_time_eq(right.as_bytes(), signature.as_bytes());
        self.previous = right;
        is_right
    }
}

impl fmt::Debug for ChunkSignatures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChunkSignatures")
            .field("scope", &self.scope)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
