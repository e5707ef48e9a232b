//! Step Functions' quotas.
//! <https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html>

use std::time::Duration;

/// Input and output of executions, states and tasks.
pub(crate) const PAYLOAD_BYTES_MAX: usize = 262_144;
/// Events in the history of an execution.
pub(crate) const EVENTS_MAX: u64 = 25_000;
/// State machines of the account. AWS has 100,000; all are in memory here.
pub(crate) const MACHINES_MAX: usize = 10_000;
/// Activities of the account.
pub(crate) const ACTIVITIES_MAX: usize = 10_000;
/// Versions of a state machine.
pub(crate) const VERSIONS_MAX: usize = 1000;
/// Aliases of a state machine.
pub(crate) const ALIASES_MAX: usize = 100;
/// Executions that run at one time, of both kinds. AWS has a million.
pub(crate) const RUNNING_MAX: usize = 10_000;
/// Closed executions of a machine that are kept; the oldest go first. AWS keeps them for ninety days.
pub(crate) const CLOSED_KEPT: usize = 10_000;
/// After how many ends of executions it is looked for those that are too many.
pub(crate) const CLOSED_CHECKED: u64 = 256;
/// Definitions of a machine that are kept beside the newest one.
pub(crate) const REVISIONS_KEPT: usize = 100;
/// For how long an express execution may run.
pub(crate) const EXPRESS_MAX: Duration = Duration::from_mins(5);
/// The longest `Wait`: a year.
pub(crate) const WAIT_SECONDS_MAX: i64 = 31_536_000;
/// How long a task may take that does not say so.
pub(crate) const TASK_SECONDS: u64 = 99_999_999;
/// The items of an inline map that are worked on at one time, where it does not say.
pub(crate) const MAP_CONCURRENCY: usize = 40;
/// Tasks of an activity that nobody has asked for yet.
pub(crate) const ACTIVITY_TASKS_MAX: usize = 100_000;
/// Workers that wait for a task of one activity.
pub(crate) const ACTIVITY_WORKERS_MAX: usize = 1000;
/// For how long a worker waits.
pub(crate) const ACTIVITY_POLL: Duration = Duration::from_mins(1);
/// Lines of logs that wait to be written.
pub(crate) const JOURNAL_LINES: usize = 65_536;
/// For how long an execution that failed can be redriven: two weeks.
pub(crate) const REDRIVABLE: Duration = Duration::from_hours(14 * 24);
/// Events after which an execution is not redriven any more.
pub(crate) const REDRIVABLE_EVENTS: u64 = 24_999;
/// Tags of a resource.
pub(crate) const TAGS_MAX: usize = 50;
/// What a page of a list holds, if it is not asked for less.
pub(crate) const PAGE: usize = 100;
/// What a page of a list holds at most.
pub(crate) const PAGE_MAX: usize = 1000;
