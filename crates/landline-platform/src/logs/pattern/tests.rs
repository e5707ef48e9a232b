//! Patterns against lines: what matches, what is extracted, what is no pattern.

use super::*;

fn check(pattern: &str, message: &str, expected: bool) {
    let parsed = Pattern::parse(pattern).unwrap();
    assert_eq!(parsed.matches(message), expected, "{pattern} on {message}");
}

#[test]
fn terms_must_may_or_must_not_be_there() {
    let message = "[ERROR 400] bad request";
    for pattern in [
        "",
        "ERROR",
        "ERROR request",
        "\"bad request\"",
        "?ERROR ?WARN",
        "ERROR -INFO",
        "%4\\d\\d%",
    ] {
        check(pattern, message, true);
    }
    for pattern in [
        "error",
        "ERROR INFO",
        "\"request bad\"",
        "?WARN ?INFO",
        "ERROR -bad",
        "%5\\d\\d%",
    ] {
        check(pattern, message, false);
    }
}

#[test]
fn a_query_looks_into_json() {
    let message = r#"{"level": "error", "status": 503, "ok": false, "nothing": null, "user": {"id": 7, "tags": ["a", "b"]}, "a b": "x?"}"#;
    let yes = [
        r#"{ $.level = "error" }"#,
        "{ $.level = err* }",
        "{ $.level = %^er+or$% }",
        "{ $.status >= 500 && $.status < 600 }",
        "{ $.level = \"info\" || ($.user.id = 7 && $.ok IS FALSE) }",
        "{ $.nothing IS NULL }",
        "{ $.missing NOT EXISTS }",
        r#"{ $.user.tags[1] = "b" }"#,
        r#"{ $.user.tags[*] = "b" }"#,
        r#"{ $["a b"] = "x?" }"#,
        r#"{ $.level != "info" }"#,
        "{ $.status = 503 }",
        "{ $.status = 50* }",
    ];
    for pattern in yes {
        check(pattern, message, true);
    }
    let no = [
        r#"{ $.level = "info" }"#,
        "{ $.status > 503 }",
        r#"{ $.missing != "x" }"#,
        "{ $.level NOT EXISTS }",
        "{ $.ok IS TRUE }",
        r#"{ $["a b"] = "y?" }"#,
    ];
    for pattern in no {
        check(pattern, message, false);
    }
    check(r#"{ $.level = "error" }"#, "level error", false);
}

#[test]
fn fields_are_words_quotes_and_brackets() {
    let message =
        r#"127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534"#;
    let yes = [
        "[ip, id, user, at, request, status, bytes]",
        "[ip, id, user, at, request = *.html*, status = 4*, bytes > 1000]",
        "[ip, ..., bytes >= 1534]",
        "[..., status = 404 || status = 410, bytes]",
        "[ip = \"127.0.0.1\", ...]",
        "[]",
    ];
    for pattern in yes {
        check(pattern, message, true);
    }
    let no = [
        "[ip, user]",
        "[ip, ..., bytes < 1534]",
        "[..., status != 404, bytes]",
        "[..., status = 4* && status != 404, bytes]",
    ];
    for pattern in no {
        check(pattern, message, false);
    }
}

#[test]
fn a_metric_takes_its_value_from_what_matches() {
    let value = |pattern: &str, name: &str, message: &str| {
        Pattern::parse(pattern).unwrap().value(name, message)
    };
    let json = r#"{"took": 12.5, "name": "x"}"#;
    assert_eq!(
        value("{ $.took > 1 }", "$.took", json).as_deref(),
        Some("12.5")
    );
    assert_eq!(value("{ $.took > 1 }", "$.missing", json), None);
    assert_eq!(value("[a, b]", "$b", "x 7").as_deref(), Some("7"));
}

#[test]
fn what_is_no_pattern_is_refused() {
    let deep = format!("{{ {}$.a = 1{} }}", "(".repeat(100), ")".repeat(100));
    let refused = [
        "\"open",
        "{ $.a }",
        "{ $.a > \"text\" }",
        "{ $.a = 1",
        "{ a = 1 }",
        "[..., ...]",
        "[a = ]",
        "%(%",
        "{ $.a = 1 } x",
        &deep,
    ];
    for pattern in refused {
        assert_eq!(Pattern::parse(pattern).unwrap_err(), INVALID, "{pattern}");
    }
}
