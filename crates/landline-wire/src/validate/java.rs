//! Values as Java prints them: how DynamoDB's front end shows the value that broke a constraint.

use crate::Timestamp;
use crate::shape::{Encode, Encoder, Member, Schema};
use crate::timestamp::TimestampFormat;

use super::camel;

/// `[KeySchemaElement(attributeName=a, keyType=HASH)]`, with what is too long left out.
pub(super) fn print(value: &dyn Encode) -> String {
    let mut printer = Printer {
        out: String::new(),
        first: true,
    };
    value.encode(&mut printer);
    printer.out
}

/// What a message shows of a value. Brackets that are open by then are closed all the same.
const MAX_SHOWN_BYTES: usize = 4_096;

struct Printer {
    out: String,
    /// Whether the next member, item or entry is the first of its container.
    first: bool,
}

impl Printer {
    fn push(&mut self, text: &str) {
        let room = MAX_SHOWN_BYTES.saturating_sub(self.out.len());
        let end = text.floor_char_boundary(room);
        self.out.push_str(&text[..end]);
    }

    fn separate(&mut self) {
        if !self.first {
            self.push(", ");
        }
        self.first = false;
    }

    fn container(&mut self, brackets: [char; 2], write: &dyn Fn(&mut dyn Encoder)) {
        self.out.push(brackets[0]);
        self.first = true;
        write(self);
        self.out.push(brackets[1]);
        self.first = false;
    }

    fn is_full(&self) -> bool {
        self.out.len() >= MAX_SHOWN_BYTES
    }
}

impl Encoder for Printer {
    fn boolean(&mut self, value: bool) {
        self.push(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.push(&value.to_string());
    }

    fn float(&mut self, value: f64) {
        self.push(&value.to_string());
    }

    fn string(&mut self, value: &str) {
        self.push(value);
    }

    fn blob(&mut self, value: &[u8]) {
        let length = value.len();
        self.push(&format!(
            "java.nio.HeapByteBuffer[pos=0 lim={length} cap={length}]"
        ));
    }

    fn timestamp(&mut self, value: Timestamp) {
        self.push(&value.format(TimestampFormat::Iso8601));
    }

    fn raw_json(&mut self, json: &[u8]) {
        self.push(&String::from_utf8_lossy(json));
    }

    fn structure(&mut self, schema: &'static Schema, write: &dyn Fn(&mut dyn Encoder)) {
        self.push(schema.name);
        self.container(['(', ')'], write);
    }

    fn member(&mut self, member: &'static Member, value: &dyn Encode) {
        if self.is_full() {
            return;
        }
        self.separate();
        self.push(&camel(member.name));
        self.push("=");
        value.encode(self);
    }

    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(['[', ']'], write);
    }

    fn item(&mut self, value: &dyn Encode) {
        if self.is_full() {
            return;
        }
        self.separate();
        value.encode(self);
    }

    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        self.container(['{', '}'], write);
    }

    fn entry(&mut self, key: &str, value: &dyn Encode) {
        if self.is_full() {
            return;
        }
        self.separate();
        self.push(key);
        self.push("=");
        value.encode(self);
    }
}
