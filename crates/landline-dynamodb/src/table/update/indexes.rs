//! Changes of global indexes: made, deleted, or given another throughput.

use std::collections::BTreeSet;

use landline_api::dynamodb as api;
use landline_api::dynamodb::errors::{
    LimitExceededException, ResourceInUseException, ResourceNotFoundException,
};
use landline_store::Transaction;
use landline_wire::{ServiceError, Timestamp};

use crate::error::{Failure, invalid_parameter, validation};
use crate::quotas::MAX_GLOBAL_INDEXES;
use crate::table::create::{
    attribute_record, check_indexes, check_units, on_demand, projected, throughput,
};
use crate::table::keys::{Definitions, KeysOf, key_schema};
use crate::table::record::{Billing, IndexRecord, IndexScope, IndexState, TableRecord, Throughput};
use crate::table::rows::free_index_number;
use crate::table::warm::Warm;

/// One change of one index.
#[derive(Debug)]
pub(super) enum IndexChange {
    Create(api::CreateGlobalSecondaryIndexAction),
    Update(api::UpdateGlobalSecondaryIndexAction),
    Delete(String),
}

pub(super) fn parse(
    updates: Vec<api::GlobalSecondaryIndexUpdate>,
) -> Result<Vec<IndexChange>, ServiceError> {
    let mut changes = Vec::with_capacity(updates.len());
    let mut names = BTreeSet::new();
    for update in updates {
        let change = match (update.create, update.update, update.delete) {
            (Some(create), None, None) => IndexChange::Create(create),
            (None, Some(update), None) => IndexChange::Update(update),
            (None, None, Some(delete)) => IndexChange::Delete(delete.index_name),
            (None, None, None) => {
                return Err(invalid_parameter(
                    "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create, GlobalSecondaryIndexUpdate.Delete must not be null",
                ));
            }
            _ => {
                return Err(invalid_parameter(
                    "Only one global secondary index action is allowed per GlobalSecondaryIndexUpdate object",
                ));
            }
        };
        if !names.insert(change.name().to_owned()) {
            return Err(invalid_parameter(format_args!(
                "Only one global secondary index update per index is allowed simultaneously. Index: {}",
                change.name()
            )));
        }
        changes.push(change);
    }
    Ok(changes)
}

pub(super) fn check_count(changes: &[IndexChange]) -> Result<(), ServiceError> {
    let slow = changes.iter().filter(|change| change.makes_or_deletes());
    if slow.count() > 1 {
        return Err(one_at_a_time());
    }
    Ok(())
}

impl IndexChange {
    pub(super) fn makes_or_deletes(&self) -> bool {
        matches!(self, Self::Create(_) | Self::Delete(_))
    }

    fn name(&self) -> &str {
        match self {
            Self::Create(create) => &create.index_name,
            Self::Update(update) => &update.index_name,
            Self::Delete(name) => name,
        }
    }

    pub(super) fn apply(
        &self,
        record: &mut TableRecord,
        definitions: Option<&[api::AttributeDefinition]>,
        transaction: &Transaction<'_>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        match self {
            Self::Create(create) => make(record, create, definitions, transaction),
            Self::Update(update) => Ok(change_throughput(record, update, now)?),
            Self::Delete(name) => Ok(delete(record, name)?),
        }
    }
}

fn make(
    record: &mut TableRecord,
    create: &api::CreateGlobalSecondaryIndexAction,
    definitions: Option<&[api::AttributeDefinition]>,
    transaction: &Transaction<'_>,
) -> Result<(), Failure> {
    let name = &create.index_name;
    check_may_come(record, name)?;
    let Some(definitions) = definitions else {
        return Err(invalid_parameter(format_args!(
            "AttributeDefinitions is not specified for index: {name}"
        ))
        .into());
    };
    let keys = key_schema(
        &create.key_schema,
        &Definitions::new(definitions)?,
        KeysOf::GlobalIndex,
    )?;
    let throughput = throughput_of_new(record.billing, create)?;
    check_redefined(record, &create.key_schema, definitions)?;
    // What no key of the new index needs is passed over, whatever the request says of it.
    let is_known = |name: &str| record.attributes.iter().any(|known| known.name == name);
    let new: Vec<_> = definitions
        .iter()
        .filter(|given| {
            keys.names().any(|name| *name == given.attribute_name)
                && !is_known(&given.attribute_name)
        })
        .map(attribute_record)
        .collect();
    let number = free_index_number(transaction, record)?;
    let number = number.ok_or_else(one_at_a_time)?;
    record.attributes.extend(new);
    record.indexes.push(IndexRecord {
        number,
        name: name.clone(),
        scope: IndexScope::Global,
        keys,
        projected: projected(create.projection.clone())?,
        throughput,
        on_demand: create.on_demand_throughput.as_ref().map(on_demand),
        warm: Warm::at_first(
            create.warm_throughput.as_ref(),
            record.billing,
            throughput,
            &format!("index {name}"),
        )?,
        state: IndexState::Backfilling,
    });
    Ok(check_indexes(&record.indexes)?)
}

/// An index must have a new name, and wait until others have come or gone.
fn check_may_come(record: &TableRecord, name: &str) -> Result<(), ServiceError> {
    if record.indexes.iter().any(|index| index.name == name) {
        return Err(validation(
            "Attempting to create an index which already exists",
        ));
    }
    if record.indexes.iter().any(|index| !index.state.is_settled()) {
        return Err(one_at_a_time());
    }
    let globals = record.indexes.iter();
    let globals = globals.filter(|index| index.scope == IndexScope::Global);
    if globals.count() >= MAX_GLOBAL_INDEXES {
        return Err(LimitExceededException.with(format!(
            "GlobalSecondaryIndex count exceeds the per-table limit of {MAX_GLOBAL_INDEXES}"
        )));
    }
    Ok(())
}

fn throughput_of_new(
    billing: Billing,
    create: &api::CreateGlobalSecondaryIndexAction,
) -> Result<Option<Throughput>, ServiceError> {
    let name = &create.index_name;
    let throughput = match (billing, &create.provisioned_throughput) {
        (Billing::PayPerRequest, Some(_)) => {
            return Err(invalid_parameter(format_args!(
                "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: {name} when BillingMode is PAY_PER_REQUEST"
            )));
        }
        (Billing::Provisioned(_), None) => {
            return Err(invalid_parameter(format_args!(
                "ProvisionedThroughput must be specified for index: {name}"
            )));
        }
        (_, given) => given.as_ref().map(throughput),
    };
    if let Some(throughput) = throughput {
        check_units(throughput, &format!(" for index {name}"))?;
    }
    Ok(throughput)
}

/// An attribute has one type in all keys of a table.
fn check_redefined(
    record: &TableRecord,
    keys: &[api::KeySchemaElement],
    definitions: &[api::AttributeDefinition],
) -> Result<(), ServiceError> {
    for key in keys {
        let name = &key.attribute_name;
        let is_given = |given: &&api::AttributeDefinition| given.attribute_name == *name;
        let given = definitions.iter().find(is_given);
        let known = record.attributes.iter().find(|known| known.name == *name);
        let (Some(given), Some(known)) = (given, known) else {
            continue;
        };
        let (old, new) = (known.kind.as_str(), given.attribute_type.as_str());
        if old != new {
            let schemas = record.indexes.iter().map(|index| &index.keys);
            let mut schemas = schemas.chain([&record.keys]);
            let is_hash = schemas.any(|keys| keys.hash.contains(name));
            let role = if is_hash { "HASH" } else { "RANGE" };
            return Err(invalid_parameter(format_args!(
                "Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{{{name}:{old}:{role}}}] New schema: Schema:[SchemaElement: key{{{name}:{new}:{}}}]",
                key.key_type.as_str()
            )));
        }
    }
    Ok(())
}

fn change_throughput(
    record: &mut TableRecord,
    update: &api::UpdateGlobalSecondaryIndexAction,
    now: Timestamp,
) -> Result<(), ServiceError> {
    let name = &update.index_name;
    let billing = record.billing;
    let index = global_index(record, name, "update")?;
    if !index.state.is_settled() {
        return Err(in_use(name, index.state));
    }
    if let Some(most) = &update.on_demand_throughput {
        index.on_demand = Some(on_demand(most));
    }
    if let Some(warm) = &update.warm_throughput {
        let current = Warm::of(billing, index.throughput, index.warm);
        index.warm = Some(current.grown(warm, &format!("index {name}"))?);
    }
    let Some(wanted) = update.provisioned_throughput.as_ref().map(throughput) else {
        if update.on_demand_throughput.is_some() || update.warm_throughput.is_some() {
            return Ok(());
        }
        return Err(invalid_parameter(format_args!(
            "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: {name}"
        )));
    };
    check_units(wanted, &format!(" for index {name}"))?;
    if billing == Billing::PayPerRequest {
        return Err(invalid_parameter(format_args!(
            "The only Updates for index: {name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput"
        )));
    }
    index.throughput = Some(match index.throughput {
        Some(current) => current.changed(wanted, &format!("index {name}"), now)?,
        None => wanted,
    });
    Ok(())
}

fn delete(record: &mut TableRecord, name: &str) -> Result<(), ServiceError> {
    let others = record.indexes.iter().filter(|index| index.name != name);
    let are_settled = others.map(|index| index.state).all(IndexState::is_settled);
    let index = global_index(record, name, "delete")?;
    if index.state == IndexState::Deleting {
        return Err(in_use(name, index.state));
    }
    if !are_settled {
        return Err(one_at_a_time());
    }
    index.state = IndexState::Deleting;
    Ok(())
}

fn global_index<'r>(
    record: &'r mut TableRecord,
    name: &str,
    verb: &str,
) -> Result<&'r mut IndexRecord, ServiceError> {
    let table = &record.name;
    match record.indexes.iter_mut().find(|index| index.name == name) {
        None => Err(ResourceNotFoundException.with(format!(
            "Requested resource not found: Index {name} for table {table}"
        ))),
        Some(index) if index.scope == IndexScope::Local => Err(validation(format!(
            "Cannot {verb} an index that is not a GlobalSecondaryIndex: {name}"
        ))),
        Some(index) => Ok(index),
    }
}

fn in_use(name: &str, state: IndexState) -> ServiceError {
    let what = match state {
        IndexState::Deleting => "deleted",
        _ => "created",
    };
    ResourceInUseException.with(format!(
        "Attempt to change a resource which is still in use: Index is being {what}: {name}"
    ))
}

fn one_at_a_time() -> ServiceError {
    LimitExceededException.with(
        "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
    )
}
