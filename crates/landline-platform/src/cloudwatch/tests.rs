//! Metrics: put by the minute, read back by periods.

use std::sync::Arc;
use std::time::Duration;

use landline_api::cloudwatch as api;
use landline_wire::{
    Caller, Clock as _, Dispatcher, DispatcherBuilder, ManualClock, ServiceError, Timestamp,
};

use super::CloudWatch;

struct Service {
    dispatcher: Dispatcher,
    clock: Arc<ManualClock>,
    caller: Caller,
}

impl Service {
    fn new() -> Self {
        // 2027-02-03T09:15:00Z
        let clock = Arc::new(ManualClock::at(Timestamp::from_millis(1_801_646_100_000)));
        let mut builder = DispatcherBuilder::new();
        CloudWatch::new(clock.clone()).register(&mut builder);
        Self {
            dispatcher: builder.seal(),
            clock,
            caller: Caller::root("123456789012", "eu-central-1"),
        }
    }

    async fn put(&self, datum: api::MetricDatum) -> Result<(), ServiceError> {
        let input = api::PutMetricDataInput {
            namespace: "Chat".into(),
            metric_data: Some(vec![datum]),
            ..Default::default()
        };
        let put = self
            .dispatcher
            .call::<api::PutMetricData>(input, &self.caller);
        put.await.map(drop)
    }

    /// The data points of the last hour.
    async fn statistics(&self, period: i32, names: &[&str]) -> Vec<api::Datapoint> {
        self.try_statistics(period, names).await.unwrap()
    }

    async fn try_statistics(
        &self,
        period: i32,
        names: &[&str],
    ) -> Result<Vec<api::Datapoint>, ServiceError> {
        let now = self.clock.now();
        let (extended, simple): (Vec<&str>, _) = names.iter().partition(|it| it.starts_with('p'));
        let input = api::GetMetricStatisticsInput {
            namespace: "Chat".into(),
            metric_name: "Talk".into(),
            start_time: Timestamp::from_millis(now.as_millis() - 3_600_000),
            end_time: Timestamp::from_millis(now.as_millis() + 60_000),
            period,
            statistics: Some(simple.into_iter().map(api::Statistic::from).collect()),
            extended_statistics: Some(extended.into_iter().map(str::to_owned).collect()),
            ..Default::default()
        };
        let output = self
            .dispatcher
            .call::<api::GetMetricStatistics>(input, &self.caller);
        Ok(output.await?.datapoints.unwrap())
    }

    fn wait(&self, minutes: u64) {
        self.clock.advance(Duration::from_mins(minutes));
    }
}

fn datum(value: f64) -> api::MetricDatum {
    api::MetricDatum {
        metric_name: "Talk".into(),
        value: Some(value),
        ..Default::default()
    }
}

#[tokio::test]
async fn values_of_one_minute_are_one_data_point() {
    let service = Service::new();
    for value in [1.0, 4.0, 7.0] {
        service.put(datum(value)).await.unwrap();
    }
    let names = ["Sum", "Average", "Minimum", "Maximum", "SampleCount"];
    let points = service.statistics(60, &names).await;
    assert_eq!(points.len(), 1);
    let point = &points[0];
    assert_eq!(
        [
            point.sum,
            point.average,
            point.minimum,
            point.maximum,
            point.sample_count
        ],
        [Some(12.0), Some(4.0), Some(1.0), Some(7.0), Some(3.0)]
    );
    assert_eq!(
        point.timestamp,
        Some(Timestamp::from_millis(1_801_646_100_000))
    );
}

#[tokio::test]
async fn a_period_puts_its_minutes_together() {
    let service = Service::new();
    for _ in 0..10 {
        service.put(datum(1.0)).await.unwrap();
        service.wait(1);
    }
    assert_eq!(service.statistics(60, &["Sum"]).await.len(), 10);
    let points = service.statistics(300, &["Sum"]).await;
    let sums: Vec<_> = points.iter().map(|point| point.sum.unwrap()).collect();
    assert_eq!(sums, [5.0, 5.0]);
}

#[tokio::test]
async fn percentiles_are_right_within_two_percent() {
    let service = Service::new();
    let values: Vec<f64> = (1..=100).map(|value| f64::from(value) * 3.0).collect();
    service
        .put(api::MetricDatum {
            metric_name: "Talk".into(),
            values: Some(values),
            ..Default::default()
        })
        .await
        .unwrap();
    let points = service.statistics(60, &["p50", "p99", "p100"]).await;
    let found = points[0].extended_statistics.as_ref().unwrap();
    for (name, expected) in [("p50", 150.0), ("p99", 297.0), ("p100", 300.0)] {
        let off = (found[name] - expected).abs() / expected;
        assert!(off < 0.02, "{name}: {}", found[name]);
    }
}

#[tokio::test]
async fn counts_say_how_often_a_value_occurred() {
    let service = Service::new();
    let datum = api::MetricDatum {
        metric_name: "Talk".into(),
        values: Some(vec![1.0, 2.0]),
        counts: Some(vec![3.0, 2.0]),
        ..Default::default()
    };
    service.put(datum).await.unwrap();
    let points = service.statistics(60, &["Sum", "SampleCount"]).await;
    assert_eq!(
        (points[0].sum, points[0].sample_count),
        (Some(7.0), Some(5.0))
    );
}

#[tokio::test]
async fn a_statistic_set_has_no_percentiles_unless_it_is_one_value() {
    let service = Service::new();
    let set = |minimum, maximum| api::MetricDatum {
        metric_name: "Talk".into(),
        statistic_values: Some(api::StatisticSet {
            sample_count: 2.0,
            sum: minimum + maximum,
            minimum,
            maximum,
        }),
        ..Default::default()
    };
    service.put(set(4.0, 4.0)).await.unwrap();
    let points = service.statistics(60, &["p50"]).await;
    let found = points[0].extended_statistics.as_ref().unwrap();
    assert_eq!(found.get("p50"), Some(&4.0));
    service.put(set(1.0, 9.0)).await.unwrap();
    let points = service.statistics(60, &["p50", "Sum"]).await;
    assert_eq!(
        (points[0].sum, &points[0].extended_statistics),
        (Some(18.0), &None)
    );
}

#[tokio::test]
async fn what_cannot_be_a_metric_is_refused() {
    let service = Service::new();
    let rows = [
        (datum(f64::NAN), "InvalidParameterValue"),
        (datum(f64::INFINITY), "InvalidParameterValue"),
        (
            api::MetricDatum {
                value: None,
                ..datum(1.0)
            },
            "MissingParameter",
        ),
        (
            api::MetricDatum {
                values: Some(vec![1.0]),
                ..datum(1.0)
            },
            "InvalidParameterCombination",
        ),
        (
            api::MetricDatum {
                timestamp: Some(Timestamp::from_millis(0)),
                ..datum(1.0)
            },
            "InvalidParameterValue",
        ),
        (
            api::MetricDatum {
                value: None,
                values: Some(vec![1.0; 151]),
                ..datum(1.0)
            },
            "InvalidParameterValue",
        ),
        (
            api::MetricDatum {
                value: None,
                values: Some(vec![1.0]),
                counts: Some(vec![1.0, 2.0]),
                ..datum(1.0)
            },
            "InvalidParameterValue",
        ),
    ];
    for (datum, code) in rows {
        let refusal = service.put(datum.clone()).await.unwrap_err();
        assert_eq!(refusal.code, code, "{datum:?}");
    }
    for (period, names) in [(61, &["Sum"][..]), (60, &[]), (60, &["p101"])] {
        assert!(
            service.try_statistics(period, names).await.is_err(),
            "{period} {names:?}"
        );
    }
}

#[tokio::test]
async fn only_services_write_below_aws() {
    let service = Service::new();
    let input = api::PutMetricDataInput {
        namespace: "AWS/ApiGateway".into(),
        metric_data: Some(vec![datum(1.0)]),
        ..Default::default()
    };
    let put = |caller: Caller| {
        let input = input.clone();
        let dispatcher = service.dispatcher.clone();
        async move { dispatcher.call::<api::PutMetricData>(input, &caller).await }
    };
    assert!(put(service.caller.clone()).await.is_err());
    let gateway = service.caller.service("apigateway.amazonaws.com", "");
    assert!(put(gateway).await.is_ok());
}

#[tokio::test]
async fn metrics_are_listed_by_their_dimensions() {
    let service = Service::new();
    for stage in ["prod", "test"] {
        let dimension = api::Dimension {
            name: "Stage".into(),
            value: stage.into(),
        };
        service
            .put(api::MetricDatum {
                dimensions: Some(vec![dimension]),
                ..datum(1.0)
            })
            .await
            .unwrap();
    }
    service.put(datum(1.0)).await.unwrap();
    let list = |dimensions: Vec<api::DimensionFilter>| {
        let input = api::ListMetricsInput {
            namespace: Some("Chat".into()),
            dimensions: Some(dimensions),
            ..Default::default()
        };
        let listed = service
            .dispatcher
            .call::<api::ListMetrics>(input, &service.caller);
        async move { listed.await.unwrap().metrics.unwrap().len() }
    };
    let stage = |value: Option<&str>| api::DimensionFilter {
        name: "Stage".into(),
        value: value.map(str::to_owned),
    };
    assert_eq!(list(Vec::new()).await, 3);
    assert_eq!(list(vec![stage(None)]).await, 2);
    assert_eq!(list(vec![stage(Some("prod"))]).await, 1);
}

#[tokio::test]
async fn metric_data_come_in_pages_newest_first() {
    let service = Service::new();
    for value in 0..5 {
        service.put(datum(f64::from(value))).await.unwrap();
        service.wait(1);
    }
    let now = service.clock.now();
    let query = api::MetricDataQuery {
        id: "m1".into(),
        metric_stat: Some(api::MetricStat {
            metric: api::Metric {
                namespace: Some("Chat".into()),
                metric_name: Some("Talk".into()),
                dimensions: None,
            },
            period: 60,
            stat: "Sum".into(),
            unit: None,
        }),
        ..Default::default()
    };
    let mut input = api::GetMetricDataInput {
        metric_data_queries: vec![query],
        start_time: Timestamp::from_millis(now.as_millis() - 3_600_000),
        end_time: now,
        max_datapoints: Some(3),
        ..Default::default()
    };
    let mut seen = Vec::new();
    loop {
        let output = service
            .dispatcher
            .call::<api::GetMetricData>(input.clone(), &service.caller)
            .await
            .unwrap();
        for result in output.metric_data_results.unwrap() {
            seen.extend(result.values.unwrap());
        }
        input.next_token = output.next_token;
        if input.next_token.is_none() {
            break;
        }
    }
    assert_eq!(seen, [4.0, 3.0, 2.0, 1.0, 0.0]);
}

#[tokio::test]
async fn fifteen_days_are_kept() {
    let service = Service::new();
    service.put(datum(1.0)).await.unwrap();
    service.wait(15 * 24 * 60 + 1);
    let other = api::MetricDatum {
        metric_name: "Other".into(),
        ..datum(1.0)
    };
    service.put(other).await.unwrap();
    let listed = service
        .dispatcher
        .call::<api::ListMetrics>(api::ListMetricsInput::default(), &service.caller);
    let names: Vec<_> = listed.await.unwrap().metrics.unwrap();
    let names: Vec<_> = names
        .iter()
        .map(|it| it.metric_name.as_deref().unwrap())
        .collect();
    assert_eq!(names, ["Other"]);
}

/// Asks for these queries over the last hour.
async fn ask(
    service: &Service,
    queries: Vec<api::MetricDataQuery>,
) -> Result<Vec<api::MetricDataResult>, ServiceError> {
    let now = service.clock.now();
    let input = api::GetMetricDataInput {
        metric_data_queries: queries,
        start_time: Timestamp::from_millis(now.as_millis() - 3_600_000),
        end_time: Timestamp::from_millis(now.as_millis() + 60_000),
        scan_by: Some(api::ScanBy::TimestampAscending),
        ..Default::default()
    };
    let output = service
        .dispatcher
        .call::<api::GetMetricData>(input, &service.caller);
    Ok(output.await?.metric_data_results.unwrap())
}

fn expression(id: &str, text: &str) -> api::MetricDataQuery {
    api::MetricDataQuery {
        id: id.into(),
        expression: Some(text.into()),
        ..Default::default()
    }
}

fn talk(id: &str, stat: &str) -> api::MetricDataQuery {
    api::MetricDataQuery {
        id: id.into(),
        metric_stat: Some(api::MetricStat {
            metric: api::Metric {
                namespace: Some("Chat".into()),
                metric_name: Some("Talk".into()),
                ..Default::default()
            },
            period: 60,
            stat: stat.into(),
            ..Default::default()
        }),
        return_data: Some(false),
        ..Default::default()
    }
}

#[tokio::test]
async fn expressions_are_computed_from_metrics_and_from_each_other_in_any_order() {
    let service = Service::new();
    service.put(datum(2.0)).await.unwrap();
    service.put(datum(4.0)).await.unwrap();
    service.wait(2);
    service.put(datum(10.0)).await.unwrap();
    let queries = vec![
        expression("twice", "average * 2"),
        expression("average", "sum1 / count1"),
        talk("sum1", "Sum"),
        talk("count1", "SampleCount"),
        expression("all", "METRICS('1') + 0"),
    ];
    let results = ask(&service, queries).await.unwrap();
    let told: Vec<(&str, &str, &[f64])> = results
        .iter()
        .map(|it| {
            let values = it.values.as_deref().unwrap();
            (
                it.id.as_deref().unwrap(),
                it.label.as_deref().unwrap(),
                values,
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("twice", "twice", [6.0, 20.0].as_slice()),
            ("average", "average", &[3.0, 10.0]),
            ("all", "Talk", &[6.0, 10.0]),
            ("all", "Talk", &[2.0, 1.0]),
        ]
    );
}

#[tokio::test]
async fn an_expression_that_cannot_be_computed_is_a_validation_error() {
    let service = Service::new();
    for (queries, text) in [
        (
            vec![expression("e1", "m1 +")],
            "Error in expression 'e1': Invalid syntax",
        ),
        (
            vec![expression("e1", "e2"), expression("e2", "e1")],
            "Error in expression 'e1': Circular reference",
        ),
        (
            vec![talk("m1", "Sum"), expression("e1", "SUM(m1) * 2")],
            "Error in expression 'e1': The expression must return a time series or an array of time series",
        ),
        (
            vec![talk("m1", "Sum"), talk("m1", "Sum")],
            "The values for parameter id in MetricDataQueries are not unique.",
        ),
    ] {
        let refused = ask(&service, queries).await.unwrap_err();
        assert_eq!(
            (&*refused.code, refused.message.as_str()),
            ("ValidationError", text)
        );
    }
}
