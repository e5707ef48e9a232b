//! Patch operations, the one way in which REST APIs are updated.
//!
//! See <https://docs.aws.amazon.com/apigateway/latest/api/patch-operations.html>.

use std::str::FromStr;

use landline_api::apigateway::{Op, PatchOperation};
use landline_wire::ServiceError;

use crate::state::bad_request;

/// How many operations one update may have.
const OPERATIONS: usize = 1_000;

/// One step of an update.
#[derive(Debug)]
pub(super) struct Step<'a> {
    pub(super) op: &'a str,
    pub(super) path: &'a str,
    pub(super) value: &'a str,
}

/// The steps of an update, each with an operation that any path could have.
pub(super) fn steps(
    operations: Option<&Vec<PatchOperation>>,
) -> Result<Vec<Step<'_>>, ServiceError> {
    let operations = operations.map_or(&[][..], Vec::as_slice);
    if operations.len() > OPERATIONS {
        return Err(bad_request("Too many patch operations specified"));
    }
    operations.iter().map(step).collect()
}

fn step(operation: &PatchOperation) -> Result<Step<'_>, ServiceError> {
    let op = match &operation.op {
        Some(op @ (Op::Add | Op::Remove | Op::Replace)) => op.as_str(),
        Some(other) => {
            let other = other.as_str();
            return Err(bad_request(format!(
                "Invalid patch operation specified: {other}. Must be one of: [add, remove, replace]"
            )));
        }
        None => return Err(bad_request("Patch operation must have an op")),
    };
    Ok(Step {
        op,
        path: operation.path.as_deref().unwrap_or_default(),
        value: operation.value.as_deref().unwrap_or_default(),
    })
}

impl Step<'_> {
    /// A path that cannot be patched in this way.
    pub(super) fn refuse(&self, allowed: &[&str]) -> ServiceError {
        let Self { op, path, .. } = self;
        let allowed = allowed.join(", ");
        bad_request(format!(
            "Invalid patch path  '{path}' specified for op '{op}'. Must be one of: [{allowed}]"
        ))
    }

    /// A path that can be patched, but not in this way.
    pub(super) fn refuse_operation(&self) -> ServiceError {
        let Self { op, path, .. } = self;
        bad_request(format!(
            "Invalid patch path  '{path}' specified for op '{op}'. Please choose supported operations"
        ))
    }

    /// The value as a text; an empty one clears.
    pub(super) fn text(&self) -> Option<String> {
        Some(self.value.to_owned()).filter(|value| !value.is_empty())
    }

    /// The value as a number.
    pub(super) fn number<N: FromStr>(&self) -> Result<N, ServiceError> {
        self.value.trim().parse().map_err(|_| self.invalid_value())
    }

    /// The value as `true` or `false`.
    pub(super) fn truth(&self) -> Result<bool, ServiceError> {
        match self.value.to_ascii_lowercase().as_str() {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => Err(self.invalid_value()),
        }
    }

    pub(super) fn invalid_value(&self) -> ServiceError {
        let Self { path, value, .. } = self;
        bad_request(format!("Invalid patch value '{value}' for path {path}"))
    }
}
