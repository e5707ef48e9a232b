//! Calls that are made again: a client that heard no answer repeats its call with the same token, and means the operation
//! that the first one asked for.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html>

use landline_api::cloudformation::errors::TokenAlreadyExistsException;
use landline_wire::ServiceError;

use crate::stack::{OperationKind, Request, Stack};

/// The operation that was already asked for with a token; a refusal if that was one of another kind.
pub(super) fn repeated<'a>(
    stack: Option<&'a Stack>,
    token: Option<&str>,
    kind: OperationKind,
) -> Result<Option<&'a Request>, ServiceError> {
    let (Some(stack), Some(token)) = (stack, token) else {
        return Ok(None);
    };
    match stack.request(token) {
        Some(request) if request.kind != kind => {
            let text = format!("ClientRequestToken [{token}] already exists");
            Err(TokenAlreadyExistsException.with(text))
        }
        known => Ok(known),
    }
}
