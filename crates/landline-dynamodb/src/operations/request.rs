//! What the requests of many operations have in common: placeholders, expressions, keys.

use std::collections::BTreeMap;

use bytes::Bytes;
use landline_api::dynamodb as api;
use landline_wire::{Encoded, ServiceError};

use super::styles::{Presence, check_styles};
use crate::error::{Failure, refused_expression, refused_value, validation};
use crate::expression::legacy;
use crate::expression::{Condition, ExpressionKind, Placeholders, Projection};
use crate::item::EncodedItem;
use crate::quotas::MAX_ITEM_BYTES;
use crate::value::Item;

pub(crate) type ApiItem = BTreeMap<String, api::AttributeValue>;

/// A request that speaks one language; its placeholders are not read yet.
///
/// DynamoDB judges the values that come beside the expressions in between.
#[derive(Debug)]
pub(crate) struct Styled {
    names: Option<BTreeMap<String, String>>,
    values: Option<ApiItem>,
}

impl Styled {
    /// `given` tells which expressions the request has, `others` which parameters of the old style.
    pub(crate) fn new(
        names: Option<BTreeMap<String, String>>,
        values: Option<ApiItem>,
        given: &[Presence],
        others: &[Presence],
    ) -> Result<Self, ServiceError> {
        check_styles(given, others, names.is_some(), values.is_some())?;
        Ok(Self { names, values })
    }

    pub(crate) fn expressions(self) -> Result<Expressions, ServiceError> {
        let placeholders =
            Placeholders::new(self.names, self.values).map_err(refused_expression)?;
        Ok(Expressions { placeholders })
    }
}

/// Reads the expressions of a request, all of which share its placeholders.
#[derive(Debug)]
pub(crate) struct Expressions {
    placeholders: Placeholders,
}

impl Expressions {
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

/// The condition of a Put or a Delete, in either style.
#[derive(Debug, Default)]
pub(crate) struct ConditionParameters {
    pub(crate) names: Option<BTreeMap<String, String>>,
    pub(crate) values: Option<ApiItem>,
    pub(crate) text: Option<String>,
    pub(crate) expected: Option<BTreeMap<String, api::ExpectedAttributeValue>>,
    pub(crate) operator: Option<api::ConditionalOperator>,
}

impl ConditionParameters {
    pub(crate) fn styled(self) -> Result<StyledCondition, ServiceError> {
        let styled = Styled::new(
            self.names,
            self.values,
            &[("ConditionExpression", self.text.is_some())],
            &[
                ("Expected", self.expected.is_some()),
                ("ConditionalOperator", self.operator.is_some()),
            ],
        )?;
        Ok(StyledCondition {
            styled,
            text: self.text,
            expected: self.expected,
            operator: self.operator,
        })
    }
}

/// A condition whose style is settled.
#[derive(Debug)]
pub(crate) struct StyledCondition {
    styled: Styled,
    text: Option<String>,
    expected: Option<BTreeMap<String, api::ExpectedAttributeValue>>,
    operator: Option<api::ConditionalOperator>,
}

impl StyledCondition {
    pub(crate) fn parse(self) -> Result<Option<Condition>, ServiceError> {
        let expected = expected(self.expected, self.operator.as_ref())?;
        let mut expressions = self.styled.expressions()?;
        let condition = expressions.condition(ExpressionKind::Condition, self.text.as_deref())?;
        expressions.finish()?;
        Ok(condition.or(expected))
    }
}

pub(crate) fn expected(
    expected: Option<BTreeMap<String, api::ExpectedAttributeValue>>,
    operator: Option<&api::ConditionalOperator>,
) -> Result<Option<Condition>, ServiceError> {
    check_operator(operator, expected.as_ref().map(BTreeMap::len))?;
    let condition = expected.map(|expected| legacy::expected(expected, operator));
    condition.transpose().map_err(refused_expression)
}

/// `QueryFilter` or `ScanFilter`.
pub(crate) fn legacy_filter(
    filter: Option<BTreeMap<String, api::Condition>>,
    operator: Option<&api::ConditionalOperator>,
) -> Result<Option<Condition>, ServiceError> {
    check_operator(operator, filter.as_ref().map(BTreeMap::len))?;
    let condition = filter.map(|filter| legacy::filter(filter, operator));
    condition.transpose().map_err(refused_expression)
}

/// There must be something to join.
fn check_operator(
    operator: Option<&api::ConditionalOperator>,
    tests: Option<usize>,
) -> Result<(), ServiceError> {
    match (operator, tests) {
        (Some(_), None) => Err(validation(
            "ConditionalOperator cannot be used without Filter or Expected",
        )),
        (Some(_), Some(0 | 1)) => Err(validation(
            "ConditionalOperator can only be used when Filter or Expected has two or more elements",
        )),
        _ => Ok(()),
    }
}

pub(crate) fn attributes_to_get(
    names: Option<&Vec<String>>,
) -> Result<Option<Projection>, ServiceError> {
    let projection = names.map(|names| legacy::attributes_to_get(names));
    projection.transpose().map_err(refused_expression)
}

/// An item, or a key, as the request has it: what can be said of it without knowing the table.
pub(crate) fn item_of(item: ApiItem) -> Result<Item, ServiceError> {
    let item = Item::try_from(item).map_err(refused_value)?;
    if item.size() > MAX_ITEM_BYTES {
        return Err(validation(
            "Item size has exceeded the maximum allowed size",
        ));
    }
    Ok(item)
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
