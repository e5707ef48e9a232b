//! CBOR bodies: whatever bytes come, there is a tree or a refusal.

use bytes::Bytes;
use landline_wire::protocol::cbor::parse;

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "cbor",
    run,
    seeds: &[
        b"\xbf\x69Namespace\x64Chat\x6aMetricData\x81\xbf\x6aMetricName\x64Talk\x65Value\xfb\x40\x09\x21\xfb\x54\x44\x2d\x18\xff\xff",
        b"\xa2\x61a\xc1\x1a\x51\x4b\x67\xb0\x61b\x9f\x01\x20\xf9\x3c\x00\xff",
        b"\x7f\x65strea\x64ming\xff",
        b"\x5f\x42\x01\x02\x43\x03\x04\x05\xff",
        b"\x83\xf4\xf5\xf6",
    ],
    words: &["\u{1b}", "a", "\u{0}", "\u{1f}", "\u{7f}"],
};

fn run(input: &[u8]) {
    let input = Bytes::copy_from_slice(input);
    let (parsed, again) = (parse(&input), parse(&input));
    // Not by themselves: what is no number is not equal to itself.
    assert_eq!(
        format!("{parsed:?}"),
        format!("{again:?}"),
        "the same each time"
    );
}
