//! Templates in both languages, and what paths do around a state.

use serde_json::{Map, Value, json};

use super::{Expression, Language, PathField, ResultPath, Scope, Template};
use crate::path::Path;

fn evaluate(template: &Value, language: Language) -> Result<Value, String> {
    let input = json!({ "name": "Ada", "n": 3, "list": [1] });
    let context = json!({ "State": { "Name": "S" } });
    let mut variables = Map::new();
    variables.insert("v".to_owned(), json!({ "x": 7 }));
    let scope = Scope {
        input: &input,
        context: &context,
        variables: &variables,
        result: None,
        error_output: None,
        now_millis: 0,
    };
    let template = Template::parse(template, language, "Output").map_err(|it| it.message)?;
    template.evaluate(scope).map_err(|fault| fault.cause)
}

#[test]
fn members_that_end_in_a_dollar_are_paths_and_calls() {
    let template = json!({
        "a.$": "$.name",
        "b": { "c.$": "States.Format('{}!', $.n)", "d": [{ "e.$": "$$.State.Name" }] },
        "f.$": "$v.x",
        "g": "$.name",
        "h.$": "$.list[9]",
    });
    let expected = json!({
        "a": "Ada", "b": { "c": "3!", "d": [{ "e": "S" }] }, "f": 7, "g": "$.name", "h": null,
    });
    assert_eq!(evaluate(&template, Language::JsonPath), Ok(expected));
}

#[test]
fn a_path_that_finds_nothing_is_told_with_its_field_and_the_input() {
    let told = evaluate(&json!({ "m.$": "$.nope" }), Language::JsonPath).unwrap_err();
    assert_eq!(
        told,
        r#"The JSONPath '$.nope' specified for the field 'm.$' could not be found in the input '{"name":"Ada","n":3,"list":[1]}'"#
    );
}

#[test]
fn what_is_no_expression_is_refused() {
    for value in [json!("no"), json!(1), json!("States.Nothing()")] {
        let told = evaluate(&json!({ "m.$": value }), Language::JsonPath).unwrap_err();
        assert!(told.contains("'m.$' must be a valid JSONPath"), "{told}");
    }
}

#[test]
fn jsonata_stands_between_percent_signs() {
    let template = json!({
        "a": "{% $states.input.n + 1 %}", "b": ["{% $v.x %}", "plain"], "c": "{% $states.context.State.Name %}",
    });
    let expected = json!({ "a": 4, "b": [7, "plain"], "c": "S" });
    assert_eq!(evaluate(&template, Language::Jsonata), Ok(expected));
    let told = evaluate(
        &json!({ "v": "{% $states.input.missing %}" }),
        Language::Jsonata,
    );
    assert_eq!(
        told.unwrap_err(),
        "The JSONata expression '$states.input.missing' specified for the field 'Output/v' returned nothing (undefined)."
    );
}

fn result_path(path: &str) -> ResultPath {
    ResultPath::At {
        text: path.to_owned(),
        places: Path::parse(path).unwrap().places().unwrap(),
    }
}

#[test]
fn a_result_is_put_where_its_path_says() {
    let put = |path, input: Value| result_path(path).apply(input, json!(1)).ok();
    assert_eq!(
        put("$.a", json!({ "b": 2 })),
        Some(json!({ "b": 2, "a": 1 }))
    );
    assert_eq!(put("$.a.b", json!({})), Some(json!({ "a": { "b": 1 } })));
    assert_eq!(
        put("$.a[1]", json!({ "a": [0, 0] })),
        Some(json!({ "a": [0, 1] }))
    );
    assert_eq!(put("$.a", json!("text")), None);
    assert_eq!(put("$.a.b", json!({ "a": 5 })), None);
    assert_eq!(put("$.a[1]", json!({ "a": [] })), None);
}

#[test]
fn a_path_of_null_leaves_nothing() {
    let input = json!({ "a": 1 });
    let variables = Map::new();
    let scope = Scope {
        input: &input,
        context: &Value::Null,
        variables: &variables,
        result: None,
        error_output: None,
        now_millis: 0,
    };
    assert_eq!(PathField::Nothing.apply(scope), Ok(json!({})));
    let at = |path: &str| PathField::At(Expression::parse_path(path).unwrap()).apply(scope);
    assert_eq!(at("$.a"), Ok(json!(1)));
    assert_eq!(
        at("$.b").unwrap_err().cause,
        "Invalid path '$.b' : No results for path: $['b']"
    );
}
