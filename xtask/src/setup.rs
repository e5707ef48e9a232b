//! The environments of the real-client tests: a Python venv and npm packages, both pinned, both kept until their lists change.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::checkout;
use crate::step::{execute, succeeds};

pub(crate) fn run() -> Result<()> {
    python()?;
    node()
}

/// A venv with exactly the packages of `tests/requirements.txt`.
pub(crate) fn python() -> Result<()> {
    let venv = checkout::dev_dir().join("venv");
    let wanted = checkout::root().join("tests/requirements.txt");
    let installed = venv.join("requirements.txt");
    if same_text(&wanted, &installed) {
        println!("Python environment: up to date");
        return Ok(());
    }
    println!("Python environment: installing {}", wanted.display());
    let found = interpreter()?;
    let made = execute(
        Command::new(found)
            .args(["-m", "venv", "--clear"])
            .arg(&venv),
    );
    made.context("the venv module is needed (on Debian: apt-get install python3-venv)")?;
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--requirement",
    ];
    execute(Command::new(checkout::python()).args(pip).arg(&wanted))?;
    remember(&wanted, &installed)
}

/// The packages of the JavaScript tests, from their lock file.
pub(crate) fn node() -> Result<()> {
    let project = checkout::root().join("tests/clients/sdk-js");
    let wanted = project.join("package-lock.json");
    let installed = project.join("node_modules/.installed-lock.json");
    if same_text(&wanted, &installed) {
        println!("Node packages: up to date");
        return Ok(());
    }
    println!("Node packages: installing {}", wanted.display());
    let mut npm = Command::new("npm");
    npm.current_dir(&project)
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    execute(&mut npm).context("Node.js 20 or later with npm is needed")?;
    remember(&wanted, &installed)
}

fn interpreter() -> Result<&'static str> {
    const RECENT: &str = "import sys; sys.exit(sys.version_info < (3, 11))";
    let mut candidates = ["python3", "python3.13", "python3.12", "python3.11"].into_iter();
    match candidates.find(|candidate| succeeds(Command::new(candidate).args(["-c", RECENT]))) {
        Some(found) => Ok(found),
        None => bail!("Python 3.11 or later is needed, and there is no such python3 on the PATH"),
    }
}

/// The list that was installed is kept beside what it installed, so that a change of the list is seen.
fn remember(wanted: &Path, installed: &Path) -> Result<()> {
    fs::copy(wanted, installed).with_context(|| format!("cannot write {}", installed.display()))?;
    Ok(())
}

fn same_text(left: &Path, right: &Path) -> bool {
    match (fs::read(left), fs::read(right)) {
        (Ok(left), Ok(right)) => left == right,
        _ => false,
    }
}
