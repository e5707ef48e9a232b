//! Where lines go besides log groups, and what happens when they come too fast.

use std::sync::Arc;

use landline_wire::DispatcherBuilder;

use crate::observe::sink::{Entry, LogSink, Place};
use crate::quotas::QUEUED_LOG_LINES;
use crate::testing::NOW;

fn entry(place: Place, text: &str) -> Entry {
    Entry {
        place,
        account_id: "123456789012".into(),
        region: "eu-central-1".into(),
        time: NOW,
        text: text.to_owned(),
    }
}

#[tokio::test]
async fn a_file_gets_lines_appended_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let path: Arc<std::path::Path> = folder.path().join("access.log").into();
    std::fs::write(&path, "before\n").unwrap();
    let (sink, writer) = LogSink::new(DispatcherBuilder::new().seal());
    tokio::spawn(writer);
    for text in ["one", "two"] {
        sink.push(entry(Place::File(path.clone()), text));
    }
    sink.flush().await;
    assert_eq!(
        std::fs::read_to_string(&path).unwrap(),
        "before\none\ntwo\n"
    );
}

#[tokio::test]
async fn a_full_queue_drops_lines_and_counts_them() {
    // Nobody writes, so that the queue stays full.
    let (sink, _writer) = LogSink::new(DispatcherBuilder::new().seal());
    for _ in 0..QUEUED_LOG_LINES + 7 {
        sink.push(entry(Place::Stdout, "line"));
    }
    assert_eq!(sink.dropped(), 7);
}
