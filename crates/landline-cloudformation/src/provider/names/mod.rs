//! The names of resources to which the template gives none: `STACK-LOGICALID-RANDOM`, as on AWS.

use sha2::{Digest, Sha256};

/// The name of a resource, cut to what every service takes (IAM and Lambda: 64 characters). The end is drawn from the
/// stack and the operation instead of at random, so that an operation taken up again after a crash gives the same name.
pub fn physical_name(stack_name: &str, logical_id: &str, seed: &str) -> String {
    let digest = Sha256::digest(format!("{seed}/{logical_id}"));
    let tail: String = digest
        .iter()
        .take(TAIL)
        .map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()]))
        .collect();
    let room = MAX_LENGTH - TAIL - 2;
    let logical_id: String = logical_id
        .chars()
        .take(room.saturating_sub(stack_name.chars().count().min(room / 2)))
        .collect();
    let stack_name: String = stack_name
        .chars()
        .take(room - logical_id.chars().count())
        .collect();
    format!("{stack_name}-{logical_id}-{tail}")
}

const MAX_LENGTH: usize = 64;
const TAIL: usize = 12;
const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

#[cfg(test)]
mod tests;
