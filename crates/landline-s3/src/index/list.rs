//! Listings: one page of keys, or of versions, with common prefixes rolled up.

use std::ops::ControlFlow;

use landline_store::{Direction, KeyRange, Reader, StoreError};

use super::record::{Version, sequence_of};
use super::{decode, keys, versions};
use crate::quotas::VISITS_MAX;

/// What is asked for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Listing {
    pub(crate) bucket: String,
    pub(crate) prefix: String,
    pub(crate) delimiter: Option<String>,
    /// Entries come after this key, or after all keys with this common prefix.
    pub(crate) after: Option<String>,
    pub(crate) entries_max: usize,
}

/// One page.
#[derive(Debug, Default)]
pub(crate) struct Page {
    pub(crate) entries: Vec<Entry>,
    /// Whether there is more, and the key or common prefix after which it comes.
    pub(crate) next: Option<String>,
}

#[derive(Debug)]
pub(crate) enum Entry {
    Key(String, Box<Version>),
    Prefix(String),
}

impl Entry {
    fn name(&self) -> &str {
        match self {
            Self::Key(name, _) | Self::Prefix(name) => name,
        }
    }
}

/// Which keys a listing shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    /// Those whose newest version is an object.
    Objects,
    All,
}

impl Listing {
    /// The common prefix that a key is rolled up into.
    fn rolled_up<'a>(&self, key: &'a str) -> Option<&'a str> {
        let delimiter = self.delimiter.as_deref().filter(|it| !it.is_empty())?;
        let at = key.get(self.prefix.len()..)?.find(delimiter)?;
        key.get(..self.prefix.len() + at + delimiter.len())
    }

    /// From where the page reads.
    fn range(&self) -> KeyRange {
        let range = KeyRange::prefix(&keys::current(&self.bucket, &self.prefix));
        match &self.after {
            None => range,
            Some(after) if self.rolled_up(after) == Some(after.as_str()) => {
                range.starting_at(&past(&self.bucket, after))
            }
            Some(after) => range.after(&keys::current(&self.bucket, after)),
        }
    }
}

/// Where the keys after all those with a prefix begin.
fn past(bucket: &str, prefix: &str) -> Vec<u8> {
    let mut stored = keys::current(bucket, prefix);
    // The last byte of a text is never the greatest one.
    if let Some(last) = stored.last_mut() {
        *last += 1;
    }
    stored
}

/// A page of the objects of a bucket.
pub(crate) fn objects(reader: &dyn Reader, listing: &Listing) -> Result<Page, StoreError> {
    walk(reader, listing, Shown::Objects)
}

fn walk(reader: &dyn Reader, listing: &Listing, shown: Shown) -> Result<Page, StoreError> {
    let mut page = Page::default();
    if listing.entries_max == 0 {
        return Ok(page);
    }
    let whole = KeyRange::prefix(&keys::current(&listing.bucket, &listing.prefix));
    let mut range = listing.range();
    let mut visits = 0;
    loop {
        let mut failure = None;
        let mut skip_to = None;
        let mut is_full = false;
        reader.scan(&range, Direction::Forward, &mut |stored, value| {
            visits += 1;
            let key = keys::key_of_current(&listing.bucket, stored);
            let version: Version = match decode(value) {
                Ok(version) => version,
                Err(error) => {
                    failure = Some(error);
                    return ControlFlow::Break(());
                }
            };
            let is_hidden = shown == Shown::Objects && version.object.is_none();
            if is_hidden && visits < VISITS_MAX {
                return ControlFlow::Continue(());
            }
            if page.entries.len() >= listing.entries_max || is_hidden {
                is_full = true;
                return ControlFlow::Break(());
            }
            if let Some(prefix) = listing.rolled_up(key) {
                page.entries.push(Entry::Prefix(prefix.to_owned()));
                skip_to = Some(past(&listing.bucket, prefix));
                return ControlFlow::Break(());
            }
            let version = Box::new(version);
            page.entries.push(Entry::Key(key.to_owned(), version));
            ControlFlow::Continue(())
        })?;
        if let Some(failure) = failure {
            return Err(failure);
        }
        match skip_to {
            Some(next) if !is_full => range = whole.clone().starting_at(&next),
            _ => {
                if is_full {
                    page.next = page.entries.last().map(|entry| entry.name().to_owned());
                }
                return Ok(page);
            }
        }
    }
}

/// One page of versions.
#[derive(Debug, Default)]
pub(crate) struct VersionPage {
    pub(crate) entries: Vec<VersionEntry>,
    /// Whether there is more, and the key and version after which it comes.
    pub(crate) next: Option<(String, Option<String>)>,
}

#[derive(Debug)]
pub(crate) enum VersionEntry {
    Version {
        key: String,
        version: Box<Version>,
        is_latest: bool,
    },
    Prefix(String),
}

/// A page of all versions of a bucket; `after` names the version within the key of
/// `listing.after` after which it begins.
pub(crate) fn versions(
    reader: &dyn Reader,
    listing: &Listing,
    after: Option<&str>,
) -> Result<VersionPage, StoreError> {
    let mut page = VersionPage::default();
    if let (Some(key), Some(id)) = (&listing.after, after) {
        let sequence = match versions::find(reader, &listing.bucket, key, id)? {
            Some(version) => Some(version.sequence),
            None => sequence_of(id),
        };
        if let Some(sequence) = sequence {
            add_older(reader, listing, key, Some(sequence), &mut page)?;
        }
    }
    let keys = walk(reader, listing, Shown::All)?;
    for entry in keys.entries {
        if page.next.is_some() {
            return Ok(page);
        }
        if page.entries.len() >= listing.entries_max {
            page.next = last(&page);
            return Ok(page);
        }
        match entry {
            Entry::Prefix(prefix) => page.entries.push(VersionEntry::Prefix(prefix)),
            Entry::Key(key, version) => {
                page.entries.push(VersionEntry::Version {
                    key: key.clone(),
                    version,
                    is_latest: true,
                });
                add_older(reader, listing, &key, None, &mut page)?;
            }
        }
    }
    if page.next.is_none() && keys.next.is_some() {
        page.next = last(&page);
    }
    Ok(page)
}

/// Adds the older versions of a key, those before a sequence number.
fn add_older(
    reader: &dyn Reader,
    listing: &Listing,
    key: &str,
    before: Option<u64>,
    page: &mut VersionPage,
) -> Result<(), StoreError> {
    let all = KeyRange::prefix(&keys::older(&listing.bucket, key, None));
    let range = match before {
        Some(sequence) => all.after(&keys::older(&listing.bucket, key, Some(sequence))),
        None => all,
    };
    let mut failure = None;
    let mut is_full = false;
    reader.scan(&range, Direction::Forward, &mut |_, value| {
        if page.entries.len() >= listing.entries_max {
            is_full = true;
            return ControlFlow::Break(());
        }
        match decode(value) {
            Ok(version) => page.entries.push(VersionEntry::Version {
                key: key.to_owned(),
                version: Box::new(version),
                is_latest: false,
            }),
            Err(error) => {
                failure = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    })?;
    if is_full {
        page.next = last(page);
    }
    failure.map_or(Ok(()), Err)
}

fn last(page: &VersionPage) -> Option<(String, Option<String>)> {
    page.entries.last().map(|entry| match entry {
        VersionEntry::Version { key, version, .. } => (key.clone(), Some(version.id().to_owned())),
        VersionEntry::Prefix(prefix) => (prefix.clone(), None),
    })
}
