//! Keys, plans, buckets and quotas.

use std::collections::BTreeMap;

use landline_api::apigateway as api;
use landline_store::{Transaction, open_memory};

use super::*;
use crate::state::Stored;
use crate::state::usage::{API_KEYS, PLAN_KEYS, PlanKey, USAGE_PLANS};

const VALUE: &str = "aaaaaaaaaaaaaaaaaaaaaaaa";

fn call<'a>(stage: &'a str, key_value: Option<&'a str>) -> Call<'a> {
    Call {
        api_id: "api",
        stage,
        route_key: "$connect",
        key_value,
    }
}

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn noon() -> Timestamp {
    at("2027-02-03T12:00:00Z")
}

/// A plan for the stage `prod`.
fn plan() -> api::UsagePlan {
    api::UsagePlan {
        id: Some("plan".into()),
        api_stages: Some(vec![api::ApiStage {
            api_id: Some("api".into()),
            stage: Some("prod".into()),
            throttle: None,
        }]),
        ..Default::default()
    }
}

fn quota(limit: i32, period: api::QuotaPeriodType, offset: i32) -> api::QuotaSettings {
    api::QuotaSettings {
        limit: Some(limit),
        offset: Some(offset),
        period: Some(period),
    }
}

async fn write(
    store: &Arc<dyn Store>,
    change: impl FnOnce(&mut Transaction<'_>) -> Result<(), StoreError> + Send + 'static,
) {
    store.write(change).await.unwrap();
}

/// One enabled key in one plan.
async fn store(plan: api::UsagePlan) -> Arc<dyn Store> {
    let store = open_memory();
    let key = api::ApiKey {
        id: Some("key".into()),
        value: Some(VALUE.into()),
        enabled: Some(true),
        ..Default::default()
    };
    write(&store, move |transaction| {
        API_KEYS.put_in(transaction, "key", &Stored(key))?;
        USAGE_PLANS.put_in(transaction, "plan", &Stored(plan))?;
        let member = PlanKey {
            key_type: "API_KEY".into(),
        };
        PLAN_KEYS.put_in(transaction, "plan/key", &member)
    })
    .await;
    store
}

async fn plans(plan: api::UsagePlan) -> UsagePlans {
    UsagePlans::open(store(plan).await).unwrap()
}

fn admit(plans: &UsagePlans, now: Timestamp) -> Result<Admitted, KeyRefusal> {
    plans.admit(now, Duration::ZERO, &call("prod", Some(VALUE)))
}

#[tokio::test]
async fn a_key_of_a_plan_with_the_stage_is_let_in() {
    let admitted = admit(&plans(plan()).await, noon()).unwrap();
    assert_eq!(admitted.api_key_id, "key");
    assert_eq!(admitted.plan_id, "plan");
}

#[tokio::test]
async fn no_key_an_unknown_one_and_one_for_another_stage_are_refused() {
    let plans = plans(plan()).await;
    for (presented, refusal) in [
        (call("prod", None), KeyRefusal::Missing),
        (call("prod", Some("")), KeyRefusal::Missing),
        (call("prod", Some("other")), KeyRefusal::Unknown),
        (call("test", Some(VALUE)), KeyRefusal::Unknown),
    ] {
        let outcome = plans.admit(noon(), Duration::ZERO, &presented);
        assert_eq!(outcome, Err(refusal), "{presented:?}");
    }
}

#[tokio::test]
async fn a_disabled_key_is_refused_after_a_reload() {
    let store = store(plan()).await;
    let plans = UsagePlans::open(Arc::clone(&store)).unwrap();
    let disabled = api::ApiKey {
        id: Some("key".into()),
        value: Some(VALUE.into()),
        enabled: Some(false),
        ..Default::default()
    };
    API_KEYS
        .put(&*store, "key", Stored(disabled))
        .await
        .unwrap();
    plans.reload().unwrap();
    assert_eq!(admit(&plans, noon()), Err(KeyRefusal::Unknown));
}

#[tokio::test]
async fn a_plan_throttles_each_key_and_a_reload_does_not_fill_the_bucket() {
    let throttle = api::ThrottleSettings {
        burst_limit: Some(2),
        rate_limit: Some(1.0),
    };
    let plans = plans(api::UsagePlan {
        throttle: Some(throttle),
        ..plan()
    })
    .await;
    admit(&plans, noon()).unwrap();
    plans.reload().unwrap();
    admit(&plans, noon()).unwrap();
    assert_eq!(admit(&plans, noon()), Err(KeyRefusal::Throttled));
    let later = Duration::from_secs(1);
    let outcome = plans.admit(noon(), later, &call("prod", Some(VALUE)));
    assert!(outcome.is_ok());
}

#[tokio::test]
async fn a_route_of_a_stage_can_be_slower_than_its_plan() {
    let slow = api::ThrottleSettings {
        burst_limit: Some(0),
        rate_limit: Some(0.0),
    };
    let mut plan = plan();
    let stages = plan.api_stages.as_mut().unwrap();
    stages[0].throttle = Some(BTreeMap::from([("$connect".to_owned(), slow)]));
    assert_eq!(
        admit(&plans(plan).await, noon()),
        Err(KeyRefusal::Throttled)
    );
}

#[tokio::test]
async fn a_daily_quota_begins_anew_at_midnight() {
    let plans = plans(api::UsagePlan {
        quota: Some(quota(1, api::QuotaPeriodType::Day, 0)),
        ..plan()
    })
    .await;
    admit(&plans, noon()).unwrap();
    assert_eq!(admit(&plans, noon()), Err(KeyRefusal::QuotaExceeded));
    assert!(admit(&plans, at("2027-02-04T00:00:00Z")).is_ok());
}

#[tokio::test]
async fn a_refused_call_does_not_count() {
    let plans = plans(api::UsagePlan {
        quota: Some(quota(1, api::QuotaPeriodType::Day, 0)),
        ..plan()
    })
    .await;
    let _ = admit(&plans, noon());
    let _ = admit(&plans, noon());
    let used = plans.used("plan", "key");
    assert_eq!(used.get(&Day::of(noon())), Some(&1));
}

#[test]
fn a_period_begins_on_the_day_that_its_offset_says() {
    use api::QuotaPeriodType::{Day as Daily, Month, Week};
    // The third of February 2027 is a Wednesday.
    for (period, offset, today, start) in [
        (Daily, 0, "2027-02-03", "2027-02-03"),
        (Week, 0, "2027-02-03", "2027-01-31"),
        (Week, 3, "2027-02-03", "2027-02-03"),
        (Week, 4, "2027-02-03", "2027-01-28"),
        (Month, 0, "2027-02-03", "2027-02-01"),
        (Month, 2, "2027-02-03", "2027-02-03"),
        (Month, 27, "2027-02-03", "2027-01-28"),
        (Month, 27, "2027-03-01", "2027-02-28"),
        (Month, 14, "2027-01-14", "2026-12-15"),
    ] {
        let quota = Quota::of(Some(&quota(1, period, offset))).unwrap();
        let today = Day::parse(today).unwrap();
        assert_eq!(quota.start(today), Day::parse(start).unwrap(), "{quota:?}");
    }
}

#[tokio::test]
async fn counts_survive_a_new_process() {
    let limited = api::UsagePlan {
        quota: Some(quota(1, api::QuotaPeriodType::Month, 0)),
        ..plan()
    };
    let store = store(limited).await;
    let before = UsagePlans::open(Arc::clone(&store)).unwrap();
    admit(&before, noon()).unwrap();
    before.flush().await.unwrap();
    let after = UsagePlans::open(store).unwrap();
    assert_eq!(admit(&after, noon()), Err(KeyRefusal::QuotaExceeded));
}

#[tokio::test(start_paused = true)]
async fn counts_are_written_by_themselves_before_long() {
    let store = store(plan()).await;
    let plans = UsagePlans::open(Arc::clone(&store)).unwrap();
    admit(&plans, noon()).unwrap();
    admit(&plans, noon()).unwrap();
    let day = noon().as_seconds() / (24 * 60 * 60);
    let mut written = None;
    // The store has a thread of its own, which knows nothing of the paused time.
    for _ in 0..100 {
        tokio::time::sleep(Duration::from_secs(1)).await;
        write(&store, |_| Ok(())).await;
        let count = crate::state::usage::USAGE.get(&*store, &format!("plan/key/{day}"));
        written = count.unwrap();
        if written.is_some() {
            break;
        }
    }
    assert_eq!(written, Some(2));
}

#[tokio::test]
async fn only_the_last_days_are_kept() {
    let plans = plans(plan()).await;
    for day in 0..200_i64 {
        let now = Timestamp::from_millis(noon().as_millis() + day * 24 * 60 * 60 * 1000);
        admit(&plans, now).unwrap();
    }
    plans.flush().await.unwrap();
    assert_eq!(plans.used("plan", "key").len(), crate::quotas::USAGE_DAYS);
    let stored = crate::state::usage::USAGE.load(&*plans.store).unwrap();
    assert_eq!(stored.len(), crate::quotas::USAGE_DAYS);
}
