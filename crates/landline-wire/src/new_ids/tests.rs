//! Ids from a token.

use super::*;

fn caller() -> Caller {
    Caller::root("123456789012", "us-east-1").creating("stack/operation/Api")
}

#[test]
fn a_token_gives_the_same_first_id_every_time() {
    let id = caller().new_ids().resource_id(10);
    assert_eq!(id, caller().new_ids().resource_id(10));
    assert_eq!(id.len(), 10);
    assert!(id.starts_with(|first: char| first.is_ascii_lowercase()));
    assert_eq!(caller().new_ids().uuid(), caller().new_ids().uuid());
}

#[test]
fn a_token_gives_one_id_only() {
    let mut ids = caller().new_ids();
    assert_ne!(ids.resource_id(10), ids.resource_id(10));
}

#[test]
fn without_a_token_no_id_comes_twice() {
    let caller = Caller::root("123456789012", "us-east-1");
    assert_ne!(caller.new_ids().uuid(), caller.new_ids().uuid());
}
