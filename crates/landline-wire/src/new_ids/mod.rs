//! The ids of new things: drawn at random, or from a token that the caller wrote down before its call. So whoever may
//! end between a creation and its answer knows what to look for afterwards.

use std::sync::Arc;

use sha2::{Digest, Sha256};
use uuid::Builder;

use crate::caller::Caller;
use crate::request_id;

/// The ids that one call may give. The first one follows from the caller's token, if there is one; all others are
/// random.
#[derive(Debug, Clone)]
pub struct NewIds {
    token: Option<Arc<str>>,
}

impl Caller {
    /// The ids of what this call makes.
    pub fn new_ids(&self) -> NewIds {
        NewIds {
            token: self.creation_token.clone(),
        }
    }
}

impl NewIds {
    /// Ids of which the first follows from a token, for whoever calls under a name that it gives itself.
    pub fn from_token(token: &str) -> Self {
        Self {
            token: Some(token.into()),
        }
    }

    /// Ids that nobody knows before.
    pub fn random() -> Self {
        Self { token: None }
    }

    /// A resource id of API Gateway: `length` of `a-z0-9`, a letter first.
    pub fn resource_id(&mut self, length: usize) -> String {
        let Some(token) = self.token.take() else {
            return request_id::resource_id(length);
        };
        let digest = Sha256::digest(token.as_bytes());
        let characters = digest.iter().enumerate().take(length);
        let character = |(at, byte): (usize, &u8)| {
            let alphabet = if at == 0 {
                &ALPHABET[..LETTERS]
            } else {
                ALPHABET
            };
            char::from(alphabet[usize::from(*byte) % alphabet.len()])
        };
        characters.map(character).collect()
    }

    /// A UUID in lower case.
    pub fn uuid(&mut self) -> String {
        let Some(token) = self.token.take() else {
            return request_id::uuid();
        };
        let digest = Sha256::digest(token.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Builder::from_random_bytes(bytes).into_uuid().to_string()
    }
}

const ALPHABET: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789";
const LETTERS: usize = 26;

#[cfg(test)]
mod tests;
