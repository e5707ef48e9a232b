//! `DescribeStacks`, `ListStacks`, and the policy and limits that people may ask for.

use landline_api::cloudformation::{
    AccountLimit, DescribeAccountLimits, DescribeAccountLimitsInput, DescribeAccountLimitsOutput,
    DescribeStacks, DescribeStacksInput, DescribeStacksOutput, GetStackPolicy, GetStackPolicyInput,
    GetStackPolicyOutput, ListStacks, ListStacksInput, ListStacksOutput, SetStackPolicy,
    SetStackPolicyInput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::page::page;
use super::{CloudFormation, invalid, refusal, unavailable, view};
use crate::quotas;
use crate::stack::Stack;

impl Handler<DescribeStacks> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeStacksInput,
        _caller: &Caller,
    ) -> Result<DescribeStacksOutput, ServiceError> {
        // An empty name is none: the CLI of some tools sends it.
        if let Some(name) = input.stack_name.filter(|name| !name.is_empty()) {
            let stack = self.described(&name)?;
            let drift = self.stacks.drift(&stack).map_err(unavailable)?;
            return Ok(DescribeStacksOutput {
                stacks: Some(vec![view::stack(&stack, &drift)]),
                next_token: None,
            });
        }
        let stacks = self.stacks.list().map_err(unavailable)?;
        let (stacks, next_token) = page(stacks, input.next_token.as_deref())?;
        let mut shown = Vec::with_capacity(stacks.len());
        for stack in &stacks {
            let drift = self.stacks.drift(stack).map_err(unavailable)?;
            shown.push(view::stack(stack, &drift));
        }
        Ok(DescribeStacksOutput {
            stacks: Some(shown),
            next_token,
        })
    }
}

impl Handler<ListStacks> for CloudFormation {
    async fn handle(
        &self,
        input: ListStacksInput,
        _caller: &Caller,
    ) -> Result<ListStacksOutput, ServiceError> {
        let mut stacks = self.stacks.list().map_err(unavailable)?;
        stacks.extend(self.stacks.list_deleted().map_err(unavailable)?);
        let wanted = input.stack_status_filter.unwrap_or_default();
        stacks.retain(|stack| wanted.is_empty() || wanted.contains(&view::status(stack.status)));
        stacks.sort_by_key(|stack| std::cmp::Reverse(stack.created_millis));
        let (stacks, next_token) = page(stacks, input.next_token.as_deref())?;
        let mut summaries = Vec::with_capacity(stacks.len());
        for stack in &stacks {
            let drift = self.stacks.drift(stack).map_err(unavailable)?;
            summaries.push(view::summary(stack, &drift));
        }
        Ok(ListStacksOutput {
            stack_summaries: Some(summaries),
            next_token,
        })
    }
}

impl Handler<SetStackPolicy> for CloudFormation {
    async fn handle(
        &self,
        input: SetStackPolicyInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        let Some(policy) = input.stack_policy_body else {
            return Err(invalid(
                "Either StackPolicyBody or StackPolicyURL must be specified.",
            ));
        };
        let stack = self.existing(&input.stack_name)?;
        let change = |stack: &mut Stack| stack.settings.policy = Some(policy);
        let changed = self.stacks.change_settings(&stack.name, change).await;
        changed.map_err(refusal)?;
        Ok(Unit {})
    }
}

impl Handler<GetStackPolicy> for CloudFormation {
    async fn handle(
        &self,
        input: GetStackPolicyInput,
        _caller: &Caller,
    ) -> Result<GetStackPolicyOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        Ok(GetStackPolicyOutput {
            stack_policy_body: stack.settings.policy,
        })
    }
}

impl Handler<DescribeAccountLimits> for CloudFormation {
    async fn handle(
        &self,
        _input: DescribeAccountLimitsInput,
        _caller: &Caller,
    ) -> Result<DescribeAccountLimitsOutput, ServiceError> {
        let limit = |name: &str, value: usize| AccountLimit {
            name: Some(name.to_owned()),
            value: i32::try_from(value).ok(),
        };
        Ok(DescribeAccountLimitsOutput {
            account_limits: Some(vec![
                limit("StackLimit", STACKS),
                limit("StackOutputsLimit", quotas::OUTPUTS),
            ]),
            next_token: None,
        })
    }
}

/// AWS's default; nothing here counts.
const STACKS: usize = 2_000;
