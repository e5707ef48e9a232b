//! Paths and what they find.

use serde_json::{Map, Value, json};

use super::{Missing, Path, Roots};

fn find(path: &str, input: &Value) -> Result<Value, Missing> {
    let context = json!({ "Execution": { "Name": "run" } });
    let mut variables = Map::new();
    variables.insert("who".to_owned(), json!({ "name": "Ada" }));
    let roots = Roots {
        input,
        context: &context,
        variables: &variables,
    };
    Path::parse(path).unwrap().find(roots)
}

fn check(path: &str, input: &Value, expected: &Value) {
    assert_eq!(find(path, input).as_ref(), Ok(expected), "{path}");
}

#[test]
fn a_definite_path_gives_the_value_at_its_place() {
    let input = json!({ "a": { "b-c": [1, { "d": null }] }, "ü": 1 });
    check("$", &input, &input);
    check("$.a.b-c[0]", &input, &json!(1));
    check("$['a']['b-c'][1].d", &input, &json!(null));
    check("$.a.b-c[-1]", &input, &json!({ "d": null }));
    check("$.ü", &input, &json!(1));
    check("$$.Execution.Name", &input, &json!("run"));
    check("$who.name", &input, &json!("Ada"));
    check("$.a.b-c.length()", &input, &json!(2));
}

#[test]
fn an_indefinite_path_gives_a_list_even_of_nothing() {
    let input = json!({ "items": [{ "v": 1 }, { "v": 2 }, { "v": 3 }] });
    check("$.items[*].v", &input, &json!([1, 2, 3]));
    check("$.items[1:].v", &input, &json!([2, 3]));
    check("$.items[:1]", &input, &json!([{ "v": 1 }]));
    check("$.items[-2:].v", &input, &json!([2, 3]));
    check("$.items[0,2].v", &input, &json!([1, 3]));
    check("$..v", &input, &json!([1, 2, 3]));
    check("$.other.items[*].v", &input, &json!([]));
    check("$.items[1:1]", &input, &json!([]));
}

#[test]
fn a_filter_takes_the_items_for_which_it_holds() {
    let input = json!({ "books": [
        { "t": "a", "price": 5, "tags": ["x"] },
        { "t": "b", "price": 15 },
    ] });
    check("$.books[?(@.price < 10)].t", &input, &json!(["a"]));
    check(
        "$.books[?(@.t == 'b' || @.tags)].t",
        &input,
        &json!(["a", "b"]),
    );
    check(
        "$.books[?(!(@.tags) && @.price>=15)].t",
        &input,
        &json!(["b"]),
    );
    check("$.books[?(@.t in ['b', 'c'])].t", &input, &json!(["b"]));
    check("$.books[?(@.t =~ /A/i)].t", &input, &json!(["a"]));
}

#[test]
fn what_is_missing_is_told_with_the_path_to_it() {
    let input = json!({ "a": {} });
    let reason = |path| find(path, &input).unwrap_err().reason();
    assert_eq!(reason("$.a.b"), "No results for path: $['a']['b']");
    assert_eq!(reason("$.no.b"), "Missing property in path $['no']");
    assert!(matches!(find("$.a[3]", &input), Err(Missing::Index(_))));
}

#[test]
fn what_is_no_path_is_refused() {
    for text in [
        "",
        "a",
        "$.",
        "$[",
        "$['a",
        "$.a b",
        "$[?(@.a]",
        "$.a.max()",
        "$[::0]",
    ] {
        assert!(Path::parse(text).is_err(), "{text}");
    }
}
