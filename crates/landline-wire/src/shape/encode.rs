//! Writing values: what a shape tells an encoder.

use std::collections::BTreeMap;

use super::schema::Member;
use super::{Members, Schema};
use crate::Timestamp;

/// One protocol's way of writing. Calls come in document order.
pub trait Encoder {
    /// A truth value.
    fn boolean(&mut self, value: bool);
    /// A whole number.
    fn integer(&mut self, value: i64);
    /// A floating-point number.
    fn float(&mut self, value: f64);
    /// Text.
    fn string(&mut self, value: &str);
    /// Bytes.
    fn blob(&mut self, value: &[u8]);
    /// A point in time, in the form of the member that holds it.
    fn timestamp(&mut self, value: Timestamp);
    /// A fragment that is JSON already.
    fn raw_json(&mut self, json: &[u8]);
    /// A structure whose members `write` gives.
    fn structure(&mut self, schema: &'static Schema, write: &dyn Fn(&mut dyn Encoder));
    /// One member, within `structure`.
    fn member(&mut self, member: &'static Member, value: &dyn Encode);
    /// A list whose items `write` gives.
    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder));
    /// One item, within `list`.
    fn item(&mut self, value: &dyn Encode);
    /// A map whose entries `write` gives.
    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder));
    /// One entry, within `map`.
    fn entry(&mut self, key: &str, value: &dyn Encode);
}

/// A value that can be written.
pub trait Encode {
    /// Tells the encoder what the value holds.
    fn encode(&self, out: &mut dyn Encoder);
}

/// Writes the members of a structure that `wanted` picks.
pub(crate) fn encode_members(
    structure: &dyn Members,
    out: &mut dyn Encoder,
    wanted: &dyn Fn(&Member) -> bool,
) {
    let schema = structure.schema();
    out.structure(schema, &|out| {
        for (index, member) in schema.members.iter().enumerate() {
            if !wanted(member) {
                continue;
            }
            if let Some(value) = structure.member(index) {
                out.member(member, value);
            }
        }
    });
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, out: &mut dyn Encoder) {
        out.list(&|out| self.iter().for_each(|item| out.item(item)));
    }
}

impl<T: Encode> Encode for BTreeMap<String, T> {
    fn encode(&self, out: &mut dyn Encoder) {
        out.map(&|out| self.iter().for_each(|(key, value)| out.entry(key, value)));
    }
}

impl<T: Encode> Encode for Box<T> {
    fn encode(&self, out: &mut dyn Encoder) {
        (**self).encode(out);
    }
}
