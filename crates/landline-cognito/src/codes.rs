//! Codes that confirm something. Nobody is sent anything from here: a code is written to the log, and kept until it is
//! used, has been guessed at too often, or is too old.

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_wire::ServiceError;
use landline_wire::request_id::random_text;
use serde::{Deserialize, Serialize};

use crate::errors::limit;
use crate::pool::Pool;
use crate::quotas::CODE_ATTEMPTS;
use crate::user::UserRecord;

/// A code that is on its way.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct CodeRecord {
    code: String,
    until_millis: i64,
    attempts: u32,
    /// The attribute that whoever knows the code has access to.
    pub(crate) attribute: String,
}

/// What codes of registrations are kept under.
pub(crate) const SIGN_UP: &str = "sign-up";
/// What codes that reset a password are kept under.
pub(crate) const RESET: &str = "reset";

impl CodeRecord {
    pub(crate) fn new(attribute: &str, until_millis: i64) -> Self {
        Self {
            code: random_text(b"0123456789", 6),
            until_millis,
            attempts: 0,
            attribute: attribute.to_owned(),
        }
    }

    #[cfg(test)]
    pub(crate) fn code(&self) -> &str {
        &self.code
    }
}

/// Whether a code is the one that the user was given. A wrong one counts against the user, so that the caller has to write
/// the user down in any case.
pub(crate) fn check(
    user: &mut UserRecord,
    purpose: &str,
    given: &str,
    now: i64,
) -> Result<CodeRecord, ServiceError> {
    let Some(known) = user.codes.get_mut(purpose) else {
        return Err(expired());
    };
    if known.attempts >= CODE_ATTEMPTS {
        return Err(limit("Attempt limit exceeded, please try after some time."));
    }
    if known.until_millis <= now {
        return Err(expired());
    }
    if known.code != given {
        known.attempts += 1;
        return Err(mismatch());
    }
    user.codes.remove(purpose).ok_or_else(expired)
}

fn expired() -> ServiceError {
    errors::ExpiredCodeException.with("Invalid code provided, please request a code again.")
}

pub(crate) fn mismatch() -> ServiceError {
    errors::CodeMismatchException.with("Invalid verification code provided, please try again.")
}

/// Tells the node's owner what AWS would have sent to the user.
pub(crate) fn tell(pool: &Pool, user: &UserRecord, code: &CodeRecord, what: &str) {
    tracing::info!(
        UserPoolId = pool.id,
        Username = user.username,
        "{}",
        format_args!("code {} {what}", code.code)
    );
}

/// The address as whoever asks may see it: `a***@e***`.
pub(crate) fn delivery(attribute: &str, address: &str) -> api::CodeDeliveryDetailsType {
    let is_email = attribute == "email";
    let masked = match address.split_once('@') {
        Some((who, domain)) if is_email => format!("{}***@{}***", first(who), first(domain)),
        _ => {
            let digits: Vec<char> = address.chars().collect();
            let last: String = digits[digits.len().saturating_sub(4)..].iter().collect();
            format!("+{}{last}", "*".repeat(digits.len().saturating_sub(5)))
        }
    };
    api::CodeDeliveryDetailsType {
        destination: Some(masked),
        delivery_medium: Some(if is_email {
            api::DeliveryMediumType::Email
        } else {
            api::DeliveryMediumType::Sms
        }),
        attribute_name: Some(attribute.to_owned()),
    }
}

fn first(text: &str) -> String {
    text.chars().take(1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_with_its_first_letters() {
        let email = delivery("email", "ada@example.com");
        assert_eq!(email.destination.as_deref(), Some("a***@e***"));
        let phone = delivery("phone_number", "+491701234567");
        assert_eq!(phone.destination.as_deref(), Some("+********4567"));
        let odd = delivery("phone_number", "+1");
        assert_eq!(odd.destination.as_deref(), Some("++1"));
    }
}
