//! Parameters and their rules.

use super::*;

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
        parameter(
            "{Type: String, AllowedPattern: '(?!x)[\\w-.]+@b'}",
            Some("a-.x@b")
        ),
        text("a-.x@b")
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
            "{Type: String, AllowedPattern: '(?!x)[\\w-.]+@b'}",
            Some("x@b"),
            "Parameter 'P' must match pattern (?!x)[\\w-.]+@b (P, line 2)",
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
            "Parameter 'P' must be a number. (P, line 2)",
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
