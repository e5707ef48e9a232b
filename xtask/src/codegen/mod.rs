//! `cargo xtask codegen`: writes `crates/landline-api/src` from botocore's service models.
//!
//! The models come with the pinned `botocore` of the tests' Python environment and
//! are cut to the operations in [`services`], with the corrections of [`exceptions`]. The output is committed; `--check`
//! compares it with what would be written, so that the two cannot drift apart.

mod dynamodb;
mod emit;
mod exceptions;
mod model;
mod names;
mod platform;
mod services;
mod states;
mod types;
mod users;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{checkout, setup};

/// Writes the generated modules, or compares them with `--check`.
pub(crate) fn run(arguments: &[String]) -> Result<()> {
    let check = match arguments {
        [] => false,
        [flag] if flag == "--check" => true,
        _ => bail!("usage: cargo xtask codegen [--check]"),
    };
    let models = models()?;
    let target = checkout::root().join("crates/landline-api/src");
    let mut stale = Vec::new();
    for (file, text) in generate(&models)? {
        let path = target.join(&file);
        if fs::read_to_string(&path).is_ok_and(|present| present == text) {
            continue;
        }
        if check {
            stale.push(file);
        } else {
            fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
            println!("wrote {}", path.display());
        }
    }
    ensure!(
        stale.is_empty(),
        "{} is not what the models say; run `cargo xtask codegen`",
        stale.join(", ")
    );
    Ok(())
}

/// The folder of the models in the tests' Python environment.
fn models() -> Result<PathBuf> {
    setup::python()?;
    let code =
        "import botocore, os; print(os.path.join(os.path.dirname(botocore.__file__), 'data'))";
    let output = Command::new(checkout::python())
        .args(["-c", code])
        .output()?;
    ensure!(
        output.status.success(),
        "the tests' Python cannot import botocore"
    );
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}

/// All files, with their texts formatted.
fn generate(models: &Path) -> Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut lib = String::from(LIB_HEADER);
    for service in services::all() {
        let model = model::Model::read(&models.join(service.name).join(service.version))?;
        let types = types::Types::of(service, &model);
        files.push((
            format!("{}.rs", service.module()),
            formatted(&emit::module(&types))?,
        ));
        writeln!(lib, "pub mod {};", service.module())?;
    }
    lib.push_str(
        "\n/// Every service.\npub static SERVICES: &[&landline_wire::ServiceMeta] = &[\n",
    );
    for service in services::all() {
        writeln!(lib, "    &{}::SERVICE,", service.module())?;
    }
    lib.push_str("];\n");
    files.push(("lib.rs".to_owned(), formatted(&lib)?));
    Ok(files)
}

/// As `cargo fmt` leaves it, so that formatting the workspace changes nothing here.
fn formatted(text: &str) -> Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("rustfmt comes with the Rust toolchain")?;
    let mut stdin = rustfmt.stdin.take().context("rustfmt reads from a pipe")?;
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = rustfmt.wait_with_output()?;
    writer.join().expect("writing does not panic")?;
    ensure!(
        output.status.success(),
        "rustfmt refuses the generated text"
    );
    Ok(String::from_utf8(output.stdout)?)
}

const LIB_HEADER: &str = "\
//! The AWS APIs that Landline offers, one module a service: shapes and operations,
//! nothing else.
//!
//! Written by `cargo xtask codegen` from the services' models; do not edit.
#![allow(
    clippy::doc_markdown,
    clippy::struct_excessive_bools,
    clippy::large_enum_variant,
    clippy::enum_variant_names,
    clippy::unreadable_literal,
    missing_debug_implementations,
    reason = \"the models decide\"
)]

";

#[cfg(test)]
mod tests;
