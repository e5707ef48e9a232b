//! The forms of a timestamp, each against a date worked out by hand.

use super::{Timestamp, TimestampFormat};

const SAMPLE: Timestamp = Timestamp::from_millis(1_801_646_142_107);

#[test]
fn each_format_writes_the_same_point_in_its_own_way() {
    let date = SAMPLE;
    assert_eq!(
        date.format(TimestampFormat::Iso8601),
        "2027-02-03T09:15:42.107Z"
    );
    assert_eq!(date.format(TimestampFormat::EpochSeconds), "1801646142.107");
    assert_eq!(
        date.format(TimestampFormat::HttpDate),
        "Wed, 03 Feb 2027 09:15:42 GMT"
    );
    assert_eq!(date.common_log_format(), "03/Feb/2027:09:15:42 +0000");
}

#[test]
fn whole_seconds_are_written_without_a_fraction() {
    let date = SAMPLE.truncate_to_seconds();
    assert_eq!(
        date.format(TimestampFormat::Iso8601),
        "2027-02-03T09:15:42Z"
    );
    assert_eq!(date.format(TimestampFormat::EpochSeconds), "1801646142");
}

#[test]
fn every_form_that_an_sdk_sends_is_read() {
    for text in [
        "2027-02-03T09:15:42.107Z",
        "2027-02-03T10:15:42.107+01:00",
        "1801646142.107",
    ] {
        assert_eq!(Timestamp::parse(text), Some(SAMPLE), "{text}");
    }
    let whole = Timestamp::parse("Wed, 03 Feb 2027 09:15:42 GMT");
    assert_eq!(whole, Some(SAMPLE.truncate_to_seconds()));
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "yesterday",
        "2027-13-01T00:00:00Z",
        "2027-02-03",
        "Wed, 03 Foo 2027 09:15:42 GMT",
        "NaN",
    ] {
        assert_eq!(Timestamp::parse(text), None, "{text}");
    }
}

#[test]
fn the_calendar_agrees_with_itself_over_four_centuries() {
    for day in (0..146_097).step_by(13) {
        let date = Timestamp::from_millis(day * 86_400_000);
        assert_eq!(Timestamp::parse(&date.iso8601_millis()), Some(date));
    }
}
