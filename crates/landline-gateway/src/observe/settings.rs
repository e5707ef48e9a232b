//! What a stage wants to be told: its access log, and how much of each route.

use std::collections::BTreeMap;

use super::{Destination, Format};

/// Everything that a stage's settings say about logs and metrics.
#[derive(Debug, Clone, Default)]
pub struct Observation {
    /// Where each execution leaves a line, and what it says.
    pub access_log: Option<AccessLog>,
    /// For routes without settings of their own.
    pub default: RouteObservation,
    /// Settings by route key.
    pub routes: BTreeMap<String, RouteObservation>,
}

/// An access log.
#[derive(Debug, Clone)]
pub struct AccessLog {
    /// Where it is written.
    pub destination: Destination,
    /// What a line says.
    pub format: Format,
}

/// What is told of one route; a setting that is missing is the stage's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct RouteObservation {
    /// Which executions are logged.
    pub level: Option<Level>,
    /// Whether payloads are logged too.
    pub data_trace: Option<bool>,
    /// Whether the route has metrics of its own.
    pub detailed_metrics: Option<bool>,
}

/// Which executions are logged.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Level {
    /// None.
    #[default]
    Off,
    /// Those that fail.
    Error,
    /// All.
    Info,
}

/// How executions of a route are logged, where they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExecutionLogging {
    /// [`Level::Error`] or [`Level::Info`].
    pub level: Level,
    /// Whether payloads are logged too.
    pub data_trace: bool,
}

impl Observation {
    /// Whether no execution of the stage is logged at all.
    pub fn is_silent(&self) -> bool {
        self.access_log.is_none()
            && self.default.level.unwrap_or_default() == Level::Off
            && self.routes.is_empty()
    }

    /// How executions of a route are logged. What has no route goes by the stage's settings.
    pub fn logging_of(&self, route_key: Option<&str>) -> Option<ExecutionLogging> {
        let own = self.own(route_key);
        let level = own.level.or(self.default.level).unwrap_or_default();
        if level == Level::Off {
            return None;
        }
        Some(ExecutionLogging {
            level,
            data_trace: own
                .data_trace
                .or(self.default.data_trace)
                .unwrap_or_default(),
        })
    }

    /// Whether a route has metrics of its own. The stage's setting wins where it says
    /// so, even over a route that does not want them: observed on AWS.
    pub fn is_detailed(&self, route_key: &str) -> bool {
        self.default.detailed_metrics == Some(true)
            || self.own(Some(route_key)).detailed_metrics == Some(true)
    }

    fn own(&self, route_key: Option<&str>) -> RouteObservation {
        route_key
            .and_then(|key| self.routes.get(key))
            .copied()
            .unwrap_or_default()
    }
}
