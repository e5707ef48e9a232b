//! The developer's tasks, typed and without anything to install: `cargo xtask` lists them.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a task talks to the person who runs it"
)]

mod bench;
mod checkout;
mod codegen;
mod fuzz;
mod layout;
mod setup;
mod step;
mod suite;
mod tidy;

use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
Usage: cargo xtask <TASK>

  test [STEP…]       run the whole suite, or only the named steps of it
  setup              make the Python and Node environments that the tests use
  tidy               check the rules of the house that no compiler knows
  codegen [--check]  write crates/landline-api from the service models, or compare
  bench [FIGURE…]    measure the figures of docs/benchmarks.md
  layout [BINARY]    lay the functions that a node runs side by side (needs valgrind)
  fuzz [--seconds N] [TARGET…]
                     throw mutated input at the engines
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let (task, rest) = arguments
        .split_first()
        .map_or(("help", &[][..]), |(task, rest)| (task.as_str(), rest));
    match task {
        "test" => suite::run(rest),
        "setup" => setup::run(),
        "tidy" => tidy::run(),
        "codegen" => codegen::run(rest),
        "bench" => bench::run(rest),
        "layout" => layout::run(rest),
        "fuzz" => fuzz::run(rest),
        "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        unknown => bail!("there is no task `{unknown}`\n\n{USAGE}"),
    }
}
