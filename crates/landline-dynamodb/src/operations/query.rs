//! Query: the rows of one partition of a table or an index, in the order of the sort key.

use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use landline_api::dynamodb as api;
use landline_store::{Direction, KeyRange};
use landline_wire::{Caller, Encoded, Handler, ServiceError};

use super::reading::{
    ChosenBy, ReadRequest, check_start_attribute, check_start_length, page_usage, start_item,
    start_row,
};
use super::request::{Expressions, Styled, attributes_to_get, legacy_filter};
use super::styles::Presence;
use crate::DynamoDb;
use crate::capacity::CapacityDetail;
use crate::error::{refused_expression, validation};
use crate::expression::legacy;
use crate::expression::{
    BoundKeyCondition, Condition, DocumentPath, ExpressionKind, KeyCondition, MISSED_KEY,
    Projection,
};
use crate::key::KeySchema;
use crate::page::{End, PagePlan};
use crate::table::{BASE, Index, Table};
use crate::value::Item;

impl Handler<api::Query> for DynamoDb {
    async fn handle(
        &self,
        input: api::QueryInput,
        _caller: &Caller,
    ) -> Result<api::QueryOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let (given, others) = styles(&input);
        let styled = Styled::new(
            input.expression_attribute_names,
            input.expression_attribute_values,
            &given,
            &others,
        )?;
        let operator = input.conditional_operator.as_ref();
        let by_expression = input.query_filter.is_none();
        let legacy_filter = legacy_filter(input.query_filter, operator)?;
        let attributes = attributes_to_get(input.attributes_to_get.as_ref())?;
        let start = start_item(input.exclusive_start_key)?;
        let mut expressions = styled.expressions()?;
        let text = input.key_condition_expression.as_deref();
        let keys = key_condition(text, input.key_conditions, &mut expressions)?;
        let filter =
            expressions.condition(ExpressionKind::Filter, input.filter_expression.as_deref())?;
        let projection = expressions.projection(input.projection_expression.as_deref())?;
        expressions.finish()?;
        let index = input.index_name.as_deref();
        let table = self.table(&input.table_name);
        // How many conditions there may be only the table says; the refusal comes before its own.
        let known = table.as_ref().ok().zip(index);
        let queried = known.and_then(|(table, name)| table.index(name).ok());
        let most = queried.map_or(0, |index| index.keys.attributes().count());
        keys.check(most).map_err(refused_expression)?;
        let (filter, projection) = (filter.or(legacy_filter), projection.or(attributes));

        let table = table?;
        let index = index.map(|name| table.index(name)).transpose()?;
        let schema = index.map_or(&table.keys, |index| &index.keys);
        let request = ReadRequest {
            table: &table,
            index,
            select: input.select.as_ref(),
            consistent: input.consistent_read == Some(true),
            chosen_by: ChosenBy::of(input.attributes_to_get.as_ref()),
        };
        request.check_consistency()?;
        let keys = bind(&keys, &table, index, start.as_ref())?;
        let direction = direction(input.scan_index_forward);
        let range = range(&table, index, &keys, direction, start.as_ref())?;
        table.check_paths(projection.as_ref().map_or(&[], Projection::paths))?;
        check_filter(filter.as_ref(), schema, by_expression)?;
        let plan = PagePlan {
            end: End::Key,
            output: request.output(projection)?,
            range,
            index: index.map(|index| index.name.clone()),
            direction,
            limit: input.limit.and_then(|limit| usize::try_from(limit).ok()),
            filter,
            table: Arc::clone(&table),
        };
        table.check_paths(plan.filter.as_ref().map_or(&[], Condition::paths))?;
        let usage = page_usage(&request);
        let counts_only = request.counts_only();
        let mut page = plan.read(&self.store).await?;
        Ok(api::QueryOutput {
            consumed_capacity: usage(&page).report(&table, detail),
            items: (!counts_only).then(|| Encoded::Json(Bytes::from(page.take_items()))),
            count: i32::try_from(page.count).ok(),
            scanned_count: i32::try_from(page.scanned).ok(),
            last_evaluated_key: page.last_key.map(Into::into),
        })
    }
}

/// Which expressions and which parameters of the old style the request has.
fn styles(input: &api::QueryInput) -> ([Presence; 3], [Presence; 4]) {
    let given = [
        (
            "ProjectionExpression",
            input.projection_expression.is_some(),
        ),
        ("FilterExpression", input.filter_expression.is_some()),
        (
            "KeyConditionExpression",
            input.key_condition_expression.is_some(),
        ),
    ];
    let others = [
        ("AttributesToGet", input.attributes_to_get.is_some()),
        ("QueryFilter", input.query_filter.is_some()),
        ("ConditionalOperator", input.conditional_operator.is_some()),
        // These may go with a FilterExpression.
        (
            "KeyConditions",
            input.key_conditions.is_some() && input.key_condition_expression.is_some(),
        ),
    ];
    (given, others)
}

fn direction(forward: Option<bool>) -> Direction {
    match forward {
        Some(false) => Direction::Backward,
        _ => Direction::Forward,
    }
}

fn key_condition(
    text: Option<&str>,
    conditions: Option<BTreeMap<String, api::Condition>>,
    expressions: &mut Expressions,
) -> Result<KeyCondition, ServiceError> {
    let parsed = match (text, conditions) {
        (Some(text), _) => KeyCondition::parse(text, expressions.placeholders()),
        (None, Some(conditions)) => legacy::key_conditions(conditions),
        (None, None) => {
            return Err(validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
            ));
        }
    };
    parsed.map_err(refused_expression)
}

/// The key condition has already said all that there is to say about the key.
fn check_filter(
    filter: Option<&Condition>,
    schema: &KeySchema,
    by_expression: bool,
) -> Result<(), ServiceError> {
    let parameter = if by_expression {
        "Filter Expression"
    } else {
        "QueryFilter"
    };
    let paths = filter.map_or(&[][..], Condition::paths);
    match paths
        .iter()
        .map(DocumentPath::root)
        .find(|name| schema.holds(name))
    {
        Some(name) => Err(validation(format!(
            "{parameter} can only contain non-primary key attributes: Primary key attribute: {name}"
        ))),
        None => Ok(()),
    }
}

/// Fits the key condition to the schema, and looks at the start key in the order in which AWS does:
/// attribute by attribute, the start key before the condition.
fn bind(
    keys: &KeyCondition,
    table: &Table,
    index: Option<&Index>,
    start: Option<&Item>,
) -> Result<BoundKeyCondition, ServiceError> {
    let schema = index.map_or(&table.keys, |index| &index.keys);
    let bound = keys.bind(schema).map_err(refused_expression);
    let Some(start) = start else {
        return bound;
    };
    check_start_length(table, index, start)?;
    for hash in &schema.hash {
        check_start_attribute(hash, start)?;
    }
    let lacks_hash = |error: &ServiceError| {
        let missed = error.message.strip_prefix(MISSED_KEY);
        missed.is_some_and(|name| schema.hash.iter().any(|hash| hash.name == name))
    };
    if !bound.as_ref().is_err_and(lacks_hash) {
        for sort in &schema.sort {
            check_start_attribute(sort, start)?;
        }
    }
    bound
}

/// The rows to walk over: those that the key condition names, beyond the start key.
fn range(
    table: &Table,
    index: Option<&Index>,
    keys: &BoundKeyCondition,
    direction: Direction,
    start: Option<&Item>,
) -> Result<KeyRange, ServiceError> {
    let prefix = table.prefix(index.map_or(BASE, |index| index.number));
    let bounds = keys.range(&prefix);
    let range = KeyRange::between(bounds.start, bounds.end);
    let Some(start) = start else {
        return Ok(range);
    };
    let row = start_row(table, index, start)?;
    let schema = index.map_or(&table.keys, |index| &index.keys);
    let mut hash = schema.hash.iter().zip(&keys.hash);
    let same_partition = hash.all(|(key, value)| start.get(&key.name) == Some(value));
    for (key, condition) in schema.sort.iter().zip(&keys.sort) {
        let value = start.get(&key.name);
        if value.is_some_and(|value| !condition.matches(value)) {
            return Err(validation(
                "The provided starting key does not match the range key predicate",
            ));
        }
    }
    if !keys.sort.is_empty() && !same_partition {
        return Err(validation(
            "The query can return at most one row and cannot be restarted",
        ));
    }
    if !same_partition {
        return Err(validation(
            "The provided starting key is outside query boundaries based on provided conditions",
        ));
    }
    Ok(match direction {
        Direction::Forward => range.after(&row),
        Direction::Backward => range.before(&row),
    })
}
