//! API keys at `$connect`: where a client puts its key, and what its usage plan says.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-key-source.html>.

use super::{Admitted, Denial, Entrance, Report};
use crate::deployment::snapshot::{ApiKeySource, RouteKey};
use crate::observe::KeyCheck;
use crate::usage::{Call, KeyRefusal};

/// Refuses a client without a key before anybody is asked about it, where the key
/// comes with the handshake.
pub(super) fn require_source(entrance: &Entrance<'_>, report: &mut Report) -> Result<(), Denial> {
    let comes_with_handshake = source(entrance) == ApiKeySource::Header;
    if entrance.route.api_key_required && comes_with_handshake && header(entrance).is_none() {
        report.key = Some(KeyCheck::refused("", KeyRefusal::Missing));
        return Err(Denial::forbidden());
    }
    Ok(())
}

/// Asks the usage plans, where the route demands a key.
pub(super) fn admit(
    entrance: &Entrance<'_>,
    admitted: &mut Admitted,
    report: &mut Report,
) -> Result<(), Denial> {
    if !entrance.route.api_key_required {
        return Ok(());
    }
    let key = match source(entrance) {
        ApiKeySource::Header => header(entrance),
        ApiKeySource::Authorizer => admitted.usage_identifier_key.as_deref(),
    };
    let key = key.map(str::to_owned);
    let call = Call {
        api_id: entrance.stage.api_id.as_str(),
        stage: entrance.stage.stage_name.as_str(),
        route_key: RouteKey::Connect.as_str(),
        key_value: key.as_deref(),
    };
    let plane = entrance.plane;
    let by = plane.api_keys.admit(entrance.time, plane.uptime(), &call);
    let shown = key.as_deref().unwrap_or_default();
    let by = match by {
        Ok(by) => by,
        Err(refusal) => {
            report.key = Some(KeyCheck::refused(shown, refusal));
            return Err(match refusal {
                KeyRefusal::Missing | KeyRefusal::Unknown => Denial::forbidden(),
                KeyRefusal::Throttled => Denial::new(429, "Too Many Requests"),
                KeyRefusal::QuotaExceeded => Denial::new(429, "Limit Exceeded"),
            });
        }
    };
    report.key = Some(KeyCheck::passed(shown));
    // The order of REST events: the key before the user, its id after.
    let members = &mut admitted.identity.before_source_ip;
    let after_user = members.iter().position(|(name, _)| *name == "userArn");
    let after_user = after_user.map_or(0, |at| at + 1);
    members.insert(after_user, ("apiKeyId", by.api_key_id));
    members.insert(0, ("apiKey", key.unwrap_or_default()));
    Ok(())
}

fn source(entrance: &Entrance<'_>) -> ApiKeySource {
    let snapshot = entrance.stage.snapshot.as_ref();
    snapshot.map(|it| it.api_key_source).unwrap_or_default()
}

fn header<'a>(entrance: &Entrance<'a>) -> Option<&'a str> {
    let values = entrance.handshake.header_values("x-api-key")?;
    values
        .last()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
}
