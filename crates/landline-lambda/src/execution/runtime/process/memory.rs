//! How much memory a worker uses, from `/proc`.
//!
//! Without control groups the kernel keeps no limit for a worker, so Landline looks every 50 ms.

use std::time::Duration;

use rustix::process::Pid;
use tokio::time::Instant;

/// Looks at the memory of one process.
#[derive(Debug)]
pub(super) struct MemoryWatch {
    status_file: Option<String>,
    limit_kb: u64,
    peak_kb: u64,
    looked_at: Option<Instant>,
}

impl MemoryWatch {
    pub(super) fn new(process: Option<Pid>, limit_mb: u32) -> Self {
        Self {
            status_file: process.map(|pid| format!("/proc/{}/status", pid.as_raw_nonzero())),
            limit_kb: u64::from(limit_mb) * 1024,
            peak_kb: 0,
            looked_at: None,
        }
    }

    /// Whether the process holds more of its own than its function may.
    pub(super) fn is_exceeded(&mut self) -> bool {
        let Some(status) = self.status() else {
            return false;
        };
        // Shared file pages, such as the interpreter itself, are not the function's.
        field(&status, "RssAnon:").is_some_and(|kb| kb > self.limit_kb)
    }

    /// The peak so far; looked up now and then, as it costs more than a short event.
    pub(super) fn peak_mb(&mut self) -> u32 {
        let now = Instant::now();
        let is_fresh = self
            .looked_at
            .is_some_and(|at| now.duration_since(at) < LOOK_INTERVAL);
        if !is_fresh {
            self.looked_at = Some(now);
            let peak = self.status().and_then(|status| field(&status, "VmHWM:"));
            self.peak_kb = self.peak_kb.max(peak.unwrap_or(0));
        }
        u32::try_from(self.peak_kb / 1024).unwrap_or(u32::MAX)
    }

    fn status(&self) -> Option<String> {
        std::fs::read_to_string(self.status_file.as_ref()?).ok()
    }
}

/// A line such as `VmHWM:     10824 kB`.
fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

const LOOK_INTERVAL: Duration = Duration::from_secs(1);
