//! The resource policy of a REST API: who may invoke it at all, whatever its methods ask for. It is frozen with the API: a
//! changed policy holds from the next deployment on.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html>.

use landline_wire::policy::{Decision, MalformedPolicy, PolicyDocument, PolicyRequest, evaluate};
use landline_wire::{Arn, RoleSession};
use serde_json::{Value, json};

/// A policy, statement by statement: each has principals of its own.
#[derive(Debug, Default)]
pub struct ResourcePolicy {
    statements: Vec<(Principals, PolicyDocument)>,
}

/// Whom a statement speaks of.
#[derive(Debug)]
enum Principals {
    Everybody,
    /// ARNs and accounts.
    Named(Vec<String>),
}

impl ResourcePolicy {
    /// Reads the policy of an API. Resources may be written `execute-api:/{stage}/{method}/{path}`, which stands for
    /// those of the API: `api_arn` is `arn:aws:execute-api:{region}:{account}:{api}`.
    ///
    /// # Errors
    ///
    /// What breaks the grammar.
    pub fn parse(text: &str, api_arn: &str) -> Result<Self, MalformedPolicy> {
        // The grammar as a whole; below it is known to hold.
        PolicyDocument::parse(text)?;
        let document: Value = serde_json::from_str(text).unwrap_or_default();
        let version = document.get("Version").cloned();
        let statements = match document.get("Statement").cloned() {
            Some(Value::Array(statements)) => statements,
            statement => statement.into_iter().collect(),
        };
        let mut read = Vec::new();
        for mut statement in statements {
            let principals = Principals::read(&statement);
            for element in ["Resource", "NotResource"] {
                if let Some(resources) = statement.get_mut(element) {
                    expand(resources, api_arn);
                }
            }
            let mut alone = json!({ "Statement": [statement] });
            if let Some(version) = &version {
                alone["Version"] = version.clone();
            }
            read.push((principals, PolicyDocument::from_json(&alone)?));
        }
        Ok(Self { statements: read })
    }

    /// Whether a principal may; none is somebody whom nobody knows.
    pub fn judge(&self, principal: Option<&str>, request: &PolicyRequest<'_>) -> Decision {
        let speaking = self.statements.iter();
        let speaking = speaking.filter(|(principals, _)| principals.name(principal));
        evaluate(speaking.map(|(_, document)| document), request)
    }
}

impl Principals {
    /// `"*"`, `{"AWS": "*"}`, `{"AWS": [ARN, ACCOUNT]}`; what is not there names nobody. All but somebody are not told
    /// apart: they are denied with everybody, and allowed with nobody.
    fn read(statement: &Value) -> Self {
        if statement.get("NotPrincipal").is_some() && statement["Effect"] == "Deny" {
            return Self::Everybody;
        }
        let named = match statement.get("Principal") {
            Some(Value::Object(kinds)) => kinds.get("AWS"),
            other => other,
        };
        let names: Vec<String> = match named {
            Some(Value::String(name)) => vec![name.clone()],
            Some(Value::Array(names)) => {
                let names = names.iter().filter_map(Value::as_str);
                names.map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        if names.iter().any(|name| name == "*") {
            Self::Everybody
        } else {
            Self::Named(names)
        }
    }

    fn name(&self, principal: Option<&str>) -> bool {
        let names = match (self, principal) {
            (Self::Everybody, _) => return true,
            (Self::Named(_), None) => return false,
            (Self::Named(names), Some(_)) => names,
        };
        let principal = principal.unwrap_or_default();
        let account = Arn::parse(principal).map(|arn| arn.account_id);
        let role = RoleSession::of(principal).map(|session| session.role);
        names.iter().any(|name| {
            let arn = Arn::parse(name);
            let is_account = arn.as_ref().is_some_and(|arn| arn.resource == "root");
            let of_account = arn.as_ref().map_or(name.as_str(), |arn| arn.account_id);
            if arn.is_none() || is_account {
                return account == Some(of_account);
            }
            // A role stands for all its sessions.
            let is_role = arn.as_ref().and_then(|arn| {
                let name = arn.resource.strip_prefix("role/")?;
                Some(account == Some(of_account) && name.rsplit('/').next() == role)
            });
            name == principal || is_role == Some(true)
        })
    }
}

fn expand(resources: &mut Value, api_arn: &str) {
    match resources {
        Value::Array(resources) => resources.iter_mut().for_each(|it| expand(it, api_arn)),
        Value::String(text) => {
            if let Some(rest) = text.strip_prefix("execute-api:/") {
                *text = format!("{api_arn}/{rest}");
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
