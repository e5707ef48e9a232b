//! The load client of `cargo xtask bench`: starts a release build, measures the figures that users feel, and prints them
//! as a table. It knows Landline only from outside, like any client.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark talks to the person who runs it"
)]

mod application;
mod figures;
mod http_client;
mod limits;
mod report;
mod sample;
mod server;
mod stand_in;
mod web_socket;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use crate::figures::FIGURES;
use crate::report::Report;

/// One thread: the client must leave the other processor to the server it measures.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

async fn run() -> Result<()> {
    let options = Options::parse(std::env::args().skip(1))?;
    limits::raise_open_files()?;
    let mut report = Report::default();
    for name in FIGURES {
        if options.figures.is_empty() || options.figures.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name} …");
            let measured = figures::measure(name, &options.server, &mut report).await;
            measured.with_context(|| format!("cannot measure {name}"))?;
        }
    }
    report.print();
    Ok(())
}

struct Options {
    server: PathBuf,
    figures: Vec<String>,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut server = None;
        let mut figures = Vec::new();
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--server" => server = arguments.next().map(PathBuf::from),
                name if FIGURES.contains(&name) => figures.push(argument),
                unknown => bail!(
                    "there is no figure `{unknown}`; they are {}",
                    FIGURES.join(", ")
                ),
            }
        }
        let server = server.context("--server PATH names the binary to measure")?;
        Ok(Self { server, figures })
    }
}
