//! The contract of [`Store`], the same for disk and memory.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::{get, keys, put, with_each_store};
use crate::{Direction, Fate, KeyRange, Reader, StoreError};

/// The error of a closure that refuses.
#[derive(Debug, PartialEq)]
struct Refused;

impl From<StoreError> for Refused {
    fn from(_: StoreError) -> Self {
        Self
    }
}

#[test]
fn a_write_is_read_back() {
    with_each_store(async |store| {
        put(&*store, "a", "1").await.unwrap();
        assert_eq!(get(&*store, "a").as_deref(), Some("1"));
        assert_eq!(get(&*store, "b"), None);
    });
}

#[test]
fn a_value_may_be_empty() {
    with_each_store(async |store| {
        put(&*store, "a", "").await.unwrap();
        assert_eq!(get(&*store, "a").as_deref(), Some(""));
    });
}

#[test]
fn a_refused_write_leaves_nothing_behind() {
    with_each_store(async |store| {
        let refused = store.write(|transaction| {
            transaction.put("a", "1");
            Err::<(), _>(Refused)
        });
        assert_eq!(refused.await, Err(Refused));
        assert_eq!(get(&*store, "a"), None);
    });
}

#[test]
fn a_write_sees_its_own_changes() {
    with_each_store(async |store| {
        for key in ["a", "c", "e"] {
            put(&*store, key, "old").await.unwrap();
        }
        let seen = store.write(|transaction| {
            transaction.put("b", "new");
            transaction.put("c", "new");
            transaction.put("f", "new");
            transaction.delete("a");
            let all = KeyRange::prefix(b"");
            let forward = keys(transaction, &all, Direction::Forward);
            let backward = keys(transaction, &all, Direction::Backward);
            let value = transaction.get(b"c")?;
            Ok::<_, StoreError>((forward, backward, value))
        });
        let (forward, backward, value) = seen.await.unwrap();
        assert_eq!(forward, "b c e f");
        assert_eq!(backward, "f e c b");
        assert_eq!(value.as_deref(), Some(&b"new"[..]));
    });
}

#[test]
fn a_panicking_write_harms_nobody_else() {
    with_each_store(async |store| {
        let panicked = store.write(|transaction| -> Result<(), StoreError> {
            transaction.put("a", "1");
            panic!("on purpose");
        });
        assert_eq!(panicked.await, Err(StoreError::Panicked));
        put(&*store, "b", "2").await.unwrap();
        assert_eq!(get(&*store, "a"), None);
        assert_eq!(get(&*store, "b").as_deref(), Some("2"));
    });
}

#[test]
fn concurrent_increments_are_all_counted() {
    with_each_store(async |store| {
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..500_u32 {
            let store = Arc::clone(&store);
            tasks.spawn(async move {
                store
                    .write(move |transaction| {
                        let old = transaction.get(b"n")?;
                        let old = old.map_or(0, |n| String::from_utf8(n).unwrap().parse().unwrap());
                        transaction.put("n", u32::to_string(&(old + 1)));
                        // Every fifth changes its mind; the others in the same batch must not notice.
                        if number % 5 == 0 {
                            Err(Refused)
                        } else {
                            Ok(())
                        }
                    })
                    .await
            });
        }
        while let Some(finished) = tasks.join_next().await {
            let _ = finished.unwrap();
        }
        assert_eq!(get(&*store, "n").as_deref(), Some("400"));
    });
}

#[test]
fn a_scan_keeps_to_its_range() {
    with_each_store(async |store| {
        for key in ["a", "b", "ba", "bb", "c"] {
            put(&*store, key, "").await.unwrap();
        }
        let seen = |range: KeyRange, direction| {
            store
                .read(|reader| Ok::<_, StoreError>(keys(reader, &range, direction)))
                .unwrap()
        };
        assert_eq!(seen(KeyRange::prefix(b"b"), Direction::Forward), "b ba bb");
        assert_eq!(seen(KeyRange::prefix(b"b"), Direction::Backward), "bb ba b");
        assert_eq!(
            seen(KeyRange::between("a", "ba"), Direction::Forward),
            "a b"
        );
        assert_eq!(seen(KeyRange::between("c", "a"), Direction::Forward), "");
        assert_eq!(
            seen(KeyRange::prefix(b"b").after(b"b"), Direction::Forward),
            "ba bb"
        );
        assert_eq!(
            seen(KeyRange::prefix(b"b").before(b"bb"), Direction::Backward),
            "ba b"
        );
        assert_eq!(seen(KeyRange::prefix(b"\xff"), Direction::Backward), "");
    });
}

#[test]
fn a_scan_ends_when_the_visitor_has_enough() {
    with_each_store(async |store| {
        for key in ["a", "b", "c"] {
            put(&*store, key, "").await.unwrap();
        }
        let mut visited = 0;
        store
            .read(|reader| {
                reader.scan(&KeyRange::prefix(b""), Direction::Forward, &mut |_, _| {
                    visited += 1;
                    if visited == 2 {
                        ControlFlow::Break(())
                    } else {
                        ControlFlow::Continue(())
                    }
                })
            })
            .unwrap();
        assert_eq!(visited, 2);
    });
}

#[test]
fn a_visitor_may_read_the_same_snapshot() {
    with_each_store(async |store| {
        put(&*store, "a", "b").await.unwrap();
        put(&*store, "b", "found").await.unwrap();
        let mut found = None;
        store
            .read(|reader| {
                reader.scan(
                    &KeyRange::prefix(b"a"),
                    Direction::Forward,
                    &mut |_, value| {
                        found = reader.get(value).unwrap();
                        ControlFlow::Continue(())
                    },
                )
            })
            .unwrap();
        assert_eq!(found.as_deref(), Some(&b"found"[..]));
    });
}

#[test]
fn a_range_is_deleted_as_a_whole() {
    with_each_store(async |store| {
        for key in ["a1", "a2", "b"] {
            put(&*store, key, "").await.unwrap();
        }
        let deleted = store.write(|transaction| transaction.delete_range(&KeyRange::prefix(b"a")));
        deleted.await.unwrap();
        let left = store.read(|reader| {
            Ok::<_, StoreError>(keys(reader, &KeyRange::prefix(b""), Direction::Forward))
        });
        assert_eq!(left.unwrap(), "b");
    });
}

#[test]
fn a_closed_store_refuses_writes() {
    with_each_store(async |store| {
        put(&*store, "a", "1").await.unwrap();
        store.close();
        store.close();
        assert_eq!(put(&*store, "a", "2").await, Err(StoreError::Closed));
    });
}

#[test]
fn a_write_whose_caller_went_away_still_happens() {
    with_each_store(async |store| {
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let writing = store.write(move |transaction| {
            begun.send(()).unwrap();
            transaction.put("a", "1");
            Ok::<_, StoreError>(())
        });
        tokio::select! {
            biased;
            _ = writing => {}
            _ = has_begun => {}
        }
        // The next write is behind the abandoned one.
        put(&*store, "b", "2").await.unwrap();
        assert_eq!(get(&*store, "a").as_deref(), Some("1"));
    });
}

#[test]
fn a_write_tells_its_fate_before_its_answer() {
    with_each_store(async |store| {
        let (told, fates) = std::sync::mpsc::channel();
        let told_again = told.clone();
        let kept = store.write(move |transaction| {
            transaction.put("a", "1");
            transaction.on_settled(move |fate| told.send(fate).unwrap());
            Ok::<_, StoreError>(())
        });
        kept.await.unwrap();
        assert_eq!(fates.try_recv(), Ok(Fate::Kept));
        let refused = store.write(move |transaction| {
            transaction.on_settled(move |fate| told_again.send(fate).unwrap());
            Err::<(), _>(Refused)
        });
        assert_eq!(refused.await, Err(Refused));
        assert_eq!(fates.try_recv(), Ok(Fate::Lost));
    });
}

#[test]
fn a_write_tells_its_fate_to_its_hook_when_its_caller_has_left() {
    with_each_store(async |store| {
        let (told, fate) = tokio::sync::oneshot::channel();
        let write = store.write(move |transaction| {
            transaction.put("a", "1");
            transaction.on_settled(move |fate| told.send(fate).unwrap());
            Ok::<_, StoreError>(())
        });
        // Polled once, so that it is queued, and dropped.
        let left = tokio::time::timeout(std::time::Duration::ZERO, write).await;
        drop(left);
        assert_eq!(fate.await, Ok(Fate::Kept));
        assert_eq!(get(&*store, "a").as_deref(), Some("1"));
    });
}

#[test]
fn a_hook_that_panics_does_not_stop_the_store() {
    with_each_store(async |store| {
        let written = store.write(|transaction| {
            transaction.put("a", "1");
            transaction.on_settled(|_| panic!("a fault in a hook"));
            Ok::<_, StoreError>(())
        });
        written.await.unwrap();
        put(&*store, "b", "2").await.unwrap();
        assert_eq!(get(&*store, "b").as_deref(), Some("2"));
    });
}
