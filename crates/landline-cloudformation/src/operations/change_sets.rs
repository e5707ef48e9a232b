//! `CreateChangeSet`, `DescribeChangeSet`, `ExecuteChangeSet`, `DeleteChangeSet`, `ListChangeSets`.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html>

use std::collections::BTreeMap;

use landline_api::cloudformation::{
    Capability, ChangeSetType, CreateChangeSet, CreateChangeSetInput, CreateChangeSetOutput,
    DeleteChangeSet, DeleteChangeSetInput, DeleteChangeSetOutput, DescribeChangeSet,
    DescribeChangeSetInput, DescribeChangeSetOutput, ExecuteChangeSet, ExecuteChangeSetInput,
    ExecuteChangeSetOutput, ListChangeSets, ListChangeSetsInput, ListChangeSetsOutput,
    OnStackFailure, errors,
};
use landline_wire::{Caller, Handler, ServiceError, request_id};

use super::page::page;
use super::request::{
    TemplateSource, capability_names, kept_options, parameters, tags, transforms_of,
};
use super::tokens::repeated;
use super::{CloudFormation, capabilities, invalid, refusal, review, unavailable};
use crate::change_set::{self, ChangeSet, ChangeSetKind, Execution};
use crate::quotas;
use crate::stack::{
    DeployError, DeployOptions, Deployment, Imports, Intent, OnFailure, OperationKind, Plan,
    ShownParameter, Stack, StackStatus,
};
use crate::template::{Template, TemplateError};

impl Handler<CreateChangeSet> for CloudFormation {
    async fn handle(
        &self,
        input: CreateChangeSetInput,
        _caller: &Caller,
    ) -> Result<CreateChangeSetOutput, ServiceError> {
        let found = self.stacks.find(&input.stack_name).map_err(unavailable)?;
        let is_found = found.is_some();
        let existing = found.filter(|stack| stack.status != StackStatus::DeleteComplete);
        let is_new = input.change_set_type == Some(ChangeSetType::Create);
        if is_found && is_new && existing.is_none() {
            // Only an ARN names a stack that was deleted.
            return Err(exists_already(&input, &input.stack_name));
        }
        let kind = kind_of(&input, existing.as_ref())?;
        if let Some(stack) = &existing {
            if let Some(known) = self.repeated_change_set(stack, &input)? {
                return Ok(CreateChangeSetOutput {
                    id: Some(known.id),
                    stack_id: Some(known.stack_id),
                });
            }
            self.check_room(stack, &input.change_set_name)?;
        }
        let given = input.capabilities.clone().unwrap_or_default();
        let deployment = self.deployment(&input, existing.as_ref(), &given).await?;
        let (deployment, reviewed) = match self.stacks.read_includes(deployment.clone()).await {
            Ok(deployment) => {
                let reviewed = self.reviewed(&input, &deployment, kind, existing.as_ref());
                let reviewed = Box::pin(reviewed).await?;
                (deployment, reviewed)
            }
            Err(DeployError::Refused(error)) if fails_later(&error) => {
                (deployment, Err(error.message))
            }
            Err(error) => return Err(refusal(error)),
        };
        let stack = if let Some(stack) = existing {
            stack
        } else {
            let announced = self.stacks.announce(&deployment.stack_name).await;
            announced.map_err(refusal)?
        };
        let change_set = self.change_set_of(input, &stack, kind, deployment, reviewed);
        let id = change_set.id.clone();
        let kept = change_set::put(&**self.stacks.store(), change_set).await;
        kept.map_err(unavailable)?;
        Ok(CreateChangeSetOutput {
            id: Some(id),
            stack_id: Some(stack.id),
        })
    }
}

impl Handler<DescribeChangeSet> for CloudFormation {
    async fn handle(
        &self,
        input: DescribeChangeSetInput,
        _caller: &Caller,
    ) -> Result<DescribeChangeSetOutput, ServiceError> {
        let change_set = self.change_set(&input.change_set_name, input.stack_name.as_deref())?;
        let changes = change_set.plan.changes.iter().collect();
        let (changes, next_token) = page(changes, input.next_token.as_deref())?;
        let detail = if input.include_property_values == Some(true) {
            review::Detail::Values
        } else {
            review::Detail::Names
        };
        let plan = &change_set.plan;
        let shown = review::Shown { plan, detail };
        let changes = changes.into_iter();
        let changes = changes
            .map(|change| review::change(change, &shown))
            .collect();
        Ok(review::describe(&change_set, changes, next_token))
    }
}

impl Handler<ExecuteChangeSet> for CloudFormation {
    async fn handle(
        &self,
        input: ExecuteChangeSetInput,
        _caller: &Caller,
    ) -> Result<ExecuteChangeSetOutput, ServiceError> {
        let mut change_set =
            self.change_set(&input.change_set_name, input.stack_name.as_deref())?;
        let stack = self
            .stacks
            .find(&change_set.stack_id)
            .map_err(unavailable)?;
        let kind = match change_set.kind {
            ChangeSetKind::Create => OperationKind::Create,
            ChangeSetKind::Update => OperationKind::Update,
            ChangeSetKind::Import => OperationKind::Import,
        };
        let token = input.client_request_token.as_deref();
        if repeated(stack.as_ref(), token, kind)?.is_some() {
            return Ok(ExecuteChangeSetOutput {});
        }
        if change_set.execution != Execution::Available {
            let text = format!(
                "ChangeSet [{}] cannot be executed in its current status of [{}]",
                change_set.id,
                review::status(&change_set)
            );
            return Err(errors::InvalidChangeSetStatusException.with(text));
        }
        let mut deployment = change_set.deployment();
        deployment.options.client_request_token = input.client_request_token;
        if let Some(disabled) = input.disable_rollback {
            deployment.options.on_failure = if disabled {
                OnFailure::DoNothing
            } else {
                OnFailure::Rollback
            };
        }
        let intent = intent(change_set.kind, stack.as_ref());
        let preparing = self.stacks.prepare(deployment, intent);
        let prepared = Box::pin(preparing).await.map_err(refusal)?;
        let store = self.stacks.store().clone();
        change_set.execution = Execution::Complete;
        let (stack_id, id) = (change_set.stack_id.clone(), change_set.id.clone());
        change_set::put(&*store, change_set)
            .await
            .map_err(unavailable)?;
        // What another change set would do is not known any more.
        change_set::delete_others(&*store, &stack_id, Some(&id))
            .await
            .map_err(unavailable)?;
        self.set_deployment_going(prepared).await?;
        Ok(ExecuteChangeSetOutput {})
    }
}

impl Handler<DeleteChangeSet> for CloudFormation {
    async fn handle(
        &self,
        input: DeleteChangeSetInput,
        _caller: &Caller,
    ) -> Result<DeleteChangeSetOutput, ServiceError> {
        match self.change_set(&input.change_set_name, input.stack_name.as_deref()) {
            Ok(change_set) => {
                let deleted = change_set::delete(&**self.stacks.store(), &change_set).await;
                deleted.map_err(unavailable)?;
            }
            // What is not there is deleted.
            Err(error) if errors::ChangeSetNotFoundException.matches(&error) => {}
            Err(error) => return Err(error),
        }
        Ok(DeleteChangeSetOutput {})
    }
}

impl Handler<ListChangeSets> for CloudFormation {
    async fn handle(
        &self,
        input: ListChangeSetsInput,
        _caller: &Caller,
    ) -> Result<ListChangeSetsOutput, ServiceError> {
        let stack = self.existing(&input.stack_name)?;
        let found = change_set::list(&**self.stacks.store(), &stack.id);
        let mut found = found.map_err(unavailable)?;
        // One that was executed can still be described, but is listed no more.
        found.retain(|change_set| change_set.execution != Execution::Complete);
        let (found, next_token) = page(found, input.next_token.as_deref())?;
        Ok(ListChangeSetsOutput {
            summaries: Some(found.iter().map(review::summary).collect()),
            next_token,
        })
    }
}

/// What a look at a deployment gave, or why there is nothing to execute.
type Reviewed = Result<Review, String>;

/// The changes of a deployment, what it takes over, and its parameters as people may see them.
struct Review {
    plan: Plan,
    imports: Imports,
    shown_parameters: BTreeMap<String, ShownParameter>,
}

impl CloudFormation {
    /// A change set by its ARN, or by its name and its stack.
    pub(super) fn change_set(
        &self,
        name_or_id: &str,
        stack_name: Option<&str>,
    ) -> Result<ChangeSet, ServiceError> {
        let store = &**self.stacks.store();
        let found = if name_or_id.starts_with("arn:") {
            change_set::get(store, name_or_id)
        } else {
            let Some(stack_name) = stack_name else {
                return Err(invalid(
                    "StackName must be specified if ChangeSetName is not specified as an ARN.",
                ));
            };
            let stack = self.existing(stack_name)?;
            change_set::find(store, &stack.id, name_or_id)
        };
        let missing = || {
            let text = format!("ChangeSet [{name_or_id}] does not exist");
            errors::ChangeSetNotFoundException.with(text)
        };
        found.map_err(unavailable)?.ok_or_else(missing)
    }

    /// The change set that an earlier call of the same client has made.
    fn repeated_change_set(
        &self,
        stack: &Stack,
        input: &CreateChangeSetInput,
    ) -> Result<Option<ChangeSet>, ServiceError> {
        let store = &**self.stacks.store();
        let known = change_set::find(store, &stack.id, &input.change_set_name);
        let known = known.map_err(unavailable)?;
        let is_same =
            |it: &ChangeSet| input.client_token.is_some() && it.client_token == input.client_token;
        Ok(known.filter(is_same))
    }

    fn check_room(&self, stack: &Stack, name: &str) -> Result<(), ServiceError> {
        let store = &**self.stacks.store();
        let known = change_set::list(store, &stack.id).map_err(unavailable)?;
        // One that was executed gives its name free, as on AWS: it is gone from the list there.
        let is_taken = |it: &ChangeSet| it.name == name && it.execution != Execution::Complete;
        if known.iter().any(is_taken) {
            let text = format!("ChangeSet [{name}] already exists");
            return Err(errors::AlreadyExistsException.with(text));
        }
        if known.len() >= quotas::CHANGE_SETS {
            let text = format!("ChangeSet limit exceeded for stack {}", stack.id);
            return Err(errors::LimitExceededException.with(text));
        }
        Ok(())
    }

    async fn deployment(
        &self,
        input: &CreateChangeSetInput,
        existing: Option<&Stack>,
        given: &[Capability],
    ) -> Result<Deployment, ServiceError> {
        let source = TemplateSource {
            body: input.template_body.clone(),
            url: input.template_url.clone(),
            use_previous: input.use_previous_template.unwrap_or(false),
        };
        let on_failure = match input.on_stack_failure {
            Some(OnStackFailure::DoNothing) => OnFailure::DoNothing,
            Some(OnStackFailure::Delete) => OnFailure::Delete,
            _ => OnFailure::Rollback,
        };
        Ok(Deployment {
            stack_name: existing
                .map_or(&input.stack_name, |stack| &stack.name)
                .clone(),
            template: self.template_text(source, existing).await?,
            parameters: parameters(input.parameters.clone(), existing)?,
            options: DeployOptions {
                tags: tags(input.tags.clone(), existing),
                capabilities: capability_names(given),
                on_failure,
                ..kept_options(
                    input.notification_arns.clone(),
                    input.role_arn.clone(),
                    existing,
                )
            },
            ..Deployment::default()
        })
    }

    /// Looks at what a deployment would do. What is wrong with the text itself is refused at once; what only shows when
    /// it is written out makes a change set that failed.
    async fn reviewed(
        &self,
        input: &CreateChangeSetInput,
        deployment: &Deployment,
        kind: ChangeSetKind,
        existing: Option<&Stack>,
    ) -> Result<Reviewed, ServiceError> {
        let given = input.capabilities.as_deref().unwrap_or_default();
        let transforms = transforms_of(&deployment.template);
        let template = match Template::parse_with(
            &deployment.template,
            &deployment.parameters,
            &deployment.includes,
        ) {
            Ok(template) => template,
            Err(error) if fails_later(&error) => return Ok(Err(error.message)),
            Err(error) => return Err(invalid(error.message)),
        };
        if let Err(error) = capabilities::check(&template, given) {
            if transforms.is_empty() {
                return Err(error);
            }
            return Ok(Err(error.message));
        }
        let preparing = self
            .stacks
            .prepare(deployment.clone(), intent(kind, existing));
        match Box::pin(preparing).await {
            Ok(prepared) if prepared.changes_anything() || kind == ChangeSetKind::Import => {
                let imports = self.imports_of(input, deployment, &prepared).await?;
                Ok(imports.map(|imports| {
                    let mut plan = prepared.plan().clone();
                    plan.mark_imports(&imports);
                    Review {
                        plan,
                        imports,
                        shown_parameters: prepared.shown_parameters(),
                    }
                }))
            }
            Ok(_) if transforms.is_empty() => Ok(Err(NO_CHANGES.to_owned())),
            // What a transform makes is only compared when it is there, and then AWS has other words.
            Ok(_) => Ok(Err("No updates are to be performed.".to_owned())),
            Err(DeployError::Refused(error)) if fails_later(&error) => Ok(Err(error.message)),
            Err(error) => Err(refusal(error)),
        }
    }

    fn change_set_of(
        &self,
        input: CreateChangeSetInput,
        stack: &Stack,
        kind: ChangeSetKind,
        deployment: Deployment,
        reviewed: Reviewed,
    ) -> ChangeSet {
        let owner = self.stacks.owner();
        let (review, failure) = match reviewed {
            Ok(review) => (review, None),
            Err(reason) => {
                let review = Review {
                    plan: Plan::default(),
                    imports: Imports::default(),
                    shown_parameters: review::shown_parameters(&deployment),
                };
                (review, Some(reason))
            }
        };
        ChangeSet {
            id: format!(
                "arn:aws:cloudformation:{}:{}:changeSet/{}/{}",
                owner.region,
                owner.account_id,
                input.change_set_name,
                request_id::uuid()
            ),
            name: input.change_set_name,
            stack_id: stack.id.clone(),
            stack_name: stack.name.clone(),
            kind,
            execution: if failure.is_none() {
                Execution::Available
            } else {
                Execution::Unavailable
            },
            failure,
            created_millis: self.stacks.clock().now().as_millis(),
            description: input.description,
            client_token: input.client_token,
            shown_parameters: review.shown_parameters,
            template: deployment.template,
            includes: deployment.includes,
            parameters: deployment.parameters,
            options: deployment.options,
            plan: review.plan,
            include_nested_stacks: input.include_nested_stacks.unwrap_or(false),
            import_existing_resources: input.import_existing_resources.unwrap_or(false),
            imports: review.imports,
            on_stack_failure: input
                .on_stack_failure
                .as_ref()
                .map(|name| name.as_str().to_owned()),
        }
    }
}

fn exists_already(input: &CreateChangeSetInput, stack: &str) -> ServiceError {
    invalid(format!(
        "Stack [{stack}] already exists and cannot be created again with the changeSet [{}].",
        input.change_set_name
    ))
}

/// What a change set is for.
fn kind_of(
    input: &CreateChangeSetInput,
    existing: Option<&Stack>,
) -> Result<ChangeSetKind, ServiceError> {
    match (&input.change_set_type, existing) {
        (Some(ChangeSetType::Import), _) => Ok(ChangeSetKind::Import),
        (Some(ChangeSetType::Create), Some(stack))
            if stack.status != StackStatus::ReviewInProgress =>
        {
            Err(exists_already(input, &stack.name))
        }
        (Some(ChangeSetType::Create), _) => Ok(ChangeSetKind::Create),
        (_, None) => Err(invalid(format!(
            "Stack [{}] does not exist",
            input.stack_name
        ))),
        (_, Some(_)) => Ok(ChangeSetKind::Update),
    }
}

/// What has to be there for a change set.
fn intent(kind: ChangeSetKind, existing: Option<&Stack>) -> Intent {
    let is_new = |stack: &Stack| stack.status == StackStatus::ReviewInProgress;
    match (kind, existing) {
        (ChangeSetKind::Update, _) => Intent::Update,
        (ChangeSetKind::Create | ChangeSetKind::Import, None) => Intent::Create,
        (ChangeSetKind::Import, Some(stack)) if !is_new(stack) => Intent::Update,
        (ChangeSetKind::Create | ChangeSetKind::Import, Some(_)) => Intent::CreateReviewed,
    }
}

/// Whether AWS finds such a fault only after it has taken the call.
fn fails_later(error: &TemplateError) -> bool {
    error.message.starts_with("Transform ")
        || error.message.starts_with("Properties validation failed")
        || error.message.starts_with("No export named")
}

const NO_CHANGES: &str = "The submitted information didn't contain changes. Submit different information to create a change set.";
