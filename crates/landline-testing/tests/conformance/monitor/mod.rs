//! Monitor WebSocket APIs.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html>

mod access_logs;
mod execution_logs;
mod metrics;

use landline_api::logs::{FilterLogEvents, FilterLogEventsInput};
use landline_testing::Node;

/// The messages of a log group once there are as many; logs are written beside the
/// messages that they tell of.
async fn logged(node: &Node, group: &str, count: usize) -> Vec<String> {
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_secs(10);
    loop {
        let input = FilterLogEventsInput {
            log_group_name: Some(group.to_owned()),
            ..Default::default()
        };
        let events = node.try_call::<FilterLogEvents>(input).await;
        let events = events.ok().and_then(|output| output.events);
        let lines: Vec<String> = events
            .unwrap_or_default()
            .into_iter()
            .filter_map(|event| event.message)
            .collect();
        if lines.len() >= count {
            return lines;
        }
        assert!(
            tokio::time::Instant::now() < deadline,
            "only {lines:#?} in {group}"
        );
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
}
