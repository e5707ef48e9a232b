//! Keys: byte order is value order, parts end themselves, and scans come in DynamoDB's order.

use proptest::prelude::*;

use super::{
    decode_scalar, encode_partition, encode_scalar, hash_prefix, segment_range, successor,
};
use crate::value::AttributeValue;

fn string(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

fn number(text: &str) -> AttributeValue {
    AttributeValue::N(text.parse().unwrap())
}

fn encoded(value: &AttributeValue) -> Vec<u8> {
    let mut out = Vec::new();
    assert!(encode_scalar(value, &mut out));
    out
}

fn in_scan_order(values: Vec<AttributeValue>) -> Vec<AttributeValue> {
    let mut values: Vec<_> = values
        .into_iter()
        .map(|value| (hash_prefix([&value]).unwrap(), value))
        .collect();
    values.sort_by_key(|(prefix, _)| *prefix);
    values.into_iter().map(|(_, value)| value).collect()
}

#[test]
fn only_scalars_are_keys() {
    for value in [
        AttributeValue::Null,
        AttributeValue::Bool(true),
        AttributeValue::L(vec![]),
    ] {
        assert!(!encode_scalar(&value, &mut Vec::new()));
        assert!(!encode_partition(&[value], &mut Vec::new()));
    }
}

#[test]
fn a_prefix_sorts_first_even_before_a_zero_byte() {
    assert!(encoded(&string("a")) < encoded(&string("a\0")));
    assert!(encoded(&string("a\0")) < encoded(&string("a\0\0")));
    assert!(encoded(&string("a\0z")) < encoded(&string("a\u{1}")));
    assert!(encoded(&string("")) < encoded(&string("\0")));
}

#[test]
fn the_successor_is_past_all_that_begin_alike() {
    assert_eq!(successor(b"ab"), Some(b"ac".to_vec()));
    assert_eq!(successor(&[1, 0xff, 0xff]), Some(vec![2]));
    assert_eq!(successor(&[0xff, 0xff]), None);
    assert_eq!(successor(&[]), None);
}

#[test]
fn segments_share_out_the_whole_space() {
    assert_eq!(segment_range(0, 1).start, [0, 0]);
    assert_eq!(segment_range(0, 1).end, None);
    assert_eq!(segment_range(1, 2).start, [0x80, 0]);
    assert_eq!(segment_range(1, 3).start, [0x55, 0x60]);
    for total in [1, 2, 3, 7, 100, 4096, 5000, 1_000_000] {
        for prefix in [[0u8, 0], [0x12, 0x34], [0x7f, 0xff], [0xff, 0xff]] {
            let hits = (0..total)
                .filter(|segment| segment_range(*segment, total).contains(&prefix))
                .count();
            assert_eq!(hits, 1, "{prefix:?} of {total}");
        }
    }
}

#[test]
fn scans_come_in_the_order_seen_at_aws() {
    let strings = [
        "2", "8", "9", "1", "6", "hello", "0", "5", "4", "äáöü", "aardman", "7", "3", "zapf",
    ]
    .map(string);
    let numbers = [
        "7", "999.9", "8", "3", "2", "-999.9", "9", "4", "-0.09", "6", "1", "0", "0.012345", "5",
    ]
    .map(number);
    for seen in [strings, numbers] {
        let mut shuffled = seen.to_vec();
        shuffled.reverse();
        assert_eq!(in_scan_order(shuffled), seen);
    }
}

#[test]
fn keys_fall_into_the_segments_seen_at_aws() {
    let seen = [
        (string("3635"), 0),
        (string("228"), 0),
        (string("1668"), 1),
        (string("3435"), 4),
        (number("251"), 1),
        (number("2388"), 4095),
    ];
    for (key, segment) in seen {
        assert!(
            segment_range(segment, 4096).contains(&hash_prefix([&key]).unwrap()),
            "{key:?} in {segment}"
        );
    }
}

proptest! {
    #[test]
    fn string_order_is_byte_order(a in any::<String>(), b in any::<String>(), near in "[\0\u{1}a]{0,4}", other in "[\0\u{1}a]{0,4}") {
        prop_assert_eq!(encoded(&string(&a)).cmp(&encoded(&string(&b))), a.as_bytes().cmp(b.as_bytes()));
        prop_assert_eq!(encoded(&string(&near)).cmp(&encoded(&string(&other))), near.as_bytes().cmp(other.as_bytes()));
    }

    #[test]
    fn parts_end_themselves(text in any::<String>(), digits in any::<i64>(), blob in any::<Vec<u8>>(), tail in any::<Vec<u8>>()) {
        for value in [string(&text), number(&digits.to_string()), AttributeValue::B(blob.into())] {
            let mut bytes = encoded(&value);
            let length = bytes.len();
            bytes.extend(&tail);
            prop_assert_eq!(decode_scalar(value.attribute_type(), &bytes), Some((value, length)));
        }
    }
}
