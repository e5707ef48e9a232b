//! From the records of a REST API to its live stages.

use std::collections::BTreeMap;
use std::sync::Arc;

use landline_api::apigateway as api;
use landline_store::{Reader, StoreError};

use super::frozen::rest;
use super::live::LiveStages;
use super::publish::client_identity;
use super::snapshot::{ApiId, LiveStage, RouteSettings, Snapshot, StageName};
use crate::observe::{AccessLog, Destination, Format, Level, Observation, RouteObservation};
use crate::state::path;
use crate::state::rest::{REST_APIS, REST_FROZEN, rest_stages};

/// The stages of a REST API as they are now; none where there is no such API.
pub(super) fn read_stages(
    live: &LiveStages,
    reader: &dyn Reader,
    api_id: &str,
) -> Result<Vec<LiveStage>, StoreError> {
    let Some(record) = REST_APIS.get_in(reader, api_id)? else {
        return Ok(Vec::new());
    };
    let mut stages = Vec::new();
    for stage in rest_stages(reader, api_id)? {
        let snapshot = match &stage.deployment_id {
            Some(deployment_id) => snapshot(live, reader, api_id, &stage, deployment_id)?,
            None => None,
        };
        let settings = stage.method_settings.unwrap_or_default();
        let of_all = settings.get("*/*").cloned().unwrap_or_default();
        let by_route: BTreeMap<String, api::MethodSetting> = settings
            .into_iter()
            .filter_map(|(key, settings)| Some((route_key(&key)?, settings)))
            .collect();
        let observation = Observation {
            access_log: stage.access_log_settings.as_ref().and_then(access_log),
            default: observation(&of_all),
            routes: by_route
                .iter()
                .map(|(key, settings)| (key.clone(), observation(settings)))
                .filter(|(_, it)| *it != RouteObservation::default())
                .collect(),
        };
        stages.push(LiveStage {
            variables: stage.variables.unwrap_or_default(),
            default_route_settings: limits(&of_all),
            route_settings: by_route
                .iter()
                .map(|(key, settings)| (key.clone(), limits(settings)))
                .collect(),
            observation,
            snapshot,
            client_identity: client_identity(reader, stage.client_certificate_id.as_deref())?,
            ..LiveStage::new(
                ApiId::new(api_id),
                StageName::new(stage.stage_name.unwrap_or_default()),
                &record.account_id,
                &record.region,
            )
        });
    }
    Ok(stages)
}

/// A deployment never changes, so what the stage serves already is good as long as it
/// points to the same one.
fn snapshot(
    live: &LiveStages,
    reader: &dyn Reader,
    api_id: &str,
    stage: &api::Stage,
    deployment_id: &str,
) -> Result<Option<Arc<Snapshot>>, StoreError> {
    let slot = live.get(api_id, stage.stage_name.as_deref().unwrap_or_default());
    let served = slot.and_then(|slot| slot.load().snapshot.clone());
    if let Some(served) = served.filter(|it| it.deployment_id == deployment_id) {
        return Ok(Some(served));
    }
    let frozen = REST_FROZEN.get_in(reader, &path(api_id, deployment_id))?;
    Ok(frozen.map(|record| Arc::new(rest::snapshot(&record, deployment_id))))
}

/// `pets~1{id}/GET` → `GET /pets/{id}`; none for `*/*`.
fn route_key(key: &str) -> Option<String> {
    let (resource, method) = key.rsplit_once('/')?;
    if resource == "*" {
        return None;
    }
    let resource = resource.replace("~1", "/");
    let resource = resource.trim_start_matches('/');
    Some(format!("{method} /{resource}"))
}

fn limits(settings: &api::MethodSetting) -> RouteSettings {
    // A negative limit stands for none, as AWS shows what was never set.
    let burst = settings.throttling_burst_limit.filter(|limit| *limit >= 0);
    RouteSettings {
        throttling_rate_limit: settings.throttling_rate_limit.filter(|rate| *rate >= 0.0),
        throttling_burst_limit: burst.and_then(|limit| u32::try_from(limit).ok()),
    }
}

fn observation(settings: &api::MethodSetting) -> RouteObservation {
    RouteObservation {
        level: settings.logging_level.as_deref().map(|level| match level {
            "ERROR" => Level::Error,
            "INFO" => Level::Info,
            _ => Level::Off,
        }),
        data_trace: settings.data_trace_enabled,
        detailed_metrics: settings.metrics_enabled,
    }
}

fn access_log(settings: &api::AccessLogSettings) -> Option<AccessLog> {
    Some(AccessLog {
        destination: Destination::parse(settings.destination_arn.as_deref()?)?,
        format: Format::parse(settings.format.as_deref()?).ok()?,
    })
}
