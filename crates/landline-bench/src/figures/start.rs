//! Start to ready, memory when idle, size on disk.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use tokio::time::sleep;

use crate::report::Report;
use crate::sample::Sample;
use crate::server::Server;

const TIMES: usize = 10;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    let mut first = Vec::new();
    let mut again = Vec::new();
    let mut resident = 0;
    for _ in 0..TIMES {
        let data_dir = tempfile::tempdir()?;
        let (server, took) = Server::serve(binary, data_dir.path()).await?;
        first.push(took);
        server.stop().await?;

        let (server, took) = Server::serve(binary, data_dir.path()).await?;
        again.push(took);
        sleep(Duration::from_secs(1)).await;
        resident = resident.max(server.resident_bytes()?);
        server.stop().await?;
    }
    report.add(
        "first start to ready, new data directory",
        Sample::of(first)?.to_string(),
        "",
    );
    report.add(
        "start to ready",
        Sample::of(again)?.to_string(),
        "aim ≤ 100 ms",
    );
    report.add(
        "idle RSS, the largest of them",
        megabytes(resident),
        "aim ≤ 20 MB",
    );
    report.add(
        "size of the binary",
        megabytes(fs::metadata(binary)?.len()),
        "",
    );
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a size for people")]
fn megabytes(bytes: u64) -> String {
    format!("{:.1} MB", bytes as f64 / 1e6)
}
