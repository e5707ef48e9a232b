//! The tables of conditions and ranges.

use landline_wire::Timestamp;

use super::{Conditions, Range, Unmodified, range};

const THEN: &str = "Wed, 21 Oct 2015 07:28:00 GMT";
const LATER: &str = "Wed, 21 Oct 2015 07:28:01 GMT";

fn status(conditions: &Conditions<'_>) -> u16 {
    let modified = Timestamp::parse(THEN).unwrap();
    let checked = conditions.check("abc", modified, Unmodified::NotModified);
    checked.map_or_else(|error| error.status, |()| 200)
}

#[test]
fn an_etag_decides_before_a_date() {
    let check = |matching, none_matching, modified_since, unmodified_since| {
        status(&Conditions {
            matching,
            none_matching,
            modified_since,
            unmodified_since,
        })
    };
    let earlier = "Wed, 21 Oct 2015 07:27:00 GMT";
    assert_eq!(check(None, None, None, None), 200);
    assert_eq!(check(Some("\"abc\""), None, None, None), 200);
    assert_eq!(check(Some("\"abd\", *"), None, None, None), 200);
    assert_eq!(check(Some("\"abd\""), None, None, None), 412);
    assert_eq!(check(Some("abc"), None, None, Some(earlier)), 200);
    assert_eq!(check(None, None, None, Some(earlier)), 412);
    assert_eq!(check(None, None, None, Some(THEN)), 200);
    assert_eq!(check(None, Some("\"abc\""), None, None), 304);
    assert_eq!(check(None, Some("\"abd\""), Some(LATER), None), 200);
    assert_eq!(check(None, None, Some(THEN), None), 304);
    assert_eq!(check(None, None, Some(earlier), None), 200);
    assert_eq!(check(None, None, Some("yesterday"), None), 200);
}

#[test]
fn ranges_are_cut_to_the_object() {
    let check = |text: &str, expected: Option<(u64, u64)>| {
        let expected = expected.map(|(first, length)| Range { first, length });
        assert_eq!(range(text, 10).unwrap(), expected, "{text}");
    };
    check("bytes=0-0", Some((0, 1)));
    check("bytes=2-4", Some((2, 3)));
    check("bytes=8-99", Some((8, 2)));
    check("bytes=3-", Some((3, 7)));
    check("bytes=-4", Some((6, 4)));
    check("bytes=-99", Some((0, 10)));
    check("bytes=4-2", None);
    check("bytes=0-1,3-4", None);
    check("lines=1-2", None);
    for text in ["bytes=10-", "bytes=-0", "bytes=99-100"] {
        assert_eq!(range(text, 10).unwrap_err().code, "InvalidRange", "{text}");
    }
}
