//! The section `Rules`.

use super::*;

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
