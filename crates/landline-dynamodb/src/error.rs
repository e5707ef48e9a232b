//! How an operation fails: with DynamoDB's own answer, or because the store did.

use landline_api::dynamodb as api;
use landline_api::dynamodb::errors::ConditionalCheckFailedException;
use landline_store::StoreError;
use landline_wire::ServiceError;

use crate::expression::ExpressionError;
use crate::item::{CorruptItem, EncodedItem};
use crate::value::ValueError;

/// What a read or write closure of the store answers when it does not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// DynamoDB's answer to the client.
    Refused(Box<ServiceError>),
    /// The condition did not hold; with what is stored.
    ConditionFailed(Option<Vec<u8>>),
    /// The store failed; the client hears of an internal error only.
    Store(StoreError),
    Corrupt(CorruptItem),
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        Self::Refused(Box::new(error))
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<CorruptItem> for Failure {
    fn from(error: CorruptItem) -> Self {
        Self::Corrupt(error)
    }
}

impl From<Failure> for ServiceError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Refused(error) => *error,
            Failure::ConditionFailed(_) => condition_failed(),
            Failure::Store(error) => Self::internal(&error),
            Failure::Corrupt(error) => Self::internal(&error),
        }
    }
}

impl Failure {
    /// As the client hears it, with the item that failed the condition where the request wants it.
    pub(crate) fn answer(
        self,
        wanted: Option<&api::ReturnValuesOnConditionCheckFailure>,
    ) -> ServiceError {
        let Self::ConditionFailed(stored) = self else {
            return self.into();
        };
        let all_old = wanted == Some(&api::ReturnValuesOnConditionCheckFailure::AllOld);
        match stored.filter(|_| all_old).as_deref().and_then(json_of) {
            Some(item) => condition_failed().with_field("Item", item),
            None => condition_failed(),
        }
    }
}

/// A stored item as a JSON value: errors carry their members so.
pub(crate) fn json_of(stored: &[u8]) -> Option<serde_json::Value> {
    let mut json = Vec::new();
    EncodedItem::new(stored).ok()?.write_json(&mut json).ok()?;
    serde_json::from_slice(&json).ok()
}

fn condition_failed() -> ServiceError {
    ConditionalCheckFailedException.with("The conditional request failed")
}

/// The refusal of a request whose form or content is wrong.
pub(crate) fn validation(message: impl Into<String>) -> ServiceError {
    ServiceError::new("ValidationException", 400, message)
}

/// As [`validation`], with the words that DynamoDB puts before most of them.
pub(crate) fn invalid_parameter(message: impl std::fmt::Display) -> ServiceError {
    validation(format!(
        "One or more parameter values were invalid: {message}"
    ))
}

pub(crate) fn refused_expression(error: ExpressionError) -> ServiceError {
    validation(error.into_message())
}

pub(crate) fn refused_value(error: ValueError) -> ServiceError {
    match error {
        ValueError::Validation(message) => validation(message),
        ValueError::Serialization(message) => {
            ServiceError::new("SerializationException", 400, message)
        }
    }
}
