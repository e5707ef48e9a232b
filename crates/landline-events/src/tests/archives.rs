//! Events that are kept, and replayed.

use super::*;
use crate::archive::{ARCHIVED, SIZES};

const BUS: &str = "arn:aws:events:eu-west-1:000000000000:event-bus/default";
const ARCHIVE: &str = "arn:aws:events:eu-west-1:000000000000:archive/all";

fn archive(name: &str) -> api::CreateArchiveInput {
    api::CreateArchiveInput {
        archive_name: name.to_owned(),
        event_source_arn: BUS.to_owned(),
        ..Default::default()
    }
}

fn replay(name: &str) -> api::StartReplayInput {
    api::StartReplayInput {
        replay_name: name.to_owned(),
        event_source_arn: ARCHIVE.to_owned(),
        event_start_time: Timestamp::from_millis(NOW - 60_000),
        event_end_time: Timestamp::from_millis(NOW + 3_600_000),
        destination: api::ReplayDestination {
            arn: BUS.to_owned(),
            filter_arns: None,
        },
        ..Default::default()
    }
}

impl Fixture {
    async fn describe(&self, archive: &str) -> api::DescribeArchiveOutput {
        let input = api::DescribeArchiveInput {
            archive_name: archive.to_owned(),
        };
        self.call::<api::DescribeArchive>(input).await.unwrap()
    }

    async fn replayed(&self, replay: &str) -> api::DescribeReplayOutput {
        let waiting = async {
            loop {
                let input = api::DescribeReplayInput {
                    replay_name: replay.to_owned(),
                };
                let found = self.call::<api::DescribeReplay>(input).await.unwrap();
                if found.replay_end_time.is_some() {
                    return found;
                }
                tokio::task::yield_now().await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(5), waiting).await;
        waited.expect("the replay ends")
    }
}

async fn refusal<Op: Operation>(fixture: &Fixture, input: Op::Input) -> String {
    let refused = fixture.call::<Op>(input).await;
    let refused = refused.map(drop).unwrap_err();
    format!("{}: {}", refused.code, refused.message)
}

#[tokio::test]
async fn an_archive_keeps_what_its_pattern_wants() {
    let fixture = Fixture::new();
    let input = api::CreateArchiveInput {
        event_pattern: Some(r#"{"detail":{"n":[1]}}"#.to_owned()),
        retention_days: Some(3),
        ..archive("some")
    };
    let made = fixture.call::<api::CreateArchive>(input).await.unwrap();
    assert_eq!(
        made.archive_arn.as_deref(),
        Some("arn:aws:events:eu-west-1:000000000000:archive/some")
    );
    fixture.put(joined(&json!({ "n": 1 }))).await;
    fixture.put(joined(&json!({ "n": 2 }))).await;
    let told = fixture.describe("some").await;
    assert_eq!(told.event_count, Some(1));
    assert!(told.size_bytes > Some(100), "{:?}", told.size_bytes);
    assert_eq!(told.retention_days, Some(3));
    let listed = fixture
        .call::<api::ListArchives>(api::ListArchivesInput::default())
        .await;
    let listed = listed.unwrap().archives.unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(listed[0].event_count, Some(1));
}

#[tokio::test]
async fn a_replay_gives_the_rules_of_the_bus_the_events_once_more() {
    let fixture = Fixture::new();
    fixture
        .call::<api::CreateArchive>(archive("all"))
        .await
        .unwrap();
    for n in 0..250 {
        fixture.put(joined(&json!({ "n": n }))).await;
    }
    fixture.rule("r", None, &json!({ "source": ["app"] })).await;
    fixture.target("r", None, target(FUNCTION)).await.unwrap();
    let started = fixture.call::<api::StartReplay>(replay("again")).await;
    assert_eq!(started.unwrap().state, Some(api::ReplayState::Starting));
    let ended = fixture.replayed("again").await;
    assert_eq!(ended.state, Some(api::ReplayState::Completed));
    assert!(ended.event_last_replayed_time.is_some());
    let told = fixture.world.wait_for(250).await;
    let event = told[0].json();
    assert_eq!(event["replay-name"], "again");
    let mut numbers: Vec<i64> = told
        .iter()
        .map(|told| told.json()["detail"]["n"].as_i64().unwrap())
        .collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..250).collect::<Vec<_>>());
    // What is replayed is not archived again.
    assert_eq!(fixture.describe("all").await.event_count, Some(250));
}

#[tokio::test]
async fn a_replay_is_for_the_rules_and_the_time_that_it_names() {
    let fixture = Fixture::new();
    fixture
        .call::<api::CreateArchive>(archive("all"))
        .await
        .unwrap();
    let one = fixture
        .rule("one", None, &json!({ "source": ["app"] }))
        .await;
    fixture
        .rule("two", None, &json!({ "source": ["app"] }))
        .await;
    let at = |seconds: i64| api::PutEventsRequestEntry {
        time: Some(Timestamp::from_millis(NOW + seconds * 1000)),
        ..joined(&json!({ "at": seconds }))
    };
    for seconds in [-100, 0, 100] {
        fixture.put(at(seconds)).await;
    }
    fixture.target("one", None, target(FUNCTION)).await.unwrap();
    fixture.target("two", None, target(QUEUE)).await.unwrap();
    let input = api::StartReplayInput {
        event_end_time: Timestamp::from_millis(NOW + 50_000),
        destination: api::ReplayDestination {
            arn: BUS.to_owned(),
            filter_arns: Some(vec![one]),
        },
        ..replay("some")
    };
    fixture.call::<api::StartReplay>(input).await.unwrap();
    fixture.replayed("some").await;
    fixture.until_nothing_is_kept().await;
    let told = fixture.world.told.lock().clone();
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].to, "notify");
    assert_eq!(told[0].json()["detail"], json!({ "at": 0 }));
}

#[tokio::test]
async fn a_replay_goes_on_after_a_restart() {
    let store = open_memory();
    let first = Fixture::on(store.clone());
    first
        .call::<api::CreateArchive>(archive("all"))
        .await
        .unwrap();
    for n in 0..3 {
        first.put(joined(&json!({ "n": n }))).await;
    }
    first.rule("r", None, &json!({ "source": ["app"] })).await;
    first.target("r", None, target(FUNCTION)).await.unwrap();
    // Nothing runs any more, and the caller is answered all the same.
    first.events.shutdown().await;
    first
        .call::<api::StartReplay>(replay("again"))
        .await
        .unwrap();
    let second = Fixture::on(store);
    second.replayed("again").await;
    second.world.wait_for(3).await;
}

#[tokio::test]
async fn a_replay_that_is_cancelled_ends() {
    let fixture = Fixture::new();
    fixture
        .call::<api::CreateArchive>(archive("all"))
        .await
        .unwrap();
    fixture.events.shutdown().await;
    fixture
        .call::<api::StartReplay>(replay("no"))
        .await
        .unwrap();
    let input = api::CancelReplayInput {
        replay_name: "no".to_owned(),
    };
    let cancelled = fixture.call::<api::CancelReplay>(input.clone()).await;
    assert_eq!(cancelled.unwrap().state, Some(api::ReplayState::Cancelling));
    let second = Fixture::on(fixture.store.clone());
    let ended = second.replayed("no").await;
    assert_eq!(ended.state, Some(api::ReplayState::Cancelled));
    assert_eq!(
        refusal::<api::CancelReplay>(&second, input).await,
        "IllegalStatusException: Replay no is not in a valid state for this operation."
    );
}

#[tokio::test]
async fn an_archive_forgets_what_is_old_and_all_when_it_is_deleted() {
    let fixture = Fixture::new();
    let input = api::CreateArchiveInput {
        retention_days: Some(1),
        ..archive("all")
    };
    fixture.call::<api::CreateArchive>(input).await.unwrap();
    fixture.put(joined(&json!({ "n": 1 }))).await;
    fixture.clock.advance(Duration::from_hours(24));
    fixture.put(joined(&json!({ "n": 2 }))).await;
    fixture.clock.advance(Duration::from_mins(1));
    fixture.events.expire().await;
    assert_eq!(fixture.describe("all").await.event_count, Some(1));
    let input = api::DeleteArchiveInput {
        archive_name: "all".to_owned(),
    };
    fixture.call::<api::DeleteArchive>(input).await.unwrap();
    fixture.put(joined(&json!({ "n": 3 }))).await;
    assert!(ARCHIVED.load(&*fixture.store).unwrap().is_empty());
    assert!(SIZES.load(&*fixture.store).unwrap().is_empty());
}

#[tokio::test]
async fn what_archives_and_replays_cannot_be_is_refused_in_awss_words() {
    let fixture = Fixture::new();
    fixture
        .call::<api::CreateArchive>(archive("all"))
        .await
        .unwrap();
    assert_eq!(
        refusal::<api::CreateArchive>(&fixture, archive("all")).await,
        "ResourceAlreadyExistsException: Archive all already exists."
    );
    let input = api::CreateArchiveInput {
        event_source_arn: BUS.replace("default", "none"),
        ..archive("other")
    };
    assert_eq!(
        refusal::<api::CreateArchive>(&fixture, input).await,
        "ResourceNotFoundException: Event bus none does not exist."
    );
    let input = api::UpdateArchiveInput {
        archive_name: "all".to_owned(),
        ..Default::default()
    };
    assert_eq!(
        refusal::<api::UpdateArchive>(&fixture, input).await,
        "ValidationException: At least one of EventPattern, RetentionDays or Description must be provided."
    );
    let input = api::StartReplayInput {
        event_source_arn: ARCHIVE.replace("all", "none"),
        ..replay("r")
    };
    assert_eq!(
        refusal::<api::StartReplay>(&fixture, input).await,
        "ValidationException: Parameter EventSourceArn is not valid. Reason: Archive none does not exist."
    );
    let input = api::StartReplayInput {
        event_end_time: Timestamp::from_millis(NOW - 60_000),
        ..replay("r")
    };
    assert_eq!(
        refusal::<api::StartReplay>(&fixture, input).await,
        "ValidationException: Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime."
    );
    fixture.call::<api::StartReplay>(replay("r")).await.unwrap();
    assert_eq!(
        refusal::<api::StartReplay>(&fixture, replay("r")).await,
        "ResourceAlreadyExistsException: Replay r already exists."
    );
}
