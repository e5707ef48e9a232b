//! A pool's keys: two for its tokens, as on AWS, and one for what it hands out and wants to read again itself.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use landline_wire::request_id::random_bytes;
use num_bigint::BigUint;
use ring::rand::SystemRandom;
use ring::rsa::{KeyPairComponents, PublicKeyComponents};
use ring::signature::{
    RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::rsa::{EXPONENT, derive, new_primes};
use crate::sealed::Seal;

/// The keys as the store has them.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeysRecord {
    /// The primes of the key of identity tokens.
    id: (String, String),
    /// The primes of the key of access tokens.
    access: (String, String),
    seal: String,
}

impl fmt::Debug for KeysRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeysRecord")
    }
}

impl KeysRecord {
    /// New keys. It takes a good part of a second.
    pub(crate) fn new() -> Self {
        let pair = || {
            let (p, q) = new_primes();
            (encoded(&p), encoded(&q))
        };
        std::thread::scope(|scope| {
            let other = scope.spawn(pair);
            Self {
                id: pair(),
                access: other.join().unwrap_or_else(|_| pair()),
                seal: STANDARD.encode(random_bytes::<32>()),
            }
        })
    }

    /// Bytes that follow from a name, and that nobody else can tell.
    pub(crate) fn shadow(&self, name: &str) -> [u8; 16] {
        let hash = Sha256::digest(format!("{}{name}", self.seal));
        hash.first_chunk().copied().unwrap_or_default()
    }

    /// The keys as they are used; none where the record is no keys'.
    pub(crate) fn open(&self) -> Option<Keys> {
        Some(Keys {
            id: Signer::new(&self.id)?,
            access: Signer::new(&self.access)?,
            seal: Seal::new(&STANDARD.decode(&self.seal).ok()?)?,
        })
    }
}

fn encoded(number: &BigUint) -> String {
    STANDARD.encode(number.to_bytes_be())
}

/// A pool's keys, ready for use.
#[derive(Debug)]
pub(crate) struct Keys {
    pub(crate) id: Signer,
    pub(crate) access: Signer,
    pub(crate) seal: Seal,
}

impl Keys {
    /// `jwks.json`.
    pub(crate) fn published(&self) -> Value {
        json!({ "keys": [self.id.published(), self.access.published()] })
    }
}

/// Signs tokens, and tells whether it has signed one.
pub(crate) struct Signer {
    pair: RsaKeyPair,
    modulus: Vec<u8>,
    exponent: Vec<u8>,
    /// The id of its key.
    pub(crate) id: String,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Signer").field(&self.id).finish()
    }
}

impl Signer {
    fn new((p, q): &(String, String)) -> Option<Self> {
        let number = |text: &str| Some(BigUint::from_bytes_be(&STANDARD.decode(text).ok()?));
        let (p, q) = (number(p)?, number(q)?);
        let derived = derive(&p, &q)?;
        let modulus = derived.modulus.to_bytes_be();
        let exponent = BigUint::from(EXPONENT).to_bytes_be();
        let components = KeyPairComponents {
            public_key: PublicKeyComponents {
                n: modulus.as_slice(),
                e: exponent.as_slice(),
            },
            d: &derived.private_exponent.to_bytes_be(),
            p: &p.to_bytes_be(),
            q: &q.to_bytes_be(),
            dP: &derived.exponent_p.to_bytes_be(),
            dQ: &derived.exponent_q.to_bytes_be(),
            qInv: &derived.coefficient.to_bytes_be(),
        };
        let pair = RsaKeyPair::from_components(&components).ok()?;
        let id = STANDARD.encode(Sha256::digest(&modulus));
        Some(Self {
            pair,
            modulus,
            exponent,
            id,
        })
    }

    /// A JSON Web Token with these claims.
    pub(crate) fn sign(&self, claims: &Value) -> Option<String> {
        let head = json!({ "kid": self.id, "alg": "RS256" }).to_string();
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(head),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let mut signature = vec![0; self.pair.public().modulus_len()];
        let random = SystemRandom::new();
        self.pair
            .sign(
                &RSA_PKCS1_SHA256,
                &random,
                signed.as_bytes(),
                &mut signature,
            )
            .ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// The claims of a token that this key has signed, whenever that was.
    pub(crate) fn read(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (_, claims) = signed.split_once('.')?;
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        let public = RsaPublicKeyComponents {
            n: &self.modulus,
            e: &self.exponent,
        };
        public
            .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature)
            .ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
    }

    fn published(&self) -> Value {
        json!({
            "alg": "RS256",
            "e": URL_SAFE_NO_PAD.encode(&self.exponent),
            "kid": self.id,
            "kty": "RSA",
            "n": URL_SAFE_NO_PAD.encode(&self.modulus),
            "use": "sig",
        })
    }
}

/// What a token says before anybody has looked at its signature: to find whose it is.
pub(crate) fn unverified(token: &str) -> Option<Value> {
    let claims = token.split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_key_signs_and_knows_what_it_signed() {
        let keys = KeysRecord::new().open().unwrap();
        let token = keys.id.sign(&json!({ "sub": "me" })).unwrap();
        assert_eq!(keys.id.read(&token).unwrap()["sub"], "me");
        assert_eq!(keys.access.read(&token), None);
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let forged = format!("{signed}.{}", signature.replace(['a', 'b'], "c"));
        assert_eq!(keys.id.read(&forged), None);
        assert_eq!(keys.id.read("nonsense"), None);
    }

    #[test]
    fn keys_are_the_same_after_a_restart() {
        let record = KeysRecord::new();
        let text = serde_json::to_string(&record).unwrap();
        let again: KeysRecord = serde_json::from_str(&text).unwrap();
        let (keys, again) = (record.open().unwrap(), again.open().unwrap());
        assert_eq!(keys.published(), again.published());
        let sealed = keys.seal.close(b"state");
        assert_eq!(again.seal.open(&sealed).as_deref(), Some(&b"state"[..]));
        let count = keys.published()["keys"].as_array().unwrap().len();
        assert_eq!(count, 2);
    }
}
