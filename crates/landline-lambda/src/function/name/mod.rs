//! The ways in which callers name a function.
//!
//! A name, a name with a qualifier, a partial ARN (`123456789012:function:name`) or a whole one.

use landline_api::lambda::errors::ResourceNotFoundException;
use landline_wire::ServiceError;

/// A function as a caller names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FunctionName<'a> {
    pub(crate) name: &'a str,
    pub(crate) qualifier: Option<&'a str>,
    pub(crate) account_id: Option<&'a str>,
    pub(crate) region: Option<&'a str>,
}

impl<'a> FunctionName<'a> {
    /// Takes apart what the model's pattern has let through.
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut parts: Vec<&str> = text.split(':').collect();
        let (mut account_id, mut region) = (None, None);
        if parts.starts_with(&["arn"]) && parts.len() >= 7 {
            (region, account_id) = (Some(parts[3]), Some(parts[4]));
            parts.drain(..6);
        } else if let Some(at) = parts.iter().position(|part| *part == "function")
            && at < 3
            && parts.len() > at + 1
        {
            account_id = parts[..at]
                .iter()
                .rev()
                .copied()
                .find(|part| is_account(part));
            parts.drain(..=at);
        } else if parts.len() > 1 && is_account(parts[0]) {
            account_id = Some(parts.remove(0));
        }
        Self {
            name: parts.first().copied().unwrap_or_default(),
            qualifier: parts.get(1).copied(),
            account_id,
            region,
        }
    }
}

pub(crate) fn not_found(arn: &str) -> ServiceError {
    ResourceNotFoundException
        .with(format!("Function not found: {arn}"))
        .with_field("Type", "User")
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;
