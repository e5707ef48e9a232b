//! From the store to the live stages: after every change, and for all at start.
//!
//! Publishing reads what is durable, one API at a time and one publisher after the
//! other, so the last one to run leaves the newest state whatever the order of the changes.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::apigatewayv2 as api;
use landline_store::{Reader, Store, StoreError};
use parking_lot::Mutex;

use super::domains::{LiveDomain, LiveDomains, LiveMapping};
use super::frozen::FROZEN;
use super::live::LiveStages;
use super::publish_rest;
use super::snapshot::{ApiId, ClientIdentity, LiveStage, RouteSettings, Snapshot, StageName};
use crate::observe::{AccessLog, Destination, Format, Level, Observation, RouteObservation};
use crate::state::client_certificates::{CLIENT_CERTIFICATES, ClientCertificateRecord};
use crate::state::rest::REST_APIS;
use crate::state::{self, APIS, ApiRecord, DOMAINS, DomainRecord};

/// Keeps the live stages as the store says.
#[derive(Debug)]
pub(crate) struct Publisher {
    store: Arc<dyn Store>,
    live: Arc<LiveStages>,
    domains: Arc<LiveDomains>,
    publishing: Mutex<()>,
}

impl Publisher {
    /// A publisher of what `store` holds.
    pub(crate) fn new(store: Arc<dyn Store>, live: Arc<LiveStages>) -> Self {
        Self {
            store,
            live,
            domains: Arc::new(LiveDomains::new()),
            publishing: Mutex::new(()),
        }
    }

    /// The custom domains that are served.
    pub(crate) fn domains(&self) -> &Arc<LiveDomains> {
        &self.domains
    }

    /// Lets authorizers be asked again by a stage: `ResetAuthorizersCache`.
    pub(crate) fn forget_authorizations(&self, api_id: &str, stage_name: &str) {
        if let Some(slot) = self.live.get(api_id, stage_name) {
            slot.authorizations.reset();
        }
    }

    /// Serves every stage of every API, and every custom domain.
    pub(crate) fn publish_all(&self) -> Result<(), StoreError> {
        for (api_id, _) in APIS.load(&*self.store)? {
            self.publish(&api_id)?;
        }
        for (api_id, _) in REST_APIS.load(&*self.store)? {
            self.publish(&api_id)?;
        }
        self.publish_domains()
    }

    /// Serves the custom domains as they are now.
    ///
    /// All at once: there are few, and a mapping's stage is only looked up when a client comes.
    pub(crate) fn publish_domains(&self) -> Result<(), StoreError> {
        let _one_at_a_time = self.publishing.lock();
        let domains = self.store.read(|reader| {
            let mut domains = Vec::new();
            for (name, record) in DOMAINS.load_in(reader)? {
                let mappings = state::list::<api::ApiMapping>(reader, &name)?;
                domains.push(live_domain(name, record, mappings));
            }
            Ok::<_, StoreError>(domains)
        })?;
        self.domains.publish(domains);
        Ok(())
    }

    /// Serves the stages of an API as they are now, and those that are gone no longer.
    pub(crate) fn publish(&self, api_id: &str) -> Result<(), StoreError> {
        let _one_at_a_time = self.publishing.lock();
        let stages = self.store.read(|reader| self.read_stages(reader, api_id))?;
        for served in self.live.stages_of(api_id) {
            if !stages.iter().any(|stage| stage.stage_name == served) {
                self.live.remove(api_id, served.as_str());
            }
        }
        for stage in stages {
            self.live.publish(stage);
        }
        Ok(())
    }

    fn read_stages(&self, reader: &dyn Reader, api_id: &str) -> Result<Vec<LiveStage>, StoreError> {
        let Some(record) = APIS.get_in(reader, api_id)? else {
            return publish_rest::read_stages(&self.live, reader, api_id);
        };
        let mut stages = Vec::new();
        for stage in state::list::<api::Stage>(reader, api_id)? {
            let snapshot = match &stage.deployment_id {
                Some(deployment_id) => self.snapshot(reader, api_id, &stage, deployment_id)?,
                None => None,
            };
            let id = stage.client_certificate_id.as_deref();
            let client_identity = client_identity(reader, id)?;
            stages.push(LiveStage {
                client_identity,
                ..live_stage(&record, api_id, stage, snapshot)
            });
        }
        Ok(stages)
    }

    /// A deployment never changes, so the snapshot that the stage serves already is
    /// good as long as the stage points to the same one.
    fn snapshot(
        &self,
        reader: &dyn Reader,
        api_id: &str,
        stage: &api::Stage,
        deployment_id: &str,
    ) -> Result<Option<Arc<Snapshot>>, StoreError> {
        let slot = self.live.get(api_id, &stage.stage_name);
        let served = slot.and_then(|slot| slot.load().snapshot.clone());
        if let Some(served) = served.filter(|it| it.deployment_id == deployment_id) {
            return Ok(Some(served));
        }
        let frozen = FROZEN.get_in(reader, &state::path(api_id, deployment_id))?;
        Ok(frozen.map(|frozen| Arc::new(frozen.snapshot(deployment_id))))
    }
}

fn live_stage(
    record: &ApiRecord,
    api_id: &str,
    stage: api::Stage,
    snapshot: Option<Arc<Snapshot>>,
) -> LiveStage {
    let observation = observation(&stage);
    let route_settings = stage.route_settings.unwrap_or_default();
    let route_settings: BTreeMap<String, RouteSettings> = route_settings
        .iter()
        .map(|(key, settings)| (key.clone(), limits(settings)))
        .collect();
    LiveStage {
        variables: stage.stage_variables.unwrap_or_default(),
        default_route_settings: stage
            .default_route_settings
            .as_ref()
            .map(limits)
            .unwrap_or_default(),
        route_settings,
        observation,
        snapshot,
        ..LiveStage::new(
            ApiId::new(api_id),
            StageName::new(stage.stage_name),
            &record.account_id,
            &record.region,
        )
    }
}

/// The client certificate that a stage names. One that is not there any more is not shown.
pub(crate) fn client_identity(
    reader: &dyn Reader,
    id: Option<&str>,
) -> Result<Option<Arc<ClientIdentity>>, StoreError> {
    let Some(id) = id else {
        return Ok(None);
    };
    let record = CLIENT_CERTIFICATES.get_in(reader, id)?;
    let identity = |record: ClientCertificateRecord| ClientIdentity {
        id: id.to_owned(),
        certificate: record
            .certificate
            .0
            .pem_encoded_certificate
            .unwrap_or_default(),
        key: record.key,
    };
    Ok(record.map(identity).map(Arc::new))
}

fn live_domain(name: String, record: DomainRecord, mappings: Vec<api::ApiMapping>) -> LiveDomain {
    let mappings = mappings.into_iter().map(|mapping| {
        let key = mapping.api_mapping_key.unwrap_or_default();
        LiveMapping {
            key: key
                .split('/')
                .filter(|segment| !segment.is_empty())
                .map(str::to_owned)
                .collect(),
            api_id: ApiId::new(mapping.api_id),
            stage_name: StageName::new(mapping.stage),
        }
    });
    LiveDomain::new(name, mappings.collect(), record.truststore)
}

/// What the stage's settings say about logs and metrics.
fn observation(stage: &api::Stage) -> Observation {
    let routes = stage.route_settings.iter().flatten();
    Observation {
        access_log: stage.access_log_settings.as_ref().and_then(access_log),
        default: stage
            .default_route_settings
            .as_ref()
            .map(route_observation)
            .unwrap_or_default(),
        routes: routes
            .map(|(key, settings)| (key.clone(), route_observation(settings)))
            .filter(|(_, observation)| *observation != RouteObservation::default())
            .collect(),
    }
}

/// None for a setting that an older Landline has let through.
fn access_log(settings: &api::AccessLogSettings) -> Option<AccessLog> {
    Some(AccessLog {
        destination: Destination::parse(settings.destination_arn.as_deref()?)?,
        format: Format::parse(settings.format.as_deref()?).ok()?,
    })
}

fn route_observation(settings: &api::RouteSettings) -> RouteObservation {
    RouteObservation {
        level: settings.logging_level.as_ref().map(|level| match level {
            api::LoggingLevel::Error => Level::Error,
            api::LoggingLevel::Info => Level::Info,
            _ => Level::Off,
        }),
        data_trace: settings.data_trace_enabled,
        detailed_metrics: settings.detailed_metrics_enabled,
    }
}

fn limits(settings: &api::RouteSettings) -> RouteSettings {
    RouteSettings {
        throttling_rate_limit: settings.throttling_rate_limit,
        throttling_burst_limit: settings
            .throttling_burst_limit
            .map(|limit| u32::try_from(limit).unwrap_or_default()),
    }
}
