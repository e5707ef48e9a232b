//! The key of a table or an index: which attributes, of which types, and what may stand in them.

use landline_wire::ServiceError;

use crate::error::{invalid_parameter, validation};
use crate::key::{KeyAttribute, KeySchema};
use crate::quotas::{MAX_HASH_KEY_BYTES, MAX_SORT_KEY_BYTES};
use crate::value::{AttributeType, AttributeValue, Item};

/// The values of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PrimaryKey {
    pub(crate) hash: Vec<AttributeValue>,
    pub(crate) sort: Vec<AttributeValue>,
}

impl KeySchema {
    pub(crate) fn attributes(&self) -> impl Iterator<Item = &KeyAttribute> {
        self.hash.iter().chain(&self.sort)
    }

    pub(crate) fn holds(&self, name: &str) -> bool {
        self.attributes().any(|attribute| attribute.name == name)
    }

    /// The key of an item that is to be stored.
    pub(crate) fn key_of_item(&self, item: &Item) -> Result<PrimaryKey, ServiceError> {
        for attribute in self.attributes() {
            let name = &attribute.name;
            let Some(value) = item.get(name) else {
                return Err(invalid_parameter(format_args!(
                    "Missing the key {name} in the item"
                )));
            };
            let actual = value.attribute_type();
            if actual != attribute.kind {
                return Err(invalid_parameter(format_args!(
                    "Type mismatch for key {name} expected: {} actual: {}",
                    attribute.kind.as_str(),
                    actual.as_str()
                )));
            }
        }
        self.check_not_empty(item, "One or more parameter values are not valid.")?;
        self.checked_key(item)
    }

    /// The key that a request names: these attributes and no others.
    pub(crate) fn key_of_request(&self, key: &Item) -> Result<PrimaryKey, ServiceError> {
        let fits = key.len() == self.attributes().count() && self.matches(key);
        if !fits {
            return Err(validation(NO_MATCH));
        }
        self.check_not_empty(key, "One or more parameter values were invalid:")?;
        self.checked_key(key)
    }

    /// Whether the item has every key attribute, each of the right type.
    pub(crate) fn matches(&self, item: &Item) -> bool {
        self.attributes().all(|attribute| {
            let value = item.get(&attribute.name);
            value.is_some_and(|value| value.attribute_type() == attribute.kind)
        })
    }

    /// The values of this key in an item that an index covers, if it has them all.
    pub(crate) fn key_in(&self, item: &Item) -> Option<PrimaryKey> {
        let values = |attributes: &[KeyAttribute]| {
            let values = attributes.iter().map(|attribute| {
                let value = item.get(&attribute.name)?;
                (value.attribute_type() == attribute.kind).then(|| value.clone())
            });
            values.collect::<Option<Vec<_>>>()
        };
        Some(PrimaryKey {
            hash: values(&self.hash)?,
            sort: values(&self.sort)?,
        })
    }

    /// AWS begins the same sentence in two ways.
    fn check_not_empty(&self, item: &Item, opening: &str) -> Result<(), ServiceError> {
        for attribute in self.attributes() {
            let name = &attribute.name;
            if let Some(kind) = item.get(name).and_then(empty_kind) {
                return Err(validation(format!(
                    "{opening} The AttributeValue for a key attribute cannot contain an empty {kind} value. Key: {name}"
                )));
            }
        }
        Ok(())
    }

    fn checked_key(&self, item: &Item) -> Result<PrimaryKey, ServiceError> {
        let key = self.key_in(item).ok_or_else(|| validation(NO_MATCH))?;
        self.check_lengths(item)?;
        Ok(key)
    }

    /// Refuses an item whose key attributes are too long together, as far as it has them.
    fn check_lengths(&self, item: &Item) -> Result<(), ServiceError> {
        let length = |attributes: &[KeyAttribute]| -> usize {
            let values = attributes.iter().map(|key| item.get(&key.name));
            values.flatten().map(byte_length).sum()
        };
        if length(&self.hash) > MAX_HASH_KEY_BYTES {
            // AWS forgets the blank before the number.
            return Err(invalid_parameter(format_args!(
                "Size of hashkey has exceeded the maximum size limit of{MAX_HASH_KEY_BYTES} bytes"
            )));
        }
        if length(&self.sort) > MAX_SORT_KEY_BYTES {
            return Err(invalid_parameter(format_args!(
                "Aggregated size of all range keys has exceeded the size limit of {MAX_SORT_KEY_BYTES} bytes"
            )));
        }
        Ok(())
    }

    /// Refuses a value of this type for an attribute, when it is part of this index's key.
    pub(crate) fn check_type(
        &self,
        index: &str,
        name: &str,
        actual: AttributeType,
    ) -> Result<(), ServiceError> {
        match self.attributes().find(|attribute| attribute.name == name) {
            Some(key) if key.kind != actual => Err(invalid_parameter(format_args!(
                "Type mismatch for Index Key {name} Expected: {} Actual: {} IndexName: {index}",
                key.kind.as_str(),
                actual.as_str()
            ))),
            _ => Ok(()),
        }
    }

    /// Refuses an item whose attribute would be this index's key but cannot be: wrong type, empty, too long.
    pub(crate) fn check_indexable(&self, index: &str, item: &Item) -> Result<(), ServiceError> {
        for attribute in self.attributes() {
            let name = &attribute.name;
            let Some(value) = item.get(name) else {
                continue;
            };
            self.check_type(index, name, value.attribute_type())?;
            if let Some(kind) = empty_kind(value) {
                return Err(validation(format!(
                    "One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty {kind} value. IndexName: {index}, IndexKey: {name}"
                )));
            }
        }
        self.check_lengths(item)
    }
}

impl PrimaryKey {
    /// The key as attributes, as `LastEvaluatedKey` and the key of an item show it.
    pub(crate) fn to_item(&self, schema: &KeySchema) -> Item {
        let values = self.hash.iter().chain(&self.sort);
        let names = schema.attributes().map(|attribute| &attribute.name);
        names.cloned().zip(values.cloned()).collect()
    }
}

/// What DynamoDB calls an empty value of this type, when it is one.
fn empty_kind(value: &AttributeValue) -> Option<&'static str> {
    match value {
        AttributeValue::S(text) if text.is_empty() => Some("string"),
        AttributeValue::B(bytes) if bytes.is_empty() => Some("binary"),
        _ => None,
    }
}

/// Numbers have a length of their own and never reach a limit.
fn byte_length(value: &AttributeValue) -> usize {
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::B(bytes) => bytes.len(),
        _ => 0,
    }
}

pub(crate) const NO_MATCH: &str = "The provided key element does not match the schema";
