//! Who may send a request to an HTTP or a REST API: API keys, IAM, tokens of an issuer, and
//! Lambda authorizers, whose answers are kept as long as their owner wants.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html>.

mod cache;
mod iam;
pub(crate) mod jwt;
mod lambda;
mod resource_policy;
mod source;
mod trial;

use landline_wire::Timestamp;

pub(crate) use cache::AuthorizerCache;
pub(crate) use jwt::Issuers;
pub use jwt::PublishKeys;
pub(crate) use trial::{Judged, try_out};

use super::Authentication;
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{Authorization, LiveStage, Route};
use crate::gateway::DataPlane;
use crate::http::{HttpCall, Refusal, RefusalKind, Who};
use crate::observe::Observer;
use crate::usage::{Call, KeyRefusal};

/// A request that asks to be let in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entrance<'a> {
    pub(crate) plane: &'a DataPlane,
    pub(crate) slot: &'a StageSlot,
    pub(crate) stage: &'a LiveStage,
    pub(crate) route: &'a Route,
    pub(crate) call: &'a HttpCall,
    pub(crate) authentication: &'a Authentication,
    pub(crate) request_id: &'a str,
    pub(crate) time: Timestamp,
    pub(crate) observer: Option<&'a Observer>,
}

/// Who was let in, and the API key that an authorizer named.
#[derive(Debug, Default)]
struct Admitted {
    who: Who,
    usage_identifier_key: Option<String>,
}

/// Decides whether a request goes on.
pub(crate) async fn authorize(entrance: &Entrance<'_>) -> Result<Who, Refusal> {
    let judged = resource_policy::judge(entrance)?;
    let mut admitted = match &entrance.route.authorization {
        Authorization::None => Admitted::default(),
        Authorization::AwsIam => Admitted {
            who: iam::authorize(entrance, judged).await?,
            ..Admitted::default()
        },
        Authorization::Jwt(authorizer) => Admitted {
            who: jwt::authorize(entrance, authorizer).await?,
            ..Admitted::default()
        },
        Authorization::UserPools(pools) => Admitted {
            who: jwt::authorize_user(entrance, pools).await?,
            ..Admitted::default()
        },
        Authorization::Custom(Some(authorizer)) => lambda::authorize(entrance, authorizer).await?,
        Authorization::Custom(None) => {
            let route = &entrance.route.key;
            tracing::warn!(api = %entrance.stage.api_id, %route, "the deployed API has no authorizer for the route");
            return Err(RefusalKind::AuthorizerConfiguration.into());
        }
    };
    admit_key(entrance, &mut admitted)?;
    Ok(admitted.who)
}

/// Asks the usage plans, where a method demands a key.
fn admit_key(entrance: &Entrance<'_>, admitted: &mut Admitted) -> Result<(), Refusal> {
    if !entrance.route.api_key_required {
        return Ok(());
    }
    let header = entrance.call.head.header_values("x-api-key");
    let header = header.and_then(|values| values.last().cloned());
    let key = admitted.usage_identifier_key.take().or(header);
    let method = entrance.call.method_key();
    let call = Call {
        api_id: entrance.stage.api_id.as_str(),
        stage: entrance.stage.stage_name.as_str(),
        route_key: &method,
        key_value: key.as_deref(),
    };
    let plane = entrance.plane;
    let by = plane.api_keys.admit(entrance.time, plane.uptime(), &call);
    let by = by.map_err(|refusal| match refusal {
        KeyRefusal::Missing | KeyRefusal::Unknown => RefusalKind::InvalidApiKey,
        KeyRefusal::Throttled => RefusalKind::Throttled,
        KeyRefusal::QuotaExceeded => RefusalKind::QuotaExceeded,
    })?;
    let identity = &mut admitted.who.identity;
    identity.insert("apiKeyId", by.api_key_id);
    identity.insert("apiKey", key.unwrap_or_default());
    Ok(())
}
