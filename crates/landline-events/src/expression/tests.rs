//! Schedule expressions, by the times that follow from them.

use landline_wire::Timestamp;

use super::*;

fn time(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

/// The times that follow `after`, one after the other.
#[track_caller]
fn check(expression: &str, after: &str, expected: &[&str]) {
    let expression = Expression::parse(expression).unwrap();
    let since = time(after);
    let mut last = since;
    for text in expected {
        let next = expression.next(last, since, &Utc).unwrap();
        assert_eq!(next, time(text), "{next}");
        last = next;
    }
}

#[test]
fn a_rate_is_counted_from_its_beginning() {
    check(
        "rate(5 minutes)",
        "2027-02-03T09:15:42Z",
        &["2027-02-03T09:20:42Z", "2027-02-03T09:25:42Z"],
    );
    let rate = Expression::parse("rate(1 hour)").unwrap();
    let (since, late) = (time("2027-02-03T09:00:00Z"), time("2027-02-03T12:30:00Z"));
    assert_eq!(
        rate.next(late, since, &Utc),
        Some(time("2027-02-03T13:00:00Z"))
    );
}

#[test]
fn a_cron_expression_has_its_minutes() {
    let after = "2027-02-03T09:15:42Z";
    check(
        "cron(0 10 * * ? *)",
        after,
        &["2027-02-03T10:00:00Z", "2027-02-04T10:00:00Z"],
    );
    check(
        "cron(0/15 * * * ? *)",
        after,
        &["2027-02-03T09:30:00Z", "2027-02-03T09:45:00Z"],
    );
    check("cron(15 12 * * ? *)", after, &["2027-02-03T12:15:00Z"]);
    check(
        "cron(0 8 1 * ? *)",
        after,
        &["2027-03-01T08:00:00Z", "2027-04-01T08:00:00Z"],
    );
    check(
        "cron(0/10 * ? * MON-FRI *)",
        "2027-02-05T23:51:00Z",
        &["2027-02-08T00:00:00Z"],
    );
    check(
        "cron(0 0 ? * FRI-MON *)",
        "2027-02-05T00:00:00Z",
        &[
            "2027-02-06T00:00:00Z",
            "2027-02-07T00:00:00Z",
            "2027-02-08T00:00:00Z",
            "2027-02-12T00:00:00Z",
        ],
    );
    check(
        "cron(0 0 29 2 ? *)",
        after,
        &["2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z"],
    );
    check(
        "cron(5,35 14 * * ? 2028-2029)",
        after,
        &["2028-01-01T14:05:00Z"],
    );
}

#[test]
fn a_cron_expression_knows_last_nth_and_nearest_days() {
    let after = "2027-02-03T09:15:42Z";
    check(
        "cron(0 0 L * ? *)",
        after,
        &["2027-02-28T00:00:00Z", "2027-03-31T00:00:00Z"],
    );
    check(
        "cron(0 0 ? * 3#2 *)",
        after,
        &["2027-02-09T00:00:00Z", "2027-03-09T00:00:00Z"],
    );
    check("cron(0 0 ? * 6L *)", after, &["2027-02-26T00:00:00Z"]);
    // The 14th is a Sunday, the 13th a Saturday.
    check("cron(0 0 14W 2 ? *)", after, &["2027-02-15T00:00:00Z"]);
    check("cron(0 0 13W 2 ? *)", after, &["2027-02-12T00:00:00Z"]);
    check("cron(0 0 LW 2 ? *)", after, &["2027-02-26T00:00:00Z"]);
}

#[test]
fn what_happens_once_does_not_happen_again() {
    check(
        "at(2027-02-03T10:00:00)",
        "2027-02-03T09:15:42Z",
        &["2027-02-03T10:00:00Z"],
    );
    let at = Expression::parse("at(2027-02-03T10:00:00)").unwrap();
    let then = time("2027-02-03T10:00:00Z");
    assert_eq!(at.next(then, then, &Utc), None);
    let past = Expression::parse("cron(0 0 1 1 ? 2026)").unwrap();
    assert_eq!(past.next(then, then, &Utc), None);
    let never = Expression::parse("cron(0 0 31 2 ? *)").unwrap();
    assert_eq!(never.next(then, then, &Utc), None);
}

#[test]
fn what_is_no_expression_is_refused() {
    let texts = [
        "",
        "rate(5)",
        "rate(1 minutes)",
        "rate(5 minute)",
        "rate(0 minutes)",
        "rate(-1 minutes)",
        "rate(99999999999999 days)",
        "cron(0 12 * * *)",
        "cron(0 12 * * * *)",
        "cron(0 12 ? * ? *)",
        "cron(60 12 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 12 * * ? 1969)",
        "cron(0 12 0 * ? *)",
        "cron(0/0 12 * * ? *)",
        "cron(a 12 * * ? *)",
        "cron(0 12 ? * 2#6 *)",
        "at(2027-02-03)",
        "at(2027-02-03T10:00:00Z)",
        "every(5 minutes)",
        "rate(5 minutes",
    ];
    for text in texts {
        assert_eq!(Expression::parse(text), Err(NotAnExpression), "{text}");
    }
}
