//! The Secure Remote Password protocol, version 6a, as Cognito speaks it: a user proves to know a password that the pool
//! does not know and that does not travel. What a pool keeps is the verifier; a password that does travel is checked with
//! it, too.
//!
//! Numbers are hashed as signed ones: with a zero byte before a first bit that is set. RFC 5054 has the protocol and the
//! group: <https://www.rfc-editor.org/rfc/rfc5054>. What AWS's clients compute decides the rest.

use std::fmt;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use landline_wire::hex;
use landline_wire::request_id::random_bytes;
use num_bigint::{BigInt, BigUint};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The group of 3072 bits.
static MODULUS: LazyLock<BigUint> = LazyLock::new(|| number(MODULUS_HEX));
/// The hash of modulus and generator.
static MULTIPLIER: LazyLock<BigUint> = LazyLock::new(|| {
    let hash = hashed(&[&signed(&MODULUS), &signed(&generator())]);
    BigUint::from_bytes_be(&hash)
});

fn generator() -> BigUint {
    BigUint::from(2_u32)
}

/// What a pool keeps of a password.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Verifier {
    salt: String,
    verifier: String,
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Verifier")
    }
}

/// Whose password it is: the part of the pool's id behind the underscore, and the user's name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Identity<'a> {
    pub(crate) pool: &'a str,
    pub(crate) user: &'a str,
}

impl Verifier {
    /// The verifier of a new password.
    pub(crate) fn new(identity: Identity<'_>, password: &str) -> Self {
        Self::salted(identity, password, random_bytes())
    }

    /// One that no password fits: for somebody who is not there, and always the same for one name.
    pub(crate) fn of_nobody(secret: [u8; 16]) -> Self {
        let nobody = Identity { pool: "", user: "" };
        Self::salted(nobody, &hex(&random_bytes::<32>()), secret)
    }

    fn salted(identity: Identity<'_>, password: &str, mut salt: [u8; 16]) -> Self {
        // Whether a client hashes it as bytes or as a number makes no difference then.
        salt[0] = salt[0] & 0x7F | 0x40;
        let verifier = power(identity, password, &salt);
        Self {
            salt: hex(&salt),
            verifier: STANDARD.encode(verifier.to_bytes_be()),
        }
    }

    /// Whether a password is the one. It takes milliseconds, as a guess does for whoever has stolen the verifier.
    pub(crate) fn fits(&self, identity: Identity<'_>, password: &str) -> bool {
        let salt = signed(&number(&self.salt));
        power(identity, password, &salt) == self.number()
    }

    fn number(&self) -> BigUint {
        BigUint::from_bytes_be(&STANDARD.decode(&self.verifier).unwrap_or_default())
    }
}

fn power(identity: Identity<'_>, password: &str, salt: &[u8]) -> BigUint {
    let who = format!("{}{}:{password}", identity.pool, identity.user);
    let hash = hashed(&[salt, &hashed(&[who.as_bytes()])]);
    generator().modpow(&BigUint::from_bytes_be(&hash), &MODULUS)
}

/// The server's half of an exchange, which the client carries sealed until it answers.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Exchange {
    /// What the client has begun with.
    client: String,
    secret: String,
}

/// What the client is told.
pub(crate) struct Opening {
    pub(crate) public: String,
    pub(crate) salt: String,
    pub(crate) exchange: Exchange,
}

/// What the client answers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Proof<'a> {
    pub(crate) signature: &'a str,
    pub(crate) secret_block: &'a [u8],
    pub(crate) timestamp: &'a str,
}

/// Begins an exchange; none where the client's number is none, or one that would make the outcome known.
pub(crate) fn open(verifier: &Verifier, client: &str) -> Option<Opening> {
    let public = BigUint::parse_bytes(client.as_bytes(), 16)?;
    if client.len() > CLIENT_DIGITS_MAX || &public % &*MODULUS == BigUint::from(0_u32) {
        return None;
    }
    let secret = random_bytes::<32>();
    let number = server_public(verifier, &BigUint::from_bytes_be(&secret));
    Some(Opening {
        public: number.to_str_radix(16),
        salt: verifier.salt.clone(),
        exchange: Exchange {
            client: client.to_owned(),
            secret: STANDARD.encode(secret),
        },
    })
}

fn server_public(verifier: &Verifier, secret: &BigUint) -> BigUint {
    let own = generator().modpow(secret, &MODULUS);
    (&*MULTIPLIER * verifier.number() + own) % &*MODULUS
}

impl Exchange {
    /// Whether the client knows the password.
    pub(crate) fn is_proven(
        &self,
        verifier: &Verifier,
        identity: Identity<'_>,
        proof: Proof<'_>,
    ) -> bool {
        let Ok(signature) = STANDARD.decode(proof.signature) else {
            return false;
        };
        let client = number(&self.client);
        let secret = BigUint::from_bytes_be(&STANDARD.decode(&self.secret).unwrap_or_default());
        let server = server_public(verifier, &secret);
        let scrambler = BigUint::from_bytes_be(&hashed(&[&signed(&client), &signed(&server)]));
        let shared = client * verifier.number().modpow(&scrambler, &MODULUS);
        let shared = shared.modpow(&secret, &MODULUS);
        let key = session_key(&shared, &scrambler);
        let mut mac = keyed(&key);
        mac.update(identity.pool.as_bytes());
        mac.update(identity.user.as_bytes());
        mac.update(proof.secret_block);
        mac.update(proof.timestamp.as_bytes());
        mac.verify_slice(&signature).is_ok()
    }
}

/// HKDF with the words that AWS's clients have for it, cut to sixteen bytes.
fn session_key(shared: &BigUint, scrambler: &BigUint) -> Vec<u8> {
    let mut extract = keyed(&signed(scrambler));
    extract.update(&signed(shared));
    let mut expand = keyed(&extract.finalize().into_bytes());
    expand.update(b"Caldera Derived Key\x01");
    expand.finalize().into_bytes()[..16].to_vec()
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn hashed(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// Big-endian, with a zero byte before a first bit that is set.
fn signed(number: &BigUint) -> Vec<u8> {
    BigInt::from(number.clone()).to_signed_bytes_be()
}

fn number(digits: &str) -> BigUint {
    BigUint::parse_bytes(digits.as_bytes(), 16).unwrap_or_default()
}

/// Clients send at most as many digits as the modulus has, and a zero.
const CLIENT_DIGITS_MAX: usize = 770;

const MODULUS_HEX: &str = "\
    FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD\
    EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED\
    EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F\
    83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B\
    E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510\
    15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7\
    ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C\
    BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF";

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: Identity<'_> = Identity {
        pool: "AbCdEf123",
        user: "ada",
    };

    /// What a client computes.
    fn prove(opening: &Opening, secret: &BigUint, password: &str, block: &[u8]) -> String {
        let client = generator().modpow(secret, &MODULUS);
        let server = number(&opening.public);
        let scrambler = BigUint::from_bytes_be(&hashed(&[&signed(&client), &signed(&server)]));
        let who = format!("{}{}:{password}", WHO.pool, WHO.user);
        let inner = hashed(&[who.as_bytes()]);
        let x = BigUint::from_bytes_be(&hashed(&[&signed(&number(&opening.salt)), &inner]));
        let verifier = generator().modpow(&x, &MODULUS);
        let base = (server + &*MODULUS * &*MULTIPLIER - &*MULTIPLIER * verifier) % &*MODULUS;
        let shared = base.modpow(&(secret + &scrambler * x), &MODULUS);
        let mut mac = keyed(&session_key(&shared, &scrambler));
        for part in [WHO.pool.as_bytes(), WHO.user.as_bytes(), block, b"now"] {
            mac.update(part);
        }
        STANDARD.encode(mac.finalize().into_bytes())
    }

    fn is_let_in(password: &str) -> bool {
        let verifier = Verifier::new(WHO, "Correct1!");
        let secret = BigUint::from_bytes_be(&random_bytes::<32>());
        let client = generator().modpow(&secret, &MODULUS).to_str_radix(16);
        let opening = open(&verifier, &client).unwrap();
        let signature = prove(&opening, &secret, password, b"block");
        let proof = Proof {
            signature: &signature,
            secret_block: b"block",
            timestamp: "now",
        };
        opening.exchange.is_proven(&verifier, WHO, proof)
    }

    #[test]
    fn who_knows_the_password_can_prove_it() {
        assert!(is_let_in("Correct1!"));
        assert!(!is_let_in("Wrong1!"));
    }

    #[test]
    fn a_password_that_travels_is_checked_with_the_verifier() {
        let verifier = Verifier::new(WHO, "Correct1!");
        assert!(verifier.fits(WHO, "Correct1!"));
        assert!(!verifier.fits(WHO, "correct1!"));
        let other = Identity { user: "eve", ..WHO };
        assert!(!verifier.fits(other, "Correct1!"));
    }

    #[test]
    fn numbers_that_would_tell_the_outcome_are_refused() {
        let verifier = Verifier::new(WHO, "Correct1!");
        for client in ["0", "", "xyz", MODULUS_HEX, &"f".repeat(800)] {
            assert!(open(&verifier, client).is_none(), "{client}");
        }
    }

    #[test]
    fn the_group_is_the_one_of_the_rfc() {
        assert_eq!(MODULUS.bits(), 3072);
        let digest = hex(&Sha256::digest(MODULUS_HEX));
        assert_eq!(&digest[..16], "2b2c15e1523695d7");
    }
}
