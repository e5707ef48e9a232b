//! CloudWatch Logs through its typed operations, on a store in memory.

use std::sync::Arc;

use landline_api::logs::{
    CreateLogGroup, CreateLogGroupInput, CreateLogStream, CreateLogStreamInput, DeleteLogGroup,
    DeleteLogGroupInput, DescribeLogStreams, DescribeLogStreamsInput, FilterLogEvents,
    FilterLogEventsInput, GetLogEvents, GetLogEventsInput, InputLogEvent, PutLogEvents,
    PutLogEventsInput,
};
use landline_store::open_memory;
use landline_wire::{Caller, Dispatcher, DispatcherBuilder, SystemClock};

use super::Logs;
use super::pattern::Pattern;

const GROUP: &str = "/aws/lambda/chat";

fn caller() -> Caller {
    Caller::root("123456789012", "eu-west-1")
}

/// A service with one group and the streams `a` and `b`.
async fn logs() -> Dispatcher {
    let mut builder = DispatcherBuilder::new();
    Logs::new(open_memory(), Arc::new(SystemClock)).register(&mut builder);
    let logs = builder.seal();
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

#[test]
fn a_pattern_has_terms_that_must_may_and_must_not_occur() {
    for (pattern, message, expected) in [
        ("", "anything", true),
        ("a b", "b and a", true),
        ("a b", "a alone", false),
        ("\"a b\"", "a b", true),
        ("\"a b\"", "b a", false),
        ("?a ?b", "only b", true),
        ("a -b", "a b", false),
    ] {
        assert_eq!(
            Pattern::parse(pattern).unwrap().matches(message),
            expected,
            "{pattern}"
        );
    }
    assert!(Pattern::parse("{ $.x = 1 }").is_err());
}
