//! What counts as what.

use std::sync::Arc;
use std::time::Duration;

use landline_api::cloudwatch as api;
use landline_wire::shape::Unit;
use parking_lot::Mutex;

use crate::connection::tests::messages::only;
use crate::deployment::snapshot::RouteSettings;
use crate::observe::metrics::{BUCKETS, Counters, Snapshot, least_millis};
use crate::observe::{Observation, RouteObservation, cloud_watch};
use crate::quotas::Limits;
use crate::testing::{Behaviour, Node, route, two_way};

fn totals(node: &Node) -> Snapshot {
    node.stage().metrics.total.snapshot()
}

/// Sends one message to `action` and waits for what comes back.
async fn talk(node: &Node, action: &str) {
    let mut client = node.connect().await;
    client.text(&format!(r#"{{"action":"{action}"}}"#)).await;
    client.next_text().await;
}

#[tokio::test]
async fn connects_are_calls_of_the_connect_integration() {
    let node = Node::start(&["join"]);
    let _client = node.connect().await;
    assert_eq!(totals(&node).connects, 0);
    node.deploy([route("$connect")]);
    let _client = node.connect().await;
    node.functions.set("$connect", Behaviour::status(401));
    node.handshake("").await;
    assert_eq!(totals(&node).connects, 2);
    // Observed on AWS: whom a function turns away has made the mistake.
    assert_eq!(totals(&node).client_errors, 1);
}

#[tokio::test]
async fn messages_count_in_both_directions() {
    let node = Node::start(&[]);
    node.deploy([two_way("join")]);
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.connect().await;
    client.text(r#"{"action":"join"}"#).await;
    client.next_text().await;
    assert_eq!(totals(&node).messages, 2);
    let id = only(&node).id.encode();
    node.post(&id, "hi").await;
    client.next_text().await;
    assert_eq!(totals(&node).messages, 3);
}

#[tokio::test]
async fn each_failure_has_its_source() {
    let rows = [
        (None, "nope", [1, 0, 0]),
        (Some(Behaviour::Throws), "join", [0, 1, 0]),
        (Some(Behaviour::Denies), "join", [0, 0, 1]),
        (
            Some(Behaviour::Returns(serde_json::json!("text"))),
            "join",
            [0, 0, 1],
        ),
        (
            Some(Behaviour::Returns(
                serde_json::json!({ "statusCode": 404, "body": "x" }),
            )),
            "join",
            [1, 0, 0],
        ),
        // Observed on AWS: the 503 of a proxy to Lambda is an error of execution.
        (
            Some(Behaviour::Returns(
                serde_json::json!({ "statusCode": 503, "body": "x" }),
            )),
            "join",
            [0, 0, 1],
        ),
    ];
    for (behaviour, action, expected) in rows {
        let node = Node::start(&[]);
        node.deploy([two_way("join")]);
        if let Some(behaviour) = behaviour.clone() {
            node.functions.set("join", behaviour);
        }
        talk(&node, action).await;
        let counted = totals(&node);
        let errors = [
            counted.client_errors,
            counted.integration_errors,
            counted.execution_errors,
        ];
        assert_eq!(errors, expected, "{behaviour:?}");
    }
}

#[tokio::test]
async fn a_throttled_message_is_an_error_of_the_client() {
    let node = Node::start(&[]);
    node.publish([route("join")], |stage| {
        stage.route_settings.insert(
            "join".to_owned(),
            RouteSettings {
                throttling_rate_limit: Some(0.0),
                throttling_burst_limit: Some(0),
            },
        );
    });
    talk(&node, "join").await;
    assert_eq!(totals(&node).client_errors, 1);
}

#[tokio::test]
async fn a_route_counts_for_itself_where_it_is_detailed() {
    let node = Node::start(&[]);
    let detailed = |on| RouteObservation {
        detailed_metrics: Some(on),
        ..RouteObservation::default()
    };
    let routes = || [two_way("join"), two_way("leave")];
    node.publish(routes(), |stage| {
        stage
            .observation
            .routes
            .insert("join".to_owned(), detailed(true));
    });
    for name in ["join", "leave"] {
        node.functions.set(name, Behaviour::body("hello"));
        talk(&node, name).await;
    }
    let counted = node.stage().metrics.routes();
    let counted: Vec<_> = counted
        .iter()
        .map(|(key, it)| (&**key, it.messages.get()))
        .collect();
    // The message, and what came back.
    assert_eq!(counted, [("join", 2)]);
}

#[test]
fn detail_at_the_stage_wins_over_a_route() {
    let detailed = |on| RouteObservation {
        detailed_metrics: Some(on),
        ..RouteObservation::default()
    };
    let mut observation = Observation {
        default: detailed(true),
        routes: [("join".to_owned(), detailed(false))].into(),
        ..Observation::default()
    };
    assert!(observation.is_detailed("join"));
    observation.default = detailed(false);
    assert!(!observation.is_detailed("join"));
}

#[test]
fn a_latency_falls_between_the_ends_of_its_bucket() {
    for millis in (0..200).chain((200..32_767).step_by(97)) {
        let counters = Counters::default();
        counters.latency.record(Duration::from_millis(millis));
        let snapshot = counters.snapshot();
        let bucket = snapshot
            .latency
            .iter()
            .position(|count| *count == 1)
            .unwrap();
        assert!(
            least_millis(bucket) <= millis && millis < least_millis(bucket + 1),
            "{millis}"
        );
    }
    let counters = Counters::default();
    counters.latency.record(Duration::from_hours(1));
    assert_eq!(counters.snapshot().latency[BUCKETS - 1], 1);
}

#[tokio::test]
async fn prometheus_reads_every_counter_with_its_labels() {
    let node = Node::start(&[]);
    node.deploy([route("$connect"), two_way("join")]);
    node.functions.set("join", Behaviour::body("hello"));
    talk(&node, "join").await;
    let text = node.gateway.prometheus();
    let labels = r#"api="k3v9q0z1ab",stage="prod""#;
    for line in [
        format!("landline_connects_total{{{labels}}} 1"),
        format!("landline_messages_total{{{labels}}} 2"),
        format!("landline_connections_accepted_total{{{labels}}} 1"),
        format!("landline_sent_bytes_total{{{labels}}} 5"),
        format!("landline_received_bytes_total{{{labels}}} 17"),
        format!("landline_integration_latency_seconds_count{{{labels}}} 2"),
        format!("landline_integration_latency_seconds_bucket{{{labels},le=\"+Inf\"}} 2"),
        "# TYPE landline_integration_latency_seconds histogram".to_owned(),
        "# TYPE landline_connections_open gauge".to_owned(),
    ] {
        assert!(text.lines().any(|it| it == line), "{line}\n{text}");
    }
}

/// What a node hands to CloudWatch when it publishes: name, dimensions, and how often which value.
async fn published(node: &Node, put: &Mutex<Vec<api::MetricDatum>>) -> Vec<String> {
    put.lock().clear();
    cloud_watch::publish(&node.gateway.plane).await;
    let data = put.lock().clone();
    let mut lines: Vec<String> = data
        .iter()
        .filter(|datum| datum.metric_name != "IntegrationLatency")
        .map(|datum| {
            let dimensions = datum.dimensions.iter().flatten();
            let values: Vec<&str> = dimensions.map(|it| it.value.as_str()).collect();
            let pairs = datum.values.iter().flatten();
            let pairs = pairs.zip(datum.counts.iter().flatten());
            let pairs: Vec<String> = pairs
                .map(|(value, count)| format!("{value}×{count}"))
                .collect();
            let (of, name) = (values.join("/"), &datum.metric_name);
            format!("{of} {name} {}", pairs.join(" "))
        })
        .collect();
    lines.sort();
    lines
}

#[tokio::test]
async fn cloud_watch_gets_each_count_once_for_api_stage_and_detailed_route() {
    let put = Arc::new(Mutex::new(Vec::new()));
    let into = put.clone();
    let node = Node::with_services(&[], Limits::default(), move |builder| {
        builder.register_fn::<api::PutMetricData, _>(move |input, caller| {
            assert_eq!(input.namespace, "AWS/ApiGateway");
            assert!(caller.is_service());
            into.lock().extend(input.metric_data.unwrap());
            Ok(Unit {})
        });
    });
    node.publish([two_way("join")], |stage| {
        stage.observation.default.detailed_metrics = Some(true);
    });
    node.functions.set("join", Behaviour::body("hello"));
    let mut client = node.connect().await;
    for action in ["join", "nope"] {
        client.text(&format!(r#"{{"action":"{action}"}}"#)).await;
        client.next_text().await;
    }
    // Every execution has a value for every kind of error, as on AWS: averages are rates.
    assert_eq!(
        published(&node, &put).await,
        [
            "k3v9q0z1ab ClientError 1×1 0×2",
            "k3v9q0z1ab ExecutionError 0×3",
            "k3v9q0z1ab IntegrationError 0×3",
            "k3v9q0z1ab MessageCount 1×4",
            "k3v9q0z1ab/prod ClientError 1×1 0×2",
            "k3v9q0z1ab/prod ExecutionError 0×3",
            "k3v9q0z1ab/prod IntegrationError 0×3",
            "k3v9q0z1ab/prod MessageCount 1×4",
            "k3v9q0z1ab/prod/$connect ClientError 0×1",
            "k3v9q0z1ab/prod/$connect ExecutionError 0×1",
            "k3v9q0z1ab/prod/$connect IntegrationError 0×1",
            "k3v9q0z1ab/prod/join ClientError 0×1",
            "k3v9q0z1ab/prod/join ExecutionError 0×1",
            "k3v9q0z1ab/prod/join IntegrationError 0×1",
            "k3v9q0z1ab/prod/join MessageCount 1×2",
        ]
    );
    let latencies = put.lock();
    let latencies: Vec<_> = latencies
        .iter()
        .filter(|datum| datum.metric_name == "IntegrationLatency")
        .map(|datum| datum.counts.as_ref().unwrap().iter().sum::<f64>())
        .collect();
    assert_eq!(latencies, [1.0; 3]);
}

/// Observed on AWS, and told nowhere.
#[tokio::test]
async fn connects_and_disconnects_are_in_the_message_count_of_cloud_watch() {
    let put = Arc::new(Mutex::new(Vec::new()));
    let into = put.clone();
    let node = Node::with_services(&[], Limits::default(), move |builder| {
        builder.register_fn::<api::PutMetricData, _>(move |input, _| {
            into.lock().extend(input.metric_data.unwrap());
            Ok(Unit {})
        });
    });
    node.deploy([route("$connect"), route("$disconnect")]);
    let mut client = node.connect().await;
    client.close(&[]).await;
    node.functions.first("$disconnect").await;
    let counted = published(&node, &put).await;
    assert!(
        counted.contains(&"k3v9q0z1ab MessageCount 1×2".to_owned()),
        "{counted:?}"
    );
    assert_eq!(totals(&node).messages, 0);
}

#[tokio::test]
async fn cloud_watch_gets_nothing_where_nothing_happened() {
    let put = Arc::new(Mutex::new(Vec::new()));
    let into = put.clone();
    let node = Node::with_services(&["join"], Limits::default(), move |builder| {
        builder.register_fn::<api::PutMetricData, _>(move |input, _| {
            into.lock().extend(input.metric_data.unwrap());
            Ok(Unit {})
        });
    });
    talk(&node, "nope").await;
    assert!(!published(&node, &put).await.is_empty());
    assert!(published(&node, &put).await.is_empty());
}
