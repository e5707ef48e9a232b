//! The forms of records, iterators and sequence numbers.

use landline_wire::Timestamp;

use super::{Change, Kind, Origin, ShardIterator, parse_sequence, sequence_text};

#[test]
fn a_sequence_number_has_21_digits_and_sorts_as_text() {
    let texts: Vec<String> = [1, 9, 10, 1 << 40].into_iter().map(sequence_text).collect();
    assert!(texts.iter().all(|text| text.len() == 21), "{texts:?}");
    assert!(texts.is_sorted());
    assert_eq!(parse_sequence(&texts[3]), Some(1 << 40));
    assert_eq!(parse_sequence("1"), None);
    assert_eq!(parse_sequence("a"), None);
}

#[test]
fn a_change_is_read_as_it_was_written() {
    let change = Change {
        kind: Kind::Modify,
        origin: Origin::TimeToLive,
        created_millis: 1_801_646_142_107,
        keys: b"keys",
        old: None,
        new: Some(b"new"),
    };
    let row = change.encode();
    assert_eq!(Change::decode(&row), Ok(change));
    assert_eq!(Change::created_millis_of(&row), Some(change.created_millis));
    for length in 0..row.len() {
        assert!(Change::decode(&row[..length]).is_err());
    }
}

#[test]
fn an_iterator_is_read_as_it_was_made_and_no_other() {
    let now = Timestamp::from_millis(1_801_646_142_107);
    let iterator = ShardIterator {
        stream_arn: "arn:aws:dynamodb:us-east-1:000000000000:table/Tab/stream/x".to_owned(),
        position: 7,
        created_millis: now.as_millis(),
    };
    let text = iterator.text();
    assert_eq!(ShardIterator::parse(&text, now), Ok(iterator));
    for wrong in [
        "",
        "x",
        &text[..text.len() - 2],
        &text.replace("Tab", "Tub"),
    ] {
        let refused = ShardIterator::parse(wrong, now).unwrap_err();
        assert_eq!(refused.message, "Invalid ShardIterator");
    }
}
