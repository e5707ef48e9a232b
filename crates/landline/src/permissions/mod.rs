//! What a role needs for a call of an AWS API: its policies are asked before the service is.
//!
//! Only calls that come over the wire are judged here, and only those of roles: a function's, an
//! integration's, one that somebody has assumed. `@connections` asks for itself.
//! See <https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html>.

mod resources;

use std::sync::Arc;

use landline_api::{lambda, sqs};
use landline_platform::iam::Permissions;
use landline_wire::dispatcher::{BoxFuture, Guard};
use landline_wire::policy::{Context, Decision, PolicyRequest, ResourcePolicy};
use landline_wire::shape::Encode;
use landline_wire::{
    Around, Asked, Caller, Dispatcher, OperationMeta, Permit as _, Protocol, ServiceError,
};

use resources::Need;

/// Asks IAM about each call.
#[derive(Debug)]
pub(crate) struct RoleGuard {
    permissions: Arc<Permissions>,
    /// Knows the policies of resources.
    dispatcher: Dispatcher,
}

impl RoleGuard {
    pub(crate) fn new(permissions: Arc<Permissions>, dispatcher: Dispatcher) -> Arc<Self> {
        Arc::new(Self {
            permissions,
            dispatcher,
        })
    }

    /// What the policy of the resource decides, where resources of its kind have one.
    async fn resource_policy(&self, caller: &Caller, need: &Need) -> Decision {
        let owner = Caller::root(&caller.account_id, &caller.region);
        let document = match need.action.split(':').next() {
            Some("sqs") => {
                let input = sqs::GetQueueAttributesInput {
                    queue_url: need.resource.replace(':', "/"),
                    attribute_names: Some(vec![sqs::QueueAttributeName::Policy]),
                };
                let told = self
                    .dispatcher
                    .call::<sqs::GetQueueAttributes>(input, &owner);
                let attributes = told.await.ok().and_then(|told| told.attributes);
                attributes.and_then(|mut all| all.remove("Policy"))
            }
            Some("lambda") if need.resource != "*" => {
                let input = lambda::GetPolicyInput {
                    function_name: need.resource.clone(),
                    qualifier: None,
                };
                let told = self.dispatcher.call::<lambda::GetPolicy>(input, &owner);
                told.await.ok().and_then(|told| told.policy)
            }
            _ => None,
        };
        let policy = document.and_then(|text| ResourcePolicy::parse(&text).ok());
        let request = PolicyRequest {
            action: &need.action,
            resource: &need.resource,
            context: Context::default(),
        };
        policy.map_or(Decision::ImplicitDeny, |it| it.decide(caller, &request))
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
                let around = Around {
                    resource_policy: self.resource_policy(caller, &need).await,
                    context: &[],
                };
                let permitted = self.permissions.permit_around(caller, asked, around).await;
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
