//! `MOCK` integrations: the gateway answers by itself.
//!
//! Templates without any template language are answered now; the language comes
//! with the mapping engine.

use serde::Deserialize;

use super::{Answer, IntegrationFailure};
use crate::deployment::snapshot::Mock;

#[derive(Deserialize)]
struct Status {
    #[serde(rename = "statusCode")]
    status_code: u16,
}

pub(super) fn answer(mock: &Mock) -> Result<Answer, IntegrationFailure> {
    let request = template(&mock.request_templates)?;
    let status = request
        .and_then(|template| serde_json::from_str::<Status>(template).ok())
        .ok_or(IntegrationFailure::NotCallable)?;
    Ok(Answer {
        status_code: status.status_code,
        subprotocol: None,
        body: template(&mock.response_templates)?.map(str::to_owned),
        is_base64_encoded: false,
    })
}

/// The template that applies, if it is plain text.
fn template(
    templates: &std::collections::BTreeMap<String, String>,
) -> Result<Option<&str>, IntegrationFailure> {
    let selected = ["$default", "default", "application/json", "200"]
        .iter()
        .find_map(|key| templates.get(*key))
        .or_else(|| templates.values().next());
    match selected {
        Some(template) if template.contains(['$', '#']) => {
            tracing::warn!("mapping templates are not implemented yet");
            Err(IntegrationFailure::NotCallable)
        }
        Some(template) => Ok(Some(template)),
        None => Ok(None),
    }
}
