//! Which capabilities a template needs: who deploys it has to say that it may make roles, and that it may have macros
//! written out.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>

use std::collections::BTreeSet;

use landline_api::cloudformation::{Capability, errors};
use landline_wire::ServiceError;

use crate::template::Template;

/// What a template needs, and which of its resource types are the reason.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Needed {
    pub(super) capability: Option<Capability>,
    pub(super) resource_types: BTreeSet<String>,
}

/// The capability that the resources of a template need, once it is written out.
pub(super) fn needed(template: &Template) -> Needed {
    let mut needed = Needed::default();
    let mut is_named = false;
    for resource in template.resources.values() {
        let Some((_, names)) = IAM_TYPES
            .iter()
            .find(|(resource_type, _)| *resource_type == resource.resource_type)
        else {
            continue;
        };
        is_named |= names
            .iter()
            .any(|name| resource.properties.get(name).is_some());
        needed.resource_types.insert(resource.resource_type.clone());
    }
    if !needed.resource_types.is_empty() {
        needed.capability = Some(if is_named {
            Capability::CapabilityNamedIam
        } else {
            Capability::CapabilityIam
        });
    }
    needed
}

/// Refuses what the given capabilities do not cover.
pub(super) fn check(template: &Template, given: &[Capability]) -> Result<(), ServiceError> {
    let is_covered = match needed(template).capability {
        None => return Ok(()),
        Some(Capability::CapabilityIam) => {
            given.contains(&Capability::CapabilityIam)
                || given.contains(&Capability::CapabilityNamedIam)
        }
        Some(_) => given.contains(&Capability::CapabilityNamedIam),
    };
    if is_covered {
        return Ok(());
    }
    let missing = needed(template).capability.unwrap_or_default();
    Err(insufficient(&missing))
}

/// Refuses a transform that nobody allowed: only where no change set shows what it makes.
pub(super) fn check_expansion(
    has_transforms: &[String],
    given: &[Capability],
) -> Result<(), ServiceError> {
    if has_transforms.is_empty() || given.contains(&Capability::CapabilityAutoExpand) {
        return Ok(());
    }
    Err(insufficient(&Capability::CapabilityAutoExpand))
}

fn insufficient(capability: &Capability) -> ServiceError {
    let text = format!("Requires capabilities : [{capability}]");
    errors::InsufficientCapabilitiesException.with(text)
}

/// The types that give permissions, and the properties that give them names of their own.
const IAM_TYPES: [(&str, &[&str]); 9] = [
    ("AWS::IAM::AccessKey", &[]),
    ("AWS::IAM::Group", &["GroupName"]),
    ("AWS::IAM::InstanceProfile", &["InstanceProfileName"]),
    ("AWS::IAM::ManagedPolicy", &["ManagedPolicyName"]),
    ("AWS::IAM::Policy", &[]),
    ("AWS::IAM::Role", &["RoleName"]),
    ("AWS::IAM::RolePolicy", &[]),
    ("AWS::IAM::User", &["UserName"]),
    ("AWS::IAM::UserToGroupAddition", &[]),
];
