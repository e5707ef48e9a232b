//! What the resource policy of a REST API says of a request, and what that means beside the method's own authorization.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html>.

use landline_wire::policy::{Context, Decision, PolicyRequest};

use super::Entrance;
use crate::authorizer::denial::masked;
use crate::authorizer::{Authentication, INVOKE};
use crate::deployment::snapshot::Authorization;
use crate::http::{Refusal, RefusalKind};

/// What the policy says, where the API has one. A refusal where nothing else is asked: what it denies is denied, and a
/// method that is open to all is open to those whom the policy names.
pub(super) fn judge(entrance: &Entrance<'_>) -> Result<Option<Decision>, Refusal> {
    let snapshot = entrance.stage.snapshot.as_ref();
    let policy = snapshot.and_then(|it| it.http.as_ref()?.resource_policy.as_ref());
    let Some(policy) = policy else {
        return Ok(None);
    };
    // Nobody is known before a method asks for a signature.
    let principal = match (&entrance.route.authorization, entrance.authentication) {
        (Authorization::AwsIam, Authentication::Signed(caller)) => Some(&*caller.principal),
        _ => None,
    };
    let resource = entrance.call.method_arn(entrance.stage);
    let request = PolicyRequest {
        action: INVOKE,
        resource: &resource,
        context: context(entrance),
    };
    let decision = policy.judge(principal, &request);
    let is_alone = matches!(entrance.route.authorization, Authorization::None);
    let reason = match decision {
        Decision::ExplicitDeny => " with an explicit deny",
        Decision::ImplicitDeny if is_alone => "",
        _ => return Ok(Some(decision)),
    };
    let text = format!(
        "User: {} is not authorized to perform: {INVOKE} on resource: {}{reason}",
        principal.unwrap_or("anonymous"),
        masked(&resource)
    );
    Err(Refusal::saying(RefusalKind::AccessDenied, text))
}

/// What conditions may ask for.
pub(super) fn context(entrance: &Entrance<'_>) -> Context {
    let context = Context::default()
        .with("aws:SourceIp", entrance.call.source_ip().to_string())
        .with("aws:CurrentTime", entrance.time.to_string())
        .with("aws:EpochTime", entrance.time.as_seconds().to_string());
    match entrance.call.user_agent() {
        Some(agent) => context.with("aws:UserAgent", agent),
        None => context,
    }
}
