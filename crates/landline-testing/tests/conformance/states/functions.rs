//! Intrinsic functions, and those that Step Functions adds to JSONata.
//!
//! <https://states-language.net/spec.html#appendix-b>

use landline_testing::Node;
use serde_json::json;

use super::{failure, only, only_jsonata, output};

#[tokio::test]
async fn intrinsic_functions_compute_in_payload_templates() {
    let node = Node::start().await;
    let input = json!({
        "name": "Ann", "list": [1, 2, 3, 2], "text": r#"{"a":1}"#, "left": { "a": 1, "b": 1 }, "right": { "b": 2 },
    });
    for (call, expected) in [
        (
            "States.Format('Hi {}: {}', $.name, $.list[0])",
            json!("Hi Ann: 1"),
        ),
        ("States.Format('\\{\\} {}', 1)", json!("{} 1")),
        ("States.StringToJson($.text)", json!({ "a": 1 })),
        ("States.JsonToString($.left)", json!(r#"{"a":1,"b":1}"#)),
        ("States.Array(1, 'two', $.left.a)", json!([1, "two", 1])),
        ("States.ArrayPartition($.list, 3)", json!([[1, 2, 3], [2]])),
        ("States.ArrayContains($.list, 3)", json!(true)),
        ("States.ArrayRange(1, 9, 4)", json!([1, 5, 9])),
        ("States.ArrayGetItem($.list, 2)", json!(3)),
        ("States.ArrayLength($.list)", json!(4)),
        ("States.ArrayUnique($.list)", json!([1, 2, 3])),
        ("States.Base64Encode('data')", json!("ZGF0YQ==")),
        ("States.Base64Decode('ZGF0YQ==')", json!("data")),
        (
            "States.Hash('data', 'MD5')",
            json!("8d777f385d3dfec8815d20f7496026dc"),
        ),
        (
            "States.JsonMerge($.left, $.right, false)",
            json!({ "a": 1, "b": 2 }),
        ),
        ("States.MathAdd(111, -1)", json!(110)),
        ("States.StringSplit('1,2+3', ',+')", json!(["1", "2", "3"])),
        (
            "States.ArrayLength(States.StringSplit(States.Format('{},{}', 1, 2), ','))",
            json!(2),
        ),
    ] {
        let state = only(json!({ "Type": "Pass", "Parameters": { "v.$": call } }));
        let told = output(&node, &state, &input).await;
        assert_eq!(told["v"], expected, "{call}");
    }
}

#[tokio::test]
async fn a_function_that_cannot_compute_is_an_intrinsic_failure() {
    let node = Node::start().await;
    let call = "States.MathAdd($.name, 1)";
    let state = only(json!({ "Type": "Pass", "Parameters": { "v.$": call } }));
    let (error, cause) = failure(&node, &state, &json!({ "name": "Ann" })).await;
    assert_eq!(error, "States.IntrinsicFailure");
    assert!(cause.contains(call), "{cause}");
}

#[tokio::test]
async fn jsonata_has_functions_in_the_place_of_intrinsic_ones() {
    let node = Node::start().await;
    for (call, expected) in [
        ("$partition([1..5], 2)", json!([[1, 2], [3, 4], [5]])),
        ("$range(1, 9, 4)", json!([1, 5, 9])),
        (
            "$hash('data', 'MD5')",
            json!("8d777f385d3dfec8815d20f7496026dc"),
        ),
        ("$parse('{\"a\":1}').a", json!(1)),
        ("$random(7) = $random(7)", json!(true)),
        ("$length($uuid())", json!(36)),
    ] {
        let program = format!("{{% {call} %}}");
        let state = only_jsonata(json!({ "Type": "Pass", "Output": program }));
        assert_eq!(output(&node, &state, &json!({})).await, expected, "{call}");
    }
}
