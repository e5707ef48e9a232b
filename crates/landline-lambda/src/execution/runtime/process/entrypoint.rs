//! The `bootstrap` of a custom runtime: where it is, and whether this machine can run it.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::super::interpreter::is_executable;
use super::places::Placed;
use crate::execution::invocation::Failure;
use crate::function::FunctionSpec;

/// The `bootstrap`, where its worker finds it.
pub(super) fn entrypoint(function: &FunctionSpec, placed: &Placed) -> Result<PathBuf, Failure> {
    let of_code = (&function.code_dir, Some(&placed.task));
    let of_layers = function
        .opt_dir
        .as_ref()
        .map(|opt| (opt, placed.opt.as_ref()));
    for (folder, seen) in [of_code].into_iter().chain(of_layers) {
        let file = folder.join(NAME);
        if let (true, Some(seen)) = (is_executable(&file), seen) {
            check(&file)?;
            return Ok(seen.join(NAME));
        }
    }
    Err(invalid(format!(
        "Couldn't find valid bootstrap(s): [{}]; the code of a custom runtime needs an executable file `bootstrap` at its top",
        function.code_dir.join(NAME).display()
    )))
}

/// Refuses what the kernel would refuse in words that help nobody.
pub(super) fn check(file: &Path) -> Result<(), Failure> {
    let mut head = [0; HEAD_BYTES];
    let length = File::open(file).and_then(|mut file| file.read(&mut head));
    let head = &head[..length.unwrap_or(0)];
    if let Some(machine) = machine_of(head)
        && machine != std::env::consts::ARCH
    {
        return Err(invalid(format!(
            "fork/exec {}: exec format error: it is built for {machine}, and this machine is {}; build it for this machine",
            file.display(),
            std::env::consts::ARCH
        )));
    }
    let interpreter = interpreter_of(head).filter(|it| it.is_absolute() && !it.exists());
    if let Some(interpreter) = interpreter {
        return Err(invalid(format!(
            "fork/exec {}: no such file or directory: its first line names {}, which is not on this machine; install it",
            file.display(),
            interpreter.display()
        )));
    }
    Ok(())
}

/// The architecture of an ELF file, as Rust names it.
fn machine_of(head: &[u8]) -> Option<&'static str> {
    let is_elf = head.starts_with(b"\x7fELF");
    match (is_elf, head.get(MACHINE_AT..MACHINE_AT + 2)?) {
        (true, [0x3e, 0]) => Some("x86_64"),
        (true, [0xb7, 0]) => Some("aarch64"),
        _ => None,
    }
}

/// `/bin/sh` of `#!/bin/sh -e`; of a shell's file without such a line there is none.
fn interpreter_of(head: &[u8]) -> Option<PathBuf> {
    let line = head
        .strip_prefix(b"#!")?
        .split(|byte| *byte == b'\n')
        .next()?;
    let line = std::str::from_utf8(line).ok()?;
    line.split_whitespace().next().map(PathBuf::from)
}

pub(super) fn invalid(message: String) -> Failure {
    Failure::NotStarted {
        error_type: "Runtime.InvalidEntrypoint",
        message,
    }
}

const NAME: &str = "bootstrap";
const HEAD_BYTES: usize = 256;
/// `e_machine` of an ELF header.
const MACHINE_AT: usize = 18;
