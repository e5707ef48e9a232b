//! CloudWatch Logs through its typed operations, on a store in memory.

use std::io::Read as _;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::GzDecoder;
use landline_api::logs::{
    CreateLogGroup, CreateLogGroupInput, CreateLogStream, CreateLogStreamInput, DeleteLogGroup,
    DeleteLogGroupInput, DeleteSubscriptionFilter, DeleteSubscriptionFilterInput,
    DescribeLogStreams, DescribeLogStreamsInput, FilterLogEvents, FilterLogEventsInput,
    GetLogEvents, GetLogEventsInput, InputLogEvent, MetricTransformation, PutLogEvents,
    PutLogEventsInput, PutMetricFilter, PutMetricFilterInput, PutSubscriptionFilter,
    PutSubscriptionFilterInput,
};
use landline_api::{cloudwatch, lambda};
use landline_store::open_memory;
use landline_wire::{Caller, Clock, Dispatcher, DispatcherBuilder, ServiceError, SystemClock};
use parking_lot::Mutex;
use serde_json::{Value, json};

use super::Logs;

const GROUP: &str = "/aws/lambda/chat";

fn caller() -> Caller {
    Caller::root("123456789012", "eu-west-1")
}

/// A service with one group and the streams `a` and `b`.
async fn logs() -> Dispatcher {
    logs_in(DispatcherBuilder::new()).await
}

/// The same beside other services.
async fn logs_in(mut builder: DispatcherBuilder) -> Dispatcher {
    Logs::new(open_memory(), Arc::new(SystemClock)).register(&mut builder);
    with_streams(builder.seal()).await
}

async fn with_streams(logs: Dispatcher) -> Dispatcher {
    let group = CreateLogGroupInput {
        log_group_name: GROUP.into(),
        ..Default::default()
    };
    logs.call::<CreateLogGroup>(group, &caller()).await.unwrap();
    for stream in ["a", "b"] {
        let stream = CreateLogStreamInput {
            log_group_name: GROUP.into(),
            log_stream_name: stream.into(),
        };
        logs.call::<CreateLogStream>(stream, &caller())
            .await
            .unwrap();
    }
    logs
}

async fn put(logs: &Dispatcher, stream: &str, events: &[(i64, &str)]) {
    let input = PutLogEventsInput {
        log_group_name: GROUP.into(),
        log_stream_name: stream.into(),
        log_events: events
            .iter()
            .map(|(timestamp, message)| InputLogEvent {
                timestamp: *timestamp,
                message: (*message).into(),
            })
            .collect(),
        ..Default::default()
    };
    logs.call::<PutLogEvents>(input, &caller()).await.unwrap();
}

async fn filter(logs: &Dispatcher, input: FilterLogEventsInput) -> (Vec<String>, Option<String>) {
    let input = FilterLogEventsInput {
        log_group_name: Some(GROUP.into()),
        ..input
    };
    let page = logs
        .call::<FilterLogEvents>(input, &caller())
        .await
        .unwrap();
    let messages = page
        .events
        .unwrap()
        .into_iter()
        .filter_map(|event| event.message);
    (messages.collect(), page.next_token)
}

#[tokio::test]
async fn events_of_all_streams_come_back_in_the_order_of_time() {
    let logs = logs().await;
    put(&logs, "a", &[(10, "one"), (30, "three")]).await;
    put(&logs, "b", &[(20, "two")]).await;
    let (messages, next) = filter(&logs, FilterLogEventsInput::default()).await;
    assert_eq!(messages, ["one", "two", "three"]);
    assert_eq!(next, None);
}

#[tokio::test]
async fn a_client_is_told_what_came_too_late_or_too_early() {
    let logs = logs().await;
    let mut client = caller();
    client.source_ip = Some([127, 0, 0, 1].into());
    let (now, day) = (SystemClock.now().as_millis(), 86_400_000);
    let event = |timestamp: &i64| InputLogEvent {
        timestamp: *timestamp,
        message: "m".into(),
    };
    let put = async |times: &[i64]| {
        let input = PutLogEventsInput {
            log_group_name: GROUP.into(),
            log_stream_name: "a".into(),
            log_events: times.iter().map(event).collect(),
            ..Default::default()
        };
        logs.call::<PutLogEvents>(input, &client).await
    };
    let answer = put(&[now - 15 * day, now, now + day]).await.unwrap();
    let rejected = answer.rejected_log_events_info.unwrap();
    assert_eq!(rejected.too_old_log_event_end_index, Some(1));
    assert_eq!(rejected.too_new_log_event_start_index, Some(2));
    let kept = filter(&logs, FilterLogEventsInput::default()).await.0;
    assert_eq!(kept.len(), 1);
    let error = put(&[now, now - 1]).await.unwrap_err();
    assert!(error.message.ends_with("must be in chronological order."));
}

#[tokio::test]
async fn a_page_that_is_full_is_continued_by_its_token() {
    let logs = logs().await;
    put(&logs, "a", &[(10, "one"), (10, "two"), (11, "three")]).await;
    let limit = Some(2);
    let (messages, token) = filter(
        &logs,
        FilterLogEventsInput {
            limit,
            ..Default::default()
        },
    )
    .await;
    assert_eq!(messages, ["one", "two"]);
    let input = FilterLogEventsInput {
        limit,
        next_token: token,
        ..Default::default()
    };
    assert_eq!(filter(&logs, input).await, (vec!["three".to_owned()], None));
}

#[tokio::test]
async fn a_filter_takes_times_streams_and_a_pattern() {
    let logs = logs().await;
    put(
        &logs,
        "a",
        &[(10, "ERROR one"), (20, "INFO two"), (30, "ERROR three")],
    )
    .await;
    put(&logs, "b", &[(15, "ERROR elsewhere")]).await;
    let input = FilterLogEventsInput {
        start_time: Some(10),
        end_time: Some(30),
        log_stream_names: Some(vec!["a".into()]),
        filter_pattern: Some("ERROR".into()),
        ..Default::default()
    };
    assert_eq!(filter(&logs, input).await.0, ["ERROR one", "ERROR three"]);
}

#[tokio::test]
async fn a_stream_is_read_from_its_end_backwards_unless_asked_otherwise() {
    let logs = logs().await;
    put(&logs, "a", &[(1, "one"), (2, "two"), (3, "three")]).await;
    let input = GetLogEventsInput {
        log_group_name: Some(GROUP.into()),
        log_stream_name: "a".into(),
        limit: Some(2),
        ..Default::default()
    };
    let page = logs
        .call::<GetLogEvents>(input.clone(), &caller())
        .await
        .unwrap();
    let messages = |page: &landline_api::logs::GetLogEventsOutput| -> Vec<String> {
        page.events
            .clone()
            .unwrap()
            .into_iter()
            .filter_map(|event| event.message)
            .collect()
    };
    assert_eq!(messages(&page), ["two", "three"]);
    let earlier = GetLogEventsInput {
        next_token: page.next_backward_token,
        ..input
    };
    let page = logs.call::<GetLogEvents>(earlier, &caller()).await.unwrap();
    assert_eq!(messages(&page), ["one"]);
}

#[tokio::test]
async fn a_stream_knows_its_first_and_last_event() {
    let logs = logs().await;
    put(&logs, "b", &[(20, "two"), (10, "one")]).await;
    let input = DescribeLogStreamsInput {
        log_group_name: Some(GROUP.into()),
        log_stream_name_prefix: Some("b".into()),
        ..Default::default()
    };
    let streams = logs
        .call::<DescribeLogStreams>(input, &caller())
        .await
        .unwrap();
    let stream = &streams.log_streams.unwrap()[0];
    assert_eq!(
        (stream.first_event_timestamp, stream.last_event_timestamp),
        (Some(10), Some(20))
    );
}

#[tokio::test]
async fn a_deleted_group_is_gone_with_its_events() {
    let logs = logs().await;
    put(&logs, "a", &[(1, "one")]).await;
    let input = DeleteLogGroupInput {
        log_group_name: GROUP.into(),
    };
    logs.call::<DeleteLogGroup>(input, &caller()).await.unwrap();
    let input = FilterLogEventsInput {
        log_group_name: Some(GROUP.into()),
        ..Default::default()
    };
    let refused = logs
        .call::<FilterLogEvents>(input, &caller())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "ResourceNotFoundException");
}

#[tokio::test]
async fn a_group_that_is_full_forgets_its_oldest_events() {
    let logs = logs().await;
    let long = "x".repeat(1_000_000);
    for round in 0..80 {
        put(&logs, "a", &[(round, &format!("{round:02}{long}"))]).await;
    }
    let mut kept = Vec::new();
    let mut token = None;
    loop {
        let input = FilterLogEventsInput {
            next_token: token,
            ..Default::default()
        };
        let (messages, next) = filter(&logs, input).await;
        kept.extend(messages.into_iter().map(|message| message[..2].to_owned()));
        match next {
            Some(next) => token = Some(next),
            None => break,
        }
    }
    assert!(kept.len() < 70, "{} events are kept", kept.len());
    assert_eq!(kept.last().map(String::as_str), Some("79"));
    assert_ne!(kept[0], "00");
    assert!(kept.is_sorted());
}

/// A service beside the functions that it calls and the metrics that it writes, as they were told.
async fn watched() -> (Dispatcher, Told) {
    let told = Told::default();
    let mut builder = DispatcherBuilder::new();
    let calls = told.clone();
    builder.register_fn::<lambda::Invoke, _>(move |input, caller| {
        if input.function_name.ends_with(":closed") {
            return Err(ServiceError::new("AccessDeniedException", 403, "no"));
        }
        let told = match input.invocation_type {
            Some(lambda::InvocationType::Event) => unpacked(&input.payload.unwrap()),
            _ => json!({"by": &*caller.principal, "for": caller.source_arn.as_deref()}),
        };
        calls.lock().push(told);
        Ok(lambda::InvokeOutput::default())
    });
    let metrics = told.clone();
    builder.register_fn::<cloudwatch::PutMetricData, _>(move |input, _| {
        for datum in input.metric_data.into_iter().flatten() {
            let dimensions = datum.dimensions.into_iter().flatten();
            let dimensions: Vec<String> = dimensions.map(|it| it.value).collect();
            let namespace = &input.namespace;
            metrics.lock().push(json!([
                namespace,
                datum.metric_name,
                datum.value,
                dimensions
            ]));
        }
        Ok(landline_wire::shape::Unit {})
    });
    (logs_in(builder).await, told)
}

type Told = Arc<Mutex<Vec<Value>>>;

/// What a function reads of its event.
fn unpacked(payload: &[u8]) -> Value {
    let event: Value = serde_json::from_slice(payload).unwrap();
    let packed = STANDARD.decode(event["awslogs"]["data"].as_str().unwrap());
    let mut text = String::new();
    let mut decoder = GzDecoder::new(std::io::Cursor::new(packed.unwrap()));
    decoder.read_to_string(&mut text).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn subscription(name: &str, function: &str) -> PutSubscriptionFilterInput {
    PutSubscriptionFilterInput {
        log_group_name: GROUP.into(),
        filter_name: name.into(),
        filter_pattern: "?ERROR ?WARN".into(),
        destination_arn: format!("arn:aws:lambda:eu-west-1:123456789012:function:{function}"),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_function_is_sent_the_lines_that_match() {
    let (logs, told) = watched().await;
    let filter = subscription("errors", "alarm");
    logs.call::<PutSubscriptionFilter>(filter, &caller())
        .await
        .unwrap();
    let asked = told.lock().pop().unwrap();
    assert_eq!(asked["by"], "logs.amazonaws.com");
    let group = "arn:aws:logs:eu-west-1:123456789012:log-group:/aws/lambda/chat:*";
    assert_eq!(asked["for"], group);
    put(
        &logs,
        "a",
        &[(1, "INFO fine"), (2, "ERROR bad"), (3, "WARN hm")],
    )
    .await;
    put(&logs, "b", &[(4, "INFO fine")]).await;
    let mut told = told.lock();
    let [message] = told.as_mut_slice() else {
        panic!("{told:?}");
    };
    let events = message["logEvents"].as_array_mut().unwrap();
    for event in events.iter_mut() {
        assert_eq!(event["id"].as_str().unwrap().len(), 56);
        event.as_object_mut().unwrap().remove("id");
    }
    assert_eq!(
        *message,
        json!({
            "messageType": "DATA_MESSAGE",
            "owner": "123456789012",
            "logGroup": GROUP,
            "logStream": "a",
            "subscriptionFilters": ["errors"],
            "logEvents": [
                {"timestamp": 2, "message": "ERROR bad"},
                {"timestamp": 3, "message": "WARN hm"},
            ],
        })
    );
}

#[tokio::test]
async fn a_function_is_not_sent_its_own_lines() {
    let (logs, told) = watched().await;
    let filter = subscription("own", "chat");
    logs.call::<PutSubscriptionFilter>(filter, &caller())
        .await
        .unwrap();
    told.lock().clear();
    put(&logs, "a", &[(1, "ERROR again")]).await;
    assert!(told.lock().is_empty());
}

#[tokio::test]
async fn a_group_has_two_subscriptions_of_functions_that_let_it_in() {
    let (logs, _told) = watched().await;
    for name in ["one", "two"] {
        let filter = subscription(name, "f");
        logs.call::<PutSubscriptionFilter>(filter, &caller())
            .await
            .unwrap();
    }
    let refusals = [
        (
            "two-again",
            "closed",
            "InvalidParameterException",
            "Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.",
        ),
        (
            "three",
            "f",
            "LimitExceededException",
            "Resource limit exceeded.",
        ),
    ];
    for (name, function, code, message) in refusals {
        let (filter, owner) = (subscription(name, function), caller());
        let refused = logs.call::<PutSubscriptionFilter>(filter, &owner).await;
        let refused = refused.unwrap_err();
        assert_eq!(
            (refused.code.as_ref(), refused.message.as_str()),
            (code, message)
        );
    }
    let input = DeleteSubscriptionFilterInput {
        log_group_name: GROUP.into(),
        filter_name: "three".into(),
    };
    let refused = logs
        .call::<DeleteSubscriptionFilter>(input, &caller())
        .await;
    assert_eq!(
        refused.unwrap_err().message,
        "The specified subscription filter does not exist."
    );
}

#[tokio::test]
async fn a_metric_counts_or_takes_its_value_from_a_line() {
    let (logs, told) = watched().await;
    let filters = [
        ("count", "ERROR", "1", None),
        (
            "took",
            "{ $.took > 0 }",
            "$.took",
            Some(("route", "$.route")),
        ),
    ];
    for (name, pattern, value, dimension) in filters {
        let dimensions = dimension.map(|(key, value): (&str, &str)| {
            std::iter::once((key.to_owned(), value.to_owned())).collect()
        });
        let input = PutMetricFilterInput {
            log_group_name: GROUP.into(),
            filter_name: name.into(),
            filter_pattern: pattern.into(),
            metric_transformations: vec![MetricTransformation {
                metric_name: name.into(),
                metric_namespace: "App".into(),
                metric_value: value.into(),
                dimensions,
                ..Default::default()
            }],
            ..Default::default()
        };
        logs.call::<PutMetricFilter>(input, &caller())
            .await
            .unwrap();
    }
    let lines = [
        (1, "ERROR bad"),
        (2, r#"{"took": 12.5, "route": "send"}"#),
        (3, r#"{"took": 3}"#),
    ];
    put(&logs, "a", &lines).await;
    assert_eq!(
        *told.lock(),
        [
            json!(["App", "count", 1.0, []]),
            // The last line has no dimension, and gives none.
            json!(["App", "took", 12.5, ["send"]]),
        ]
    );
}

#[tokio::test]
async fn filters_go_on_after_a_restart() {
    let store = open_memory();
    let record = {
        let mut builder = DispatcherBuilder::new();
        builder.register_fn::<lambda::Invoke, _>(|_, _| Ok(lambda::InvokeOutput::default()));
        Logs::new(store.clone(), Arc::new(SystemClock)).register(&mut builder);
        let logs = with_streams(builder.seal()).await;
        let filter = subscription("errors", "alarm");
        logs.call::<PutSubscriptionFilter>(filter, &caller())
            .await
            .unwrap();
        store
    };
    let told = Told::default();
    let calls = told.clone();
    let mut builder = DispatcherBuilder::new();
    builder.register_fn::<lambda::Invoke, _>(move |input, _| {
        calls.lock().push(unpacked(&input.payload.unwrap()));
        Ok(lambda::InvokeOutput::default())
    });
    Logs::new(record, Arc::new(SystemClock)).register(&mut builder);
    put(&builder.seal(), "a", &[(1, "ERROR bad")]).await;
    assert_eq!(told.lock().len(), 1);
}
