//! What the model says of a structure's members, as data.

use crate::timestamp::TimestampFormat;

/// A structure's name and members.
#[derive(Debug)]
pub struct Schema {
    /// The structure's name in the model.
    pub name: &'static str,
    /// Its members, in the model's order.
    pub members: &'static [Member],
}

/// Where a member of an input or an output stands in HTTP (`RestJson` only).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Location {
    /// In the body, beside the others.
    Body,
    /// In the path.
    Uri,
    /// In the query string.
    Query,
    /// All that the query string says and no other member takes.
    Queries,
    /// In the header of this name.
    Header,
    /// In all headers that begin with this name.
    Headers,
    /// The HTTP status itself.
    StatusCode,
    /// The whole body.
    Payload,
}

/// One member of a structure. Built by chained `const` calls in the generated code.
#[derive(Debug)]
pub struct Member {
    /// The name in SDKs (`ApiId`).
    pub name: &'static str,
    /// The name on the wire (`apiId`).
    pub wire: &'static str,
    /// Where it travels.
    pub location: Location,
    /// Whether the model requires it.
    pub required: bool,
    /// How a timestamp in it is written, when not as the protocol does by default.
    pub timestamp: Option<TimestampFormat>,
    /// The least and the greatest length: characters of text, bytes of a blob,
    /// items of a list.
    pub length: Option<(u64, u64)>,
    /// The least and the greatest value of a number.
    pub range: Option<(i64, i64)>,
    /// The regular expression that a text must match as a whole.
    pub pattern: Option<&'static str>,
    /// The values that an enumeration has.
    pub one_of: &'static [&'static str],
    /// How a list is written in XML.
    pub xml_list: XmlList,
    /// What a map's keys must be.
    pub keys: Option<KeyConstraint>,
    /// The least and the greatest length of the lists that a map holds.
    pub values: Option<(u64, u64)>,
    /// Texts that begin with this need not keep the constraints on length and pattern.
    pub exempt: Option<&'static str>,
    /// Whether the service refuses an absent or too long text in a sentence of its own, before it
    /// looks at any other member.
    pub own_words: bool,
    /// Whether its absence is a violation although the member is optional: newer models have made
    /// it so, the service has not.
    pub missed: bool,
}

/// How a list is written in XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XmlList {
    /// An element of its own with an element of this name for each item.
    Items(&'static str),
    /// Only the items, each under the name of the list.
    Flattened,
}

/// What the keys of a map must be.
#[derive(Debug, Clone, Copy)]
pub struct KeyConstraint {
    /// The least and the greatest length.
    pub length: (u64, u64),
    /// The regular expression that a key must match as a whole.
    pub pattern: &'static str,
}

impl Member {
    /// A member in the body without constraints.
    pub const fn new(name: &'static str, wire: &'static str, required: bool) -> Self {
        Self {
            name,
            wire,
            location: Location::Body,
            required,
            timestamp: None,
            length: None,
            range: None,
            pattern: None,
            one_of: &[],
            xml_list: XmlList::Items("member"),
            keys: None,
            values: None,
            exempt: None,
            own_words: false,
            missed: false,
        }
    }

    /// The same member, a list whose items have this name in XML.
    #[must_use]
    pub const fn items(mut self, name: &'static str) -> Self {
        self.xml_list = XmlList::Items(name);
        self
    }

    /// The same member, a list without an element of its own in XML.
    #[must_use]
    pub const fn flattened(mut self) -> Self {
        self.xml_list = XmlList::Flattened;
        self
    }

    /// The same member elsewhere than in the body.
    #[must_use]
    pub const fn at(mut self, location: Location) -> Self {
        self.location = location;
        self
    }

    /// The same member with its own form of timestamps.
    #[must_use]
    pub const fn timestamp(mut self, format: TimestampFormat) -> Self {
        self.timestamp = Some(format);
        self
    }

    /// The same member with a bounded length.
    #[must_use]
    pub const fn length(mut self, least: u64, most: u64) -> Self {
        self.length = Some((least, most));
        self
    }

    /// The same member with a bounded value.
    #[must_use]
    pub const fn range(mut self, least: i64, most: i64) -> Self {
        self.range = Some((least, most));
        self
    }

    /// The same member with a pattern.
    #[must_use]
    pub const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    /// The same member with a closed set of values.
    #[must_use]
    pub const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.one_of = values;
        self
    }

    /// The same member, a map, with constraints on its keys.
    #[must_use]
    pub const fn keys(mut self, least: u64, most: u64, pattern: &'static str) -> Self {
        self.keys = Some(KeyConstraint {
            length: (least, most),
            pattern,
        });
        self
    }

    /// The same member, a map of lists, with a bounded length of these.
    #[must_use]
    pub const fn values(mut self, least: u64, most: u64) -> Self {
        self.values = Some((least, most));
        self
    }

    /// The same member, unconstrained where it begins with `prefix`.
    #[must_use]
    pub const fn exempt(mut self, prefix: &'static str) -> Self {
        self.exempt = Some(prefix);
        self
    }

    /// The same member, refused in a sentence of its own.
    #[must_use]
    pub const fn own_words(mut self) -> Self {
        self.own_words = true;
        self
    }

    /// The same member, missed when it is absent.
    #[must_use]
    pub const fn missed(mut self) -> Self {
        self.missed = true;
        self
    }
}
