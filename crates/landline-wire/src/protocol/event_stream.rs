//! `application/vnd.amazon.eventstream`: answers that come as one message after another.
//!
//! A message has a prelude (its length, that of its headers, and their checksum), headers, a
//! payload and the checksum of it all.
//!
//! <https://smithy.io/2.0/aws/amazon-eventstream.html>

use bytes::{BufMut, Bytes, BytesMut};

/// The media type of such an answer.
pub const CONTENT_TYPE: &str = "application/vnd.amazon.eventstream";

/// One event of an answer, such as `PayloadChunk`.
pub fn event(event_type: &str, content_type: &str, payload: &[u8]) -> Bytes {
    let headers = [
        (":event-type", event_type),
        (":content-type", content_type),
        (":message-type", "event"),
    ];
    let header_bytes: usize = headers.iter().map(|(n, v)| n.len() + v.len() + 4).sum();
    let total = PRELUDE_BYTES + header_bytes + payload.len() + CHECKSUM_BYTES;
    let mut message = BytesMut::with_capacity(total);
    message.put_u32(as_u32(total));
    message.put_u32(as_u32(header_bytes));
    message.put_u32(crc32fast::hash(&message));
    for (name, value) in headers {
        message.put_u8(u8::try_from(name.len()).unwrap_or(u8::MAX));
        message.put_slice(name.as_bytes());
        message.put_u8(TEXT);
        message.put_u16(u16::try_from(value.len()).unwrap_or(u16::MAX));
        message.put_slice(value.as_bytes());
    }
    message.put_slice(payload);
    message.put_u32(crc32fast::hash(&message));
    message.freeze()
}

fn as_u32(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

const PRELUDE_BYTES: usize = 12;
const CHECKSUM_BYTES: usize = 4;
/// The type of a header whose value is text.
const TEXT: u8 = 7;
