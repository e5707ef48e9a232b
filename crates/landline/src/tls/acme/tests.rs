//! When certificates are asked for, and the dates in them. The protocol itself is tested
//! against an authority in the conformance tests.

use std::time::Duration;

use landline_wire::Timestamp;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};

use super::challenges::Challenges;
use super::schedule::{self, Progress};
use super::validity::Validity;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// Ninety days.
fn spring() -> Validity {
    Validity {
        from: at("2027-01-01T00:00:00Z"),
        to: at("2027-04-01T00:00:00Z"),
    }
}

#[test]
fn a_name_without_a_certificate_is_due_at_once() {
    assert!(Progress::beginning(None).is_due(at("2027-01-01T00:00:00Z")));
}

#[test]
fn a_certificate_is_renewed_when_two_thirds_of_its_life_are_over() {
    let progress = Progress::beginning(Some(spring()));
    assert!(!progress.is_due(at("2027-03-01T23:59:59Z")));
    assert!(progress.is_due(at("2027-03-02T00:00:00Z")));
}

#[test]
fn failures_are_retried_later_and_later_but_never_given_up() {
    let now = at("2027-01-01T00:00:00Z");
    let mut progress = Progress::beginning(None);
    let mut pauses = Vec::new();
    for _ in 0..40 {
        progress.failed(now);
        assert!(!progress.is_due(now));
        pauses.push(progress.retry_in(now).as_secs() / 60);
    }
    assert_eq!(pauses[..5], [1, 2, 4, 8, 16]);
    assert_eq!(pauses[39], 6 * 60);
}

#[test]
fn a_renewal_that_failed_waits_too() {
    let now = at("2027-03-02T00:00:00Z");
    let mut progress = Progress::beginning(Some(spring()));
    progress.failed(now);
    assert!(!progress.is_due(now));
    assert!(progress.is_due(at("2027-03-02T00:01:00Z")));
}

#[test]
fn the_task_sleeps_until_the_first_name_is_due_and_never_longer_than_an_hour() {
    let now = at("2027-01-01T00:00:00Z");
    let far = Progress::beginning(Some(spring()));
    let mut soon = Progress::beginning(None);
    soon.failed(now);
    assert_eq!(schedule::pause([far].iter(), now), Duration::from_hours(1));
    assert_eq!(
        schedule::pause([far, soon].iter(), now),
        Duration::from_mins(1)
    );
    assert_eq!(schedule::pause([].iter(), now), Duration::from_hours(1));
    let due = [Progress::beginning(None)];
    assert_eq!(schedule::pause(due.iter(), now), Duration::from_secs(1));
}

#[test]
fn the_dates_of_a_certificate_are_read() {
    let key = KeyPair::generate().unwrap();
    for (from, to) in [((2027, 1, 2), (2049, 12, 31)), ((1999, 1, 1), (2050, 1, 1))] {
        let mut params = CertificateParams::new(vec!["ws.example.com".to_owned()]).unwrap();
        params.not_before = date_time_ymd(from.0, from.1, from.2);
        params.not_after = date_time_ymd(to.0, to.1, to.2);
        let certificate = params.self_signed(&key).unwrap();
        let date = |(year, month, day): (i32, u8, u8)| {
            at(&format!("{year}-{month:02}-{day:02}T00:00:00Z"))
        };
        let read = Validity::read(certificate.der()).unwrap();
        assert_eq!((read.from, read.to), (date(from), date(to)));
    }
}

#[test]
fn what_is_no_certificate_has_no_dates() {
    let key = KeyPair::generate().unwrap();
    let whole = CertificateParams::default().self_signed(&key).unwrap();
    let whole = whole.der().as_ref();
    for length in 0..200 {
        // Cut anywhere, and with any byte broken: nothing, or dates, but no panic.
        assert_eq!(Validity::read(&whole[..length]), None);
        let mut broken = whole.to_vec();
        broken[length] ^= 0xff;
        let _ = Validity::read(&broken);
    }
}

#[test]
fn a_challenge_is_answered_while_its_order_lasts() {
    let challenges = Challenges::default();
    let answered = challenges.answer("token", "token.thumbprint");
    let path = "/.well-known/acme-challenge/token";
    assert_eq!(challenges.find(path).as_deref(), Some("token.thumbprint"));
    assert_eq!(challenges.find("/.well-known/acme-challenge/other"), None);
    assert_eq!(challenges.find("/token"), None);
    drop(answered);
    assert_eq!(challenges.find(path), None);
}

#[test]
fn a_certificate_answers_for_its_name_while_its_order_lasts() {
    let challenges = Challenges::default();
    let answered = challenges.answer_tls("ws.example.com", &[7; 32]).unwrap();
    assert!(challenges.certificate("WS.example.com").is_some());
    assert!(challenges.certificate("other.example.com").is_none());
    drop(answered);
    assert!(challenges.certificate("ws.example.com").is_none());
}
