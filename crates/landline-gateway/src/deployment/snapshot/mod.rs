//! An API as it was when it was deployed, in the form that the data plane reads.
//!
//! A [`Snapshot`] never changes; a [`LiveStage`] joins one with the settings of a
//! stage, which apply without a new deployment.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html>.

mod authorizer;
mod http_api;
mod integration;
mod path_table;
mod resource_policy;
mod response;
mod route;
mod stage;
mod stage_template;
mod templates;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

pub use authorizer::{
    Authorizer, AuthorizerKind, IdentitySource, JwtAuthorizer, UserPoolAuthorizer,
};
pub use http_api::{Cors, GatewayResponse, HttpApi, HttpKind, MethodPath, Validates};
pub use integration::{
    AwsAction, ContentHandling, HttpEndpoint, Integration, IntegrationTarget, LambdaFunction,
    Passthrough, PayloadFormat, RequestMapping,
};
pub use path_table::Found;
pub use resource_policy::ResourcePolicy;
pub use response::{IntegrationResponse, IntegrationResponses, ResponseSource};
pub use route::{
    Authorization, RequestValidation, RequiredParameter, Route, RouteKey, RouteResponse,
};
pub use stage::{ApiId, ClientIdentity, LiveStage, RouteSettings, StageName};
pub use stage_template::StageTemplate;
pub use templates::{FrozenTemplate, Templates};

use crate::message::selection::SelectionExpression;

/// A deployment: routes and integrations, frozen.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The deployment's identifier.
    pub deployment_id: String,
    /// How a message names its route.
    pub route_selection: SelectionExpression,
    /// Whether `{apiId}.execute-api` is closed for handshakes and `@connections`.
    pub disable_execute_api_endpoint: bool,
    /// Where a client puts its API key.
    pub api_key_source: ApiKeySource,
    /// What an HTTP or a REST API serves; a WebSocket API has routes of its own.
    pub http: Option<HttpApi>,
    connect: Option<Arc<Route>>,
    disconnect: Option<Arc<Route>>,
    default: Option<Arc<Route>>,
    custom: HashMap<String, Arc<Route>>,
}

/// `ApiKeySelectionExpression`: where a client puts its API key.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ApiKeySource {
    /// The header `x-api-key` of the handshake.
    #[default]
    Header,
    /// The `usageIdentifierKey` of what the Lambda authorizer returned.
    Authorizer,
}

impl Snapshot {
    /// Freezes `routes`. Of two routes with one key the later stays.
    pub fn new(
        deployment_id: impl Into<String>,
        route_selection: SelectionExpression,
        routes: impl IntoIterator<Item = Route>,
    ) -> Self {
        let mut snapshot = Self {
            deployment_id: deployment_id.into(),
            route_selection,
            ..Self::default()
        };
        for route in routes {
            let route = Arc::new(route);
            match &route.key {
                RouteKey::Connect => snapshot.connect = Some(route),
                RouteKey::Disconnect => snapshot.disconnect = Some(route),
                RouteKey::Default => snapshot.default = Some(route),
                RouteKey::Custom(key) => {
                    snapshot.custom.insert(key.clone(), Arc::clone(&route));
                }
            }
        }
        snapshot
    }

    /// A deployment of an HTTP or a REST API.
    pub fn of_http(deployment_id: impl Into<String>, api: HttpApi) -> Self {
        Self {
            deployment_id: deployment_id.into(),
            http: Some(api),
            ..Self::default()
        }
    }

    /// The route that runs before a handshake is answered.
    pub fn connect(&self) -> Option<&Arc<Route>> {
        self.connect.as_ref()
    }

    /// The route that runs after a connection ended.
    pub fn disconnect(&self) -> Option<&Arc<Route>> {
        self.disconnect.as_ref()
    }

    /// The route for a message whose selection expression came to `selected`;
    /// `None` stands for a message that is not JSON.
    ///
    /// A message never runs `$connect` or `$disconnect`, whatever it names.
    pub fn route_for_message(&self, selected: Option<&str>) -> Option<&Arc<Route>> {
        selected
            .and_then(|key| self.custom.get(key))
            .or(self.default.as_ref())
    }
}
