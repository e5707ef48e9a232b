//! Which passwords a pool takes (pure), and those that it makes up.

use landline_api::cognito_idp as api;
use landline_api::cognito_idp::errors;
use landline_wire::ServiceError;
use landline_wire::request_id::random_text;

use crate::quotas::{PASSWORD_MAX, PASSWORD_MIN};

/// What AWS counts as a symbol.
/// <https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html>
const SYMBOLS: &str = "^$*.[]{}()?-\"!@#%&/\\,><':;|_~`+= ";

/// Refuses a password that the pool's policy does not take.
pub(crate) fn check(policy: &api::PasswordPolicyType, password: &str) -> Result<(), ServiceError> {
    let refuse = |why: &str| {
        let text = format!("Password did not conform with policy: {why}");
        Err(errors::InvalidPasswordException.with(text))
    };
    let length = password.chars().count();
    let least = policy.minimum_length.unwrap_or(PASSWORD_MIN);
    if length < usize::try_from(least).unwrap_or_default() {
        return refuse("Password not long enough");
    }
    if length > PASSWORD_MAX {
        return refuse("Password too long");
    }
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    let wants = |flag: Option<bool>| flag == Some(true);
    if wants(policy.require_uppercase) && !has(char::is_uppercase) {
        return refuse("Password must have uppercase characters");
    }
    if wants(policy.require_lowercase) && !has(char::is_lowercase) {
        return refuse("Password must have lowercase characters");
    }
    if wants(policy.require_numbers) && !has(|it| it.is_ascii_digit()) {
        return refuse("Password must have numeric characters");
    }
    if wants(policy.require_symbols) && !has(|it| SYMBOLS.contains(it)) {
        return refuse("Password must have symbol characters");
    }
    if password != password.trim() {
        return refuse("Password must not begin or end with a blank");
    }
    Ok(())
}

/// What a pool asks of passwords whose owner says nothing.
pub(crate) fn default_policy() -> api::PasswordPolicyType {
    api::PasswordPolicyType {
        minimum_length: Some(PASSWORD_MIN),
        require_uppercase: Some(true),
        require_lowercase: Some(true),
        require_numbers: Some(true),
        require_symbols: Some(true),
        password_history_size: None,
        temporary_password_validity_days: Some(7),
    }
}

/// A password for a new user, which any policy takes.
pub(crate) fn temporary(policy: &api::PasswordPolicyType) -> String {
    let least = policy.minimum_length.unwrap_or(PASSWORD_MIN);
    let length = usize::try_from(least).unwrap_or_default().clamp(12, 99);
    let mut password = random_text(b"ABCDEFGHJKLMNPQRSTUVWXYZ", 1);
    password.push_str(&random_text(b"abcdefghijkmnpqrstuvwxyz", length - 3));
    password.push_str(&random_text(b"23456789", 1));
    password.push_str(&random_text(b"!#%@", 1));
    password
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(password: &str) -> String {
        let checked = check(&default_policy(), password);
        checked.err().map(|error| error.message).unwrap_or_default()
    }

    #[test]
    fn a_password_that_lacks_something_is_refused_with_what_it_lacks() {
        for (password, why) in [
            ("Ab1!", "Password not long enough"),
            ("abcdefg1!", "Password must have uppercase characters"),
            ("ABCDEFG1!", "Password must have lowercase characters"),
            ("Abcdefgh!", "Password must have numeric characters"),
            ("Abcdefgh1", "Password must have symbol characters"),
        ] {
            let expected = format!("Password did not conform with policy: {why}");
            assert_eq!(refusal(password), expected);
        }
        assert_eq!(refusal("Abcdefg1!"), "");
        assert_eq!(refusal(&"Aa1!".repeat(64)), "");
        assert_ne!(refusal(&"Aa1!".repeat(65)), "");
    }

    #[test]
    fn a_password_that_is_made_up_conforms() {
        for _ in 0..50 {
            assert_eq!(refusal(&temporary(&default_policy())), "");
        }
    }
}
