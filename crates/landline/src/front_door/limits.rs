//! How much the front door takes: times, sizes, and open files.

use std::time::Duration;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// From accepting a client to its first byte, and for a TLS handshake.
pub(super) const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// For the head of the first request.
pub(super) const HEADER_TIMEOUT: Duration = Duration::from_secs(10);

/// From one answer to the next request's whole head. Longer than SDKs keep an idle
/// connection, so that it is they who close it.
pub(super) const KEEP_ALIVE_TIMEOUT: Duration = Duration::from_secs(75);

/// Between two pieces of a body.
pub(super) const BODY_PAUSE_MAX: Duration = Duration::from_secs(10);

/// How long any body may take, and how much of it must come in each second beyond.
const BODY_GRACE: Duration = Duration::from_secs(20);
const BODY_BYTES_PER_SECOND_MIN: usize = 1024;

/// Whether a body trickles, to keep a connection and its memory busy.
pub(super) fn is_too_slow(elapsed: Duration, bytes: usize) -> bool {
    let owed = elapsed.saturating_sub(BODY_GRACE).as_secs();
    usize::try_from(owed).is_ok_and(|seconds| bytes / BODY_BYTES_PER_SECOND_MIN < seconds)
}

/// For a tunnel's far end to answer.
pub(super) const TUNNEL_TIMEOUT: Duration = Duration::from_secs(10);

/// What is read from a client that was refused, and for how long.
pub(super) const HANG_UP_TIMEOUT: Duration = Duration::from_secs(1);
pub(super) const DISCARDED_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Header fields of one request.
pub(super) const HEADERS_MAX: usize = 100;

/// The head of any request. A session's token alone may take some kilobytes.
pub(super) const HEAD_BYTES_MAX: usize = 64 * 1024;

/// A path and its query.
pub(super) const TARGET_BYTES_MAX: usize = 8192;

/// API Gateway's limits for a handshake.
/// <https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html>
pub(super) const HANDSHAKE_TARGET_BYTES_MAX: usize = 4096;
pub(super) const HANDSHAKE_HEADER_BYTES_MAX: usize = 10_240;

/// A function's archive of 50 MB in base64 is the largest input of an API.
pub(super) const API_BODY_BYTES_MAX: usize = 72 * 1024 * 1024;

/// A message for a connection may have 128 KiB; what is somewhat larger is read,
/// so that the refusal arrives.
pub(super) const MANAGEMENT_BODY_BYTES_MAX: usize = 1024 * 1024;

/// An event of a function: 6 MiB.
pub(super) const FUNCTION_URL_BODY_BYTES_MAX: usize = 6 * 1024 * 1024;

/// A request of an HTTP or a REST API may have 10 MB.
pub(super) const HTTP_BODY_BYTES_MAX: usize = landline_gateway::quotas::HTTP_REQUEST_BYTES;

/// A template and its archives.
pub(super) const INTERNAL_BODY_BYTES_MAX: usize = 256 * 1024 * 1024;

/// Files that the node needs beside its clients' sockets: the store, workers, logs.
const FILES_KEPT: u64 = 192;

/// The fewest clients, however little the system allows.
const CONNECTIONS_MIN: u64 = 64;

/// Raises the soft limit of open files to the hard one, and says how many clients
/// may be connected at once.
pub fn raise_open_files() -> usize {
    let limit = getrlimit(Resource::Nofile);
    if limit.current != limit.maximum {
        // Refused only when the hard limit is beyond the kernel's; the soft one stays.
        let _ = setrlimit(
            Resource::Nofile,
            Rlimit {
                current: limit.maximum,
                maximum: limit.maximum,
            },
        );
    }
    let files = getrlimit(Resource::Nofile).current.unwrap_or(1 << 20);
    let connections = files.saturating_sub(FILES_KEPT).max(CONNECTIONS_MIN);
    usize::try_from(connections)
        .unwrap_or(usize::MAX >> 4)
        .min(usize::MAX >> 4)
}
