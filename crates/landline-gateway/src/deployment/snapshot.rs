//! An API as it was when it was deployed, in the form that the data plane reads.
//!
//! A [`Snapshot`] never changes; a [`LiveStage`] joins one with the settings of a
//! stage, which apply without a new deployment.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html>.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::message::selection::SelectionExpression;

/// An API's identifier, ten of `a-z0-9`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApiId(Arc<str>);

/// A stage's name.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StageName(Arc<str>);

/// What one stage serves at one moment: its settings and the snapshot it points to.
#[derive(Debug, Clone)]
pub struct LiveStage {
    /// The API it belongs to.
    pub api_id: ApiId,
    /// Its name, the first segment of its URLs.
    pub stage_name: StageName,
    /// The account that owns the API.
    pub account_id: Arc<str>,
    /// The region of the API.
    pub region: Arc<str>,
    /// Stage variables; they apply without a redeployment.
    pub variables: BTreeMap<String, String>,
    /// Limits for routes without limits of their own.
    pub default_route_settings: RouteSettings,
    /// Limits by route key.
    pub route_settings: BTreeMap<String, RouteSettings>,
    /// What is deployed here; a stage may exist before its first deployment.
    pub snapshot: Option<Arc<Snapshot>>,
}

/// The settings of a stage for its routes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RouteSettings {
    /// Steady calls per second; zero refuses everything.
    pub throttling_rate_limit: Option<f64>,
    /// How many calls may come at once.
    pub throttling_burst_limit: Option<u32>,
}

/// A deployment: routes and integrations, frozen.
#[derive(Debug, Default)]
pub struct Snapshot {
    /// The deployment's identifier.
    pub deployment_id: String,
    /// How a message names its route.
    pub route_selection: SelectionExpression,
    /// Whether `{apiId}.execute-api` is closed for handshakes and `@connections`.
    pub disable_execute_api_endpoint: bool,
    connect: Option<Arc<Route>>,
    disconnect: Option<Arc<Route>>,
    default: Option<Arc<Route>>,
    custom: HashMap<String, Arc<Route>>,
}

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
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Authorization {
    /// Everybody.
    #[default]
    None,
    /// Callers whose IAM policies allow `execute-api:Invoke`.
    AwsIam,
    /// Callers whom a Lambda authorizer allows.
    Custom {
        /// The authorizer's identifier.
        authorizer_id: String,
    },
}

/// What a route calls.
#[derive(Debug)]
pub struct Integration {
    /// The integration's identifier.
    pub integration_id: String,
    /// How long the call may take.
    pub timeout: Duration,
    /// The type of the integration, and what that type needs.
    pub target: IntegrationTarget,
}

/// The integration types.
#[derive(Debug)]
pub enum IntegrationTarget {
    /// `AWS_PROXY`: a Lambda function gets the event and answers with `statusCode` and `body`.
    LambdaProxy(LambdaFunction),
    /// `AWS`: a Lambda function or another AWS action, with templates.
    Aws(StageTemplate),
    /// `HTTP`: a web server, with templates.
    Http(StageTemplate),
    /// `HTTP_PROXY`: a web server that gets the message as it is.
    HttpProxy(StageTemplate),
    /// `MOCK`: answered by the gateway itself.
    Mock(Mock),
}

/// The templates of a `MOCK` integration, by template key.
#[derive(Debug, Clone, Default)]
pub struct Mock {
    /// Which request template applies.
    pub template_selection: Option<SelectionExpression>,
    /// The request templates; one of them yields `{"statusCode": n}`.
    pub request_templates: BTreeMap<String, String>,
    /// The response templates of the integration response `$default`.
    pub response_templates: BTreeMap<String, String>,
}

/// The Lambda function that an integration URI names.
///
/// The URI is `arn:aws:apigateway:{region}:lambda:path/2015-03-31/functions/{function ARN}/invocations`.
/// A bare function ARN, which HTTP APIs accept, names nothing here: the calls fail as on AWS.
#[derive(Debug, Clone)]
pub struct LambdaFunction(StageTemplate);

/// Text with `${stageVariables.name}` in it, resolved for each call.
#[derive(Debug, Clone)]
pub struct StageTemplate(String);

impl ApiId {
    /// The identifier as it is written.
    pub fn new(id: impl Into<Arc<str>>) -> Self {
        Self(id.into())
    }

    /// The identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for ApiId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ApiId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StageName {
    /// The name as it is written.
    pub fn new(name: impl Into<Arc<str>>) -> Self {
        Self(name.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for StageName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StageName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl LiveStage {
    /// A stage without settings, of which nothing is deployed.
    pub fn new(api_id: ApiId, stage_name: StageName, account_id: &str, region: &str) -> Self {
        Self {
            api_id,
            stage_name,
            account_id: account_id.into(),
            region: region.into(),
            variables: BTreeMap::new(),
            default_route_settings: RouteSettings::default(),
            route_settings: BTreeMap::new(),
            snapshot: None,
        }
    }

    /// The ARN that stands for a route in policies: `{apiId}/{stage}/{routeKey}`.
    pub fn route_arn(&self, key: &RouteKey) -> String {
        format!(
            "arn:aws:execute-api:{}:{}:{}/{}/{key}",
            self.region, self.account_id, self.api_id, self.stage_name
        )
    }

    /// The settings of a route: its own values, else the stage's defaults, each on its own.
    pub fn settings_of(&self, key: &RouteKey) -> RouteSettings {
        let own = self
            .route_settings
            .get(key.as_str())
            .copied()
            .unwrap_or_default();
        let default = self.default_route_settings;
        RouteSettings {
            throttling_rate_limit: own.throttling_rate_limit.or(default.throttling_rate_limit),
            throttling_burst_limit: own
                .throttling_burst_limit
                .or(default.throttling_burst_limit),
        }
    }
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

impl LambdaFunction {
    /// The function behind an integration URI.
    pub fn from_uri(uri: impl Into<String>) -> Self {
        Self(StageTemplate::new(uri))
    }

    /// The function's ARN for a stage, if the URI names one.
    pub fn arn(&self, variables: &BTreeMap<String, String>) -> Option<String> {
        let uri = self.0.resolve(variables);
        let (service, path) = uri.split_once(":path/")?;
        if !service.starts_with("arn:") || !service.ends_with(":lambda") {
            return None;
        }
        let (_version, function) = path.split_once("/functions/")?;
        let arn = function.strip_suffix("/invocations")?;
        (!arn.is_empty()).then(|| arn.to_owned())
    }
}

impl StageTemplate {
    /// Text that may hold stage variables.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text with the variables of a stage; an unknown variable leaves nothing.
    pub fn resolve(&self, variables: &BTreeMap<String, String>) -> Cow<'_, str> {
        if !self.0.contains(VARIABLE) {
            return Cow::Borrowed(&self.0);
        }
        let mut resolved = String::with_capacity(self.0.len());
        let mut rest = self.0.as_str();
        while let Some((before, after)) = rest.split_once(VARIABLE) {
            resolved.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                resolved.push_str(VARIABLE);
                rest = after;
                continue;
            };
            resolved.push_str(variables.get(name).map_or("", String::as_str));
            rest = after;
        }
        resolved.push_str(rest);
        Cow::Owned(resolved)
    }
}

const VARIABLE: &str = "${stageVariables.";
