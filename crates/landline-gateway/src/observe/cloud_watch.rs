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
    let mut apis: BTreeMap<ApiId, (Caller, Option<HttpKind>, Snapshot)> = BTreeMap::new();
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
        let kind = kind_of(&stage);
        let mut data = data(kind, &total, &of_stage, now);
        for (route, counted) in routes {
            let mut of_route = of_stage.to_vec();
            of_route.push(dimension("Route", &route));
            data.extend(self::data(kind, &counted, &of_route, now));
        }
        calls.push((caller.clone(), data));
        let entry = apis
            .entry(stage.api_id.clone())
            .or_insert_with(|| (caller, kind, Snapshot::zero()));
        entry.2 = entry.2.plus(&total);
    }
    for (api_id, (caller, kind, total)) in apis {
        let of_api = [dimension("ApiId", api_id.as_str())];
        calls.push((caller, data(kind, &total, &of_api, now)));
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

/// What a stage's counters come to, by name.
///
/// Of an HTTP request the status alone tells the error. That a WebSocket API's
/// `MessageCount` counts connects and disconnects too is observed on AWS, and told nowhere.
fn counts(kind: Option<HttpKind>, counted: &Snapshot) -> Vec<(&'static str, Values)> {
    let occurred = |count| Values {
        ones: count,
        zeros: 0,
    };
    // Every execution has a value for each kind of error, so that averages are rates.
    let erred = |count: u64| Values {
        ones: count,
        zeros: counted.executions.saturating_sub(count),
    };
    let client = erred(counted.client_errors);
    let of_server = erred(counted.integration_errors + counted.execution_errors);
    let requests = occurred(counted.messages);
    match kind {
        None => vec![
            ("ConnectCount", occurred(counted.connects)),
            (
                "MessageCount",
                occurred(counted.messages + counted.connects + counted.disconnects),
            ),
            ("ClientError", client),
            ("IntegrationError", erred(counted.integration_errors)),
            ("ExecutionError", erred(counted.execution_errors)),
        ],
        Some(HttpKind::Http) => vec![("Count", requests), ("4xx", client), ("5xx", of_server)],
        Some(HttpKind::Rest) => vec![
            ("Count", requests),
            ("4XXError", client),
            ("5XXError", of_server),
        ],
    }
}

/// How often a metric had which value.
#[derive(Debug, Clone, Copy)]
struct Values {
    ones: u64,
    zeros: u64,
}

/// What was counted, as data of CloudWatch's.
fn data(
    kind: Option<HttpKind>,
    counted: &Snapshot,
    dimensions: &[Dimension],
    now: Timestamp,
) -> Vec<MetricDatum> {
    let datum = |name: &str, unit: StandardUnit, pairs: Vec<(f64, u64)>| {
        let some = pairs.into_iter().filter(|(_, count)| *count > 0);
        let (values, counts): (Vec<f64>, Vec<f64>) =
            some.map(|(value, count)| (value, float(count))).unzip();
        (!values.is_empty()).then(|| MetricDatum {
            metric_name: name.to_owned(),
            dimensions: Some(dimensions.to_vec()),
            timestamp: Some(now),
            values: Some(values),
            counts: Some(counts),
            unit: Some(unit),
            ..MetricDatum::default()
        })
    };
    let counts = counts(kind, counted).into_iter();
    let counts = counts.filter_map(|(name, Values { ones, zeros })| {
        datum(name, StandardUnit::Count, vec![(1.0, ones), (0.0, zeros)])
    });
    let latency = counted.latency.iter().enumerate();
    let latency = latency.map(|(bucket, count)| (float(least_millis(bucket)), *count));
    let latency = datum(
        "IntegrationLatency",
        StandardUnit::Milliseconds,
        latency.collect(),
    );
    counts.chain(latency).collect()
}

/// Whether a stage serves HTTP requests, and of which kind of API.
fn kind_of(stage: &LiveStage) -> Option<HttpKind> {
    let http = stage.snapshot.as_ref().and_then(|it| it.http.as_ref());
    http.map(|it| it.kind)
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
