//! `ExpressionAttributeNames` and `ExpressionAttributeValues`: all must be well formed, and every one must be used.

use std::collections::{BTreeMap, BTreeSet};

use landline_api::dynamodb;

use super::ExpressionError;
use crate::value::{AttributeValue, check_attribute_name};

/// The placeholders of one request. Parse every expression of the request with it, then call `finish`.
#[derive(Clone, Debug, Default)]
pub struct Placeholders {
    names: BTreeMap<String, String>,
    values: BTreeMap<String, AttributeValue>,
    used: BTreeSet<String>,
}

impl Placeholders {
    /// `None` is an absent parameter; one that is present must not be empty.
    pub fn new(
        names: Option<BTreeMap<String, String>>,
        values: Option<BTreeMap<String, dynamodb::AttributeValue>>,
    ) -> Result<Placeholders, ExpressionError> {
        let mut placeholders = Placeholders::default();
        if let Some(names) = names {
            check_keys("ExpressionAttributeNames", '#', names.keys())?;
            for (key, name) in &names {
                check_attribute_name(name).map_err(|error| {
                    ExpressionError::new(format!(
                        "ExpressionAttributeNames contains invalid value: {error} for key {key}"
                    ))
                })?;
            }
            placeholders.names = names;
        }
        if let Some(values) = values {
            check_keys("ExpressionAttributeValues", ':', values.keys())?;
            for (key, value) in values {
                let value = AttributeValue::try_from(value).map_err(|error| {
                    ExpressionError::new(format!(
                        "ExpressionAttributeValues contains invalid value: {error} for key {key}"
                    ))
                })?;
                placeholders.values.insert(key, value);
            }
        }
        Ok(placeholders)
    }

    /// For a request that has no placeholders.
    pub fn none() -> Placeholders {
        Placeholders::default()
    }

    /// Refuses placeholders that no expression used.
    pub fn finish(&self) -> Result<(), ExpressionError> {
        self.refuse_unused("ExpressionAttributeNames", self.names.keys())?;
        self.refuse_unused("ExpressionAttributeValues", self.values.keys())
    }

    pub(super) fn name(&mut self, key: &str) -> Option<&str> {
        let name = self.names.get(key)?;
        self.used.insert(key.to_owned());
        Some(name)
    }

    pub(super) fn value(&mut self, key: &str) -> Option<&AttributeValue> {
        let value = self.values.get(key)?;
        self.used.insert(key.to_owned());
        Some(value)
    }

    fn refuse_unused<'k>(
        &self,
        parameter: &str,
        keys: impl Iterator<Item = &'k String>,
    ) -> Result<(), ExpressionError> {
        let unused: Vec<&str> = keys
            .map(String::as_str)
            .filter(|key| !self.used.contains(*key))
            .collect();
        if unused.is_empty() {
            return Ok(());
        }
        Err(ExpressionError::new(format!(
            "Value provided in {parameter} unused in expressions: keys: {{{}}}",
            unused.join(", ")
        )))
    }
}

fn check_keys<'k>(
    parameter: &str,
    sigil: char,
    keys: impl Iterator<Item = &'k String>,
) -> Result<(), ExpressionError> {
    let mut empty = true;
    for key in keys {
        empty = false;
        let word = key.strip_prefix(sigil).unwrap_or_default();
        if word.is_empty()
            || !word
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        {
            return Err(ExpressionError::new(format!(
                "{parameter} contains invalid key: Syntax error; key: \"{key}\""
            )));
        }
    }
    if empty {
        Err(ExpressionError::new(format!(
            "{parameter} must not be empty"
        )))
    } else {
        Ok(())
    }
}
