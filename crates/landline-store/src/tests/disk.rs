//! What only the disk store promises.

use std::os::unix::fs::PermissionsExt as _;
use std::sync::Arc;

use super::{block_on, get, open_in, put};
use crate::{Durability, Fate, Options, StoreError, open_disk};

#[test]
fn a_closed_store_opens_again_with_everything_in_it() {
    let directory = tempfile::tempdir().unwrap();
    for durability in [Durability::Full, Durability::Normal, Durability::Off] {
        let options = Options {
            durability,
            ..Options::default()
        };
        let store = open_disk(directory.path(), options).unwrap();
        let key = format!("{durability:?}");
        block_on(put(&*store, &key, "kept")).unwrap();
        drop(store);
        let store = open_disk(directory.path(), options).unwrap();
        assert_eq!(get(&*store, &key).as_deref(), Some("kept"));
    }
}

#[test]
fn a_clean_close_folds_the_log_away() {
    let directory = tempfile::tempdir().unwrap();
    let store = open_in(directory.path());
    block_on(put(&*store, "a", "1")).unwrap();
    assert_eq!(get(&*store, "a").as_deref(), Some("1"));
    store.close();
    assert!(!directory.path().join("landline.db-wal").exists());
}

#[test]
fn a_directory_in_use_is_refused_in_one_sentence() {
    let directory = tempfile::tempdir().unwrap();
    let _store = open_in(directory.path());
    let refused = open_disk(directory.path(), Options::default()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!(
            "another Landline is using the data directory {}; stop it or choose another directory with --data-dir",
            directory.path().display()
        )
    );
}

#[test]
fn a_store_that_is_closed_lets_the_next_one_in_whoever_still_holds_it() {
    let directory = tempfile::tempdir().unwrap();
    let first = open_disk(directory.path(), Options::default()).unwrap();
    first.close();
    let second = open_disk(directory.path(), Options::default());
    assert!(second.is_ok(), "{second:?}");
    drop(first);
}

#[test]
fn a_directory_that_cannot_be_made_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let refused = open_disk(&file.path().join("data"), Options::default()).unwrap_err();
    assert!(matches!(refused, StoreError::Open { .. }));
    assert!(refused.to_string().contains("Not a directory"), "{refused}");
}

#[test]
fn a_file_that_is_no_database_is_refused() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(
        directory.path().join("landline.db"),
        "not a database, but long enough for one",
    )
    .unwrap();
    let refused = open_disk(directory.path(), Options::default()).unwrap_err();
    assert!(refused.to_string().contains("not a database"), "{refused}");
}

#[test]
fn only_the_owner_may_read_what_is_stored() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let store = open_in(&data);
    block_on(put(&*store, "a", "1")).unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    for file in std::fs::read_dir(&data).unwrap() {
        assert_eq!(mode(&file.unwrap().path()), 0o600);
    }
}

#[test]
fn a_full_store_fails_every_waiting_write_and_recovers() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options {
        size_limit: Some(256 << 10),
        ..Options::default()
    };
    let store = open_disk(directory.path(), options).unwrap();
    block_on(async {
        put(&*store, "before", "kept").await.unwrap();
        let mut tasks = tokio::task::JoinSet::new();
        for number in 0..64 {
            let store = Arc::clone(&store);
            tasks.spawn(async move {
                put(&*store, &format!("big{number}"), &"x".repeat(16 << 10)).await
            });
        }
        let answers = tasks.join_all().await;
        let acknowledged = answers.iter().filter(|answer| answer.is_ok()).count();
        assert!(acknowledged < 20, "{acknowledged} do not fit");
        for failed in answers.iter().filter_map(|answer| answer.as_ref().err()) {
            assert!(failed.to_string().contains("full"), "{failed}");
        }
        let stored = (0..64).filter(|number| get(&*store, &format!("big{number}")).is_some());
        assert_eq!(stored.count(), acknowledged);

        let emptied = store.write(|transaction| {
            (0..64).for_each(|number| transaction.delete(format!("big{number}")));
            Ok::<_, StoreError>(())
        });
        emptied.await.unwrap();
        put(&*store, "after", "works").await.unwrap();
        assert_eq!(get(&*store, "before").as_deref(), Some("kept"));
    });
}

#[test]
fn reading_goes_on_while_a_write_is_being_evaluated() {
    let directory = tempfile::tempdir().unwrap();
    let store = open_in(directory.path());
    block_on(async {
        put(&*store, "a", "old").await.unwrap();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let (release, released) = std::sync::mpsc::channel::<()>();
        let writer = Arc::clone(&store);
        let writing = tokio::spawn(async move {
            writer
                .write(move |transaction| {
                    transaction.put("a", "new");
                    begun.send(()).unwrap();
                    released.recv().unwrap();
                    Ok::<_, StoreError>(())
                })
                .await
        });
        has_begun.await.unwrap();
        assert_eq!(get(&*store, "a").as_deref(), Some("old"));
        release.send(()).unwrap();
        writing.await.unwrap().unwrap();
        assert_eq!(get(&*store, "a").as_deref(), Some("new"));
    });
}

#[test]
fn a_write_that_does_not_fit_on_the_disk_tells_its_hook() {
    let directory = tempfile::tempdir().unwrap();
    let options = Options {
        size_limit: Some(64 << 10),
        ..Options::default()
    };
    let store = open_disk(directory.path(), options).unwrap();
    let (told, fate) = std::sync::mpsc::channel();
    let written = store.write(move |transaction| {
        transaction.put("big", vec![b'x'; 256 << 10]);
        transaction.on_settled(move |fate| told.send(fate).unwrap());
        Ok::<_, StoreError>(())
    });
    assert!(matches!(block_on(written), Err(StoreError::Commit { .. })));
    assert_eq!(fate.try_recv(), Ok(Fate::Lost));
}
