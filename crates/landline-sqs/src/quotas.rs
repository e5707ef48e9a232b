//! SQS's quotas.
//! <https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html>

/// Messages of one queue that are received and not deleted.
pub(crate) const IN_FLIGHT_MAX: usize = 120_000;
/// Entries of a batch, and messages of one answer.
pub(crate) const BATCH_MAX: usize = 10;
/// A batch's bodies and attributes together.
pub(crate) const BATCH_BYTES_MAX: usize = 1_048_576;
/// Attributes of a message.
pub(crate) const MESSAGE_ATTRIBUTES_MAX: usize = 10;
/// Bytes of an attribute's name, and of its type.
pub(crate) const ATTRIBUTE_NAME_MAX: usize = 256;
/// The longest that a message may be hidden.
pub(crate) const VISIBILITY_SECONDS_MAX: i32 = 43_200;
/// The longest delay of a message.
pub(crate) const DELAY_SECONDS_MAX: i32 = 900;
/// The longest that a call waits for messages.
pub(crate) const WAIT_SECONDS_MAX: i32 = 20;
/// Letters of a queue's name.
pub(crate) const NAME_MAX: usize = 80;
/// Tags of a queue.
pub(crate) const TAGS_MAX: usize = 50;
/// How long a FIFO queue knows a deduplication id.
pub(crate) const DEDUPLICATION_MILLIS: i64 = 5 * 60 * 1000;
/// How long after a purge another is refused.
pub(crate) const PURGE_MILLIS: i64 = 60 * 1000;
/// Queues that one answer lists.
pub(crate) const LISTED_MAX: usize = 1000;
/// Expired messages that one call clears away.
pub(crate) const EXPIRED_MAX: usize = 1000;

/// Moves of dead letters that a queue knows of.
pub(crate) const MOVE_TASKS_KEPT: usize = 10;
/// Actions of one `AddPermission`.
pub(crate) const PERMISSION_ACTIONS_MAX: usize = 7;
