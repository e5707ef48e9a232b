//! Before and after of one resource: what has to be done to it.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::record::{ResourceStatus, StackResource};
use crate::provider::ResourceProvider;

/// What becomes of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Add,
    Modify,
    /// A new resource takes the place of the old one, which is deleted when all else is done.
    Replace,
    Nothing,
}

/// Decides what a resource with these properties becomes, and which properties make the difference.
pub(super) fn compare(
    before: Option<&StackResource>,
    resource_type: &str,
    properties: &Json,
    provider: &dyn ResourceProvider,
) -> (Change, Vec<String>) {
    let Some(before) = before.filter(|before| before.physical_id.is_some()) else {
        return (Change::Add, Vec::new());
    };
    let changed = changed_keys(&before.properties, properties);
    let replaces = changed
        .iter()
        .any(|key| provider.schema().replace_on.contains(&key.as_str()));
    if replaces || before.resource_type != resource_type {
        return (Change::Replace, changed);
    }
    // An update that failed half-way is done again, whatever the properties say.
    let whole = !matches!(
        before.status,
        ResourceStatus::UpdateFailed | ResourceStatus::UpdateInProgress
    );
    if changed.is_empty() && whole {
        (Change::Nothing, changed)
    } else {
        (Change::Modify, changed)
    }
}

fn changed_keys(before: &Json, after: &Json) -> Vec<String> {
    let empty = serde_json::Map::new();
    let (before, after) = (
        before.as_object().unwrap_or(&empty),
        after.as_object().unwrap_or(&empty),
    );
    let keys: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    keys.into_iter()
        .filter(|key| before.get(*key) != after.get(*key))
        .cloned()
        .collect()
}
