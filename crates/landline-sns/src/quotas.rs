//! SNS's quotas.
//! <https://docs.aws.amazon.com/general/latest/gr/sns.html>

use std::time::Duration;

/// A message with its attributes; all messages of a batch together.
pub(crate) const MESSAGE_BYTES_MAX: usize = 262_144;
/// Characters of a subject.
pub(crate) const SUBJECT_MAX: usize = 100;
/// Entries of a batch.
pub(crate) const BATCH_MAX: usize = 10;
/// Attributes of a raw message, which a queue takes as its own.
pub(crate) const RAW_ATTRIBUTES_MAX: usize = 10;
/// Letters of a topic's name.
pub(crate) const NAME_MAX: usize = 256;
/// Tags of a topic.
pub(crate) const TAGS_MAX: usize = 50;
/// Statements that `AddPermission` gives a topic.
pub(crate) const STATEMENTS_MAX: usize = 100;
/// What one page of a list holds.
pub(crate) const PAGE: usize = 100;
/// Topics of the account.
pub(crate) const TOPICS_MAX: usize = 100_000;
/// Subscriptions of a FIFO topic.
pub(crate) const FIFO_SUBSCRIPTIONS_MAX: usize = 100;
/// Subscriptions of a standard topic. AWS has 12.5 millions; all of a topic's are in memory here.
pub(crate) const SUBSCRIPTIONS_MAX: usize = 100_000;
/// Bytes of a filter policy.
pub(crate) const FILTER_POLICY_MAX: usize = 262_144;

/// Keys at the top of a filter policy.
pub(crate) const FILTER_POLICY_KEYS: usize = 5;

/// Combinations of the values of a filter policy.
pub(crate) const FILTER_POLICY_COMBINATIONS: usize = 150;
/// How long a FIFO topic knows a deduplication id.
pub(crate) const DEDUPLICATION_MILLIS: i64 = 5 * 60 * 1000;
/// How long a subscription waits to be confirmed.
pub(crate) const CONFIRMATION_MILLIS: i64 = 48 * 60 * 60 * 1000;
/// Deliveries that wait to be taken, of all topics together; a publisher is told to wait beyond that.
pub(crate) const DELIVERIES_MAX: usize = 100_000;
/// Deliveries that are tried at one time.
pub(crate) const ATTEMPTS_AT_ONCE: usize = 256;
/// How long a web server may take.
pub(crate) const WEB_TIMEOUT: Duration = Duration::from_secs(15);
