//! `PutItem`, `DeleteItem`, `UpdateItem`: one item, written. `GetItem`: one item, read.

use landline_api::dynamodb as api;
use landline_wire::{Caller, Encoded, Handler, ServiceError};

use super::request::{
    ApiItem, ConditionParameters, Styled, attributes_to_get, encoded_attributes, encoded_item,
    expected, item_of,
};
use crate::DynamoDb;
use crate::capacity::{CapacityDetail, Usage, read_units};
use crate::error::{Failure, refused_expression, validation};
use crate::expression::legacy;
use crate::expression::{ExpressionKind, Projection, Update};
use crate::item::EncodedItem;
use crate::table::{PrimaryKey, Table};
use crate::value::Item;
use crate::write::{Change, ItemWrite, NewItem, Written};

impl Handler<api::PutItem> for DynamoDb {
    async fn handle(
        &self,
        input: api::PutItemInput,
        _caller: &Caller,
    ) -> Result<api::PutItemOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let wants_old = wants_old(input.return_values.as_ref())?;
        let condition = ConditionParameters {
            names: input.expression_attribute_names,
            values: input.expression_attribute_values,
            text: input.condition_expression,
            expected: input.expected,
            operator: input.conditional_operator,
        };
        let condition = condition.styled()?;
        let item = item_of(input.item)?;
        let condition = condition.parse()?;
        let table = self.table(&input.table_name)?;
        let key = table.check_item(&item)?;
        let write = ItemWrite {
            condition,
            change: Change::Put(NewItem::new(item)),
            wants_old: wants_old || detail.is_wanted(),
            key: key.clone(),
            table: table.clone(),
        };
        let written = self.write(write).await;
        let written = written.map_err(|failure| {
            failure.answer(input.return_values_on_condition_check_failure.as_ref())
        })?;
        let metrics = input.return_item_collection_metrics;
        Ok(api::PutItemOutput {
            attributes: old_attributes(&written, wants_old)?,
            consumed_capacity: Usage::of_write(&table, &written, 1.0)?.report(&table, detail),
            item_collection_metrics: collection_metrics(&table, &key, metrics.as_ref()),
        })
    }
}

impl Handler<api::DeleteItem> for DynamoDb {
    async fn handle(
        &self,
        input: api::DeleteItemInput,
        _caller: &Caller,
    ) -> Result<api::DeleteItemOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let wants_old = wants_old(input.return_values.as_ref())?;
        let condition = ConditionParameters {
            names: input.expression_attribute_names,
            values: input.expression_attribute_values,
            text: input.condition_expression,
            expected: input.expected,
            operator: input.conditional_operator,
        };
        let condition = condition.styled()?;
        let key = item_of(input.key)?;
        let condition = condition.parse()?;
        let table = self.table(&input.table_name)?;
        let key = table.keys.key_of_request(&key)?;
        let write = ItemWrite {
            condition,
            change: Change::Delete,
            wants_old: wants_old || detail.is_wanted(),
            key: key.clone(),
            table: table.clone(),
        };
        let written = self.write(write).await;
        let written = written.map_err(|failure| {
            failure.answer(input.return_values_on_condition_check_failure.as_ref())
        })?;
        let metrics = input.return_item_collection_metrics;
        Ok(api::DeleteItemOutput {
            attributes: old_attributes(&written, wants_old)?,
            consumed_capacity: Usage::of_write(&table, &written, 1.0)?.report(&table, detail),
            item_collection_metrics: collection_metrics(&table, &key, metrics.as_ref()),
        })
    }
}

impl Handler<api::UpdateItem> for DynamoDb {
    async fn handle(
        &self,
        input: api::UpdateItemInput,
        _caller: &Caller,
    ) -> Result<api::UpdateItemOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let styled = Styled::new(
            input.expression_attribute_names,
            input.expression_attribute_values,
            &[
                ("UpdateExpression", input.update_expression.is_some()),
                ("ConditionExpression", input.condition_expression.is_some()),
            ],
            &[
                ("AttributeUpdates", input.attribute_updates.is_some()),
                ("Expected", input.expected.is_some()),
                ("ConditionalOperator", input.conditional_operator.is_some()),
            ],
        )?;
        let key = item_of(input.key)?;
        // No updates at all are an update that changes nothing, and creates what is not there.
        let updates = input
            .attribute_updates
            .filter(|updates| !updates.is_empty());
        let updates = updates.map(legacy::attribute_updates);
        let legacy_update = updates.transpose().map_err(refused_expression)?;
        let expected = expected(input.expected, input.conditional_operator.as_ref())?;
        let mut expressions = styled.expressions()?;
        let update = input.update_expression.as_deref();
        let update = update.map(|text| Update::parse(text, expressions.placeholders()));
        let update = update.transpose().map_err(refused_expression)?;
        let condition = expressions.condition(
            ExpressionKind::Condition,
            input.condition_expression.as_deref(),
        )?;
        expressions.finish()?;
        let update = update.or(legacy_update);
        let table = self.table(&input.table_name)?;
        let key = table.keys.key_of_request(&key)?;
        let touched = update.as_ref().map(Update::touched).unwrap_or_default();
        let write = ItemWrite {
            condition: condition.or(expected),
            change: update_change(&table, update)?,
            wants_old: true,
            key: key.clone(),
            table: table.clone(),
        };
        let written = self.write(write).await;
        let written = written.map_err(|failure| {
            failure.answer(input.return_values_on_condition_check_failure.as_ref())
        })?;
        let metrics = input.return_item_collection_metrics;
        Ok(api::UpdateItemOutput {
            attributes: updated_attributes(&written, input.return_values.as_ref(), &touched)?,
            consumed_capacity: Usage::of_write(&table, &written, 1.0)?.report(&table, detail),
            item_collection_metrics: collection_metrics(&table, &key, metrics.as_ref()),
        })
    }
}

impl Handler<api::GetItem> for DynamoDb {
    async fn handle(
        &self,
        input: api::GetItemInput,
        _caller: &Caller,
    ) -> Result<api::GetItemOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let styled = Styled::new(
            input.expression_attribute_names,
            None,
            &[(
                "ProjectionExpression",
                input.projection_expression.is_some(),
            )],
            &[("AttributesToGet", input.attributes_to_get.is_some())],
        )?;
        let key = item_of(input.key)?;
        let attributes = attributes_to_get(input.attributes_to_get.as_ref())?;
        let mut expressions = styled.expressions()?;
        let projection = expressions.projection(input.projection_expression.as_deref())?;
        expressions.finish()?;
        let projection = projection.or(attributes);
        let table = self.table(&input.table_name)?;
        let key = table.keys.key_of_request(&key)?;
        table.check_paths(projection.as_ref().map_or(&[], Projection::paths))?;

        let stored = self
            .store
            .get(&table.row_key(&key))
            .map_err(Failure::from)?;
        let stored = stored
            .as_deref()
            .map(EncodedItem::new)
            .transpose()
            .map_err(Failure::from)?;
        let size = stored.map_or(0, |item| item.size());
        let item = stored.map(|item| encoded_item(item, projection.as_ref()));
        let mut usage = Usage::default();
        usage.add_table(read_units(size, input.consistent_read == Some(true)));
        Ok(api::GetItemOutput {
            item: item.transpose()?,
            consumed_capacity: usage.report(&table, detail),
        })
    }
}

impl DynamoDb {
    /// Durable when this returns.
    pub(crate) async fn write(&self, write: ItemWrite) -> Result<Written, Failure> {
        self.store
            .write(move |transaction| write.evaluate(transaction))
            .await
    }
}

/// The change that an update makes, once it is known not to touch the key.
pub(crate) fn update_change(table: &Table, update: Option<Update>) -> Result<Change, ServiceError> {
    if let Some(update) = &update {
        let keys = table
            .keys
            .attributes()
            .map(|attribute| attribute.name.as_str());
        update.refuse_keys(keys).map_err(refused_expression)?;
        table.check_update(update)?;
        table.check_paths(update.paths())?;
    }
    Ok(Change::Update(update))
}

/// Put and Delete know the old item or nothing.
fn wants_old(wanted: Option<&api::ReturnValue>) -> Result<bool, ServiceError> {
    match wanted {
        None | Some(api::ReturnValue::None) => Ok(false),
        Some(api::ReturnValue::AllOld) => Ok(true),
        Some(_) => Err(validation("ReturnValues can only be ALL_OLD or NONE")),
    }
}

fn old_attributes(written: &Written, wanted: bool) -> Result<Option<Encoded<ApiItem>>, Failure> {
    let Some(old) = written.old.as_deref().filter(|_| wanted) else {
        return Ok(None);
    };
    Ok(Some(encoded_item(EncodedItem::new(old)?, None)?))
}

fn updated_attributes(
    written: &Written,
    wanted: Option<&api::ReturnValue>,
    touched: &Projection,
) -> Result<Option<Encoded<ApiItem>>, Failure> {
    let old = || -> Result<Option<Item>, Failure> {
        let old = written.old.as_deref().map(EncodedItem::new).transpose()?;
        Ok(old.map(|old| old.decode()).transpose()?)
    };
    let attributes = match wanted {
        Some(api::ReturnValue::AllOld) => return old_attributes(written, true),
        Some(api::ReturnValue::UpdatedOld) => old()?.map(|old| touched.project(&old)),
        Some(api::ReturnValue::UpdatedNew) => written.new.as_ref().map(|new| touched.project(new)),
        Some(api::ReturnValue::AllNew) => {
            return Ok(written.new.as_ref().map(encoded_attributes));
        }
        _ => None,
    };
    let attributes = attributes.filter(|attributes| !attributes.is_empty());
    Ok(attributes.as_ref().map(encoded_attributes))
}

/// Only tables with local indexes have item collections to speak of; ours know no size limit.
pub(crate) fn collection_metrics(
    table: &Table,
    key: &PrimaryKey,
    wanted: Option<&api::ReturnItemCollectionMetrics>,
) -> Option<api::ItemCollectionMetrics> {
    let wanted = wanted == Some(&api::ReturnItemCollectionMetrics::Size);
    if !wanted || !table.has_local_indexes() {
        return None;
    }
    let names = table.keys.hash.iter().map(|hash| hash.name.clone());
    let hash = names.zip(key.hash.iter().cloned()).collect::<Item>();
    Some(api::ItemCollectionMetrics {
        item_collection_key: Some(hash.into()),
        size_estimate_range_gb: Some(vec![0.0, 1.0]),
    })
}
