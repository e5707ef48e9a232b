//! What clients carry for a pool and cannot read: sessions of challenges, secret blocks and refresh tokens. So none of
//! them needs a place in the store, and all of them outlive a restart.

use std::fmt;

use landline_wire::request_id::random_bytes;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

/// A pool's key for what it reads again itself. Nonces are random: 2³² of them may be used with one key.
pub(crate) struct Seal(LessSafeKey);

impl fmt::Debug for Seal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    pub(crate) fn new(key: &[u8]) -> Option<Self> {
        let key = UnboundKey::new(&AES_256_GCM, key).ok()?;
        Some(Self(LessSafeKey::new(key)))
    }

    pub(crate) fn close(&self, text: &[u8]) -> Vec<u8> {
        let nonce = random_bytes::<NONCE_LEN>();
        let mut sealed = text.to_vec();
        let unique = Nonce::assume_unique_for_key(nonce);
        // Only a text of gigabytes cannot be sealed; nothing opens what comes out then.
        if self
            .0
            .seal_in_place_append_tag(unique, Aad::empty(), &mut sealed)
            .is_err()
        {
            return Vec::new();
        }
        [&nonce[..], &sealed].concat()
    }

    pub(crate) fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, text) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let mut text = text.to_vec();
        let length = self
            .0
            .open_in_place(nonce, Aad::empty(), &mut text)
            .ok()?
            .len();
        text.truncate(length);
        Some(text)
    }
}
