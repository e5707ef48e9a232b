//! What the requests of many operations have in common: placeholders, expressions, keys.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_api::dynamodb as api;
use landline_wire::{Encoded, ServiceError};

use crate::error::{Failure, refused_expression, refused_value, validation};
use crate::expression::{Condition, ExpressionKind, Placeholders, Projection};
use crate::item::EncodedItem;
use crate::table::{PrimaryKey, Table};
use crate::value::Item;

pub(crate) type ApiItem = BTreeMap<String, api::AttributeValue>;

/// The placeholders of a request, and the expressions that it could have.
#[derive(Debug)]
pub(crate) struct Expressions {
    placeholders: Placeholders,
}

impl Expressions {
    /// `texts` are the expression parameters of the operation, by name: placeholders without any
    /// expression are refused.
    pub(crate) fn new(
        names: Option<BTreeMap<String, String>>,
        values: Option<ApiItem>,
        texts: &[(&str, &Option<String>)],
    ) -> Result<Self, ServiceError> {
        if names.is_some() && texts.iter().all(|(_, text)| text.is_none()) {
            return Err(validation(
                "ExpressionAttributeNames can only be specified when using expressions",
            ));
        }
        // A projection has no use for values.
        let takers = || {
            texts
                .iter()
                .filter(|(name, _)| *name != "ProjectionExpression")
        };
        if values.is_some() && takers().all(|(_, text)| text.is_none()) {
            let absent: Vec<&str> = takers().map(|(name, _)| *name).collect();
            let verb = if absent.len() == 1 { "is" } else { "are" };
            return Err(validation(format!(
                "ExpressionAttributeValues can only be specified when using expressions: {} {verb} null",
                absent.join(" and ")
            )));
        }
        let placeholders = Placeholders::new(names, values).map_err(refused_expression)?;
        Ok(Self { placeholders })
    }

    pub(crate) fn condition(
        &mut self,
        kind: ExpressionKind,
        text: Option<&str>,
    ) -> Result<Option<Condition>, ServiceError> {
        let parsed = text.map(|text| Condition::parse(kind, text, &mut self.placeholders));
        parsed.transpose().map_err(refused_expression)
    }

    pub(crate) fn projection(
        &mut self,
        text: Option<&str>,
    ) -> Result<Option<Projection>, ServiceError> {
        let parsed = text.map(|text| Projection::parse(text, &mut self.placeholders));
        parsed.transpose().map_err(refused_expression)
    }

    /// For the expressions that only one operation has.
    pub(crate) fn placeholders(&mut self) -> &mut Placeholders {
        &mut self.placeholders
    }

    /// Every placeholder must have been used.
    pub(crate) fn finish(self) -> Result<(), ServiceError> {
        self.placeholders.finish().map_err(refused_expression)
    }
}

pub(crate) fn item_of(item: ApiItem) -> Result<Item, ServiceError> {
    Item::try_from(item).map_err(refused_value)
}

pub(crate) fn key_of(table: &Table, key: ApiItem) -> Result<PrimaryKey, ServiceError> {
    table.keys.key_of_request(&item_of(key)?)
}

/// A stored item as the answer has it, whole or in part.
pub(crate) fn encoded_item(
    stored: EncodedItem<'_>,
    projection: Option<&Projection>,
) -> Result<Encoded<ApiItem>, Failure> {
    let mut json = Vec::with_capacity(stored.size() * 2);
    match projection {
        Some(projection) => stored.write_projected_json(projection, &mut json)?,
        None => stored.write_json(&mut json)?,
    }
    Ok(Encoded::Json(Bytes::from(json)))
}

pub(crate) fn encoded_attributes(item: &Item) -> Encoded<ApiItem> {
    let mut json = Vec::with_capacity(item.size() * 2);
    item.write_json(&mut json);
    Encoded::Json(Bytes::from(json))
}
