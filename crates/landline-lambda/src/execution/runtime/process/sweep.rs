//! Finds and kills processes that left their worker's group, such as daemons.
//!
//! Every process of a worker carries its cookie in its environment, whatever session it has moved to.
//! A cookie is `folder/run/worker`: the data directory's identity, one run of Landline on it, and
//! the worker's number. So a sweep can ask for one worker, for a run, or for all runs before this one.

use std::collections::BTreeSet;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::{fs, io};

use rustix::process::{Pid, Signal, kill_process};

use super::super::environment::COOKIE;

/// One run of Landline on a data directory.
#[derive(Debug, Clone)]
pub(super) struct Run {
    /// `LANDLINE_WORKER=folder/`
    folder: String,
    id: String,
}

impl Run {
    /// A new run on the data directory that holds `folder`, which only one Landline uses at a time.
    pub(super) fn new(folder: &Path) -> io::Result<Self> {
        // The file system's own name: a copy of the data directory has another one.
        let inode = fs::metadata(folder)?;
        Ok(Self {
            folder: format!("{COOKIE}={:x}-{:x}/", inode.dev(), inode.ino()),
            id: landline_wire::request_id::uuid(),
        })
    }

    /// The name of this run, unlike that of any other.
    pub(super) fn id(&self) -> &str {
        &self.id
    }

    /// The value of the variable that marks a worker's processes.
    pub(super) fn cookie(&self, worker: u64) -> String {
        let folder = self.folder.split_once('=').map_or("", |(_, value)| value);
        format!("{folder}{}/{worker}", self.id)
    }

    /// Kills what this run's workers have left.
    pub(super) fn kill_own(&self) -> usize {
        let mark = format!("{}{}/", self.folder, self.id);
        kill_where(|variable| variable.starts_with(mark.as_bytes()))
    }

    /// Kills what the runs before this one have left; they may have been killed themselves.
    pub(super) fn kill_earlier(&self) -> usize {
        kill_where(|variable| {
            variable
                .strip_prefix(self.folder.as_bytes())
                .is_some_and(|rest| !rest.starts_with(self.id.as_bytes()))
        })
    }
}

/// Kills all processes that carry exactly this cookie; answers how many.
pub(super) fn kill_marked(cookie: &str) -> usize {
    let mark = format!("{COOKIE}={cookie}");
    kill_where(|variable| variable == mark.as_bytes())
}

fn kill_where(is_mark: impl Fn(&[u8]) -> bool) -> usize {
    let mut killed = BTreeSet::new();
    for _ in 0..MAX_ROUNDS {
        let marked = marked(&is_mark);
        if marked.is_empty() {
            break;
        }
        for pid in marked {
            if kill_process(pid, Signal::KILL).is_ok() {
                // A process dies a little later than the signal is sent.
                killed.insert(pid.as_raw_nonzero());
            }
        }
    }
    killed.len()
}

fn marked(is_mark: impl Fn(&[u8]) -> bool) -> Vec<Pid> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    let pids = processes.filter_map(|entry| {
        let number: i32 = entry.ok()?.file_name().to_str()?.parse().ok()?;
        let environment = fs::read(format!("/proc/{number}/environ")).ok()?;
        let is_marked = environment.split(|&byte| byte == 0).any(&is_mark);
        is_marked.then(|| Pid::from_raw(number)).flatten()
    });
    pids.collect()
}

/// A process that forks while it is being killed leaves a child for the next round.
const MAX_ROUNDS: usize = 5;
