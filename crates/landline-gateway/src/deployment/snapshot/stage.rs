//! Stages as the data plane sees them: names, settings, and what is deployed.

use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::{RouteKey, Snapshot};
use crate::observe::Observation;

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
    /// What is logged and counted; it applies without a redeployment.
    pub observation: Observation,
    /// What is deployed here; a stage may exist before its first deployment.
    pub snapshot: Option<Arc<Snapshot>>,
    /// What web servers behind the stage are shown; it applies without a redeployment.
    pub client_identity: Option<Arc<ClientIdentity>>,
}

/// A client certificate with its key.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientIdentity {
    /// The certificate's identifier, of which there is never another.
    pub id: String,
    /// The certificate, in PEM.
    pub certificate: String,
    /// Its private key, in PEM.
    pub key: String,
}

impl fmt::Debug for ClientIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ClientIdentity({})", self.id)
    }
}

/// The settings of a stage for its routes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RouteSettings {
    /// Steady calls per second; zero refuses everything.
    pub throttling_rate_limit: Option<f64>,
    /// How many calls may come at once.
    pub throttling_burst_limit: Option<u32>,
}

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
            observation: Observation::default(),
            snapshot: None,
            client_identity: None,
        }
    }

    /// The ARN that stands for a route in policies: `{apiId}/{stage}/{routeKey}`.
    pub fn route_arn(&self, key: &RouteKey) -> String {
        format!(
            "arn:aws:execute-api:{}:{}:{}/{}/{key}",
            self.region, self.account_id, self.api_id, self.stage_name
        )
    }

    /// Whether WebSockets can be opened here.
    pub fn serves_sockets(&self) -> bool {
        self.snapshot.as_ref().is_some_and(|it| it.http.is_none())
    }

    /// Whether HTTP requests are answered here.
    pub fn serves_http(&self) -> bool {
        self.snapshot.as_ref().is_some_and(|it| it.http.is_some())
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
