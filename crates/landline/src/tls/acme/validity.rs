//! From when to when a certificate holds, read out of its DER.
//!
//! Only the way to these two dates is walked: `Certificate` → `TBSCertificate` → past
//! version, serial number, algorithm and issuer → `Validity` (RFC 5280, section 4.1).
//! Any other bytes give nothing.

use landline_wire::Timestamp;

/// The period in which a certificate holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// Its first moment.
    pub from: Timestamp,
    /// Its last.
    pub to: Timestamp,
}

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
const VERSION: u8 = 0xa0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

impl Validity {
    /// Reads a certificate.
    pub fn read(der: &[u8]) -> Option<Self> {
        let (certificate, _) = content(der, SEQUENCE)?;
        let (signed, _) = content(certificate, SEQUENCE)?;
        let (_version, rest) = content(signed, VERSION)?;
        let (_serial, rest) = content(rest, INTEGER)?;
        let (_algorithm, rest) = content(rest, SEQUENCE)?;
        let (_issuer, rest) = content(rest, SEQUENCE)?;
        let (validity, _) = content(rest, SEQUENCE)?;
        let (from, rest) = time(validity)?;
        let (to, _) = time(rest)?;
        Some(Self { from, to })
    }
}

/// What an element of that tag holds, and what follows it.
fn content(der: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (&first, rest) = der.split_first()?;
    if first != tag {
        return None;
    }
    let (&length, rest) = rest.split_first()?;
    let (length, rest) = match length.checked_sub(0x80) {
        None => (usize::from(length), rest),
        Some(count @ 1..=3) => {
            let (bytes, rest) = rest.split_at_checked(usize::from(count))?;
            let length = bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            (length, rest)
        }
        _ => return None,
    };
    rest.split_at_checked(length)
}

/// `YYMMDDHHMMSSZ` until 2049, `YYYYMMDDHHMMSSZ` from then on.
fn time(der: &[u8]) -> Option<(Timestamp, &[u8])> {
    let short = content(der, UTC_TIME);
    let (text, rest) = short.or_else(|| content(der, GENERALIZED_TIME))?;
    let text = std::str::from_utf8(text)
        .ok()
        .filter(|text| text.is_ascii())?;
    let digits = match (short.is_some(), text.len()) {
        (true, 13) if text < "50" => format!("20{text}"),
        (true, 13) => format!("19{text}"),
        (false, 15) => text.to_owned(),
        _ => return None,
    };
    let part = |range: std::ops::Range<usize>| digits.get(range);
    let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
    let (hour, minute, second) = (part(8..10)?, part(10..12)?, part(12..14)?);
    let at = Timestamp::parse(&format!("{year}-{month}-{day}T{hour}:{minute}:{second}Z"))?;
    Some((at, rest))
}
