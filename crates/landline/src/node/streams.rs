//! The embedded tables tell Lambda when their streams have something new, so that nobody has to ask.

use std::sync::Arc;

use landline_dynamodb::DynamoDb;
use landline_lambda::WatchStreams;
use tokio::sync::watch;

#[derive(Debug)]
pub(super) struct TableStreams(pub(super) Arc<DynamoDb>);

impl WatchStreams for TableStreams {
    fn watch(&self, stream_arn: &str) -> Option<watch::Receiver<u64>> {
        self.0.watch_stream(stream_arn)
    }
}
