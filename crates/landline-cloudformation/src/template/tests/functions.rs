//! Intrinsic functions and conditions.

use super::*;

#[test]
fn scalars_keep_the_type_that_the_author_wrote() {
    check("2012-10-17", "2012-10-17");
    check("'30'", "30");
    check("30", 30);
    check("1.5", 1.5);
    check("012345678901", "012345678901");
    check("true", true);
    check("yes", true);
    check("'yes'", "yes");
    check("null", Json::Null);
    check("|\n        two\n        lines\n", "two\nlines\n");
    check("!!str 5", "5");
}

#[test]
fn references_find_parameters_pseudo_parameters_and_resources() {
    check("!Ref Stage", "dev");
    check("!Ref Names", json!(["a", "b"]));
    check("!Ref Table", "ref-Table");
    check("!Ref AWS::Region", "us-east-1");
    check("!Ref 'AWS::URLSuffix'", "amazonaws.com");
    check("!GetAtt Table.Arn", "Table.Arn");
    check("!GetAtt Nested.Outputs.Url", "Nested.Outputs.Url");
    check("{'Fn::GetAtt': Table.Arn}", "Table.Arn");
    check("!GetAtt [Table, !Sub 'A${Stage}']", "Table.Adev");
    refused(
        "!Ref nowhere",
        "Template format error: Unresolved resource dependencies [nowhere] in the Resources block of the template (line 18)",
    );
    refused(
        "!GetAtt Table",
        "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute (line 18)",
    );
    refused(
        "!GetAtt T.Missing",
        "Template error: resource T does not support attribute type Missing in Fn::GetAtt (line 18)",
    );
}

#[test]
fn substitution_replaces_names_in_both_forms() {
    check(
        "!Sub 'wss://${Api}.execute-api.${AWS::Region}.amazonaws.com/${Stage}'",
        "wss://ref-Api.execute-api.us-east-1.amazonaws.com/dev",
    );
    check(
        "!Sub '${Fn.Arn}/${!Literal} $5 ${'",
        "Fn.Arn/${Literal} $5 ${",
    );
    check("!Sub ['${a}-${Stage}', {a: !Ref Count}]", "3-dev");
    check("!Sub '${T.Later}/x'", format!("{KNOWN_AFTER_APPLY}/x"));
    refused(
        "!Sub '${a b}'",
        "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons: ${a b} (line 18)",
    );
}

#[test]
fn functions_of_lists_and_texts_give_what_cloudformation_gives() {
    check("!Join ['/', [integrations, !Ref I]]", "integrations/ref-I");
    check("!Join ['-', !Ref Names]", "a-b");
    check("!Split ['|', 'a|b']", json!(["a", "b"]));
    check("!Select [1, !Ref Names]", "b");
    check(
        "!Select ['0', !Split [':', !GetAtt T.Later]]",
        KNOWN_AFTER_APPLY,
    );
    check("!Base64 hello", "aGVsbG8=");
    check(
        "!GetAZs ''",
        json!(["us-east-1a", "us-east-1b", "us-east-1c"]),
    );
    check(
        "!Cidr ['10.0.0.0/16', 2, 8]",
        json!(["10.0.0.0/24", "10.0.1.0/24"]),
    );
    check(
        "!Cidr ['fd00::/56', 2, 64]",
        json!(["fd00::/64", "fd00:0:0:1::/64"]),
    );
    check("!ImportValue shared", "from elsewhere");
    check("!FindInMap [Sizes, !Ref 'AWS::Region', small]", "t1");
    check("!FindInMap [Sizes, eu, small, {DefaultValue: t9}]", "t9");
    check("{'Fn::ToJsonString': {a: !Ref Stage}}", r#"{"a":"dev"}"#);
    check("{'Fn::Length': !Ref Names}", 2);
    refused(
        "!Select [5, [a]]",
        "Template error: Fn::Select cannot select nonexistent value at index 5 (line 18)",
    );
    refused(
        "!FindInMap [Sizes, eu, small]",
        "Template error: Unable to get mapping for Sizes::eu::small (line 18)",
    );
    refused(
        "!FindInMap [Gone, eu, small]",
        "Template error: Mapping named 'Gone' is not present in the 'Mappings' section of template. (line 18)",
    );
    refused(
        "!Cidr ['10.0.0.0/30', 9, 8]",
        "Template error: Fn::Cidr cannot cut 9 blocks out of 10.0.0.0/30 (line 18)",
    );
    refused(
        "!ImportValue nothing",
        "No export named nothing found. (line 18)",
    );
    assert!(
        evaluate_property("{'Fn::Foo': 1}")
            .unwrap_err()
            .message
            .starts_with("Template format error: Encountered unsupported function: Fn::Foo")
    );
}

#[test]
fn conditions_choose_branches_and_no_value_removes_the_property() {
    check("!If [IsProd, p, d]", "d");
    check("!If [Either, p, d]", "p");
    check(
        "{A: !If [IsProd, 1, !Ref AWS::NoValue], B: 2}",
        json!({"B": 2}),
    );
    check("[1, !If [IsProd, 2, !Ref AWS::NoValue]]", json!([1]));
    assert_eq!(evaluate_property("!Ref AWS::NoValue"), Ok(None));
    assert_eq!(evaluate_property("!Ref Left"), Ok(None));
    refused(
        "!If [Unknown, 1, 2]",
        "Template format error: Unresolved condition dependency Unknown in the Resources block of the template (line 18)",
    );
}

#[test]
fn a_map_that_only_looks_like_a_condition_stays_a_map() {
    check(
        "{Condition: {StringEquals: {a: b}}}",
        json!({"Condition": {"StringEquals": {"a": "b"}}}),
    );
}

#[test]
fn conditions_that_wait_for_each_other_or_for_resources_are_refused() {
    let check = |conditions: &str| {
        let template = Template::parse(&format!(
            "Conditions: {conditions}\nResources:\n  A: {{Type: T}}\n"
        ))
        .unwrap();
        evaluate_conditions(&template, &BTreeMap::new(), &Pseudo::default())
            .unwrap_err()
            .message
    };
    assert_eq!(
        check("{A: !Condition B, B: !Condition A}"),
        "Template error: Circular dependency between conditions: [A, B]"
    );
    assert_eq!(
        check("{A: !Condition C}"),
        "Template format error: Unresolved condition dependency C in the Conditions block of the template"
    );
    assert_eq!(
        check("{A: !Not [!Condition A, true]}"),
        "Template error: every Fn::Not object requires one boolean parameter."
    );
    assert!(
        check("{A: !Equals [!Ref X, 1]}")
            .starts_with("Template format error: Unresolved resource dependencies [X]")
    );
}

#[test]
fn only_the_branch_that_is_taken_makes_a_dependency() {
    let node = parse_text("{\"X\": {\"Fn::If\": [\"C\", {\"Ref\": \"A\"}, {\"Fn::Sub\": [\"${B.Arn}${v}\", {\"v\": {\"Ref\": \"D\"}}]}]}}").unwrap();
    let targets = |conditions: Option<&BTreeMap<String, bool>>| -> Vec<String> {
        uses(&node, conditions)
            .unwrap()
            .into_iter()
            .map(|found| found.target)
            .collect()
    };
    assert_eq!(targets(None), ["A", "B", "D"]);
    assert_eq!(
        targets(Some(&BTreeMap::from([("C".to_owned(), true)]))),
        ["A"]
    );
    assert_eq!(
        targets(Some(&BTreeMap::from([("C".to_owned(), false)]))),
        ["B", "D"]
    );
}
