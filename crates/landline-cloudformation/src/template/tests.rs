//! Each case is a template (or a piece of one) and what it evaluates to, or the words with which it is refused.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use super::*;

/// Resources whose `Ref` is `ref-ID` and whose attributes are `ID.Attribute`.
struct Made;

impl Resources for Made {
    fn reference(&self, logical_id: &str) -> Option<Json> {
        logical_id
            .starts_with(char::is_uppercase)
            .then(|| Json::from(format!("ref-{logical_id}")))
    }

    fn attribute(&self, logical_id: &str, attribute: &str) -> Option<Result<Json, String>> {
        match attribute {
            "Later" => Some(Ok(Json::from(KNOWN_AFTER_APPLY))),
            "Missing" => Some(Err(format!(
                "Template error: resource {logical_id} does not support attribute type Missing in Fn::GetAtt"
            ))),
            _ => Some(Ok(Json::from(format!("{logical_id}.{attribute}")))),
        }
    }
}

const HEAD: &str = "
Parameters:
  Stage: { Type: String, Default: dev }
  Names: { Type: CommaDelimitedList, Default: 'a, b' }
  Count: { Type: Number, Default: 3 }
Mappings:
  Sizes: { us-east-1: { small: t1, list: [x, y] } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsDev: !Not [!Condition IsProd]
  Both: !And [!Condition IsDev, !Equals [!Ref Count, 3]]
  Either: !Or [!Condition IsProd, !Condition Both]
Resources:
  R:
    Type: T
    Properties:
      X: ";

fn evaluate_property(value: &str) -> Result<Option<Json>, TemplateError> {
    let template = Template::parse(&format!("{HEAD}{value}\n"))?;
    let pseudo = Pseudo {
        account_id: "123456789012".into(),
        region: "us-east-1".into(),
        stack_name: "chat".into(),
        stack_id: "arn:stack".into(),
        notification_arns: Vec::new(),
    };
    let parameters = resolve_parameters(&template.parameters, &BTreeMap::new(), &BTreeMap::new())?;
    let conditions = evaluate_conditions(&template, &parameters, &pseudo)?;
    let exports = BTreeMap::from([("shared".to_owned(), "from elsewhere".to_owned())]);
    let scope = Scope {
        pseudo: &pseudo,
        parameters: &parameters,
        mappings: &template.mappings,
        conditions: &conditions,
        resources: &Made,
        exports: &exports,
        budget: &Budget::default(),
    };
    let properties = evaluate(&template.resources["R"].properties, &scope)?;
    Ok(properties.and_then(|properties| properties.get("X").cloned()))
}

#[track_caller]
fn check(value: &str, expect: impl Into<Json>) {
    assert_eq!(evaluate_property(value), Ok(Some(expect.into())), "{value}");
}

#[track_caller]
fn refused(value: &str, expect: &str) {
    assert_eq!(
        evaluate_property(value).unwrap_err().to_string(),
        expect,
        "{value}"
    );
}

#[track_caller]
fn template_refused(text: &str, expect: &str) {
    let error = Template::parse(text)
        .and_then(|template| check_references(&template))
        .unwrap_err();
    assert_eq!(error.to_string(), expect);
}

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
        "Template format error: Unresolved resource dependencies [nowhere] in the Resources block of the template (line 17)",
    );
    refused(
        "!GetAtt Table",
        "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute (line 17)",
    );
    refused(
        "!GetAtt T.Missing",
        "Template error: resource T does not support attribute type Missing in Fn::GetAtt (line 17)",
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
        "Template error: variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, and colons: ${a b} (line 17)",
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
        "Template error: Fn::Select cannot select nonexistent value at index 5 (line 17)",
    );
    refused(
        "!FindInMap [Sizes, eu, small]",
        "Template error: Unable to get mapping for Sizes::eu::small (line 17)",
    );
    refused(
        "!FindInMap [Gone, eu, small]",
        "Template error: Mapping named 'Gone' is not present in the 'Mappings' section of template. (line 17)",
    );
    refused(
        "!Cidr ['10.0.0.0/30', 9, 8]",
        "Template error: Fn::Cidr cannot cut 9 blocks out of 10.0.0.0/30 (line 17)",
    );
    refused(
        "!ImportValue nothing",
        "No export named nothing found. (line 17)",
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
    refused(
        "!If [Unknown, 1, 2]",
        "Template format error: Unresolved condition dependency Unknown in the Resources block of the template (line 17)",
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
        "Template error: the functions of the template make too much text. (line 17)",
    );
    let text = "Mappings: {M: {A: {B: !FindInMap [M, A, B]}}}\nResources:\n  R: {Type: T, Properties: {X: !FindInMap [M, A, B]}}\n";
    assert!(Template::parse(text).is_ok());
}

#[test]
fn a_text_that_is_no_template_is_refused_with_its_line() {
    template_refused(
        "{\n  \"Resources\": {,}\n}",
        "Template format error: JSON not well-formed. (line 2, column 17)",
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
        "Resources:\n  A: {Type: T}\n  A: {Type: T}\n",
        "Template format error: duplicate key 'A'. (line 3)",
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
        "Template format error: Resources name A-b is non alphanumeric. (line 2)",
    );
    template_refused(
        "Transform: My::Macro\nResources:\n  A: {Type: T}\n",
        "No transform named My::Macro found. (line 1)",
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

fn parameter(declaration: &str, value: Option<&str>) -> Result<ParameterValue, String> {
    let text = format!("Parameters:\n  P: {declaration}\nResources:\n  A: {{Type: T}}\n");
    let template = Template::parse(&text).map_err(|error| error.to_string())?;
    let given = value
        .map(|value| ("P".to_owned(), value.to_owned()))
        .into_iter()
        .collect();
    let mut values = resolve_parameters(&template.parameters, &given, &BTreeMap::new())
        .map_err(|error| error.to_string())?;
    Ok(values.remove("P").unwrap())
}

#[test]
fn parameters_are_checked_as_cloudformation_checks_them() {
    let text = |text: &str| Ok(ParameterValue::Text(text.to_owned()));
    assert_eq!(parameter("{Type: String, Default: x}", None), text("x"));
    assert_eq!(
        parameter("{Type: String, Default: x}", Some("y")),
        text("y")
    );
    assert_eq!(
        parameter("{Type: 'AWS::EC2::VPC::Id'}", Some("vpc-1")),
        text("vpc-1")
    );
    assert_eq!(
        parameter("{Type: List<Number>}", Some("1,2")),
        Ok(ParameterValue::List(vec!["1".into(), "2".into()]))
    );
}

#[test]
fn parameters_that_break_their_rules_are_refused() {
    let cases = [
        (
            "{Type: String}",
            None,
            "Parameters: [P] must have values (line 2)",
        ),
        (
            "{Type: Strin}",
            None,
            "Template format error: Unrecognized parameter type: Strin (P, line 2)",
        ),
        (
            "{Default: 1}",
            None,
            "Template format error: Every Parameters object must contain a Type member. (P, line 2)",
        ),
        (
            "{Type: String, AllowedValues: [a, b]}",
            Some("c"),
            "Parameter 'P' must be one of AllowedValues [a, b] (P, line 2)",
        ),
        (
            "{Type: String, AllowedPattern: '[a-z]+'}",
            Some("aB"),
            "Parameter 'P' must match pattern [a-z]+ (P, line 2)",
        ),
        (
            "{Type: String, AllowedPattern: '[a-z]+', ConstraintDescription: lower}",
            Some("B"),
            "Parameter 'P' failed to satisfy constraint: lower (P, line 2)",
        ),
        (
            "{Type: String, MinLength: 3}",
            Some("ab"),
            "Parameter 'P' must contain at least 3 characters (P, line 2)",
        ),
        (
            "{Type: String, MaxLength: 1}",
            Some("ab"),
            "Parameter 'P' must contain at most 1 characters (P, line 2)",
        ),
        (
            "{Type: Number}",
            Some("ab"),
            "Parameter 'P' must be a number (P, line 2)",
        ),
        (
            "{Type: Number, MinValue: 2}",
            Some("1"),
            "Parameter 'P' must be a number not less than 2 (P, line 2)",
        ),
        (
            "{Type: Number, MaxValue: 2}",
            Some("3"),
            "Parameter 'P' must be a number not greater than 2 (P, line 2)",
        ),
    ];
    for (declaration, value, expect) in cases {
        assert_eq!(
            parameter(declaration, value),
            Err(expect.to_owned()),
            "{declaration}"
        );
    }
}

#[test]
fn a_value_for_no_parameter_is_refused() {
    let template = Template::parse("Resources:\n  A: {Type: T}\n").unwrap();
    let given = BTreeMap::from([("Q".to_owned(), String::new())]);
    assert_eq!(
        resolve_parameters(&template.parameters, &given, &BTreeMap::new())
            .unwrap_err()
            .message,
        "Parameters: [Q] do not exist in the template"
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

#[track_caller]
fn resource_names(text: &str, parameters: &[(&str, &str)]) -> Result<Vec<String>, TemplateError> {
    let parameters = parameters
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    let template = Template::parse_with(text, &parameters.collect(), &Includes::new())?;
    Ok(template.resources.into_keys().collect())
}

const LOOP: &str = "\
Transform: AWS::LanguageExtensions
Parameters:
  Names: {Type: CommaDelimitedList, Default: 'a,b'}
Resources:
  Fn::ForEach::Topics:
    - Name
    - !Ref Names
    - 'Topic${Name}':
        Type: T
        Properties: {Name: !Ref Name, Text: !Sub '${Name}.x'}
";

#[test]
fn a_loop_is_written_out_for_the_parameters_of_the_deployment() {
    assert_eq!(resource_names(LOOP, &[]).unwrap(), ["Topica", "Topicb"]);
    assert_eq!(resource_names(LOOP, &[("Names", "c")]).unwrap(), ["Topicc"]);
    let template = Template::parse(LOOP).unwrap();
    let properties = template.resources["Topica"].properties.to_json();
    assert_eq!(properties, json!({"Name": "a", "Text": {"Fn::Sub": "a.x"}}));
}

#[test]
fn a_loop_that_makes_a_key_twice_is_refused() {
    let error = resource_names(LOOP, &[("Names", "c,c")]).unwrap_err();
    assert!(
        error.message.contains("the key Topicc is made twice"),
        "{error}"
    );
}

#[test]
fn loops_in_loops_have_an_end() {
    let inner = "
            - 'A${A}B${B}C${C}': {Type: T}";
    let list = (0..100)
        .map(|n| n.to_string())
        .collect::<Vec<_>>()
        .join(", ");
    let text = format!(
        "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::A:\n    - A\n    - [{list}]\n    - Fn::ForEach::B:\n        - B\n        - [{list}]\n        - Fn::ForEach::C:\n            - C\n            - [{list}]{inner}\n"
    );
    let error = resource_names(&text, &[]).unwrap_err();
    assert_eq!(
        error.message,
        "Template format error: Fn::ForEach makes too much."
    );
}

#[track_caller]
fn rule(rule: &str, expect: Option<&str>) {
    let text = format!(
        "Parameters:\n  Stage: {{Type: String, Default: prod}}\n  Zones: {{Type: CommaDelimitedList, Default: 'a,b'}}\nRules:\n  R: {rule}\nResources: {{X: {{Type: T}}}}\n"
    );
    let template = Template::parse(&text).unwrap();
    let nothing = BTreeMap::new();
    let values = resolve_parameters(&template.parameters, &nothing, &nothing).unwrap();
    let checked = check_rules(&template, &values, &Pseudo::default());
    assert_eq!(checked.err().map(|error| error.message).as_deref(), expect);
}

#[test]
fn rules_hold_or_tell_their_description() {
    rule(
        "{Assertions: [{Assert: {'Fn::Contains': [[prod, dev], !Ref Stage]}}]}",
        None,
    );
    rule(
        "{Assertions: [{Assert: {'Fn::Not': [{'Fn::Contains': [[prod], !Ref Stage]}]}, AssertDescription: not here}]}",
        Some("Template validation error: Rule R failed: not here"),
    );
    rule(
        "{RuleCondition: {'Fn::Equals': [!Ref Stage, dev]}, Assertions: [{Assert: {'Fn::Equals': [a, b]}}]}",
        None,
    );
    rule(
        "{Assertions: [{Assert: {'Fn::EachMemberIn': [!Ref Zones, [a, b, c]]}}]}",
        None,
    );
    rule(
        "{Assertions: [{Assert: {'Fn::EachMemberEquals': [!Ref Zones, a]}, AssertDescription: all a}]}",
        Some("Template validation error: Rule R failed: all a"),
    );
}

#[test]
fn dynamic_references_are_found_and_replaced() {
    let mut value = json!({"A": ["x{{resolve:ssm:/p:1}}y", "{{resolve:ssm-secure:s}}"], "B": 1});
    let found = dynamic_references::find(&value);
    let names: Vec<String> = found
        .iter()
        .map(|reference| reference.parameter_name().unwrap())
        .collect();
    assert_eq!(names, ["s", "/p:1"]);
    let values = found
        .iter()
        .map(|reference| (reference.text.clone(), "V".to_owned()));
    dynamic_references::replace(&mut value, &values.collect());
    assert_eq!(value, json!({"A": ["xVy", "V"], "B": 1}));
    let other = json!("{{resolve:secretsmanager:s}}");
    let refused = dynamic_references::find(&other).pop_first().unwrap();
    assert!(refused.parameter_name().is_err());
}
