//! Updates: what they make of an item, and what is said about those that cannot be.

use proptest::prelude::*;

use super::Update;
use crate::expression::testing::{item, placeholders};
use crate::value::tests::any_item;

fn parse(text: &str) -> Result<Update, String> {
    Update::parse(text, &mut placeholders()).map_err(super::super::ExpressionError::into_message)
}

fn apply(text: &str, before: &str) -> Result<String, String> {
    let mut item = item(before);
    let update = parse(text)?;
    let untouched = item.clone();
    match update.apply(&mut item) {
        Ok(()) => Ok(item.to_json()),
        Err(error) => {
            assert_eq!(item, untouched, "a refused update changes nothing");
            Err(error.into_message())
        }
    }
}

fn check(text: &str, before: &str, after: &str) {
    assert_eq!(
        apply(text, before),
        Ok(item(after).to_json()),
        "{text} on {before}"
    );
}

fn fails(text: &str, before: &str, message: &str) {
    assert_eq!(
        apply(text, before),
        Err(message.to_owned()),
        "{text} on {before}"
    );
}

fn refused(text: &str, reason: &str) {
    assert_eq!(
        parse(text).map(drop),
        Err(format!("Invalid UpdateExpression: {reason}")),
        "{text}"
    );
}

const WRONG_TYPE: &str = "An operand in the update expression has an incorrect data type";
const INVALID_PATH: &str =
    "The document path provided in the update expression is invalid for update";

#[test]
fn set_writes_attributes() {
    check("SET a = :s", "{}", r#"{"a":{"S":"text"}}"#);
    check(
        "set a = :s, #b = :n1",
        r#"{"a":{"N":"9"}}"#,
        r#"{"a":{"S":"text"},"b":{"N":"1"}}"#,
    );
    check(
        "SET m.k = :n1, m.x = :n2",
        r#"{"m":{"M":{"k":{"S":"v"}}}}"#,
        r#"{"m":{"M":{"k":{"N":"1"},"x":{"N":"2"}}}}"#,
    );
    check(
        "SET l[0] = :n1",
        r#"{"l":{"L":[{"S":"x"},{"S":"y"}]}}"#,
        r#"{"l":{"L":[{"N":"1"},{"S":"y"}]}}"#,
    );
    check("SET #dot = :n1", "{}", r#"{"a.b":{"N":"1"}}"#);
}

#[test]
fn set_reads_the_item_as_it_was() {
    check(
        "SET a = b, b = a",
        r#"{"a":{"N":"1"},"b":{"N":"2"}}"#,
        r#"{"a":{"N":"2"},"b":{"N":"1"}}"#,
    );
    check(
        "SET a = a + :n1, c = a REMOVE b",
        r#"{"a":{"N":"1"},"b":{"N":"2"}}"#,
        r#"{"a":{"N":"2"},"c":{"N":"1"}}"#,
    );
    check(
        "SET a = b REMOVE b",
        r#"{"b":{"S":"x"}}"#,
        r#"{"a":{"S":"x"}}"#,
    );
}

#[test]
fn set_calculates() {
    check(
        "SET n = n + :n5",
        r#"{"n":{"N":"1.5"}}"#,
        r#"{"n":{"N":"6.5"}}"#,
    );
    check(
        "SET n = :n1 - n",
        r#"{"n":{"N":"1.5"}}"#,
        r#"{"n":{"N":"-0.5"}}"#,
    );
    check(
        "SET n = if_not_exists(n, :n0) + :n1",
        "{}",
        r#"{"n":{"N":"1"}}"#,
    );
    check(
        "SET n = (if_not_exists(n, :n0) + :n1)",
        r#"{"n":{"N":"7"}}"#,
        r#"{"n":{"N":"8"}}"#,
    );
    check(
        "SET l = list_append(l, :l)",
        r#"{"l":{"L":[{"N":"1"}]}}"#,
        r#"{"l":{"L":[{"N":"1"},{"S":"x"}]}}"#,
    );
    check(
        "SET l = list_append(:l, if_not_exists(l, :l))",
        "{}",
        r#"{"l":{"L":[{"S":"x"},{"S":"x"}]}}"#,
    );
    fails(
        "SET n = n + :n1",
        "{}",
        "The provided expression refers to an attribute that does not exist in the item",
    );
    fails("SET n = n + :n1", r#"{"n":{"S":"1"}}"#, WRONG_TYPE);
    fails(
        "SET l = list_append(l, :l)",
        r#"{"l":{"S":"1"}}"#,
        WRONG_TYPE,
    );
    fails(
        "SET n = n + :n1",
        r#"{"n":{"N":"1e100"}}"#,
        "Number overflow. Attempting to store a number with magnitude larger than supported range",
    );
}

#[test]
fn indexes_past_the_end_append() {
    check(
        "SET l[7] = :n1",
        r#"{"l":{"L":[{"S":"x"}]}}"#,
        r#"{"l":{"L":[{"S":"x"},{"N":"1"}]}}"#,
    );
    check(
        "SET l[10] = :n2, l[9] = :n1",
        r#"{"l":{"L":[]}}"#,
        r#"{"l":{"L":[{"N":"1"},{"N":"2"}]}}"#,
    );
    check(
        "ADD l[4] :n5",
        r#"{"l":{"L":[{"N":"1"}]}}"#,
        r#"{"l":{"L":[{"N":"1"},{"N":"5"}]}}"#,
    );
}

#[test]
fn remove_forgets() {
    check(
        "REMOVE a, b",
        r#"{"a":{"S":"x"},"c":{"S":"y"}}"#,
        r#"{"c":{"S":"y"}}"#,
    );
    check(
        "REMOVE l[0], l[2], l[9]",
        r#"{"l":{"L":[{"N":"0"},{"N":"1"},{"N":"2"}]}}"#,
        r#"{"l":{"L":[{"N":"1"}]}}"#,
    );
    check(
        "REMOVE l[0] SET l[1] = :s, l[5] = :n5",
        r#"{"l":{"L":[{"N":"0"},{"N":"1"}]}}"#,
        r#"{"l":{"L":[{"S":"text"},{"N":"5"}]}}"#,
    );
    check(
        "REMOVE m.k, m.absent",
        r#"{"m":{"M":{"k":{"S":"v"}}}}"#,
        r#"{"m":{"M":{}}}"#,
    );
}

#[test]
fn places_must_exist() {
    for text in [
        "SET m.k = :s",
        "REMOVE m.k",
        "SET m.a.b = :s",
        "SET a.b = :s",
        "SET l.k = :s",
        "SET a[0] = :s",
        "REMOVE a[0]",
        "ADD m.k :n1",
        "SET l[0].k = :s",
    ] {
        fails(text, r#"{"a":{"S":"x"},"l":{"L":[]}}"#, INVALID_PATH);
    }
}

#[test]
fn add_sums_and_unites() {
    check("ADD n :n5", "{}", r#"{"n":{"N":"5"}}"#);
    check(
        "ADD n :n5, m.n :n1",
        r#"{"n":{"N":"2"},"m":{"M":{}}}"#,
        r#"{"n":{"N":"7"},"m":{"M":{"n":{"N":"1"}}}}"#,
    );
    check(
        "ADD s :ss",
        r#"{"s":{"SS":["a","c"]}}"#,
        r#"{"s":{"SS":["a","c","b"]}}"#,
    );
    check("ADD s :ns", "{}", r#"{"s":{"NS":["1","2"]}}"#);
    fails("ADD s :ns", r#"{"s":{"SS":["a"]}}"#, WRONG_TYPE);
    fails("ADD s :n1", r#"{"s":{"S":"a"}}"#, WRONG_TYPE);
}

#[test]
fn delete_takes_members() {
    check(
        "DELETE s :ss",
        r#"{"s":{"SS":["a","c"]}}"#,
        r#"{"s":{"SS":["c"]}}"#,
    );
    check(
        "DELETE s :ss",
        r#"{"s":{"SS":["a","b"]},"x":{"N":"1"}}"#,
        r#"{"x":{"N":"1"}}"#,
    );
    check("DELETE s :ss", "{}", "{}");
    fails("DELETE s :ss", r#"{"s":{"NS":["1"]}}"#, WRONG_TYPE);
}

#[test]
fn nothing_nests_too_deep() {
    let deep = format!(
        "{}{}{}",
        r#"{"L":["#.repeat(31),
        r#"{"M":{}}"#,
        "]}".repeat(31)
    );
    let path = format!("l{}", "[0]".repeat(31));
    let item = format!(r#"{{"l":{deep},"m":{{"M":{{"k":{{"M":{{}}}}}}}}}}"#);
    fails(
        &format!("SET {path} = m"),
        &item,
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
    );
    assert!(apply(&format!("SET {path} = :m"), &item).is_ok());
}

#[test]
fn touched_paths_are_answered() {
    let update = parse("SET a = b, m.k = :s REMOVE c ADD l[1] :n1").unwrap();
    let before = item(
        r#"{"a":{"N":"1"},"b":{"N":"2"},"l":{"L":[{"N":"1"},{"N":"2"}]},"m":{"M":{"k":{"N":"1"},"x":{"N":"1"}}}}"#,
    );
    let mut after = before.clone();
    update.apply(&mut after).unwrap();
    assert_eq!(
        update.touched().project(&before).to_json(),
        r#"{"a":{"N":"1"},"l":{"L":[{"N":"2"}]},"m":{"M":{"k":{"N":"1"}}}}"#
    );
    assert_eq!(
        update.touched().project(&after).to_json(),
        r#"{"a":{"N":"2"},"l":{"L":[{"N":"3"}]},"m":{"M":{"k":{"S":"text"}}}}"#
    );
}

#[test]
fn keys_are_not_updated() {
    let update = parse("SET a = :s REMOVE c.d").unwrap();
    assert!(update.refuse_keys(["id"]).is_ok());
    let message = |key| update.refuse_keys([key]).unwrap_err().into_message();
    assert_eq!(
        message("c"),
        "One or more parameter values were invalid: Cannot update attribute c. This attribute is part of the key"
    );
}

#[test]
fn syntax_errors_show_where() {
    refused("", "The expression can not be empty;");
    refused("SET", r#"Syntax error; token: "<EOF>", near: "SET""#);
    refused("SET a", r#"Syntax error; token: "<EOF>", near: "a""#);
    refused("SET a = :s,", r#"Syntax error; token: "<EOF>", near: ",""#);
    refused(
        "UPDATE a = :s",
        r#"Syntax error; token: "UPDATE", near: "UPDATE a""#,
    );
    refused(
        "SET a = :s b = :n1",
        r#"Syntax error; token: "b", near: ":s b =""#,
    );
    refused(
        "SET a = :n1 + :n1 + :n1",
        r#"Syntax error; token: "+", near: ":n1 + :n1""#,
    );
    refused(
        "SET my-attr = :s",
        r#"Syntax error; token: "-", near: "my-attr""#,
    );
    refused(
        "REMOVE a SET",
        r#"Syntax error; token: "<EOF>", near: "SET""#,
    );
    refused("ADD a b", r#"Syntax error; token: "b", near: "a b""#);
    refused(
        "SET set = :s",
        r#"Syntax error; token: "set", near: "SET set =""#,
    );
    refused(
        "SET a = list_append()",
        r#"Syntax error; token: ")", near: "()""#,
    );
}

#[test]
fn faults_have_their_sentences() {
    refused(
        "SET abort = :s",
        "Attribute name is a reserved keyword; reserved keyword: abort",
    );
    refused("SET a = abc(b, :s)", "Invalid function name; function: abc");
    refused(
        "SET a = :s SET b = :s",
        "The \"SET\" section can only be used once in an update expression;",
    );
    refused(
        "SET #nope = :s",
        "An expression attribute name used in the document path is not defined; attribute name: #nope",
    );
    refused(
        "SET a = :nope",
        "An expression attribute value used in expression is not defined; attribute value: :nope",
    );
    refused(
        "SET a.b = :s, a.b.c = :s",
        "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, b, c]",
    );
    refused(
        "SET a.b = :s REMOVE a[0]",
        "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [0]]",
    );
    refused(
        "ADD a :s",
        "Incorrect operand type for operator or function; operator: ADD, operand type: STRING",
    );
    refused(
        "DELETE a :n1",
        "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER",
    );
    refused(
        "SET a = a + :s",
        "Incorrect operand type for operator or function; operator or function: +, operand type: S",
    );
    refused(
        "SET a = list_append(a, :s)",
        "Incorrect operand type for operator or function; operator or function: list_append, operand type: S",
    );
    refused(
        "SET a = if_not_exists(a)",
        "Incorrect number of operands for operator or function; operator or function: if_not_exists, number of operands: 1",
    );
    refused(
        "SET a = if_not_exists(:s, :s)",
        "Operator or function requires a document path; operator or function: if_not_exists",
    );
    refused(
        "SET a = :nope, abort = abc(:s)",
        "Attribute name is a reserved keyword; reserved keyword: abort",
    );
}

#[test]
fn deep_calls_are_refused_without_deep_recursion() {
    for text in [
        format!("SET a = {}", "(".repeat(4000)),
        format!("SET a = {}", "if_not_exists(b, ".repeat(200)),
    ] {
        assert!(
            parse(&text)
                .unwrap_err()
                .starts_with("Invalid UpdateExpression: Syntax error; token: ")
        );
    }
}

proptest! {
    #[test]
    fn any_text_is_answered(text in ".{0,60}", near in "(SET|REMOVE|ADD|DELETE) ((a|b|l|:n1|:ss|:l|#a|=|\\+|\\(|\\)|\\[0\\]|,|\\.|if_not_exists|list_append)[ ]?){0,20}", mut item in any_item()) {
        for text in [text, near] {
            if let Ok(update) = parse(&text) {
                let _ = update.apply(&mut item);
            }
        }
    }
}
