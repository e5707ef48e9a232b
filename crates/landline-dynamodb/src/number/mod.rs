//! DynamoDB's number: up to 38 significant decimal digits, magnitude 1E-130 to 9.99…E+125, exact.
//!
//! Two spellings of one number are one value (`5`, `5.0`, `+5e0`), as a key and in a set, so a `Number` is
//! always held normalised and compares by its fields. No floating point is involved anywhere.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html>

mod arithmetic;
mod encoding;

pub use encoding::MAX_ENCODED_LEN;

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// `(-1)^negative × mantissa × 10^exponent`; the mantissa has no trailing zero, and zero is `0 × 10^0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Number {
    negative: bool,
    mantissa: u128,
    exponent: i16,
}

/// Why a text or a result is not a number that DynamoDB stores; `Display` is DynamoDB's own sentence.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    #[error("The parameter cannot be converted to a numeric value")]
    Empty,
    #[error("The parameter cannot be converted to a numeric value: {0}")]
    NotNumeric(String),
    #[error("Attempting to store more than 38 significant digits in a Number")]
    TooManyDigits,
    #[error(
        "Number overflow. Attempting to store a number with magnitude larger than supported range"
    )]
    Overflow,
    #[error(
        "Number underflow. Attempting to store a number with magnitude smaller than supported range"
    )]
    Underflow,
}

impl Number {
    /// The value zero, the start of every `ADD` on a missing attribute.
    pub const ZERO: Number = Number {
        negative: false,
        mantissa: 0,
        exponent: 0,
    };

    /// A count, such as the answer of `size(path)`.
    pub fn from_count(count: usize) -> Number {
        let (mantissa, exponent) = strip_zeros(count as u128, 0);
        Number {
            negative: false,
            mantissa,
            exponent: narrow(exponent),
        }
    }

    /// Bytes this number counts for in an item: one per two digits, one for the exponent, one for a minus sign.
    pub fn size(self) -> usize {
        if self.mantissa == 0 {
            1
        } else {
            1 + self.pair_count() + usize::from(self.negative)
        }
    }

    /// The number as an integer, if it is one that fits (list indexes, epoch seconds).
    pub fn to_i64(self) -> Option<i64> {
        if self.exponent < 0 {
            return None;
        }
        let scale = 10u128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        let magnitude = i128::try_from(self.mantissa.checked_mul(scale)?).ok()?;
        i64::try_from(if self.negative { -magnitude } else { magnitude }).ok()
    }

    /// Appends the plain decimal text: no exponent, no leading plus, no surplus zero.
    pub fn write_to(self, out: &mut Vec<u8>) {
        let mut buffer = [0u8; MAX_DIGITS];
        let digits = self.digits(&mut buffer);
        if self.negative {
            out.push(b'-');
        }
        let point = i32::try_from(digits.len()).unwrap_or(0) + i32::from(self.exponent);
        if self.exponent >= 0 {
            out.extend_from_slice(digits);
            push_zeros(out, i32::from(self.exponent));
        } else if point <= 0 {
            out.extend_from_slice(b"0.");
            push_zeros(out, -point);
            out.extend_from_slice(digits);
        } else {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
            out.extend_from_slice(whole);
            out.push(b'.');
            out.extend_from_slice(fraction);
        }
    }

    /// Builds the normal form, or says why DynamoDB would not store the result.
    fn normalise(negative: bool, mantissa: u128, exponent: i32) -> Result<Number, NumberError> {
        if mantissa == 0 {
            return Ok(Number::ZERO);
        }
        let (mantissa, exponent) = strip_zeros(mantissa, exponent);
        let digits = digit_count(mantissa);
        let adjusted = exponent + i32::try_from(digits).unwrap_or(0) - 1;
        if adjusted > MAX_ADJUSTED_EXPONENT {
            return Err(NumberError::Overflow);
        }
        if adjusted < MIN_ADJUSTED_EXPONENT {
            return Err(NumberError::Underflow);
        }
        if digits > MAX_DIGITS {
            return Err(NumberError::TooManyDigits);
        }
        Ok(Number {
            negative,
            mantissa,
            exponent: narrow(exponent),
        })
    }

    /// The exponent of the first digit, as in scientific notation.
    fn adjusted_exponent(self) -> i32 {
        i32::from(self.exponent) + i32::try_from(digit_count(self.mantissa)).unwrap_or(0) - 1
    }

    fn digits(self, buffer: &mut [u8; MAX_DIGITS]) -> &[u8] {
        let mut rest = self.mantissa;
        let mut start = buffer.len();
        loop {
            start -= 1;
            buffer[start] = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            if rest == 0 || start == 0 {
                break;
            }
        }
        &buffer[start..]
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Number, NumberError> {
        if text.is_empty() {
            return Err(NumberError::Empty);
        }
        let parts = Decimal::scan(text.as_bytes())
            .ok_or_else(|| NumberError::NotNumeric(text.to_owned()))?;
        parts.into_number()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Vec::with_capacity(MAX_DIGITS + 2);
        self.write_to(&mut text);
        f.write_str(&String::from_utf8_lossy(&text))
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Number) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Number) -> Ordering {
        match (self.sign(), other.sign()) {
            (a, b) if a != b => a.cmp(&b),
            (0, _) => Ordering::Equal,
            (1, _) => self.cmp_magnitude(*other),
            _ => other.cmp_magnitude(*self),
        }
    }
}

/// A decimal literal taken apart, before any limit is applied.
struct Decimal {
    negative: bool,
    mantissa: u128,
    digits: usize,
    exponent: i64,
}

impl Decimal {
    /// Reads `[+-] digits [. digits] [e [+-] digits]`; `None` if the text has any other form.
    fn scan(text: &[u8]) -> Option<Decimal> {
        let (negative, mut rest) = match text.split_first()? {
            (b'-', rest) => (true, rest),
            (b'+', rest) => (false, rest),
            _ => (false, text),
        };
        let mut number = Decimal {
            negative,
            mantissa: 0,
            digits: 0,
            exponent: 0,
        };
        let (mut seen, mut pending_zeros, mut after_point) = (false, 0usize, false);
        while let Some((&byte, tail)) = rest.split_first() {
            match byte {
                b'.' if !after_point => after_point = true,
                b'0'..=b'9' => {
                    seen = true;
                    number.exponent -= i64::from(after_point);
                    if byte != b'0' {
                        number.push(pending_zeros, byte - b'0');
                        pending_zeros = 0;
                    } else if number.digits > 0 {
                        pending_zeros += 1;
                    }
                }
                b'e' | b'E' if seen => {
                    number.exponent = number.exponent.checked_add(scan_exponent(tail)?)?;
                    rest = &[];
                    continue;
                }
                _ => return None,
            }
            rest = tail;
        }
        number.exponent = number
            .exponent
            .checked_add(i64::try_from(pending_zeros).ok()?)?;
        seen.then_some(number)
    }

    /// Digits past the 38th are only counted: the number is refused, but first it must be known as too large or too small.
    fn push(&mut self, zeros: usize, digit: u8) {
        self.digits += zeros + 1;
        if self.digits <= MAX_DIGITS {
            let scale = 10u128.pow(u32::try_from(zeros + 1).unwrap_or(0));
            self.mantissa = self.mantissa * scale + u128::from(digit);
        }
    }

    fn into_number(self) -> Result<Number, NumberError> {
        if self.digits == 0 {
            return Ok(Number::ZERO);
        }
        let adjusted = self.exponent + i64::try_from(self.digits).unwrap_or(i64::MAX / 2) - 1;
        if adjusted > i64::from(MAX_ADJUSTED_EXPONENT) {
            return Err(NumberError::Overflow);
        }
        if adjusted < i64::from(MIN_ADJUSTED_EXPONENT) {
            return Err(NumberError::Underflow);
        }
        if self.digits > MAX_DIGITS {
            return Err(NumberError::TooManyDigits);
        }
        let exponent = i32::try_from(self.exponent).map_err(|_| NumberError::Overflow)?;
        Number::normalise(self.negative, self.mantissa, exponent)
    }
}

/// An exponent of any length: it saturates, because what lies far outside the range is refused by its size, not its form.
fn scan_exponent(text: &[u8]) -> Option<i64> {
    let (sign, digits) = match text.split_first()? {
        (b'-', rest) => (-1, rest),
        (b'+', rest) => (1, rest),
        _ => (1, text),
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0i64;
    for byte in digits {
        let digit = byte.is_ascii_digit().then(|| i64::from(byte - b'0'))?;
        value = (value * 10 + digit).min(EXPONENT_CEILING);
    }
    Some(sign * value)
}

fn strip_zeros(mut mantissa: u128, mut exponent: i32) -> (u128, i32) {
    if mantissa == 0 {
        return (0, 0);
    }
    while mantissa.is_multiple_of(10) {
        mantissa /= 10;
        exponent += 1;
    }
    (mantissa, exponent)
}

fn digit_count(mantissa: u128) -> usize {
    mantissa.checked_ilog10().map_or(1, |log| log as usize + 1)
}

/// Exponents are checked against the range before they get here.
fn narrow(exponent: i32) -> i16 {
    i16::try_from(exponent).unwrap_or(0)
}

fn push_zeros(out: &mut Vec<u8>, count: i32) {
    out.resize(out.len() + usize::try_from(count).unwrap_or(0), b'0');
}

const MAX_DIGITS: usize = 38;
const MAX_ADJUSTED_EXPONENT: i32 = 125;
const MIN_ADJUSTED_EXPONENT: i32 = -130;
const EXPONENT_CEILING: i64 = 1_000_000_000_000;

#[cfg(test)]
mod tests;
