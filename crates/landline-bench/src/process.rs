//! What a process has used: processor time, wake-ups and memory, as the kernel counts them.

use std::fs;
use std::time::Duration;

use anyhow::{Context as _, Result};

/// Counters of a process; the difference of two tells what happened between.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Usage {
    pub(crate) cpu: Duration,
    /// How often a thread of it fell asleep, to be woken again.
    pub(crate) sleeps: u64,
}

impl Usage {
    pub(crate) fn of(pid: u32) -> Result<Self> {
        let (mut nanos, mut sleeps) = (0, 0);
        for task in fs::read_dir(format!("/proc/{pid}/task"))? {
            let task = task?.path();
            // A thread may end while the others are counted.
            let Ok(schedstat) = fs::read_to_string(task.join("schedstat")) else {
                continue;
            };
            let on_cpu = schedstat.split_whitespace().next();
            nanos += on_cpu.context("no schedstat")?.parse::<u64>()?;
            let status = fs::read_to_string(task.join("status")).unwrap_or_default();
            sleeps += field(&status, "voluntary_ctxt_switches:").unwrap_or(0);
        }
        Ok(Self {
            cpu: Duration::from_nanos(nanos),
            sleeps,
        })
    }

    pub(crate) fn since(self, before: Self) -> Self {
        Self {
            cpu: self.cpu.saturating_sub(before.cpu),
            sleeps: self.sleeps.saturating_sub(before.sleeps),
        }
    }

    pub(crate) fn cpu_micros_per(self, count: usize) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / to_float(count)
    }
}

/// Resident memory of a process alone, without its children.
pub(crate) fn resident_bytes(pid: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{pid}/status"))?;
    Ok(field(&status, "VmRSS:").context("no VmRSS")? * 1024)
}

fn field(status: &str, name: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
pub(crate) fn to_float(count: usize) -> f64 {
    count as f64
}
