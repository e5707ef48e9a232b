//! Finds and kills processes that left their worker's group, such as daemons.
//!
//! Every process of a worker carries its cookie in its environment, whatever session it has moved to.

use std::fs;

use rustix::process::{Pid, Signal, kill_process};

/// Kills all processes whose environment holds `cookie` (`NAME=value`); answers how many.
pub(super) fn kill_marked(cookie: &str) -> usize {
    let mut killed = 0;
    for _ in 0..MAX_ROUNDS {
        let marked = marked(cookie);
        if marked.is_empty() {
            return killed;
        }
        for pid in marked {
            if kill_process(pid, Signal::KILL).is_ok() {
                killed += 1;
            }
        }
    }
    killed
}

fn marked(cookie: &str) -> Vec<Pid> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = processes.filter_map(|entry| {
        let number: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let environment = fs::read(format!("/proc/{number}/environ")).ok()?;
        let is_marked = environment
            .split(|&byte| byte == 0)
            .any(|variable| variable == cookie.as_bytes());
        is_marked.then(|| Pid::from_raw(number)).flatten()
    });
    pids.collect()
}

/// A process that forks while it is being killed leaves a child for the next round.
const MAX_ROUNDS: usize = 5;
