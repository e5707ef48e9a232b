//! What both stores promise (`contract`, `model`, `recent`), and what only the disk can (`disk`, `crash`).

mod collection;
mod contract;
mod crash;
mod disk;
mod key_space;
mod model;
mod recent;

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use crate::{Direction, KeyRange, Options, Reader, Store, StoreError, open_disk, open_memory};

/// Runs one test against both implementations.
fn with_each_store<F: Future<Output = ()>>(test: impl Fn(Arc<dyn Store>) -> F) {
    let directory = tempfile::tempdir().unwrap();
    for store in [open_memory(), open_in(directory.path())] {
        block_on(test(store));
    }
}

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap()
        .block_on(future)
}

fn open_in(directory: &Path) -> Arc<dyn Store> {
    open_disk(directory, Options::default()).unwrap()
}

async fn put(store: &dyn Store, key: &str, value: &str) -> Result<(), StoreError> {
    let (key, value) = (key.to_owned(), value.to_owned());
    store
        .write(move |transaction| {
            transaction.put(key, value);
            Ok(())
        })
        .await
}

fn get(store: &dyn Store, key: &str) -> Option<String> {
    let value = store.get(key.as_bytes()).unwrap()?;
    Some(String::from_utf8(value).unwrap())
}

fn scan(reader: &dyn Reader, range: &KeyRange, direction: Direction) -> Vec<(Vec<u8>, Vec<u8>)> {
    let mut rows = Vec::new();
    let visited = reader.scan(range, direction, &mut |key, value| {
        rows.push((key.to_vec(), value.to_vec()));
        ControlFlow::Continue(())
    });
    visited.unwrap();
    let mut values = Vec::new();
    let visited = reader.scan_values(range, direction, &mut |value| {
        values.push(value.to_vec());
        ControlFlow::Continue(())
    });
    visited.unwrap();
    assert!(values.iter().eq(rows.iter().map(|(_, value)| value)));
    rows
}

fn keys(reader: &dyn Reader, range: &KeyRange, direction: Direction) -> String {
    let rows = scan(reader, range, direction);
    let keys: Vec<_> = rows
        .iter()
        .map(|(key, _)| String::from_utf8_lossy(key))
        .collect();
    keys.join(" ")
}
