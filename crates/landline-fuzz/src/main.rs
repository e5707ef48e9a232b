//! Throws mutated input at the engines that must not panic on any: `cargo xtask fuzz`.
//!
//! `landline-fuzz TARGET [--seconds N] [--seed N]` goes on for N seconds and ends with
//! the input that broke the target, if one did; `landline-fuzz TARGET FILE…` tries files.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool talks to the person who runs it"
)]

mod chance;
mod mutate;
mod run;
mod targets;

use std::process::ExitCode;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

use crate::run::Run;
use crate::targets::TARGETS;

fn main() -> ExitCode {
    match start(std::env::args().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(mut arguments: impl Iterator<Item = String>) -> Result<()> {
    let names: Vec<_> = TARGETS.iter().map(|target| target.name).collect();
    let Some(name) = arguments.next() else {
        bail!("name a target: {}", names.join(", "));
    };
    if name == "--list" {
        println!("{}", names.join("\n"));
        return Ok(());
    }
    let target = TARGETS.iter().find(|target| target.name == name);
    let target = target.with_context(|| format!("the targets are {}", names.join(", ")))?;
    let mut run = Run {
        target,
        duration: Duration::from_secs(10),
        seed: 1,
    };
    let mut files = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seconds" => run.duration = Duration::from_secs(number(arguments.next())?),
            "--seed" => run.seed = number(arguments.next())?,
            option if option.starts_with("--") => bail!("there is no option {option}"),
            _ => files.push(argument),
        }
    }
    if files.is_empty() {
        return run.mutate();
    }
    for file in files {
        let input = std::fs::read(&file).with_context(|| format!("cannot read {file}"))?;
        ensure!(run::survives(target, &input), "{name} breaks on {file}");
    }
    Ok(())
}

fn number(argument: Option<String>) -> Result<u64> {
    let argument = argument.context("the option needs a number")?;
    argument
        .parse()
        .with_context(|| format!("{argument} is no number"))
}
