//! Why a property would be another: because the template says so, or because something that it refers to is another.

use serde::{Deserialize, Serialize};

use super::blueprint::Blueprint;
use super::plan::PlannedChange;

/// One reason for a change, as change sets tell it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// The template has another text.
    DirectModification,
    /// A parameter has another value.
    ParameterReference(String),
    /// A resource that is referred to changes.
    ResourceReference(String),
    /// An attribute of such a resource, `LogicalId.Attribute`.
    ResourceAttribute(String),
}

/// Why a property of a resource changes, given what changes before it.
pub(super) fn causes(
    blueprint: &Blueprint,
    logical_id: &str,
    property: &str,
    earlier: &[PlannedChange],
) -> Vec<Cause> {
    let changes = |target: &str| earlier.iter().any(|change| change.logical_id == target);
    let mut causes: Vec<Cause> = Vec::new();
    for found in blueprint.uses_of(logical_id, property) {
        if changes(&found.target) {
            causes.push(match found.attribute {
                Some(attribute) => {
                    Cause::ResourceAttribute(format!("{}.{attribute}", found.target))
                }
                None => Cause::ResourceReference(found.target),
            });
        } else if let Some(parameter) = blueprint.template.parameters.get(&found.target)
            && !parameter.names_another_value()
        {
            causes.push(Cause::ParameterReference(found.target));
        }
    }
    causes.sort();
    causes.dedup();
    if causes.is_empty() {
        causes.push(Cause::DirectModification);
    }
    causes
}
