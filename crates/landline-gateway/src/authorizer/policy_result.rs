//! What a Lambda authorizer returns: a principal, a policy, a context.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html>.

use landline_wire::policy::PolicyDocument;
use serde_json::{Map, Value};

use crate::quotas;

/// A result that can be used.
#[derive(Debug)]
pub(super) struct PolicyResult {
    pub(super) policy: PolicyDocument,
    /// `principalId` and the context, as events have them.
    pub(super) context: Map<String, Value>,
    /// The API key of the principal.
    pub(super) usage_identifier_key: Option<String>,
}

impl PolicyResult {
    /// Reads a result; `Err` says what is wrong with it.
    pub(super) fn parse(payload: &[u8]) -> Result<Self, String> {
        if payload.len() > quotas::AUTHORIZER_RESULT_BYTES {
            return Err("the result is larger than 8 KB".to_owned());
        }
        let result = serde_json::from_slice(payload)
            .map_err(|error| format!("the result is no JSON: {error}"))?;
        let Value::Object(mut result) = result else {
            return Err("the result is no object".to_owned());
        };
        let Some(Value::String(principal_id)) = result.remove("principalId") else {
            return Err("principalId is no text".to_owned());
        };
        let policy = result.remove("policyDocument").unwrap_or_default();
        let policy = PolicyDocument::from_json(&policy).map_err(|error| error.to_string())?;
        let context = match result.remove("context") {
            None | Some(Value::Null) => Map::new(),
            Some(Value::Object(context)) => context,
            Some(_) => return Err("the context is no object".to_owned()),
        };
        let mut members = Map::new();
        members.insert("principalId".to_owned(), principal_id.into());
        for (name, value) in context {
            let text = stringify(value).map_err(|()| format!("context.{name} is nested"))?;
            if let Some(text) = text {
                members.entry(name).or_insert(text.into());
            }
        }
        let usage_identifier_key = match result.remove("usageIdentifierKey") {
            Some(Value::String(key)) => Some(key),
            _ => None,
        };
        Ok(Self {
            policy,
            context: members,
            usage_identifier_key,
        })
    }
}

/// Every value of a context becomes text; `null` is left out.
fn stringify(value: Value) -> Result<Option<String>, ()> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text)),
        Value::Bool(_) | Value::Number(_) => Ok(Some(value.to_string())),
        Value::Array(_) | Value::Object(_) => Err(()),
    }
}
