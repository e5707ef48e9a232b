//! A pool's clients: the applications that let users in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use landline_api::cognito_idp as api;
use landline_api::cognito_idp::TimeUnitsType as Unit;
use landline_store::Collection;
use landline_wire::ServiceError;
use sha2::Sha256;

use crate::errors::not_authorized;
use crate::kept::Kept;

/// By their ids, which are unique among all pools.
pub(crate) const CLIENTS: Collection<Kept<api::UserPoolClientType>> =
    Collection::new("cognito.client");

/// What a client may do that was made without a word about it.
const DEFAULT_FLOWS: [&str; 3] = [
    "ALLOW_CUSTOM_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
    "ALLOW_USER_SRP_AUTH",
];

/// A client in one state of its configuration.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) settings: api::UserPoolClientType,
}

impl Client {
    pub(crate) fn new(settings: api::UserPoolClientType) -> Self {
        Self { settings }
    }

    pub(crate) fn id(&self) -> &str {
        self.settings.client_id.as_deref().unwrap_or_default()
    }

    pub(crate) fn pool_id(&self) -> &str {
        self.settings.user_pool_id.as_deref().unwrap_or_default()
    }

    /// Whether users may log in this way, by either of the names that it has had.
    pub(crate) fn allows(&self, flow: &str) -> bool {
        let Some(flows) = &self.settings.explicit_auth_flows else {
            return DEFAULT_FLOWS.contains(&flow);
        };
        let bare = flow.strip_prefix("ALLOW_").unwrap_or(flow);
        flows.iter().any(|allowed| {
            let allowed = allowed.as_str();
            let allowed = match allowed.strip_prefix("ALLOW_").unwrap_or(allowed) {
                "ADMIN_NO_SRP_AUTH" => "ADMIN_USER_PASSWORD_AUTH",
                "CUSTOM_AUTH_FLOW_ONLY" => "CUSTOM_AUTH",
                other => other,
            };
            // What was set before flows had to be allowed left these two free.
            allowed == bare
        }) || (bare == "REFRESH_TOKEN_AUTH"
            && !flows.iter().any(|flow| flow.as_str().starts_with("ALLOW_")))
    }

    /// Whether somebody who guesses names learns which of them are somebody's.
    pub(crate) fn hides_users(&self) -> bool {
        self.settings.prevent_user_existence_errors
            == Some(api::PreventUserExistenceErrorTypes::Enabled)
    }

    pub(crate) fn can_revoke(&self) -> bool {
        self.settings.enable_token_revocation != Some(false)
    }

    /// Asks for what proves that the client knows its secret, for any of the names that the user has.
    pub(crate) fn check_secret(
        &self,
        given: Option<&str>,
        names: &[&str],
    ) -> Result<(), ServiceError> {
        let Some(secret) = &self.settings.client_secret else {
            return Ok(());
        };
        let id = self.id();
        let Some(given) = given else {
            return Err(not_authorized(format!(
                "Client {id} is configured with secret but SECRET_HASH was not received"
            )));
        };
        let proof = STANDARD.decode(given).unwrap_or_default();
        let is_right = names.iter().any(|name| {
            let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes());
            let mut mac = mac.expect("HMAC takes keys of any length");
            mac.update(name.as_bytes());
            mac.update(id.as_bytes());
            mac.verify_slice(&proof).is_ok()
        });
        if is_right {
            return Ok(());
        }
        Err(not_authorized(format!(
            "Unable to verify secret hash for client {id}"
        )))
    }

    pub(crate) fn access_seconds(&self) -> i64 {
        let units = self.units();
        seconds(
            self.settings.access_token_validity,
            units.access_token,
            Unit::Hours,
        )
        .unwrap_or(3_600)
    }

    pub(crate) fn id_seconds(&self) -> i64 {
        let units = self.units();
        seconds(self.settings.id_token_validity, units.id_token, Unit::Hours).unwrap_or(3_600)
    }

    pub(crate) fn refresh_seconds(&self) -> i64 {
        let units = self.units();
        let validity = self.settings.refresh_token_validity;
        seconds(validity, units.refresh_token, Unit::Days).unwrap_or(30 * 86_400)
    }

    /// How long a challenge may be answered.
    pub(crate) fn session_millis(&self) -> i64 {
        i64::from(self.settings.auth_session_validity.unwrap_or(3)) * 60_000
    }

    fn units(&self) -> api::TokenValidityUnitsType {
        self.settings
            .token_validity_units
            .clone()
            .unwrap_or_default()
    }
}

fn seconds(count: Option<i32>, unit: Option<Unit>, usual: Unit) -> Option<i64> {
    let count = i64::from(count.filter(|count| *count > 0)?);
    Some(match unit.unwrap_or(usual) {
        Unit::Seconds => count,
        Unit::Minutes => count * 60,
        Unit::Hours => count * 3_600,
        _ => count * 86_400,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(change: impl FnOnce(&mut api::UserPoolClientType)) -> Client {
        let mut settings = api::UserPoolClientType {
            client_id: Some("app".to_owned()),
            ..Default::default()
        };
        change(&mut settings);
        Client::new(settings)
    }

    #[test]
    fn a_client_without_a_word_allows_what_aws_allows() {
        let client = client(|_| {});
        assert!(client.allows("ALLOW_USER_SRP_AUTH"));
        assert!(!client.allows("ALLOW_USER_PASSWORD_AUTH"));
        assert_eq!(client.access_seconds(), 3_600);
        assert_eq!(client.refresh_seconds(), 30 * 86_400);
    }

    #[test]
    fn flows_are_allowed_by_their_old_names_too() {
        let client = client(|it| {
            it.explicit_auth_flows = Some(vec![api::ExplicitAuthFlowsType::AdminNoSrpAuth]);
        });
        assert!(client.allows("ALLOW_ADMIN_USER_PASSWORD_AUTH"));
        assert!(client.allows("ALLOW_REFRESH_TOKEN_AUTH"));
        assert!(!client.allows("ALLOW_USER_SRP_AUTH"));
    }

    #[test]
    fn a_token_lasts_as_long_as_its_unit_says() {
        let client = client(|it| {
            it.access_token_validity = Some(5);
            it.token_validity_units = Some(api::TokenValidityUnitsType {
                access_token: Some(Unit::Minutes),
                ..Default::default()
            });
            it.id_token_validity = Some(2);
        });
        assert_eq!(client.access_seconds(), 300);
        assert_eq!(client.id_seconds(), 7_200);
    }

    #[test]
    fn a_secret_has_to_be_proven() {
        let client = client(|it| it.client_secret = Some("secret".to_owned()));
        // echo -n adaapp | openssl dgst -sha256 -hmac secret -binary | base64
        let proof = "7IFvjpcmnWhFAX3lc//5aoj2yxcuaOBRr4szPoIlSjc=";
        assert!(client.check_secret(Some(proof), &["ada"]).is_ok());
        assert!(client.check_secret(Some(proof), &["eve", "ada"]).is_ok());
        assert!(client.check_secret(Some(proof), &["eve"]).is_err());
        assert!(client.check_secret(Some("?"), &["ada"]).is_err());
        assert_eq!(
            client.check_secret(None, &["ada"]).unwrap_err().message,
            "Client app is configured with secret but SECRET_HASH was not received"
        );
    }
}
