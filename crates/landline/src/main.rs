//! The `landline` program: parse, then do what was asked.

use std::process::ExitCode;

use clap::Parser as _;
use landline::cli::{Cli, become_worker};
use landline::env::Environment;
use landline::telemetry;

/// Nearly a third less memory per TLS connection, and less time per push, than with the
/// system's own; `docs/adr/0010-jemalloc.md` has the figures.
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    if let Some(failure) = become_worker(std::env::args_os()) {
        return failure;
    }
    let cli = Cli::parse();
    let spans = telemetry::start(&Environment::read());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    runtime.expect("the system gives threads").block_on(async {
        let flush = spans.map(|spans| {
            tokio::spawn(spans.exporter.run());
            spans.flush
        });
        let code = cli.run().await;
        if let Some(flush) = flush {
            flush.flush().await;
        }
        code
    })
}
