//! Who may connect: the second step of a handshake, between the throttle and the
//! `$connect` integration.
//!
//! The order is AWS's: the place of the API key, then IAM or the Lambda authorizer, then
//! the usage plan, then the parameters that the route demands. Only `$connect` is ever
//! authorised; what was proved there holds for the life of the connection.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-control-access.html>.

mod api_key;
mod connections;
mod denial;
pub(crate) mod http;
mod iam;
mod identity_source;
mod lambda;
mod parameters;
mod policy_result;
mod report;

use std::time::Duration;

use landline_wire::{Caller, ServiceError, Timestamp};

pub(crate) use self::http::AuthorizerCache;
pub(crate) use connections::{ACCESS_DENIED, authorize_management};
pub(crate) use denial::{Denial, render};
pub(crate) use iam::principal_id;
pub(crate) use report::Report;

use crate::connection::Connection;
use crate::deployment::snapshot::{Authorization, LiveStage, Route};
use crate::gateway::DataPlane;
use crate::message::context::{Handshake, Identity};

/// What every policy of a client is asked for.
const INVOKE: &str = "execute-api:Invoke";

/// What a handshake's signature proved; the front door knows the credentials.
#[derive(Debug, Default)]
pub enum Authentication {
    /// It is not signed.
    #[default]
    Anonymous,
    /// It is signed rightly, by this caller.
    Signed(Caller),
    /// It is signed, and the signature does not hold.
    Refused(ServiceError),
}

/// A handshake that asks to be let in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entrance<'a> {
    pub(crate) plane: &'a DataPlane,
    pub(crate) connection: &'a Connection,
    pub(crate) stage: &'a LiveStage,
    pub(crate) route: &'a Route,
    pub(crate) handshake: &'a Handshake,
    pub(crate) authentication: &'a Authentication,
    pub(crate) request_id: &'a str,
    pub(crate) time: Timestamp,
}

/// Who was let in.
#[derive(Debug, Default)]
pub(crate) struct Admitted {
    pub(crate) identity: Identity,
    /// How long the Lambda authorizer took, where there is one.
    pub(crate) authorizer_latency: Option<Duration>,
    /// The API key that the Lambda authorizer named.
    usage_identifier_key: Option<String>,
}

/// How an authorization ended, and what logs want to know of it.
#[derive(Debug)]
pub(crate) struct Verdict {
    pub(crate) result: Result<Admitted, Denial>,
    pub(crate) report: Report,
}

/// Decides whether a client may connect.
pub(crate) async fn authorize(entrance: &Entrance<'_>) -> Verdict {
    let mut report = Report::default();
    let result = decide(entrance, &mut report).await;
    Verdict { result, report }
}

async fn decide(entrance: &Entrance<'_>, report: &mut Report) -> Result<Admitted, Denial> {
    api_key::require_source(entrance, report)?;
    let mut admitted = match &entrance.route.authorization {
        Authorization::None => Admitted::default(),
        Authorization::AwsIam => iam::authorize(entrance, report).await?,
        Authorization::Custom(Some(authorizer)) => {
            lambda::authorize(entrance, authorizer, report).await?
        }
        // The control plane lets no `$connect` have one.
        Authorization::Jwt(_) | Authorization::UserPools(_) => {
            return Err(Denial::internal_server_error());
        }
        Authorization::Custom(None) => {
            tracing::warn!(api = %entrance.stage.api_id, "the deployed API has no authorizer for $connect");
            return Err(Denial::internal_server_error());
        }
    };
    api_key::admit(entrance, &mut admitted, report)?;
    parameters::require(entrance)?;
    Ok(admitted)
}

/// Whether the `Authorization` header has done its work: AWS hides it from the
/// integration when it held the signature, and leaves any other in place.
pub(crate) fn hides_authorization(stage: &LiveStage, authentication: &Authentication) -> bool {
    let route = stage.snapshot.as_ref().and_then(|it| it.connect());
    matches!(authentication, Authentication::Signed(_))
        && route.is_some_and(|it| matches!(it.authorization, Authorization::AwsIam))
}
