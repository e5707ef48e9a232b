//! What an authorization leaves for logs: `$context.authenticate`, `authorize`, `authorizer`.

use std::time::Duration;

use super::{Denial, Entrance};
use crate::observe::{KeyCheck, Observer, PhaseOutcome};

/// The steps that were taken.
#[derive(Debug, Clone, Default)]
pub(crate) struct Report {
    /// The signature's.
    pub(crate) authenticate: Option<Step>,
    /// The policies'.
    pub(crate) authorize: Option<Step>,
    /// The Lambda authorizer's.
    pub(crate) authorizer: Option<Step>,
    /// The usage plans', where the route wants a key.
    pub(crate) key: Option<KeyCheck>,
}

/// One step.
#[derive(Debug, Clone)]
pub(crate) struct Step {
    pub(crate) status: u16,
    pub(crate) latency: Duration,
    pub(crate) error: Option<String>,
}

impl From<&Step> for PhaseOutcome {
    fn from(step: &Step) -> Self {
        Self {
            status: Some(step.status),
            latency: Some(step.latency),
            error: step.error.clone(),
            ..Self::default()
        }
    }
}

impl Step {
    pub(super) fn passed(latency: Duration) -> Self {
        Self {
            status: 200,
            latency,
            error: None,
        }
    }

    pub(super) fn failed(status: u16, latency: Duration, error: impl Into<String>) -> Self {
        Self {
            status,
            latency,
            error: Some(error.into()),
        }
    }
}

impl Report {
    /// Tells the logs of the stage.
    pub(crate) fn tell(&self, observer: &Observer) {
        if let Some(step) = &self.authenticate {
            observer.authenticated(step.into());
        }
        if let Some(step) = &self.authorize {
            observer.authorized(step.into());
        }
        if let Some(step) = &self.authorizer {
            observer.authorizer(PhaseOutcome {
                integration_status: Some(step.status),
                integration_latency: Some(step.latency),
                ..step.into()
            });
        }
        if let Some(key) = &self.key {
            observer.key_checked(key.clone());
        }
    }

    /// Tells whoever looks into the gateway.
    pub(crate) fn trace(&self, entrance: &Entrance<'_>, denial: Option<&Denial>) {
        let steps = [
            ("authenticate", &self.authenticate),
            ("authorize", &self.authorize),
            ("authorizer", &self.authorizer),
        ];
        for (name, step) in steps {
            let Some(step) = step else { continue };
            let error = step.error.as_deref();
            tracing::debug!(
                step = name,
                status = step.status,
                latency_millis = step.latency.as_millis(),
                error,
                "authorization step"
            );
        }
        if let Some(denial) = denial {
            tracing::debug!(
                api_id = %entrance.stage.api_id,
                connection_id = %entrance.connection.id,
                reason = denial.message(),
                "client may not connect"
            );
        }
    }
}
