//! Both stores against a `BTreeMap`, with random writes, refusals and scans.

use std::collections::BTreeMap;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{block_on, open_in, scan};
use crate::{Direction, KeyRange, Reader, Store, StoreError, open_memory};

type Rows = BTreeMap<Vec<u8>, Vec<u8>>;

/// One write closure: its changes, and whether it refuses in the end.
#[derive(Debug, Clone)]
struct Write {
    changes: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    refuses: bool,
}

#[derive(Debug)]
enum Stop {
    Refused,
    Failed,
}

impl From<StoreError> for Stop {
    fn from(_: StoreError) -> Self {
        Self::Failed
    }
}

/// Few and short, so that they collide, and with the bytes at which carrying goes wrong.
fn key() -> impl Strategy<Value = Vec<u8>> {
    vec(
        prop_oneof![Just(0), Just(1), Just(0x7f), Just(0xfe), Just(0xff)],
        0..4,
    )
}

fn write() -> impl Strategy<Value = Write> {
    let change = (
        key(),
        proptest::option::weighted(0.7, vec(any::<u8>(), 0..8)),
    );
    (vec(change, 0..6), proptest::bool::weighted(0.2))
        .prop_map(|(changes, refuses)| Write { changes, refuses })
}

fn range() -> impl Strategy<Value = KeyRange> {
    prop_oneof![
        key().prop_map(|prefix| KeyRange::prefix(&prefix)),
        (key(), key()).prop_map(|(start, end)| KeyRange::between(start, end)),
        (key(), key()).prop_map(|(prefix, key)| KeyRange::prefix(&prefix).after(&key)),
        (key(), key()).prop_map(|(prefix, key)| KeyRange::prefix(&prefix).before(&key)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_store_is_a_sorted_map(
        writes in vec(write(), 1..12),
        ranges in vec(range(), 1..6),
    ) {
        let directory = tempfile::tempdir().unwrap();
        for store in [open_memory(), open_in(directory.path())] {
            block_on(check(&*store, writes.clone(), ranges.clone()));
        }
    }
}

async fn check(store: &dyn Store, writes: Vec<Write>, ranges: Vec<KeyRange>) {
    let mut model = Rows::new();
    for write in writes {
        let mut expected = model.clone();
        apply_to_model(&mut expected, &write);
        let (after, scanned) = (expected.clone(), ranges.clone());
        let refuses = write.refuses;
        let outcome = store.write(move |transaction| {
            for (key, value) in write.changes {
                match value {
                    Some(value) => transaction.put(key, value),
                    None => transaction.delete(key),
                }
            }
            compare(transaction, &after, &scanned);
            if write.refuses {
                Err(Stop::Refused)
            } else {
                Ok(())
            }
        });
        match outcome.await {
            Ok(()) => model = expected,
            Err(Stop::Refused) => assert!(refuses),
            Err(Stop::Failed) => panic!("the store failed"),
        }
    }
    let compared = store.read(|reader| {
        compare(reader, &model, &ranges);
        Ok::<_, StoreError>(())
    });
    compared.unwrap();
}

fn apply_to_model(model: &mut Rows, write: &Write) {
    for (key, value) in &write.changes {
        match value {
            Some(value) => model.insert(key.clone(), value.clone()),
            None => model.remove(key),
        };
    }
}

fn compare(reader: &dyn Reader, model: &Rows, ranges: &[KeyRange]) {
    for range in ranges {
        let within = model.iter().filter(|(key, _)| range.contains(key));
        let mut rows: Vec<_> = within
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        assert_eq!(scan(reader, range, Direction::Forward), rows);
        rows.reverse();
        assert_eq!(scan(reader, range, Direction::Backward), rows);
        for (key, value) in &rows {
            assert_eq!(reader.get(key).unwrap().as_ref(), Some(value));
        }
    }
}
