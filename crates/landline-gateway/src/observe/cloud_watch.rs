//! The counters as CloudWatch metrics of the namespace `AWS/ApiGateway`.
//!
//! A task hands CloudWatch what was counted since the last time, for each API, each
//! stage, and each route with metrics of its own. More often than the minute that
//! CloudWatch resolves, so that whoever develops does not wait for one.
//! See <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html#apigateway-websocket-api-metrics>.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use landline_api::cloudwatch::{
    Dimension, MetricDatum, PutMetricData, PutMetricDataInput, StandardUnit,
};
use landline_wire::{Caller, Timestamp};

use super::metrics::{Snapshot, least_millis};
use crate::deployment::live::StageSlot;
use crate::deployment::snapshot::{ApiId, HttpKind, LiveStage};
use crate::gateway::DataPlane;

/// Publishes until the gateway is gone.
pub(crate) async fn run(plane: Weak<DataPlane>) {
    loop {
        let Some(interval) = plane.upgrade().map(|plane| plane.limits.metrics_interval) else {
            return;
        };
        tokio::time::sleep(interval).await;
        match plane.upgrade() {
            Some(plane) if !plane.stopped.is_cancelled() => publish(&plane).await,
            _ => return,
        }
    }
}

/// Hands CloudWatch what was counted since the last time.
pub(crate) async fn publish(plane: &DataPlane) {
    let now = plane.clock.now();
    let mut apis: BTreeMap<ApiId, (Caller, [&'static str; 5], Snapshot)> = BTreeMap::new();
    let mut calls = Vec::new();
    for slot in plane.stages.all() {
        let stage = slot.load();
        let (total, routes) = slot.metrics.take_new();
        if total == Snapshot::zero() {
            continue;
        }
        let caller = caller(&slot);
        let api = dimension("ApiId", stage.api_id.as_str());
        let of_stage = [api, dimension("Stage", stage.stage_name.as_str())];
        let names = names(&stage);
        let mut data = data(names, &total, &of_stage, now);
        for (route, counted) in routes {
            let mut of_route = of_stage.to_vec();
            of_route.push(dimension("Route", &route));
            data.extend(self::data(names, &counted, &of_route, now));
        }
        calls.push((caller.clone(), data));
        let entry = apis
            .entry(stage.api_id.clone())
            .or_insert_with(|| (caller, names, Snapshot::zero()));
        entry.2 = entry.2.plus(&total);
    }
    for (api_id, (caller, names, total)) in apis {
        let of_api = [dimension("ApiId", api_id.as_str())];
        calls.push((caller, data(names, &total, &of_api, now)));
    }
    for (caller, data) in calls {
        put(plane, &caller, &data).await;
    }
}

async fn put(plane: &DataPlane, caller: &Caller, data: &[MetricDatum]) {
    for some in data.chunks(MAX_DATA) {
        let input = PutMetricDataInput {
            namespace: "AWS/ApiGateway".to_owned(),
            metric_data: Some(some.to_vec()),
            ..PutMetricDataInput::default()
        };
        if let Err(error) = plane.dispatcher.call::<PutMetricData>(input, caller).await {
            tracing::debug!(code = %error.code, message = error.message, "metrics not published");
        }
    }
}

fn caller(slot: &Arc<StageSlot>) -> Caller {
    let stage = slot.load();
    Caller::root(&stage.account_id, &stage.region).service("apigateway.amazonaws.com", "")
}

/// What the counters of a stage are called: connects, messages, errors of clients, of
/// integrations and of executions. Of an HTTP request the status alone tells the error.
fn names(stage: &LiveStage) -> [&'static str; 5] {
    let http = stage.snapshot.as_ref().and_then(|it| it.http.as_ref());
    match http.map(|it| it.kind) {
        None => [
            "ConnectCount",
            "MessageCount",
            "ClientError",
            "IntegrationError",
            "ExecutionError",
        ],
        Some(HttpKind::Http) => ["ConnectCount", "Count", "4xx", "5xx", "5xx"],
        Some(HttpKind::Rest) => ["ConnectCount", "Count", "4XXError", "5XXError", "5XXError"],
    }
}

/// What is not zero, as data of CloudWatch's.
fn data(
    names: [&'static str; 5],
    counted: &Snapshot,
    dimensions: &[Dimension],
    now: Timestamp,
) -> Vec<MetricDatum> {
    let counts = [
        counted.connects,
        counted.messages,
        counted.client_errors,
        counted.integration_errors,
        counted.execution_errors,
    ];
    let counts: Vec<(&str, u64)> = names.into_iter().zip(counts).collect();
    let counts = counts.into_iter().filter(|(_, count)| *count > 0);
    let mut data: Vec<MetricDatum> = counts
        .map(|(name, count)| MetricDatum {
            metric_name: name.to_owned(),
            dimensions: Some(dimensions.to_vec()),
            timestamp: Some(now),
            values: Some(vec![1.0]),
            counts: Some(vec![float(count)]),
            unit: Some(StandardUnit::Count),
            ..MetricDatum::default()
        })
        .collect();
    let latency = counted.latency.iter().enumerate();
    let (values, counts): (Vec<f64>, Vec<f64>) = latency
        .filter(|(_, count)| **count > 0)
        .map(|(bucket, count)| (float(least_millis(bucket)), float(*count)))
        .unzip();
    if !values.is_empty() {
        data.push(MetricDatum {
            metric_name: "IntegrationLatency".to_owned(),
            dimensions: Some(dimensions.to_vec()),
            timestamp: Some(now),
            values: Some(values),
            counts: Some(counts),
            unit: Some(StandardUnit::Milliseconds),
            ..MetricDatum::default()
        });
    }
    data
}

fn dimension(name: &str, value: &str) -> Dimension {
    Dimension {
        name: name.to_owned(),
        value: value.to_owned(),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a metric")]
fn float(count: u64) -> f64 {
    count as f64
}

/// The most data of one `PutMetricData`.
const MAX_DATA: usize = 1000;
