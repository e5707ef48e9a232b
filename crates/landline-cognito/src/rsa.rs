//! New RSA keys: two primes, and what follows from them. `ring` signs with keys and makes none, and what is needed to make
//! one is a page of arithmetic (ADR 15).
//!
//! FIPS 186-5, A.1.3 and B.3.1: <https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.186-5.pdf>

use landline_wire::request_id::random_bytes;
use num_bigint::BigUint;

/// The public exponent of all keys.
pub(crate) const EXPONENT: u32 = 65_537;
/// Bytes of a prime; a modulus has twice as many.
const PRIME_BYTES: usize = 128;
/// Odd numbers that are tried after a random one, before another one is drawn.
const STEPS: u32 = 4_096;
/// Numbers below it sort out most candidates, which is cheaper than any test.
const SMALL: u32 = 4_000;
/// Rounds of Miller and Rabin's test with random bases: FIPS asks for four at this size.
const ROUNDS: usize = 8;

/// The two primes of a new key, the larger one first.
pub(crate) fn new_primes() -> (BigUint, BigUint) {
    loop {
        let (one, other) = (new_prime(), new_prime());
        // A hundred bits less than they have: primes that are close to each other can be found.
        let far = BigUint::from(1_u32) << (PRIME_BYTES * 8 - 100);
        if one > &other + &far {
            return (one, other);
        }
        if other > &one + &far {
            return (other, one);
        }
    }
}

/// What signing needs besides the primes.
pub(crate) struct Derived {
    pub(crate) modulus: BigUint,
    pub(crate) private_exponent: BigUint,
    pub(crate) exponent_p: BigUint,
    pub(crate) exponent_q: BigUint,
    pub(crate) coefficient: BigUint,
}

/// The rest of the key that has these primes; none where they are no key's.
pub(crate) fn derive(p: &BigUint, q: &BigUint) -> Option<Derived> {
    let one = BigUint::from(1_u32);
    if *p <= one || *q <= one {
        return None;
    }
    let (before_p, before_q) = (p - &one, q - &one);
    let common = greatest_common_divisor(before_p.clone(), before_q.clone());
    let period = &before_p / common * &before_q;
    let private_exponent = BigUint::from(EXPONENT).modinv(&period)?;
    Some(Derived {
        modulus: p * q,
        exponent_p: &private_exponent % before_p,
        exponent_q: &private_exponent % before_q,
        coefficient: q.modinv(p)?,
        private_exponent,
    })
}

fn greatest_common_divisor(mut a: BigUint, mut b: BigUint) -> BigUint {
    let zero = BigUint::from(0_u32);
    while b != zero {
        let rest = &a % &b;
        a = b;
        b = rest;
    }
    a
}

fn new_prime() -> BigUint {
    let small = small_primes();
    loop {
        let mut bytes = random_bytes::<PRIME_BYTES>();
        // Both first bits, so that the product of two has as many bits as it should; the last one, because it is odd.
        bytes[0] |= 0xC0;
        bytes[PRIME_BYTES - 1] |= 1;
        let start = BigUint::from_bytes_be(&bytes);
        let rests: Vec<(u32, u32)> = small.iter().map(|&p| (p, rest(&start, p))).collect();
        for step in (0..STEPS * 2).step_by(2) {
            if rests.iter().any(|&(p, rest)| (rest + step) % p == 0) {
                continue;
            }
            let candidate = &start + step;
            let has_inverse = rest(&candidate, EXPONENT) != 1;
            if has_inverse && candidate.bits() == PRIME_BYTES as u64 * 8 && is_prime(&candidate) {
                return candidate;
            }
        }
    }
}

fn rest(number: &BigUint, divisor: u32) -> u32 {
    let rest = number % divisor;
    rest.iter_u32_digits().next().unwrap_or_default()
}

fn small_primes() -> Vec<u32> {
    let mut primes: Vec<u32> = Vec::new();
    for candidate in (3..SMALL).step_by(2) {
        if primes.iter().all(|prime| candidate % prime != 0) {
            primes.push(candidate);
        }
    }
    primes
}

/// Miller and Rabin's test of an odd number beyond the small ones.
fn is_prime(candidate: &BigUint) -> bool {
    let one = BigUint::from(1_u32);
    let before = candidate - &one;
    let twos = before.trailing_zeros().unwrap_or_default();
    let odd = &before >> twos;
    let mut bases = (0..ROUNDS).map(|_| {
        let base = BigUint::from_bytes_be(&random_bytes::<PRIME_BYTES>());
        base % (candidate - 3_u32) + 2_u32
    });
    bases.all(|base| {
        let mut power = base.modpow(&odd, candidate);
        if power == one || power == before {
            return true;
        }
        for _ in 1..twos {
            power = &power * &power % candidate;
            if power == before {
                return true;
            }
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_prime_or_not() {
        // Two of the primes that curves are built on, and products that deceive weaker tests.
        let prime = (BigUint::from(1_u32) << 255) - 19_u32;
        assert!(is_prime(&prime));
        assert!(is_prime(&((BigUint::from(1_u32) << 521) - 1_u32)));
        for composite in [3_215_031_751_u64, 3_825_123_056_546_413_051, 1_000_001] {
            assert!(!is_prime(&BigUint::from(composite)));
        }
        assert!(!is_prime(&(&prime * &prime)));
    }

    #[test]
    fn primes_that_are_none_give_no_key() {
        let (zero, one) = (BigUint::from(0_u32), BigUint::from(1_u32));
        assert!(derive(&zero, &one).is_none());
        assert!(derive(&one, &one).is_none());
    }
}
