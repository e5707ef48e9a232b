//! Permissions boundaries: the most that a role or a user may, whatever its policies say.
//!
//! <https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html>

use std::sync::Arc;

use landline_api::iam::{
    AttachedPermissionsBoundary, DeleteRolePermissionsBoundary, DeleteRolePermissionsBoundaryInput,
    DeleteUserPermissionsBoundary, DeleteUserPermissionsBoundaryInput, PutRolePermissionsBoundary,
    PutRolePermissionsBoundaryInput, PutUserPermissionsBoundary, PutUserPermissionsBoundaryInput,
    errors,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, DispatcherBuilder, Handler, ServiceError};

use super::users::UserRecord;
use super::{Iam, RoleRecord, managed};

impl Iam {
    pub(super) fn register_boundaries(self: &Arc<Self>, builder: &mut DispatcherBuilder) {
        builder
            .register::<PutRolePermissionsBoundary, _>(self.clone())
            .register::<DeleteRolePermissionsBoundary, _>(self.clone())
            .register::<PutUserPermissionsBoundary, _>(self.clone())
            .register::<DeleteUserPermissionsBoundary, _>(self.clone());
    }

    /// Refuses a boundary that is no policy.
    pub(super) fn check_boundary(&self, arn: Option<&str>) -> Result<(), ServiceError> {
        let Some(arn) = arn else { return Ok(()) };
        if managed::describe(arn).is_some() || self.own_policy(arn).is_ok() {
            return Ok(());
        }
        let text = format!("Scope ARN: {arn} does not exist or is not attachable.");
        Err(errors::NoSuchEntityException.with(text))
    }
}

pub(super) fn described(arn: &str) -> AttachedPermissionsBoundary {
    AttachedPermissionsBoundary {
        permissions_boundary_type: Some("Policy".into()),
        permissions_boundary_arn: Some(arn.to_owned()),
    }
}

impl Handler<PutRolePermissionsBoundary> for Iam {
    async fn handle(
        &self,
        input: PutRolePermissionsBoundaryInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.check_boundary(Some(&input.permissions_boundary))?;
        let change = move |role: &mut RoleRecord| {
            role.permissions_boundary = Some(input.permissions_boundary);
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<DeleteRolePermissionsBoundary> for Iam {
    async fn handle(
        &self,
        input: DeleteRolePermissionsBoundaryInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let change = |role: &mut RoleRecord| {
            role.permissions_boundary = None;
            Ok(())
        };
        self.change_role(input.role_name, change).await?;
        Ok(Unit {})
    }
}

impl Handler<PutUserPermissionsBoundary> for Iam {
    async fn handle(
        &self,
        input: PutUserPermissionsBoundaryInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.check_boundary(Some(&input.permissions_boundary))?;
        self.change(input.user_name, move |user: &mut UserRecord| {
            user.permissions_boundary = Some(input.permissions_boundary);
            Ok(())
        })
        .await
    }
}

impl Handler<DeleteUserPermissionsBoundary> for Iam {
    async fn handle(
        &self,
        input: DeleteUserPermissionsBoundaryInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        self.change(input.user_name, |user: &mut UserRecord| {
            user.permissions_boundary = None;
            Ok(())
        })
        .await
    }
}
