//! The credentials that functions call back with.
//!
//! Each execution environment gets keys of its own. The secret and the token derive
//! from the node's key, so nothing is kept but whose they are, and they end with the
//! process, as the environments do.

use std::collections::HashMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use landline_lambda::{Credentials, IssueCredentials};
use landline_wire::sigv4::Credential;
use landline_wire::{Arn, request_id};
use parking_lot::Mutex;
use sha2::Sha256;

/// Sessions that are remembered; the oldest environments ended long before.
const MAX_SESSIONS: usize = 65_536;

/// Issues credentials and knows them again.
#[derive(Debug)]
pub struct IssuedCredentials {
    key: NodeKey,
    principals: Mutex<HashMap<String, String>>,
}

struct NodeKey([u8; 32]);

impl std::fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NodeKey(…)")
    }
}

impl IssuedCredentials {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self {
            key: NodeKey(key),
            principals: Mutex::default(),
        }
    }

    /// The secret behind an access key that was issued here.
    pub(crate) fn credential(&self, access_key_id: &str) -> Option<Credential> {
        self.principals
            .lock()
            .contains_key(access_key_id)
            .then(|| Credential {
                secret_access_key: self.derive("secret", access_key_id),
                session_token: Some(self.derive("token", access_key_id)),
                expires_at: None,
            })
    }

    /// The assumed role behind an access key that was issued here.
    pub(crate) fn principal(&self, access_key_id: &str) -> Option<String> {
        self.principals.lock().get(access_key_id).cloned()
    }

    fn derive(&self, purpose: &str, access_key_id: &str) -> String {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.key.0).expect("HMAC takes a key of any length");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(access_key_id.as_bytes());
        URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
    }
}

impl IssueCredentials for IssuedCredentials {
    fn issue(&self, role_arn: &str, function_arn: &str) -> Credentials {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let access_key_id = format!("ASIA{}", request_id::random_text(ALPHABET, 16));
        let function = function_arn.rsplit(':').next().unwrap_or_default();
        let mut principals = self.principals.lock();
        if principals.len() >= MAX_SESSIONS {
            principals.clear();
        }
        principals.insert(access_key_id.clone(), assumed_role(role_arn, function));
        Credentials {
            secret_access_key: self.derive("secret", &access_key_id),
            session_token: self.derive("token", &access_key_id),
            access_key_id,
        }
    }
}

/// `arn:aws:sts::{account}:assumed-role/{role}/{session}`, as a function is seen by others.
fn assumed_role(role_arn: &str, session: &str) -> String {
    let Some(arn) = Arn::parse(role_arn) else {
        return role_arn.to_owned();
    };
    let role = arn.resource.rsplit('/').next().unwrap_or_default();
    format!(
        "arn:{}:sts::{}:assumed-role/{role}/{session}",
        arn.partition, arn.account_id
    )
}
