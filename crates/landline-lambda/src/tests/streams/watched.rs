//! A stream that tells when it has something new: nobody asks it in between.

use std::sync::Arc;
use std::time::Duration;

use landline_store::open_memory;
use tokio::sync::watch;

use super::fake::FakeStream;
use super::{Reader, takes_all, whole_stream};
use crate::WatchStreams;

#[derive(Debug)]
struct Told(watch::Sender<u64>);

impl WatchStreams for Told {
    fn watch(&self, _stream_arn: &str) -> Option<watch::Receiver<u64>> {
        Some(self.0.subscribe())
    }
}

#[tokio::test]
async fn a_record_arrives_when_its_stream_tells_of_it() {
    let told = Arc::new(Told(watch::Sender::new(0)));
    let streams = Arc::clone(&told) as Arc<dyn WatchStreams>;
    let reader = Reader::configured(
        open_memory(),
        FakeStream::new(),
        |config| {
            config.streams = Some(streams);
            config.limits.poll_interval = Duration::from_hours(1);
        },
        takes_all,
    )
    .await;
    reader.map(whole_stream()).await.unwrap();
    for number in 1..=3 {
        reader.stream.write([number]);
        told.0.send_replace(number as u64);
        let ids: Vec<String> = (1..=number)
            .map(|number| format!("item-{number}"))
            .collect();
        let calls: Vec<[&str; 1]> = ids.iter().map(|id| [id.as_str()]).collect();
        let calls: Vec<&[&str]> = calls.iter().map(|call| &call[..]).collect();
        reader.called(&calls).await;
    }
}
