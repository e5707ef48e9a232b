//! Whose keys begin with which byte: what is on the disk knows nothing of a renaming.

use crate::KeySpace;

/// All of them; the compiler sees to it that none stands here twice.
const BYTES: [(KeySpace, u8); 8] = [
    (KeySpace::Collections, 1),
    (KeySpace::TableRows, 2),
    (KeySpace::LogEvents, 3),
    (KeySpace::StreamRecords, 4),
    (KeySpace::IndexChanges, 5),
    (KeySpace::QueueMessages, 6),
    (KeySpace::TransactionTokens, 7),
    (KeySpace::Objects, b'S'),
];

#[test]
fn every_owner_keeps_the_byte_that_he_has_and_no_two_have_the_same() {
    let mut taken = std::collections::BTreeSet::new();
    for (owner, byte) in BYTES {
        assert_eq!(owner.byte(), byte, "{owner:?}");
        assert!(taken.insert(byte), "{owner:?} begins like another");
    }
}
