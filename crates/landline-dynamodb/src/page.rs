//! One page of a Query or Scan: a walk over rows that writes its answer as it goes.

use std::ops::ControlFlow;
use std::sync::Arc;

use landline_store::{Direction, KeyRange, Reader, Recalled, Recording, Store, StoreError, Values};
use landline_wire::ServiceError;

use crate::error::Failure;
use crate::expression::{Condition, Projection};
use crate::item::{CorruptItem, EncodedItem};
use crate::quotas::MAX_PAGE_BYTES;
use crate::table::{Index, Table};
use crate::value::Item;
use crate::write::decode_named;

/// What to walk over, and what of it to answer.
#[derive(Debug)]
pub(crate) struct PagePlan {
    pub(crate) table: Arc<Table>,
    /// The name of the index, which the table has.
    pub(crate) index: Option<String>,
    pub(crate) range: KeyRange,
    pub(crate) direction: Direction,
    pub(crate) end: End,
    /// How many rows may be evaluated.
    pub(crate) limit: Option<usize>,
    pub(crate) filter: Option<Condition>,
    pub(crate) output: Output,
}

/// How the walk knows that it is at the end of its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// Each row's key is compared with the end of the range.
    Key,
    /// The range's last row is looked up first, and each row compared with that one: no two rows of a range are the
    /// same, since each has its keys in it. To the engine, comparing keys is a sixth of a row's cost.
    LastRow,
}

impl End {
    /// For a scan, which walks forward, of so many rows: looking up the last one costs as much as comparing the keys
    /// of a hundred.
    pub(crate) fn of_scan(rows: usize) -> Self {
        if rows < LONG_SCAN {
            Self::Key
        } else {
            Self::LastRow
        }
    }
}

/// What is answered of each row.
#[derive(Debug)]
pub(crate) enum Output {
    /// Only how many there are.
    Count,
    Row,
    Projected(Projection),
    /// The item of the table that the row of an index stands for, whole or in part: what the index
    /// does not hold is looked up.
    Item(Option<Projection>),
}

/// What the walk has found.
#[derive(Debug, Default)]
pub(crate) struct Page {
    /// The items as the members of a JSON list.
    items: Vec<u8>,
    pub(crate) count: usize,
    pub(crate) scanned: usize,
    /// The size of the rows evaluated.
    pub(crate) bytes: usize,
    /// The size of the items that were looked up beside the index, each by itself.
    pub(crate) looked_up: Vec<usize>,
    /// The key of the last row evaluated, when there may be more behind it.
    pub(crate) last_key: Option<Item>,
    last_row: Vec<u8>,
}

/// How far a walk has come.
#[derive(PartialEq, Eq)]
enum Progress {
    /// The page is complete.
    Done,
    /// There is more, after a rest.
    More,
}

/// Gets the row at a key, beside the walk.
type LookUp<'a> = dyn Fn(&[u8]) -> Result<Option<Vec<u8>>, StoreError> + 'a;

impl PagePlan {
    /// Reads the page: the first stretch at once, since most pages are short; the rest of a long one
    /// on a blocking thread.
    pub(crate) async fn read(self, store: &Arc<dyn Store>) -> Result<Page, ServiceError> {
        let mut recording = match self.direction {
            Direction::Backward => None,
            Direction::Forward => match store.recall(&self.range) {
                Recalled::Values(values) => return self.read_values(values, store).await,
                Recalled::Nothing(recording) => Some(recording),
            },
        };
        let mut page = Page::default();
        if self.walk(&**store, &mut page, &mut recording, INLINE_BYTES)? == Progress::Done {
            return Ok(page);
        }
        let store = Arc::clone(store);
        on_blocking_thread(move || {
            self.walk(&*store, &mut page, &mut recording, MAX_PAGE_BYTES)?;
            Ok(page)
        })
        .await
    }

    /// As [`read`](Self::read), from what lies in memory.
    async fn read_values(
        self,
        values: Arc<Values>,
        store: &Arc<dyn Store>,
    ) -> Result<Page, ServiceError> {
        if values.bytes() <= INLINE_VALUES_BYTES {
            return Ok(self.walk_values(&values, &**store)?);
        }
        let store = Arc::clone(store);
        on_blocking_thread(move || self.walk_values(&values, &*store)).await
    }

    pub(crate) fn index(&self) -> Option<&Index> {
        let name = self.index.as_ref()?;
        self.table.indexes.iter().find(|index| index.name == *name)
    }

    /// Goes on where `page` ends, until it holds `budget` bytes or is complete.
    fn walk(
        &self,
        store: &dyn Store,
        page: &mut Page,
        recording: &mut Option<Recording>,
        budget: usize,
    ) -> Result<Progress, Failure> {
        let range = match (page.scanned, self.direction) {
            (0, _) => self.range.clone(),
            (_, Direction::Forward) => self.range.clone().after(&page.last_row),
            (_, Direction::Backward) => self.range.clone().before(&page.last_row),
        };
        let mut outcome = Ok(None);
        store.read(|reader| {
            let (range, last) = match self.end {
                End::Key => (range, None),
                End::LastRow => match last_row(reader, &range)? {
                    Some(last) => (range.without_end(), Some(last)),
                    None => return Ok(()),
                },
            };
            let look_up = |key: &[u8]| reader.get(key);
            reader.scan_values(&range, self.direction, &mut |row| {
                if let Some(recording) = recording {
                    recording.note(row);
                }
                outcome = self.visit(row, &look_up, page, budget);
                match outcome {
                    Ok(None) if last.as_deref() != Some(row) => ControlFlow::Continue(()),
                    _ => ControlFlow::Break(()),
                }
            })
        })?;
        let ended = outcome?;
        if let (None, Some(recording)) = (&ended, recording.take()) {
            store.remember(&self.range, recording);
        }
        Ok(ended.unwrap_or(Progress::Done))
    }

    /// As [`walk`](Self::walk), over what lies in memory, to the end of the page.
    fn walk_values(&self, values: &Values, store: &dyn Store) -> Result<Page, Failure> {
        let mut page = Page::default();
        let look_up = |key: &[u8]| store.get(key);
        for row in values.iter() {
            if self
                .visit(row, &look_up, &mut page, MAX_PAGE_BYTES)?
                .is_some()
            {
                break;
            }
        }
        Ok(page)
    }

    /// Evaluates one row; how far the walk has come, where it ends with it.
    fn visit(
        &self,
        row: &[u8],
        look_up: &LookUp<'_>,
        page: &mut Page,
        budget: usize,
    ) -> Result<Option<Progress>, Failure> {
        let row = EncodedItem::new(row)?;
        page.scanned += 1;
        page.bytes += row.size();
        let wanted = match &self.filter {
            Some(filter) => filter.matches(&self.filtered(row, look_up, filter)?),
            None => true,
        };
        if wanted {
            page.count += 1;
            self.answer(row, look_up, page)?;
        }
        // Stopping here leaves a key even if nothing should follow: DynamoDB does not look ahead.
        if self.limit == Some(page.scanned) || page.bytes >= MAX_PAGE_BYTES {
            page.last_key = Some(self.table.keys_of_row(self.index(), row)?);
            return Ok(Some(Progress::Done));
        }
        if page.bytes >= budget {
            page.last_row = self.key_of(row)?;
            return Ok(Some(Progress::More));
        }
        Ok(None)
    }

    /// Where the row stands: most pages never ask, so the walk does without the keys.
    fn key_of(&self, row: EncodedItem<'_>) -> Result<Vec<u8>, Failure> {
        let index = self.index();
        let keys = self.table.keys_of_row(index, row)?;
        let key = self.table.row_key_of_start(index, &keys);
        Ok(key.ok_or(CorruptItem)?)
    }

    /// What the filter has to see of the row.
    fn filtered(
        &self,
        row: EncodedItem<'_>,
        look_up: &LookUp<'_>,
        filter: &Condition,
    ) -> Result<Item, Failure> {
        if !matches!(self.output, Output::Item(_)) {
            return decode_named(filter, row);
        }
        match self.item_of(row, look_up)? {
            Some(item) => decode_named(filter, EncodedItem::new(&item)?),
            None => Ok(Item::new()),
        }
    }

    fn answer(
        &self,
        row: EncodedItem<'_>,
        look_up: &LookUp<'_>,
        page: &mut Page,
    ) -> Result<(), Failure> {
        match &self.output {
            Output::Count => {}
            Output::Row => row.write_json(page.next_item())?,
            Output::Projected(projection) => {
                row.write_projected_json(projection, page.next_item())?;
            }
            Output::Item(projection) => {
                let Some(item) = self.item_of(row, look_up)? else {
                    page.count -= 1;
                    return Ok(());
                };
                let item = EncodedItem::new(&item)?;
                page.looked_up.push(item.size());
                match projection {
                    Some(projection) => item.write_projected_json(projection, page.next_item())?,
                    None => item.write_json(page.next_item())?,
                }
            }
        }
        Ok(())
    }

    /// The table's own row for a row of an index.
    fn item_of(
        &self,
        row: EncodedItem<'_>,
        look_up: &LookUp<'_>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let keys = self.table.keys_of_row(None, row)?;
        let Some(key) = self.table.keys.key_in(&keys) else {
            return Ok(None);
        };
        Ok(look_up(&self.table.row_key(&key))?)
    }
}

async fn on_blocking_thread(
    read: impl FnOnce() -> Result<Page, Failure> + Send + 'static,
) -> Result<Page, ServiceError> {
    let page = tokio::task::spawn_blocking(read).await;
    Ok(page.map_err(|error| ServiceError::internal(&error))??)
}

fn last_row(reader: &dyn Reader, range: &KeyRange) -> Result<Option<Vec<u8>>, StoreError> {
    let mut last = None;
    reader.scan_values(range, Direction::Backward, &mut |row| {
        last = Some(row.to_vec());
        ControlFlow::Break(())
    })?;
    Ok(last)
}

impl Page {
    /// The buffer, ready for one more item.
    fn next_item(&mut self) -> &mut Vec<u8> {
        self.items
            .push(if self.items.is_empty() { b'[' } else { b',' });
        &mut self.items
    }

    /// The items as a JSON list.
    pub(crate) fn take_items(&mut self) -> Vec<u8> {
        let mut items = std::mem::take(&mut self.items);
        if items.is_empty() {
            items.push(b'[');
        }
        items.push(b']');
        items
    }
}

const LONG_SCAN: usize = 200;

/// A walk over this much takes about a third of a millisecond.
const INLINE_BYTES: usize = 256 << 10;

/// In memory, so much does.
const INLINE_VALUES_BYTES: usize = 512 << 10;
