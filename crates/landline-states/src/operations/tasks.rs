//! `SendTaskSuccess`, `SendTaskFailure`, `SendTaskHeartbeat`.
//!
//! <https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html>

use landline_api::stepfunctions as api;
use landline_api::stepfunctions::errors;
use landline_wire::{Caller, Handler, ServiceError};

use super::Service;
use crate::execution::record::Outcome;
use crate::failure::Failure;
use crate::nesting::is_too_deep;

impl Handler<api::SendTaskSuccess> for Service {
    async fn handle(
        &self,
        input: api::SendTaskSuccessInput,
        _caller: &Caller,
    ) -> Result<api::SendTaskSuccessOutput, ServiceError> {
        let output = serde_json::from_str(&input.output).ok();
        let output = output.filter(|output| !is_too_deep(output));
        let output =
            output.ok_or_else(|| errors::InvalidOutput.with("Invalid Output: 'Invalid output'"))?;
        self.tell(&input.task_token, Outcome::Success(output))
            .await?;
        Ok(api::SendTaskSuccessOutput {})
    }
}

impl Handler<api::SendTaskFailure> for Service {
    async fn handle(
        &self,
        input: api::SendTaskFailureInput,
        _caller: &Caller,
    ) -> Result<api::SendTaskFailureOutput, ServiceError> {
        let failure = Failure {
            error: input.error,
            cause: input.cause,
        };
        self.tell(&input.task_token, Outcome::Failure(failure))
            .await?;
        Ok(api::SendTaskFailureOutput {})
    }
}

impl Handler<api::SendTaskHeartbeat> for Service {
    async fn handle(
        &self,
        input: api::SendTaskHeartbeatInput,
        _caller: &Caller,
    ) -> Result<api::SendTaskHeartbeatOutput, ServiceError> {
        self.hear(&input.task_token)?;
        Ok(api::SendTaskHeartbeatOutput {})
    }
}
