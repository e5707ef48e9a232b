//! Deployments of REST APIs: a copy of the definition, for stages to serve.

use landline_api::apigateway::{
    CreateDeployment, CreateDeploymentInput, DeleteDeployment, DeleteDeploymentInput, Deployment,
    Deployments, GetDeployment, GetDeploymentInput, GetDeployments, GetDeploymentsInput, Stage,
    UpdateDeployment, UpdateDeploymentInput,
};
use landline_store::Reader;
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::super::super::{ApiGateway, expect};
use super::super::page::page;
use super::stages::{expect_stage, new_stage};
use super::{missing, patch_json};
use crate::state::rest::{
    REST_DEPLOYMENTS, REST_FROZEN, REST_STAGES, RestRecord, rest_api, rest_stages,
};
use crate::state::{Failure, Stored, bad_request, path};

impl Handler<CreateDeployment> for ApiGateway {
    async fn handle(
        &self,
        input: CreateDeploymentInput,
        caller: &Caller,
    ) -> Result<Deployment, ServiceError> {
        expect::description(input.description.as_deref())?;
        let (limits, mut ids) = (self.limits.clone(), caller.new_ids());
        self.serve_rest(input.rest_api_id, move |transaction, id, record, now| {
            expect_methods(&record)?;
            let deployment_id = ids.resource_id(6);
            REST_FROZEN.put_in(transaction, &path(id, &deployment_id), &record)?;
            let deployment = Deployment {
                id: Some(deployment_id.clone()),
                description: input.description,
                created_date: Some(now),
                ..Deployment::default()
            };
            let place = path(id, &deployment_id);
            REST_DEPLOYMENTS.put_in(transaction, &place, &Stored(deployment.clone()))?;
            let Some(name) = input.stage_name.filter(|name| !name.is_empty()) else {
                return Ok(deployment);
            };
            let known = REST_STAGES.get_in(transaction, &path(id, &name))?;
            let mut stage = match known {
                Some(Stored(stage)) => stage,
                None => new_stage(&name, now),
            };
            stage.deployment_id = Some(deployment_id);
            stage.last_updated_date = Some(now);
            stage.description = input.stage_description.or(stage.description);
            stage.variables = input.variables.or(stage.variables);
            stage.tracing_enabled = input.tracing_enabled.or(stage.tracing_enabled);
            expect_stage(&stage, &limits)?;
            REST_STAGES.put_in(transaction, &path(id, &name), &Stored(stage))?;
            Ok(deployment)
        })
        .await
    }
}

/// AWS deploys nothing that could not be called.
fn expect_methods(record: &RestRecord) -> Result<(), ServiceError> {
    let resources = record.resources.values().map(|Stored(it)| it);
    let mut methods = resources.flat_map(|it| it.resource_methods.iter().flatten());
    let mut count = 0;
    if methods.any(|(_, method)| {
        count += 1;
        method.method_integration.is_none()
    }) {
        return Err(bad_request("No integration defined for method"));
    }
    if count == 0 {
        return Err(bad_request("The REST API doesn't contain any methods"));
    }
    Ok(())
}

fn deployment(reader: &dyn Reader, id: &str, deployment_id: &str) -> Result<Deployment, Failure> {
    match REST_DEPLOYMENTS.get_in(reader, &path(id, deployment_id))? {
        Some(Stored(deployment)) => Ok(deployment),
        None => Err(missing("Deployment").into()),
    }
}

impl Handler<GetDeployment> for ApiGateway {
    async fn handle(
        &self,
        input: GetDeploymentInput,
        _: &Caller,
    ) -> Result<Deployment, ServiceError> {
        self.read_usage(|reader| {
            rest_api(reader, &input.rest_api_id)?;
            deployment(reader, &input.rest_api_id, &input.deployment_id)
        })
    }
}

impl Handler<GetDeployments> for ApiGateway {
    async fn handle(
        &self,
        input: GetDeploymentsInput,
        _: &Caller,
    ) -> Result<Deployments, ServiceError> {
        let id = input.rest_api_id;
        let all = self.read_usage(|reader| {
            rest_api(reader, &id)?;
            let records = REST_DEPLOYMENTS.list_in(reader, &path(&id, ""))?;
            let all = records.into_iter().map(|(_, Stored(it))| it);
            Ok(all.collect::<Vec<Deployment>>())
        })?;
        let page = page(
            all,
            |it: &Deployment| it.id.as_deref().unwrap_or_default(),
            input.limit,
            input.position.as_deref(),
        )?;
        Ok(Deployments {
            items: Some(page.items),
            position: page.position,
        })
    }
}

impl Handler<UpdateDeployment> for ApiGateway {
    async fn handle(
        &self,
        input: UpdateDeploymentInput,
        _: &Caller,
    ) -> Result<Deployment, ServiceError> {
        self.serve_rest(input.rest_api_id, move |transaction, id, _, _| {
            let known = deployment(transaction, id, &input.deployment_id)?;
            let changed = patch_json::apply(&known, input.patch_operations.as_ref())?;
            let place = path(id, &input.deployment_id);
            REST_DEPLOYMENTS.put_in(transaction, &place, &Stored(changed.clone()))?;
            Ok(changed)
        })
        .await
    }
}

impl Handler<DeleteDeployment> for ApiGateway {
    async fn handle(&self, input: DeleteDeploymentInput, _: &Caller) -> Result<Unit, ServiceError> {
        self.serve_rest(input.rest_api_id, move |transaction, id, _, _| {
            deployment(transaction, id, &input.deployment_id)?;
            let points_here =
                |stage: &Stage| stage.deployment_id.as_deref() == Some(&input.deployment_id);
            if rest_stages(transaction, id)?.iter().any(points_here) {
                return Err(bad_request(
                    "Active stages pointing to this deployment must be moved or deleted",
                )
                .into());
            }
            let place = path(id, &input.deployment_id);
            REST_DEPLOYMENTS.delete_in(transaction, &place);
            REST_FROZEN.delete_in(transaction, &place);
            Ok(Unit {})
        })
        .await
    }
}
