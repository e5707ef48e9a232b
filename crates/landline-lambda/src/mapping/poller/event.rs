//! A record of a source on its way to the function.

use bytes::Bytes;

/// A record that the function wants to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Event {
    /// Its place in the source: what a function names when it did not take it.
    pub(super) id: String,
    /// JSON, as in the list of a function's event.
    pub(super) json: String,
    /// When it came into the source, in milliseconds.
    pub(super) arrived_millis: i64,
}

/// What a function is called with: `{"Records": […]}`
pub(super) fn payload(events: &[Event]) -> Bytes {
    let length: usize = events.iter().map(|event| event.json.len() + 1).sum();
    let mut text = String::with_capacity(length + FRAME.len());
    text.push_str("{\"Records\":[");
    for (index, event) in events.iter().enumerate() {
        if index > 0 {
            text.push(',');
        }
        text.push_str(&event.json);
    }
    text.push_str("]}");
    text.into()
}

/// What stands around the records.
pub(super) const FRAME: &str = "{\"Records\":[]}";
