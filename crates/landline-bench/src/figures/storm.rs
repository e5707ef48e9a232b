//! Five thousand clients that connect at once, as after a network outage.

use std::path::Path;

use anyhow::{Result, ensure};
use futures_util::future::join_all;
use tokio::time::Instant;

use crate::application::api_without_functions;
use crate::load::Talk;
use crate::process::Usage;
use crate::report::Report;
use crate::sample::Sample;
use crate::server::Server;

const CLIENTS: usize = 5000;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    let stage = api_without_functions(server.address).await?;
    let before = Usage::of(server.pid()?)?;
    let start = Instant::now();
    let connecting = (0..CLIENTS).map(async |_| {
        let begun = Instant::now();
        let talk = Talk::handshake(server.address, &stage).await?;
        anyhow::Ok((talk, begun.elapsed()))
    });
    let outcomes = join_all(connecting).await;
    let whole = start.elapsed();
    let used = Usage::of(server.pid()?)?.since(before);
    let (mut open, mut times, mut lost) = (Vec::new(), Vec::new(), 0);
    for outcome in outcomes {
        match outcome {
            Ok((talk, time)) => {
                open.push(talk);
                times.push(time);
            }
            Err(error) => {
                eprintln!("  lost: {error:#}");
                lost += 1;
            }
        }
    }
    ensure!(lost < CLIENTS, "no handshake came through");
    let rate = crate::process::to_float(CLIENTS) / whole.as_secs_f64();
    report.add(
        "5,000 handshakes at once",
        format!("{lost} lost, {}, {rate:.0}/s", Sample::of(times)?),
        &format!(
            "{:.1} µs of CPU each; aim: none lost",
            used.cpu_micros_per(CLIENTS)
        ),
    );
    drop(open);
    server.stop().await
}
