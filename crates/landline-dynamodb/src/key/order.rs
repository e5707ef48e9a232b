//! The order-preserving form of one key attribute: UTF-8 bytes, numeric value, or unsigned bytes.

use bytes::Bytes;

use crate::number::Number;
use crate::value::{AttributeType, AttributeValue};

/// Appends the key form of `S`, `N` or `B`; any other type is no key, and `false` says so.
pub fn encode_scalar(value: &AttributeValue, out: &mut Vec<u8>) -> bool {
    match value {
        AttributeValue::S(text) => escape(text.as_bytes(), out),
        AttributeValue::B(bytes) => escape(bytes, out),
        AttributeValue::N(number) => number.encode_ordered(out),
        _ => return false,
    }
    true
}

/// Reads one key attribute of a known type from the front of `bytes`; returns it and how many bytes it took.
pub fn decode_scalar(kind: AttributeType, bytes: &[u8]) -> Option<(AttributeValue, usize)> {
    match kind {
        AttributeType::N => {
            Number::decode_ordered(bytes).map(|(number, used)| (AttributeValue::N(number), used))
        }
        AttributeType::S => {
            let (raw, used) = unescape(bytes)?;
            Some((AttributeValue::S(String::from_utf8(raw).ok()?), used))
        }
        AttributeType::B => {
            unescape(bytes).map(|(raw, used)| (AttributeValue::B(Bytes::from(raw)), used))
        }
        _ => None,
    }
}

/// Appends the raw bytes of a `begins_with` prefix: like a key, but open at its end.
pub(crate) fn encode_open(bytes: &[u8], out: &mut Vec<u8>) {
    for byte in bytes {
        out.push(*byte);
        if *byte == TERMINATOR {
            out.push(ESCAPED);
        }
    }
}

/// The smallest byte string after every one that begins with `prefix`; `None` if there is none.
pub fn successor(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte != u8::MAX)?;
    let mut next = prefix[..=last].to_vec();
    next[last] += 1;
    Some(next)
}

/// A zero byte becomes `00 FF` and the end is `00 00`, so a prefix sorts before everything it begins.
fn escape(bytes: &[u8], out: &mut Vec<u8>) {
    encode_open(bytes, out);
    out.extend_from_slice(&[TERMINATOR, TERMINATOR]);
}

fn unescape(bytes: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut raw = Vec::new();
    let mut index = 0;
    loop {
        match (*bytes.get(index)?, bytes.get(index + 1)) {
            (TERMINATOR, Some(&TERMINATOR)) => return Some((raw, index + 2)),
            (TERMINATOR, Some(&ESCAPED)) => {
                raw.push(TERMINATOR);
                index += 2;
            }
            (TERMINATOR, _) => return None,
            (byte, _) => {
                raw.push(byte);
                index += 1;
            }
        }
    }
}

const TERMINATOR: u8 = 0;
const ESCAPED: u8 = 0xff;
