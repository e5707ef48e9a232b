//! Header names as the client wrote them.
//!
//! HTTP libraries keep lower case only, but `$connect` events show a client's own
//! spelling, and functions look headers up by it. A handshake is the first request
//! of its connection, so only the first head is kept, and only until it was read.

use std::sync::Arc;

use landline_gateway::HeaderNames;
use parking_lot::Mutex;

use super::limits;

/// The bytes of a connection's first head.
#[derive(Debug, Clone, Default)]
pub(super) struct FirstHead(Arc<Mutex<Recording>>);

#[derive(Debug, Default)]
enum Recording {
    /// Nothing came yet.
    #[default]
    Waiting,
    Bytes(Vec<u8>),
    /// Taken, or too long to be a handshake's.
    Over,
}

/// Whether the recording wants to see what else comes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wants {
    More,
    Nothing,
}

impl FirstHead {
    /// Sees what was read.
    pub(super) fn record(&self, bytes: &[u8]) -> Wants {
        let mut recording = self.0.lock();
        let kept = match &mut *recording {
            Recording::Over => return Wants::Nothing,
            Recording::Waiting => {
                *recording = Recording::Bytes(bytes.to_vec());
                bytes.len()
            }
            Recording::Bytes(kept) => {
                kept.extend_from_slice(bytes);
                kept.len()
            }
        };
        if kept > limits::HANDSHAKE_TARGET_BYTES_MAX + limits::HANDSHAKE_HEADER_BYTES_MAX * 2 {
            *recording = Recording::Over;
            return Wants::Nothing;
        }
        Wants::More
    }

    /// The names, for the first request that asks; nobody gets them twice.
    pub(super) fn take(&self) -> Option<HeaderNames> {
        let Recording::Bytes(bytes) = std::mem::replace(&mut *self.0.lock(), Recording::Over)
        else {
            return None;
        };
        let mut headers = [httparse::EMPTY_HEADER; limits::HEADERS_MAX];
        let mut request = httparse::Request::new(&mut headers);
        request.parse(&bytes).ok()?;
        let names = request.headers.iter().map(|header| header.name.into());
        Some(HeaderNames(names.collect()))
    }
}
