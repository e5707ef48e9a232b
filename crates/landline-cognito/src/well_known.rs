//! What a pool publishes, so that others can check its tokens.

use serde_json::{Value, json};

use crate::Cognito;

/// A document of a pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// `/.well-known/jwks.json`.
    Keys,
    /// `/.well-known/openid-configuration`.
    Configuration,
}

impl Document {
    /// The document at the end of a path below `/.well-known/`.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "jwks.json" => Some(Self::Keys),
            "openid-configuration" => Some(Self::Configuration),
            _ => None,
        }
    }
}

impl Cognito {
    /// Whether there is such a pool.
    pub fn has_pool(&self, id: &str) -> bool {
        self.pools.find(id).is_some()
    }

    /// A document of a pool; none where there is no such pool.
    pub fn published(&self, pool: &str, document: Document) -> Option<Value> {
        let pool = self.pools.find(pool)?;
        if document == Document::Keys {
            return Some(pool.keys().ok()?.published());
        }
        let issuer = pool.issuer();
        let domain = pool.settings().domain.as_deref();
        let region = pool.region();
        let place = match domain {
            Some(domain) => format!("https://{domain}.auth.{region}.amazoncognito.com"),
            None => issuer.clone(),
        };
        Some(json!({
            "authorization_endpoint": format!("{place}/oauth2/authorize"),
            "end_session_endpoint": format!("{place}/logout"),
            "id_token_signing_alg_values_supported": ["RS256"],
            "issuer": issuer,
            "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
            "response_types_supported": ["code", "token"],
            "revocation_endpoint": format!("{place}/oauth2/revoke"),
            "scopes_supported": ["openid", "email", "phone", "profile"],
            "subject_types_supported": ["public"],
            "token_endpoint": format!("{place}/oauth2/token"),
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
            "userinfo_endpoint": format!("{place}/oauth2/userInfo"),
        }))
    }
}
