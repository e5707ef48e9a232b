//! Ids are well formed, never repeat, and cannot be invented.

use super::*;
use proptest::prelude::*;
use std::collections::HashSet;

const NOW: Timestamp = Timestamp::from_millis(1_801_646_142_107);

fn ids() -> Ids {
    Ids::new(&IdKey::new([7; 32]))
}

#[test]
fn ids_have_16_characters_and_end_with_padding() {
    let ids = ids();
    let connection = ids.connection(NOW);
    for id in [
        connection.encode(),
        ids.message(&connection, NOW),
        ids.request(),
    ] {
        assert_eq!((id.len(), id.ends_with('=')), (16, true), "{id}");
        assert!(
            id[..15]
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)),
            "{id}"
        );
    }
}

#[test]
fn no_id_is_issued_twice() {
    let ids = ids();
    let connection = ids.connection(NOW);
    let mut seen = HashSet::from([connection.encode()]);
    for _ in 0..10_000 {
        assert!(seen.insert(ids.connection(NOW).encode()));
        assert!(seen.insert(ids.message(&connection, NOW)));
        assert!(seen.insert(ids.request()));
    }
}

#[test]
fn an_id_is_recognised_after_a_restart() {
    let id = ids().connection(NOW);
    assert_eq!(ids().parse(&id.encode()), Some(id));
}

#[test]
fn an_id_of_another_key_is_not_recognised() {
    let id = Ids::new(&IdKey::random()).connection(NOW).encode();
    assert_eq!(ids().parse(&id), None);
}

#[test]
fn a_message_id_ends_as_its_connection_id_but_is_none() {
    let ids = ids();
    let connection = ids.connection(NOW);
    let message = ids.message(&connection, NOW);
    assert_eq!(connection.encode()[11..], message[11..]);
    assert_eq!(ids.parse(&message), None);
}

#[test]
fn a_changed_id_is_not_recognised() {
    let id = ids().connection(NOW).encode();
    for at in 0..15 {
        let mut changed = id.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(ids().parse(&changed), None, "{changed}");
    }
    assert_eq!(ids().parse(id.trim_end_matches('=')), None);
    assert_eq!(ids().parse(&format!("{id}A")), None);
}

proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,40}") {
        prop_assert_eq!(ids().parse(&text), None);
    }
}
