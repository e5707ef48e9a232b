//! Where the code, the layers and the files of a worker are: at the places that code on AWS
//! knows where the kernel allows it, otherwise where they lie on the machine.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use tokio::process::Command;
use tokio::sync::OnceCell;

use super::super::worker_folders::{Folders, OPT, TASK, TMP};
use super::super::worker_main::TRY_FOLDERS;
use super::WORKER_COMMAND;
use crate::function::FunctionSpec;

/// Gives every worker its places.
#[derive(Debug)]
pub(super) struct Places {
    helper: Option<PathBuf>,
    /// The folders for files of all workers, by run and by worker.
    files: PathBuf,
    run: String,
    allowed: OnceCell<bool>,
}

/// The places of one worker.
#[derive(Debug)]
pub(super) struct Placed {
    pub(super) task: PathBuf,
    pub(super) opt: Option<PathBuf>,
    /// What the program before the worker makes.
    pub(super) folders: Option<Folders>,
}

impl Places {
    pub(super) fn new(helper: Option<PathBuf>, files: PathBuf, run: &str) -> Self {
        Self {
            helper,
            files,
            run: run.to_owned(),
            allowed: OnceCell::new(),
        }
    }

    /// Finds out, once, whether workers can have folders of their own.
    pub(super) async fn are_allowed(&self) -> bool {
        let tried = self.allowed.get_or_init(async || match self.try_out().await {
            Ok(()) => true,
            Err(reason) => {
                tracing::warn!(
                    reason,
                    "functions find their code and their layers where LAMBDA_TASK_ROOT and the search paths say, and nothing at /var/task and /opt: this machine gives their processes no folders of their own"
                );
                false
            }
        });
        *tried.await
    }

    async fn try_out(&self) -> Result<(), String> {
        let Some(helper) = &self.helper else {
            return Err("they start without the program that makes them".into());
        };
        let output = Command::new(helper)
            .args([WORKER_COMMAND, TRY_FOLDERS])
            .stdin(Stdio::null())
            .kill_on_drop(true)
            .output()
            .await
            .map_err(|error| error.to_string())?;
        if output.status.success() {
            return Ok(());
        }
        let text = String::from_utf8_lossy(&output.stderr);
        Err(text.lines().last().unwrap_or_default().to_owned())
    }

    /// The places of a worker. `needed` are the files outside its code that it must be able to
    /// open where the machine has them.
    pub(super) async fn of(
        &self,
        function: &FunctionSpec,
        worker: u64,
        needed: &[&Path],
    ) -> io::Result<Placed> {
        let layers = function.opt_dir.as_deref();
        if !self.are_allowed().await || layers.is_some_and(|layers| covers(layers, needed)) {
            return Ok(Placed {
                task: function.code_dir.clone(),
                opt: function.opt_dir.clone(),
                folders: None,
            });
        }
        let mut hidden = needed.iter().copied().chain([&*function.code_dir]);
        let hides_nothing = !hidden.any(|file| file.starts_with(TMP))
            && !layers.is_some_and(|layers| layers.starts_with(TMP));
        let tmp = if hides_nothing {
            Some(self.make_tmp(worker)?)
        } else {
            None
        };
        Ok(Placed {
            task: TASK.into(),
            opt: layers.map(|_| OPT.into()),
            folders: Some(Folders {
                task: function.code_dir.clone(),
                opt: function.opt_dir.clone(),
                tmp,
                packages: None,
            }),
        })
    }

    fn make_tmp(&self, worker: u64) -> io::Result<PathBuf> {
        let folder = self.files_of_run().join(worker.to_string());
        fs::create_dir_all(&folder)?;
        Ok(folder)
    }

    /// The folder for files of this run's workers.
    pub(super) fn files_of_run(&self) -> PathBuf {
        self.files.join(&self.run)
    }

    /// Removes the files that workers of earlier runs have left.
    pub(super) fn remove_earlier(files: &Path, run: &str) {
        let folders = fs::read_dir(files).into_iter().flatten();
        for folder in folders.filter_map(Result::ok) {
            if folder.file_name() != run {
                let _ = fs::remove_dir_all(folder.path());
            }
        }
    }
}

/// Whether a layer would hide a file that the machine has in `/opt`, such as the interpreter.
fn covers(layers: &Path, needed: &[&Path]) -> bool {
    let mut in_opt = needed.iter().filter_map(|file| file.strip_prefix(OPT).ok());
    let covered = in_opt.find(|file| {
        let first = file.components().next();
        first.is_some_and(|name| layers.join(name).exists())
    });
    if let Some(file) = covered {
        tracing::warn!(
            file = %file.display(),
            "a layer has a folder of the same name as one in the machine's /opt that the function needs: its layers are not at /opt"
        );
    }
    covered.is_some()
}
