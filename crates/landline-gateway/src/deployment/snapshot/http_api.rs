//! What a snapshot of an HTTP or a REST API holds beside its routes: CORS, the refusals
//! in the owner's words, and which bodies are binary.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api.html> and
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-rest-api.html>.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use super::path_table::{Found, PathTable};
use super::{ResourcePolicy, Route, Templates};

/// An HTTP or a REST API.
#[derive(Debug, Default)]
pub struct HttpApi {
    /// Which of the two it is.
    pub kind: HttpKind,
    /// The answers to browsers that ask from other origins; HTTP APIs only.
    pub cors: Option<Cors>,
    /// Refusals in the owner's words, by their type; REST APIs only.
    pub gateway_responses: BTreeMap<String, GatewayResponse>,
    /// Who may invoke the API; REST APIs only.
    pub resource_policy: Option<ResourcePolicy>,
    /// The media types whose bodies are bytes; REST APIs only.
    pub binary_media_types: HashSet<String>,
    /// Takes what no other route takes; HTTP APIs only.
    pub default: Option<Arc<Route>>,
    table: PathTable,
}

/// The two kinds of APIs over HTTP.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum HttpKind {
    /// `apigatewayv2` with the protocol `HTTP`.
    #[default]
    Http,
    /// `apigateway`, of which `AWS::ApiGateway::RestApi` is made.
    Rest,
}

/// Where a request of an HTTP or a REST API goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MethodPath {
    /// The method in capitals; none for `ANY`.
    pub method: Option<String>,
    /// The path with its variables, `/pets/{petId}` or `/{proxy+}`.
    pub path: String,
    /// The identifier of a REST API's resource; HTTP APIs show their route's.
    pub resource_id: String,
    /// What requests are checked for before anything is called; REST APIs only.
    pub validates: Validates,
}

/// What a request validator looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Validates {
    /// Nothing.
    #[default]
    Nothing,
    /// The body.
    Body,
    /// Parameters.
    Parameters,
    /// Both.
    Everything,
}

impl Validates {
    /// Whether the body is looked at.
    pub fn body(self) -> bool {
        matches!(self, Self::Body | Self::Everything)
    }

    /// Whether parameters are looked at.
    pub fn parameters(self) -> bool {
        matches!(self, Self::Parameters | Self::Everything)
    }
}

/// `CorsConfiguration` of an HTTP API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cors {
    /// Whether browsers may send cookies.
    pub allow_credentials: bool,
    /// The headers that requests may have.
    pub allow_headers: Vec<String>,
    /// The methods that may be used.
    pub allow_methods: Vec<String>,
    /// The origins that may ask: `*`, `https://*`, `https://example.com`.
    pub allow_origins: Vec<String>,
    /// The headers that scripts may see.
    pub expose_headers: Vec<String>,
    /// How many seconds a browser may remember the answer.
    pub max_age: Option<i32>,
}

/// A gateway response of a REST API.
#[derive(Debug, Default)]
pub struct GatewayResponse {
    /// The status; without one the refusal's own.
    pub status: Option<u16>,
    /// Headers: names, and values as they are written (`'*'`, `context.x`).
    pub parameters: Vec<(String, String)>,
    /// Templates by content type.
    pub templates: Templates,
}

impl HttpApi {
    /// Serves `routes`: those with a [`MethodPath`] by it, any other as `$default`.
    pub fn new(kind: HttpKind, routes: impl IntoIterator<Item = Route>) -> Self {
        let mut api = Self {
            kind,
            ..Self::default()
        };
        for route in routes {
            let route = Arc::new(route);
            match &route.at {
                None => api.default = Some(route),
                Some(_) => api.table.insert(route),
            }
        }
        api
    }

    /// The route for a request, with the values of its path's variables.
    ///
    /// `segments` are those of the path behind the stage, decoded.
    pub fn route(&self, method: &str, segments: &[&str]) -> Option<Found<'_>> {
        // A resource without the method leaves the request to a greedy one, in REST APIs too.
        let found = self.table.find(segments, |route| takes(route, method));
        found.or_else(|| {
            let route = self.default.as_ref()?;
            Some(Found {
                route,
                variables: BTreeMap::new(),
            })
        })
    }
}

/// How well a route takes a method: exactly, as one of any, or not.
fn takes(route: &Route, method: &str) -> Option<Fit> {
    match route.at.as_ref()?.method.as_deref() {
        Some(own) if own == method => Some(Fit::Exact),
        None => Some(Fit::Any),
        Some(_) => None,
    }
}

/// How well a route takes a method.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    Exact,
    Any,
}

impl MethodPath {
    /// Reads the key of an HTTP API's route, `GET /pets/{id}`; none for `$default`.
    pub fn of_key(key: &str) -> Option<Self> {
        let (method, path) = key.split_once(' ')?;
        Some(Self {
            method: (method != "ANY").then(|| method.to_owned()),
            path: path.to_owned(),
            resource_id: String::new(),
            validates: Validates::Nothing,
        })
    }
}
