//! Patches of shapes: a path leads to a member, as the wire names it.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html>.

use landline_api::apigateway::PatchOperation;
use landline_wire::ServiceError;
use landline_wire::protocol::json;
use landline_wire::shape::{Naming, Structure};
use serde_json::{Map, Value};

use super::super::patch::{self, Step};
use crate::state::Stored;

/// Applies patches to a shape.
pub(super) fn apply<T: Structure>(
    shape: &T,
    operations: Option<&Vec<PatchOperation>>,
) -> Result<T, ServiceError> {
    let bytes = json::to_vec(shape, Naming::Wire);
    let mut members: Map<String, Value> = serde_json::from_slice(&bytes).unwrap_or_default();
    for step in patch::steps(operations)? {
        apply_step(&mut members, &step)?;
    }
    let read = serde_json::from_value::<Stored<T>>(Value::Object(members));
    match read {
        Ok(Stored(shape)) => Ok(shape),
        Err(error) => Err(crate::state::bad_request(format!(
            "Invalid patch value: {error}"
        ))),
    }
}

/// One step of a patch: `/member`, `/member/key`, or an element of a list behind its member.
pub(super) fn apply_step(
    members: &mut Map<String, Value>,
    step: &Step<'_>,
) -> Result<(), ServiceError> {
    let path = step
        .path
        .strip_prefix('/')
        .ok_or_else(|| step.refuse(&[]))?;
    let (name, key) = match path.split_once('/') {
        Some((name, key)) => (name, Some(unescaped(key))),
        None => (path, None),
    };
    let Some(key) = key else {
        match step.op {
            "remove" => drop(members.remove(name)),
            _ if LISTS.contains(&name) => {
                let list = step
                    .value
                    .split(',')
                    .map(str::trim)
                    .filter(|it| !it.is_empty());
                members.insert(name.to_owned(), list.map(Value::from).collect());
            }
            _ if NUMBERS.contains(&name) && step.value.is_empty() => drop(members.remove(name)),
            _ => drop(members.insert(name.to_owned(), typed(name, step)?)),
        }
        return Ok(());
    };
    if LISTS.contains(&name) {
        let list = members
            .entry(name)
            .or_insert_with(|| Value::Array(Vec::new()));
        let list = list.as_array_mut().ok_or_else(|| step.invalid_value())?;
        list.retain(|it| it.as_str() != Some(key.as_str()));
        if step.op != "remove" {
            // Media types are named by their paths; what the step holds beside does not count.
            let is_named = name == "binaryMediaTypes" || step.value.is_empty();
            let value = if is_named { key } else { step.value.to_owned() };
            list.push(value.into());
        }
        return Ok(());
    }
    let map = members
        .entry(name)
        .or_insert_with(|| Value::Object(Map::new()));
    let map = map.as_object_mut().ok_or_else(|| step.invalid_value())?;
    if step.op == "remove" {
        map.shift_remove(&key);
        // Nothing is left of what a method asks or answers: it asks nothing.
        if map.is_empty() && EMPTIED.contains(&name) {
            members.shift_remove(name);
        }
        return Ok(());
    }
    let value = match name {
        // Whether a parameter of a method is required.
        "requestParameters" | "responseParameters" if matches!(step.value, "true" | "false") => {
            (step.value == "true").into()
        }
        _ => step.value.into(),
    };
    map.insert(key, value);
    Ok(())
}

fn typed(name: &str, step: &Step<'_>) -> Result<Value, ServiceError> {
    if FLAGS.contains(&name) {
        if step.value.is_empty() {
            return Ok(false.into());
        }
        return Ok(step.truth()?.into());
    }
    if NUMBERS.contains(&name) {
        return Ok(step.number::<i64>()?.into());
    }
    Ok(step.value.into())
}

/// JSON pointers write `/` as `~1`.
fn unescaped(text: &str) -> String {
    text.replace("~1", "/").replace("~0", "~")
}

const FLAGS: &[&str] = &[
    "apiKeyRequired",
    "cacheClusterEnabled",
    "disableExecuteApiEndpoint",
    "tracingEnabled",
    "validateRequestBody",
    "validateRequestParameters",
];
const NUMBERS: &[&str] = &[
    "authorizerResultTtlInSeconds",
    "minimumCompressionSize",
    "timeoutInMillis",
];
const EMPTIED: &[&str] = &[
    "requestModels",
    "requestParameters",
    "responseModels",
    "responseParameters",
];
const LISTS: &[&str] = &[
    "authorizationScopes",
    "binaryMediaTypes",
    "cacheKeyParameters",
    "providerARNs",
];
