//! Strict mode: a table takes its time to come up and to change, as on AWS.
//!
//! A laptop does everything at once, and so hides what an application forgets: to wait until a table is
//! active, or that a global index follows its table only after a while.

mod lag;

use std::sync::Arc;
use std::time::Duration;

use landline_api::dynamodb as api;
use landline_api::dynamodb::errors::ResourceInUseException;
use landline_wire::ServiceError;

use crate::DynamoDb;
use crate::catalog::not_found;
use crate::table::Table;

pub(crate) use lag::Lag;

/// How long things take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strict {
    /// For this long a new table is `CREATING` and takes no items.
    pub creating: Duration,
    /// For this long a changed table is `UPDATING`.
    pub updating: Duration,
    /// So much later than the table does a global index show a write.
    pub index_delay: Duration,
}

impl Default for Strict {
    /// What AWS takes on a good day; its indexes are mostly faster, and sometimes slower.
    fn default() -> Self {
        Self {
            creating: Duration::from_secs(5),
            updating: Duration::from_secs(3),
            index_delay: Duration::from_millis(500),
        }
    }
}

impl DynamoDb {
    /// What the table is doing.
    pub(crate) fn status(&self, table: &Table) -> api::TableStatus {
        let Some(strict) = self.strict else {
            return api::TableStatus::Active;
        };
        let now = self.clock.now().as_millis();
        let lasts = |since: i64, duration: Duration| {
            let duration = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX);
            now < since.saturating_add(duration)
        };
        if lasts(table.record.created_millis, strict.creating) {
            return api::TableStatus::Creating;
        }
        let changed = table.record.changed_millis;
        if changed.is_some_and(|changed| lasts(changed, strict.updating)) {
            return api::TableStatus::Updating;
        }
        api::TableStatus::Active
    }

    /// Whether the table is coming up or being changed.
    pub(crate) fn is_changing(&self, table: &Table) -> bool {
        self.status(table) != api::TableStatus::Active
    }

    /// Refuses to change or delete a table that is not at rest.
    pub(crate) fn check_not_changing(&self, table: &Table) -> Result<(), ServiceError> {
        let what = match self.status(table) {
            api::TableStatus::Creating => "created",
            api::TableStatus::Updating => "updated",
            _ => return Ok(()),
        };
        Err(ResourceInUseException.with(format!(
            "Attempt to change a resource which is still in use: Table is being {what}: {}",
            table.name()
        )))
    }

    /// The table that an item operation names. AWS does not know one that is still coming up.
    pub(crate) fn table(&self, name: &str) -> Result<Arc<Table>, ServiceError> {
        let table = self.catalog.table(name)?;
        if self.strict.is_some() && self.status(&table) == api::TableStatus::Creating {
            return Err(not_found());
        }
        Ok(table)
    }

    /// Refuses to delete a table of which an index is on its way; without strictness, it just goes.
    pub(crate) fn check_deletable(&self, table: &Table) -> Result<(), ServiceError> {
        self.check_not_changing(table)?;
        let mut indexes = table.record.indexes.iter();
        if self.strict.is_some() && indexes.any(|index| !index.state.is_settled()) {
            return Err(ResourceInUseException.with(
                "Attempt to change a resource which is still in use: Cannot delete table while indexes are being created, updated, or deleted.",
            ));
        }
        Ok(())
    }
}
