//! The date of a signature: `20150830T123600Z`, or a `Date` header.

use crate::Timestamp;

/// When a request says it was signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SigningDate {
    /// The point in time.
    pub(super) at: Timestamp,
    /// In the form that the string to sign has.
    pub(super) text: String,
}

impl SigningDate {
    /// Reads the basic form, or, as `Date` has it, RFC 7231's.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(at) = parse_basic(text) {
            let text = text.to_owned();
            return Some(Self { at, text });
        }
        Timestamp::parse(text)
            .filter(|_| text.contains(", "))
            .map(Self::at)
    }

    pub(super) fn at(at: Timestamp) -> Self {
        let text = at.iso8601_basic();
        Self { at, text }
    }

    /// `YYYYMMDD`.
    pub(super) fn day(&self) -> &str {
        self.text.get(..8).unwrap_or_default()
    }
}

fn parse_basic(text: &str) -> Option<Timestamp> {
    let shaped = text.len() == 16
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 => byte == b'T',
            15 => byte == b'Z',
            _ => byte.is_ascii_digit(),
        });
    if !shaped {
        return None;
    }
    let part = |from: usize, to: usize| text.get(from..to);
    let extended = format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(0, 4)?,
        part(4, 6)?,
        part(6, 8)?,
        part(9, 11)?,
        part(11, 13)?,
        part(13, 15)?
    );
    Timestamp::parse(&extended)
}
