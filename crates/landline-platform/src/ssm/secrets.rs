//! Secrets of Secrets Manager under names of parameters: `/aws/reference/secretsmanager/{secret}`.
//!
//! <https://docs.aws.amazon.com/systems-manager/latest/userguide/integration-ps-secretsmanager.html>

use landline_api::ssm as api;
use landline_api::ssm::errors;
use landline_wire::{Caller, ServiceError, Timestamp};
use serde_json::json;

use super::{Secrets, Ssm, arn};

const PREFIX: &str = "/aws/reference/secretsmanager/";

impl Ssm {
    /// The secret that a name means; nothing when it names a parameter.
    pub(super) fn secret(
        &self,
        name: &str,
        secrets: Secrets,
        caller: &Caller,
    ) -> Option<Result<api::Parameter, ServiceError>> {
        let id = name.strip_prefix(PREFIX)?;
        Some(self.describe_secret(name, id, secrets, caller))
    }

    fn describe_secret(
        &self,
        name: &str,
        id: &str,
        secrets: Secrets,
        caller: &Caller,
    ) -> Result<api::Parameter, ServiceError> {
        if secrets != Secrets::Shown {
            let text = "WithDecryption flag must be True for retrieving a Secret Manager secret.";
            return Err(ServiceError::new("ValidationException", 400, text));
        }
        let Some(secret) = self.secrets.current_text(id)? else {
            let name = name.trim_start_matches('/');
            return Err(errors::ParameterNotFound.with(format!(
                "An error occurred (ParameterNotFound) when referencing Secrets Manager: Secret {name} not found."
            )));
        };
        let source = json!({
            "ARN": secret.arn,
            "name": secret.name,
            "versionId": secret.version_id,
            "secretString": secret.text,
            "versionStages": secret.stages,
            "createdDate": Timestamp::from_millis(secret.created_millis).iso8601_millis(),
        });
        Ok(api::Parameter {
            name: Some(name.to_owned()),
            r#type: Some("SecureString".into()),
            value: Some(secret.text),
            version: Some(0),
            selector: None,
            source_result: Some(source.to_string()),
            last_modified_date: Some(Timestamp::from_millis(secret.created_millis)),
            arn: Some(arn(name, caller)),
            data_type: Some("text".to_owned()),
        })
    }
}
