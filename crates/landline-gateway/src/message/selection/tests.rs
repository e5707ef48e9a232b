//! Expressions and bodies, and the text that they come to.

use super::*;
use proptest::prelude::*;

fn check(expression: &str, body: &str, expected: &str) {
    let expression = SelectionExpression::parse(expression).unwrap();
    assert_eq!(expression.evaluate(body).as_deref(), Ok(expected));
}

#[test]
fn a_member_of_the_body_selects() {
    check("$request.body.action", r#"{"action":"join"}"#, "join");
    check(
        "${request.body.action}",
        r#"{"x":[1],"action":"join"}"#,
        "join",
    );
}

#[test]
fn a_path_goes_through_objects_and_arrays() {
    let body = r#"{"service":{"do":"run","steps":[{"n":"a"},{"n":"b"}]}}"#;
    check("$request.body.service.do", body, "run");
    check("$request.body['service'][\"do\"]", body, "run");
    check("$request.body.service.steps[1].n", body, "b");
    check("$request.body.service.steps[2].n", body, "");
    check("$request.body.service[0]", body, "");
    check("$request.body.service.steps.n", body, "");
}

#[test]
fn a_name_in_brackets_may_hold_any_character() {
    check("$request.body['a.b]c']", r#"{"a.b]c":"x"}"#, "x");
}

#[test]
fn variables_and_text_are_joined() {
    let body = r#"{"a":"join","b":"7"}"#;
    check("${request.body.a}/${request.body.b}", body, "join/7");
    check("${request.body.a}-${request.body.zzz}", body, "join-");
    check("$request.body.a/$request.body.b", body, "join/7");
    check("$request.body.a-$request.body.b", body, "join-7");
    check("v1.${request.body.a}", body, "v1.join");
}

#[test]
fn an_escaped_dollar_is_text() {
    check(r"\$default", "{}", "$default");
    check("$default", "{}", "$default");
}

#[test]
fn plain_text_is_itself() {
    check("static", "[]", "static");
    check("", "{}", "");
}

#[test]
fn a_path_that_leads_nowhere_is_empty() {
    for body in ["[1]", "7", "\"text\"", "null", "{}", r#"{"action":{}}"#] {
        check("$request.body.action.x", body, "");
    }
}

#[test]
fn values_become_text_as_in_java() {
    let text = |value: &str, expected| {
        check("$request.body.a", &format!(r#"{{"a":{value}}}"#), expected);
    };
    text("1", "1");
    text("-2", "-2");
    text("1.0", "1.0");
    text("true", "true");
    text("null", "");
    text(r#"["a", 1, null, ["b"]]"#, "[a, 1, null, [b]]");
    text(r#"{"k":"v","n":{"m":false}}"#, "{k=v, n={m=false}}");
    text(r#""\u0041\n""#, "A\n");
}

#[test]
fn the_last_of_equal_keys_wins() {
    check("$request.body.a", r#"{"a":"first","a":"last"}"#, "last");
    check("$request.body.a.b", r#"{"a":{"b":"x"},"a":7}"#, "");
}

#[test]
fn an_escaped_key_matches_its_text() {
    check("$request.body.action", r#"{"\u0061ction":"join"}"#, "join");
}

#[test]
fn a_body_that_is_not_json_selects_nothing() {
    for expression in ["$request.body.a", "static", ""] {
        let expression = SelectionExpression::parse(expression).unwrap();
        for body in [
            "",
            "hello",
            r#"{"a":"x"} y"#,
            r#"{"a":"x""#,
            r#"{"a":"x",}"#,
            "{\"a\":\"\u{1}\"}",
        ] {
            assert_eq!(expression.evaluate(body), Err(NotJson), "{body}");
        }
    }
}

#[test]
fn nesting_beyond_the_parser_limit_is_refused() {
    let deep = format!(r#"{{"a":{}{}}}"#, "[".repeat(5000), "]".repeat(5000));
    let expression = SelectionExpression::parse("$request.body.a").unwrap();
    assert_eq!(expression.evaluate(&deep), Err(NotJson));
}

#[test]
fn other_variables_are_refused() {
    for text in ["$request.header.x", "${context.routeKey}", "$defaults", "$"] {
        let refused = SelectionExpression::parse(text);
        assert!(
            matches!(refused, Err(InvalidExpression::UnsupportedVariable(_))),
            "{text}"
        );
    }
}

#[test]
fn broken_paths_are_refused() {
    for text in ["${request.body.a", "$request.body[", "$request.body['a"] {
        let refused = SelectionExpression::parse(text);
        assert!(
            matches!(refused, Err(InvalidExpression::Unterminated(_))),
            "{text}"
        );
    }
    for text in [
        "$request.body[*]",
        "${request.body..a}",
        "${request.body.}",
        "$request.bodyx",
        "$request.body[-1]",
    ] {
        let refused = SelectionExpression::parse(text);
        assert!(
            matches!(refused, Err(InvalidExpression::UnsupportedPath(_))),
            "{text}"
        );
    }
}

proptest! {
    #[test]
    fn no_expression_and_no_body_panics(expression in r"[\\${}\[\]'.a-c0-9 -]{0,24}|\PC{0,24}", body in "\\PC{0,64}") {
        if let Ok(expression) = SelectionExpression::parse(&expression) {
            let _ = expression.evaluate(&body);
        }
        if let Ok(expression) = SelectionExpression::parse(&format!("$request.body{expression}")) {
            let _ = expression.evaluate(r#"{"a":{"b":[1,{"c":2}]}}"#);
        }
    }

    #[test]
    fn a_string_member_is_selected_as_it_is(value in "\\PC{0,32}", other in "\\PC{0,32}") {
        let body = serde_json::json!({ "before": other, "action": value, "after": [other] }).to_string();
        check("$request.body.action", &body, &value);
    }
}
