//! What is fuzzed: an engine each, with input to begin from and the laws that hold for any.

mod cbor;
mod event_patterns;
mod expressions;
mod frames;
mod handshake;
mod items;
mod json_path;
mod jsonata;
mod selection;
mod sigv4;
mod state_machines;
mod templates;

/// An engine under fuzzing.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) name: &'static str,
    /// Panics when a law is broken.
    pub(crate) run: fn(&[u8]),
    /// Input that the engine accepts.
    pub(crate) seeds: &'static [&'static [u8]],
    /// What its language is made of.
    pub(crate) words: &'static [&'static str],
}

pub(crate) const TARGETS: [Target; 12] = [
    cbor::TARGET,
    event_patterns::TARGET,
    expressions::TARGET,
    frames::TARGET,
    handshake::TARGET,
    items::TARGET,
    selection::TARGET,
    sigv4::TARGET,
    templates::TARGET,
    json_path::TARGET,
    jsonata::TARGET,
    state_machines::TARGET,
];

/// Cuts the input at the first `0xFF`, which is in no text: a target of two texts.
fn two_texts(input: &[u8]) -> (String, String) {
    let end = input.iter().position(|byte| *byte == 0xFF);
    let (first, second) = input.split_at(end.unwrap_or(input.len()));
    let second = second.get(1..).unwrap_or_default();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    (text(first), text(second))
}
