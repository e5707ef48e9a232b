//! `BatchWriteItem`, `BatchGetItem`: many items of many tables in one request.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use bytes::Bytes;
use landline_api::dynamodb as api;
use landline_wire::{Caller, Encoded, Handler, ServiceError};

use super::items::collection_metrics;
use super::request::{ApiItem, Styled, attributes_to_get, item_of};
use crate::DynamoDb;
use crate::capacity::{CapacityDetail, Usage, read_units};
use crate::error::{Failure, validation};
use crate::expression::Projection;
use crate::item::EncodedItem;
use crate::quotas::{MAX_BATCH_BYTES, MAX_BATCH_GETS, MAX_BATCH_WRITES, MAX_PARTITION_BYTES};
use crate::table::{NO_MATCH, PrimaryKey, Table};
use crate::value::{Item, write_string};
use crate::write::{Change, ItemWrite, NewItem};

impl Handler<api::BatchWriteItem> for DynamoDb {
    async fn handle(
        &self,
        input: api::BatchWriteItemInput,
        _caller: &Caller,
    ) -> Result<api::BatchWriteItemOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let wanted = input.return_item_collection_metrics.as_ref();
        let mut metrics: BTreeMap<String, Vec<api::ItemCollectionMetrics>> = BTreeMap::new();
        let mut writes = Vec::new();
        for (name, changes) in parse_writes(input.request_items)? {
            let table = self.table(&name)?;
            for change in changes {
                let write = change.of_table(&table, detail)?;
                if let Some(metric) = collection_metrics(&table, &write.key, wanted) {
                    metrics.entry(name.clone()).or_default().push(metric);
                }
                writes.push(write);
            }
        }
        refuse_duplicates(writes.iter().map(|write| (&*write.table, &write.key)))?;

        let tables: Vec<Arc<Table>> = writes
            .iter()
            .map(|write| Arc::clone(&write.table))
            .collect();
        let written = self.store.write(move |transaction| {
            let writes = writes.into_iter().map(|write| write.evaluate(transaction));
            writes.collect::<Result<Vec<_>, Failure>>()
        });
        let written = written.await?;

        let mut usages = Usages::default();
        for (table, written) in tables.iter().zip(&written) {
            usages.add(table, &Usage::of_write(table, written, 1.0)?);
        }
        Ok(api::BatchWriteItemOutput {
            unprocessed_items: Some(BTreeMap::new()),
            item_collection_metrics: (!metrics.is_empty()).then_some(metrics),
            consumed_capacity: usages.report(detail),
        })
    }
}

impl Handler<api::BatchGetItem> for DynamoDb {
    async fn handle(
        &self,
        input: api::BatchGetItemInput,
        _caller: &Caller,
    ) -> Result<api::BatchGetItemOutput, ServiceError> {
        let detail = CapacityDetail::of(input.return_consumed_capacity.as_ref());
        let wanted: usize = input
            .request_items
            .values()
            .map(|request| request.keys.len())
            .sum();
        if wanted > MAX_BATCH_GETS {
            return Err(validation(
                "Too many items requested for the BatchGetItem call",
            ));
        }
        let mut gets = Vec::new();
        for (name, request) in input.request_items {
            gets.push(self.batch_get(name, request)?);
        }
        refuse_duplicates(
            gets.iter()
                .flat_map(|get| get.keys.iter().map(|key| (&*get.table, key))),
        )?;

        let mut answer = GetAnswer::default();
        self.store.read(|reader| {
            for get in &gets {
                answer.begin_table(&get.name);
                for (key, asked) in get.keys.iter().zip(&get.asked) {
                    let stored = reader.get(&get.table.row_key(key))?;
                    let stored = stored.as_deref().map(EncodedItem::new).transpose()?;
                    let fits = stored.is_none_or(|item| answer.has_room(get, item.size()));
                    answer.charge(get, stored.filter(|_| fits));
                    match stored {
                        Some(item) if fits => answer.add(get, item)?,
                        Some(_) => answer.leave(get, asked),
                        None => {}
                    }
                }
                answer.json.push(b']');
            }
            Ok::<_, Failure>(())
        })?;
        answer.json.push(b'}');
        Ok(api::BatchGetItemOutput {
            responses: Some(Encoded::Json(Bytes::from(answer.json))),
            unprocessed_keys: Some(answer.unprocessed),
            consumed_capacity: answer.usages.report(detail),
        })
    }
}

/// What a batch reads of one table.
struct TableGets {
    name: String,
    table: Arc<Table>,
    keys: Vec<PrimaryKey>,
    /// The keys as they came, for those that do not fit into the answer.
    asked: Vec<ApiItem>,
    projection: Option<Projection>,
    consistent: bool,
    /// The request without its keys.
    frame: api::KeysAndAttributes,
}

impl DynamoDb {
    fn batch_get(
        &self,
        name: String,
        mut request: api::KeysAndAttributes,
    ) -> Result<TableGets, ServiceError> {
        let asked = std::mem::take(&mut request.keys);
        let frame = request.clone();
        let keys = asked.iter().map(|key| item_of(key.clone()));
        let keys = keys.collect::<Result<Vec<_>, _>>()?;
        let styled = Styled::new(
            request.expression_attribute_names,
            None,
            &[(
                "ProjectionExpression",
                request.projection_expression.is_some(),
            )],
            &[("AttributesToGet", request.attributes_to_get.is_some())],
        )?;
        let attributes = attributes_to_get(request.attributes_to_get.as_ref())?;
        let mut expressions = styled.expressions()?;
        let projection = expressions.projection(request.projection_expression.as_deref())?;
        expressions.finish()?;
        let mut seen = keys.iter().enumerate();
        if seen.any(|(later, key)| keys[..later].contains(key)) {
            return Err(validation(DUPLICATES));
        }
        let projection = projection.or(attributes);
        let table = self.table(&name)?;
        let keys = keys.iter().map(|key| table.keys.key_of_request(key));
        Ok(TableGets {
            keys: keys.collect::<Result<_, _>>()?,
            name,
            table,
            asked,
            projection,
            consistent: request.consistent_read == Some(true),
            frame,
        })
    }
}

/// The answer of `BatchGetItem` as it grows.
struct GetAnswer {
    json: Vec<u8>,
    bytes: usize,
    /// Those of the table that it has come to.
    table_bytes: usize,
    unprocessed: BTreeMap<String, api::KeysAndAttributes>,
    usages: Usages,
}

impl Default for GetAnswer {
    fn default() -> Self {
        Self {
            json: vec![b'{'],
            bytes: 0,
            table_bytes: 0,
            unprocessed: BTreeMap::new(),
            usages: Usages::default(),
        }
    }
}

impl GetAnswer {
    fn begin_table(&mut self, name: &str) {
        if self.json.len() > 1 {
            self.json.push(b',');
        }
        write_string(name, &mut self.json);
        self.json.extend_from_slice(b":[");
        self.table_bytes = 0;
    }

    fn has_room(&self, get: &TableGets, size: usize) -> bool {
        self.bytes + size <= MAX_BATCH_BYTES
            && (!get.table.is_one_partition() || self.table_bytes + size <= MAX_PARTITION_BYTES)
    }

    /// An item that does not fit costs as much as one that is not there.
    fn charge(&mut self, get: &TableGets, item: Option<EncodedItem<'_>>) {
        let size = item.map_or(0, |item| item.size());
        let mut usage = Usage::default();
        usage.add_table(read_units(size, get.consistent));
        self.usages.add(&get.table, &usage);
    }

    fn leave(&mut self, get: &TableGets, key: &ApiItem) {
        let left = self.unprocessed.entry(get.name.clone());
        left.or_insert_with(|| get.frame.clone())
            .keys
            .push(key.clone());
    }

    fn add(&mut self, get: &TableGets, item: EncodedItem<'_>) -> Result<(), Failure> {
        self.bytes += item.size();
        self.table_bytes += item.size();
        if self.json.last() != Some(&b'[') {
            self.json.push(b',');
        }
        match &get.projection {
            Some(projection) => item.write_projected_json(projection, &mut self.json)?,
            None => item.write_json(&mut self.json)?,
        }
        Ok(())
    }
}

/// What a request has used, table by table.
#[derive(Default)]
pub(crate) struct Usages(BTreeMap<String, (Arc<Table>, Usage)>);

impl Usages {
    pub(crate) fn add(&mut self, table: &Arc<Table>, usage: &Usage) {
        let entry = self.0.entry(table.name().to_owned());
        entry
            .or_insert_with(|| (Arc::clone(table), Usage::default()))
            .1
            .add(usage);
    }

    pub(crate) fn report(&self, detail: CapacityDetail) -> Option<Vec<api::ConsumedCapacity>> {
        if !detail.is_wanted() {
            return None;
        }
        let reports = self
            .0
            .values()
            .filter_map(|(table, usage)| usage.report(table, detail));
        Some(reports.collect())
    }
}

/// No two actions of one request may name the same item: which came first would be chance.
pub(crate) fn refuse_duplicates<'a>(
    items: impl Iterator<Item = (&'a Table, &'a PrimaryKey)>,
) -> Result<(), ServiceError> {
    if are_distinct(items) {
        return Ok(());
    }
    Err(validation(DUPLICATES))
}

pub(crate) fn are_distinct<'a>(items: impl Iterator<Item = (&'a Table, &'a PrimaryKey)>) -> bool {
    let mut rows = BTreeSet::new();
    items
        .into_iter()
        .all(|(table, key)| rows.insert(table.row_key(key)))
}

/// One write of a batch, before its table is known.
enum BatchChange {
    Put(Item),
    Delete(Item),
}

fn parse_writes(
    requests: BTreeMap<String, Vec<api::WriteRequest>>,
) -> Result<Vec<(String, Vec<BatchChange>)>, ServiceError> {
    if requests.values().map(Vec::len).sum::<usize>() > MAX_BATCH_WRITES {
        return Err(validation(
            "Too many items requested for the BatchWriteItem call",
        ));
    }
    let tables = requests.into_iter().map(|(name, requests)| {
        let changes = requests.into_iter().map(BatchChange::parse);
        Ok((name, changes.collect::<Result<_, _>>()?))
    });
    tables.collect()
}

impl BatchChange {
    fn parse(request: api::WriteRequest) -> Result<Self, ServiceError> {
        match (request.put_request, request.delete_request) {
            (Some(put), None) => Ok(Self::Put(item_of(put.item)?)),
            (None, Some(delete)) => Ok(Self::Delete(item_of(delete.key)?)),
            // AWS says so of none as well as of both.
            _ => Err(validation(
                "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
            )),
        }
    }

    fn of_table(
        self,
        table: &Arc<Table>,
        detail: CapacityDetail,
    ) -> Result<ItemWrite, ServiceError> {
        let (key, change) = match self {
            // In a batch AWS does not say which key attribute is missing.
            Self::Put(item) if !table.keys.matches(&item) => return Err(validation(NO_MATCH)),
            Self::Put(item) => (table.check_item(&item)?, Change::Put(NewItem::new(item))),
            Self::Delete(key) => (table.keys.key_of_request(&key)?, Change::Delete),
        };
        Ok(ItemWrite {
            table: Arc::clone(table),
            key,
            condition: None,
            change,
            wants_old: detail.is_wanted(),
        })
    }
}

const DUPLICATES: &str = "Provided list of item keys contains duplicates";
