//! Event patterns, and the events that they are put to.

use landline_wire::event_pattern::Pattern;

use super::{Target, two_texts};

pub(super) const TARGET: Target = Target {
    name: "event-patterns",
    run,
    seeds: &[
        b"{\"a\":[1,\"x\",null]}\xff{\"a\":1.0}",
        b"{\"a\":{\"b\":[{\"prefix\":\"x\"},{\"suffix\":{\"equals-ignore-case\":\"Y\"}}]}}\xff{\"a\":[{\"b\":\"xy\"}]}",
        b"{\"a\":[{\"numeric\":[\">\",0,\"<=\",5e300]}]}\xff{\"a\":[3,-0]}",
        b"{\"a\":[{\"anything-but\":{\"wildcard\":[\"a*b\",\"\\\\*\"]}}]}\xff{\"a\":\"aXb\"}",
        b"{\"$or\":[{\"a\":[{\"exists\":false}]},{\"b\":[{\"cidr\":\"10.0.0.0/8\"}]}]}\xff{\"b\":\"10.1.2.3\"}",
    ],
    words: &[
        "{\"a\":",
        "{\"b\":",
        "[",
        "]",
        "}",
        ",",
        ":",
        "\"prefix\"",
        "\"suffix\"",
        "\"equals-ignore-case\"",
        "\"wildcard\"",
        "\"cidr\"",
        "\"::/0\"",
        "\"10.0.0.0/33\"",
        "\"numeric\"",
        "\"anything-but\"",
        "\"exists\"",
        "\"$or\"",
        "\"<\"",
        "\">=\"",
        "*",
        "**",
        "\\\\",
        "1e999",
        "-0",
        "null",
        "true",
        "\u{20ac}",
    ],
};

fn run(input: &[u8]) {
    let (pattern, event) = two_texts(input);
    let Ok(pattern) = Pattern::parse(&pattern) else {
        return;
    };
    if let Ok(event) = serde_json::from_str(&event) {
        let matched = pattern.matches(&event);
        assert_eq!(matched, pattern.matches(&event), "the same each time");
    }
}
