//! IAM policies: what a document says, and what several of them together decide.
//!
//! Pure: a [`PolicyRequest`] brings all that conditions may ask for. Policies of roles
//! and the ones that Lambda authorizers return are judged here alike.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html>

pub(crate) mod address;
mod arn_pattern;
mod condition;
mod document;
mod pattern;
mod resource;

use std::collections::BTreeMap;

pub use document::{Effect, MalformedPolicy, PolicyDocument, Statement};
pub use resource::ResourcePolicy;

/// What somebody wants to do, and under which circumstances.
#[derive(Debug, Clone, Default)]
pub struct PolicyRequest<'a> {
    /// The action, such as `execute-api:Invoke`.
    pub action: &'a str,
    /// The resource's ARN.
    pub resource: &'a str,
    /// The context: what conditions and policy variables refer to.
    pub context: Context,
}

/// Context keys with their values. Keys have no case.
#[derive(Debug, Clone, Default)]
pub struct Context(BTreeMap<String, Vec<String>>);

impl Context {
    /// Adds a key with one value.
    #[must_use]
    pub fn with(self, key: &str, value: impl Into<String>) -> Self {
        self.with_all(key, vec![value.into()])
    }

    /// Adds a key with several values.
    #[must_use]
    pub fn with_all(mut self, key: &str, values: Vec<String>) -> Self {
        self.0.insert(key.to_ascii_lowercase(), values);
        self
    }

    /// The values of a key, if the request has it.
    fn values(&self, key: &str) -> Option<&[String]> {
        self.0.get(&key.to_ascii_lowercase()).map(Vec::as_slice)
    }
}

/// What policies decide about a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// A statement allows it, and none denies it.
    Allowed,
    /// No statement speaks of it.
    ImplicitDeny,
    /// A statement denies it, whatever others say.
    ExplicitDeny,
}

impl Decision {
    /// How AWS's texts of denials end: `because no identity-based policy allows the …`.
    pub fn reason(self, action: &str) -> String {
        match self {
            Self::ExplicitDeny => "with an explicit deny in an identity-based policy".to_owned(),
            Self::Allowed | Self::ImplicitDeny => {
                format!("because no identity-based policy allows the {action} action")
            }
        }
    }
}

/// Judges a request by all policies of its principal.
pub fn evaluate<'a>(
    policies: impl IntoIterator<Item = &'a PolicyDocument>,
    request: &PolicyRequest<'_>,
) -> Decision {
    let mut decision = Decision::ImplicitDeny;
    for statement in policies.into_iter().flat_map(PolicyDocument::statements) {
        if !statement.applies_to(request) {
            continue;
        }
        match statement.effect {
            Effect::Deny => return Decision::ExplicitDeny,
            Effect::Allow => decision = Decision::Allowed,
        }
    }
    decision
}

#[cfg(test)]
mod tests;
