//! Values as CBOR. Containers end with a break, so that nobody has to count what they hold.

use bytes::Bytes;
use serde_json::Value;

use crate::Timestamp;
use crate::shape::{Encode, Encoder, Member, Schema};

/// Writes CBOR straight into a buffer.
#[derive(Debug, Default)]
pub(super) struct CborEncoder {
    out: Vec<u8>,
}

impl CborEncoder {
    pub(super) fn into_bytes(self) -> Bytes {
        self.out.into()
    }

    /// The shortest head for an argument.
    fn head(&mut self, major: u8, argument: u64) {
        let bytes = argument.to_be_bytes();
        let (short, length) = match argument {
            0..=23 => (bytes[7], 0),
            24..=0xff => (24, 1),
            0x100..=0xffff => (25, 2),
            0x1_0000..=0xffff_ffff => (26, 4),
            _ => (27, 8),
        };
        self.out.push(major << 5 | short);
        self.out.extend_from_slice(&bytes[8 - length..]);
    }

    fn bytes(&mut self, major: u8, bytes: &[u8]) {
        self.head(major, bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    fn container(&mut self, first: u8, write: &dyn Fn(&mut dyn Encoder)) {
        self.out.push(first);
        write(self);
        self.out.push(BREAK);
    }

    /// A value that came as JSON.
    pub(super) fn json(&mut self, value: &Value) {
        match value {
            Value::Null => self.out.push(NULL),
            Value::Bool(value) => self.boolean(*value),
            Value::Number(value) => match value.as_i64() {
                Some(value) => self.integer(value),
                None => self.float(value.as_f64().unwrap_or_default()),
            },
            Value::String(text) => self.string(text),
            Value::Array(items) => {
                self.out.push(LIST);
                for item in items {
                    self.json(item);
                }
                self.out.push(BREAK);
            }
            Value::Object(members) => {
                self.out.push(MAP);
                for (name, value) in members {
                    self.string(name);
                    self.json(value);
                }
                self.out.push(BREAK);
            }
        }
    }
}

impl Encoder for CborEncoder {
    fn boolean(&mut self, value: bool) {
        self.out.push(if value { TRUE } else { FALSE });
    }

    fn integer(&mut self, value: i64) {
        match u64::try_from(value) {
            Ok(value) => self.head(0, value),
            Err(_) => self.head(1, value.unsigned_abs() - 1),
        }
    }

    fn float(&mut self, value: f64) {
        self.out.push(DOUBLE);
        self.out.extend_from_slice(&value.to_be_bytes());
    }

    fn string(&mut self, value: &str) {
        self.bytes(3, value.as_bytes());
    }

    fn blob(&mut self, value: &[u8]) {
        self.bytes(2, value);
    }

    fn timestamp(&mut self, value: Timestamp) {
        self.out.push(EPOCH);
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        self.float(value.as_millis() as f64 / 1000.0);
    }

    fn raw_json(&mut self, json: &[u8]) {
        self.json(&serde_json::from_slice(json).unwrap_or_default());
    }

    fn structure(&mut self, _schema: &'static Schema, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(MAP, write);
    }

    fn member(&mut self, member: &'static Member, value: &dyn Encode) {
        self.entry(member.wire, value);
    }

    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(LIST, write);
    }

    fn item(&mut self, value: &dyn Encode) {
        value.encode(self);
    }

    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(MAP, write);
    }

    fn entry(&mut self, key: &str, value: &dyn Encode) {
        self.string(key);
        value.encode(self);
    }
}

const LIST: u8 = 0x9f;
const MAP: u8 = 0xbf;
/// The tag of a date, in seconds since the epoch.
const EPOCH: u8 = 0xc1;
const FALSE: u8 = 0xf4;
const TRUE: u8 = 0xf5;
const NULL: u8 = 0xf6;
const DOUBLE: u8 = 0xfb;
const BREAK: u8 = 0xff;
