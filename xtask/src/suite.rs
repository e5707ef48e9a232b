//! `cargo xtask test`: everything that must hold before a change lands, in the order in which it fails fastest.

use std::process::Command;

use anyhow::{Result, bail};

use crate::step::{Steps, execute, succeeds};
use crate::{checkout, codegen, fuzz, setup, tidy};

const STEPS: [Part; 13] = [
    Part::new("setup", setup::run),
    Part::new("format", format),
    Part::new("codegen", generated),
    Part::new("tidy", tidy::run),
    Part::new("clippy", clippy),
    Part::new("build", build),
    Part::new("rust", rust_tests),
    Part::new("python", python_tests),
    Part::new("node", node_tests),
    Part::new("deploy", deploy_tests),
    Part::new("autobahn", autobahn_tests),
    Part::new("kill", kill_tests),
    Part::new("fuzz", fuzz_targets),
];

struct Part {
    name: &'static str,
    run: fn() -> Result<()>,
}

impl Part {
    const fn new(name: &'static str, run: fn() -> Result<()>) -> Self {
        Self { name, run }
    }
}

pub(crate) fn run(only: &[String]) -> Result<()> {
    if let Some(unknown) = only
        .iter()
        .find(|name| !STEPS.iter().any(|step| step.name == *name))
    {
        let names: Vec<_> = STEPS.iter().map(|step| step.name).collect();
        bail!(
            "there is no step `{unknown}`; the steps are {}",
            names.join(", ")
        );
    }
    let mut steps = Steps::default();
    for Part { name, run } in STEPS {
        if !only.is_empty() && !only.iter().any(|wanted| wanted == name) {
            continue;
        }
        let outcome = steps.run(name, run);
        if outcome.is_err() {
            steps.print_summary();
            return outcome;
        }
    }
    steps.print_summary();
    Ok(())
}

fn cargo() -> Command {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(checkout::root());
    cargo
}

fn format() -> Result<()> {
    execute(cargo().args(["fmt", "--all", "--check"]))
}

fn generated() -> Result<()> {
    codegen::run(&["--check".to_owned()])
}

fn clippy() -> Result<()> {
    execute(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "--deny",
        "warnings",
    ]))
}

/// The binaries that the real-client tests start.
fn build() -> Result<()> {
    execute(cargo().args(["build", "--workspace", "--bins"]))
}

/// nextest gives each test its process; a machine without it still runs every test.
fn rust_tests() -> Result<()> {
    if succeeds(cargo().args(["nextest", "--version"])) {
        execute(cargo().args(["nextest", "run", "--workspace", "--no-fail-fast"]))?;
        return execute(cargo().args(["test", "--workspace", "--doc", "--quiet"]));
    }
    println!("cargo-nextest is not installed: running `cargo test` instead");
    execute(cargo().args(["test", "--workspace", "--no-fail-fast", "--quiet"]))
}

/// A file of tests shares its servers; different files run side by side.
const SIDE_BY_SIDE: [&str; 4] = ["--numprocesses", "auto", "--dist", "loadfile"];

fn python_tests() -> Result<()> {
    pytest(&[&["tests", "--ignore", "tests/deploy"], &SIDE_BY_SIDE[..]].concat())
}

fn pytest(arguments: &[&str]) -> Result<()> {
    let mut pytest = Command::new(checkout::python());
    pytest
        .current_dir(checkout::root())
        .args(["-m", "pytest"])
        .args(arguments);
    execute(with_binaries(&mut pytest))
}

fn node_tests() -> Result<()> {
    let mut node = Command::new("node");
    node.current_dir(checkout::root().join("tests/clients/sdk-js"))
        .arg("--test");
    execute(with_binaries(&mut node))
}

/// Each deploy tool through the life of an application; side by side, because they mostly wait.
fn deploy_tests() -> Result<()> {
    setup::deploy_tools()?;
    pytest(&["tests/deploy", "--numprocesses=4", "--dist=loadfile"])
}

/// RFC 6455, case by case; skipped with its reason where no Python 2.7 is.
fn autobahn_tests() -> Result<()> {
    if !setup::autobahn()? {
        println!(
            "no Python 2.7 was found, on the PATH or kept by pyenv, and the testsuite needs one"
        );
    }
    pytest(&["tests/autobahn"])
}

/// A thousand `kill -9` in the middle of writing.
fn kill_tests() -> Result<()> {
    let test = "tests::crash::a_thousand_kills_lose_nothing";
    let mut cargo = cargo();
    cargo.args(["test", "--package", "landline-store", "--lib", "--quiet"]);
    execute(cargo.args(["--", "--ignored", "--exact", test]))
}

/// Twenty seconds for each target; `cargo xtask fuzz` by itself gives each a minute, or as long as you like.
fn fuzz_targets() -> Result<()> {
    fuzz::run(&["--seconds".to_owned(), "20".to_owned()])
}

/// Tells the tests of other languages where cargo put the binaries.
fn with_binaries(command: &mut Command) -> &mut Command {
    command.env("LANDLINE_BIN_DIR", checkout::target_dir().join("debug"))
}
