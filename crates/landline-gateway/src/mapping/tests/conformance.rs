//! The conformance files: templates and what they come to, one pair after the other.

use super::{check_with_body, render};

#[test]
fn templates_come_to_what_velocity_makes_of_them() {
    let failures = differences(include_str!("velocity.txt"), 290);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn templates_come_to_what_api_gateway_makes_of_them() {
    let failures = differences(include_str!("api_gateway.txt"), 110);
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_empty_body_counts_as_an_empty_object() {
    check_with_body("$input.body", "", "{}");
    check_with_body("$input.json('$')", "", "{}");
    check_with_body("[$input.path('$.a')]", "", "[]");
    check_with_body("$util.urlEncode($input.body)", "", "%7B%7D");
}

#[test]
fn a_body_that_is_not_json_counts_as_a_string() {
    let form = "a=1&b=\"2\"";
    check_with_body("$input.body", form, form);
    check_with_body("$input.json('$')", form, r#""a=1&b=\"2\"""#);
    check_with_body("$input.path('$')", form, form);
    check_with_body("$input.json('$.a') [$input.path('$.a')]", form, "\"\" []");
}

#[test]
fn a_list_of_a_document_prints_as_json_and_a_map_as_java_has_it() {
    let nested = r#"{"json":{"foo":[{"nested":"bar"}]}}"#;
    check_with_body(
        "$input.path('$.json')",
        nested,
        r#"{foo=[{"nested":"bar"}]}"#,
    );
    let list = r#"{"json":[{"foo":"bar"}]}"#;
    check_with_body("$input.path('$.json')", list, r#"[{"foo":"bar"}]"#);
    check_with_body("$input.path('$.json')[0]", list, "{foo=bar}");
    let lists = r#"{"json":[[{"foo":"bar"}]]}"#;
    check_with_body("$input.path('$.json')[0]", lists, r#"[{"foo":"bar"}]"#);
}

#[test]
fn json_keeps_what_must_be_escaped_in_it_escaped() {
    check_with_body(
        "$input.json('$')",
        r#"{"a":"\u0001\n\"\\/\u2028","é":1e30}"#,
        r#"{"a":"\u0001\n\"\\/\u2028","é":1.0E30}"#,
    );
}

/// The pairs of a file that do not hold; there are at least `least` pairs in it.
fn differences(file: &str, least: usize) -> Vec<String> {
    let mut failures = Vec::new();
    let mut count = 0;
    for paragraph in file.split("\n\n") {
        let template = marked(paragraph, '|');
        let expected = marked(paragraph, '=');
        if template.is_empty() && expected.is_empty() {
            continue;
        }
        count += 1;
        let expected = expected.join("\n");
        let template = template.join("\n");
        let rendered = render(&template).unwrap_or_else(|error| format!("error: {error}"));
        if rendered != expected {
            failures.push(format!(
                "template: {template:?}\nexpected: {expected:?}\nrendered: {rendered:?}\n"
            ));
        }
    }
    assert!(count >= least, "the file has only {count} pairs");
    failures
}

/// The lines with a mark, without it. A visible blank stands for one at the end of a line.
fn marked(paragraph: &str, mark: char) -> Vec<String> {
    paragraph
        .lines()
        .filter_map(|line| line.strip_prefix(mark))
        .map(|line| match line.strip_suffix('␠') {
            Some(start) => format!("{start} "),
            None => line.to_owned(),
        })
        .map(|line| line.strip_prefix(' ').unwrap_or(&line).to_owned())
        .collect()
}
