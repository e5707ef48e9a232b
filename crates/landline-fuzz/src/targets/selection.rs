//! Selection expressions, and the messages that they are put to.

use landline_gateway::message::selection::SelectionExpression;

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "selection",
    run,
    seeds: &[
        b"$request.body.action\xff{\"action\":\"greet\"}",
        b"${request.body.service}/${request.body.verb}\xff{\"service\":\"a\",\"verb\":1.5e300}",
        b"$request.body.a[0].b[1]\xff{\"a\":[{\"b\":[true,null]}]}",
        b"$request.body['a b'].c\xff{\"a b\":{\"c\":{\"d\":[]}}}",
        b"\\$default\xff[]",
        b"$default\xff\"text\"",
    ],
    words: &[
        "$request.body",
        "${",
        "}",
        ".",
        "[",
        "]",
        "['",
        "']",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "{\"a\":",
        "{\"action\":",
        "[[",
        "]]",
        ",",
        ":",
        "0",
        "-0",
        "1e999",
        "null",
        "true",
        "$",
        "\u{20ac}",
    ],
};

fn run(input: &[u8]) {
    let (expression, message) = two_texts(input);
    let Ok(expression) = SelectionExpression::parse(&expression) else {
        return;
    };
    let selected = expression.evaluate(&message);
    assert_eq!(
        selected,
        expression.evaluate(&message),
        "the same each time"
    );
}
