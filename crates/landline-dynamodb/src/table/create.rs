//! What `CreateTable` asks for, checked: from the request to a [`TableRecord`].

use std::collections::{BTreeMap, BTreeSet};

use landline_api::dynamodb as api;
use landline_wire::{ServiceError, Timestamp};

use super::keys::{Definitions, KeysOf, key_schema};
use super::policy::{PolicyRecord, check_policy};
use super::record::{
    AttributeRecord, Billing, EncryptionRecord, IndexRecord, IndexScope, IndexState, KeysRecord,
    OnDemand, Projected, StreamRecord, TableRecord, Throughput,
};
use super::tags::check_tags;
use super::warm::Warm;
use crate::error::{invalid_parameter, validation};
use crate::quotas::{MAX_GLOBAL_INDEXES, MAX_LOCAL_INDEXES, MAX_PROJECTED_ATTRIBUTES};

/// What the request does not say.
#[derive(Debug)]
pub(crate) struct NewTable {
    pub(crate) arn: String,
    pub(crate) id: String,
    pub(crate) created: Timestamp,
}

impl TableRecord {
    /// The number is given later, when the record is written.
    pub(crate) fn from_request(
        input: api::CreateTableInput,
        new: NewTable,
    ) -> Result<Self, ServiceError> {
        let billing = billing(
            input.billing_mode.as_ref(),
            input.provisioned_throughput.as_ref(),
        )?;
        let definitions = input.attribute_definitions.unwrap_or_default();
        let defined = Definitions::new(&definitions)?;
        let keys = input.key_schema.unwrap_or_default();
        let keys = key_schema(&keys, &defined, KeysOf::Table)?;

        let mut indexes = Vec::new();
        if let Some(local) = input.local_secondary_indexes {
            check_count("LocalSecondaryIndexes", local.len())?;
            for index in local {
                let number = next_number(&indexes);
                indexes.push(local_index(index, number, &keys, &defined)?);
            }
        }
        if let Some(global) = input.global_secondary_indexes {
            check_count("GlobalSecondaryIndexes", global.len())?;
            for index in global {
                let number = next_number(&indexes);
                indexes.push(global_index(index, number, billing, &defined)?);
            }
        }
        check_indexes(&indexes)?;
        defined.check_all_used(&keys, &indexes)?;

        let stream = stream(input.stream_specification)?;
        let encryption = input
            .sse_specification
            .filter(|sse| sse.enabled == Some(true));
        let tags = input.tags.unwrap_or_default();
        check_tags(&tags)?;
        let policies = policies(input.resource_policy, &new)?;
        Ok(Self {
            number: 0,
            name: input.table_name,
            arn: new.arn,
            id: new.id,
            created_millis: new.created.as_millis(),
            attributes: definitions.iter().map(attribute_record).collect(),
            keys,
            indexes,
            billing,
            on_demand_since_millis: None,
            on_demand: input.on_demand_throughput.as_ref().map(on_demand),
            changed_millis: None,
            recovery: None,
            deletion_protection: input.deletion_protection_enabled.unwrap_or_default(),
            table_class: input.table_class.map(|class| class.to_string()),
            encryption: encryption.map(|sse| EncryptionRecord {
                kind: sse
                    .sse_type
                    .map_or_else(|| "KMS".into(), |kind| kind.to_string()),
                key_arn: sse.kms_master_key_id,
            }),
            stream,
            time_to_live: None,
            tags: tags.into_iter().map(|tag| (tag.key, tag.value)).collect(),
            warm: Warm::at_first(input.warm_throughput.as_ref(), billing, None, "table")?,
            policies,
        })
    }
}

fn policies(
    policy: Option<String>,
    new: &NewTable,
) -> Result<BTreeMap<String, PolicyRecord>, ServiceError> {
    let mut policies = BTreeMap::new();
    if let Some(policy) = policy {
        check_policy(&policy)?;
        policies.insert(new.arn.clone(), PolicyRecord::new(policy, new.created));
    }
    Ok(policies)
}

/// Which operations a table is named for: they refuse a bad name in different words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NamedFor {
    Items,
    Management,
}

/// Checks the name of a table in a request, which may be an ARN by now: gives the name.
pub(crate) fn check_name(name: &str, named_for: NamedFor) -> Result<&str, ServiceError> {
    let name = match name.strip_prefix("arn:") {
        Some(rest) => rest
            .splitn(5, ':')
            .nth(4)
            .and_then(|resource| resource.strip_prefix("table/"))
            .ok_or_else(|| invalid_parameter(format_args!("Invalid table ARN: {name}")))?,
        None => name,
    };
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    let mut broken = Vec::new();
    if !name.bytes().all(allowed) {
        broken.push("Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+");
    }
    if !(3..=255).contains(&name.len()) {
        if named_for == NamedFor::Management {
            return Err(validation(
                "TableName must be at least 3 characters long and at most 255 characters long",
            ));
        }
        broken.push(if name.len() < 3 {
            "Member must have length greater than or equal to 3"
        } else {
            "Member must have length less than or equal to 255"
        });
    }
    if broken.is_empty() {
        return Ok(name);
    }
    let plural = if broken.len() == 1 { "" } else { "s" };
    let details = broken.iter().map(|constraint| {
        format!("Value '{name}' at 'tableName' failed to satisfy constraint: {constraint}")
    });
    Err(validation(format!(
        "{} validation error{plural} detected: {}",
        broken.len(),
        details.collect::<Vec<_>>().join("; ")
    )))
}

fn local_index(
    index: api::LocalSecondaryIndex,
    number: u8,
    table: &KeysRecord,
    defined: &Definitions<'_>,
) -> Result<IndexRecord, ServiceError> {
    let name = index.index_name;
    if table.sort.is_empty() {
        return Err(invalid_parameter(
            "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex",
        ));
    }
    defined.check_defined(&index.key_schema, KeysOf::LocalIndex)?;
    let keys = key_schema(&index.key_schema, defined, KeysOf::LocalIndex)?;
    if keys.sort.is_empty() {
        return Err(invalid_parameter(format_args!(
            "Index KeySchema does not have a range key for index: {name}"
        )));
    }
    if keys.hash != table.hash {
        return Err(invalid_parameter(format_args!(
            "Index KeySchema does not have the same leading hash key as table KeySchema for index: {name}. index hash key: {}, table hash key: {}",
            keys.hash.join(", "),
            table.hash.join(", ")
        )));
    }
    Ok(IndexRecord {
        number,
        name,
        scope: IndexScope::Local,
        keys,
        projected: projected(index.projection)?,
        throughput: None,
        on_demand: None,
        warm: None,
        state: IndexState::Original,
    })
}

fn global_index(
    index: api::GlobalSecondaryIndex,
    number: u8,
    billing: Billing,
    defined: &Definitions<'_>,
) -> Result<IndexRecord, ServiceError> {
    let name = index.index_name;
    let keys = key_schema(&index.key_schema, defined, KeysOf::GlobalIndex)?;
    let projected = projected(index.projection)?;
    let throughput = match (billing, index.provisioned_throughput) {
        (Billing::PayPerRequest, Some(_)) => {
            return Err(invalid_parameter(format_args!(
                "ProvisionedThroughput should not be specified for index: {name} when BillingMode is PAY_PER_REQUEST"
            )));
        }
        (Billing::Provisioned(_), None) => {
            return Err(invalid_parameter(format_args!(
                "ProvisionedThroughput must be specified for index: {name}"
            )));
        }
        (_, given) => given.as_ref().map(throughput),
    };
    let of = format!("index {name}");
    let warm = index.warm_throughput.as_ref();
    Ok(IndexRecord {
        number,
        name,
        scope: IndexScope::Global,
        keys,
        projected,
        throughput,
        on_demand: index.on_demand_throughput.as_ref().map(on_demand),
        warm: Warm::at_first(warm, billing, throughput, &of)?,
        state: IndexState::Original,
    })
}

pub(super) fn projected(projection: api::Projection) -> Result<Projected, ServiceError> {
    let kind = projection
        .projection_type
        .as_ref()
        .map_or("null", api::ProjectionType::as_str);
    let projected = match (kind, projection.non_key_attributes) {
        ("ALL", None) => Projected::All,
        ("KEYS_ONLY", None) => Projected::KeysOnly,
        ("ALL" | "KEYS_ONLY", Some(_)) => {
            return Err(invalid_parameter(format_args!(
                "ProjectionType is {kind}, but NonKeyAttributes is specified"
            )));
        }
        ("INCLUDE", Some(names)) => Projected::Include(names),
        ("INCLUDE", None) => {
            return Err(invalid_parameter(
                "ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
            ));
        }
        _ => {
            return Err(invalid_parameter(format_args!(
                "Unknown ProjectionType: {kind}"
            )));
        }
    };
    Ok(projected)
}

fn check_count(list: &str, count: usize) -> Result<(), ServiceError> {
    if count == 0 {
        return Err(invalid_parameter(format_args!("List of {list} is empty")));
    }
    Ok(())
}

/// What the indexes must be together.
pub(super) fn check_indexes(indexes: &[IndexRecord]) -> Result<(), ServiceError> {
    let mut names = BTreeSet::new();
    for index in indexes {
        if !names.insert(&index.name) {
            return Err(invalid_parameter(format_args!(
                "Duplicate index name: {}",
                index.name
            )));
        }
    }
    let count = |scope| indexes.iter().filter(|index| index.scope == scope).count();
    if count(IndexScope::Local) > MAX_LOCAL_INDEXES {
        return Err(invalid_parameter(format_args!(
            "Number of LocalSecondaryIndexes exceeds per-table limit of {MAX_LOCAL_INDEXES}"
        )));
    }
    if count(IndexScope::Global) > MAX_GLOBAL_INDEXES {
        return Err(invalid_parameter(format_args!(
            "GlobalSecondaryIndex count exceeds the per-table limit of {MAX_GLOBAL_INDEXES}"
        )));
    }
    let included = indexes.iter().map(|index| match &index.projected {
        Projected::Include(names) => names.len(),
        Projected::All | Projected::KeysOnly => 0,
    });
    if included.sum::<usize>() > MAX_PROJECTED_ATTRIBUTES {
        return Err(invalid_parameter(format_args!(
            "Number of projected attributes exceeds per-table limit of {MAX_PROJECTED_ATTRIBUTES}"
        )));
    }
    Ok(())
}

fn billing(
    mode: Option<&api::BillingMode>,
    given: Option<&api::ProvisionedThroughput>,
) -> Result<Billing, ServiceError> {
    match (mode, given) {
        (Some(api::BillingMode::PayPerRequest), None) => Ok(Billing::PayPerRequest),
        (Some(api::BillingMode::PayPerRequest), Some(_)) => Err(invalid_parameter(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        )),
        (_, None) => Err(invalid_parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        )),
        (_, Some(given)) => {
            let throughput = throughput(given);
            check_units(throughput, "")?;
            Ok(Billing::Provisioned(throughput))
        }
    }
}

/// AWS calls the view type by an older name.
fn stream(
    specification: Option<api::StreamSpecification>,
) -> Result<Option<StreamRecord>, ServiceError> {
    let Some(specification) = specification else {
        return Ok(None);
    };
    match (specification.stream_enabled, specification.stream_view_type) {
        (true, Some(view)) => Ok(Some(StreamRecord::new(&view))),
        (true, None) => Err(invalid_parameter(
            "Table is being created with a stream enabled, UpdateViewType is required",
        )),
        (false, Some(_)) => Err(invalid_parameter(
            "Table is being created with a stream disabled, UpdateViewType should not be specified",
        )),
        (false, None) => Ok(None),
    }
}

/// `of` names the index, if the units are not the table's.
pub(super) fn check_units(throughput: Throughput, of: &str) -> Result<(), ServiceError> {
    for (name, units) in [
        ("ReadCapacityUnits", throughput.read),
        ("WriteCapacityUnits", throughput.write),
    ] {
        if units > MAX_CAPACITY_UNITS {
            return Err(validation(format!(
                "Given value {units} for {name} is out of bounds{of}"
            )));
        }
    }
    Ok(())
}

pub(super) fn on_demand(given: &api::OnDemandThroughput) -> OnDemand {
    OnDemand {
        max_read: given.max_read_request_units,
        max_write: given.max_write_request_units,
    }
}

pub(super) fn throughput(given: &api::ProvisionedThroughput) -> Throughput {
    Throughput {
        read: given.read_capacity_units,
        write: given.write_capacity_units,
        ..Throughput::default()
    }
}

pub(super) fn attribute_record(definition: &api::AttributeDefinition) -> AttributeRecord {
    AttributeRecord {
        name: definition.attribute_name.clone(),
        kind: definition.attribute_type.to_string(),
    }
}

/// One more than the highest so far. The limits above keep it far below 255.
fn next_number(indexes: &[IndexRecord]) -> u8 {
    indexes
        .iter()
        .map(|index| index.number)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}

const MAX_CAPACITY_UNITS: i64 = 1_000_000_000_000;
