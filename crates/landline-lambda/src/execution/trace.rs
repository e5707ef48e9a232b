//! The trace of an event that came without one: every event on AWS has one, which libraries look for.

use landline_wire::{Timestamp, hex, request_id};

/// A trace that is not sampled, as `X-Amzn-Trace-Id` has it.
pub(super) fn unsampled(now: Timestamp) -> String {
    let seconds = now.as_millis() / 1000;
    let random: [u8; 20] = request_id::random_bytes();
    let (root, parent) = random.split_at(12);
    format!(
        "Root=1-{seconds:08x}-{};Parent={};Sampled=0",
        hex(root),
        hex(parent)
    )
}
