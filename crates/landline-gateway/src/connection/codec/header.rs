//! The header of a client's frame, refused as early as it can be.

use super::{CONTROL_BYTES, Failure, Opcode};
use crate::quotas::MessageLimits;

/// The header of one frame.
#[derive(Debug, Clone, Copy)]
pub(super) struct Header {
    pub(super) is_final: bool,
    pub(super) opcode: Opcode,
    pub(super) length: usize,
    pub(super) mask: [u8; 4],
}

/// What the frames before allow the next one to be.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// The bytes of the message under way, if one is.
    pub(super) message_bytes: Option<usize>,
    /// Its frames.
    pub(super) fragments: usize,
}

impl Header {
    /// Reads a header from the front of `bytes` and says how long it is;
    /// `None` when bytes are missing.
    pub(super) fn parse(
        bytes: &[u8],
        before: Before,
        limits: &MessageLimits,
    ) -> Result<Option<(Self, usize)>, Failure> {
        let &[first, second, ..] = bytes else {
            return bytes
                .first()
                .map_or(Ok(None), |first| first_byte(*first, before).map(|_| None));
        };
        let opcode = first_byte(first, before)?;
        if second & MASKED == 0 {
            return Err(Failure::Protocol("Frame is not masked"));
        }
        let short_length = usize::from(second & LENGTH);
        if opcode.is_control() && short_length > CONTROL_BYTES {
            return Err(Failure::Protocol("Control frame too long"));
        }
        let Some((length, mask_at)) = read_length(&bytes[2..], short_length)? else {
            return Ok(None);
        };
        if !opcode.is_control() {
            check_size(length, before, limits)?;
        }
        let Some(mask) = bytes.get(2 + mask_at..).and_then(<[u8]>::first_chunk::<4>) else {
            return Ok(None);
        };
        let header = Self {
            is_final: first & FINAL != 0,
            opcode,
            length,
            mask: *mask,
        };
        Ok(Some((header, 2 + mask_at + 4)))
    }
}

fn first_byte(byte: u8, before: Before) -> Result<Opcode, Failure> {
    if byte & RESERVED != 0 {
        return Err(Failure::Protocol("Reserved bits are set"));
    }
    let opcode = Opcode::from_bits(byte & OPCODE).ok_or(Failure::Protocol("Reserved opcode"))?;
    if opcode.is_control() {
        if byte & FINAL == 0 {
            return Err(Failure::Protocol("Fragmented control frame"));
        }
        return Ok(opcode);
    }
    match (opcode, before.message_bytes) {
        (Opcode::Continuation, None) => Err(Failure::Protocol("Continuation of no message")),
        (Opcode::Text | Opcode::Binary, Some(_)) => {
            Err(Failure::Protocol("Message within a message"))
        }
        (Opcode::Binary, None) => Err(Failure::Binary),
        _ => Ok(opcode),
    }
}

/// The payload's length and how many bytes told it beyond the second.
fn read_length(bytes: &[u8], short: usize) -> Result<Option<(usize, usize)>, Failure> {
    let (length, width, least) = match short {
        126 => (
            bytes
                .first_chunk::<2>()
                .map(|b| u64::from(u16::from_be_bytes(*b))),
            2,
            126,
        ),
        127 => (
            bytes.first_chunk::<8>().map(|b| u64::from_be_bytes(*b)),
            8,
            65_536,
        ),
        short => return Ok(Some((short, 0))),
    };
    let Some(length) = length else {
        return Ok(None);
    };
    if length < least {
        return Err(Failure::Protocol("Length is not in its shortest form"));
    }
    if length >> 63 == 1 {
        return Err(Failure::Protocol("Length is negative"));
    }
    // A length beyond the address space is as much too big as any other.
    Ok(Some((usize::try_from(length).unwrap_or(usize::MAX), width)))
}

/// Limits hold for the header's word alone, before any payload is kept.
fn check_size(length: usize, before: Before, limits: &MessageLimits) -> Result<(), Failure> {
    let message_bytes = before.message_bytes.unwrap_or(0).saturating_add(length);
    let is_too_big = length > limits.frame_bytes
        || message_bytes > limits.message_bytes
        || before.fragments >= limits.fragments;
    if is_too_big {
        return Err(Failure::TooBig);
    }
    Ok(())
}

const FINAL: u8 = 0x80;
const RESERVED: u8 = 0x70;
const OPCODE: u8 = 0x0F;
const MASKED: u8 = 0x80;
const LENGTH: u8 = 0x7F;
/// Two bytes, eight of length, four of mask.
pub(super) const HEADER_BYTES: usize = 14;
