//! How many bytes a value counts for: the 400 KB item limit, the 1 MB page and the capacity units all use this.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>

use super::{AttributeValue, Item};

impl AttributeValue {
    /// The size of the value without its name.
    pub fn size(&self) -> usize {
        match self {
            AttributeValue::S(text) => text.len(),
            AttributeValue::N(number) => number.size(),
            AttributeValue::B(bytes) => bytes.len(),
            AttributeValue::Bool(_) | AttributeValue::Null => 1,
            AttributeValue::Ss(members) => members.iter().map(String::len).sum(),
            AttributeValue::Ns(members) => members.iter().map(|number| number.size()).sum(),
            AttributeValue::Bs(members) => members.iter().map(bytes::Bytes::len).sum(),
            AttributeValue::L(elements) => {
                DOCUMENT_OVERHEAD
                    + elements
                        .iter()
                        .map(|element| 1 + element.size())
                        .sum::<usize>()
            }
            AttributeValue::M(entries) => DOCUMENT_OVERHEAD + entries.len() + entries.size(),
        }
    }

    /// Whether lists and maps nest within `limit` levels.
    pub fn nests_within(&self, limit: usize) -> bool {
        match self {
            AttributeValue::L(elements) => {
                limit > 0
                    && elements
                        .iter()
                        .all(|element| element.nests_within(limit - 1))
            }
            AttributeValue::M(entries) => {
                limit > 0 && entries.values().all(|entry| entry.nests_within(limit - 1))
            }
            _ => true,
        }
    }
}

impl Item {
    /// Names and values together.
    pub fn size(&self) -> usize {
        self.iter()
            .map(|(name, value)| name.len() + value.size())
            .sum()
    }
}

const DOCUMENT_OVERHEAD: usize = 3;
