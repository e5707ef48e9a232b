//! What a role needs for a call of an AWS API: its policies are asked before the service is.
//!
//! Only calls that come over the wire are judged here, and only those of roles: a function's, an
//! integration's, one that somebody has assumed. `@connections` asks for itself.
//! See <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.

mod resources;

use std::sync::Arc;

use landline_platform::iam::Permissions;
use landline_wire::dispatcher::{BoxFuture, Guard};
use landline_wire::policy::Decision;
use landline_wire::shape::Encode;
use landline_wire::{Asked, Caller, OperationMeta, Permit as _, Protocol, ServiceError};

use resources::Need;

/// Asks IAM about each call.
#[derive(Debug)]
pub(crate) struct RoleGuard {
    permissions: Arc<Permissions>,
}

impl RoleGuard {
    pub(crate) fn new(permissions: Arc<Permissions>) -> Arc<Self> {
        Arc::new(Self { permissions })
    }
}

impl Guard for RoleGuard {
    fn admit<'a>(
        &'a self,
        operation: &'static OperationMeta,
        input: &'a (dyn Encode + Sync),
        caller: &'a Caller,
    ) -> BoxFuture<'a, Result<(), ServiceError>> {
        Box::pin(async move {
            for need in resources::needs(operation, input, caller) {
                let asked = Asked {
                    action: &need.action,
                    resource: &need.resource,
                };
                let permitted = self.permissions.permit(caller, asked).await;
                permitted.map_err(|decision| refusal(operation, caller, &need, decision))?;
            }
            Ok(())
        })
    }
}

fn refusal(
    operation: &OperationMeta,
    caller: &Caller,
    need: &Need,
    decision: Decision,
) -> ServiceError {
    let (code, status) = match operation.service.protocol {
        Protocol::Query { .. } | Protocol::RestXml { .. } => ("AccessDenied", 403),
        Protocol::Json { .. } => ("AccessDeniedException", 400),
        Protocol::RestJson => ("AccessDeniedException", 403),
    };
    let Need { action, resource } = need;
    let text = format!(
        "User: {} is not authorized to perform: {action} on resource: {resource} {}",
        caller.principal,
        decision.reason(action)
    );
    ServiceError::new(code, status, text)
}
