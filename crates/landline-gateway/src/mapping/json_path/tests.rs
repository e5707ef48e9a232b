//! Paths and where they lead.

use serde_json::json;

use super::JsonPath;

#[test]
fn a_definite_path_gives_its_value() {
    let path = JsonPath::parse("$.a.b").unwrap();
    assert_eq!(path.evaluate(&json!({"a": {"b": 1}})), Some(json!(1)));
}
