//! Change sets as the API shows them.

use std::collections::BTreeMap;

use landline_api::cloudformation::{
    self as api, AttributeChangeType, ChangeAction, ChangeSetStatus, ChangeSetSummary,
    ChangeSource, ChangeType, DescribeChangeSetOutput, EvaluationType, ExecutionStatus,
    PolicyAction, Replacement, RequiresRecreation, ResourceAttribute, ResourceChange,
    ResourceChangeDetail, ResourceTargetDefinition,
};
use landline_wire::Timestamp;
use serde_json::{Value as Json, json};

use super::view;
use crate::change_set::{ChangeSet, Execution};
use crate::stack::{
    Action, Attribute, Cause, Deployment, Plan, PlannedChange, PropertyChange, Recreation,
    ShownParameter,
};
use crate::template::{DeletionPolicy, Template};

/// How much of a change is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    /// Which properties change.
    Names,
    /// What they were and will be.
    Values,
}

pub(super) fn describe(
    change_set: &ChangeSet,
    changes: Vec<api::Change>,
    next_token: Option<String>,
) -> DescribeChangeSetOutput {
    let options = &change_set.options;
    let capabilities = options.capabilities.iter();
    DescribeChangeSetOutput {
        change_set_name: Some(change_set.name.clone()),
        change_set_id: Some(change_set.id.clone()),
        stack_id: Some(change_set.stack_id.clone()),
        stack_name: Some(change_set.stack_name.clone()),
        description: change_set.description.clone(),
        parameters: view::some(view::parameters(&change_set.shown_parameters)),
        creation_time: Some(Timestamp::from_millis(change_set.created_millis)),
        execution_status: Some(execution_status(change_set)),
        status: Some(status(change_set)),
        status_reason: change_set.failure.clone(),
        notification_arns: Some(options.notification_arns.clone()),
        rollback_configuration: Some(api::RollbackConfiguration::default()),
        capabilities: Some(capabilities.map(|name| name.as_str().into()).collect()),
        tags: view::some(view::tags(&options.tags)),
        changes: Some(changes),
        next_token,
        include_nested_stacks: Some(change_set.include_nested_stacks),
        on_stack_failure: change_set
            .on_stack_failure
            .as_deref()
            .map(api::OnStackFailure::from),
        // Told only where it was asked for.
        import_existing_resources: Some(change_set.import_existing_resources).filter(|it| *it),
        ..Default::default()
    }
}

pub(super) fn summary(change_set: &ChangeSet) -> ChangeSetSummary {
    ChangeSetSummary {
        stack_id: Some(change_set.stack_id.clone()),
        stack_name: Some(change_set.stack_name.clone()),
        change_set_id: Some(change_set.id.clone()),
        change_set_name: Some(change_set.name.clone()),
        execution_status: Some(execution_status(change_set)),
        status: Some(status(change_set)),
        status_reason: change_set.failure.clone(),
        creation_time: Some(Timestamp::from_millis(change_set.created_millis)),
        description: change_set.description.clone(),
        include_nested_stacks: Some(change_set.include_nested_stacks),
        import_existing_resources: Some(change_set.import_existing_resources).filter(|it| *it),
        ..Default::default()
    }
}

pub(super) fn status(change_set: &ChangeSet) -> ChangeSetStatus {
    match change_set.failure {
        None => ChangeSetStatus::CreateComplete,
        Some(_) => ChangeSetStatus::Failed,
    }
}

fn execution_status(change_set: &ChangeSet) -> ExecutionStatus {
    match change_set.execution {
        Execution::Unavailable => ExecutionStatus::Unavailable,
        Execution::Available => ExecutionStatus::Available,
        Execution::Complete => ExecutionStatus::ExecuteComplete,
    }
}

/// The parameters as people may see them; of a template that cannot be read, what was given is not shown.
pub(super) fn shown_parameters(deployment: &Deployment) -> BTreeMap<String, ShownParameter> {
    let template = Template::parse_with(
        &deployment.template,
        &deployment.parameters,
        &deployment.includes,
    );
    let Ok(template) = template else {
        return BTreeMap::new();
    };
    let mut shown = BTreeMap::new();
    for (name, parameter) in &template.parameters {
        let value = deployment.parameters.get(name);
        let Some(value) = value.or(parameter.default.as_ref()) else {
            continue;
        };
        let value = parameter.shown(value);
        let resolved = None;
        shown.insert(name.clone(), ShownParameter { value, resolved });
    }
    shown
}

/// What a page of changes is told with.
pub(super) struct Shown<'a> {
    pub(super) plan: &'a Plan,
    pub(super) detail: Detail,
}

impl Shown<'_> {
    /// Whether it is certain that what refers to a resource, or to an attribute of it, gets another value.
    fn evaluation(&self, entity: &str) -> EvaluationType {
        let logical_id = entity.split('.').next();
        let mut changes = self.plan.changes.iter();
        let is_open = changes.any(|change| {
            Some(change.logical_id.as_str()) == logical_id && change.action == Action::MaybeReplace
        });
        if is_open {
            EvaluationType::Dynamic
        } else {
            EvaluationType::Static
        }
    }
}

pub(super) fn change(change: &PlannedChange, shown: &Shown<'_>) -> api::Change {
    let replacement = match change.action {
        Action::Modify => Some(Replacement::False),
        Action::Replace => Some(Replacement::True),
        Action::MaybeReplace => Some(Replacement::Conditional),
        Action::Add | Action::Remove | Action::Import => None,
    };
    let properties = change.properties.iter();
    let attributes = change.attributes.iter();
    let details = properties
        .flat_map(|property| details(change, property, shown))
        .chain(attributes.map(|attribute| attribute_detail(*attribute)));
    let context = |properties: &Option<Json>| {
        let properties = properties
            .as_ref()
            .filter(|_| shown.detail == Detail::Values)?;
        Some(json!({"Properties": properties}).to_string())
    };
    let resource_change = ResourceChange {
        policy_action: policy_action(change),
        action: Some(action(change.action)),
        logical_resource_id: Some(change.logical_id.clone()),
        physical_resource_id: change.physical_id.clone(),
        resource_type: Some(change.resource_type.clone()),
        scope: Some(scope(change)),
        details: Some(if replacement.is_some() {
            details.collect()
        } else {
            Vec::new()
        }),
        replacement,
        before_context: context(&change.before),
        after_context: context(&change.after),
        ..Default::default()
    };
    api::Change {
        r#type: Some(ChangeType::Resource),
        hook_invocation_count: None,
        resource_change: Some(resource_change),
    }
}

fn action(action: Action) -> ChangeAction {
    match action {
        Action::Add => ChangeAction::Add,
        Action::Modify | Action::Replace | Action::MaybeReplace => ChangeAction::Modify,
        Action::Remove => ChangeAction::Remove,
        Action::Import => ChangeAction::Import,
    }
}

/// What becomes of the real thing that would go.
fn policy_action(change: &PlannedChange) -> Option<PolicyAction> {
    match (change.action, change.deletion_policy) {
        (Action::Add | Action::Modify | Action::Import, _) => None,
        (Action::Remove, DeletionPolicy::Delete) => Some(PolicyAction::Delete),
        (Action::Remove, DeletionPolicy::Snapshot) => Some(PolicyAction::Snapshot),
        (Action::Remove, _) => Some(PolicyAction::Retain),
        (Action::Replace | Action::MaybeReplace, _) => Some(match change.update_replace_policy {
            DeletionPolicy::Delete => PolicyAction::ReplaceAndDelete,
            DeletionPolicy::Snapshot => PolicyAction::ReplaceAndSnapshot,
            DeletionPolicy::Retain | DeletionPolicy::RetainExceptOnCreate => {
                PolicyAction::ReplaceAndRetain
            }
        }),
    }
}

fn scope(change: &PlannedChange) -> Vec<ResourceAttribute> {
    let mut scope: Vec<ResourceAttribute> = Vec::new();
    for property in &change.properties {
        let attribute = attribute(property);
        if !scope.contains(&attribute) && change.before.is_some() {
            scope.push(attribute);
        }
    }
    scope.extend(change.attributes.iter().map(|attribute| beside(*attribute)));
    scope
}

fn beside(attribute: Attribute) -> ResourceAttribute {
    match attribute {
        Attribute::Metadata => ResourceAttribute::Metadata,
        Attribute::CreationPolicy => ResourceAttribute::CreationPolicy,
        Attribute::UpdatePolicy => ResourceAttribute::UpdatePolicy,
        Attribute::DeletionPolicy => ResourceAttribute::DeletionPolicy,
        Attribute::UpdateReplacePolicy => ResourceAttribute::UpdateReplacePolicy,
    }
}

/// The entry for what changes beside the properties.
fn attribute_detail(attribute: Attribute) -> ResourceChangeDetail {
    ResourceChangeDetail {
        target: Some(ResourceTargetDefinition {
            attribute: Some(beside(attribute)),
            requires_recreation: Some(RequiresRecreation::Never),
            ..Default::default()
        }),
        evaluation: Some(EvaluationType::Static),
        change_source: Some(ChangeSource::DirectModification),
        causing_entity: None,
    }
}

fn attribute(property: &PropertyChange) -> ResourceAttribute {
    if property.name == "Tags" {
        ResourceAttribute::Tags
    } else {
        ResourceAttribute::Properties
    }
}

/// One entry for each reason why a property changes. Where the reason lies elsewhere, AWS tells a change of the property
/// itself as well, which it cannot be sure of: for a parameter always, for another resource where it shows values.
fn details(
    change: &PlannedChange,
    property: &PropertyChange,
    shown: &Shown<'_>,
) -> Vec<ResourceChangeDetail> {
    let detail = |source, evaluation, entity: Option<&String>| ResourceChangeDetail {
        target: Some(target(change, property, shown.detail)),
        evaluation: Some(evaluation),
        change_source: Some(source),
        causing_entity: entity.cloned(),
    };
    let direct = ChangeSource::DirectModification;
    let mut details = Vec::with_capacity(property.causes.len() + 1);
    let (mut by_parameter, mut by_resource) = (false, false);
    for cause in &property.causes {
        let (source, name) = match cause {
            Cause::DirectModification => {
                details.push(detail(direct.clone(), EvaluationType::Static, None));
                continue;
            }
            Cause::ParameterReference(name) => (ChangeSource::ParameterReference, name),
            Cause::ResourceReference(name) => (ChangeSource::ResourceReference, name),
            Cause::ResourceAttribute(name) => (ChangeSource::ResourceAttribute, name),
        };
        let is_parameter = source == ChangeSource::ParameterReference;
        let evaluation = if is_parameter {
            EvaluationType::Static
        } else {
            shown.evaluation(name)
        };
        by_parameter |= is_parameter;
        by_resource |= !is_parameter;
        details.push(detail(source, evaluation, Some(name)));
    }
    let of_itself = || detail(direct, EvaluationType::Dynamic, None);
    if by_parameter {
        details.push(of_itself());
    } else if by_resource && shown.detail == Detail::Values {
        details.insert(0, of_itself());
    }
    details
}

fn target(
    change: &PlannedChange,
    property: &PropertyChange,
    detail: Detail,
) -> ResourceTargetDefinition {
    let value = |properties: &Option<Json>| {
        let value = properties.as_ref()?.get(&property.name)?;
        Some(
            value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        )
    };
    let (before, after) = (value(&change.before), value(&change.after));
    let change_type = match (&before, &after) {
        (None, _) => AttributeChangeType::Add,
        (Some(_), None) => AttributeChangeType::Remove,
        (Some(_), Some(_)) => AttributeChangeType::Modify,
    };
    let attribute = attribute(property);
    let is_property = attribute == ResourceAttribute::Properties;
    let shows_values = detail == Detail::Values;
    ResourceTargetDefinition {
        attribute: Some(attribute),
        name: is_property.then(|| property.name.clone()),
        requires_recreation: Some(match property.recreates {
            Recreation::Never => RequiresRecreation::Never,
            Recreation::Conditionally => RequiresRecreation::Conditionally,
            Recreation::Always => RequiresRecreation::Always,
        }),
        path: shows_values.then(|| format!("/Properties/{}", property.name)),
        before_value: before.filter(|_| shows_values),
        after_value: after.filter(|_| shows_values),
        attribute_change_type: shows_values.then_some(change_type),
        ..Default::default()
    }
}
