//! `AWS_IAM`: a handshake that is signed, by a principal whose policies allow it.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html>.

use std::time::Duration;

use landline_api::iam::{GetRole, GetRoleInput};
use landline_wire::{Asked, Caller, RoleSession};

use super::denial::masked;
use super::report::Step;
use super::{Admitted, Authentication, Denial, Entrance, INVOKE, Report};
use crate::deployment::snapshot::RouteKey;
use crate::gateway::DataPlane;
use crate::message::context::Identity;

/// Lets in whoever has signed and may.
pub(super) async fn authorize(
    entrance: &Entrance<'_>,
    report: &mut Report,
) -> Result<Admitted, Denial> {
    let caller = match entrance.authentication {
        Authentication::Signed(caller) => caller,
        Authentication::Anonymous => {
            let text = "Missing Authentication Token";
            report.authenticate = Some(Step::failed(403, Duration::ZERO, text));
            return Err(Denial::new(403, text));
        }
        Authentication::Refused(error) => {
            report.authenticate = Some(Step::failed(403, Duration::ZERO, error.message.as_str()));
            return Err(Denial::new(403, error.message.clone()));
        }
    };
    report.authenticate = Some(Step::passed(Duration::ZERO));
    let plane = entrance.plane;
    let resource = entrance.stage.route_arn(&RouteKey::Connect);
    let asked = Asked {
        action: INVOKE,
        resource: &resource,
    };
    let begun = plane.uptime();
    let judged = plane.permissions.permit(caller, asked).await;
    let latency = plane.uptime().saturating_sub(begun);
    if let Err(decision) = judged {
        let text = format!(
            "User: {} is not authorized to perform: {INVOKE} on resource: {} {}",
            caller.principal,
            masked(&resource),
            decision.reason(INVOKE)
        );
        report.authorize = Some(Step::failed(403, latency, text.as_str()));
        return Err(Denial::new(403, text));
    }
    report.authorize = Some(Step::passed(latency));
    Ok(Admitted {
        identity: identity(entrance, caller).await,
        ..Admitted::default()
    })
}

/// The members of `identity`, in the order of AWS's events. An account that is in no
/// organisation has no `principalOrgId`.
async fn identity(entrance: &Entrance<'_>, caller: &Caller) -> Identity {
    let id = principal_id(entrance.plane, caller).await;
    let access_key = caller.access_key_id.as_deref().unwrap_or_default();
    Identity {
        before_source_ip: vec![
            ("userArn", caller.principal.to_string()),
            ("accountId", caller.account_id.to_string()),
            ("caller", id.clone()),
        ],
        after_source_ip: vec![("accessKey", access_key.to_owned()), ("user", id)],
        authorizer: None,
    }
}

/// `{roleId}:{session}` for a role; the account for its root.
pub(crate) async fn principal_id(plane: &DataPlane, caller: &Caller) -> String {
    let Some(session) = RoleSession::of(&caller.principal) else {
        return caller.account_id.to_string();
    };
    let input = GetRoleInput {
        role_name: session.role.to_owned(),
    };
    let found = plane.dispatcher.call::<GetRole>(input, caller);
    match found.await {
        Ok(found) => format!("{}:{}", found.role.role_id, session.name),
        // A function may run as a role that nobody has created here.
        Err(_) => format!("{}:{}", session.role, session.name),
    }
}
