//! An answer that a runtime streams: handed on part by part to who takes it so, else put together.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use tokio::sync::mpsc;

use crate::execution::http::Trailers;
use crate::execution::invocation::{Failure, StreamPart};
use crate::quotas::{MAX_PAYLOAD_BYTES, MAX_STREAMED_BYTES};

/// An answer on its way.
#[derive(Debug)]
pub(super) struct Streamed {
    bytes: u64,
    target: Target,
    /// A part that its taker has no room for yet.
    pending: Option<StreamPart>,
}

#[derive(Debug)]
enum Target {
    Taker(mpsc::Sender<StreamPart>),
    Whole(BytesMut),
}

impl Streamed {
    /// The answer begins.
    pub(super) fn begin(
        taker: Option<mpsc::Sender<StreamPart>>,
        content_type: Option<String>,
    ) -> Self {
        let pending = taker.is_some();
        Self {
            bytes: 0,
            target: taker.map_or_else(|| Target::Whole(BytesMut::new()), Target::Taker),
            pending: pending.then_some(StreamPart::Begins { content_type }),
        }
    }

    /// Takes a part; what is beyond the limit is only counted.
    pub(super) fn take(&mut self, part: Bytes) {
        self.bytes += u64::try_from(part.len()).unwrap_or(u64::MAX);
        if self.bytes > self.limit() {
            return;
        }
        match &mut self.target {
            Target::Taker(_) => self.pending = Some(StreamPart::Data(part)),
            Target::Whole(whole) => whole.extend_from_slice(&part),
        }
    }

    /// Whether a part waits for its taker.
    pub(super) fn is_pending(&self) -> bool {
        self.pending.is_some()
    }

    /// Hands on what is pending. Dropping the future loses nothing.
    pub(super) async fn hand_on(&mut self) {
        let Target::Taker(taker) = &self.target else {
            return;
        };
        // Who does not listen any more misses the rest; the function runs to its end.
        let room = taker.reserve().await;
        if let (Some(part), Ok(room)) = (self.pending.take(), room) {
            room.send(part);
        }
    }

    /// The answer has ended: what has not been handed on.
    pub(super) fn end(self, trailers: Trailers) -> Result<Bytes, Failure> {
        if let Some(error_type) = trailers.error_type {
            let body = trailers.error_body.unwrap_or_default();
            return Err(Failure::Reported {
                error_type,
                body: STANDARD.decode(&body).unwrap_or(body.into_bytes()).into(),
            });
        }
        if self.bytes > self.limit() {
            return Err(Failure::ResponseTooLarge { bytes: self.bytes });
        }
        Ok(match self.target {
            Target::Taker(_) => Bytes::new(),
            Target::Whole(whole) => whole.freeze(),
        })
    }

    fn limit(&self) -> u64 {
        match self.target {
            Target::Taker(_) => MAX_STREAMED_BYTES,
            Target::Whole(_) => u64::try_from(MAX_PAYLOAD_BYTES).unwrap_or(u64::MAX),
        }
    }
}
