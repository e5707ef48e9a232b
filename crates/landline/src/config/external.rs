//! `[dynamodb]`: an endpoint in the place of the embedded tables.

use http::Uri;
use serde::Deserialize;

use super::Secret;
use crate::env::Environment;

/// What the file says, unchecked.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DynamoDbLayer {
    /// The URL, such as `https://dynamodb.eu-central-1.amazonaws.com`.
    pub endpoint: Option<String>,
    /// The region that requests are signed for; Landline's own unless it says so.
    pub region: Option<String>,
    /// The access key that requests are signed with; `AWS_ACCESS_KEY_ID` unless it says so.
    pub access_key_id: Option<String>,
    /// Its secret; `AWS_SECRET_ACCESS_KEY` unless it says so.
    pub secret_access_key: Option<String>,
}

/// DynamoDB elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalDynamoDb {
    /// Where it is.
    pub endpoint: Uri,
    /// The region of signatures.
    pub region: String,
    /// The key that signs.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: Secret,
}

impl DynamoDbLayer {
    /// The settings, checked; nothing when no endpoint is named.
    pub(super) fn check(
        self,
        region: &str,
        environment: &Environment,
        mistakes: &mut Vec<String>,
    ) -> Option<ExternalDynamoDb> {
        let text = self.endpoint?;
        let endpoint = text.parse::<Uri>().ok().filter(|uri| {
            matches!(uri.scheme_str(), Some("http" | "https"))
                && uri.authority().is_some()
                && matches!(uri.path(), "" | "/")
        });
        let Some(endpoint) = endpoint else {
            mistakes.push(format!(
                "dynamodb.endpoint is `{text}`, not a URL such as https://dynamodb.{region}.amazonaws.com"
            ));
            return None;
        };
        // Endpoints that check no signatures still want one.
        let given = |own: Option<String>, name| {
            let own = own.or_else(|| environment.get(name).map(str::to_owned));
            own.unwrap_or_else(|| "test".to_owned())
        };
        Some(ExternalDynamoDb {
            endpoint,
            region: self.region.unwrap_or_else(|| region.to_owned()),
            access_key_id: given(self.access_key_id, "AWS_ACCESS_KEY_ID"),
            secret_access_key: Secret(given(self.secret_access_key, "AWS_SECRET_ACCESS_KEY")),
        })
    }
}
