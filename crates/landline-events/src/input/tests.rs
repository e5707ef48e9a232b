//! What targets are told, by input and event.

use serde_json::json;

use super::*;

#[track_caller]
fn check(input: &Input, expected: &str) {
    let event = json!({
        "detail-type": "Joined",
        "detail": { "user": "ann", "rooms": ["lobby", "kitchen"], "said": "\"hi\"", "age": 5 },
    });
    let about = About {
        rule_arn: "arn:rule",
        rule_name: "rule",
        ingested: "2027-02-03T09:15:42Z",
    };
    assert_eq!(input.of(&event, about), expected);
}

fn template(paths: &[(&str, &str)], template: &str) -> Input {
    let paths = paths.iter();
    Input::Template {
        paths: paths
            .map(|(name, path)| ((*name).to_owned(), (*path).to_owned()))
            .collect(),
        template: template.to_owned(),
    }
}

#[test]
fn a_constant_is_told_as_it_is() {
    check(&Input::Constant(r#"{"a":1}"#.to_owned()), r#"{"a":1}"#);
}

#[test]
fn a_path_takes_a_part_of_the_event() {
    let path = |text: &str| Input::Path(text.to_owned());
    check(&path("$.detail.user"), r#""ann""#);
    check(&path("$.detail.rooms[1]"), r#""kitchen""#);
    check(&path("$['detail-type']"), r#""Joined""#);
    check(&path("$.detail.rooms"), r#"["lobby","kitchen"]"#);
    check(&path("$.nothing"), "null");
    check(&path("detail"), "null");
}

#[test]
fn a_template_is_json_outside_of_quotation_marks_and_text_inside() {
    let paths = [
        ("user", "$.detail.user"),
        ("rooms", "$.detail.rooms"),
        ("said", "$.detail.said"),
        ("age", "$.detail.age"),
        ("absent", "$.absent"),
    ];
    check(
        &template(
            &paths,
            r#"{"user": <user>, "rooms": <rooms>, "age": <age>}"#,
        ),
        r#"{"user": "ann", "rooms": ["lobby","kitchen"], "age": 5}"#,
    );
    check(
        &template(&paths, r#""<user> says <said> at <age>""#),
        r#""ann says \"hi\" at 5""#,
    );
    check(
        &template(&paths, r#"{"a": <absent>, "b": "<absent>"}"#),
        r#"{"a": "", "b": ""}"#,
    );
    check(&template(&[], "1 < 2 <a b>"), "1 < 2 <a b>");
}

#[test]
fn what_is_no_text_stands_in_a_text_without_quotation_marks() {
    let paths = [("rooms", "$.detail.rooms"), ("all", "$.detail")];
    check(
        &template(&paths, r#""in <rooms>""#),
        r#""in [lobby,kitchen]""#,
    );
    check(
        &template(&paths, r#""<all>""#),
        r#""{user:ann,rooms:[lobby,kitchen],said:\"hi\",age:5}""#,
    );
}

#[test]
fn a_template_knows_the_rule_and_the_event() {
    check(
        &template(&[], r#"["<aws.events.rule-name>", <aws.events.rule-arn>]"#),
        r#"["rule", "arn:rule"]"#,
    );
    check(
        &template(&[], "<aws.events.event>"),
        r#"{"detailType":"Joined"}"#,
    );
    check(
        &template(&[], "<aws.events.event.ingestion-time>"),
        r#""2027-02-03T09:15:42Z""#,
    );
}
