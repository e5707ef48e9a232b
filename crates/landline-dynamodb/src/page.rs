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

impl PagePlan {
    /// Reads the page: the first stretch at once, since most pages are short; the rest of a long one
    /// on a blocking thread.
    pub(crate) async fn read(self, store: &Arc<dyn Store>) -> Result<Page, ServiceError> {
        let recalled = self.may_be_recalled().then(|| store.recall(&self.range));
        let mut recording = match recalled {
            Some(Recalled::Values(values)) => return self.read_values(values).await,
            Some(Recalled::Unknown(recording)) => Some(recording),
            None => None,
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

    /// Whether the page is a whole range in order, and nothing else: items that are looked up beside it have to be of the
    /// same snapshot.
    fn may_be_recalled(&self) -> bool {
        self.direction == Direction::Forward
            && self.limit.is_none()
            && !matches!(self.output, Output::Item(_))
    }

    /// As [`read`](Self::read), from what lies in memory.
    async fn read_values(self, values: Arc<Values>) -> Result<Page, ServiceError> {
        if values.bytes() <= INLINE_VALUES_BYTES {
            return Ok(self.walk_values(&values)?);
        }
        on_blocking_thread(move || self.walk_values(&values)).await
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
            reader.scan_values(&range, self.direction, &mut |row| {
                if let Some(recording) = recording {
                    recording.note(row);
                }
                outcome = self.visit(Some(reader), row, page, budget);
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
    fn walk_values(&self, values: &Values) -> Result<Page, Failure> {
        let mut page = Page::default();
        for row in values.iter() {
            if self.visit(None, row, &mut page, MAX_PAGE_BYTES)?.is_some() {
                break;
            }
        }
        Ok(page)
    }

    /// Evaluates one row; how far the walk has come, where it ends with it. The reader is of the walk's snapshot, which a
    /// walk in memory has not.
    fn visit(
        &self,
        reader: Option<&dyn Reader>,
        row: &[u8],
        page: &mut Page,
        budget: usize,
    ) -> Result<Option<Progress>, Failure> {
        let row = EncodedItem::new(row)?;
        page.scanned += 1;
        page.bytes += row.size();
        let wanted = match &self.filter {
            Some(filter) => filter.matches(&self.filtered(reader, filter, row)?),
            None => true,
        };
        if wanted {
            page.count += 1;
            self.answer(reader, row, page)?;
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
        reader: Option<&dyn Reader>,
        filter: &Condition,
        row: EncodedItem<'_>,
    ) -> Result<Item, Failure> {
        if !matches!(self.output, Output::Item(_)) {
            return decode_named(filter, row);
        }
        match self.look_up(reader, row)? {
            Some(item) => decode_named(filter, EncodedItem::new(&item)?),
            None => Ok(Item::new()),
        }
    }

    fn answer(
        &self,
        reader: Option<&dyn Reader>,
        row: EncodedItem<'_>,
        page: &mut Page,
    ) -> Result<(), Failure> {
        match &self.output {
            Output::Count => {}
            Output::Row => row.write_json(page.next_item())?,
            Output::Projected(projection) => {
                row.write_projected_json(projection, page.next_item())?;
            }
            Output::Item(projection) => {
                let Some(item) = self.look_up(reader, row)? else {
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
    fn look_up(
        &self,
        reader: Option<&dyn Reader>,
        row: EncodedItem<'_>,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let keys = self.table.keys_of_row(None, row)?;
        let (Some(reader), Some(key)) = (reader, self.table.keys.key_in(&keys)) else {
            return Ok(None);
        };
        Ok(reader.get(&self.table.row_key(&key))?)
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

/// A walk over so much in memory takes as long.
const INLINE_VALUES_BYTES: usize = 512 << 10;
