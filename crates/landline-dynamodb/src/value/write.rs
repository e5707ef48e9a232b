//! Values written as DynamoDB JSON, appended to a buffer without an intermediate tree.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{AttributeValue, Item};

impl AttributeValue {
    /// Appends `{"S":"…"}` and its siblings.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"");
        out.extend_from_slice(self.attribute_type().as_str().as_bytes());
        out.extend_from_slice(b"\":");
        match self {
            AttributeValue::S(text) => write_string(text, out),
            AttributeValue::N(number) => write_quoted(out, |out| number.write_to(out)),
            AttributeValue::B(bytes) => write_base64(bytes, out),
            AttributeValue::Bool(flag) => {
                out.extend_from_slice(if *flag { b"true" } else { b"false" });
            }
            AttributeValue::Null => out.extend_from_slice(b"true"),
            AttributeValue::Ss(members) => {
                write_array(members, out, |member, out| write_string(member, out));
            }
            AttributeValue::Ns(members) => {
                write_array(members, out, |member, out| {
                    write_quoted(out, |out| member.write_to(out));
                });
            }
            AttributeValue::Bs(members) => {
                write_array(members, out, |member, out| write_base64(member, out));
            }
            AttributeValue::L(elements) => write_array(elements, out, AttributeValue::write_json),
            AttributeValue::M(entries) => entries.write_json(out),
        }
        out.push(b'}');
    }

    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        self.write_json(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}

impl Item {
    /// Appends `{"name":{"S":"…"},…}`.
    pub fn write_json(&self, out: &mut Vec<u8>) {
        out.push(b'{');
        for (index, (name, value)) in self.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            write_string(name, out);
            out.push(b':');
            value.write_json(out);
        }
        out.push(b'}');
    }

    pub fn to_json(&self) -> String {
        let mut out = Vec::new();
        self.write_json(&mut out);
        String::from_utf8_lossy(&out).into_owned()
    }
}

/// Appends a JSON string.
pub(crate) fn write_string(text: &str, out: &mut Vec<u8>) {
    write_escaped(text.as_bytes(), out);
}

/// Appends UTF-8 bytes as a JSON string; whole runs that need no escape are copied at once.
pub(crate) fn write_escaped(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    if is_plain(bytes) {
        out.extend_from_slice(bytes);
        out.push(b'"');
        return;
    }
    let mut copied = 0;
    for (index, byte) in bytes.iter().enumerate() {
        if !needs_escape(*byte) {
            continue;
        }
        out.extend_from_slice(&bytes[copied..index]);
        copied = index + 1;
        match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            _ => {
                out.extend_from_slice(b"\\u00");
                out.push(HEX[usize::from(byte >> 4)]);
                out.push(HEX[usize::from(byte & 15)]);
            }
        }
    }
    out.extend_from_slice(&bytes[copied..]);
    out.push(b'"');
}

/// Whether a text can be copied into JSON as it is.
pub(crate) fn is_plain(text: &[u8]) -> bool {
    // Without an early exit the compiler compares many bytes at a time.
    !text
        .iter()
        .fold(false, |escape, byte| escape | needs_escape(*byte))
}

pub(crate) fn write_base64(bytes: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    let start = out.len();
    out.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let written = STANDARD.encode_slice(bytes, &mut out[start..]).unwrap_or(0);
    out.truncate(start + written);
    out.push(b'"');
}

fn write_quoted(out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
    out.push(b'"');
    write(out);
    out.push(b'"');
}

fn write_array<T>(members: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (index, member) in members.iter().enumerate() {
        if index > 0 {
            out.push(b',');
        }
        write(member, out);
    }
    out.push(b']');
}

fn needs_escape(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

const HEX: &[u8; 16] = b"0123456789abcdef";
