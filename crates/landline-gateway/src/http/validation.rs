//! What a REST API checks before it calls anything: parameters that must be there, and a
//! body that must be what its model says.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-request-validation.html>.

use super::{HttpCall, Refusal, RefusalKind};
use crate::deployment::snapshot::{LiveStage, RequiredParameter, Route};

/// Refuses a request that its method's validator does not let through.
pub(super) fn validate(route: &Route, call: &HttpCall, stage: &LiveStage) -> Result<(), Refusal> {
    let Some(at) = &route.at else {
        return Ok(());
    };
    if at.validates.parameters() {
        let parameters = route.required_parameters.iter();
        let missing: Vec<&str> = parameters
            .filter(|parameter| !is_present(call, parameter))
            .map(|parameter| parameter.name.as_str())
            .collect();
        if !missing.is_empty() {
            let missing = missing.join(", ");
            let text = format!("Missing required request parameters: [{missing}]");
            return Err(Refusal::saying(RefusalKind::BadRequestParameters, text));
        }
    }
    if !at.validates.body() {
        return Ok(());
    }
    let Some(validation) = &route.validation else {
        return Ok(());
    };
    let media_type = if call.media_type.is_empty() {
        "application/json"
    } else {
        call.media_type.as_str()
    };
    validation.check_as(media_type, &call.text).map_err(|errors| {
        tracing::info!(route = %route.key, api = %stage.api_id, ?errors, "body is not what the model says");
        Refusal::invalid_body(&errors)
    })
}

fn is_present(call: &HttpCall, parameter: &RequiredParameter) -> bool {
    let has_text = |values: &[String]| values.last().is_some_and(|value| !value.is_empty());
    match parameter.location.as_str() {
        "header" => call
            .head
            .header_values(&parameter.name)
            .is_some_and(has_text),
        "path" => call.path_parameters.contains_key(&parameter.name),
        _ => call
            .head
            .query_values(&parameter.name)
            .is_some_and(has_text),
    }
}
