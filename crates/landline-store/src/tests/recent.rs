//! What the store keeps of ranges that are read again and again.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use super::{block_on, open_in, put, with_each_store};
use crate::{
    Direction, KeyRange, Options, Recalled, Recording, Store, StoreError, WriteProtection,
    open_disk,
};

#[test]
fn a_range_lies_in_memory_after_two_walks() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = KeyRange::prefix(b"row");
        let read = walk(&*store, &range);
        assert_eq!(walk(&*store, &range), read);
        assert_eq!(recalled(&*store, &range), Some(read));
    });
}

#[test]
fn a_range_with_a_write_after_each_walk_is_never_copied() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = KeyRange::prefix(b"row");
        for round in 0..4 {
            walk(&*store, &range);
            assert_eq!(recalled(&*store, &range), None);
            put(&*store, "row-50", &round.to_string()).await.unwrap();
        }
    });
}

#[test]
fn a_write_to_the_range_shows_at_once() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = keep(&*store, b"row");
        put(&*store, "row-50", "new").await.unwrap();
        assert_eq!(recalled(&*store, &range), None);
        assert!(walk(&*store, &range).contains(&"new".into()));
    });
}

#[test]
fn a_deletion_from_the_range_shows_at_once() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = keep(&*store, b"row");
        let deleted = store.write(|transaction| {
            transaction.delete("row-50");
            Ok::<_, StoreError>(())
        });
        deleted.await.unwrap();
        assert_eq!(recalled(&*store, &range), None);
        assert_eq!(walk(&*store, &range).len(), 99);
    });
}

#[test]
fn a_write_beside_the_range_leaves_it_in_memory() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = keep(&*store, b"row");
        put(&*store, "rov-50", "before").await.unwrap();
        put(&*store, "rox-50", "behind").await.unwrap();
        assert!(recalled(&*store, &range).is_some());
    });
}

#[test]
fn a_refused_write_leaves_the_range_in_memory() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = keep(&*store, b"row");
        let refused = store.write(|transaction| {
            transaction.put("row-50", "never");
            Err::<(), _>(StoreError::Panicked)
        });
        assert!(refused.await.is_err());
        assert!(recalled(&*store, &range).is_some());
    });
}

#[test]
fn what_a_walk_saw_before_a_write_is_not_kept() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = KeyRange::prefix(b"row");
        walk(&*store, &range);
        let mut late = recording(&*store, &range);
        record(&*store, &range, &mut late);
        put(&*store, "row-50", "new").await.unwrap();
        store.remember(&range, late);
        assert_eq!(recalled(&*store, &range), None);
    });
}

#[test]
fn what_a_walk_saw_before_its_range_was_forgotten_is_not_kept() {
    with_each_store(async |store| {
        for prefix in 0..16 {
            fill_as(&*store, &format!("{prefix:02}"), 100).await;
        }
        fill(&*store, 100).await;
        let range = KeyRange::prefix(b"row");
        walk(&*store, &range);
        let mut late = recording(&*store, &range);
        record(&*store, &range, &mut late);
        for prefix in 0..16 {
            walk(
                &*store,
                &KeyRange::prefix(format!("{prefix:02}").as_bytes()),
            );
        }
        put(&*store, "row-50", "new").await.unwrap();
        walk(&*store, &range);
        store.remember(&range, late);
        assert_eq!(recalled(&*store, &range), None);
    });
}

/// Only on the disk: in memory, a write that reads past its own transaction would wait for itself.
#[test]
fn what_is_walked_while_it_is_being_changed_is_not_kept() {
    let directory = tempfile::tempdir().unwrap();
    let store = open_in(directory.path());
    block_on(async {
        fill(&*store, 100).await;
        // Holds the committer, so that the next two writes are of one commit.
        let (release, held) = mpsc::channel::<()>();
        let holds = store.write(move |_| {
            let _ = held.recv();
            Ok::<_, StoreError>(())
        });
        let changes = put(&*store, "row-50", "new");
        let reading = Arc::clone(&store);
        let walks = store.write(move |_| {
            for _ in 0..3 {
                walk(&*reading, &KeyRange::prefix(b"row"));
            }
            Ok::<_, StoreError>(())
        });
        let releases = async {
            release.send(()).unwrap();
            Ok(())
        };
        tokio::try_join!(holds, changes, walks, releases).unwrap();
        assert!(walk(&*store, &KeyRange::prefix(b"row")).contains(&"new".into()));
    });
}

#[test]
fn a_write_that_fails_leaves_what_was_there() {
    static PROTECTION: AtomicBool = AtomicBool::new(false);
    let directory = tempfile::tempdir().unwrap();
    let options = Options {
        write_protection: Some(WriteProtection(&PROTECTION)),
        ..Options::default()
    };
    let store = open_disk(directory.path(), options).unwrap();
    block_on(async {
        fill(&*store, 100).await;
        let range = keep(&*store, b"row");
        let before = walk(&*store, &range);
        PROTECTION.store(true, Ordering::SeqCst);
        assert!(put(&*store, "row-50", "never").await.is_err());
        assert_eq!(walk(&*store, &range), before);
        keep(&*store, b"row");
        assert_eq!(recalled(&*store, &range), Some(before));
    });
}

#[test]
fn a_walk_that_ends_early_is_not_kept() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = KeyRange::prefix(b"row");
        for _ in 0..3 {
            let mut stopped = recording(&*store, &range);
            record(&*store, &range, &mut stopped);
        }
        assert_eq!(recalled(&*store, &range), None);
    });
}

#[test]
fn a_range_beyond_4_mb_is_not_kept() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        put(&*store, "row-50", &"x".repeat(4 << 20)).await.unwrap();
        let range = KeyRange::prefix(b"row");
        for _ in 0..3 {
            walk(&*store, &range);
        }
        assert_eq!(recalled(&*store, &range), None);
    });
}

#[test]
fn of_many_ranges_those_used_last_are_kept() {
    with_each_store(async |store| {
        for prefix in 0..17 {
            fill_as(&*store, &format!("{prefix:02}"), 100).await;
        }
        let first = keep(&*store, b"00");
        let second = keep(&*store, b"01");
        assert!(recalled(&*store, &first).is_some());
        for prefix in 2..17 {
            keep(&*store, format!("{prefix:02}").as_bytes());
        }
        assert!(recalled(&*store, &first).is_some());
        assert!(recalled(&*store, &second).is_none());
    });
}

#[test]
fn what_is_kept_of_all_ranges_takes_4_mb_at_most() {
    with_each_store(async |store| {
        for prefix in ["a", "b", "c"] {
            fill_as(&*store, prefix, 100).await;
            let wide = "x".repeat(1_500_000);
            put(&*store, &format!("{prefix}-50"), &wide).await.unwrap();
        }
        let ranges = [b"a", b"b", b"c"].map(|prefix| keep(&*store, prefix));
        let is_kept = |range| recalled(&*store, range).is_some();
        assert_eq!(ranges.each_ref().map(is_kept), [false, true, true]);
    });
}

#[test]
fn a_copy_that_comes_to_no_end_is_made_again_later() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = KeyRange::prefix(b"row");
        walk(&*store, &range);
        let mut stopped = recording(&*store, &range);
        record(&*store, &range, &mut stopped);
        drop(stopped);
        walk(&*store, &range);
        walk(&*store, &range);
        assert!(recalled(&*store, &range).is_some());
    });
}

#[test]
fn a_closed_store_recalls_nothing() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let range = keep(&*store, b"row");
        store.close();
        assert_eq!(recalled(&*store, &range), None);
    });
}

/// Readers on threads of their own, while one row counts up: each sees at least what was acknowledged before it began, and
/// what any other has seen.
#[test]
fn no_walk_sees_the_past() {
    with_each_store(async |store| {
        fill(&*store, 100).await;
        let readers = Arc::new(Readers::default());
        let threads = [(); 2].map(|()| {
            let (store, readers) = (Arc::clone(&store), Arc::clone(&readers));
            std::thread::spawn(move || readers.read(&*store))
        });
        for count in 1..=300_u64 {
            let text = format!("{count:09}");
            put(&*store, "row-50", &text).await.unwrap();
            readers.seen.fetch_max(count, Ordering::SeqCst);
            // Some counts stay long enough to be kept, most do not.
            if count % 8 == 0 {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
        }
        while readers.from_memory.load(Ordering::SeqCst) == 0 {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        readers.is_done.store(true, Ordering::SeqCst);
        for thread in threads {
            thread.join().unwrap();
        }
    });
}

#[derive(Default)]
struct Readers {
    /// The highest count that was acknowledged or read.
    seen: AtomicU64,
    from_memory: AtomicUsize,
    is_done: AtomicBool,
}

impl Readers {
    fn read(&self, store: &dyn Store) {
        let range = KeyRange::prefix(b"row");
        while !self.is_done.load(Ordering::SeqCst) {
            let least = self.seen.load(Ordering::SeqCst);
            let values = match store.recall(&range) {
                Recalled::Values(values) => {
                    self.from_memory.fetch_add(1, Ordering::SeqCst);
                    values.iter().map(text).collect()
                }
                Recalled::Unknown(recording) => walk_with(recording, store, &range),
            };
            let count = values[50].parse().unwrap();
            assert!(count >= least, "{count} after {least}");
            self.seen.fetch_max(count, Ordering::SeqCst);
        }
    }
}

async fn fill(store: &dyn Store, rows: usize) {
    fill_as(store, "row", rows).await;
}

async fn fill_as(store: &dyn Store, prefix: &str, rows: usize) {
    let prefix = prefix.to_owned();
    let filled = store.write(move |transaction| {
        for row in 0..rows {
            transaction.put(format!("{prefix}-{row:02}"), format!("{:09}", 0));
        }
        Ok::<_, StoreError>(())
    });
    filled.await.unwrap();
}

/// Walks until the range lies in memory.
fn keep(store: &dyn Store, prefix: &[u8]) -> KeyRange {
    let range = KeyRange::prefix(prefix);
    walk(store, &range);
    walk(store, &range);
    assert!(recalled(store, &range).is_some());
    range
}

fn recalled(store: &dyn Store, range: &KeyRange) -> Option<Vec<String>> {
    match store.recall(range) {
        Recalled::Values(values) => Some(values.iter().map(text).collect()),
        Recalled::Unknown(_) => None,
    }
}

fn recording(store: &dyn Store, range: &KeyRange) -> Recording {
    match store.recall(range) {
        Recalled::Unknown(recording) => recording,
        Recalled::Values(_) => panic!("the range lies in memory"),
    }
}

/// Walks over the range as a reader does.
fn walk(store: &dyn Store, range: &KeyRange) -> Vec<String> {
    match store.recall(range) {
        Recalled::Values(values) => values.iter().map(text).collect(),
        Recalled::Unknown(recording) => walk_with(recording, store, range),
    }
}

fn walk_with(mut recording: Recording, store: &dyn Store, range: &KeyRange) -> Vec<String> {
    let values = record(store, range, &mut recording);
    store.remember(range, recording);
    values
}

fn record(store: &dyn Store, range: &KeyRange, recording: &mut Recording) -> Vec<String> {
    let mut values = Vec::new();
    let read = store.read(|reader| {
        reader.scan_values(range, Direction::Forward, &mut |value| {
            recording.note(value);
            values.push(text(value));
            ControlFlow::Continue(())
        })
    });
    read.unwrap();
    values
}

fn text(value: &[u8]) -> String {
    String::from_utf8_lossy(value).into_owned()
}
