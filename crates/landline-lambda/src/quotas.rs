//! All limits of Lambda that Landline keeps, and its own.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html>

use std::time::Duration;

/// The largest event of a synchronous call, and the largest answer: 6 MiB and 100 bytes.
pub(crate) const MAX_PAYLOAD_BYTES: usize = 6_291_556;

/// The largest answer that is streamed: 200 MB.
pub(crate) const MAX_STREAMED_BYTES: u64 = 200 * 1024 * 1024;

/// Parts of a streamed answer that wait for their taker; Landline's own limit.
pub(crate) const MAX_WAITING_PARTS: usize = 8;

/// The longest status and headers at the beginning of a streamed answer; Landline's own limit.
pub(crate) const MAX_PRELUDE_BYTES: usize = 64 * 1024;

/// The largest event of an asynchronous call.
pub(crate) const MAX_ASYNC_PAYLOAD_BYTES: usize = 1_048_576;

/// How long a function may take to start before its first event.
pub(crate) const INIT_TIMEOUT: Duration = Duration::from_secs(10);

/// `LogType: Tail` answers this much of the log's end.
pub(crate) const MAX_TAIL_BYTES: usize = 4096;

/// The largest zip file in a call.
pub(crate) const MAX_ZIPPED_BYTES: usize = 50 * 1024 * 1024;

/// The largest sum of the files in a zip file.
pub(crate) const MAX_UNZIPPED_BYTES: u64 = 262_144_000;

/// The most files in a zip file; Landline's own limit.
pub(crate) const MAX_ZIP_ENTRIES: usize = 100_000;

/// The longest path of a file in a zip file; Landline's own limit.
pub(crate) const MAX_ZIP_PATH_BYTES: usize = 1024;

/// The longest name of a function.
pub(crate) const MAX_NAME_LENGTH: usize = 64;

/// Tags of a function or of an event-source mapping.
pub(crate) const MAX_TAGS: usize = 50;

/// Names and values of a function's environment variables together, as JSON.
pub(crate) const MAX_ENVIRONMENT_BYTES: usize = 4096;

/// The longest time that a function may be given, in seconds.
pub(crate) const MAX_TIMEOUT_SECONDS: i32 = 900;

/// The time that a function gets when nobody says, in seconds.
pub(crate) const DEFAULT_TIMEOUT_SECONDS: i32 = 3;

/// The code of all functions and versions together; told, not enforced.
pub(crate) const MAX_CODE_STORAGE_BYTES: u64 = 80_530_636_800;

/// Events at one time that an account may have in work: what functions reserve is taken from it.
pub(crate) const MAX_CONCURRENCY: usize = 1000;

/// What functions that reserve nothing must be left with.
pub(crate) const MIN_UNRESERVED_CONCURRENCY: usize = 100;

/// The oldest that an asynchronous event may become, in seconds.
pub(crate) const MAX_EVENT_AGE_SECONDS: u32 = 21_600;

/// The most memory that a function may be given, in megabytes.
pub(crate) const MAX_MEMORY_MB: i32 = 10_240;

/// The memory that a function gets when nobody says, in megabytes.
pub(crate) const DEFAULT_MEMORY_MB: i32 = 128;

/// The most layers of a function.
pub(crate) const MAX_LAYERS: usize = 5;

/// The largest resource policy of a function.
pub(crate) const MAX_POLICY_BYTES: usize = 20_480;

/// The most functions in one page of `ListFunctions`.
pub(crate) const MAX_LISTED_FUNCTIONS: usize = 50;

/// The most event-source mappings in one page of `ListEventSourceMappings`.
pub(crate) const MAX_LISTED_MAPPINGS: usize = 100;

/// The most filters of an event-source mapping.
pub(crate) const MAX_FILTERS: usize = 10;

/// Asynchronous events that wait or run on this node; Landline's own limit.
pub(crate) const MAX_ASYNC_EVENTS: usize = 10_000;

/// The longest line of a function's log; more is cut into several.
pub(crate) const MAX_LOG_LINE_BYTES: usize = 256 * 1024;

/// Log text of one worker that waits to be stored; more is dropped and counted.
pub(crate) const MAX_PENDING_LOG_BYTES: usize = 1024 * 1024;

/// Log text of all functions that waits to be stored; more is dropped and counted.
pub(crate) const MAX_QUEUED_LOG_BYTES: usize = 16 * 1024 * 1024;

/// Connections of one worker to its Runtime API.
pub(crate) const MAX_RUNTIME_CONNECTIONS: usize = 16;

/// Open files of one worker.
pub(crate) const MAX_OPEN_FILES: u64 = 1024;

/// Folders of Python modules of which is remembered that they are compiled.
pub(crate) const MAX_COMPILED_FOLDERS: usize = 1000;
