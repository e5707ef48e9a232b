//! Records of one type under a name: how the control planes keep their APIs, functions and roles.

use std::fmt;
use std::marker::PhantomData;
use std::ops::ControlFlow;

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Direction, KeyRange, Reader, Store, StoreError, Transaction};

/// A set of JSON records, each under an id that is unique in the collection.
///
/// Declare one as a constant, named after the service and the record: `Collection::new("iam.role")`.
/// The methods that end in `_in` work inside a read or write closure of the store; the others are
/// those closures for a single record.
pub struct Collection<T> {
    name: &'static str,
    record: PhantomData<fn(T) -> T>,
}

impl<T: Serialize + DeserializeOwned> Collection<T> {
    /// The name is part of every stored key: it may never change, and must not hold a zero byte.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            record: PhantomData,
        }
    }

    /// Every record, in the order of the ids.
    pub fn load(&self, store: &dyn Store) -> Result<Vec<(String, T)>, StoreError> {
        store.read(|reader| self.load_in(reader))
    }

    pub fn get(&self, store: &dyn Store, id: &str) -> Result<Option<T>, StoreError> {
        let value = store.get(&self.key(id))?;
        value.map(|value| self.decode(id, &value)).transpose()
    }

    /// Inserts or replaces a record; durable when this returns.
    pub async fn put(&self, store: &dyn Store, id: &str, record: T) -> Result<(), StoreError> {
        let (key, value) = (self.key(id), self.encode(id, &record)?);
        store
            .write(move |transaction| {
                transaction.put(key, value);
                Ok(())
            })
            .await
    }

    /// Removes a record, if there is one.
    pub async fn delete(&self, store: &dyn Store, id: &str) -> Result<(), StoreError> {
        let key = self.key(id);
        store
            .write(move |transaction| {
                transaction.delete(key);
                Ok(())
            })
            .await
    }

    pub fn load_in(&self, reader: &dyn Reader) -> Result<Vec<(String, T)>, StoreError> {
        self.list_in(reader, "")
    }

    /// The records whose ids begin with `id_prefix`, in the order of the ids.
    pub fn list_in(
        &self,
        reader: &dyn Reader,
        id_prefix: &str,
    ) -> Result<Vec<(String, T)>, StoreError> {
        self.page_in(reader, id_prefix, None, usize::MAX)
    }

    /// At most `most` of the records whose ids begin with `id_prefix`, in the order of the ids; only those that come
    /// after the id `after`, if there is one.
    pub fn page_in(
        &self,
        reader: &dyn Reader,
        id_prefix: &str,
        after: Option<&str>,
        most: usize,
    ) -> Result<Vec<(String, T)>, StoreError> {
        let id_start = self.key("").len();
        let mut range = KeyRange::prefix(&self.key(id_prefix));
        if let Some(after) = after {
            range = range.after(&self.key(after));
        }
        let mut records = Vec::new();
        let mut failure = None;
        reader.scan(&range, Direction::Forward, &mut |key, value| {
            if records.len() >= most {
                return ControlFlow::Break(());
            }
            let id = String::from_utf8_lossy(&key[id_start..]).into_owned();
            match self.decode(&id, value) {
                Ok(record) => records.push((id, record)),
                Err(error) => {
                    failure = Some(error);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        })?;
        failure.map_or(Ok(records), Err)
    }

    /// How many records have ids that begin with `id_prefix`.
    pub fn count_in(&self, reader: &dyn Reader, id_prefix: &str) -> Result<usize, StoreError> {
        let mut count = 0;
        let range = KeyRange::prefix(&self.key(id_prefix));
        reader.scan(&range, Direction::Forward, &mut |_, _| {
            count += 1;
            ControlFlow::Continue(())
        })?;
        Ok(count)
    }

    pub fn get_in(&self, reader: &dyn Reader, id: &str) -> Result<Option<T>, StoreError> {
        let value = reader.get(&self.key(id))?;
        value.map(|value| self.decode(id, &value)).transpose()
    }

    pub fn put_in(
        &self,
        transaction: &mut Transaction<'_>,
        id: &str,
        record: &T,
    ) -> Result<(), StoreError> {
        transaction.put(self.key(id), self.encode(id, record)?);
        Ok(())
    }

    pub fn delete_in(&self, transaction: &mut Transaction<'_>, id: &str) {
        transaction.delete(self.key(id));
    }

    /// Removes every record whose id begins with `id_prefix`: the children of something deleted.
    pub fn delete_under_in(
        &self,
        transaction: &mut Transaction<'_>,
        id_prefix: &str,
    ) -> Result<(), StoreError> {
        transaction.delete_range(&KeyRange::prefix(&self.key(id_prefix)))
    }

    fn key(&self, id: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(2 + self.name.len() + id.len());
        key.push(COLLECTION_KEYS);
        key.extend_from_slice(self.name.as_bytes());
        // Ends the name, so that "api" does not hold the records of "api.route".
        key.push(0);
        key.extend_from_slice(id.as_bytes());
        key
    }

    fn encode(&self, id: &str, record: &T) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(record).map_err(|error| self.unreadable(id, &error))
    }

    fn decode(&self, id: &str, value: &[u8]) -> Result<T, StoreError> {
        serde_json::from_slice(value).map_err(|error| self.unreadable(id, &error))
    }

    fn unreadable(&self, id: &str, error: &serde_json::Error) -> StoreError {
        StoreError::Record {
            collection: self.name,
            id: id.to_owned(),
            reason: error.to_string(),
        }
    }
}

impl<T> Clone for Collection<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Collection<T> {}

impl<T> fmt::Debug for Collection<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_tuple("Collection")
            .field(&self.name)
            .finish()
    }
}

/// The first byte of every key of every collection.
const COLLECTION_KEYS: u8 = crate::KeySpace::Collections.byte();
