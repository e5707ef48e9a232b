//! `CreateStack`, `UpdateStack`, `DeleteStack`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>

use landline_api::cloudformation::{
    Capability, CreateStack, CreateStackInput, CreateStackOutput, DeleteStack, DeleteStackInput,
    DeletionMode, OnFailure as OnFailureName, UpdateStack, UpdateStackInput, UpdateStackOutput,
    UpdateTerminationProtection, UpdateTerminationProtectionInput,
    UpdateTerminationProtectionOutput,
};
use landline_wire::shape::Unit;
use landline_wire::{Caller, Handler, ServiceError};

use super::request::{
    TemplateSource, capability_names, kept_options, parameters, tags, transforms_of,
};
use super::tokens::repeated;
use super::{CloudFormation, capabilities, invalid, refusal, unavailable};
use crate::change_set;
use crate::stack::{
    Deletion, DeployOptions, Deployment, Intent, OnFailure, OperationKind, Prepared, Progress,
    Stack, StackStatus,
};
use crate::template::Template;

impl Handler<CreateStack> for CloudFormation {
    async fn handle(
        &self,
        input: CreateStackInput,
        _caller: &Caller,
    ) -> Result<CreateStackOutput, ServiceError> {
        let on_failure = on_failure(input.disable_rollback, input.on_failure)?;
        let known = self.stacks.find(&input.stack_name).map_err(unavailable)?;
        let token = input.client_request_token.as_deref();
        if let Some(request) = repeated(known.as_ref(), token, OperationKind::Create)? {
            return Ok(CreateStackOutput {
                operation_id: Some(request.operation_id.clone()),
                stack_id: known.map(|stack| stack.id),
            });
        }
        let source = TemplateSource {
            body: input.template_body,
            url: input.template_url,
            use_previous: false,
        };
        let given = input.capabilities.unwrap_or_default();
        let deployment = Deployment {
            stack_name: input.stack_name,
            template: self.template_text(source, None).await?,
            parameters: parameters(input.parameters, None)?,
            options: DeployOptions {
                tags: tags(input.tags, None),
                capabilities: capability_names(&given),
                on_failure,
                timeout_minutes: input.timeout_in_minutes,
                termination_protection: input.enable_termination_protection.unwrap_or(false),
                policy: input.stack_policy_body,
                client_request_token: input.client_request_token,
                ..kept_options(input.notification_arns, input.role_arn, None)
            },
            ..Deployment::default()
        };
        let deploying = self.deploy(deployment, &given, Intent::Create);
        let stack = Box::pin(deploying).await?;
        Ok(CreateStackOutput {
            operation_id: operation_id(&stack),
            stack_id: Some(stack.id),
        })
    }
}

impl Handler<UpdateStack> for CloudFormation {
    async fn handle(
        &self,
        input: UpdateStackInput,
        _caller: &Caller,
    ) -> Result<UpdateStackOutput, ServiceError> {
        let existing = self.existing(&input.stack_name)?;
        let token = input.client_request_token.as_deref();
        if let Some(request) = repeated(Some(&existing), token, OperationKind::Update)? {
            return Ok(UpdateStackOutput {
                operation_id: Some(request.operation_id.clone()),
                stack_id: Some(existing.id),
            });
        }
        let source = TemplateSource {
            body: input.template_body,
            url: input.template_url,
            use_previous: input.use_previous_template.unwrap_or(false),
        };
        let given = input.capabilities.unwrap_or_default();
        let stack = Some(&existing);
        let deployment = Deployment {
            stack_name: existing.name.clone(),
            template: self.template_text(source, stack).await?,
            parameters: parameters(input.parameters, stack)?,
            options: DeployOptions {
                tags: tags(input.tags, stack),
                capabilities: capability_names(&given),
                on_failure: on_failure(input.disable_rollback, None)?,
                client_request_token: input.client_request_token,
                ..kept_options(input.notification_arns, input.role_arn, stack)
            },
            ..Deployment::default()
        };
        let deploying = self.deploy(deployment, &given, Intent::Update);
        let stack = Box::pin(deploying).await?;
        Ok(UpdateStackOutput {
            operation_id: operation_id(&stack),
            stack_id: Some(stack.id),
        })
    }
}

impl Handler<DeleteStack> for CloudFormation {
    async fn handle(
        &self,
        input: DeleteStackInput,
        _caller: &Caller,
    ) -> Result<Unit, ServiceError> {
        // A stack that is not there, or not any more, is deleted.
        let found = self.stacks.find(&input.stack_name).map_err(unavailable)?;
        let Some(stack) = found.filter(|stack| stack.status != StackStatus::DeleteComplete) else {
            return Ok(Unit {});
        };
        let token = input.client_request_token.as_deref();
        if repeated(Some(&stack), token, OperationKind::Delete)?.is_some() {
            return Ok(Unit {});
        }
        let deletion = Deletion {
            stack_name: stack.name,
            retained: input.retain_resources.into_iter().flatten().collect(),
            is_forced: input.deletion_mode == Some(DeletionMode::ForceDeleteStack),
            client_request_token: input.client_request_token,
        };
        let progress = Progress::none();
        let begun = self.stacks.begin_deletion(deletion, &progress).await;
        let begun = begun.map_err(refusal)?;
        let (stacks, stack_id) = (self.stacks.clone(), stack.id);
        let work = async move {
            stacks.carry_out_deletion(begun, &Progress::none()).await?;
            Ok(change_set::delete_others(&**stacks.store(), &stack_id, None).await?)
        };
        self.change(work).await;
        Ok(Unit {})
    }
}

impl Handler<UpdateTerminationProtection> for CloudFormation {
    async fn handle(
        &self,
        input: UpdateTerminationProtectionInput,
        _caller: &Caller,
    ) -> Result<UpdateTerminationProtectionOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        if stack.status == StackStatus::DeleteComplete {
            return Err(invalid(format!("Stack [{}] does not exist", stack.name)));
        }
        let change = |stack: &mut Stack| {
            stack.settings.termination_protection = input.enable_termination_protection;
        };
        let changed = self.stacks.change_settings(&stack.name, change).await;
        let stack = changed.map_err(refusal)?;
        Ok(UpdateTerminationProtectionOutput {
            stack_id: Some(stack.id),
        })
    }
}

impl CloudFormation {
    /// Deploys without a change set.
    async fn deploy(
        &self,
        deployment: Deployment,
        given: &[Capability],
        intent: Intent,
    ) -> Result<Stack, ServiceError> {
        let transforms = transforms_of(&deployment.template);
        capabilities::check_expansion(&transforms, given)?;
        let reading = self.stacks.read_includes(deployment);
        let deployment = reading.await.map_err(refusal)?;
        let template = Template::parse_with(
            &deployment.template,
            &deployment.parameters,
            &deployment.includes,
        );
        let template = template.map_err(|error| invalid(error.message))?;
        capabilities::check(&template, given)?;
        let preparing = self.stacks.prepare(deployment, intent);
        let prepared = Box::pin(preparing).await.map_err(refusal)?;
        // What a transform makes is an update even if it makes the same.
        if !prepared.changes_anything() && transforms.is_empty() {
            return Err(invalid("No updates are to be performed."));
        }
        self.set_deployment_going(prepared).await
    }

    /// Begins a deployment and waits a little for its end.
    pub(super) async fn set_deployment_going(
        &self,
        mut prepared: Prepared,
    ) -> Result<Stack, ServiceError> {
        let begun = self.stacks.begin(&mut prepared, &Progress::none()).await;
        begun.map_err(refusal)?;
        let stack = prepared.stack().clone();
        let stacks = self.stacks.clone();
        let work = async move { stacks.carry_out_in_time(prepared, &Progress::none()).await };
        self.change(work).await;
        Ok(stack)
    }
}

fn operation_id(stack: &Stack) -> Option<String> {
    stack
        .operation
        .as_ref()
        .map(|operation| operation.id.clone())
}

/// What the two ways to say it mean together.
pub(super) fn on_failure(
    disable_rollback: Option<bool>,
    on_failure: Option<OnFailureName>,
) -> Result<OnFailure, ServiceError> {
    match (disable_rollback, on_failure) {
        (Some(_), Some(_)) => Err(invalid(
            "Only one of the OnFailure and DisableRollback parameters can be specified.",
        )),
        (Some(true), None) | (None, Some(OnFailureName::DoNothing)) => Ok(OnFailure::DoNothing),
        (None, Some(OnFailureName::Delete)) => Ok(OnFailure::Delete),
        _ => Ok(OnFailure::Rollback),
    }
}
