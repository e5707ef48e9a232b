//! Deployments: an API frozen, for stages to serve.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-set-up-websocket-deployment.html>.

use landline_api::apigatewayv2::{
    CreateDeployment, CreateDeploymentInput, DeleteDeployment, DeleteDeploymentInput, Deployment,
    GetDeployment, GetDeploymentInput, GetDeployments, GetDeploymentsInput, GetDeploymentsOutput,
    Stage, UpdateDeployment, UpdateDeploymentInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::patch::{self, non_empty};
use super::{ApiGateway, expect};
use crate::deployment::deploy;
use crate::state::{self, Resource, bad_request};

impl Handler<CreateDeployment> for ApiGateway {
    /// Freezes the API as it is now; a stage only ever serves something frozen.
    async fn handle(
        &self,
        input: CreateDeploymentInput,
        caller: &Caller,
    ) -> Result<Deployment, ServiceError> {
        expect::description(input.description.as_deref())?;
        let ids = caller.new_ids();
        self.change(caller, input.api_id, move |transaction, scope| {
            let described = Deployment {
                description: non_empty(input.description),
                ..Deployment::default()
            };
            let stage_name = non_empty(input.stage_name);
            let stage = stage_name
                .map(|name| state::find::<Stage>(transaction, &scope.api_id, &name))
                .transpose()?;
            let api_id = &scope.api_id;
            let deployment = deploy::deploy(
                transaction,
                api_id,
                &scope.record,
                described,
                scope.now,
                ids,
            )?;
            if let Some(mut stage) = stage {
                stage.deployment_id.clone_from(&deployment.deployment_id);
                stage.last_updated_date = Some(scope.now.truncate_to_seconds());
                state::put(transaction, &scope.api_id, &stage)?;
            }
            Ok(deployment)
        })
        .await
    }
}

impl Handler<GetDeployment> for ApiGateway {
    async fn handle(
        &self,
        input: GetDeploymentInput,
        caller: &Caller,
    ) -> Result<Deployment, ServiceError> {
        self.read(caller, &input.api_id, |reader, _| {
            state::find(reader, &input.api_id, &input.deployment_id)
        })
    }
}

impl Handler<GetDeployments> for ApiGateway {
    async fn handle(
        &self,
        input: GetDeploymentsInput,
        caller: &Caller,
    ) -> Result<GetDeploymentsOutput, ServiceError> {
        let all = self.read(caller, &input.api_id, |reader, _| {
            Ok(state::list::<Deployment>(reader, &input.api_id)?)
        })?;
        let max_results = input.max_results.as_deref();
        let page = page(
            all,
            Deployment::id,
            max_results,
            input.next_token.as_deref(),
        )?;
        Ok(GetDeploymentsOutput {
            items: Some(page.items),
            next_token: page.next_token,
        })
    }
}

impl Handler<UpdateDeployment> for ApiGateway {
    /// A deployment's description is all of it that can change.
    async fn handle(
        &self,
        input: UpdateDeploymentInput,
        caller: &Caller,
    ) -> Result<Deployment, ServiceError> {
        expect::description(input.description.as_deref())?;
        self.change(caller, input.api_id, move |transaction, scope| {
            let id = &input.deployment_id;
            let mut deployment: Deployment = state::find(transaction, &scope.api_id, id)?;
            patch::text(&mut deployment.description, input.description);
            state::put(transaction, &scope.api_id, &deployment)?;
            Ok(deployment)
        })
        .await
    }
}

impl Handler<DeleteDeployment> for ApiGateway {
    async fn handle(
        &self,
        input: DeleteDeploymentInput,
        caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(caller, input.api_id, move |transaction, scope| {
            let id = &input.deployment_id;
            let deployment: Deployment = state::find(transaction, &scope.api_id, id)?;
            let stages = state::list::<Stage>(transaction, &scope.api_id)?;
            if stages
                .iter()
                .any(|it| it.deployment_id == deployment.deployment_id)
            {
                return Err(bad_request(
                    "Active stages pointing to this deployment must be moved or deleted",
                )
                .into());
            }
            deploy::remove(transaction, &scope.api_id, id);
            Ok(Unit {})
        })
        .await
    }
}
