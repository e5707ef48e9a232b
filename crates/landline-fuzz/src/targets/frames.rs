//! Frames: however the bytes of a client are cut, the decoder makes the same of them.

use landline_gateway::fuzzing::{decode, encode};
use landline_gateway::quotas::MessageLimits;

use super::Target;

pub(super) const TARGET: Target = Target {
    name: "frames",
    run,
    seeds: &[
        // The first byte says how the rest is cut.
        b"\x01\x81\x85\0\0\0\0hello",
        b"\x03\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58",
        b"\x07\x01\x83\0\0\0\0one\x80\x83\0\0\0\0two",
        b"\x02\x89\x84\0\0\0\0ping\x8a\x80\0\0\0\0\x88\x85\0\0\0\0\x03\xe8bye",
        b"\x05\x01\x82\0\0\0\0\xe2\x82\x89\x80\0\0\0\0\x80\x81\0\0\0\0\xac",
        b"\x04\x81\xfe\x00\x7e\0\0\0\0",
        b"\x04\x81\xff\0\0\0\0\0\x01\0\0\0\0\0\0",
        b"\x01\x82\x81\0\0\0\0x",
        b"\x01\x88\x80\0\0\0\0",
    ],
    words: &[
        "\x01\u{0}",
        "\u{0}\u{0}\u{0}\u{0}",
        "hello",
        "\u{20ac}",
        "\u{10ffff}",
        "~",
        "\x7f",
    ],
};

fn run(input: &[u8]) {
    let Some((cut, bytes)) = input.split_first() else {
        return;
    };
    for limits in [MessageLimits::default(), SMALL] {
        let whole = decode(bytes, &[usize::MAX], &limits);
        let single = decode(bytes, &[1], &limits);
        assert_eq!(whole, single, "byte by byte");
        let sizes = [usize::from(*cut), 1 + usize::from(*cut >> 4), 1];
        assert_eq!(whole, decode(bytes, &sizes, &limits), "in pieces");
    }
    let reason = String::from_utf8_lossy(bytes);
    let sent = encode(bytes, u16::from(*cut) * 20, &reason);
    assert!(sent.iter().len() >= bytes.len(), "a message was cut");
    // No frame of a server is masked, and a client that echoes one breaks the rules.
    let echoed = decode(&sent, &[usize::MAX], &MessageLimits::default());
    assert_eq!(echoed.len(), 1, "{echoed:?}");
}

/// So small that every limit is met.
const SMALL: MessageLimits = MessageLimits {
    frame_bytes: 8,
    message_bytes: 12,
    fragments: 3,
};
