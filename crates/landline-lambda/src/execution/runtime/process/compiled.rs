//! What Python keeps beside the code that it has compiled. A function cannot write there, so its later workers would
//! compile everything again at each start; once a first one has started, the modules are compiled here, behind it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use parking_lot::Mutex;
use tokio::process::Command;
use tokio::sync::Semaphore;

use crate::function::FunctionSpec;
use crate::quotas::MAX_COMPILED_FOLDERS;

/// Compiles each folder once.
#[derive(Debug)]
pub(super) struct Compiled {
    begun: Mutex<BTreeSet<PathBuf>>,
    one_at_a_time: Arc<Semaphore>,
}

impl Compiled {
    pub(super) fn new() -> Self {
        Self {
            begun: Mutex::default(),
            one_at_a_time: Arc::new(Semaphore::new(1)),
        }
    }

    /// Compiles the modules of a function and of its layers, if nobody has begun to, and does not wait for the end.
    pub(super) fn begin(&self, function: &FunctionSpec, interpreter: &Path) {
        let folders = [Some(&function.code_dir), function.opt_dir.as_ref()];
        let mut begun = self.begun.lock();
        if begun.len() > MAX_COMPILED_FOLDERS {
            // To look again at what is compiled costs little.
            begun.clear();
        }
        let fresh: Vec<PathBuf> = folders
            .into_iter()
            .flatten()
            .filter(|folder| begun.insert((*folder).clone()))
            .cloned()
            .collect();
        drop(begun);
        if fresh.is_empty() {
            return;
        }
        let mut command = Command::new(interpreter);
        command
            .args(["-I", "-c", COMPILE])
            .args(fresh)
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true);
        let turn = self.one_at_a_time.clone();
        tokio::spawn(async move {
            let _turn = turn.acquire().await;
            // What does not compile is told when it is imported.
            if let Err(error) = command.status().await {
                tracing::debug!(%error, "cannot compile the modules of a function");
            }
        });
    }
}

/// Behind everything else that the machine has to do.
const COMPILE: &str = "import compileall, os, sys\nos.nice(19)\nfor folder in sys.argv[1:]:\n    compileall.compile_dir(folder, quiet=2)\n";
