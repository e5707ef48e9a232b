//! A function's resource policy: which services may invoke it, and for whom.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html>

use landline_api::lambda::AddPermissionInput;
use landline_wire::{Caller, ServiceError, arn};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Lambda itself, on behalf of its event-source mappings.
pub(crate) const LAMBDA: &str = "lambda.amazonaws.com";

/// One statement, as `AddPermission` gave it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Statement {
    pub(crate) sid: String,
    /// The version or alias whose policy it belongs to.
    #[serde(default)]
    pub(crate) qualifier: Option<String>,
    action: String,
    principal: String,
    source_arn: Option<String>,
    source_account: Option<String>,
    event_source_token: Option<String>,
    principal_org_id: Option<String>,
    function_url_auth_type: Option<String>,
    #[serde(default)]
    invoked_via_function_url: Option<bool>,
}

impl Statement {
    pub(crate) fn new(input: &AddPermissionInput, qualifier: Option<&str>) -> Self {
        let auth_type = input.function_url_auth_type.as_ref();
        Self {
            sid: input.statement_id.clone(),
            qualifier: qualifier.map(str::to_owned),
            action: input.action.clone(),
            principal: input.principal.clone(),
            source_arn: input.source_arn.clone(),
            source_account: input.source_account.clone(),
            event_source_token: input.event_source_token.clone(),
            principal_org_id: input.principal_org_id.clone(),
            function_url_auth_type: auth_type.map(|value| value.as_str().to_owned()),
            invoked_via_function_url: input.invoked_via_function_url,
        }
    }

    /// The statement as policies are written. Tools compare the keys letter by letter.
    pub(crate) fn to_json(&self, function_arn: &str) -> Value {
        let mut statement = json!({
            "Sid": self.sid,
            "Effect": "Allow",
            "Principal": principal_json(&self.principal),
            "Action": self.action,
            "Resource": function_arn,
        });
        let mut equals = Map::new();
        let conditions = [
            ("AWS:SourceAccount", &self.source_account),
            ("lambda:EventSourceToken", &self.event_source_token),
            ("aws:PrincipalOrgID", &self.principal_org_id),
            ("lambda:FunctionUrlAuthType", &self.function_url_auth_type),
        ];
        for (key, value) in conditions {
            if let Some(value) = value {
                equals.insert(key.into(), value.clone().into());
            }
        }
        let mut condition = Map::new();
        if let Some(invoked) = self.invoked_via_function_url {
            let invoked = json!({ "lambda:InvokedViaFunctionUrl": invoked.to_string() });
            condition.insert("Bool".into(), invoked);
        }
        if !equals.is_empty() {
            condition.insert("StringEquals".into(), equals.into());
        }
        if let Some(source_arn) = &self.source_arn {
            condition.insert("ArnLike".into(), json!({ "AWS:SourceArn": source_arn }));
        }
        if !condition.is_empty() {
            statement["Condition"] = condition.into();
        }
        statement
    }

    /// Whether the principal is the caller. A service may be named with its region (`logs.us-east-1.amazonaws.com`).
    fn names(&self, caller: &Caller) -> bool {
        let regional = || {
            self.principal
                .replacen(&format!(".{}.", caller.region), ".", 1)
        };
        *self.principal == *caller.principal || regional() == *caller.principal
    }

    /// Whether a service may invoke the function on behalf of what it names as the source.
    fn allows(&self, caller: &Caller) -> bool {
        let action = ["lambda:InvokeFunction", "lambda:*", "*"].contains(&self.action.as_str())
            && self.invoked_via_function_url != Some(true);
        let principal = self.principal == "*" || self.names(caller);
        let source = match (&self.source_arn, &caller.source_arn) {
            (None, _) => true,
            (Some(pattern), Some(source)) => arn_like(pattern, source),
            (Some(_), None) => false,
        };
        let account = self
            .source_account
            .as_deref()
            .is_none_or(|account| account == &*caller.account_id);
        action && principal && source && account
    }
}

/// Whether everybody may call the URL of a function.
pub(crate) fn url_is_public<'a>(mut statements: impl Iterator<Item = &'a Statement>) -> bool {
    statements.any(|statement| {
        ["lambda:InvokeFunctionUrl", "lambda:*", "*"].contains(&statement.action.as_str())
            && statement.principal == "*"
            && statement.function_url_auth_type.as_deref() != Some("AWS_IAM")
    })
}

/// The policy of a function, or of one of its versions or aliases.
pub(crate) fn policy_of<'a>(
    statements: &'a [Statement],
    qualifier: Option<&'a str>,
) -> impl Iterator<Item = &'a Statement> {
    statements
        .iter()
        .filter(move |statement| statement.qualifier.as_deref() == qualifier)
}

/// Refuses a service that no statement lets in. Users and roles are the business of IAM.
pub(crate) fn authorize<'a>(
    mut statements: impl Iterator<Item = &'a Statement>,
    caller: &Caller,
    function_arn: &str,
) -> Result<(), ServiceError> {
    // What Lambda reads itself needs the function's role and no statement.
    let is_let_in = !caller.is_service() || &*caller.principal == LAMBDA;
    if is_let_in || statements.any(|statement| statement.allows(caller)) {
        return Ok(());
    }
    let message = format!(
        "User: {} is not authorized to perform: lambda:InvokeFunction on resource: {function_arn} because no resource-based policy allows the lambda:InvokeFunction action",
        caller.principal
    );
    Err(ServiceError::new("AccessDeniedException", 403, message))
}

/// The whole policy, as `GetPolicy` answers it.
pub(crate) fn document<'a>(
    statements: impl Iterator<Item = &'a Statement>,
    function_arn: &str,
) -> String {
    let statements: Vec<Value> = statements
        .map(|statement| statement.to_json(function_arn))
        .collect();
    json!({ "Version": "2012-10-17", "Id": "default", "Statement": statements }).to_string()
}

/// `ArnLike`: each of the six parts is matched by itself.
fn arn_like(pattern: &str, source: &str) -> bool {
    let mut patterns = pattern.splitn(6, ':');
    let mut parts = source.splitn(6, ':');
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) if arn::wildcard_matches(pattern, part) => {}
            _ => return false,
        }
    }
}

fn principal_json(principal: &str) -> Value {
    let is_account = principal.len() == 12 && principal.bytes().all(|byte| byte.is_ascii_digit());
    match principal {
        "*" => json!("*"),
        service if service.ends_with(".amazonaws.com") => json!({ "Service": service }),
        account if is_account => json!({ "AWS": format!("arn:aws:iam::{account}:root") }),
        arn => json!({ "AWS": arn }),
    }
}

#[cfg(test)]
mod tests;
