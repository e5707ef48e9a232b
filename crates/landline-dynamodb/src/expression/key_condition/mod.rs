//! `KeyConditionExpression`: which partition a Query reads, and which range of its sort keys.
//!
//! It is written in the language of conditions, but only `=` on the hash key and one condition on the sort key make
//! sense, because they must come down to one stretch of rows.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.KeyConditionExpressions.html>

mod read;

use super::condition::Condition;
use super::placeholders::Placeholders;
use super::{ExpressionError, ExpressionKind};
use crate::key::{
    KeyAttribute, KeySchema, encode_open, encode_partition, encode_scalar, successor,
};
use crate::value::{AttributeValue, compare_scalars};

/// Conditions on attributes, at most one on each; which of them are keys is not known yet.
///
/// AWS looks at the form of every expression of a request before it asks whether this one makes a key condition, so
/// the answer to that waits for `check`.
#[derive(Clone, Debug)]
pub struct KeyCondition {
    conditions: Result<Vec<(String, KeyTest)>, ExpressionError>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum KeyTest {
    Sort(SortCondition),
    /// An operator of the legacy parameters that no index can answer.
    NotIndexable,
}

/// What a Query asks of the sort key.
#[derive(Clone, Debug, PartialEq)]
pub enum SortCondition {
    Equal(AttributeValue),
    Less(AttributeValue),
    LessOrEqual(AttributeValue),
    Greater(AttributeValue),
    GreaterOrEqual(AttributeValue),
    Between(AttributeValue, AttributeValue),
    BeginsWith(AttributeValue),
}

/// A key condition that fits the keys of a table or index.
#[derive(Clone, Debug, PartialEq)]
pub struct BoundKeyCondition {
    /// The values of all attributes of the partition key.
    pub hash: Vec<AttributeValue>,
    /// On the first attributes of the sort key: all but the last are equalities.
    pub sort: Vec<SortCondition>,
}

/// Keys from `start`, and before `end`. An empty range has `start` not below `end`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyRange {
    pub start: Vec<u8>,
    pub end: Vec<u8>,
}

impl KeyCondition {
    pub fn parse(
        text: &str,
        placeholders: &mut Placeholders,
    ) -> Result<KeyCondition, ExpressionError> {
        let condition = Condition::parse(ExpressionKind::KeyCondition, text, placeholders)?;
        Ok(KeyCondition {
            conditions: read::read(&condition.root).map_err(ExpressionError::new),
        })
    }

    pub(super) fn of(conditions: Vec<(String, KeyTest)>) -> KeyCondition {
        KeyCondition {
            conditions: Ok(conditions),
        }
    }

    /// Refuses what is a condition, but none on keys of up to `attributes` attributes. To be called when
    /// all expressions are parsed.
    pub fn check(&self, attributes: usize) -> Result<(), ExpressionError> {
        // AWS speaks so of keys of many attributes, too.
        if !(1..=attributes.max(2)).contains(&self.conditions()?.len()) {
            return Err(ExpressionError::new(
                "Conditions can be of length 1 or 2 only",
            ));
        }
        Ok(())
    }

    /// Fits the conditions to the keys of the table or index that is queried.
    pub fn bind(&self, schema: &KeySchema) -> Result<BoundKeyCondition, ExpressionError> {
        let given = self.conditions()?.len();
        if given > schema.attributes().count() {
            return Err(not_supported());
        }
        let mut hash = Vec::with_capacity(schema.hash.len());
        for key in &schema.hash {
            match self.key_test(key)? {
                Some(SortCondition::Equal(value)) => hash.push(value.clone()),
                Some(_) => return Err(not_supported()),
                None => return Err(missed(&key.name)),
            }
        }
        let mut sort = Vec::new();
        for key in &schema.sort {
            let test = self.key_test(key)?;
            if given == hash.len() + sort.len() {
                break;
            }
            // What follows cannot be asked of one stretch of rows.
            if sort
                .last()
                .is_some_and(|last| !matches!(last, SortCondition::Equal(_)))
            {
                return Err(not_supported());
            }
            sort.push(test.ok_or_else(|| missed(&key.name))?.clone());
        }
        Ok(BoundKeyCondition { hash, sort })
    }

    fn conditions(&self) -> Result<&[(String, KeyTest)], ExpressionError> {
        match &self.conditions {
            Ok(conditions) => Ok(conditions),
            Err(error) => Err(error.clone()),
        }
    }

    fn key_test(&self, key: &KeyAttribute) -> Result<Option<&SortCondition>, ExpressionError> {
        let KeyAttribute { name, kind } = key;
        let found = self
            .conditions()?
            .iter()
            .find(|(attribute, _)| attribute == name);
        let Some((_, test)) = found else {
            return Ok(None);
        };
        let KeyTest::Sort(condition) = test else {
            return Err(ExpressionError::new(
                "Attempted conditional constraint is not an indexable operation",
            ));
        };
        if condition
            .operands()
            .iter()
            .any(|operand| operand.attribute_type() != *kind)
        {
            return Err(ExpressionError::new(
                "One or more parameter values were invalid: Condition parameter type does not match schema type",
            ));
        }
        condition.refuse_empty(name)?;
        Ok(Some(condition))
    }
}

impl SortCondition {
    /// Whether a sort key fulfils the condition: what an `ExclusiveStartKey` is held against.
    pub fn matches(&self, value: &AttributeValue) -> bool {
        let order = |operand| compare_scalars(value, operand);
        match self {
            SortCondition::Equal(operand) => value == operand,
            SortCondition::Less(operand) => order(operand).is_some_and(std::cmp::Ordering::is_lt),
            SortCondition::LessOrEqual(operand) => {
                order(operand).is_some_and(std::cmp::Ordering::is_le)
            }
            SortCondition::Greater(operand) => {
                order(operand).is_some_and(std::cmp::Ordering::is_gt)
            }
            SortCondition::GreaterOrEqual(operand) => {
                order(operand).is_some_and(std::cmp::Ordering::is_ge)
            }
            SortCondition::Between(low, high) => {
                order(low).is_some_and(std::cmp::Ordering::is_ge)
                    && order(high).is_some_and(std::cmp::Ordering::is_le)
            }
            SortCondition::BeginsWith(prefix) => match (value, prefix) {
                (AttributeValue::S(text), AttributeValue::S(prefix)) => {
                    text.starts_with(prefix.as_str())
                }
                (AttributeValue::B(bytes), AttributeValue::B(prefix)) => bytes.starts_with(prefix),
                _ => false,
            },
        }
    }

    fn operands(&self) -> Vec<&AttributeValue> {
        match self {
            SortCondition::Equal(operand)
            | SortCondition::Less(operand)
            | SortCondition::LessOrEqual(operand)
            | SortCondition::Greater(operand)
            | SortCondition::GreaterOrEqual(operand)
            | SortCondition::BeginsWith(operand) => vec![operand],
            SortCondition::Between(low, high) => vec![low, high],
        }
    }

    /// No key is empty, so asking for an empty one is taken for a mistake.
    fn refuse_empty(&self, name: &str) -> Result<(), ExpressionError> {
        for operand in self.operands() {
            let kind = match operand {
                AttributeValue::S(text) if text.is_empty() => "string",
                AttributeValue::B(bytes) if bytes.is_empty() => "binary",
                _ => continue,
            };
            return Err(ExpressionError::new(format!(
                "One or more parameter values are not valid. \
                 The AttributeValue for a key attribute cannot contain an empty {kind} value. Key: {name}"
            )));
        }
        Ok(())
    }
}

impl BoundKeyCondition {
    /// The keys to read, each beginning with `prefix` (the id of the table or index).
    pub fn range(&self, prefix: &[u8]) -> KeyRange {
        let mut partition = prefix.to_vec();
        encode_partition(&self.hash, &mut partition);
        let (last, equal) = match self.sort.split_last() {
            Some((last, equal)) => (Some(last), equal),
            None => (None, &[][..]),
        };
        for part in equal.iter().flat_map(SortCondition::operands) {
            encode_scalar(part, &mut partition);
        }
        let key = |value: &AttributeValue| {
            let mut key = partition.clone();
            encode_scalar(value, &mut key);
            key
        };
        let (start, end) = match last {
            None => (partition.clone(), past(&partition)),
            Some(SortCondition::Equal(value)) => (key(value), past(&key(value))),
            Some(SortCondition::Less(value)) => (partition.clone(), key(value)),
            Some(SortCondition::LessOrEqual(value)) => (partition.clone(), past(&key(value))),
            Some(SortCondition::Greater(value)) => (past(&key(value)), past(&partition)),
            Some(SortCondition::GreaterOrEqual(value)) => (key(value), past(&partition)),
            Some(SortCondition::Between(low, high)) => (key(low), past(&key(high))),
            Some(SortCondition::BeginsWith(value)) => {
                let mut open = partition.clone();
                match value {
                    AttributeValue::S(text) => encode_open(text.as_bytes(), &mut open),
                    AttributeValue::B(bytes) => encode_open(bytes, &mut open),
                    _ => {}
                }
                let end = past(&open);
                (open, end)
            }
        };
        KeyRange { start, end }
    }
}

/// A key part never consists of `FF` alone, so there always is a key after it.
fn past(key: &[u8]) -> Vec<u8> {
    successor(key).unwrap_or_else(|| vec![u8::MAX; key.len() + 1])
}

/// Before the name of a key attribute of which there is no condition.
pub const MISSED_KEY: &str = "Query condition missed key schema element: ";

fn not_supported() -> ExpressionError {
    ExpressionError::new("Query key condition not supported")
}

fn missed(name: &str) -> ExpressionError {
    ExpressionError::new(format!("{MISSED_KEY}{name}"))
}

#[cfg(test)]
mod tests;
