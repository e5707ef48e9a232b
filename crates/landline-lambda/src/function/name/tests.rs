//! Every form in which a function is named.

use super::FunctionName;

fn parts(text: &str) -> (&str, Option<&str>, Option<&str>) {
    let parsed = FunctionName::parse(text);
    (parsed.name, parsed.qualifier, parsed.account_id)
}

#[test]
fn a_function_is_named_in_every_form() {
    let account = Some("123456789012");
    assert_eq!(parts("chat"), ("chat", None, None));
    assert_eq!(parts("chat:prod"), ("chat", Some("prod"), None));
    assert_eq!(parts("function:chat"), ("chat", None, None));
    assert_eq!(parts("123456789012:function:chat"), ("chat", None, account));
    assert_eq!(parts("123456789012:chat"), ("chat", None, account));
    let arn = "arn:aws:lambda:us-east-1:123456789012:function:chat";
    assert_eq!(parts(arn), ("chat", None, account));
    let qualified = format!("{arn}:$LATEST");
    assert_eq!(parts(&qualified), ("chat", Some("$LATEST"), account));
}

#[test]
fn a_function_may_be_called_function() {
    assert_eq!(parts("function"), ("function", None, None));
    assert_eq!(parts("function:function"), ("function", None, None));
}
