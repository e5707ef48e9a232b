//! Deployments: one made on demand, and those that stages with `AutoDeploy` get by themselves.

use landline_api::apigatewayv2::{Deployment, DeploymentStatus, Stage};
use landline_store::{StoreError, Transaction};
use landline_wire::{NewIds, Timestamp};

use super::frozen::{FROZEN, FrozenApi, NO_ROUTES};
use crate::quotas::AUTOMATIC_DEPLOYMENTS_KEPT;
use crate::state::{self, ApiRecord, Failure, Resource};

/// Freezes the API as a new deployment, to which no stage points yet.
pub(crate) fn deploy(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    record: &ApiRecord,
    described: Deployment,
    now: Timestamp,
    mut ids: NewIds,
) -> Result<Deployment, Failure> {
    let frozen = FrozenApi::freeze(transaction, api_id, record)?;
    let deployment_id = state::fresh_id::<Deployment>(transaction, api_id, &mut ids)?;
    FROZEN.put_in(transaction, &state::path(api_id, &deployment_id), &frozen)?;
    let deployment = Deployment {
        auto_deployed: described.auto_deployed.or(Some(false)),
        created_date: Some(now.truncate_to_seconds()),
        deployment_id: Some(deployment_id),
        deployment_status: Some(DeploymentStatus::Deployed),
        ..described
    };
    state::put(transaction, api_id, &deployment)?;
    Ok(deployment)
}

/// Removes a deployment with what it froze.
pub(crate) fn remove(transaction: &mut Transaction<'_>, api_id: &str, deployment_id: &str) {
    state::remove::<Deployment>(transaction, api_id, deployment_id);
    FROZEN.delete_in(transaction, &state::path(api_id, deployment_id));
}

/// Lets the stages with `AutoDeploy` follow a change of the API, in the same write.
///
/// An API without routes cannot be deployed; its stages then say so, and go on with what
/// they had.
pub(crate) fn follow(
    transaction: &mut Transaction<'_>,
    api_id: &str,
    record: &ApiRecord,
    now: Timestamp,
) -> Result<(), Failure> {
    let stages = state::list::<Stage>(transaction, api_id)?;
    let mut following: Vec<Stage> = stages
        .into_iter()
        .filter(|stage| stage.auto_deploy == Some(true))
        .collect();
    if following.is_empty() {
        return Ok(());
    }
    let described = Deployment {
        auto_deployed: Some(true),
        description: Some(DESCRIPTION.to_owned()),
        ..Deployment::default()
    };
    let deployment_id = match deploy(
        transaction,
        api_id,
        record,
        described,
        now,
        NewIds::random(),
    ) {
        Ok(deployment) => deployment.deployment_id,
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure),
    };
    for stage in &mut following {
        match &deployment_id {
            Some(id) => {
                stage.last_deployment_status_message = Some(format!(
                    "Successfully deployed stage with deployment ID '{id}'"
                ));
                stage.deployment_id.clone_from(&deployment_id);
            }
            None => {
                stage.last_deployment_status_message =
                    Some(format!("Deployment attempt failed: {NO_ROUTES}."));
            }
        }
        stage.last_updated_date = Some(now.truncate_to_seconds());
        state::put(transaction, api_id, stage)?;
    }
    forget_superseded(transaction, api_id)?;
    Ok(())
}

/// Every change of the API leaves a deployment behind; the latest ones stay, to go back to.
fn forget_superseded(transaction: &mut Transaction<'_>, api_id: &str) -> Result<(), StoreError> {
    let stages = state::list::<Stage>(transaction, api_id)?;
    let mut superseded: Vec<Deployment> = state::list::<Deployment>(transaction, api_id)?;
    superseded.retain(|deployment| {
        let pointed_to = |stage: &Stage| stage.deployment_id == deployment.deployment_id;
        deployment.auto_deployed == Some(true) && !stages.iter().any(pointed_to)
    });
    superseded.sort_by_key(|deployment| deployment.created_date);
    let surplus = superseded.len().saturating_sub(AUTOMATIC_DEPLOYMENTS_KEPT);
    for deployment in &superseded[..surplus] {
        remove(transaction, api_id, deployment.id());
    }
    Ok(())
}

const DESCRIPTION: &str = "Automatic deployment triggered by changes to the Api configuration";
