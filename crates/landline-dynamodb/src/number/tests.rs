//! Numbers: the texts that are accepted, the sentences of refusal, and the laws of order and arithmetic.

use proptest::prelude::*;

use super::{MAX_ENCODED_LEN, Number};

fn parse(text: &str) -> Number {
    text.parse()
        .unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn check(text: &str, plain: &str) {
    assert_eq!(parse(text).to_string(), plain, "{text}");
}

fn refused(text: &str, message: &str) {
    assert_eq!(
        text.parse::<Number>().unwrap_err().to_string(),
        message,
        "{text}"
    );
}

fn encoded(number: Number) -> Vec<u8> {
    let mut bytes = Vec::new();
    number.encode_ordered(&mut bytes);
    bytes
}

#[test]
fn numbers_are_written_plainly() {
    check("0", "0");
    check("-0.000", "0");
    check("0e999999999999999999999", "0");
    check("+5", "5");
    check("5.0", "5");
    check("05", "5");
    check("1e3", "1000");
    check("1.5E+2", "150");
    check("-12.340", "-12.34");
    check(".5", "0.5");
    check("5.", "5");
    check("0.00012", "0.00012");
    check("1e-7", "0.0000001");
    check(
        "99999999999999999999999999999999999999",
        "99999999999999999999999999999999999999",
    );
    check("1e125", &format!("1{}", "0".repeat(125)));
    check("1e-130", &format!("0.{}1", "0".repeat(129)));
}

#[test]
fn texts_that_are_no_number_are_named() {
    refused("", "The parameter cannot be converted to a numeric value");
    for text in [
        "abc", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1 ", " 1", "NaN", "Infinity", "0x10",
        "1_0", "--1", "1e5.5", "٣",
    ] {
        refused(
            text,
            &format!("The parameter cannot be converted to a numeric value: {text}"),
        );
    }
}

#[test]
fn limits_have_their_own_sentences() {
    let digits = "Attempting to store more than 38 significant digits in a Number";
    let overflow =
        "Number overflow. Attempting to store a number with magnitude larger than supported range";
    let underflow = "Number underflow. Attempting to store a number with magnitude smaller than supported range";
    refused("123456789012345678901234567890123456789", digits);
    refused("1.00000000000000000000000000000000000001", digits);
    refused("1e126", overflow);
    refused("-1e126", overflow);
    refused("1e99999999999999999999999", overflow);
    refused("1e-131", underflow);
    refused("-0.1e-130", underflow);
    refused(&format!("{}e200", "7".repeat(50)), overflow);
    assert_eq!(
        parse(&format!("{}{}", "9".repeat(38), "0".repeat(88))),
        parse(&format!("{}e88", "9".repeat(38)))
    );
}

#[test]
fn sums_are_exact_or_refused() {
    let sum = |a: &str, b: &str| {
        parse(a)
            .checked_add(parse(b))
            .map_or_else(|error| error.to_string(), |n| n.to_string())
    };
    assert_eq!(sum("0.1", "0.2"), "0.3");
    assert_eq!(sum("10", "-10"), "0");
    assert_eq!(sum("1e37", "1"), "10000000000000000000000000000000000001");
    assert_eq!(
        sum("1e38", "1"),
        "Number overflow. Attempting to store a number with magnitude larger than supported range"
    );
    assert_eq!(
        sum("1e125", "1e-130"),
        "Number overflow. Attempting to store a number with magnitude larger than supported range"
    );
    assert_eq!(
        sum("9e125", "1e125"),
        "Number overflow. Attempting to store a number with magnitude larger than supported range"
    );
    assert_eq!(
        sum("1.01e-129", "-1e-129"),
        "Number underflow. Attempting to store a number with magnitude smaller than supported range"
    );
    assert_eq!(
        parse("3").checked_sub(parse("5")).unwrap().to_string(),
        "-2"
    );
    assert_eq!(
        sum("99999999999999999999999999999999999999", "1"),
        format!("1{}", "0".repeat(38))
    );
}

#[test]
fn sizes_follow_the_digits() {
    for (text, size) in [
        ("0", 1),
        ("1", 2),
        ("-1", 3),
        ("10", 2),
        ("12", 2),
        ("123", 3),
        ("-12.34", 4),
        ("1e125", 2),
    ] {
        assert_eq!(parse(text).size(), size, "{text}");
    }
}

#[test]
fn hashed_form_is_the_one_dynamodb_hashes() {
    let hashed = |text: &str| {
        let mut bytes = Vec::new();
        parse(text).encode_hashed(&mut bytes);
        bytes
    };
    assert_eq!(hashed("0"), [0x80]);
    assert_eq!(hashed("1"), [0xc1, 2]);
    assert_eq!(hashed("-1"), [0x3e, 100, 102]);
    assert_eq!(hashed("12.3"), [0xc1, 13, 31]);
}

#[test]
fn integers_are_read_back() {
    assert_eq!(parse("1700000000").to_i64(), Some(1_700_000_000));
    assert_eq!(parse("-3e2").to_i64(), Some(-300));
    assert_eq!(parse("1.5").to_i64(), None);
    assert_eq!(parse("1e30").to_i64(), None);
    assert_eq!(Number::from_count(1200).to_string(), "1200");
}

fn any_number() -> impl Strategy<Value = Number> {
    let digits = prop_oneof![
        1..10u128,
        1..1000u128,
        1..=99_999_999_999_999_999_999_999_999_999_999_999_999u128
    ];
    (any::<bool>(), digits, -130..126i32)
        .prop_filter_map("outside the range", |(negative, mantissa, exponent)| {
            Number::normalise(negative, mantissa, exponent).ok()
        })
}

proptest! {
    #[test]
    fn text_round_trips(number in any_number()) {
        prop_assert_eq!(number.to_string().parse::<Number>().unwrap(), number);
    }

    #[test]
    fn byte_order_is_numeric_order(a in any_number(), b in any_number()) {
        prop_assert_eq!(encoded(a).cmp(&encoded(b)), a.cmp(&b));
        let near = a.checked_add(b).unwrap_or(Number::ZERO);
        prop_assert_eq!(encoded(a).cmp(&encoded(near)), a.cmp(&near));
        prop_assert_eq!(a.cmp(&near), Number::ZERO.cmp(&near.checked_sub(a).unwrap_or(near)));
    }

    #[test]
    fn encoding_round_trips_inside_a_longer_key(number in any_number(), tail in any::<Vec<u8>>()) {
        let mut bytes = encoded(number);
        let length = bytes.len();
        prop_assert!(length <= MAX_ENCODED_LEN);
        bytes.extend(tail);
        prop_assert_eq!(Number::decode_ordered(&bytes), Some((number, length)));
    }

    #[test]
    fn arithmetic_agrees_with_integers(a in -10i128.pow(30)..10i128.pow(30), b in -10i128.pow(30)..10i128.pow(30), down in 0u32..6, up in 0u32..6) {
        let text = |value: i128, shift: u32| parse(&format!("{value}e-{shift}"));
        let (x, y) = (text(a, down), text(b, up));
        let deepest = down.max(up);
        let (wide_a, wide_b) = (a * 10i128.pow(deepest - down), b * 10i128.pow(deepest - up));
        prop_assert_eq!(x.checked_add(y).unwrap(), text(wide_a + wide_b, deepest));
        prop_assert_eq!(x.checked_sub(y).unwrap(), text(wide_a - wide_b, deepest));
        prop_assert_eq!(x.cmp(&y), wide_a.cmp(&wide_b));
    }

    #[test]
    fn reading_never_panics(text in ".{0,60}", bytes in any::<Vec<u8>>()) {
        let _ = text.parse::<Number>();
        let _ = Number::decode_ordered(&bytes);
    }
}
