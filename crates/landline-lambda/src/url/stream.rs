//! What a function streams as an HTTP answer: status and headers where it has told them, then the
//! body as it comes.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/configuration-response-streaming.html>

use bytes::{Bytes, BytesMut};
use serde_json::Value;

use super::{UrlAnswer, answer};
use crate::execution::StreamPart;
use crate::operations::streaming::{BrokenOff, Streaming};
use crate::quotas::MAX_PRELUDE_BYTES;

/// The body of an answer behind its beginning.
#[derive(Debug)]
pub struct UrlStream(Option<Streaming>);

impl UrlStream {
    /// The next part of the body; `None` at its end. Status and headers are told already, so a function that fails now
    /// has no other way to say so than a body without an end.
    pub async fn next(&mut self) -> Option<Result<Bytes, BrokenOff>> {
        let streaming = self.0.as_mut()?;
        let last = loop {
            match streaming.next().await {
                Some(StreamPart::Data(bytes)) if bytes.is_empty() => {}
                Some(StreamPart::Data(bytes)) => return Some(Ok(bytes)),
                Some(StreamPart::Ends(outcome)) if !outcome.failed => break None,
                _ => break Some(Err(BrokenOff)),
            }
        };
        self.0 = None;
        last
    }
}

/// An answer, and the rest of its body where it is streamed.
pub(super) async fn begin(mut streaming: Streaming) -> (UrlAnswer, Option<UrlStream>) {
    let content_type = match streaming.next().await {
        Some(StreamPart::Begins { content_type }) => content_type,
        // The function does not stream: what it returned is the body, whatever it looks like.
        Some(StreamPart::Ends(outcome)) if !outcome.failed => {
            return (answer::plain(outcome.payload), None);
        }
        _ => return (answer::broken(502), None),
    };
    if content_type.as_deref() != Some(WITH_PRELUDE) {
        let kind = content_type.unwrap_or_else(|| "application/octet-stream".into());
        let answer = UrlAnswer {
            status: 200,
            headers: vec![("content-type".into(), kind)],
            body: Bytes::new(),
        };
        return (answer, Some(UrlStream(Some(streaming))));
    }
    let mut buffer = BytesMut::new();
    loop {
        match with_prelude(&buffer) {
            Prelude::Answer(answer) => return (answer, Some(UrlStream(Some(streaming)))),
            Prelude::Broken => return (answer::broken(502), None),
            Prelude::None => {}
        }
        match streaming.next().await {
            Some(StreamPart::Data(bytes)) if buffer.len() <= MAX_PRELUDE_BYTES => {
                buffer.extend_from_slice(&bytes);
            }
            _ => return (answer::broken(502), None),
        }
    }
}

/// What stands before the body of an answer.
pub(super) enum Prelude {
    /// Nothing, or not all of it yet.
    None,
    /// What no answer can be.
    Broken,
    /// Status and headers, with the beginning of the body.
    Answer(UrlAnswer),
}

/// Reads status and headers in JSON, eight zero bytes, and the beginning of the body.
pub(super) fn with_prelude(bytes: &[u8]) -> Prelude {
    let mut windows = bytes.windows(DELIMITER.len());
    let Some(at) = windows.position(|bytes| bytes == DELIMITER) else {
        return Prelude::None;
    };
    let body = Bytes::copy_from_slice(&bytes[at + DELIMITER.len()..]);
    let prelude = match serde_json::from_slice(&bytes[..at]) {
        Ok(Value::Object(prelude)) => answer::structured(&prelude),
        _ => None,
    };
    prelude.map_or(Prelude::Broken, |answer| {
        Prelude::Answer(UrlAnswer { body, ..answer })
    })
}

/// The media type of an answer that begins with its status and headers.
const WITH_PRELUDE: &str = "application/vnd.awslambda.http-integration-response";
const DELIMITER: [u8; 8] = [0; 8];
