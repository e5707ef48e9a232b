//! Warm workers: reuse, limits, and their end.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use landline_api::lambda as api;
use tokio::sync::Semaphore;

use super::{Fixture, create_input, eventually};
use crate::{InProcess, LambdaConfig};

/// Functions that answer when the test lets them.
fn held(config: &mut LambdaConfig) -> Arc<Semaphore> {
    let gate = Arc::new(Semaphore::new(0));
    let held = gate.clone();
    config.runtime = Some(Arc::new(InProcess::new(move |_, event: Bytes| {
        let held = held.clone();
        async move {
            held.acquire().await.unwrap().forget();
            Ok(event)
        }
    })));
    gate
}

async fn deploy(fixture: &Fixture) {
    let input = create_input("held", "python3.12", &[("app.py", "")]);
    fixture.create(input).await.unwrap();
}

fn event() -> api::InvokeInput {
    api::InvokeInput {
        function_name: "held".into(),
        payload: Some("1".into()),
        ..Default::default()
    }
}

#[tokio::test]
async fn events_run_at_the_same_time_in_environments_of_their_own() {
    let mut gate = None;
    let fixture = Fixture::with(|config| gate = Some(held(config))).await;
    deploy(&fixture).await;
    let all = async {
        let calls = [
            fixture.call(event()),
            fixture.call(event()),
            fixture.call(event()),
        ];
        let [a, b, c] = calls;
        let (a, b, c) = tokio::join!(a, b, c);
        [a, b, c].map(|answer| answer.unwrap().status)
    };
    let open = async {
        eventually("three environments", || fixture.lambda.environments() == 3).await;
        gate.unwrap().add_permits(3);
    };
    let (statuses, ()) = tokio::join!(all, open);
    assert_eq!(statuses, [200, 200, 200]);
}

#[tokio::test]
async fn an_event_beyond_the_limit_is_throttled_with_the_reason() {
    let fixture = Fixture::with(|config| {
        held(config);
        config.limits.max_environments_per_function = 1;
        config.limits.admission_wait = Duration::from_millis(10);
    })
    .await;
    deploy(&fixture).await;
    let refused = tokio::select! {
        first = fixture.call(event()) => panic!("{first:?}"),
        second = async {
            eventually("one environment", || fixture.lambda.environments() == 1).await;
            fixture.call(event()).await
        } => second.unwrap_err(),
    };
    assert_eq!(
        (refused.code.as_ref(), refused.status),
        ("TooManyRequestsException", 429)
    );
    let reason = refused
        .fields
        .iter()
        .find(|(name, _)| name == "Reason")
        .unwrap();
    assert_eq!(reason.1, "ConcurrentInvocationLimitExceeded");
}

#[tokio::test]
async fn an_event_beyond_the_limit_waits_for_a_free_environment() {
    let mut gate = None;
    let fixture = Fixture::with(|config| {
        gate = Some(held(config));
        config.limits.max_environments_per_function = 1;
        config.limits.admission_wait = Duration::from_mins(1);
    })
    .await;
    deploy(&fixture).await;
    gate.unwrap().add_permits(2);
    let (first, second) = tokio::join!(fixture.call(event()), fixture.call(event()));
    assert_eq!((first.unwrap().status, second.unwrap().status), (200, 200));
    assert_eq!(fixture.lambda.environments(), 1);
}

#[tokio::test]
async fn an_idle_environment_ends() {
    let mut gate = None;
    let fixture = Fixture::with(|config| {
        gate = Some(held(config));
        config.limits.idle_timeout = Duration::from_millis(10);
    })
    .await;
    deploy(&fixture).await;
    gate.unwrap().add_permits(1);
    assert_eq!(fixture.call(event()).await.unwrap().status, 200);
    eventually("no environment", || fixture.lambda.environments() == 0).await;
}

#[tokio::test]
async fn a_full_node_ends_the_environment_that_is_idle_for_longest() {
    let mut gate = None;
    let fixture = Fixture::with(|config| {
        gate = Some(held(config));
        config.limits.max_environments = 1;
    })
    .await;
    deploy(&fixture).await;
    let other = create_input("other", "python3.12", &[("app.py", "")]);
    fixture.create(other).await.unwrap();
    gate.unwrap().add_permits(2);
    assert_eq!(fixture.call(event()).await.unwrap().status, 200);
    assert_eq!(fixture.invoke("other", "2").await.json, 2);
    assert_eq!(fixture.lambda.environments(), 1);
}

#[tokio::test]
async fn an_asynchronous_event_is_retried_twice() {
    let attempts = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let counted = attempts.clone();
    let fixture = Fixture::with(|config| {
        config.limits.async_retry_delays = vec![Duration::from_millis(1); 2];
        config.runtime = Some(Arc::new(InProcess::new(move |_, _| {
            counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            async { Err(Bytes::from_static(b"{}")) }
        })));
    })
    .await;
    deploy(&fixture).await;
    let later = api::InvokeInput {
        invocation_type: Some(api::InvocationType::Event),
        ..event()
    };
    assert_eq!(fixture.call(later).await.unwrap().status, 202);
    eventually("three attempts", || {
        attempts.load(std::sync::atomic::Ordering::SeqCst) == 3
    })
    .await;
}

#[tokio::test]
async fn an_event_that_was_accepted_runs_after_a_restart() {
    let store = landline_store::open_memory();
    let folder = tempfile::tempdir().unwrap();
    let kept = store.clone();
    let fixture = Fixture::with(|config| {
        config.data_dir = folder.path().to_owned();
        config.store = kept;
        held(config);
    })
    .await;
    deploy(&fixture).await;
    let later = api::InvokeInput {
        invocation_type: Some(api::InvocationType::Event),
        ..event()
    };
    assert_eq!(fixture.call(later).await.unwrap().status, 202);
    fixture.lambda.shutdown().await;

    let mut gate = None;
    let next = Fixture::with(|config| {
        config.data_dir = folder.path().to_owned();
        config.store = store.clone();
        gate = Some(held(config));
    })
    .await;
    next.lambda.resume_events().unwrap();
    let gate = gate.unwrap();
    gate.add_permits(1);
    eventually("the event runs", || gate.available_permits() == 0).await;
}
