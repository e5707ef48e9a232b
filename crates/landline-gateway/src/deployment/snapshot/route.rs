//! Routes of a snapshot: what selects them, who may use them, what they call.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{Authorizer, Integration, JwtAuthorizer, MethodPath, UserPoolAuthorizer};
use crate::message::selection::SelectionExpression;
use crate::message::validation::Validator;

/// One route of a snapshot.
#[derive(Debug)]
pub struct Route {
    /// The route's identifier.
    pub route_id: String,
    /// What selects it.
    pub key: RouteKey,
    /// What it calls; a route without a target accepts and does nothing.
    pub integration: Option<Arc<Integration>>,
    /// Its route response `$default`, which alone makes the route two-way.
    pub response: Option<RouteResponse>,
    /// How `$connect` is authorised.
    pub authorization: Authorization,
    /// Whether `$connect` demands an API key.
    pub api_key_required: bool,
    /// The parameters without which a handshake is refused.
    pub required_parameters: Vec<RequiredParameter>,
    /// What messages must look like.
    pub validation: Option<RequestValidation>,
    /// Method and path of a route of an HTTP or a REST API.
    pub at: Option<MethodPath>,
    /// The scopes of which a token must have one.
    pub scopes: Vec<String>,
}

/// The models of a route: `ModelSelectionExpression` and `RequestModels`.
#[derive(Debug)]
pub struct RequestValidation {
    /// What names the model for a message.
    pub selection: SelectionExpression,
    /// The models by their keys; `None` where the deployed API has no usable model of
    /// the name, and then no message is valid.
    pub models: BTreeMap<String, Option<Arc<Validator>>>,
}

impl RequestValidation {
    /// Looks at a body by its media type: REST APIs name models so.
    ///
    /// # Errors
    ///
    /// What is wrong with it. Without a model for the type any body is right.
    pub fn check_as(&self, media_type: &str, body: &str) -> Result<(), Vec<String>> {
        let model = self
            .models
            .get(media_type)
            .or_else(|| self.models.get("$default"));
        match model {
            Some(Some(model)) => model.validate(body),
            Some(None) => Err(vec!["the model of the body cannot be used".to_owned()]),
            None => Ok(()),
        }
    }

    /// Looks at a message.
    ///
    /// # Errors
    ///
    /// What is wrong with it, for `$context.error.validationErrorString`.
    pub fn check(&self, body: &str) -> Result<(), Vec<String>> {
        let selected = self.selection.evaluate(body).unwrap_or_default();
        let model = self
            .models
            .get(&*selected)
            .or_else(|| self.models.get("$default"));
        match model {
            Some(Some(model)) => model.validate(body),
            Some(None) => Err(vec!["the model of the message cannot be used".to_owned()]),
            None => Err(vec![format!(
                "no model is named {selected}, and none $default"
            )]),
        }
    }
}

/// The key of a route.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RouteKey {
    /// `$connect`, run before the handshake is answered.
    Connect,
    /// `$disconnect`, run after the connection ended.
    Disconnect,
    /// `$default`, for messages that no other route takes.
    Default,
    /// Any other key, matched exactly.
    Custom(String),
}

/// A route response with the key `$default`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteResponse {
    /// The route response's identifier.
    pub route_response_id: String,
}

/// Who may connect.
#[derive(Debug, Clone, Default)]
pub enum Authorization {
    /// Everybody.
    #[default]
    None,
    /// Callers whose IAM policies allow `execute-api:Invoke`.
    AwsIam,
    /// Callers whom a Lambda authorizer allows; `None` when the deployed API has
    /// no such authorizer, and then nobody is let in.
    Custom(Option<Arc<Authorizer>>),
    /// Callers with a token of an issuer; HTTP APIs only.
    Jwt(Arc<JwtAuthorizer>),
    /// Callers with a token of a user pool; REST APIs only.
    UserPools(Arc<UserPoolAuthorizer>),
}

/// A parameter of the handshake that a route declares, as
/// `route.request.querystring.NAME` or `route.request.header.NAME`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequiredParameter {
    /// `querystring`, `header`, or their multi-value twins.
    pub location: String,
    /// The parameter's name.
    pub name: String,
}

impl Route {
    /// A one-way route that anybody may use.
    pub fn new(key: RouteKey, integration: Option<Integration>) -> Self {
        Self {
            route_id: String::new(),
            key,
            integration: integration.map(Arc::new),
            response: None,
            authorization: Authorization::None,
            api_key_required: false,
            required_parameters: Vec::new(),
            validation: None,
            at: None,
            scopes: Vec::new(),
        }
    }

    /// Whether what the integration answers goes back to the client.
    ///
    /// A deployed route response is enough; public applications leave
    /// `RouteResponseSelectionExpression` out and get their replies on AWS.
    pub fn is_two_way(&self) -> bool {
        self.response.is_some()
    }
}

impl RouteKey {
    /// Reads a route key; every text is one.
    pub fn parse(key: &str) -> Self {
        match key {
            "$connect" => Self::Connect,
            "$disconnect" => Self::Disconnect,
            "$default" => Self::Default,
            custom => Self::Custom(custom.to_owned()),
        }
    }

    /// The key as it is written.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Connect => "$connect",
            Self::Disconnect => "$disconnect",
            Self::Default => "$default",
            Self::Custom(key) => key,
        }
    }
}

impl fmt::Display for RouteKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
