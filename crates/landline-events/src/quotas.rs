//! EventBridge's quotas.
//! <https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html>

use std::time::Duration;

/// All entries of one `PutEvents`.
pub(crate) const ENTRIES_BYTES_MAX: usize = 1_048_576;
/// Event buses of the account, beside the default one.
pub(crate) const BUSES_MAX: usize = 100;
/// Rules of a bus. AWS has 300 until one asks for more.
pub(crate) const RULES_MAX: usize = 2000;
/// Targets of a rule. AWS has 5 until one asks for more.
pub(crate) const TARGETS_MAX: usize = 100;
/// Archives of the account.
pub(crate) const ARCHIVES_MAX: usize = 100;
/// Events of an archive; the oldest go first. AWS has no such limit.
pub(crate) const ARCHIVED_MAX: u64 = 1_000_000;
/// Events of an archive that are forgotten with one write.
pub(crate) const EXPIRED_AT_ONCE: usize = 1000;
/// How often it is looked for events that were archived for long enough.
pub(crate) const EXPIRY_TICKS: u64 = 600;
/// Replays that run at one time.
pub(crate) const REPLAYS_AT_ONCE: usize = 10;
/// Events that are replayed with one write.
pub(crate) const REPLAYED_AT_ONCE: usize = 100;
/// Replays that are over and still shown; the oldest go first. AWS shows them for ninety days.
pub(crate) const REPLAYS_KEPT: usize = 1000;
/// Schedules of EventBridge Scheduler. AWS has ten millions; all are in memory here.
pub(crate) const SCHEDULES_MAX: usize = 1_000_000;
/// Groups of schedules.
pub(crate) const SCHEDULE_GROUPS_MAX: usize = 500;
/// Tags of a resource.
pub(crate) const TAGS_MAX: usize = 50;
/// What a page of a list holds.
pub(crate) const PAGE: usize = 100;
/// How often an event is tried again, when its target does not say.
pub(crate) const RETRIES: i32 = 185;
/// For how long an event is tried, when its target does not say.
pub(crate) const AGE_SECONDS: i32 = 86_400;
/// Deliveries that wait to be taken, of all rules together; a publisher is told to wait beyond that.
pub(crate) const DELIVERIES_MAX: usize = 100_000;
/// Deliveries that are tried at one time.
pub(crate) const ATTEMPTS_AT_ONCE: usize = 256;
/// The longest pause between two attempts.
pub(crate) const PAUSE_MAX: Duration = Duration::from_mins(1);
/// From how many buses to another an event is handed on: what goes in circles comes to an end.
pub(crate) const HOPS_MAX: u8 = 5;
/// How often the clock is looked at for what is due. AWS's schedules have a minute's precision.
pub(crate) const TICK: Duration = Duration::from_secs(1);
/// What one look at the clock starts at most; the next one goes on.
pub(crate) const DUE_AT_ONCE: usize = 1000;
