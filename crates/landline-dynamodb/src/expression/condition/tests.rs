//! Conditions: what they mean, and what is said about those that mean nothing.

use proptest::prelude::*;

use super::Condition;
use crate::expression::testing::{item, placeholders};
use crate::expression::{ExpressionKind, Placeholders};
use crate::value::tests::any_item;

const ITEM: &str = r#"{
    "a":{"S":"text"}, "n":{"N":"5.0"}, "b":{"B":"AAECAw=="}, "yes":{"BOOL":true}, "nil":{"NULL":true},
    "ss":{"SS":["a","b"]}, "ns":{"NS":["1","2","3"]}, "l":{"L":[{"S":"x"},{"M":{"k":{"N":"1"}}}]},
    "m":{"M":{"k":{"S":"v"},"deep":{"M":{"er":{"N":"2"}}}}}, "name":{"S":"reserved"}, "a.b":{"S":"dotted"}
}"#;

fn parse(text: &str) -> Result<Condition, String> {
    Condition::parse(ExpressionKind::Condition, text, &mut placeholders())
        .map_err(super::super::ExpressionError::into_message)
}

fn check(text: &str, expected: bool) {
    let condition = parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    assert_eq!(condition.matches(&item(ITEM)), expected, "{text}");
}

fn holds(text: &str) {
    check(text, true);
}

fn fails(text: &str) {
    check(text, false);
}

fn refused(text: &str, reason: &str) {
    assert_eq!(
        parse(text).map(drop),
        Err(format!("Invalid ConditionExpression: {reason}")),
        "{text}"
    );
}

#[test]
fn comparisons_need_one_type() {
    holds("a = :s");
    holds("n = :n5");
    holds(":n5 = n");
    fails("n = :s");
    holds("n <> :s");
    holds("n > :n2 AND n >= :n5 AND n <= :n5 AND n < :n10");
    fails("n < :s");
    fails("n < :n5");
    holds("b > :b");
    holds("ss = :ss");
    holds("m.k <> :te");
    fails("l = :m");
}

#[test]
fn missing_attributes_compare_as_different() {
    fails("gone = :s");
    holds("gone <> :s");
    fails("gone < :n1");
    fails("gone BETWEEN :n1 AND :n5");
    fails("gone IN (:n1)");
    fails("begins_with(gone, :te)");
    fails("size(gone) > :n0");
    fails("size(n) > :n0");
}

#[test]
fn paths_lead_into_documents() {
    holds("l[0] = :s OR l[1].k = :n1");
    holds("m.deep.er = :n2");
    holds("#name <> :s AND #dot <> :s");
    holds("attribute_exists(#dot)");
    fails("attribute_exists(a.b)");
    fails("attribute_exists(l[2]) OR attribute_exists(l.k) OR attribute_exists(m[0])");
    holds("(m).k <> :s");
}

#[test]
fn logic_has_its_precedence() {
    holds("a = :s OR n = :n1 AND n = :n2");
    fails("(a = :s OR n = :n1) AND n = :n2");
    fails("NOT a = :s OR n = :n1");
    holds("NOT (n = :n1 AND a = :s)");
    holds("NOT NOT a = :s");
    holds("n BETWEEN :n1 AND :n10 AND a = :s");
    holds("a = :s and not n = :n1 or n In (:n1)");
    holds("(a) = (:s)");
    holds("(((n > :n1) AND n > :n2) OR n > :n10)");
}

#[test]
fn ranges_and_lists() {
    holds("n BETWEEN :n5 AND :n5");
    fails("n BETWEEN :n1 AND :n2");
    fails("n BETWEEN :A AND :Z");
    holds("a BETWEEN :A AND :Z");
    holds(":n2 BETWEEN m.deep.er AND n");
    holds("n IN (:n1, :s, :n5)");
    fails("n IN (:n1, :n2)");
    holds("a IN (#name, a0, :s)");
}

#[test]
fn functions() {
    holds("attribute_exists(a) AND attribute_exists(m.deep.er)");
    holds("attribute_not_exists(gone)");
    holds("attribute_type(a, :typeS)");
    fails("attribute_type(n, :typeS)");
    holds("begins_with(a, :te) AND begins_with(b, :b) AND begins_with(a, :empty)");
    fails("begins_with(b, :te)");
    holds("contains(a, :te) AND contains(b, :b) AND contains(ss, :A) AND contains(ns, :n1)");
    fails("contains(ns, :A) OR contains(ss, :n1) OR contains(n, :n5) OR contains(m, :s)");
    holds("size(a) < :n5 AND size(ns) > :n2 AND size(l) = :n2 AND size(m) = size(l)");
    holds("size(:ss) = :n2");
    holds("contains(l, l[0])");
}

#[test]
fn syntax_errors_show_where() {
    refused("", "The expression can not be empty;");
    refused("foo", r#"Syntax error; token: "<EOF>", near: "foo""#);
    refused("a =", r#"Syntax error; token: "<EOF>", near: "=""#);
    refused(
        "attribute_type()",
        r#"Syntax error; token: ")", near: "()""#,
    );
    refused("a == :s", r#"Syntax error; token: "=", near: "== :s""#);
    refused("a  =  :s )", r#"Syntax error; token: ")", near: ":s )""#);
    refused(
        "a AND n = :n1",
        r#"Syntax error; token: "AND", near: "a AND n""#,
    );
    refused("a = :s AND n", r#"Syntax error; token: "<EOF>", near: "n""#);
    refused("a = :s & n", r#"Syntax error; token: "&", near: ":s & n""#);
    refused("a = é", r#"Syntax error; token: "é", near: "= é""#);
    refused("l[a] = :s", r#"Syntax error; token: "a", near: "[a]""#);
    refused("l[-1] = :s", r#"Syntax error; token: "-", near: "[-1""#);
    refused("0a = :s", r#"Syntax error; token: "0", near: "0a""#);
    refused(
        "a BETWEEN :n1",
        r#"Syntax error; token: "<EOF>", near: ":n1""#,
    );
    refused("a IN ()", r#"Syntax error; token: ")", near: "()""#);
    refused("NOT a", r#"Syntax error; token: "<EOF>", near: "a""#);
    refused(
        "(a = :s) = :t",
        r#"Syntax error; token: "=", near: ") = :t""#,
    );
    refused("a = b = c", r#"Syntax error; token: "=", near: "b = c""#);
    refused("# = :s", "Syntax error; token: \"#\", near: \"# =\"");
}

#[test]
fn placeholders_must_be_defined_and_words_free() {
    refused(
        "abort = :s",
        "Attribute name is a reserved keyword; reserved keyword: abort",
    );
    refused(
        "m.Items = :s",
        "Attribute name is a reserved keyword; reserved keyword: Items",
    );
    refused(
        "#nope = :s",
        "An expression attribute name used in the document path is not defined; attribute name: #nope",
    );
    refused(
        "a = :nope",
        "An expression attribute value used in expression is not defined; attribute value: :nope",
    );
}

#[test]
fn functions_are_checked() {
    refused("abc(a)", "Invalid function name; function: abc");
    refused(
        "Attribute_Exists(a)",
        "Invalid function name; function: Attribute_Exists",
    );
    refused(
        "size(a)",
        "The function is not allowed to be used this way in an expression; function: size",
    );
    refused(
        "a = :s AND (size(a))",
        "The function is not allowed to be used this way in an expression; function: size",
    );
    refused(
        "begins_with(a, :te) = :t",
        "The function is not allowed to be used this way in an expression; function: begins_with",
    );
    refused(
        "size(contains(a, :te)) = :n1",
        "The function is not allowed to be used this way in an expression; function: contains",
    );
    refused(
        "attribute_exists(a, b)",
        "Incorrect number of operands for operator or function; operator or function: attribute_exists, number of operands: 2",
    );
    refused(
        "attribute_exists(:s)",
        "Operator or function requires a document path; operator or function: attribute_exists",
    );
    refused(
        "begins_with(a, :n1)",
        "Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
    );
    refused(
        "size(:n1) = :n1",
        "Incorrect operand type for operator or function; operator or function: size, operand type: N",
    );
    refused(
        "attribute_type(a, b)",
        "Incorrect operand type for operator or function; operator or function: attribute_type, operand type: {NS,SS,L,BS,N,M,B,BOOL,NULL,S}",
    );
    refused(
        "attribute_type(a, :typeX)",
        "Invalid attribute type name found; type: X, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}",
    );
    refused(
        "a < :t",
        "Incorrect operand type for operator or function; operator: <, operand type: BOOL",
    );
}

#[test]
fn operands_are_checked() {
    refused(
        "a = a",
        "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
    );
    refused(
        "contains(m.l[1], m.l[1])",
        "The first operand must be distinct from the remaining operands for this operator or function; operator: contains, first operand: [m, l, [1]]",
    );
    refused(
        "n BETWEEN :n5 AND :n1",
        "The BETWEEN operator requires upper bound to be greater than or equal to lower bound; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {N:1}",
    );
    refused(
        "n BETWEEN :n5 AND :s",
        "The BETWEEN operator requires same data type for lower and upper bounds; lower bound operand: AttributeValue: {N:5}, upper bound operand: AttributeValue: {S:text}",
    );
}

#[test]
fn the_gravest_fault_is_told() {
    refused(
        "((a = :s)) AND abc(a) AND abort = :nope",
        "The expression has redundant parentheses;",
    );
    refused("((a)) = :s", "The expression has redundant parentheses;");
    refused(
        "(((m.k)).x) = :s",
        "The expression has redundant parentheses;",
    );
    refused(
        "abort = :nope AND abc(a)",
        "Invalid function name; function: abc",
    );
    refused(
        "a = :nope AND abort = :s",
        "Attribute name is a reserved keyword; reserved keyword: abort",
    );
    refused(
        "a = a AND a = :nope",
        "The first operand must be distinct from the remaining operands for this operator or function; operator: =, first operand: [a]",
    );
    refused(
        "size(a) AND",
        r#"Syntax error; token: "<EOF>", near: "AND""#,
    );
}

#[test]
fn limits_hold() {
    let many = |count: usize| vec!["n = :n1"; count].join(" OR ");
    assert!(parse(&many(150)).is_ok());
    refused(
        &many(151),
        "The expression contains too many operators; maximum number of operators: 300",
    );
    let list = |count: usize| format!("n IN ({})", vec![":n1"; count].join(","));
    assert!(parse(&list(100)).is_ok());
    refused(
        &list(101),
        "The IN operator is provided with too many operands; number of operands: 101",
    );
    assert!(parse(&format!("{}a = :s", " ".repeat(4090))).is_ok());
    refused(
        &format!("{}a = :s", " ".repeat(4091)),
        "Expression size has exceeded the maximum allowed size; expression size: 4097",
    );
}

#[test]
fn deep_nesting_is_refused_without_deep_recursion() {
    for text in [
        "(".repeat(2500),
        "NOT ".repeat(1000),
        "size(".repeat(800),
        format!("{}a = :s{}", "(".repeat(2000), ")".repeat(2000)),
    ] {
        assert!(
            parse(&text)
                .unwrap_err()
                .starts_with("Invalid ConditionExpression: Syntax error; token: "),
            "{text:.20}"
        );
    }
    let nested = |depth: usize| {
        format!(
            "{}a = :s{}",
            "(a = :s AND ".repeat(depth),
            ")".repeat(depth)
        )
    };
    assert!(parse(&nested(100)).unwrap().matches(&item(ITEM)));
}

#[test]
fn unused_placeholders_are_refused() {
    let mut placeholders = placeholders();
    Condition::parse(ExpressionKind::Filter, "#name = :s", &mut placeholders).unwrap();
    assert_eq!(
        placeholders.finish().unwrap_err().message(),
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#a, #b, #dot}"
    );
}

#[test]
fn placeholder_keys_have_a_form() {
    let names = |key: &str| {
        Placeholders::new(Some([(key.to_owned(), "x".to_owned())].into()), None)
            .map(drop)
            .map_err(super::super::ExpressionError::into_message)
    };
    assert_eq!(names("#a_1"), Ok(()));
    assert_eq!(
        names("a"),
        Err(r#"ExpressionAttributeNames contains invalid key: Syntax error; key: "a""#.to_owned())
    );
    assert_eq!(
        names("#"),
        Err(
            r##"ExpressionAttributeNames contains invalid key: Syntax error; key: "#""##.to_owned()
        )
    );
    assert_eq!(
        Placeholders::new(Some([].into()), None)
            .unwrap_err()
            .message(),
        "ExpressionAttributeNames must not be empty"
    );
    let wrong = landline_api::dynamodb::AttributeValue::N("x".to_owned());
    assert_eq!(
        Placeholders::new(None, Some([(":v".to_owned(), wrong)].into()))
            .unwrap_err()
            .message(),
        "ExpressionAttributeValues contains invalid value: The parameter cannot be converted to a numeric value: x for key :v"
    );
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,60}", near in "(a|n|l|:s|:n1|#name|NOT|AND|OR|IN|BETWEEN|size|contains|begins_with|=|<|>|\\(|\\)|\\[|\\]|0|,|\\.| ){0,40}", item in any_item()) {
        for text in [text, near] {
            if let Ok(condition) = parse(&text) {
                let _ = condition.matches(&item);
            }
        }
    }
}

#[test]
fn functions_of_updates_are_known_but_not_allowed() {
    refused(
        "if_not_exists(a, b) = b",
        "The function is not allowed in a condition; function: if_not_exists",
    );
}

#[test]
fn a_path_goes_thirty_two_levels_deep_and_no_further() {
    let path = |levels: usize| format!("attribute_exists(a{})", ".k".repeat(levels - 1));
    fails(&path(32));
    refused(
        &path(33),
        "The document path has too many nesting levels; nesting levels: 33",
    );
}

#[test]
fn a_word_begins_with_a_letter() {
    refused("_a = :s", r#"Syntax error; token: "_", near: "_a""#);
}

#[test]
fn the_size_of_a_text_is_its_length_in_characters() {
    let condition = parse("size(a) = :n5").unwrap();
    assert!(condition.matches(&item(r#"{"a":{"S":"größe"}}"#)));
    assert!(!condition.matches(&item(r#"{"a":{"S":"größ"}}"#)));
}
