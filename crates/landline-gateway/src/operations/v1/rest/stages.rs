//! Stages of REST APIs, which are changed by patches alone.

use std::collections::BTreeMap;

use landline_api::apigateway::{
    AccessLogSettings, CacheClusterStatus, CreateStage, CreateStageInput, DeleteStage,
    DeleteStageInput, FlushStageAuthorizersCache, FlushStageAuthorizersCacheInput, GetStage,
    GetStageInput, GetStages, GetStagesInput, MethodSetting, Stage, Stages, UpdateStage,
    UpdateStageInput,
};
use landline_store::Reader;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::super::super::patch::non_empty;
use super::super::super::stage_settings::expect_variables;
use super::super::super::{ApiGateway, expect};
use super::super::patch::{self, Step};
use super::{missing, patch_json};
use crate::observe::{Destination, Format};
use crate::quotas::ResourceLimits;
use crate::state::client_certificates::client_certificate;
use crate::state::rest::{REST_DEPLOYMENTS, REST_STAGES, rest_api, rest_stage, rest_stages};
use crate::state::{self, Failure, Stored, bad_request, conflict, path, quota_reached};

impl Handler<CreateStage> for ApiGateway {
    async fn handle(&self, input: CreateStageInput, _: &Caller) -> Result<Stage, ServiceError> {
        expect::tags(input.tags.as_ref(), &self.limits)?;
        let limits = self.limits.clone();
        self.serve_rest(input.rest_api_id, move |transaction, id, _, now| {
            let siblings = rest_stages(transaction, id)?;
            let name = input.stage_name;
            if siblings
                .iter()
                .any(|it| it.stage_name.as_deref() == Some(&name))
            {
                return Err(conflict("Stage already exists").into());
            }
            if siblings.len() >= limits.stages_per_api {
                return Err(quota_reached("Stages", "API").into());
            }
            let known = REST_DEPLOYMENTS.get_in(transaction, &path(id, &input.deployment_id))?;
            known.ok_or_else(|| missing("Deployment"))?;
            let stage = Stage {
                deployment_id: Some(input.deployment_id),
                description: input.description,
                cache_cluster_enabled: input.cache_cluster_enabled.or(Some(false)),
                variables: input.variables,
                documentation_version: input.documentation_version,
                tracing_enabled: input.tracing_enabled.or(Some(false)),
                tags: input.tags,
                ..new_stage(&name, now)
            };
            expect_stage(&stage, &limits)?;
            REST_STAGES.put_in(transaction, &path(id, &name), &Stored(stage.clone()))?;
            Ok(stage)
        })
        .await
    }
}

/// A stage that points nowhere yet.
pub(super) fn new_stage(name: &str, now: Timestamp) -> Stage {
    Stage {
        stage_name: Some(name.to_owned()),
        cache_cluster_enabled: Some(false),
        cache_cluster_status: Some(CacheClusterStatus::NotAvailable),
        tracing_enabled: Some(false),
        method_settings: Some(BTreeMap::new()),
        created_date: Some(now),
        last_updated_date: Some(now),
        ..Stage::default()
    }
}

/// Refuses a stage that may not be as it is.
pub(super) fn expect_stage(stage: &Stage, limits: &ResourceLimits) -> Result<(), ServiceError> {
    let name = stage.stage_name.as_deref().unwrap_or_default();
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if !(1..=128).contains(&name.len()) || !name.chars().all(plain) {
        return Err(bad_request("Stage name only allows a-zA-Z0-9_"));
    }
    expect::description(stage.description.as_deref())?;
    expect_variables(stage.variables.as_ref(), limits)?;
    let Some(AccessLogSettings {
        format,
        destination_arn,
    }) = &stage.access_log_settings
    else {
        return Ok(());
    };
    if let Some(format) = format {
        Format::parse(format).map_err(|error| bad_request(error.to_string()))?;
    }
    if let Some(destination) = destination_arn {
        let known = Destination::parse(destination);
        known.ok_or_else(|| bad_request("Invalid ARN specified in the request"))?;
    }
    Ok(())
}

/// A stage shows its backends a certificate that exists, or none.
fn expect_certificate(reader: &dyn Reader, stage: &mut Stage) -> Result<(), Failure> {
    stage.client_certificate_id = non_empty(stage.client_certificate_id.take());
    match stage.client_certificate_id.as_deref() {
        None => Ok(()),
        Some(id) => client_certificate(reader, id).map(drop),
    }
}

impl Handler<GetStage> for ApiGateway {
    async fn handle(&self, input: GetStageInput, _: &Caller) -> Result<Stage, ServiceError> {
        self.read_usage(|reader| rest_stage(reader, &input.rest_api_id, &input.stage_name))
    }
}

impl Handler<GetStages> for ApiGateway {
    async fn handle(&self, input: GetStagesInput, _: &Caller) -> Result<Stages, ServiceError> {
        let mut all = self.read_usage(|reader| {
            rest_api(reader, &input.rest_api_id)?;
            Ok(rest_stages(reader, &input.rest_api_id)?)
        })?;
        if input.deployment_id.is_some() {
            all.retain(|stage| stage.deployment_id == input.deployment_id);
        }
        Ok(Stages { item: Some(all) })
    }
}

impl Handler<UpdateStage> for ApiGateway {
    async fn handle(&self, input: UpdateStageInput, _: &Caller) -> Result<Stage, ServiceError> {
        let limits = self.limits.clone();
        self.serve_rest(input.rest_api_id, move |transaction, id, _, now| {
            let mut stage = rest_stage(transaction, id, &input.stage_name)?;
            let mut rest = Vec::new();
            for operation in input.patch_operations.into_iter().flatten() {
                let one = vec![operation.clone()];
                let steps = patch::steps(Some(&one))?;
                if steps
                    .iter()
                    .try_fold(true, |_, step| set(&mut stage, step))?
                {
                    continue;
                }
                rest.push(operation);
            }
            let mut stage = patch_json::apply(&stage, Some(&rest))?;
            let deployment_id = stage.deployment_id.as_deref().unwrap_or_default();
            let known = REST_DEPLOYMENTS.get_in(transaction, &path(id, deployment_id))?;
            known.ok_or_else(|| missing("Deployment"))?;
            expect_stage(&stage, &limits)?;
            expect_certificate(transaction, &mut stage)?;
            stage.last_updated_date = Some(now);
            let place = path(id, &input.stage_name);
            REST_STAGES.put_in(transaction, &place, &Stored(stage.clone()))?;
            Ok(stage)
        })
        .await
    }
}

/// Paths of a stage that name no member of it; whether the step was one of them.
///
/// `/{resource}/{method}/throttling/rateLimit`, where `~1` stands for the slashes of the
/// resource, and `/accessLogSettings/format`.
fn set(stage: &mut Stage, step: &Step<'_>) -> Result<bool, ServiceError> {
    if let Some(member) = step.path.strip_prefix("/accessLogSettings") {
        set_access_log(stage, member, step)?;
        return Ok(true);
    }
    let parts: Vec<&str> = step.path.split('/').skip(1).collect();
    let (key, setting) = match parts.as_slice() {
        [resource, method, group, name] => (setting_key(resource, method), [*group, *name]),
        [resource, method] if step.op == "remove" => {
            let key = format!("{resource}/{method}");
            let settings = stage.method_settings.get_or_insert_default();
            let removed = settings.remove(&setting_key(resource, method));
            return match removed {
                None if stage_member(resource) => Ok(false),
                None => Err(no_setting(&key)),
                Some(_) => Ok(true),
            };
        }
        _ => return Ok(false),
    };
    let settings = stage.method_settings.get_or_insert_default();
    let settings = settings.entry(key).or_default();
    set_method(settings, setting, step)?;
    Ok(true)
}

fn set_access_log(stage: &mut Stage, member: &str, step: &Step<'_>) -> Result<(), ServiceError> {
    if step.op == "remove" {
        // Only all of them go at once.
        if !member.is_empty() {
            return Err(no_setting(&format!("accessLogSettings{member}")));
        }
        stage.access_log_settings = None;
        return Ok(());
    }
    let settings = stage.access_log_settings.get_or_insert_default();
    let setting = match member {
        "/format" => &mut settings.format,
        "/destinationArn" => &mut settings.destination_arn,
        _ => {
            return Err(bad_request(
                "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]",
            ));
        }
    };
    let given = step.text();
    *setting = Some(given.ok_or_else(|| bad_request("Access Log value must not be empty"))?);
    Ok(())
}

/// Whether a path leads to a map of the stage rather than to a method.
fn stage_member(name: &str) -> bool {
    matches!(name, "variables" | "canarySettings" | "tags")
}

fn no_setting(key: &str) -> ServiceError {
    bad_request(format!(
        "Cannot remove method setting {key} because there is no method setting for this method "
    ))
}

/// A method's settings are known by its path without the first slash.
fn setting_key(resource: &str, method: &str) -> String {
    let resource = resource.strip_prefix("~1").unwrap_or(resource);
    format!("{resource}/{method}")
}

fn set_method(
    it: &mut MethodSetting,
    setting: [&str; 2],
    step: &Step<'_>,
) -> Result<(), ServiceError> {
    match setting {
        ["logging", "loglevel"] => it.logging_level = step.text(),
        ["logging", "dataTrace"] => it.data_trace_enabled = Some(step.truth()?),
        ["metrics", "enabled"] => it.metrics_enabled = Some(step.truth()?),
        ["throttling", "rateLimit"] => it.throttling_rate_limit = Some(step.number()?),
        ["throttling", "burstLimit"] => it.throttling_burst_limit = Some(step.number()?),
        ["caching", "enabled"] => it.caching_enabled = Some(step.truth()?),
        ["caching", "ttlInSeconds"] => it.cache_ttl_in_seconds = Some(step.number()?),
        ["caching", "dataEncrypted"] => it.cache_data_encrypted = Some(step.truth()?),
        ["caching", _] => {}
        _ => return Err(step.refuse(&["/{resourcePath}/{httpMethod}/throttling/rateLimit"])),
    }
    Ok(())
}

impl Handler<DeleteStage> for ApiGateway {
    async fn handle(&self, input: DeleteStageInput, _: &Caller) -> Result<Unit, ServiceError> {
        let deleted = self.serve_rest(input.rest_api_id, move |transaction, id, _, _| {
            let name = input.stage_name;
            rest_stage(transaction, id, &name)?;
            state::usage::forget_stages(transaction, id, Some(&name))?;
            REST_STAGES.delete_in(transaction, &path(id, &name));
            Ok(Unit {})
        });
        let deleted = deleted.await?;
        self.usage_plans.reload().map_err(Failure::from)?;
        Ok(deleted)
    }
}

impl Handler<FlushStageAuthorizersCache> for ApiGateway {
    async fn handle(
        &self,
        input: FlushStageAuthorizersCacheInput,
        _: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.read_usage(|reader| rest_stage(reader, &input.rest_api_id, &input.stage_name))?;
        self.publisher
            .forget_authorizations(&input.rest_api_id, &input.stage_name);
        Ok(Unit {})
    }
}
