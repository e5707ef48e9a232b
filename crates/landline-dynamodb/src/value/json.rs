//! DynamoDB JSON read straight into values, without a tree of JSON in between.
//!
//! A wrong JSON form is a `SerializationException` and ends the reading; a wrong value (a set with duplicates, a number
//! out of range) is a `ValidationException` and only counts if the form of the whole text is right. AWS decides in that order.

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::scalar::Scalar;
use super::{AttributeType, AttributeValue, Item, MAX_NESTING, NESTING_MESSAGE, ValueError, set};
use crate::number::Number;

/// Reads `{"name":{"S":"…"},…}`.
pub fn item_from_json(json: &[u8]) -> Result<Item, ValueError> {
    let refusals = Refusals::default();
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read = Entries {
        refusals: &refusals,
        level: 0,
    }
    .deserialize(&mut reader)
    .and_then(|item| reader.end().map(|()| item));
    refusals.settle(read)
}

/// Reads one `{"S":"…"}`.
pub fn value_from_json(json: &[u8]) -> Result<AttributeValue, ValueError> {
    let refusals = Refusals::default();
    let mut reader = serde_json::Deserializer::from_slice(json);
    let read = Value {
        refusals: &refusals,
        level: 0,
    }
    .deserialize(&mut reader)
    .and_then(|value| reader.end().map(|()| value));
    refusals.settle(read)
}

/// What was found wrong so far. serde's errors carry only text, so the kind travels beside them.
#[derive(Default)]
struct Refusals {
    form: RefCell<Option<String>>,
    value: RefCell<Option<String>>,
}

impl Refusals {
    fn form<E: Error>(&self, message: impl Into<String>) -> E {
        self.form.borrow_mut().get_or_insert_with(|| message.into());
        E::custom("not an attribute value")
    }

    fn value(&self, error: &ValueError) -> AttributeValue {
        self.value
            .borrow_mut()
            .get_or_insert_with(|| error.to_string());
        AttributeValue::Null
    }

    /// Gives serde's "invalid type" AWS's words; syntax errors keep their own.
    fn typed<T, E: Error>(&self, read: Result<T, E>, message: &str) -> Result<T, E> {
        read.inspect_err(|error| {
            if error.to_string().starts_with("invalid type") {
                self.form
                    .borrow_mut()
                    .get_or_insert_with(|| message.to_owned());
            }
        })
    }

    fn settle<T>(self, read: Result<T, serde_json::Error>) -> Result<T, ValueError> {
        let read = read.map_err(|error| {
            ValueError::Serialization(self.form.take().unwrap_or_else(|| error.to_string()))
        })?;
        match self.value.take() {
            Some(message) => Err(ValueError::Validation(message)),
            None => Ok(read),
        }
    }
}

/// A JSON object of attributes.
#[derive(Clone, Copy)]
struct Entries<'r> {
    refusals: &'r Refusals,
    level: usize,
}

impl<'de> DeserializeSeed<'de> for Entries<'_> {
    type Value = Item;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Item, D::Error> {
        self.refusals
            .typed(reader.deserialize_any(self), "Unexpected field type")
    }
}

impl<'de> Visitor<'de> for Entries<'_> {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map of attribute values")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Item, A::Error> {
        let mut item = Item::new();
        while let Some(name) = map.next_key::<String>()? {
            let value = map.next_value_seed(Value {
                refusals: self.refusals,
                level: self.level,
            })?;
            item.insert(name, value);
        }
        Ok(item)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<Item, A::Error> {
        Err(self.refusals.form(
            "Unrecognized collection type java.util.Map<java.lang.String, com.amazonaws.dynamodb.v20120810.AttributeValue>",
        ))
    }
}

/// One attribute value; `level` counts the lists and maps around it.
#[derive(Clone, Copy)]
struct Value<'r> {
    refusals: &'r Refusals,
    level: usize,
}

impl<'de> DeserializeSeed<'de> for Value<'_> {
    type Value = AttributeValue;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<AttributeValue, D::Error> {
        self.refusals.typed(
            reader.deserialize_any(self),
            "Unexpected value type in payload",
        )
    }
}

impl<'de> Visitor<'de> for Value<'_> {
    type Value = AttributeValue;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an attribute value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AttributeValue, A::Error> {
        let mut found = None;
        let mut surplus = false;
        while let Some(name) = map.next_key::<Scalar<'_>>()? {
            let Some(kind) = name.text().and_then(AttributeType::from_name) else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let value = self.member(kind, &mut map)?;
            surplus |= found.is_some() && value.is_some();
            found = value.or(found);
        }
        if surplus {
            return Ok(self
                .refusals
                .value(&ValueError::validation(SURPLUS_MESSAGE)));
        }
        Ok(found.unwrap_or_else(|| self.refusals.value(&ValueError::validation(EMPTY_MESSAGE))))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<AttributeValue, A::Error> {
        Err(self.refusals.form(
            "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue",
        ))
    }
}

impl Value<'_> {
    /// The value of one member; a JSON `null` counts as absent.
    fn member<'de, A: MapAccess<'de>>(
        self,
        kind: AttributeType,
        map: &mut A,
    ) -> Result<Option<AttributeValue>, A::Error> {
        let form = |message: String| self.refusals.form(message);
        let value = match kind {
            AttributeType::S => map
                .next_value::<Scalar<'_>>()?
                .into_string()
                .map_err(form)?
                .map(|text| Ok(AttributeValue::S(text))),
            AttributeType::N => map
                .next_value::<Scalar<'_>>()?
                .into_string()
                .map_err(form)?
                .map(|text| number(&text)),
            AttributeType::B => map
                .next_value::<Scalar<'_>>()?
                .into_bytes()
                .map_err(form)?
                .map(|bytes| Ok(AttributeValue::B(bytes))),
            AttributeType::Bool => map
                .next_value::<Scalar<'_>>()?
                .into_bool()
                .map_err(form)?
                .map(|flag| Ok(AttributeValue::Bool(flag))),
            AttributeType::Null => map
                .next_value::<Scalar<'_>>()?
                .into_bool()
                .map_err(form)?
                .map(null),
            AttributeType::Ss => self.members(map, Scalar::into_string)?.map(set::string_set),
            AttributeType::Ns => self
                .members(map, Scalar::into_string)?
                .map(|members| numbers(&members)),
            AttributeType::Bs => self.members(map, Scalar::into_bytes)?.map(set::binary_set),
            AttributeType::L | AttributeType::M if self.level >= MAX_NESTING => {
                map.next_value::<IgnoredAny>()?;
                Some(Err(ValueError::validation(NESTING_MESSAGE)))
            }
            AttributeType::L => {
                let element = Value {
                    level: self.level + 1,
                    ..self
                };
                Some(Ok(AttributeValue::L(map.next_value_seed(Elements {
                    refusals: self.refusals,
                    element,
                })?)))
            }
            AttributeType::M => {
                let entries = Entries {
                    refusals: self.refusals,
                    level: self.level + 1,
                };
                Some(Ok(AttributeValue::M(map.next_value_seed(entries)?)))
            }
        };
        Ok(value.map(|value| value.unwrap_or_else(|error| self.refusals.value(&error))))
    }

    fn members<'de, A: MapAccess<'de>, T>(
        self,
        map: &mut A,
        read: fn(Scalar<'de>) -> Result<Option<T>, String>,
    ) -> Result<Option<Vec<T>>, A::Error> {
        let scalars = map.next_value_seed(Elements {
            refusals: self.refusals,
            element: std::marker::PhantomData::<Scalar<'de>>,
        })?;
        let members: Result<Vec<Option<T>>, String> = scalars.into_iter().map(read).collect();
        let members = members.map_err(|message| self.refusals.form(message))?;
        Ok(Some(members.into_iter().flatten().collect()))
    }
}

/// A JSON array, each element read by the same seed.
struct Elements<'r, S> {
    refusals: &'r Refusals,
    element: S,
}

impl<'de, S: DeserializeSeed<'de> + Copy> DeserializeSeed<'de> for Elements<'_, S> {
    type Value = Vec<S::Value>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        let refusals = self.refusals;
        refusals.typed(reader.deserialize_any(self), "Unexpected field type")
    }
}

impl<'de, S: DeserializeSeed<'de> + Copy> Visitor<'de> for Elements<'_, S> {
    type Value = Vec<S::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Self::Value, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = sequence.next_element_seed(self.element)? {
            elements.push(element);
        }
        Ok(elements)
    }

    fn visit_map<A: MapAccess<'de>>(self, _: A) -> Result<Self::Value, A::Error> {
        Err(self
            .refusals
            .form("Start of structure or map found where not expected"))
    }
}

fn number(text: &str) -> Result<AttributeValue, ValueError> {
    Ok(AttributeValue::N(text.parse::<Number>()?))
}

pub(super) fn numbers(members: &[String]) -> Result<AttributeValue, ValueError> {
    let numbers: Result<Vec<Number>, _> = members
        .iter()
        .map(|member| member.parse::<Number>())
        .collect();
    set::number_set(numbers?)
}

pub(super) fn null(flag: bool) -> Result<AttributeValue, ValueError> {
    if flag {
        return Ok(AttributeValue::Null);
    }
    Err(ValueError::validation(
        "One or more parameter values were invalid: Null attribute value types must have the value of true",
    ))
}

pub(super) const EMPTY_MESSAGE: &str =
    "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes";
pub(super) const SURPLUS_MESSAGE: &str = "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes";
