//! Writing XML, as the `query` protocol answers and S3 does.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::Timestamp;
use crate::shape::{Encode, Encoder, Member, Schema, XmlList};
use crate::timestamp::TimestampFormat;

/// Writes elements into a string.
#[derive(Debug)]
pub struct XmlEncoder {
    out: String,
    timestamp: Option<TimestampFormat>,
    /// The name of the items of the list that is being written.
    item: &'static str,
}

impl Default for XmlEncoder {
    fn default() -> Self {
        Self {
            out: String::new(),
            timestamp: None,
            item: "member",
        }
    }
}

/// A structure as a document of its own, as S3 keeps and answers a bucket's settings.
pub fn document(root: &str, namespace: &str, structure: &dyn Encode) -> String {
    let mut xml = XmlEncoder::default();
    xml.open(&format!("{root} xmlns=\"{namespace}\""));
    structure.encode(&mut xml);
    xml.close(root);
    xml.into_text()
}

impl XmlEncoder {
    /// The document so far.
    pub fn into_text(self) -> String {
        self.out
    }

    /// Writes `<name>…</name>` around what `inside` writes.
    pub fn element(&mut self, name: &str, inside: impl FnOnce(&mut Self)) {
        self.open(name);
        inside(self);
        self.close(name);
    }

    /// Writes `<name>text</name>`.
    pub fn text_element(&mut self, name: &str, text: &str) {
        self.element(name, |xml| xml.text(text));
    }

    /// Writes an opening tag; `tag` may hold attributes.
    pub fn open(&mut self, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// Writes a closing tag.
    pub fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// Writes text, escaped. Control characters that XML cannot carry become U+FFFD.
    pub fn text(&mut self, text: &str) {
        for character in text.chars() {
            match character {
                '&' => self.out.push_str("&amp;"),
                '<' => self.out.push_str("&lt;"),
                '>' => self.out.push_str("&gt;"),
                '"' => self.out.push_str("&quot;"),
                '\r' => self.out.push_str("&#xD;"),
                '\n' | '\t' => self.out.push(character),
                control if control < ' ' => self.out.push(char::REPLACEMENT_CHARACTER),
                other => self.out.push(other),
            }
        }
    }
}

impl Encoder for XmlEncoder {
    fn boolean(&mut self, value: bool) {
        self.out.push_str(if value { "true" } else { "false" });
    }

    fn integer(&mut self, value: i64) {
        self.out.push_str(&value.to_string());
    }

    fn float(&mut self, value: f64) {
        self.out.push_str(&value.to_string());
    }

    fn string(&mut self, value: &str) {
        self.text(value);
    }

    fn blob(&mut self, value: &[u8]) {
        self.out.push_str(&STANDARD.encode(value));
    }

    fn timestamp(&mut self, value: Timestamp) {
        let text = value.format(self.timestamp.unwrap_or(TimestampFormat::Iso8601));
        self.out.push_str(&text);
    }

    fn raw_json(&mut self, json: &[u8]) {
        // No service that answers in XML keeps JSON; were there one, its text would do.
        self.text(&String::from_utf8_lossy(json));
    }

    fn structure(&mut self, _schema: &'static Schema, write: &dyn Fn(&mut dyn Encoder)) {
        write(self);
    }

    fn member(&mut self, member: &'static Member, value: &dyn Encode) {
        self.timestamp = member.timestamp;
        let outer = self.item;
        match member.xml_list {
            XmlList::Flattened => {
                self.item = member.wire;
                value.encode(self);
            }
            XmlList::Items(name) => {
                self.item = name;
                self.element(member.wire, |xml| value.encode(xml));
            }
        }
        self.item = outer;
    }

    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        write(self);
    }

    fn item(&mut self, value: &dyn Encode) {
        self.element(self.item, |xml| value.encode(xml));
    }

    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        write(self);
    }

    fn entry(&mut self, key: &str, value: &dyn Encode) {
        self.element("entry", |xml| {
            xml.text_element("key", key);
            xml.element("value", |xml| value.encode(xml));
        });
    }
}
