//! Walks a JSON body along the paths of an expression without building a tree.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::{BackendAnswer, NotJson, Segment, Term};

pub(super) fn evaluate<'a>(terms: &'a [Term], body: &'a str) -> Result<Cow<'a, str>, NotJson> {
    match terms {
        [Term::Body(path)] => find(path, body),
        [] => {
            check(body)?;
            Ok(Cow::Borrowed(""))
        }
        [Term::Literal(text)] => {
            check(body)?;
            Ok(Cow::Borrowed(text))
        }
        several => {
            let mut joined = String::new();
            for term in several {
                match term {
                    Term::Literal(text) => joined.push_str(text),
                    Term::Body(path) => joined.push_str(&find(path, body)?),
                    // Only expressions of integration responses have these.
                    Term::StatusCode | Term::Header(_) => {}
                }
            }
            Ok(Cow::Owned(joined))
        }
    }
}

pub(super) fn evaluate_response(terms: &[Term], body: &str, answer: &BackendAnswer<'_>) -> String {
    let mut joined = String::new();
    for term in terms {
        match term {
            Term::Literal(text) => joined.push_str(text),
            Term::Body(path) => joined.push_str(&find(path, body).unwrap_or_default()),
            Term::StatusCode => joined.push_str(&answer.status_code.to_string()),
            Term::Header(name) => {
                let value = answer.headers.get(name.as_str());
                let value = value.and_then(|value| value.to_str().ok());
                joined.push_str(value.unwrap_or_default());
            }
        }
    }
    joined
}

/// A static expression still needs a JSON body; the rest go to `$default`.
fn check(body: &str) -> Result<(), NotJson> {
    serde_json::from_str::<IgnoredAny>(body)
        .map(|_| ())
        .map_err(|_| NotJson)
}

/// The value at `path` as text; a path that leads nowhere comes to nothing.
fn find<'a>(path: &[Segment], body: &'a str) -> Result<Cow<'a, str>, NotJson> {
    let mut deserializer = serde_json::Deserializer::from_str(body);
    let found = Descend { path }
        .deserialize(&mut deserializer)
        .map_err(|_| NotJson)?;
    deserializer.end().map_err(|_| NotJson)?;
    Ok(found.unwrap_or_default())
}

/// Follows a path; at its end the value becomes text.
struct Descend<'p> {
    path: &'p [Segment],
}

impl<'de> DeserializeSeed<'de> for Descend<'_> {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        if self.path.is_empty() {
            let place = Place::Selected;
            return deserializer.deserialize_any(Text { place }).map(Some);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Descend<'_> {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let (Some(Segment::Member(wanted)), deeper) = (self.path.first(), &self.path[1..]) else {
            while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
            return Ok(None);
        };
        let mut found = None;
        while let Some(is_wanted) = members.next_key_seed(IsName(wanted))? {
            if is_wanted {
                // The last of several equal keys decides, even when it leads nowhere.
                found = members.next_value_seed(Descend { path: deeper })?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        if let Some(Segment::Element(wanted)) = self.path.first() {
            let mut skipped = 0;
            while skipped < *wanted && elements.next_element::<IgnoredAny>()?.is_some() {
                skipped += 1;
            }
            if skipped == *wanted {
                let path = &self.path[1..];
                found = elements.next_element_seed(Descend { path })?.flatten();
            }
        }
        while elements.next_element::<IgnoredAny>()?.is_some() {}
        Ok(found)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Whether a member has the name that a path asks for.
struct IsName<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for IsName<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for IsName<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<bool, E> {
        Ok(name == self.0)
    }
}

/// Writes a value as text, in the form that Java gives lists and maps: `[a, b]`, `{k=v}`.
struct Text {
    place: Place,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The value that the path names.
    Selected,
    /// A value within it.
    Nested,
}

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(text.to_owned()))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(if value { "true" } else { "false" }))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Cow::Owned(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        // `{:?}` keeps the ".0" of a whole number, as Java does.
        Ok(Cow::Owned(format!("{value:?}")))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        // A selected null selects nothing; within a list Java prints it.
        Ok(Cow::Borrowed(match self.place {
            Place::Selected => "",
            Place::Nested => "null",
        }))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let place = Place::Nested;
        let mut list = String::from("[");
        while let Some(element) = elements.next_element_seed(Text { place })? {
            if list.len() > 1 {
                list.push_str(", ");
            }
            list.push_str(&element);
        }
        list.push(']');
        Ok(Cow::Owned(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let place = Place::Nested;
        let mut map = String::from("{");
        while let Some(name) = members.next_key::<Cow<'de, str>>()? {
            if map.len() > 1 {
                map.push_str(", ");
            }
            map.push_str(&name);
            map.push('=');
            map.push_str(&members.next_value_seed(Text { place })?);
        }
        map.push('}');
        Ok(Cow::Owned(map))
    }
}
