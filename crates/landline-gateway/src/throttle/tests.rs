//! Bursts, refills and limits of zero.

use super::*;

fn at(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

#[test]
fn a_burst_passes_and_the_next_call_waits_for_a_token() {
    let bucket = Bucket::default();
    let rate = Rate::new(10, 3);
    let admitted = (0..5).filter(|_| bucket.admit(at(0), rate)).count();
    assert_eq!(admitted, 3);
    assert!(!bucket.admit(at(99), rate));
    assert!(bucket.admit(at(100), rate));
    assert!(!bucket.admit(at(100), rate));
}

#[test]
fn an_idle_bucket_fills_up_to_its_burst() {
    let bucket = Bucket::default();
    let rate = Rate::new(10, 3);
    while bucket.admit(at(0), rate) {}
    let admitted = (0..10).filter(|_| bucket.admit(at(60_000), rate)).count();
    assert_eq!(admitted, 3);
}

#[test]
fn a_refused_call_takes_no_token() {
    let bucket = Bucket::default();
    let rate = Rate::new(1, 1);
    assert!(bucket.admit(at(0), rate));
    for millis in 1..1000 {
        assert!(!bucket.admit(at(millis), rate));
    }
    assert!(bucket.admit(at(1000), rate));
}

/// Terraform sends zeros when a stage's default settings name no limit.
#[test]
fn a_limit_of_zero_refuses_everything() {
    let throttle = StageThrottle::default();
    let settings = RouteSettings {
        throttling_rate_limit: Some(0.0),
        throttling_burst_limit: Some(0),
    };
    assert!(!throttle.admit(at(0), &RouteKey::Connect, settings));
}

#[test]
fn routes_have_buckets_of_their_own() {
    let throttle = StageThrottle::default();
    let settings = RouteSettings {
        throttling_rate_limit: Some(1.0),
        throttling_burst_limit: Some(1),
    };
    assert!(throttle.admit(at(0), &RouteKey::parse("a"), settings));
    assert!(!throttle.admit(at(0), &RouteKey::parse("a"), settings));
    assert!(throttle.admit(at(0), &RouteKey::parse("b"), settings));
}

#[test]
fn a_route_without_limits_is_not_counted() {
    let throttle = StageThrottle::default();
    for _ in 0..100_000 {
        assert!(throttle.admit(at(0), &RouteKey::Default, RouteSettings::default()));
    }
}
