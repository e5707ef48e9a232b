//! Signing keys: four HMACs from a secret to a key, kept while they are in use.

use std::collections::HashMap;
use std::fmt;

use crate::hex;

use hmac::{Hmac, Mac};
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::Scope;

/// A key that signs for one day, region and service.
pub(super) type SigningKey = [u8; 32];

/// Keys remembered at most; a key costs 100 bytes and saves four HMACs.
const KEYS_MAX: usize = 1024;

pub(super) fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub(super) fn constant_time_eq(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let difference = a.iter().zip(b).fold(0u8, |sum, (a, b)| sum | (a ^ b));
    std::hint::black_box(difference) == 0
}

/// Derives the key of `scope`.
pub(super) fn derive(secret: &str, scope: &Scope<'_>) -> SigningKey {
    let date = hmac(format!("AWS4{secret}").as_bytes(), scope.date.as_bytes());
    let region = hmac(&date, scope.region.as_bytes());
    let service = hmac(&region, scope.service.as_bytes());
    hmac(&service, b"aws4_request")
}

/// The keys derived so far.
#[derive(Default)]
pub(super) struct KeyCache(Mutex<HashMap<CacheKey, SigningKey>>);

/// The secret is part of the name, hashed: a key that was rotated is another key.
#[derive(PartialEq, Eq, Hash)]
struct CacheKey {
    secret: [u8; 32],
    scope: String,
}

impl KeyCache {
    pub(super) fn derive(&self, secret: &str, scope: &Scope<'_>) -> SigningKey {
        let name = CacheKey {
            secret: Sha256::digest(secret.as_bytes()).into(),
            scope: scope.without_key(),
        };
        if let Some(key) = self.0.lock().get(&name) {
            return *key;
        }
        let key = derive(secret, scope);
        let mut keys = self.0.lock();
        if keys.len() >= KEYS_MAX {
            // Rare (a new day, a client that invents regions); starting over is enough.
            keys.clear();
        }
        keys.insert(name, key);
        key
    }
}

impl fmt::Debug for KeyCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyCache")
            .field("keys", &self.0.lock().len())
            .finish()
    }
}
