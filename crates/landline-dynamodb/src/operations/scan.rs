//! Scan: all rows of a table or an index, page by page, in one or in many segments.

use std::sync::Arc;

use bytes::Bytes;
use landline_api::dynamodb as api;
use landline_store::{Direction, KeyRange};
use landline_wire::{Caller, Encoded, Handler, ServiceError};

use super::reading::{
    ChosenBy, ReadRequest, check_start_attribute, check_start_length, page_usage, start_item,
    start_row,
};
use super::request::{Styled, attributes_to_get, legacy_filter};
use crate::DynamoDb;
use crate::capacity::CapacityDetail;
use crate::error::validation;
use crate::expression::{Condition, ExpressionKind, Projection};
use crate::key::{hash_prefix, segment_range};
use crate::page::{End, PagePlan};
use crate::quotas::MAX_SCAN_SEGMENTS;
use crate::table::{BASE, Index, NO_MATCH, Table};
use crate::value::Item;

impl Handler<api::Scan> for DynamoDb {
    async fn handle(
        &self,
        input: api::ScanInput,
        _caller: &Caller,
    ) -> Result<api::ScanOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let styled = Styled::new(
            input.expression_attribute_names,
            input.expression_attribute_values,
            &[
                (
                    "ProjectionExpression",
                    input.projection_expression.is_some(),
                ),
                ("FilterExpression", input.filter_expression.is_some()),
            ],
            &[
                ("AttributesToGet", input.attributes_to_get.is_some()),
                ("ScanFilter", input.scan_filter.is_some()),
                ("ConditionalOperator", input.conditional_operator.is_some()),
            ],
        )?;
        let attributes = attributes_to_get(input.attributes_to_get.as_ref())?;
        let operator = input.conditional_operator.as_ref();
        let legacy_filter = legacy_filter(input.scan_filter, operator)?;
        let start = start_item(input.exclusive_start_key)?;
        let segment = Segment::of(input.segment, input.total_segments)?;
        let mut expressions = styled.expressions()?;
        let filter =
            expressions.condition(ExpressionKind::Filter, input.filter_expression.as_deref())?;
        let projection = expressions.projection(input.projection_expression.as_deref())?;
        expressions.finish()?;
        let (filter, projection) = (filter.or(legacy_filter), projection.or(attributes));

        let table = self.table(&input.table_name)?;
        let index = input.index_name.as_deref();
        let index = index.map(|name| table.index(name)).transpose()?;
        let request = ReadRequest {
            table: &table,
            index,
            select: input.select.as_ref(),
            consistent: input.consistent_read == Some(true),
            chosen_by: ChosenBy::of(input.attributes_to_get.as_ref()),
        };
        request.check_consistency()?;
        table.check_paths(projection.as_ref().map_or(&[], Projection::paths))?;
        if let (Some(index), Some(start)) = (index, &start) {
            check_start_length(&table, Some(index), start)?;
            for key in index.keys.attributes() {
                check_start_attribute(key, start)?;
            }
        }
        let plan = PagePlan {
            end: End::of_scan(table.rows_to_scan()),
            output: request.output(projection)?,
            range: range(&table, index, segment.as_ref(), start.as_ref())?,
            index: index.map(|index| index.name.clone()),
            direction: Direction::Forward,
            limit: input.limit.and_then(|limit| usize::try_from(limit).ok()),
            filter,
            table: Arc::clone(&table),
        };
        table.check_paths(plan.filter.as_ref().map_or(&[], Condition::paths))?;
        let usage = page_usage(&request);
        let counts_only = request.counts_only();
        let mut page = plan.read(&self.store).await?;
        table.note_scanned(page.scanned);
        Ok(api::ScanOutput {
            consumed_capacity: usage(&page).report(&table, detail),
            items: (!counts_only).then(|| Encoded::Json(Bytes::from(page.take_items()))),
            count: i32::try_from(page.count).ok(),
            scanned_count: i32::try_from(page.scanned).ok(),
            last_evaluated_key: page.last_key.map(Into::into),
        })
    }
}

/// One part of a parallel scan.
struct Segment {
    number: u32,
    total: u32,
}

impl Segment {
    fn of(segment: Option<i32>, total: Option<i32>) -> Result<Option<Self>, ServiceError> {
        let (segment, total) = match (segment, total) {
            (None, None) => return Ok(None),
            (Some(segment), Some(total)) => (segment, total),
            (Some(_), None) => {
                return Err(validation(
                    "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
                ));
            }
            (None, Some(_)) => {
                return Err(validation(
                    "The Segment parameter is required but was not present in the request when parameter TotalSegments is present",
                ));
            }
        };
        if segment >= total {
            return Err(validation(format!(
                "The Segment parameter is zero-based and must be less than parameter TotalSegments: Segment: {segment} is not less than TotalSegments: {total}"
            )));
        }
        let number = u32::try_from(segment).unwrap_or_default();
        let total = u32::try_from(total).unwrap_or(1).min(MAX_SCAN_SEGMENTS);
        Ok(Some(Self { number, total }))
    }
}

/// The rows to walk over: those of the table or the index, of the segment, after the start key.
fn range(
    table: &Table,
    index: Option<&Index>,
    segment: Option<&Segment>,
    start: Option<&Item>,
) -> Result<KeyRange, ServiceError> {
    let prefix = table.prefix(index.map_or(BASE, |index| index.number));
    let mut range = KeyRange::prefix(&prefix);
    let bounds = segment.map(|segment| segment_range(segment.number, segment.total));
    if let Some(bounds) = &bounds {
        let bound = |bytes: &[u8]| [prefix.as_slice(), bytes].concat();
        range = range.starting_at(&bound(&bounds.start));
        if let Some(end) = bounds.end {
            range = range.before(&bound(&end));
        }
    }
    let Some(start) = start else {
        return Ok(range);
    };
    if index.is_none() && start.len() != table.keys.attributes().count() {
        return Err(validation(format!(
            "The provided starting key is invalid: {NO_MATCH}"
        )));
    }
    let row = start_row(table, index, start)?;
    if let (Some(bounds), Some(segment)) = (&bounds, segment) {
        let hash = &index.map_or(&table.keys, |index| &index.keys).hash;
        let hash = hash.iter().map(|key| start.get(&key.name));
        let bucket = hash.collect::<Option<Vec<_>>>().and_then(hash_prefix);
        if bucket.is_none_or(|bucket| !bounds.contains(&bucket)) {
            return Err(validation(format!(
                "The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: {} Segment: {}",
                segment.total, segment.number
            )));
        }
    }
    Ok(range.after(&row))
}
