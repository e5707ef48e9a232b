//! What a template says of a resource beside its properties. A change of it is a change of the stack, but touches the
//! record only, never the thing itself.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ResourceChange.html>

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::record::StackResource;
use crate::template::{Node, Resource};

/// Attributes that nothing here acts on, as the template has them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Declared {
    metadata: Option<Json>,
    creation_policy: Option<Json>,
    update_policy: Option<Json>,
}

/// An attribute of a resource whose change alone makes an update. `DependsOn` is none of them: AWS sees no change there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Attribute {
    Metadata,
    CreationPolicy,
    UpdatePolicy,
    DeletionPolicy,
    UpdateReplacePolicy,
}

impl Declared {
    pub(super) fn of(resource: &Resource) -> Self {
        let json = |node: &Option<Node>| node.as_ref().map(Node::to_json);
        Self {
            metadata: json(&resource.metadata),
            creation_policy: json(&resource.creation_policy),
            update_policy: json(&resource.update_policy),
        }
    }
}

/// The attributes that the template has otherwise than the record.
pub(super) fn changed_attributes(before: &StackResource, resource: &Resource) -> Vec<Attribute> {
    let after = Declared::of(resource);
    // Records of older versions do not tell, so that nothing is taken for a change of it.
    let declared = before.declared.as_ref().unwrap_or(&after);
    let differs = [
        (Attribute::Metadata, declared.metadata != after.metadata),
        (
            Attribute::CreationPolicy,
            declared.creation_policy != after.creation_policy,
        ),
        (
            Attribute::UpdatePolicy,
            declared.update_policy != after.update_policy,
        ),
        (
            Attribute::DeletionPolicy,
            before.deletion_policy != resource.deletion_policy,
        ),
        (
            Attribute::UpdateReplacePolicy,
            before.update_replace_policy != resource.update_replace_policy,
        ),
    ];
    let changed = differs.into_iter().filter(|(_, differs)| *differs);
    changed.map(|(attribute, _)| attribute).collect()
}
