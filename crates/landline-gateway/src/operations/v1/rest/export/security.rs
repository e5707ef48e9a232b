//! Security schemes of an exported definition: those that methods name.

use landline_api::apigateway::{Authorizer, AuthorizerType, Method};
use serde_json::{Map, Value, json};

use super::{Export, Written, members};
use crate::state::Stored;

impl Export<'_> {
    pub(super) fn security(&self, method: &Method) -> Option<Value> {
        let mut schemes = Vec::new();
        match method.authorization_type.as_deref() {
            Some("AWS_IAM") => schemes.push(json!({ "sigv4": [] })),
            Some("CUSTOM" | "COGNITO_USER_POOLS") => {
                let id = method.authorizer_id.as_deref()?;
                let Stored(authorizer) = self.record.authorizers.get(id)?;
                let scopes = method.authorization_scopes.clone().unwrap_or_default();
                let name = authorizer.name.clone().unwrap_or_default();
                schemes.push(json!({ name: scopes }));
            }
            _ => {}
        }
        if method.api_key_required == Some(true) {
            schemes.push(json!({ "api_key": [] }));
        }
        (!schemes.is_empty()).then_some(Value::Array(schemes))
    }

    /// The schemes that methods name.
    pub(super) fn schemes(&self) -> Map<String, Value> {
        let mut schemes = Map::new();
        let resources = self.record.resources.values();
        let methods: Vec<&Method> = resources
            .flat_map(|Stored(it)| it.resource_methods.iter().flatten())
            .map(|(_, method)| method)
            .collect();
        if methods.iter().any(|it| it.api_key_required == Some(true)) {
            let key = json!({ "type": "apiKey", "name": "x-api-key", "in": "header" });
            schemes.insert("api_key".to_owned(), key);
        }
        let is_iam = |it: &&Method| it.authorization_type.as_deref() == Some("AWS_IAM");
        if methods.iter().any(is_iam) {
            let iam = json!({
                "type": "apiKey", "name": "Authorization", "in": "header",
                "x-amazon-apigateway-authtype": "awsSigv4",
            });
            schemes.insert("sigv4".to_owned(), iam);
        }
        for (id, Stored(it)) in &self.record.authorizers {
            let is_used = |method: &&Method| method.authorizer_id.as_deref() == Some(id);
            if methods.iter().any(is_used) {
                let name = it.name.clone().unwrap_or_default();
                schemes.insert(name, self.scheme(it));
            }
        }
        schemes
    }

    fn scheme(&self, it: &Authorizer) -> Value {
        let source = it.identity_source.as_deref().unwrap_or_default();
        let header = source.strip_prefix("method.request.header.");
        let header = header.filter(|it| !it.contains(','));
        let is_request = it.r#type == Some(AuthorizerType::Request);
        let name = header.filter(|_| !is_request).unwrap_or("Unused");
        let mut scheme = json!({ "type": "apiKey", "name": name, "in": "header" });
        if self.extensions.authorizers == Written::No {
            return scheme;
        }
        let auth_type = match it.r#type {
            Some(AuthorizerType::CognitoUserPools) => "cognito_user_pools",
            _ => "custom",
        };
        let auth_type = it.auth_type.as_deref().unwrap_or(auth_type);
        scheme["x-amazon-apigateway-authtype"] = json!(auth_type);
        let mut described = members(it);
        for member in ["id", "name", "authType"] {
            described.remove(member);
        }
        let kind = described.get("type").and_then(Value::as_str);
        let kind = kind.unwrap_or_default().to_ascii_lowercase();
        described.insert("type".to_owned(), json!(kind));
        scheme["x-amazon-apigateway-authorizer"] = Value::Object(described);
        scheme
    }
}
