//! Metrics.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html#apigateway-websocket-api-metrics>

use std::time::Duration;

use http::{HeaderMap, Method};
use landline_api::cloudwatch::{
    Dimension, GetMetricStatistics, GetMetricStatisticsInput, Statistic,
};
use landline_testing::{Answer, Node};
use landline_wire::{Clock as _, Timestamp};

fn dimensions(pairs: &[(&str, &str)]) -> Vec<Dimension> {
    let dimension = |(name, value): &(&str, &str)| Dimension {
        name: (*name).to_owned(),
        value: (*value).to_owned(),
    };
    pairs.iter().map(dimension).collect()
}

/// The sum of a metric so far.
async fn sum(node: &Node, name: &str, of: &[(&str, &str)]) -> f64 {
    let now = node.clock.now().as_millis();
    let output = node
        .call::<GetMetricStatistics>(GetMetricStatisticsInput {
            namespace: "AWS/ApiGateway".to_owned(),
            metric_name: name.to_owned(),
            dimensions: Some(dimensions(of)),
            start_time: Timestamp::from_millis(now - 3_600_000),
            end_time: Timestamp::from_millis(now + 60_000),
            period: 3600,
            statistics: Some(vec![Statistic::Sum]),
            ..Default::default()
        })
        .await;
    let points = output.datapoints.unwrap();
    let sums = points.iter().filter_map(|point| point.sum);
    sums.fold(0.0, |total, sum| total + sum)
}

#[tokio::test]
async fn cloud_watch_has_the_counts_of_api_and_stage() {
    let node =
        Node::with_limits(|limits| limits.metrics_interval = Duration::from_millis(20)).await;
    let api = node
        .api()
        .route("$connect", "connect")
        .two_way_route("join", "join")
        .deploy()
        .await;
    node.functions.answers("join", Answer::body("hello"));
    let mut client = api.connect().await;
    client.send(r#"{"action":"join"}"#).await;
    client.text().await;
    client.send("nope").await;
    client.text().await;
    let of_api = [("ApiId", api.id.as_str())];
    let of_stage = [("ApiId", api.id.as_str()), ("Stage", &*api.stage)];
    // Both messages, what came back to each, and, as observed on AWS, the connect.
    while sum(&node, "MessageCount", &of_api).await < 5.0 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    for of in [&of_api[..], &of_stage] {
        let mut found = Vec::new();
        for name in [
            "ConnectCount",
            "MessageCount",
            "ClientError",
            "ExecutionError",
        ] {
            found.push(sum(&node, name, of).await.to_string());
        }
        assert_eq!(found, ["1", "5", "1", "0"], "{of:?}");
    }
}

#[tokio::test]
async fn prometheus_reads_them_at_its_usual_path() {
    let node = Node::start().await;
    let api = node.api().route("$default", "talk").deploy().await;
    let _client = api.connect().await;
    let answer = node
        .unsigned_http(Method::GET, "/metrics", HeaderMap::new(), "")
        .await;
    assert_eq!(answer.status(), 200);
    assert_eq!(
        answer.headers()["content-type"],
        "text/plain; version=0.0.4; charset=utf-8"
    );
    let text = String::from_utf8(answer.body().to_vec()).unwrap();
    assert!(text.contains("\nlandline_connections_open 1\n"), "{text}");
    let accepted = format!(
        "landline_connections_accepted_total{{api=\"{}\",stage=\"{}\"}} 1",
        api.id, api.stage
    );
    assert!(text.contains(&accepted), "{text}");
    assert!(
        text.contains("\nlandline_process_resident_bytes "),
        "{text}"
    );
}
