//! The environments of the real-client tests: a Python venv and npm packages, both pinned, both kept until their lists change.

use std::fs;
use std::path::{Path, PathBuf};
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
    environment("Python environment", &venv, &wanted)
}

fn environment(name: &str, venv: &Path, wanted: &Path) -> Result<()> {
    let installed = venv.join("requirements.txt");
    if same_text(wanted, &installed) {
        println!("{name}: up to date");
        return Ok(());
    }
    println!("{name}: installing {}", wanted.display());
    let found = interpreter()?;
    let made = execute(
        Command::new(found)
            .args(["-m", "venv", "--clear"])
            .arg(venv),
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
    let mut install = Command::new(venv.join("bin/python"));
    execute(install.args(pip).arg(wanted))?;
    remember(wanted, &installed)
}

/// The packages of the JavaScript tests, from their lock file.
pub(crate) fn node() -> Result<()> {
    packages("tests/clients/sdk-js")
}

/// The deploy tools of other people: the SAM CLI and Chalice in a venv of their own, the others from npm.
pub(crate) fn deploy_tools() -> Result<()> {
    let venv = checkout::dev_dir().join("deploy");
    let wanted = checkout::root().join("tests/deploy/requirements.txt");
    environment("SAM CLI and Chalice", &venv, &wanted)?;
    packages("tests/deploy/packages")
}

fn packages(folder: &str) -> Result<()> {
    let project = checkout::root().join(folder);
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

/// The Autobahn testsuite in a Python 2.7 of its own; false where there is no such Python.
pub(crate) fn autobahn() -> Result<bool> {
    let folder = checkout::dev_dir().join("autobahn");
    let wanted = checkout::root().join("tests/autobahn/requirements.txt");
    let installed = folder.join("requirements.txt");
    if same_text(&wanted, &installed) {
        println!("Autobahn testsuite: up to date");
        return Ok(true);
    }
    let Some(python) = python_2() else {
        return Ok(false);
    };
    println!("Autobahn testsuite: installing {}", wanted.display());
    if folder.exists() {
        fs::remove_dir_all(&folder).context("cannot remove the old testsuite")?;
    }
    let (venv, tool) = (folder.join("venv"), folder.join("virtualenv"));
    let pip = [
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ];
    let mut install = Command::new(&python);
    execute(install.args(pip).args([VIRTUALENV, "--target"]).arg(&tool))?;
    let mut make = Command::new(&python);
    let make = make
        .env("PYTHONPATH", &tool)
        .args(["-m", "virtualenv", "--quiet"]);
    execute(make.arg(&venv))?;
    let mut install = Command::new(venv.join("bin/python"));
    execute(install.args(pip).arg("--requirement").arg(&wanted))?;
    remember(&wanted, &installed)?;
    Ok(true)
}

/// The last virtualenv that makes environments of Python 2.7.
const VIRTUALENV: &str = "virtualenv==20.15.1";

/// A Python 2.7 on the `PATH`, or one that pyenv keeps without putting it there.
fn python_2() -> Option<PathBuf> {
    const IS_2_7: &str = "import pip, sys; sys.exit(sys.version_info[:2] != (2, 7))";
    let root = Command::new("pyenv").arg("root").output();
    let root = root.map_or_else(|_| Vec::new(), |told| told.stdout);
    let versions = Path::new(String::from_utf8_lossy(&root).trim()).join("versions");
    let kept = fs::read_dir(versions).into_iter().flatten().flatten();
    let kept = kept.map(|version| version.path().join("bin/python2.7"));
    ["python2.7", "python2"]
        .map(PathBuf::from)
        .into_iter()
        .chain(kept)
        .find(|candidate| succeeds(Command::new(candidate).args(["-c", IS_2_7])))
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
