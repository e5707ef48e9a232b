//! Exact addition, subtraction and comparison. A result that needs more than 38 digits is refused, never rounded;
//! AWS calls it an overflow.

use std::cmp::Ordering;

use super::{Number, NumberError};

impl Number {
    /// `self + other`, as `SET a = a + :v` and `ADD a :v` compute it.
    pub fn checked_add(self, other: Number) -> Result<Number, NumberError> {
        if self.mantissa == 0 {
            return Ok(other);
        }
        if other.mantissa == 0 {
            return Ok(self);
        }
        let (high, low) = if self.exponent >= other.exponent {
            (self, other)
        } else {
            (other, self)
        };
        let shift = u32::from(high.exponent.abs_diff(low.exponent));
        // The low mantissa does not end in zero, so a shifted sum cannot lose digits again: what leaves u128 has too many.
        let scaled = 10u128
            .checked_pow(shift)
            .and_then(|scale| high.mantissa.checked_mul(scale))
            .ok_or(NumberError::Overflow)?;
        let exponent = i32::from(low.exponent);
        if high.negative == low.negative {
            let sum = scaled
                .checked_add(low.mantissa)
                .ok_or(NumberError::Overflow)?;
            return exact(Number::normalise(high.negative, sum, exponent));
        }
        let (negative, difference) = if scaled >= low.mantissa {
            (high.negative, scaled - low.mantissa)
        } else {
            (low.negative, low.mantissa - scaled)
        };
        exact(Number::normalise(negative, difference, exponent))
    }

    /// `self - other`, as `SET a = a - :v` computes it.
    pub fn checked_sub(self, other: Number) -> Result<Number, NumberError> {
        self.checked_add(other.negated())
    }

    fn negated(self) -> Number {
        Number {
            negative: !self.negative && self.mantissa != 0,
            ..self
        }
    }

    pub(super) fn sign(self) -> i8 {
        match (self.mantissa, self.negative) {
            (0, _) => 0,
            (_, false) => 1,
            (_, true) => -1,
        }
    }

    pub(super) fn cmp_magnitude(self, other: Number) -> Ordering {
        self.adjusted_exponent()
            .cmp(&other.adjusted_exponent())
            .then_with(|| {
                // Equal first digits' weight and at most 38 digits each: the shift fits.
                let shift = u32::from(self.exponent.abs_diff(other.exponent));
                let scale = 10u128.saturating_pow(shift);
                if self.exponent >= other.exponent {
                    self.mantissa.saturating_mul(scale).cmp(&other.mantissa)
                } else {
                    self.mantissa.cmp(&other.mantissa.saturating_mul(scale))
                }
            })
    }
}

fn exact(result: Result<Number, NumberError>) -> Result<Number, NumberError> {
    result.map_err(|error| match error {
        NumberError::TooManyDigits => NumberError::Overflow,
        other => other,
    })
}
