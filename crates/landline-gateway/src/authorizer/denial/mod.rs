//! How a client is turned away: status, text, and the form in which both are sent.

use std::borrow::Cow;

use bytes::Bytes;
use landline_wire::Arn;

use crate::connection::id::ConnectionId;
use crate::message::reply;

/// Why a client may not connect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Denial {
    /// A request that AWS's front end refuses with a page of its own.
    Malformed,
    /// An answer in the gateway's form, with both ids.
    Answered {
        status: u16,
        message: Cow<'static, str>,
    },
}

impl Denial {
    pub(super) fn new(status: u16, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Answered {
            status,
            message: message.into(),
        }
    }

    pub(super) fn unauthorized() -> Self {
        Self::new(401, "Unauthorized")
    }

    pub(super) fn forbidden() -> Self {
        Self::new(403, "Forbidden")
    }

    pub(super) fn internal_server_error() -> Self {
        Self::new(500, "Internal server error")
    }

    pub(crate) fn message(&self) -> &str {
        match self {
            Self::Malformed => "Bad Request",
            Self::Answered { message, .. } => message,
        }
    }
}

/// The body of a denial. Texts of the verifier may repeat what the client sent.
pub(crate) fn render(message: &str, connection_id: &ConnectionId, request_id: &str) -> Bytes {
    let quoted = serde_json::Value::from(message).to_string();
    let escaped = quoted.trim_start_matches('"');
    let escaped = escaped.strip_suffix('"').unwrap_or(escaped);
    reply::render(escaped, connection_id, request_id)
}

/// An ARN as denials show it: of the account only the last four digits.
pub(crate) fn masked(arn: &str) -> String {
    let Some(parsed) = Arn::parse(arn) else {
        return arn.to_owned();
    };
    let account = parsed.account_id;
    let shown = account.len().saturating_sub(4);
    let masked = format!("********{}", account.get(shown..).unwrap_or_default());
    let account_id = masked.as_str();
    Arn {
        account_id,
        ..parsed
    }
    .to_string()
}

#[cfg(test)]
mod tests;
