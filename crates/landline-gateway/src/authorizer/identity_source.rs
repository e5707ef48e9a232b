//! Identity sources: what a handshake must bring before its authorizer is asked.

use super::Entrance;
use crate::deployment::snapshot::IdentitySource;

/// Whether every source is there and not empty.
pub(super) fn all_present(sources: &[IdentitySource], entrance: &Entrance<'_>) -> bool {
    sources.iter().all(|source| is_present(source, entrance))
}

fn is_present(source: &IdentitySource, entrance: &Entrance<'_>) -> bool {
    let handshake = entrance.handshake;
    let has_text = |values: &[String]| values.last().is_some_and(|value| !value.is_empty());
    match source {
        IdentitySource::Header(name) => handshake.header_values(name).is_some_and(has_text),
        IdentitySource::QueryString(name) => handshake.query_values(name).is_some_and(has_text),
        IdentitySource::StageVariable(name) => {
            let value = entrance.stage.variables.get(name);
            value.is_some_and(|value| !value.is_empty())
        }
        IdentitySource::Context(name) => is_in_context(name, entrance),
    }
}

/// What `$context` holds when AWS looks. That it does not hold `eventType` and
/// `messageDirection` yet, although the authorizer's event does, is AWS's oddity.
fn is_in_context(name: &str, entrance: &Entrance<'_>) -> bool {
    match name {
        "identity.userAgent" => entrance.connection.user_agent.is_some(),
        "accountId" | "apiId" | "connectedAt" | "connectionId" | "domainName"
        | "extendedRequestId" | "identity.sourceIp" | "requestId" | "requestTime"
        | "requestTimeEpoch" | "routeKey" | "stage" => true,
        _ => false,
    }
}
