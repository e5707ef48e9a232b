//! Doors to private engines, for `landline-fuzz` alone.

use http::Request;

use crate::connection::codec::{Close, Decoder, Event, Input, encode};
use crate::connection::upgrade::websocket_key;
use crate::quotas::MessageLimits;

/// What a decoder makes of `bytes` that come in pieces of the given sizes, over and
/// over: one line for each event, the last one for a failure.
pub fn decode(bytes: &[u8], sizes: &[usize], limits: &MessageLimits) -> Vec<String> {
    let mut decoder = Decoder::default();
    let mut seen = Vec::new();
    let mut bytes = bytes.to_vec();
    let mut rest = bytes.as_mut_slice();
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at_mut((*size).clamp(1, rest.len()));
        rest = after;
        let mut input = Input(piece);
        loop {
            match decoder.decode(&mut input, limits) {
                Ok(Some(event)) => seen.push(told(&event)),
                Ok(None) => break,
                Err(failure) => {
                    seen.push(format!("{:?}", failure.close()));
                    return seen;
                }
            }
        }
    }
    seen
}

fn told(event: &Event<'_>) -> String {
    match event {
        Event::Text(text) => format!("text {text}"),
        Event::Ping(payload) => format!("ping {payload:?}"),
        Event::Pong => "pong".to_owned(),
        Event::Close(close) => format!("{close:?}"),
    }
}

/// A message, a pong and a close frame as the gateway sends them.
pub fn encode(message: &[u8], code: u16, reason: &str) -> Vec<u8> {
    let mut output = Vec::new();
    encode::text(message, &mut output);
    encode::pong(message, &mut output);
    encode::close(Some(&Close::new(code, reason)), &mut output);
    output
}

/// The key of a valid handshake.
pub fn handshake_key(request: &Request<()>) -> Option<String> {
    let key = websocket_key(request).ok()?;
    Some(key.to_str().unwrap_or_default().to_owned())
}
