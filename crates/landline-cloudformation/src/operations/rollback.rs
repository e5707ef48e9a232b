//! `RollbackStack`, `ContinueUpdateRollback`, `CancelUpdateStack`, `SignalResource`.

use bytes::Bytes;
use landline_api::cloudformation::{
    CancelUpdateStack, CancelUpdateStackInput, ContinueUpdateRollback, ContinueUpdateRollbackInput,
    ContinueUpdateRollbackOutput, RollbackStack, RollbackStackInput, RollbackStackOutput,
    SignalResource, SignalResourceInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};
use serde_json::{Value as Json, json};

use super::{CloudFormation, invalid, refusal};
use crate::callbacks::token_in;
use crate::stack::{BegunRollback, Progress};

impl Handler<RollbackStack> for CloudFormation {
    async fn handle(
        &self,
        input: RollbackStackInput,
        _caller: &Caller,
    ) -> Result<RollbackStackOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        let token = input.client_request_token;
        let progress = Progress::none();
        let begun = self.stacks.begin_rollback(&stack.name, token, &progress);
        let begun = begun.await.map_err(refusal)?;
        let operation = begun.stack().operation.as_ref();
        let operation_id = operation.map(|operation| operation.id.clone());
        self.set_rollback_going(begun).await;
        Ok(RollbackStackOutput {
            stack_id: Some(stack.id),
            operation_id,
        })
    }
}

impl Handler<ContinueUpdateRollback> for CloudFormation {
    async fn handle(
        &self,
        input: ContinueUpdateRollbackInput,
        _caller: &Caller,
    ) -> Result<ContinueUpdateRollbackOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        let skipped = input.resources_to_skip.into_iter().flatten().collect();
        let (token, progress) = (input.client_request_token, Progress::none());
        let begun = self
            .stacks
            .begin_continued_rollback(&stack.name, &skipped, token, &progress);
        let begun = begun.await.map_err(refusal)?;
        self.set_rollback_going(begun).await;
        Ok(ContinueUpdateRollbackOutput {})
    }
}

impl Handler<CancelUpdateStack> for CloudFormation {
    async fn handle(
        &self,
        input: CancelUpdateStackInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        self.stacks.cancel_update(&stack).map_err(refusal)?;
        Ok(Unit {})
    }
}

impl Handler<SignalResource> for CloudFormation {
    async fn handle(
        &self,
        input: SignalResourceInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        let logical_id = &input.logical_resource_id;
        let resource = stack.state.resources.get(logical_id);
        let handle = resource.and_then(|resource| resource.properties.get("Handle"));
        let token = handle.and_then(Json::as_str).and_then(token_in);
        let signal = json!({
            "Status": input.status.as_str(),
            "UniqueId": input.unique_id,
            "Data": "",
            "Reason": "",
        });
        let signal = Bytes::from(signal.to_string());
        let is_heard = token.is_some_and(|token| self.stacks.callbacks().deliver(token, signal));
        if is_heard {
            return Ok(Unit {});
        }
        Err(invalid(format!(
            "Resource {logical_id} is in {} state and does not wait for signals",
            resource.map_or("no", |resource| resource.status.as_str())
        )))
    }
}

impl CloudFormation {
    async fn set_rollback_going(&self, begun: BegunRollback) {
        let stacks = self.stacks.clone();
        let work = async move { stacks.carry_out_rollback(begun, &Progress::none()).await };
        self.change(work).await;
    }
}
