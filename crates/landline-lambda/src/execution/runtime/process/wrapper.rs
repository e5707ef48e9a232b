//! The program that a function, or a layer of it, puts before its runtime: `AWS_LAMBDA_EXEC_WRAPPER`.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html#runtime-wrapper>

use std::path::{Path, PathBuf};

use super::super::interpreter::is_executable;
use super::super::worker_folders::{OPT, TASK};
use super::entrypoint::{check, invalid};
use super::places::Placed;
use crate::execution::invocation::Failure;
use crate::function::FunctionSpec;

/// The wrapper, where the worker finds it.
pub(super) fn wrapper(
    function: &FunctionSpec,
    placed: &Placed,
) -> Result<Option<PathBuf>, Failure> {
    let Some(named) = function.environment.get(VARIABLE) else {
        return Ok(None);
    };
    if named.is_empty() {
        return Ok(None);
    }
    let path = Path::new(named);
    let (file, seen) = if let Ok(rest) = path.strip_prefix(TASK) {
        (function.code_dir.join(rest), placed.task.join(rest))
    } else if let (Ok(rest), Some(layers), Some(opt)) =
        (path.strip_prefix(OPT), &function.opt_dir, &placed.opt)
    {
        (layers.join(rest), opt.join(rest))
    } else {
        (path.to_owned(), path.to_owned())
    };
    if !is_executable(&file) {
        return Err(invalid(format!(
            "fork/exec {named}: {VARIABLE} names no executable file"
        )));
    }
    check(&file)?;
    Ok(Some(seen))
}

const VARIABLE: &str = "AWS_LAMBDA_EXEC_WRAPPER";
