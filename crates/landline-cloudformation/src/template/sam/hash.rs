//! The ends of logical ids that change with what a resource holds: ten digits of a SHA-1, over JSON as AWS's transform
//! writes it, so that the ids are the same here and there.

use std::fmt::Write as _;

use serde_json::Value as Json;
use sha1::{Digest, Sha1};

/// Ten hexadecimal digits that change when the data does.
pub(super) fn suffix(data: &Json) -> String {
    let mut text = String::new();
    write(data, &mut text);
    digits(&text)
}

/// Like [`suffix`], but a text counts as it is, without the quotes of JSON.
pub(super) fn suffix_of(data: &Json) -> String {
    data.as_str().map_or_else(|| suffix(data), digits)
}

fn digits(text: &str) -> String {
    let digest = Sha1::digest(text);
    let mut suffix = String::new();
    for byte in digest.iter().take(5) {
        let _ = write!(suffix, "{byte:02x}");
    }
    suffix
}

/// Compact JSON in ASCII, with its keys in order.
fn write(data: &Json, text: &mut String) {
    match data {
        Json::Array(items) => {
            text.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Json::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(key, _)| key.as_str());
            text.push('{');
            for (index, (key, value)) in fields.into_iter().enumerate() {
                if index > 0 {
                    text.push(',');
                }
                write(&Json::String(key.clone()), text);
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        scalar => {
            for unit in scalar.to_string().encode_utf16() {
                match u8::try_from(unit) {
                    Ok(ascii @ 0..=0x7f) => text.push(char::from(ascii)),
                    _ => {
                        let _ = write!(text, "\\u{unit:04x}");
                    }
                }
            }
        }
    }
}
