//! What a lock lets happen, and what not.

use super::*;

const NOW: Timestamp = Timestamp::from_millis(1_000_000);

fn retention(mode: Mode, until_millis: i64) -> Retention {
    Retention { mode, until_millis }
}

fn lock(mode: Mode, until_millis: i64) -> Lock {
    Lock {
        retention: Some(retention(mode, until_millis)),
        hold: None,
    }
}

#[test]
fn a_version_is_kept_as_long_as_its_retention_or_a_hold_lasts() {
    use Bypass::{No, Yes};
    use Mode::{Compliance, Governance};
    for (lock, bypass, is_deleted) in [
        (lock(Compliance, 2_000_000), Yes, false),
        (lock(Compliance, 999_999), No, true),
        (lock(Governance, 2_000_000), No, false),
        (lock(Governance, 2_000_000), Yes, true),
        (Lock::default(), No, true),
        (
            Lock {
                retention: None,
                hold: Some(Hold::On),
            },
            Yes,
            false,
        ),
    ] {
        let checked = lock.check_deletion(NOW, bypass);
        assert_eq!(checked.is_ok(), is_deleted, "{lock:?} {bypass:?}");
    }
}

#[test]
fn a_retention_grows_and_shrinks_only_for_those_who_may() {
    use Bypass::{No, Yes};
    use Mode::{Compliance, Governance};
    for (lock, next, bypass, is_fine) in [
        (
            lock(Compliance, 2_000_000),
            Some((Compliance, 3_000_000)),
            No,
            true,
        ),
        (
            lock(Compliance, 2_000_000),
            Some((Compliance, 1_500_000)),
            Yes,
            false,
        ),
        (
            lock(Compliance, 2_000_000),
            Some((Governance, 3_000_000)),
            Yes,
            false,
        ),
        (
            lock(Governance, 2_000_000),
            Some((Governance, 1_500_000)),
            No,
            false,
        ),
        (
            lock(Governance, 2_000_000),
            Some((Governance, 1_500_000)),
            Yes,
            true,
        ),
        (lock(Governance, 2_000_000), None, Yes, true),
        (lock(Compliance, 2_000_000), None, Yes, false),
        (Lock::default(), Some((Compliance, 1_500_000)), No, true),
    ] {
        let next = next.map(|(mode, until)| retention(mode, until));
        let checked = lock.check_retention(next.as_ref(), NOW, bypass);
        assert_eq!(checked.is_ok(), is_fine, "{lock:?} {next:?} {bypass:?}");
    }
}
