//! Calls and what they give.

use serde_json::{Map, Value, json};

use super::Intrinsic;
use crate::failure::Fault;
use crate::path::Roots;

fn evaluate(text: &str, input: &Value) -> Result<Value, Fault> {
    let roots = Roots {
        input,
        context: &Value::Null,
        variables: &Map::new(),
    };
    Intrinsic::parse(text).unwrap().evaluate(roots)
}

fn check(text: &str, expected: &Value) {
    let input = json!({ "name": "Ada", "list": [1, 2, 2, 3], "a": { "x": 1 }, "b": { "x": 2 } });
    assert_eq!(evaluate(text, &input).as_ref(), Ok(expected), "{text}");
}

#[test]
fn texts_are_formatted_split_and_encoded() {
    check(
        "States.Format('Hi {}, {}!', $.name, 3)",
        &json!("Hi Ada, 3!"),
    );
    check(
        r"States.Format('\{it\'s\} {}', $.a)",
        &json!(r#"{it's} {"x":1}"#),
    );
    check(
        "States.StringSplit('1.2,,3', '.,')",
        &json!(["1", "2", "3"]),
    );
    check("States.Base64Encode('hi')", &json!("aGk="));
    check("States.Base64Decode('aGk=')", &json!("hi"));
    check(r#"States.StringToJson('{"a":[1]}')"#, &json!({ "a": [1] }));
    check("States.JsonToString($.a)", &json!(r#"{"x":1}"#));
}

#[test]
fn arrays_are_made_and_asked() {
    check(
        "States.Array(1, 'a', null, $.a)",
        &json!([1, "a", null, { "x": 1 }]),
    );
    check("States.Array()", &json!([]));
    check("States.ArrayContains($.list, 3)", &json!(true));
    check("States.ArrayGetItem($.list, 3)", &json!(3));
    check("States.ArrayLength($.list)", &json!(4));
    check("States.ArrayPartition($.list, 3)", &json!([[1, 2, 2], [3]]));
    check("States.ArrayRange(1, 9, 4)", &json!([1, 5, 9]));
    check("States.ArrayRange(3, 1, -1)", &json!([3, 2, 1]));
    check("States.ArrayUnique($.list)", &json!([1, 2, 3]));
}

#[test]
fn numbers_objects_and_digests() {
    check("States.MathAdd(1, -3)", &json!(-2));
    check("States.JsonMerge($.a, $.b, false)", &json!({ "x": 2 }));
    check(
        "States.Hash('a', 'MD5')",
        &json!("0cc175b9c0f1b6a831c399e269772661"),
    );
    let drawn = evaluate("States.MathRandom(5, 7)", &json!({})).unwrap();
    assert!((5..7).contains(&drawn.as_i64().unwrap()));
    let seeded = || evaluate("States.MathRandom(0, 1000000, 42)", &json!({})).unwrap();
    assert_eq!(seeded(), seeded());
    let uuid = evaluate("States.UUID()", &json!({})).unwrap();
    assert_eq!(uuid.as_str().unwrap().len(), 36);
}

#[test]
fn calls_nest() {
    check(
        "States.Format('{}-{}', States.ArrayLength(States.Array(1, 2)), States.JsonToString($.list[0:2]))",
        &json!("2-[1,2]"),
    );
}

#[test]
fn a_missing_argument_is_told_as_aws_tells_it() {
    let fault = evaluate("States.Format('{}', $.nope)", &json!({ "other": 1 })).unwrap_err();
    assert_eq!(fault.error, "States.Runtime");
    assert_eq!(
        fault.cause,
        "The function 'States.Format('{}', $.nope)' had the following error: The JsonPath argument for the field '$.nope' could not be found in the input '{\"other\":1}'"
    );
}

#[test]
fn what_a_function_cannot_do_is_an_intrinsic_failure() {
    for text in [
        "States.ArrayGetItem($.list, 9)",
        "States.StringToJson('{')",
        "States.ArrayPartition($.list, 0)",
        "States.ArrayRange(1, 5000, 1)",
        "States.Hash('a', 'CRC')",
        "States.Format('{} {}', 1)",
        "States.Base64Decode('*')",
    ] {
        let fault = evaluate(text, &json!({ "list": [1] })).unwrap_err();
        assert_eq!(fault.error, "States.IntrinsicFailure", "{text}");
    }
}

#[test]
fn what_is_no_call_is_refused() {
    for text in [
        "States.Nothing()",
        "States.UUID(",
        "States.UUID(1)",
        "States.Format()",
        "States.Format('a)",
        "States.Format(a)",
        "Format('a')",
        "States.UUID() x",
    ] {
        assert!(Intrinsic::parse(text).is_err(), "{text}");
    }
}
