//! `cargo xtask bench`: builds the server and the load client in release mode and lets the client measure.

use std::process::Command;

use anyhow::Result;

use crate::step::execute;
use crate::{checkout, setup};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    // The reference loops run handlers with the SDKs that the tests use.
    setup::run()?;
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(checkout::root());
    execute(cargo.args([
        "build",
        "--release",
        "--package",
        "landline",
        "--package",
        "landline-bench",
    ]))?;

    let binaries = checkout::target_dir().join("release");
    let mut bench = Command::new(binaries.join("landline-bench"));
    bench
        .current_dir(checkout::root())
        .arg("--server")
        .arg(binaries.join("landline"))
        .args(arguments);
    execute(&mut bench)
}
