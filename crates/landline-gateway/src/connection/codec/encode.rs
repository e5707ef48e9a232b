//! Messages to frames, unmasked as a server sends them.

use super::{CONTROL_BYTES, Close, Opcode};
use crate::quotas;

/// Appends a text message, in continuation frames when it exceeds one frame.
pub(crate) fn text(message: &[u8], output: &mut Vec<u8>) {
    output.reserve(message.len() + FRAME_OVERHEAD * (1 + message.len() / quotas::FRAME_BYTES));
    let mut opcode = Opcode::Text;
    let mut rest = message;
    while rest.len() > quotas::FRAME_BYTES {
        let (chunk, after) = rest.split_at(quotas::FRAME_BYTES);
        frame(opcode, NOT_FINAL, chunk, output);
        opcode = Opcode::Continuation;
        rest = after;
    }
    frame(opcode, FINAL, rest, output);
}

/// Appends the answer to a ping.
pub(crate) fn pong(payload: &[u8], output: &mut Vec<u8>) {
    frame(
        Opcode::Pong,
        FINAL,
        &payload[..payload.len().min(CONTROL_BYTES)],
        output,
    );
}

/// Appends a close frame; `None` carries no status.
pub(crate) fn close(close: Option<&Close>, output: &mut Vec<u8>) {
    let mut payload = Vec::new();
    if let Some(close) = close {
        payload.extend_from_slice(&close.code.to_be_bytes());
        payload.extend_from_slice(close.reason.as_bytes());
    }
    frame(Opcode::Close, FINAL, &payload, output);
}

fn frame(opcode: Opcode, final_bit: u8, payload: &[u8], output: &mut Vec<u8>) {
    output.push(final_bit | opcode.bits());
    match payload.len() {
        short @ ..=125 => output.push(u8::try_from(short).unwrap_or(0)),
        // Chunks are at most 32 KiB, so that two bytes always hold the length.
        long => {
            output.push(126);
            output.extend_from_slice(&u16::try_from(long).unwrap_or(u16::MAX).to_be_bytes());
        }
    }
    output.extend_from_slice(payload);
}

const FINAL: u8 = 0x80;
const NOT_FINAL: u8 = 0x00;
const FRAME_OVERHEAD: usize = 4;
