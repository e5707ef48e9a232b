//! `$util`: escaping, encoding, and parsing of strings.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig};
use base64::engine::{DecodePaddingMode, general_purpose};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::RenderError;
use super::evaluate::Rendering;
use super::value::{Value, json};

/// What `java.net.URLEncoder` escapes; the blank becomes `+` afterwards.
const FORM: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'.')
    .remove(b'-')
    .remove(b'*')
    .remove(b'_')
    .remove(b' ');

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

pub(super) fn call(
    rendering: &mut Rendering<'_>,
    name: &str,
    arguments: &[Value],
) -> Result<Value, RenderError> {
    let [argument] = arguments else {
        return Ok(Value::Null);
    };
    if argument.is_null() {
        return Ok(Value::Null);
    }
    let text = rendering.text_of(argument)?;
    rendering.budget.read(text.len())?;
    match name {
        "escapeJavaScript" => rendering.made(escape_java_script(&text)),
        "parseJson" => {
            rendering.budget.spend(text.len() / 4)?;
            Ok(json::parse(&text, &mut rendering.heap).unwrap_or(Value::Null))
        }
        "urlEncode" => {
            let encoded = utf8_percent_encode(&text, FORM).to_string();
            rendering.made(encoded.replace(' ', "+"))
        }
        "urlDecode" => rendering.made(url_decode(&text)),
        "base64Encode" => rendering.made(general_purpose::STANDARD.encode(text.as_bytes())),
        "base64Decode" => rendering.made(String::from_utf8_lossy(&base64_decode(&text))),
        _ => Ok(Value::Null),
    }
}

/// As commons-lang escapes: a single quote becomes `\'`, which is not JSON; AWS documents
/// the `replaceAll` that templates repair it with. A slash becomes `\/`.
pub(super) fn escape_java_script(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '\'' => escaped.push_str("\\'"),
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '/' => escaped.push_str("\\/"),
            '\u{8}' => escaped.push_str("\\b"),
            '\n' => escaped.push_str("\\n"),
            '\t' => escaped.push_str("\\t"),
            '\u{c}' => escaped.push_str("\\f"),
            '\r' => escaped.push_str("\\r"),
            ' '..='\u{7f}' => escaped.push(character),
            _ => {
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let written = write!(escaped, "\\u{unit:04X}");
                    debug_assert!(written.is_ok(), "writing to a string does not fail");
                }
            }
        }
    }
    escaped
}

fn url_decode(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

/// As commons-codec decodes: both alphabets, with padding or without, and whatever is in neither is passed over. Templates
/// rely on it where they decode what `$input.json` gave, which is the string with its quotes.
fn base64_decode(text: &str) -> Vec<u8> {
    let mut kept: Vec<u8> = text
        .bytes()
        .take_while(|byte| *byte != b'=')
        .filter_map(|byte| match byte {
            b'-' => Some(b'+'),
            b'_' => Some(b'/'),
            b'+' | b'/' => Some(byte),
            _ => byte.is_ascii_alphanumeric().then_some(byte),
        })
        .collect();
    // Six bits are no byte.
    if kept.len() % 4 == 1 {
        kept.pop();
    }
    LENIENT.decode(kept).unwrap_or_default()
}
