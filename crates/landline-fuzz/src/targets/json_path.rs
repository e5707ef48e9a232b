//! JSONPath: whatever is asked of whatever document.

use landline_gateway::mapping::JsonPath;

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "json-path",
    run,
    seeds: &[
        b"$.orders[?(@.total > 10)].id\xff{\"orders\":[{\"id\":1,\"total\":20},{\"id\":2}]}",
        b"$..*\xff{\"a\":{\"b\":[1,2,3]},\"c\":null}",
        b"$['a','b'][0:2].length()\xff{\"a\":[1,2,3],\"b\":\"text\"}",
        b"$.list[-1:]\xff{\"list\":[1,2,3]}",
        b"$.a[?(@.b =~ /x.*/i && (@.c in [1,'two'] || !@.d))]\xff{\"a\":[{\"b\":\"xyz\",\"c\":1}]}",
        b"$.numbers.avg()\xff{\"numbers\":[1,2.5,-3e10]}",
        b"@.a[*]..b\xff[[],{}]",
    ],
    words: &[
        "$",
        "@",
        ".",
        "..",
        "*",
        "[",
        "]",
        "['",
        "']",
        "[?(",
        ")]",
        "(",
        ")",
        ",",
        ":",
        "-1",
        "9223372036854775807",
        "&&",
        "||",
        "!",
        "==",
        "!=",
        "<=",
        "=~",
        "/x*/",
        " in ",
        " nin ",
        " size ",
        ".length()",
        ".min()",
        ".sum()",
        ".keys()",
        "\\",
        "'",
        "{\"a\":",
        "[[",
        "null",
        "true",
        "\u{20ac}",
    ],
};

fn run(input: &[u8]) {
    let (path, document) = two_texts(input);
    let Ok(path) = JsonPath::parse(&path) else {
        return;
    };
    if let Ok(document) = serde_json::from_str(&document) {
        let found = path.evaluate(&document);
        assert_eq!(found, path.evaluate(&document), "the same each time");
    }
}
