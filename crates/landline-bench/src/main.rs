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
mod load;
mod peers;
mod process;
mod report;
mod sample;
mod server;
mod signature;
mod stand_in;
mod web_socket;

use std::num::NonZeroU32;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};

use tokio::runtime::Builder;

use crate::figures::FIGURES;
use crate::peers::Peer;
use crate::report::Report;

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<()> {
    limits::raise_open_files()?;
    let mut arguments = std::env::args().skip(1).peekable();
    if arguments.next_if(|first| first == "--peer").is_some() {
        let peer = Peer::named(&arguments.next().context("--peer NAME")?)?;
        // As Landline has it, so that only what is done differs.
        let runtime = Builder::new_multi_thread().enable_all().build()?;
        return runtime.block_on(peer.serve());
    }
    let options = Options::parse(arguments)?;
    // One thread: the client must leave the other processor to the server it measures.
    let runtime = Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(&options))
}

async fn measure(options: &Options) -> Result<()> {
    let mut report = Report::default();
    for name in FIGURES {
        if options.figures.is_empty() || options.figures.iter().any(|wanted| wanted == name) {
            eprintln!("measuring {name} …");
            let measured = figures::measure(name, options, &mut report).await;
            measured.with_context(|| format!("cannot measure {name}"))?;
        }
    }
    report.print();
    Ok(())
}

struct Options {
    server: PathBuf,
    figures: Vec<String>,
    /// Of messages, posts and operations on tables, one in so many is sent. For whoever watches how a server works: the
    /// figures say nothing then.
    one_in: u32,
}

impl Options {
    fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut server = None;
        let mut figures = Vec::new();
        let mut one_in = 1;
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--server" => server = arguments.next().map(PathBuf::from),
                "--one-in" => {
                    let number = arguments.next().context("--one-in NUMBER")?;
                    one_in = number.parse::<NonZeroU32>()?.get();
                }
                name if FIGURES.contains(&name) => figures.push(argument),
                unknown => bail!(
                    "there is no figure `{unknown}`; they are {}",
                    FIGURES.join(", ")
                ),
            }
        }
        let server = server.context("--server PATH names the binary to measure")?;
        Ok(Self {
            server,
            figures,
            one_in,
        })
    }
}
