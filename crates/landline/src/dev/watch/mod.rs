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
    except: PathBuf,
    seen: u64,
}

impl Watch {
    /// Begins with the files as they are now.
    pub(super) fn of(project: &Project, except: PathBuf) -> Self {
        let directory = project.directory.clone();
        let except = except.canonicalize().unwrap_or(except);
        let seen = fingerprint(&directory, &except);
        Self {
            directory,
            except,
            seen,
        }
    }

    /// Waits for a change, and until the files have been still for one look, because
    /// editors write in several steps.
    pub(super) async fn changed(&mut self) {
        let mut before = self.seen;
        loop {
            tokio::time::sleep(POLL).await;
            let (directory, except) = (self.directory.clone(), self.except.clone());
            let look = tokio::task::spawn_blocking(move || fingerprint(&directory, &except));
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
fn fingerprint(directory: &Path, except: &Path) -> u64 {
    let mut files = Vec::new();
    collect(directory, except, &mut files);
    files.sort();
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    hasher.finish()
}

type Seen = (PathBuf, u64, Option<std::time::SystemTime>);

fn collect(directory: &Path, except: &Path, files: &mut Vec<Seen>) {
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
            let path = entry.path();
            if path != except && !PASSED_OVER.iter().any(|passed| name == *passed) {
                collect(&path, except, files);
            }
        } else if kind.is_file() && !is_log(&entry.path()) {
            files.push((entry.path(), metadata.len(), metadata.modified().ok()));
        }
    }
}

/// `landline dev > dev.log` writes about every change: it must not be one.
fn is_log(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "log")
}

#[cfg(test)]
mod tests;
