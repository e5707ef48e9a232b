//! Stages: under which name a deployment is served, with which settings.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/websocket-api-stages.html>.

use std::collections::BTreeMap;

use landline_api::apigatewayv2::{
    CreateStage, CreateStageInput, DeleteAccessLogSettings, DeleteAccessLogSettingsInput,
    DeleteRouteSettings, DeleteRouteSettingsInput, DeleteStage, DeleteStageInput, Deployment,
    GetStage, GetStageInput, GetStages, GetStagesInput, GetStagesOutput, RouteSettings, Stage,
    UpdateStage, UpdateStageInput,
};
use landline_store::{Reader, Transaction};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError, Timestamp};

use super::page::page;
use super::patch::{self, non_empty};
use super::stage_settings::{
    access_log, default_route_settings, expect_settings, expect_variables, merge_route_settings,
};
use super::{ApiGateway, Scope, expect};
use crate::deployment::deploy;
use crate::quotas::ResourceLimits;
use crate::state::client_certificates::client_certificate;
use crate::state::{self, Failure, Resource, bad_request, conflict, not_found, quota_reached};

impl Handler<CreateStage> for ApiGateway {
    async fn handle(
        &self,
        input: CreateStageInput,
        caller: &Caller,
    ) -> Result<Stage, ServiceError> {
        expect_name(&input.stage_name)?;
        expect::tags(input.tags.as_ref(), &self.limits)?;
        let limits = self.limits.clone();
        self.change(caller, input.api_id.clone(), move |transaction, scope| {
            let siblings = state::list::<Stage>(transaction, &scope.api_id)?;
            if siblings.iter().any(|it| it.stage_name == input.stage_name) {
                return Err(conflict("Stage already exists").into());
            }
            if siblings.len() >= limits.stages_per_api {
                return Err(quota_reached("Stages", "API").into());
            }
            // Templates in the wild name a deployment beside AutoDeploy; AWS takes it at creation.
            let stage = new_stage(input, scope.now)?;
            let follows = stage.auto_deploy == Some(true);
            expect_certificate(transaction, &stage)?;
            put_expected(transaction, &scope.api_id, &stage, &limits)?;
            deploy_now_if(follows, transaction, scope)?;
            state::find(transaction, &scope.api_id, &stage.stage_name)
        })
        .await
    }
}

impl Handler<GetStage> for ApiGateway {
    async fn handle(&self, input: GetStageInput, caller: &Caller) -> Result<Stage, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.stage_name)
        })
    }
}

impl Handler<GetStages> for ApiGateway {
    async fn handle(
        &self,
        input: GetStagesInput,
        caller: &Caller,
    ) -> Result<GetStagesOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            Ok(state::list::<Stage>(reader, &input.api_id)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(all, Stage::id, max_results, input.next_token.as_deref())?;
        Ok(GetStagesOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateStage> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateStageInput,
        caller: &Caller,
    ) -> Result<Stage, ServiceError> {
        let limits = self.limits.clone();
        self.change(caller, input.api_id.clone(), move |transaction, scope| {
            let mut stage: Stage = state::find(transaction, &scope.api_id, &input.stage_name)?;
            let followed = stage.auto_deploy == Some(true);
            let pinned = non_empty(input.deployment_id.clone()).is_some();
            update(&mut stage, input)?;
            stage.last_updated_date = Some(scope.now.truncate_to_seconds());
            let follows = stage.auto_deploy == Some(true);
            if follows && pinned {
                let name = &stage.stage_name;
                return Err(bad_request(format!(
                    "Deployment ID cannot be set on stage {name} because AutoDeploy is enabled"
                ))
                .into());
            }
            expect_certificate(transaction, &stage)?;
            put_expected(transaction, &scope.api_id, &stage, &limits)?;
            deploy_now_if(follows && !followed, transaction, scope)?;
            state::find(transaction, &scope.api_id, &stage.stage_name)
        })
        .await
    }
}

impl Handler<DeleteStage> for ApiGateway {
    /// Its connections end with 1001; nobody is left to take their `$disconnect`.
    async fn handle(&self, input: DeleteStageInput, caller: &Caller) -> Result<Unit, ServiceError> {
        let deleted = self.change(caller, input.api_id, move |transaction, scope| {
            let stage: Stage = state::find(transaction, &scope.api_id, &input.stage_name)?;
            let name = &stage.stage_name;
            state::usage::forget_stages(transaction, &scope.api_id, Some(name))?;
            state::remove::<Stage>(transaction, &scope.api_id, name);
            Ok(Unit {})
        });
        let deleted = deleted.await?;
        self.usage_plans.reload().map_err(Failure::from)?;
        Ok(deleted)
    }
}

impl Handler<DeleteRouteSettings> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteRouteSettingsInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(caller, input.api_id, move |transaction, scope| {
            let mut stage: Stage = state::find(transaction, &scope.api_id, &input.stage_name)?;
            let settings = stage.route_settings.get_or_insert_default();
            if settings.remove(&input.route_key).is_none() {
                return Err(unknown_route(&input.route_key).into());
            }
            stage.last_updated_date = Some(scope.now.truncate_to_seconds());
            state::put(transaction, &scope.api_id, &stage)?;
            Ok(Unit {})
        })
        .await
    }
}

impl Handler<DeleteAccessLogSettings> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteAccessLogSettingsInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(caller, input.api_id, move |transaction, scope| {
            let mut stage: Stage = state::find(transaction, &scope.api_id, &input.stage_name)?;
            stage.access_log_settings = None;
            stage.last_updated_date = Some(scope.now.truncate_to_seconds());
            state::put(transaction, &scope.api_id, &stage)?;
            Ok(Unit {})
        })
        .await
    }
}

/// A stage shows its backends a certificate that exists.
fn expect_certificate(reader: &dyn Reader, stage: &Stage) -> Result<(), Failure> {
    match stage.client_certificate_id.as_deref() {
        None => Ok(()),
        Some(id) => client_certificate(reader, id).map(drop),
    }
}

fn new_stage(input: CreateStageInput, now: Timestamp) -> Result<Stage, ServiceError> {
    Ok(Stage {
        access_log_settings: access_log(input.access_log_settings)?,
        auto_deploy: input.auto_deploy.or(Some(false)),
        client_certificate_id: non_empty(input.client_certificate_id),
        default_route_settings: Some(default_route_settings(None, input.default_route_settings)),
        deployment_id: non_empty(input.deployment_id),
        description: non_empty(input.description),
        // These three are shown even when they are empty.
        route_settings: input.route_settings.or_else(|| Some(BTreeMap::new())),
        stage_variables: input.stage_variables.or_else(|| Some(BTreeMap::new())),
        tags: input.tags.or_else(|| Some(BTreeMap::new())),
        stage_name: input.stage_name,
        created_date: Some(now.truncate_to_seconds()),
        last_updated_date: Some(now.truncate_to_seconds()),
        ..Stage::default()
    })
}

fn update(stage: &mut Stage, input: UpdateStageInput) -> Result<(), ServiceError> {
    if input.access_log_settings.is_some() {
        stage.access_log_settings = access_log(input.access_log_settings)?;
    }
    patch::value(&mut stage.auto_deploy, input.auto_deploy);
    patch::text(
        &mut stage.client_certificate_id,
        input.client_certificate_id,
    );
    patch::text(&mut stage.deployment_id, input.deployment_id);
    patch::text(&mut stage.description, input.description);
    if let Some(given) = input.default_route_settings {
        let kept = stage.default_route_settings.take();
        // Without any setting in them, they go back to the defaults.
        let kept = kept.filter(|_| given != RouteSettings::default());
        stage.default_route_settings = Some(default_route_settings(kept, Some(given)));
    }
    if let Some(given) = input.route_settings {
        merge_route_settings(stage.route_settings.get_or_insert_default(), given);
    }
    if let Some(given) = input.stage_variables {
        patch::entries(stage.stage_variables.get_or_insert_default(), given);
    }
    Ok(())
}

/// A stage that begins to follow its API is deployed at once.
fn deploy_now_if(
    follows: bool,
    transaction: &mut Transaction<'_>,
    scope: &Scope,
) -> Result<(), Failure> {
    if !follows {
        return Ok(());
    }
    deploy::follow(transaction, &scope.api_id, &scope.record, scope.now)
}

/// Stores a stage if it may stand as it is.
fn put_expected(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    stage: &Stage,
    limits: &ResourceLimits,
) -> Result<(), Failure> {
    expect::description(stage.description.as_deref())?;
    expect_variables(stage.stage_variables.as_ref(), limits)?;
    let route_settings = stage.route_settings.iter().flat_map(BTreeMap::values);
    for settings in route_settings.chain(&stage.default_route_settings) {
        expect_settings(settings)?;
    }
    expect_routes_of_settings(transaction, api_id, stage)?;
    if let Some(id) = &stage.deployment_id {
        state::find::<Deployment>(transaction, api_id, id)?;
    }
    state::put(transaction, api_id, stage)?;
    Ok(())
}

/// Settings are for routes that exist, deployed or not; those of a route that was
/// deleted meanwhile stay.
fn expect_routes_of_settings(
    reader: &dyn Reader,
    api_id: &str,
    stage: &Stage,
) -> Result<(), Failure> {
    let settings = stage.route_settings.as_ref();
    let Some(settings) = settings.filter(|it| !it.is_empty()) else {
        return Ok(());
    };
    let before = state::find_optional::<Stage>(reader, api_id, &stage.stage_name)?;
    let before = before.and_then(|it| it.route_settings).unwrap_or_default();
    let routes = state::list::<landline_api::apigatewayv2::Route>(reader, api_id)?;
    for key in settings.keys().filter(|key| !before.contains_key(*key)) {
        if !routes.iter().any(|route| route.route_key == *key) {
            return Err(unknown_route(key).into());
        }
    }
    Ok(())
}

fn unknown_route(key: &str) -> ServiceError {
    not_found(format!(
        "Unable to find Route by key {key} within the provided RouteSettings"
    ))
}

fn expect_name(name: &str) -> Result<(), ServiceError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let named = (1..=128).contains(&name.len()) && name.chars().all(plain);
    if named || name == "$default" {
        return Ok(());
    }
    Err(bad_request(
        "Stage name only allows a-zA-Z0-9, hyphens and underscores, or $default, and at most 128 characters",
    ))
}
