//! One write of one item: the condition, the change, and what of it the answer needs.
//!
//! It is prepared on the request's own task and evaluated on the committer thread, where every write
//! waits for the one before it; so whatever can be done earlier is.

use std::sync::Arc;

use landline_store::{Reader as _, Transaction};

use crate::catalog::not_found;
use crate::error::{Failure, validation};
use crate::expression::{Condition, Update};
use crate::item::{EncodedItem, encode};
use crate::stream::Origin;
use crate::table::{PrimaryKey, Table};
use crate::value::Item;

#[derive(Debug)]
pub(crate) struct ItemWrite {
    pub(crate) table: Arc<Table>,
    pub(crate) key: PrimaryKey,
    pub(crate) condition: Option<Condition>,
    pub(crate) change: Change,
    /// Whether the caller needs [`Written::old`].
    pub(crate) wants_old: bool,
}

#[derive(Debug)]
pub(crate) enum Change {
    Put(NewItem),
    /// `None` changes nothing, but creates an item that does not exist.
    Update(Option<Update>),
    Delete,
    /// The condition alone.
    Check,
}

/// An item ready to be stored.
#[derive(Debug)]
pub(crate) struct NewItem {
    pub(crate) item: Item,
    pub(crate) encoded: Vec<u8>,
}

/// What a write has done.
#[derive(Debug)]
pub(crate) struct Written {
    /// What was stored before, if the write had to look.
    pub(crate) old: Option<Vec<u8>>,
    pub(crate) new: Option<Item>,
}

impl NewItem {
    pub(crate) fn new(item: Item) -> Self {
        let encoded = encode(&item);
        Self { item, encoded }
    }
}

impl Written {
    /// The bytes that the write counts for: the larger of before and after.
    pub(crate) fn size(&self) -> usize {
        let old = self
            .old
            .as_deref()
            .and_then(|old| EncodedItem::new(old).ok());
        let old = old.map_or(0, |old| old.size());
        old.max(self.new.as_ref().map_or(0, Item::size))
    }
}

impl ItemWrite {
    /// Decides and changes; an error leaves nothing changed.
    pub(crate) fn evaluate(self, transaction: &mut Transaction<'_>) -> Result<Written, Failure> {
        let table = &self.table.newest();
        if table.is_dropped() {
            return Err(not_found().into());
        }
        let is_outdated = !Arc::ptr_eq(table, &self.table);
        let old = if self.needs_old() || table.needs_old() {
            transaction.get(&table.row_key(&self.key))?
        } else {
            None
        };
        let stored = old.as_deref().map(EncodedItem::new).transpose()?;
        if let Some(condition) = &self.condition
            && !holds(condition, stored)?
        {
            return Err(Failure::ConditionFailed(old));
        }
        let new = match self.change {
            Change::Put(new) => {
                if is_outdated {
                    table.check_stored(&new.item)?;
                }
                Some(new)
            }
            Change::Delete => None,
            Change::Check => return Ok(Written { old, new: None }),
            Change::Update(update) => {
                let Some(item) = updated(table, &self.key, update.as_ref(), stored)? else {
                    return Ok(Written { old, new: None });
                };
                table.check_updated(&item)?;
                Some(NewItem::new(item))
            }
        };
        let new = table.replace(transaction, &self.key, stored, new, Origin::Client)?;
        Ok(Written { old, new })
    }

    /// The bytes that the request brings along.
    pub(crate) fn new_bytes(&self) -> usize {
        match &self.change {
            Change::Put(item) => item.item.size(),
            Change::Update(_) | Change::Delete | Change::Check => 0,
        }
    }

    /// Whether the write itself has to look at what is there; the table may have to as well.
    fn needs_old(&self) -> bool {
        self.wants_old
            || self.condition.is_some()
            || matches!(self.change, Change::Update(_) | Change::Check)
    }
}

/// Whether the condition holds for the item, or for its absence.
fn holds(condition: &Condition, stored: Option<EncodedItem<'_>>) -> Result<bool, Failure> {
    let Some(stored) = stored else {
        return Ok(condition.matches(&Item::new()));
    };
    Ok(condition.matches(&decode_named(condition, stored)?))
}

/// Of a stored item, the attributes that the condition names.
pub(crate) fn decode_named(
    condition: &Condition,
    stored: EncodedItem<'_>,
) -> Result<Item, Failure> {
    let paths = condition.paths();
    Ok(stored.decode_only(|name| paths.iter().any(|path| path.root() == name))?)
}

/// The item after the update; `None` when there is nothing to store.
fn updated(
    table: &Table,
    key: &PrimaryKey,
    update: Option<&Update>,
    stored: Option<EncodedItem<'_>>,
) -> Result<Option<Item>, Failure> {
    let before = match stored {
        Some(stored) => stored.decode()?,
        None => key.to_item(&table.keys),
    };
    let Some(update) = update else {
        return Ok(Some(before));
    };
    let mut after = before.clone();
    update
        .apply(&mut after)
        .map_err(|error| validation(error.into_message()))?;
    // An update that only takes away does not create the item that it found missing.
    if stored.is_none() && after == before {
        return Ok(None);
    }
    Ok(Some(after))
}
