//! The order-preserving byte form of a number: comparing bytes compares values.
//!
//! One byte of sign and exponent (base 100), then pairs of digits. A pair is stored as `pair + 1` for a positive
//! number and `101 - pair` for a negative one, so a terminator below (0) or above (102) every pair keeps both the order and
//! the end readable inside a longer key. Twenty pairs are the most there can be, so twenty need no terminator.
//! The same bytes without the positive terminator are what DynamoDB hashes to place an item.

use super::{MAX_DIGITS, Number, digit_count};

/// The longest encoded number.
pub const MAX_ENCODED_LEN: usize = 21;

impl Number {
    /// Appends the self-delimiting key form.
    pub fn encode_ordered(self, out: &mut Vec<u8>) {
        self.encode_hashed(out);
        let open = self.mantissa == 0 || self.pair_count() < MAX_PAIRS;
        if open && !self.negative {
            out.push(POSITIVE_END);
        }
    }

    /// Appends the form that goes into the scan-order hash.
    pub fn encode_hashed(self, out: &mut Vec<u8>) {
        if self.mantissa == 0 {
            out.push(ZERO);
            return;
        }
        let exponent = self.adjusted_exponent() + 1;
        // Rounded up, so that the first pair is the one that holds the first digit.
        let halved = (exponent + 1).div_euclid(2) + 64;
        let weight = u8::try_from(halved).unwrap_or(0);
        out.push(if self.negative {
            !(ZERO | weight)
        } else {
            ZERO | weight
        });
        for pair in self.pairs().into_iter().take(self.pair_count()) {
            out.push(if self.negative {
                NEGATIVE_BASE - pair
            } else {
                pair + 1
            });
        }
        if self.negative && self.pair_count() < MAX_PAIRS {
            out.push(NEGATIVE_END);
        }
    }

    /// Reads a number from the front of a key; returns it and how many bytes it took, `None` for bytes no number has.
    pub fn decode_ordered(bytes: &[u8]) -> Option<(Number, usize)> {
        let (&head, tail) = bytes.split_first()?;
        if head == ZERO && tail.first() == Some(&POSITIVE_END) {
            return Some((Number::ZERO, 2));
        }
        let negative = head & ZERO == 0;
        let end = if negative { NEGATIVE_END } else { POSITIVE_END };
        let pairs = tail
            .iter()
            .take(MAX_PAIRS)
            .take_while(|byte| **byte != end)
            .count();
        let used = 1 + pairs + usize::from(pairs < MAX_PAIRS);
        if pairs == 0 || bytes.len() < used {
            return None;
        }
        let mut mantissa = 0u128;
        for (index, byte) in tail[..pairs].iter().enumerate() {
            let pair = if negative {
                NEGATIVE_BASE.checked_sub(*byte)?
            } else {
                byte.checked_sub(1)?
            };
            // With 38 digits the second half of the twentieth pair is always the padding zero, and would not fit.
            let (scale, digits) = if index + 1 == MAX_PAIRS {
                (10, pair / 10)
            } else {
                (100, pair)
            };
            mantissa = mantissa
                .checked_mul(scale)?
                .checked_add(u128::from(digits))?;
        }
        let weight = i32::from(if negative { !head } else { head } & !ZERO) - 64;
        let places = pairs * 2 - usize::from(pairs == MAX_PAIRS);
        let exponent = weight * 2 - i32::try_from(places).ok()?;
        Some((Number::normalise(negative, mantissa, exponent).ok()?, used))
    }

    pub(super) fn pair_count(self) -> usize {
        (digit_count(self.mantissa) + usize::from(self.leads_with_zero())).div_ceil(2)
    }

    /// Pairs are aligned to powers of 100, so every other exponent puts a zero before the first digit.
    fn leads_with_zero(self) -> bool {
        self.adjusted_exponent().rem_euclid(2) == 0
    }

    fn pairs(self) -> [u8; MAX_PAIRS] {
        let mut buffer = [0u8; MAX_DIGITS];
        let mut pairs = [0u8; MAX_PAIRS];
        let offset = usize::from(self.leads_with_zero());
        for (index, digit) in self.digits(&mut buffer).iter().enumerate() {
            let place = index + offset;
            pairs[place / 2] += (digit - b'0') * if place.is_multiple_of(2) { 10 } else { 1 };
        }
        pairs
    }
}

const ZERO: u8 = 0x80;
const MAX_PAIRS: usize = 20;
const POSITIVE_END: u8 = 0;
const NEGATIVE_END: u8 = 102;
const NEGATIVE_BASE: u8 = 101;
