//! The keys that a request gives a table or an index, and the attributes that it defines for them.

use std::collections::BTreeSet;

use landline_api::dynamodb as api;
use landline_wire::ServiceError;

use super::record::{IndexRecord, KeysRecord};
use crate::error::{invalid_parameter, validation};
use crate::quotas::MAX_KEY_ATTRIBUTES;

/// The attribute definitions of a request.
pub(super) struct Definitions<'a> {
    names: Vec<&'a str>,
}

impl<'a> Definitions<'a> {
    pub(super) fn new(definitions: &'a [api::AttributeDefinition]) -> Result<Self, ServiceError> {
        let names: Vec<&str> = definitions
            .iter()
            .map(|attribute| attribute.attribute_name.as_str())
            .collect();
        let mut seen = BTreeSet::new();
        if let Some(twice) = names.iter().find(|name| !seen.insert(**name)) {
            return Err(invalid_parameter(format_args!(
                "Duplicate AttributeName in AttributeDefinitions: {twice}"
            )));
        }
        Ok(Self { names })
    }

    pub(super) fn check_defined(
        &self,
        keys: &[api::KeySchemaElement],
        of: KeysOf,
    ) -> Result<(), ServiceError> {
        let of_table = of == KeysOf::Table;
        let names: Vec<&str> = keys.iter().map(|key| key.attribute_name.as_str()).collect();
        let is_defined = names.iter().all(|name| self.names.contains(name));
        if is_defined && (!of_table || names.len() <= self.names.len()) {
            return Ok(());
        }
        if of_table && (names.len() > 1 || self.names.is_empty()) {
            return Err(validation(
                "Invalid KeySchema: Some index key attribute have no definition",
            ));
        }
        Err(invalid_parameter(format_args!(
            "Some index key attributes are not defined in AttributeDefinitions. Keys: [{}], AttributeDefinitions: [{}]",
            names.join(", "),
            self.names.join(", ")
        )))
    }

    /// An attribute that no key names would never be looked at: AWS refuses it.
    pub(super) fn check_all_used(
        &self,
        keys: &KeysRecord,
        indexes: &[IndexRecord],
    ) -> Result<(), ServiceError> {
        let schemas = indexes.iter().map(|index| &index.keys).chain([keys]);
        let used: BTreeSet<&str> = schemas
            .flat_map(KeysRecord::names)
            .map(String::as_str)
            .collect();
        if self.names.iter().all(|name| used.contains(name)) {
            return Ok(());
        }
        if indexes.is_empty() {
            return Err(invalid_parameter(
                "Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions",
            ));
        }
        let used: Vec<&str> = used.into_iter().collect();
        Err(invalid_parameter(format_args!(
            "Some AttributeDefinitions are not used. AttributeDefinitions: [{}], keys used: [{}]",
            self.names.join(", "),
            used.join(", ")
        )))
    }
}

/// Whose key a schema is: only global indexes have keys of many attributes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeysOf {
    Table,
    LocalIndex,
    GlobalIndex,
}

impl KeysOf {
    /// How many attributes each half of the key may have.
    fn most_in_half(self) -> usize {
        match self {
            Self::Table | Self::LocalIndex => 1,
            Self::GlobalIndex => MAX_KEY_ATTRIBUTES,
        }
    }
}

pub(super) fn key_schema(
    elements: &[api::KeySchemaElement],
    defined: &Definitions<'_>,
    of: KeysOf,
) -> Result<KeysRecord, ServiceError> {
    defined.check_defined(elements, of)?;
    match elements.first() {
        None => return Err(invalid_parameter("No KeySchema was given for the table")),
        Some(first) if first.key_type != api::KeyType::Hash => {
            return Err(validation(
                "Invalid KeySchema: The first KeySchemaElement is not a HASH key type",
            ));
        }
        Some(_) => {}
    }
    let mut names = BTreeSet::new();
    if !elements.iter().all(|key| names.insert(&key.attribute_name)) {
        return Err(validation(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        ));
    }
    let is_hash = |key: &api::KeySchemaElement| key.key_type == api::KeyType::Hash;
    let (hash, sort) = elements.split_at(elements.iter().take_while(|key| is_hash(key)).count());
    let most = of.most_in_half();
    if hash.len() > most && most == 1 {
        return Err(validation(
            "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type",
        ));
    }
    if sort.iter().any(is_hash) {
        return Err(validation(
            "Invalid KeySchema: HASH key types must come before RANGE key types",
        ));
    }
    for (half, kind) in [(hash, "HASH"), (sort, "RANGE")] {
        if half.len() > most {
            return Err(validation(format!(
                "Invalid KeySchema: Number of {kind} key types exceeds the limit of {most}"
            )));
        }
    }
    let names = |half: &[api::KeySchemaElement]| {
        let names = half.iter().map(|key| key.attribute_name.clone());
        names.collect()
    };
    Ok(KeysRecord {
        hash: names(hash),
        sort: names(sort),
    })
}
