//! From CBOR to the tree that every protocol parses into.

use std::borrow::Cow;

use bytes::Bytes;

use crate::shape::Node;

/// Bytes that are no CBOR, or more than a body may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    /// The bytes end within a value.
    #[error("the document ends too early")]
    Cut,
    /// A value does not begin like one.
    #[error("unexpected byte {0:#04x}")]
    Unexpected(u8),
    /// Text that is not UTF-8.
    #[error("text is not UTF-8")]
    NoText,
    /// Bytes behind the value.
    #[error("there is more behind the document")]
    Behind,
    /// Values in values in values.
    #[error("the document is nested too deeply")]
    Deep,
}

/// Parses one value, which must be all that there is. Text is borrowed.
pub fn parse(whole: &Bytes) -> Result<Node<'_>, Malformed> {
    let mut reader = Reader { whole, at: 0 };
    let node = reader.value(0)?;
    if reader.at < whole.len() {
        return Err(Malformed::Behind);
    }
    Ok(node)
}

/// Nesting beyond this is refused, as when a structure is read.
const MAX_DEPTH: usize = 128;

struct Reader<'a> {
    whole: &'a Bytes,
    at: usize,
}

/// The first bytes of a value.
struct Head {
    first: u8,
    /// `None` where the length is told by a break at the end.
    argument: Option<u64>,
}

impl Head {
    fn major(&self) -> u8 {
        self.first >> 5
    }
}

impl<'a> Reader<'a> {
    fn value(&mut self, depth: usize) -> Result<Node<'a>, Malformed> {
        if depth > MAX_DEPTH {
            return Err(Malformed::Deep);
        }
        let head = self.head()?;
        let unexpected = Malformed::Unexpected(head.first);
        match (head.major(), head.argument) {
            (0, Some(value)) => Ok(unsigned(value)),
            (1, Some(value)) => Ok(negative(value)),
            (2, length) => self.bytes(length),
            (3, length) => self.text(length),
            (4, length) => self.list(length, depth),
            (5, length) => self.map(length, depth),
            // A date is a number like others once one knows that it is a date; so are other tags.
            (6, Some(_)) => self.value(depth + 1),
            (7, Some(value)) => simple(head.first, value).ok_or(unexpected),
            _ => Err(unexpected),
        }
    }

    fn head(&mut self) -> Result<Head, Malformed> {
        let first = self.take(1)?[0];
        let argument = match first & 0x1f {
            short @ 0..=23 => Some(u64::from(short)),
            long @ 24..=27 => {
                let bytes = self.take(1 << (long - 24))?;
                let value = bytes
                    .iter()
                    .fold(0, |sum, byte| sum << 8 | u64::from(*byte));
                Some(value)
            }
            31 => None,
            _ => return Err(Malformed::Unexpected(first)),
        };
        Ok(Head { first, argument })
    }

    fn take(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let end = self.at.checked_add(count).ok_or(Malformed::Cut)?;
        let taken = self.whole.get(self.at..end).ok_or(Malformed::Cut)?;
        self.at = end;
        Ok(taken)
    }

    fn string(&mut self, length: u64) -> Result<&'a [u8], Malformed> {
        self.take(usize::try_from(length).map_err(|_| Malformed::Cut)?)
    }

    fn bytes(&mut self, length: Option<u64>) -> Result<Node<'a>, Malformed> {
        let taken = match length {
            Some(length) => self.whole.slice_ref(self.string(length)?),
            None => self.chunks(2)?.into(),
        };
        Ok(Node::Bytes(taken))
    }

    fn text(&mut self, length: Option<u64>) -> Result<Node<'a>, Malformed> {
        let text = if let Some(length) = length {
            let text = std::str::from_utf8(self.string(length)?);
            Cow::Borrowed(text.map_err(|_| Malformed::NoText)?)
        } else {
            let text = String::from_utf8(self.chunks(3)?);
            Cow::Owned(text.map_err(|_| Malformed::NoText)?)
        };
        Ok(Node::String(text))
    }

    /// A string in pieces of the same kind, to the break.
    fn chunks(&mut self, major: u8) -> Result<Vec<u8>, Malformed> {
        let mut whole = Vec::new();
        while !self.is_over()? {
            let head = self.head()?;
            match head.argument {
                Some(length) if head.major() == major => {
                    whole.extend_from_slice(self.string(length)?);
                }
                _ => return Err(Malformed::Unexpected(head.first)),
            }
        }
        Ok(whole)
    }

    fn list(&mut self, length: Option<u64>, depth: usize) -> Result<Node<'a>, Malformed> {
        let mut items = Vec::new();
        let mut left = length;
        while self.has_more(&mut left)? {
            items.push(self.value(depth + 1)?);
        }
        Ok(Node::List(items))
    }

    fn map(&mut self, length: Option<u64>, depth: usize) -> Result<Node<'a>, Malformed> {
        let mut members = Vec::new();
        let mut left = length;
        while self.has_more(&mut left)? {
            let first = self.whole.get(self.at).copied();
            let Node::String(key) = self.value(depth + 1)? else {
                return Err(Malformed::Unexpected(first.unwrap_or_default()));
            };
            members.push((key, self.value(depth + 1)?));
        }
        Ok(Node::Map(members))
    }

    /// Whether a container has another entry: so many, or as many as come before a break.
    fn has_more(&mut self, left: &mut Option<u64>) -> Result<bool, Malformed> {
        match left {
            None => Ok(!self.is_over()?),
            Some(0) => Ok(false),
            Some(count) => {
                *count -= 1;
                Ok(true)
            }
        }
    }

    /// Takes the break, if it is next.
    fn is_over(&mut self) -> Result<bool, Malformed> {
        let next = *self.whole.get(self.at).ok_or(Malformed::Cut)?;
        if next == BREAK {
            self.at += 1;
        }
        Ok(next == BREAK)
    }
}

#[expect(clippy::cast_precision_loss, reason = "as any number beyond 64 bits")]
fn unsigned(value: u64) -> Node<'static> {
    i64::try_from(value).map_or(Node::Float(value as f64), Node::Integer)
}

#[expect(clippy::cast_precision_loss, reason = "as any number beyond 64 bits")]
fn negative(value: u64) -> Node<'static> {
    i64::try_from(value).map_or(Node::Float(-1.0 - value as f64), |value| {
        Node::Integer(-1 - value)
    })
}

/// Truth values, nothing, and floating-point numbers of three sizes.
fn simple(first: u8, argument: u64) -> Option<Node<'static>> {
    Some(match (first & 0x1f, argument) {
        (0..=24, 20) => Node::Bool(false),
        (0..=24, 21) => Node::Bool(true),
        (0..=24, 22 | 23) => Node::Null,
        (25, bits) => Node::Float(half(u16::try_from(bits).ok()?)),
        (26, bits) => Node::Float(f64::from(f32::from_bits(u32::try_from(bits).ok()?))),
        (27, bits) => Node::Float(f64::from_bits(bits)),
        _ => return None,
    })
}

/// A number of sixteen bits (RFC 8949, appendix D).
fn half(bits: u16) -> f64 {
    let (exponent, mantissa) = (i32::from(bits >> 10 & 0x1f), f64::from(bits & 0x3ff));
    let value = match exponent {
        0 => mantissa * 2f64.powi(-24),
        31 if mantissa == 0.0 => f64::INFINITY,
        31 => f64::NAN,
        _ => (mantissa + 1024.0) * 2f64.powi(exponent - 25),
    };
    if bits >> 15 == 1 { -value } else { value }
}

const BREAK: u8 = 0xff;
