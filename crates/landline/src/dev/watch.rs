//! Notices that a file of the project changed, by looking twice a second.
//!
//! A project has tens of files; looking costs less than a dependency that knows how
//! every system tells.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Project;

/// How often the files are looked at.
const POLL: Duration = Duration::from_millis(500);
/// Files beyond this are not looked at; so many are no project's own.
const MAX_FILES: usize = 20_000;
/// Folders that hold no source.
const PASSED_OVER: [&str; 8] = [
    ".git",
    ".landline",
    ".aws-sam",
    ".venv",
    "node_modules",
    "__pycache__",
    "target",
    "cdk.out",
];

/// The state of the project's files when they were last looked at.
#[derive(Debug)]
pub(super) struct Watch {
    directory: PathBuf,
    seen: u64,
}

impl Watch {
    /// Begins with the files as they are now.
    pub(super) fn of(project: &Project) -> Self {
        let directory = project.directory.clone();
        let seen = fingerprint(&directory);
        Self { directory, seen }
    }

    /// Waits for a change, and until the files have been still for one look, because
    /// editors write in several steps.
    pub(super) async fn changed(&mut self) {
        let mut before = self.seen;
        loop {
            tokio::time::sleep(POLL).await;
            let directory = self.directory.clone();
            let look = tokio::task::spawn_blocking(move || fingerprint(&directory));
            let now = look.await.unwrap_or(before);
            if now == before && now != self.seen {
                self.seen = now;
                return;
            }
            before = now;
        }
    }
}

/// A number that changes when a file is added, removed or written.
fn fingerprint(directory: &Path) -> u64 {
    let mut files = Vec::new();
    collect(directory, &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

type Seen = (PathBuf, u64, Option<std::time::SystemTime>);

fn collect(directory: &Path, files: &mut Vec<Seen>) {
    let Ok(entries) = std::fs::read_dir(directory) else {
        return;
    };
    for entry in entries.flatten() {
        if files.len() >= MAX_FILES {
            return;
        }
        // A link's target may lie anywhere and lead back here: links are not followed.
        let (Ok(kind), Ok(metadata)) = (entry.file_type(), entry.metadata()) else {
            continue;
        };
        if kind.is_dir() {
            let name = entry.file_name();
            if !PASSED_OVER.iter().any(|passed| name == *passed) {
                collect(&entry.path(), files);
            }
        } else if kind.is_file() {
            files.push((entry.path(), metadata.len(), metadata.modified().ok()));
        }
    }
}
