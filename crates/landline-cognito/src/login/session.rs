//! What a client carries between two steps of a login and cannot read.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use landline_wire::ServiceError;
use serde::{Deserialize, Serialize};

use super::Visit;
use crate::Cognito;
use crate::errors::{no_user, not_authorized};
use crate::user::UserRecord;

/// A session of the API takes no more characters.
const SESSION_MAX: usize = 2_048;

/// A login that waits for an answer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Session {
    /// The user's `sub`.
    user: String,
    client: String,
    until_millis: i64,
    pub(super) awaits: Awaits,
}

/// What the login waits for.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Awaits {
    NewPassword,
    Custom {
        rounds: Vec<Round>,
        private: BTreeMap<String, String>,
        metadata: Option<String>,
    },
}

/// A challenge of the application's own, and how it went.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Round {
    #[serde(rename = "challengeName")]
    pub(super) name: String,
    #[serde(rename = "challengeResult")]
    pub(super) is_right: bool,
    #[serde(rename = "challengeMetadata")]
    pub(super) metadata: Option<String>,
}

impl Cognito {
    /// Seals a session; none where it would be too long to be taken back.
    pub(super) fn seal(
        &self,
        visit: &Visit,
        user: &UserRecord,
        awaits: Awaits,
    ) -> Result<Option<String>, ServiceError> {
        let session = Session {
            user: user.sub.clone(),
            client: visit.client.id().to_owned(),
            until_millis: self.now() + visit.client.session_millis(),
            awaits,
        };
        let text = serde_json::to_vec(&session).map_err(|it| ServiceError::internal(&it))?;
        let sealed = URL_SAFE_NO_PAD.encode(visit.pool.keys()?.seal.close(&text));
        Ok((sealed.len() <= SESSION_MAX).then_some(sealed))
    }

    /// The login that a session is of.
    pub(super) fn resume(
        &self,
        visit: &Visit,
        session: Option<&str>,
    ) -> Result<(Session, UserRecord), ServiceError> {
        let invalid = || not_authorized("Invalid session for the user.");
        let sealed = URL_SAFE_NO_PAD.decode(session.unwrap_or_default());
        let opened = visit.pool.keys()?.seal.open(&sealed.unwrap_or_default());
        let session = opened.and_then(|text| serde_json::from_slice::<Session>(&text).ok());
        let session = session.filter(|it| it.client == visit.client.id());
        let session = session.ok_or_else(invalid)?;
        if session.until_millis <= self.now() {
            return Err(not_authorized(
                "Invalid session for the user, session is expired.",
            ));
        }
        let user = self.find_user(&visit.pool, &session.user)?;
        let user = user.ok_or_else(no_user)?;
        if !user.is_enabled {
            return Err(not_authorized("User is disabled."));
        }
        Ok((session, user))
    }
}
