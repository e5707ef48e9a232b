//! How deep values nest: what nests too deeply can be written, and not be read again.
//!
//! JSON that comes from outside is bounded by its parser. A machine that goes in circles and puts its input into its
//! output each time is not, until somebody looks.

use serde_json::Value;

/// The deepest value that goes from state to state. A record in the store adds a few levels of its own to it, and may
/// have 127 in all.
const DEPTH_MAX: usize = 100;

/// Whether a value nests too deeply to be kept.
pub(crate) fn is_too_deep(value: &Value) -> bool {
    exceeds(value, DEPTH_MAX)
}

fn exceeds(value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(items) => depth == 0 || items.iter().any(|item| exceeds(item, depth - 1)),
        Value::Object(members) => {
            depth == 0 || members.values().any(|member| exceeds(member, depth - 1))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_hundred_levels_are_not_too_many() {
        let mut value = json!(1);
        for level in 0..101 {
            assert!(!is_too_deep(&value), "{level}");
            value = if level % 2 == 0 {
                json!([value])
            } else {
                json!({ "a": value })
            };
        }
        assert!(is_too_deep(&value));
    }
}
