//! JSON → YAML, as exports of definitions come.

use std::fmt::Write as _;

use serde_json::Value;

/// Writes a document.
pub(in super::super) fn yaml(document: &Value) -> String {
    let mut text = String::from("---\n");
    match document {
        Value::Object(map) if !map.is_empty() => block(document, 0, &mut text),
        Value::Array(list) if !list.is_empty() => block(document, 0, &mut text),
        scalar => {
            text.push_str(&flow(scalar));
            text.push('\n');
        }
    }
    text
}

/// The lines of a map or a list. Definitions are as deep as those that can be read, so this ends.
fn block(value: &Value, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                let _ = write!(text, "{indent}{}:", key_text(key));
                nested(value, depth + 1, text);
            }
        }
        Value::Array(list) => {
            for value in list {
                let _ = write!(text, "{indent}-");
                nested(value, depth + 1, text);
            }
        }
        _ => {}
    }
}

fn nested(value: &Value, depth: usize, text: &mut String) {
    let is_block = match value {
        Value::Object(map) => !map.is_empty(),
        Value::Array(list) => !list.is_empty(),
        _ => false,
    };
    if is_block {
        text.push('\n');
        block(value, depth, text);
    } else {
        let _ = writeln!(text, " {}", flow(value));
    }
}

/// A scalar, or what is empty. Texts are quoted as JSON quotes them, which YAML reads too.
fn flow(value: &Value) -> String {
    value.to_string()
}

fn key_text(key: &str) -> String {
    let is_plain = key
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || b"-_/.".contains(&it))
        && key
            .bytes()
            .next()
            .is_some_and(|it| it.is_ascii_alphabetic() || it == b'/')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
            .contains(&key.to_ascii_lowercase().as_str());
    if is_plain {
        key.to_owned()
    } else {
        Value::from(key).to_string()
    }
}
