//! Policies of resources: they name who is spoken of, beside what may be done.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html>

use serde_json::{Value, json};

use super::document::malformed;
use super::{Decision, Effect, MalformedPolicy, PolicyDocument, PolicyRequest};
use crate::{Arn, Caller, RoleSession};

/// The policy of a bucket, a queue or a function.
#[derive(Debug, Clone)]
pub struct ResourcePolicy(Vec<(Principals, PolicyDocument)>);

/// Of whom a statement speaks.
#[derive(Debug, Clone)]
enum Principals {
    Named(Vec<String>),
    AllBut(Vec<String>),
}

impl ResourcePolicy {
    /// Reads a policy from its text.
    ///
    /// # Errors
    ///
    /// What breaks the grammar.
    pub fn parse(text: &str) -> Result<Self, MalformedPolicy> {
        let document: Value = serde_json::from_str(text)
            .map_err(|error| malformed(format!("the policy is no JSON: {error}")))?;
        let statements = match document.get("Statement") {
            Some(Value::Array(statements)) => statements.iter().collect(),
            Some(one) => vec![one],
            None => return Err(malformed("a policy has statements")),
        };
        let mut read = Vec::new();
        for statement in statements {
            let principals = match (statement.get("Principal"), statement.get("NotPrincipal")) {
                (Some(named), None) => Principals::Named(names(named)),
                (None, Some(others)) => Principals::AllBut(names(others)),
                _ => return Err(malformed("a statement has a principal")),
            };
            let mut alone = json!({ "Statement": [statement] });
            if let Some(version) = document.get("Version") {
                alone["Version"] = version.clone();
            }
            read.push((principals, PolicyDocument::from_json(&alone)?));
        }
        Ok(Self(read))
    }

    /// What the policy decides about a caller's request.
    pub fn decide(&self, caller: &Caller, request: &PolicyRequest<'_>) -> Decision {
        let mut decision = Decision::ImplicitDeny;
        for (principals, document) in &self.0 {
            for statement in document.statements() {
                if !statement.applies_to(request) || !principals.speak_of(caller, statement.effect)
                {
                    continue;
                }
                match statement.effect {
                    Effect::Deny => return Decision::ExplicitDeny,
                    Effect::Allow => decision = Decision::Allowed,
                }
            }
        }
        decision
    }
}

impl Principals {
    fn speak_of(&self, caller: &Caller, effect: Effect) -> bool {
        match self {
            Self::Named(names) => names.iter().any(|name| is(name, caller, effect)),
            Self::AllBut(names) => !names.iter().any(|name| is(name, caller, Effect::Deny)),
        }
    }
}

/// Whether a name means the caller. The account stands for all that its own policies allow: it
/// denies to everybody, and allows nobody by itself.
fn is(name: &str, caller: &Caller, effect: Effect) -> bool {
    if name == "*" || *name == *caller.principal {
        return true;
    }
    let account = &*caller.account_id;
    if name == account || name == format!("arn:aws:iam::{account}:root") {
        return effect == Effect::Deny && !caller.is_service();
    }
    let (Some(arn), Some(session)) = (Arn::parse(name), RoleSession::of(&caller.principal)) else {
        return false;
    };
    let role = arn.resource.strip_prefix("role/");
    let role = role.map(|path| path.rsplit('/').next().unwrap_or(path));
    arn.service == "iam" && arn.account_id == account && role == Some(session.role)
}

/// `"*"`, or texts and lists of them by kind.
fn names(principal: &Value) -> Vec<String> {
    match principal {
        Value::String(name) => vec![name.clone()],
        Value::Array(all) => all.iter().flat_map(names).collect(),
        Value::Object(kinds) => kinds.values().flat_map(names).collect(),
        _ => Vec::new(),
    }
}
