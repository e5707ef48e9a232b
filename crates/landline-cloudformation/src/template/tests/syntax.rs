//! Texts that are templates, and texts that are none.

use super::*;

#[test]
fn anchors_and_merge_keys_are_expanded() {
    check(
        "{a: &x {p: 1, q: 2}, b: {<<: *x, q: 3}}",
        json!({"a": {"p": 1, "q": 2}, "b": {"q": 3, "p": 1}}),
    );
}

#[test]
fn an_alias_bomb_ends_at_the_limit() {
    let mut text = String::from("a0: &a0 [x,x,x,x,x,x,x,x,x]\n");
    for level in 1..9 {
        let last = format!("*a{}", level - 1);
        let items = [last.as_str(); 9].join(",");
        text = format!("{text}a{level}: &a{level} [{items}]\n");
    }
    assert_eq!(
        parse_text(&text).unwrap_err().message,
        "Template format error: the template has too many values."
    );
    assert_eq!(
        parse_text(&"[".repeat(200)).unwrap_err().message,
        "Template format error: the template is nested too deep."
    );
    let json = format!("{}1", "{\"a\":".repeat(300));
    assert_eq!(
        parse_text(&json).unwrap_err().message,
        "Template format error: the template is nested too deep."
    );
}

#[test]
fn functions_that_double_with_every_level_end_at_the_limit() {
    let mut value = String::from("'xxxxxxxx'");
    for _ in 0..24 {
        value = format!("!Sub ['${{a}}${{a}}', {{a: {value}}}]");
    }
    refused(
        &value,
        "Template error: the functions of the template make too much text. (line 18)",
    );
    let text = "Mappings: {M: {A: {B: !FindInMap [M, A, B]}}}\nResources:\n  R: {Type: T, Properties: {X: !FindInMap [M, A, B]}}\n";
    assert!(Template::parse(text).is_ok());
}

#[test]
fn of_a_key_that_comes_twice_the_last_is_in_force() {
    for text in [
        "A: {B: c, D: e}\nF: g\nA: {B: h, B: i}\n",
        r#"{"A": {"B": "c", "D": "e"}, "F": "g", "A": {"B": "h", "B": "i"}}"#,
    ] {
        assert_eq!(
            parse_text(text).unwrap().to_json(),
            json!({"A": {"B": "i"}, "F": "g"})
        );
    }
}

#[test]
fn brackets_may_close_where_the_key_begins_that_opened_them() {
    let text = "p: {\n  x: [\na,\n\n    b\n  ],\n  y: [\n {\n z: c\n}]\n}\nq: d\n";
    assert_eq!(
        parse_text(text).unwrap().to_json(),
        json!({"p": {"x": ["a", "b"], "y": [{"z": "c"}]}, "q": "d"})
    );
}

#[test]
fn a_bracket_that_is_never_closed_is_told_with_the_line_after_it() {
    template_refused(
        "Resources:\n  A:\n    Type: [T,\n  B:\n    Type: T\n",
        "Template format error: YAML not well-formed. (line 4, column 3): invalid indentation",
    );
}

#[test]
fn json_may_have_a_comma_too_many() {
    let text = "{\n  \"Resources\": {\n    \"A\": {\"Type\": \"T\",},\n  },\n}\n";
    assert!(Template::parse(text).is_ok());
}

#[test]
fn a_text_that_is_no_template_is_refused_with_its_line() {
    template_refused(
        "{\n  \"Resources\": {,}\n}",
        "Template format error: JSON not well-formed. (line 2, column 18)",
    );
    let error = Template::parse("Resources:\n  A: [1\n  B: 2\n")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("Template format error: YAML not well-formed. (line "),
        "{error}"
    );
    template_refused(
        "just text",
        "Template format error: unsupported structure. (line 1)",
    );
    template_refused("", "Template format error: unsupported structure.");
    template_refused(
        "Resources: {}\n",
        "Template format error: At least one Resources member must be defined. (line 1)",
    );
    template_refused(
        "Resource: {}\n",
        "Invalid template property or properties [Resource] (line 1)",
    );
    template_refused(
        "Resources:\n  A: {Typ: T}\n",
        "Invalid template resource property 'Typ' (A, line 2)",
    );
    template_refused(
        "Resources:\n  A:\n    Properties: {}\n",
        "Template format error: [/Resources/A] Every Resources object must contain a Type member. (A, line 2)",
    );
    template_refused(
        "Resources:\n  A: !Foo bar\n",
        "Template format error: unsupported tag !Foo. (line 2)",
    );
    template_refused(
        "Resources:\n  A-b: {Type: T}\n",
        "Template format error: Resource name A-b is non alphanumeric. (line 2)",
    );
    template_refused(
        "Transform: My::Macro\nResources:\n  A: {Type: T}\n",
        "No transform named My::Macro found. (line 1)",
    );
}

#[test]
fn a_condition_names_parameters_only() {
    template_refused(
        "Conditions:\n  C: !Equals [!Ref A, x]\nResources:\n  A: {Type: T}\n",
        "Template format error: Unresolved dependencies [A]. Cannot reference resources in the Conditions block of the template (C, line 2)",
    );
}

#[test]
fn names_that_do_not_exist_are_refused_with_resource_and_line() {
    template_refused(
        "Resources:\n  A:\n    Type: T\n    Properties:\n      X: !Ref Nowhere\n      Y: !Sub '${Gone}'\n",
        "Template format error: Unresolved resource dependencies [Gone, Nowhere] in the Resources block of the template (A, line 5)",
    );
    template_refused(
        "Resources:\n  A: {Type: T, DependsOn: B}\n",
        "Template format error: Unresolved resource dependencies [B] in the Resources block of the template (A, line 2)",
    );
    template_refused(
        "Resources:\n  A:\n    Type: T\n    Properties: {X: !GetAtt B.Arn}\n",
        "Template error: instance of Fn::GetAtt references undefined resource B (A, line 4)",
    );
    template_refused(
        "Resources:\n  A: {Type: T, Condition: C}\n",
        "Template format error: Unresolved condition dependency C in the Resources block of the template (A, line 2)",
    );
    template_refused(
        "Resources:\n  A: {Type: T}\nOutputs:\n  O: {Value: !Ref B}\n",
        "Template format error: Unresolved resource dependencies [B] in the Outputs block of the template (O, line 4)",
    );
    template_refused(
        "Resources:\n  A: {Type: T}\nOutputs:\n  O: {}\n",
        "Template format error: Every Outputs member must contain a Value object (O, line 4)",
    );
}

#[test]
fn json_and_yaml_give_the_same_tree() {
    let yaml = parse_text("Resources:\n  A:\n    Type: T\n    Properties: {X: !GetAtt B.Arn, Y: [1, true, null], Z: \"t\\u00e4b\\t\"}\n").unwrap();
    let json = parse_text("{\"Resources\": {\n\t\"A\": {\"Type\": \"T\", \"Properties\": {\"X\": {\"Fn::GetAtt\": [\"B\", \"Arn\"]}, \"Y\": [1, true, null], \"Z\": \"t\\u00e4b\\t\"}}}}").unwrap();
    assert_eq!(yaml.to_json(), json.to_json());
    assert_eq!(json.get("Resources").unwrap().get("A").unwrap().line, 2);
}

#[test]
fn no_input_makes_the_parsers_panic() {
    let seeds = [
        "Resources:\n  A: &a {Type: !Sub ['${x}', {x: *a}]}\n",
        "{\"Resources\": {\"A\": {\"Type\": \"\\ud83d\\ude00 é\"}}}",
        "a: !GetAtt [b\n- c: |\n  x",
    ];
    for seed in seeds {
        for end in (0..=seed.len()).filter(|end| seed.is_char_boundary(*end)) {
            let _ = Template::parse(&seed[..end]);
            for junk in ["\"", "\\", "{", "]", ":", "*a", "\u{0}", "<<: 1", "!", "\t"] {
                let _ = Template::parse(&format!("{}{junk}{}", &seed[..end], &seed[end..]));
            }
        }
    }
}

#[test]
fn a_description_has_a_limit() {
    let template = |length| {
        let description = "x".repeat(length);
        format!("Description: {description}\nResources: {{A: {{Type: 'Test::Thing'}}}}\n")
    };
    assert!(Template::parse(&template(1_024)).is_ok());
    let error = Template::parse(&template(1_025)).unwrap_err();
    assert_eq!(
        error.message,
        "Template format error: 'Description' length is greater than 1024."
    );
}
