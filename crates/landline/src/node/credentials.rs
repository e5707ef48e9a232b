//! The credentials that the node itself gives out: to functions, to whoever assumes a role, and to users of IAM.
//!
//! Secrets and tokens derive from the node's key, so nothing is kept but whose they are, and they end
//! with the process. A function's keys live as long as its execution environment; a session of STS
//! has an end of its own, and cannot push a function's keys out.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, OnceLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use landline_lambda::{Credentials, IssueCredentials};
use landline_platform::iam::Iam;
use landline_platform::sts::{OpenSessions, SessionKeys};
use landline_wire::sigv4::Credential;
use landline_wire::{Arn, Timestamp, request_id};
use parking_lot::Mutex;
use sha2::Sha256;

/// Sessions of one kind that are remembered, the newest.
const MAX_SESSIONS: usize = 65_536;

/// Issues credentials and knows them again.
#[derive(Debug)]
pub struct IssuedCredentials {
    key: NodeKey,
    functions: Mutex<Sessions>,
    assumed: Mutex<Sessions>,
    /// Who knows the access keys of users.
    iam: OnceLock<Arc<Iam>>,
}

struct NodeKey([u8; 32]);

impl std::fmt::Debug for NodeKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NodeKey(…)")
    }
}

/// Whose access keys are whose.
#[derive(Debug, Default)]
struct Sessions {
    by_key: HashMap<String, Session>,
    /// Access key ids, the oldest first.
    order: VecDeque<String>,
}

#[derive(Debug, Clone)]
struct Session {
    principal: Arc<str>,
    expires_at: Option<Timestamp>,
}

impl Sessions {
    fn remember(&mut self, access_key_id: &str, session: Session) {
        if self.order.len() >= MAX_SESSIONS
            && let Some(oldest) = self.order.pop_front()
        {
            self.by_key.remove(&oldest);
        }
        self.order.push_back(access_key_id.to_owned());
        self.by_key.insert(access_key_id.to_owned(), session);
    }
}

impl IssuedCredentials {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self {
            key: NodeKey(key),
            functions: Mutex::default(),
            assumed: Mutex::default(),
            iam: OnceLock::new(),
        }
    }

    /// Lets users of IAM be known by their access keys.
    pub(super) fn know_users(&self, iam: Arc<Iam>) {
        // A second call would bring the same.
        let _known = self.iam.set(iam);
    }

    /// The secret behind an access key that was issued here.
    pub(crate) fn credential(&self, access_key_id: &str) -> Option<Credential> {
        let Some(session) = self.session(access_key_id) else {
            let key = self.iam.get()?.user_key(access_key_id)?;
            return Some(Credential::lasting(&*key.secret_access_key));
        };
        Some(Credential {
            secret_access_key: self.derive("secret", access_key_id),
            session_token: Some(self.derive("token", access_key_id)),
            expires_at: session.expires_at,
        })
    }

    /// The principal behind an access key that was issued here.
    pub(crate) fn principal(&self, access_key_id: &str) -> Option<Arc<str>> {
        match self.session(access_key_id) {
            Some(session) => Some(session.principal),
            None => Some(self.iam.get()?.user_key(access_key_id)?.principal),
        }
    }

    fn session(&self, access_key_id: &str) -> Option<Session> {
        let find = |sessions: &Mutex<Sessions>| sessions.lock().by_key.get(access_key_id).cloned();
        find(&self.functions).or_else(|| find(&self.assumed))
    }

    fn new_keys(&self) -> SessionKeys {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let access_key_id = format!("ASIA{}", request_id::random_text(ALPHABET, 16));
        SessionKeys {
            secret_access_key: self.derive("secret", &access_key_id),
            session_token: self.derive("token", &access_key_id),
            access_key_id,
        }
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
        let function = function_arn.rsplit(':').next().unwrap_or_default();
        let keys = self.new_keys();
        let session = Session {
            principal: assumed_role(role_arn, function).into(),
            expires_at: None,
        };
        self.functions.lock().remember(&keys.access_key_id, session);
        Credentials {
            access_key_id: keys.access_key_id,
            secret_access_key: keys.secret_access_key,
            session_token: keys.session_token,
        }
    }
}

impl OpenSessions for IssuedCredentials {
    fn open(&self, principal: &str, expires_at: Timestamp) -> SessionKeys {
        let keys = self.new_keys();
        let session = Session {
            principal: principal.into(),
            expires_at: Some(expires_at),
        };
        self.assumed.lock().remember(&keys.access_key_id, session);
        keys
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
