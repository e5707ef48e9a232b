//! The ways in which callers name a function.
//!
//! A name, a name with a qualifier, a partial ARN (`123456789012:function:name`) or a whole one.

use landline_api::lambda::errors::{InvalidParameterValueException, ResourceNotFoundException};
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
        if parts.starts_with(&["arn"]) && parts.len() >= 6 {
            (region, account_id) = (Some(parts[3]), Some(parts[4]));
            // Without a name after it, `function` is the name.
            parts.drain(..if parts.len() > 6 { 6 } else { 5 });
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

impl<'a> FunctionName<'a> {
    /// The qualifier of a call: in the name or beside it; in both only where they are the same.
    pub(crate) fn qualified_by(
        &self,
        beside: Option<&'a str>,
    ) -> Result<Option<&'a str>, ServiceError> {
        match (self.qualifier, beside) {
            (Some(within), Some(beside)) if within != beside => Err(InvalidParameterValueException
                .with("The derived qualifier from the function name does not match the specified qualifier.")
                .with_field("Type", "User")),
            (within, beside) => Ok(beside.or(within)),
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
