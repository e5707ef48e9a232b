//! Finds the interpreter of a managed runtime.
//!
//! Each runtime's name is looked up once, and the interpreter asked for its real path: a version
//! manager's shim costs 60 ms at every start.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use tokio::process::Command;
use tokio::sync::Mutex;

use crate::execution::invocation::Failure;
use crate::function::Family;

/// An interpreter that has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interpreter {
    /// The real executable.
    pub(super) path: PathBuf,
    /// Whether it knows the AWS SDK without a runtime pack.
    pub(super) has_sdk: bool,
}

/// The interpreters found so far, by runtime name.
#[derive(Debug, Default)]
pub(super) struct Interpreters {
    search_path: String,
    found: Mutex<HashMap<String, Arc<Interpreter>>>,
}

impl Interpreters {
    pub(super) fn new(search_path: String) -> Self {
        Self {
            search_path,
            found: Mutex::default(),
        }
    }

    /// The interpreter for a runtime such as `python3.12`: that very version when it is installed,
    /// otherwise the machine's default.
    pub(super) async fn find(
        &self,
        family: Family,
        runtime_name: &str,
    ) -> Result<Arc<Interpreter>, Failure> {
        let mut found = self.found.lock().await;
        if let Some(interpreter) = found.get(runtime_name) {
            return Ok(interpreter.clone());
        }
        let names: &[&str] = match family {
            Family::Python => &[runtime_name, "python3", "python"],
            Family::Nodejs | Family::NodejsLegacy => &["node", "nodejs"],
            Family::Provided => &[],
        };
        for name in names {
            for candidate in self.executables(name) {
                if let Some(interpreter) = ask(family, &candidate).await {
                    let interpreter = Arc::new(interpreter);
                    found.insert(runtime_name.to_owned(), interpreter.clone());
                    return Ok(interpreter);
                }
            }
        }
        Err(missing(family, runtime_name))
    }

    /// Executables of that name, in the order of the search path.
    pub(super) fn executables(&self, name: &str) -> Vec<PathBuf> {
        let folders = std::env::split_paths(&self.search_path);
        folders
            .map(|folder| folder.join(name))
            .filter(|file| is_executable(file))
            .collect()
    }

    pub(super) fn search_path(&self) -> &str {
        &self.search_path
    }
}

pub(super) fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata()
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

/// Lets a candidate tell its real path; `None` when it does not work, such as the shim of a
/// version that is not installed.
async fn ask(family: Family, candidate: &Path) -> Option<Interpreter> {
    let program = match family {
        Family::Python => {
            "import importlib.util as u, sys; assert sys.version_info[0] == 3; print(sys.executable); print(bool(u.find_spec('boto3')))"
        }
        _ => "console.log(process.execPath); console.log('False')",
    };
    let flag = if family == Family::Python { "-c" } else { "-e" };
    let output = Command::new(candidate)
        .args([flag, program])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .output();
    let output = tokio::time::timeout(ASK_TIMEOUT, output).await.ok()?.ok()?;
    if !output.status.success() {
        return None;
    }
    let text = String::from_utf8(output.stdout).ok()?;
    let mut lines = text.lines();
    let path = PathBuf::from(lines.next()?.trim());
    let has_sdk = lines.next().is_some_and(|line| line.trim() == "True");
    is_executable(&path).then_some(Interpreter { path, has_sdk })
}

fn missing(family: Family, runtime_name: &str) -> Failure {
    let (language, remedy) = match family {
        Family::Python => ("Python 3", "install python3"),
        _ => ("Node.js", "install Node.js 20 or newer"),
    };
    Failure::NotStarted {
        error_type: "Runtime.InvalidRuntime",
        message: format!(
            "{language} is not installed on this machine, and the runtime {runtime_name} needs it: {remedy}, so that it is in the PATH of Landline"
        ),
    }
}

const ASK_TIMEOUT: std::time::Duration = std::time::Duration::from_secs(20);
