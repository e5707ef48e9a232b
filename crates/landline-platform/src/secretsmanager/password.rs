//! Random passwords, of the kinds of characters that the caller wants.
//! <https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html>

use landline_api::secretsmanager::{GetRandomPasswordInput, errors::InvalidParameterException};
use landline_wire::ServiceError;
use landline_wire::request_id::{random_bytes, random_text};

/// A password of what a call asks for.
pub(super) fn generate(input: &GetRandomPasswordInput) -> Result<String, ServiceError> {
    let length = usize::try_from(input.password_length.unwrap_or(32)).unwrap_or_default();
    if !(1..=LENGTH_MAX).contains(&length) {
        return Err(
            InvalidParameterException.with("The password length must be between 1 and 4096.")
        );
    }
    let excluded = input.exclude_characters.as_deref().unwrap_or_default();
    let wanted = |is_excluded: Option<bool>, kind: &str| -> Vec<u8> {
        if is_excluded == Some(true) {
            return Vec::new();
        }
        let kept = kind
            .bytes()
            .filter(|byte| !excluded.contains(char::from(*byte)));
        kept.collect()
    };
    let mut kinds = vec![
        wanted(input.exclude_lowercase, LOWERCASE),
        wanted(input.exclude_uppercase, UPPERCASE),
        wanted(input.exclude_numbers, NUMBERS),
        wanted(input.exclude_punctuation, PUNCTUATION),
        wanted(Some(input.include_space != Some(true)), " "),
    ];
    kinds.retain(|kind| !kind.is_empty());
    let all = kinds.concat();
    if all.is_empty() {
        return Err(InvalidParameterException
            .with("The password can't be generated: every character is excluded."));
    }
    let mut password = random_text(&all, length).into_bytes();
    if input.require_each_included_type != Some(false) {
        if kinds.len() > length {
            return Err(InvalidParameterException
                .with("The password length is too short based on the required types."));
        }
        // One of each kind, at places that nobody can foresee.
        for (kind, place) in kinds.iter().zip(places(length)) {
            password[place] = random_text(kind, 1).as_bytes()[0];
        }
    }
    Ok(password.into_iter().map(char::from).collect())
}

/// All places of a password, in a random order.
fn places(length: usize) -> Vec<usize> {
    let mut places: Vec<usize> = (0..length).collect();
    for last in (1..length).rev() {
        let random = u64::from_le_bytes(random_bytes());
        let other = usize::try_from(random % (last as u64 + 1)).unwrap_or_default();
        places.swap(last, other);
    }
    places
}

const LENGTH_MAX: usize = 4_096;
const LOWERCASE: &str = "abcdefghijklmnopqrstuvwxyz";
const UPPERCASE: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NUMBERS: &str = "0123456789";
const PUNCTUATION: &str = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
