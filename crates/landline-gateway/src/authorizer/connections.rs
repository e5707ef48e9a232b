//! Who may call `@connections`: `execute-api:ManageConnections`.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-control-access-iam.html>.

use landline_wire::{Asked, Caller, ServiceError};

use super::denial::masked;
use crate::gateway::DataPlane;

/// The code of a denial, whose message goes under a capital letter.
pub(crate) const ACCESS_DENIED: &str = "AccessDeniedException";

/// Whether the caller's policies allow the call. They are asked about the template
/// of the URL, so that a policy with a connection's id in it allows nothing.
pub(crate) async fn authorize_management(
    plane: &DataPlane,
    caller: &Caller,
    api_id: &str,
    stage: &str,
    method: &str,
) -> Result<(), ServiceError> {
    let resource = format!(
        "arn:aws:execute-api:{}:{}:{api_id}/{stage}/{method}/@connections/{{connectionId}}",
        caller.region, caller.account_id
    );
    let asked = Asked {
        action: MANAGE_CONNECTIONS,
        resource: &resource,
    };
    let judged = plane.permissions.permit(caller, asked).await;
    judged.map_err(|decision| {
        let text = format!(
            "User: {} is not authorized to perform: {MANAGE_CONNECTIONS} on resource: {} {}",
            caller.principal,
            masked(&resource),
            decision.reason(MANAGE_CONNECTIONS)
        );
        ServiceError::new(ACCESS_DENIED, 403, text)
    })
}

const MANAGE_CONNECTIONS: &str = "execute-api:ManageConnections";
