//! `cargo xtask fuzz`: the targets of `landline-fuzz`, two at a time, each for a while.

use std::process::{Child, Command};

use anyhow::{Context, Result, bail};

use crate::checkout;
use crate::step::execute;

/// How many targets run beside each other.
const SIDE_BY_SIDE: usize = 2;

/// Arguments: `--seconds N` for each target, and the targets; without names, all.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let mut seconds = "60".to_owned();
    let mut targets = Vec::new();
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seconds" => seconds.clone_from(arguments.next().context("--seconds N")?),
            name => targets.push(name.to_owned()),
        }
    }
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(checkout::root());
    execute(cargo.args(["build", "--package", "landline-fuzz"]))?;
    if targets.is_empty() {
        targets = all_targets()?;
    }
    for pair in targets.chunks(SIDE_BY_SIDE) {
        let started = pair.iter().map(|target| start(target, &seconds));
        let started: Vec<Child> = started.collect::<Result<_>>()?;
        for (target, mut child) in pair.iter().zip(started) {
            let status = child.wait().context("cannot wait for a target")?;
            if !status.success() {
                bail!("the target `{target}` broke");
            }
        }
    }
    Ok(())
}

fn fuzzer() -> Command {
    let mut fuzzer = Command::new(checkout::target_dir().join("debug/landline-fuzz"));
    fuzzer.current_dir(checkout::root());
    fuzzer
}

fn all_targets() -> Result<Vec<String>> {
    let listed = fuzzer().arg("--list").output();
    let listed = listed.context("cannot start the fuzzer")?.stdout;
    let listed = String::from_utf8(listed).context("targets have plain names")?;
    Ok(listed.lines().map(str::to_owned).collect())
}

fn start(target: &str, seconds: &str) -> Result<Child> {
    let mut fuzzer = fuzzer();
    fuzzer.args([target, "--seconds", seconds]);
    fuzzer.spawn().context("cannot start the fuzzer")
}
