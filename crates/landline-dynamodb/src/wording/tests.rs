//! The words of 2026: what they are put in the place of, and what stays as it was.

use landline_api::dynamodb as api;
use landline_wire::protocol::Rewording as _;
use landline_wire::{Operation, ServiceError};

use super::WordsOf2026;

/// What becomes of a refusal of the operation.
fn reworded<Op: Operation>(classic: &str) -> String {
    let mut error = ServiceError::new("ValidationException", 400, classic);
    WordsOf2026.reword(Op::META, &mut error);
    error.message
}

#[test]
fn refused_expressions_of_writes_are_counted() {
    let classic = "Invalid UpdateExpression: The expression can not be empty;";
    assert_eq!(
        reworded::<api::UpdateItem>(classic),
        format!("1 validation error detected: {classic}")
    );
    assert_eq!(reworded::<api::Query>(classic), classic);
    assert_eq!(reworded::<api::TransactWriteItems>(classic), classic);
}

#[test]
fn what_the_table_refuses_stays_as_it_was() {
    let stored = "The document path provided in the update expression is invalid for update";
    assert_eq!(reworded::<api::UpdateItem>(stored), stored);
    // What a client writes comes later in a message than what it is known by.
    let echoed = "One or more parameter values were invalid: Missing the key Invalid UpdateExpression: in the item";
    assert_eq!(reworded::<api::PutItem>(echoed), echoed);
}

#[test]
fn an_empty_set_is_refused_without_its_placeholder() {
    assert_eq!(
        reworded::<api::UpdateItem>(
            "ExpressionAttributeValues contains invalid value: One or more parameter values were invalid: An string set  may not be empty for key :empty"
        ),
        "1 validation error detected: One or more parameter values were invalid: An string set  may not be empty"
    );
}

#[test]
fn an_empty_key_is_refused_in_one_way() {
    let tail =
        "The AttributeValue for a key attribute cannot contain an empty string value. Key: pk";
    assert_eq!(
        reworded::<api::GetItem>(&format!(
            "One or more parameter values were invalid: {tail}"
        )),
        format!("One or more parameter values are not valid. {tail}")
    );
}

#[test]
fn an_update_is_told_of_its_first_mistake() {
    let two = "2 validation errors detected: Value 'a' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [X]; Value 'b' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy enum value set: [Y]";
    assert_eq!(
        reworded::<api::UpdateItem>(two),
        "1 validation error detected: Value 'a' at 'returnValues' failed to satisfy constraint: Member must satisfy enum value set: [X]"
    );
    assert_eq!(reworded::<api::PutItem>(two), two);
}
