//! Capacity units: what `ReturnConsumedCapacity` tells. Nothing is ever throttled.
//!
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html>

use std::collections::BTreeMap;

use landline_api::dynamodb as api;

use crate::error::Failure;
use crate::item::EncodedItem;
use crate::quotas::{READ_UNIT_BYTES, WRITE_UNIT_BYTES};
use crate::table::{Index, IndexScope, Table};
use crate::value::Item;
use crate::write::Written;

/// How much of it the request wants to hear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CapacityDetail {
    None,
    Total,
    Indexes,
}

impl CapacityDetail {
    pub(crate) fn of(wanted: Option<&api::ReturnConsumedCapacity>) -> Self {
        match wanted {
            Some(api::ReturnConsumedCapacity::Total) => Self::Total,
            Some(api::ReturnConsumedCapacity::Indexes) => Self::Indexes,
            _ => Self::None,
        }
    }

    pub(crate) fn is_wanted(self) -> bool {
        self != Self::None
    }
}

/// What one request has used of one table.
#[derive(Debug, Clone, Default)]
pub(crate) struct Usage {
    table: f64,
    local: BTreeMap<String, f64>,
    global: BTreeMap<String, f64>,
}

impl Usage {
    pub(crate) fn add_table(&mut self, units: f64) {
        self.table += units;
    }

    pub(crate) fn add_index(&mut self, index: &Index, units: f64) {
        let indexes = match index.scope {
            IndexScope::Local => &mut self.local,
            IndexScope::Global => &mut self.global,
        };
        *indexes.entry(index.name.clone()).or_default() += units;
    }

    /// What a write has cost; `factor` is two in a transaction.
    pub(crate) fn of_write(table: &Table, written: &Written, factor: f64) -> Result<Self, Failure> {
        let mut usage = Self::default();
        usage.add_table(factor * write_units(written.size()));
        if table.indexes.is_empty() {
            return Ok(usage);
        }
        let old = written.old.as_deref().map(EncodedItem::new).transpose()?;
        let old = old.map(|old| old.decode()).transpose()?;
        for index in &table.indexes {
            let entry = |item: Option<&Item>| -> Option<Item> {
                let item = item.filter(|item| index.keys.matches(item))?;
                Some(index.held(table, item))
            };
            let (before, after) = (entry(old.as_ref()), entry(written.new.as_ref()));
            if before == after {
                continue;
            }
            // A changed index key is a deletion and an insertion.
            let moved = match (&before, &after) {
                (Some(before), Some(after)) => {
                    index.keys.key_in(before) != index.keys.key_in(after)
                }
                _ => false,
            };
            let (before, after) = (
                before.map_or(0, |item| item.size()),
                after.map_or(0, |item| item.size()),
            );
            let units = if moved {
                write_units(before) + write_units(after)
            } else {
                write_units(before.max(after))
            };
            usage.add_index(index, factor * units);
        }
        Ok(usage)
    }

    pub(crate) fn add(&mut self, other: &Self) {
        self.table += other.table;
        for (name, units) in &other.local {
            *self.local.entry(name.clone()).or_default() += units;
        }
        for (name, units) in &other.global {
            *self.global.entry(name.clone()).or_default() += units;
        }
    }

    /// As the answer shows it; `None` when the request did not ask.
    pub(crate) fn report(
        &self,
        table: &Table,
        detail: CapacityDetail,
    ) -> Option<api::ConsumedCapacity> {
        if !detail.is_wanted() {
            return None;
        }
        let indexes = self.local.values().chain(self.global.values());
        let mut report = api::ConsumedCapacity {
            table_name: Some(table.name().to_owned()),
            capacity_units: Some(self.table + indexes.sum::<f64>()),
            ..api::ConsumedCapacity::default()
        };
        if detail == CapacityDetail::Indexes {
            report.table = Some(capacity(self.table));
            report.local_secondary_indexes = by_index(&self.local);
            report.global_secondary_indexes = by_index(&self.global);
        }
        Some(report)
    }
}

/// What reading this many bytes costs: half when it may be stale.
pub(crate) fn read_units(bytes: usize, consistent: bool) -> f64 {
    let units = whole_units(bytes, READ_UNIT_BYTES);
    if consistent { units } else { units / 2.0 }
}

pub(crate) fn write_units(bytes: usize) -> f64 {
    whole_units(bytes, WRITE_UNIT_BYTES)
}

/// Even nothing costs one unit: the look itself.
fn whole_units(bytes: usize, unit: usize) -> f64 {
    let units = u32::try_from(bytes.div_ceil(unit).max(1)).unwrap_or(u32::MAX);
    f64::from(units)
}

fn capacity(units: f64) -> api::Capacity {
    api::Capacity {
        capacity_units: Some(units),
        ..api::Capacity::default()
    }
}

fn by_index(units: &BTreeMap<String, f64>) -> Option<BTreeMap<String, api::Capacity>> {
    if units.is_empty() {
        return None;
    }
    let units = units
        .iter()
        .map(|(name, units)| (name.clone(), capacity(*units)));
    Some(units.collect())
}
