//! Texts of a structure, by the names of the members that hold them: for whoever asks one question of any operation's input.

use super::schema::{Member, Schema};
use super::{Encode, Encoder};
use crate::Timestamp;

/// One step towards a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Into the member of this name, as SDKs have it.
    Member(&'static str),
    /// Into each item of a list.
    Items,
    /// To the keys of a map.
    Keys,
}

/// The texts at the end of `path`; none where there is no such member.
pub fn texts(value: &dyn Encode, path: &[Step]) -> Vec<String> {
    let mut walk = Walk {
        path,
        at: 0,
        found: Vec::new(),
    };
    value.encode(&mut walk);
    walk.found
}

/// Goes down only where the path leads, so that a large item costs nothing.
struct Walk<'a> {
    path: &'a [Step],
    at: usize,
    found: Vec<String>,
}

impl Walk<'_> {
    fn next(&self) -> Option<Step> {
        self.path.get(self.at).copied()
    }

    fn descend(&mut self, value: &dyn Encode) {
        self.at += 1;
        value.encode(self);
        self.at -= 1;
    }
}

impl Encoder for Walk<'_> {
    fn boolean(&mut self, _: bool) {}
    fn integer(&mut self, _: i64) {}
    fn float(&mut self, _: f64) {}
    fn blob(&mut self, _: &[u8]) {}
    fn timestamp(&mut self, _: Timestamp) {}
    fn raw_json(&mut self, _: &[u8]) {}

    fn string(&mut self, value: &str) {
        if self.next().is_none() {
            self.found.push(value.to_owned());
        }
    }

    fn structure(&mut self, _: &'static Schema, write: &dyn Fn(&mut dyn Encoder)) {
        if matches!(self.next(), Some(Step::Member(_))) {
            write(self);
        }
    }

    fn member(&mut self, member: &'static Member, value: &dyn Encode) {
        if self.next() == Some(Step::Member(member.name)) {
            self.descend(value);
        }
    }

    fn list(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        if self.next() == Some(Step::Items) {
            write(self);
        }
    }

    fn item(&mut self, value: &dyn Encode) {
        self.descend(value);
    }

    fn map(&mut self, write: &dyn Fn(&mut dyn Encoder)) {
        if self.next() == Some(Step::Keys) {
            write(self);
        }
    }

    fn entry(&mut self, key: &str, _: &dyn Encode) {
        self.found.push(key.to_owned());
    }
}
