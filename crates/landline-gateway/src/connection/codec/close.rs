//! Close frames: a status code and a reason.

use super::{CONTROL_BYTES, Failure};

/// The status and the reason with which a connection ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Close {
    pub(crate) code: u16,
    pub(crate) reason: Box<str>,
}

impl Close {
    /// A close with a reason, cut to what fits into a frame.
    pub(crate) fn new(code: u16, reason: &str) -> Self {
        let mut end = reason.len().min(REASON_BYTES);
        while !reason.is_char_boundary(end) {
            end -= 1;
        }
        Self {
            code,
            reason: reason[..end].into(),
        }
    }

    /// Reads the payload of a close frame; an empty one carries no status.
    pub(super) fn parse(payload: &[u8]) -> Result<Option<Self>, Failure> {
        if payload.is_empty() {
            return Ok(None);
        }
        let Some((code, reason)) = payload.split_first_chunk::<2>() else {
            return Err(Failure::Protocol("Close frame with half a status code"));
        };
        let code = u16::from_be_bytes(*code);
        if !is_valid_on_the_wire(code) {
            return Err(Failure::Protocol("Invalid close status code"));
        }
        let reason = simdutf8::basic::from_utf8(reason).map_err(|_| Failure::NotUtf8)?;
        let reason = reason.into();
        Ok(Some(Self { code, reason }))
    }
}

/// The codes that an endpoint may send (RFC 6455 §7.4, and 1012–1014 as registered
/// since). 1004, 1005, 1006 and 1015 only ever describe what happened.
fn is_valid_on_the_wire(code: u16) -> bool {
    matches!(code, 1000..=1003 | 1007..=1014 | 3000..=4999)
}

const REASON_BYTES: usize = CONTROL_BYTES - 2;
