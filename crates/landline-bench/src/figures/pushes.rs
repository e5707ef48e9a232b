//! Ten thousand idle connections, of which now and then one gets a message: the memory stays as it is.

use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::time::{Instant, sleep, sleep_until};

use super::management::listen;
use crate::application::api_without_functions;
use crate::load::{Talk, framed_length};
use crate::process::Usage;
use crate::report::Report;
use crate::server::Server;
use crate::signature::Signature;

const CONNECTIONS: usize = 10_000;
const POSTS_PER_SECOND: u32 = 1000;
const SECONDS: u32 = 30;
const BODY: [u8; 100] = [b'x'; 100];

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let server = Server::serve_signed(binary, data_dir.path()).await?;
    let stage = api_without_functions(server.address).await?;
    let host = server.address.to_string();
    let mut listeners = Vec::new();
    for _ in 0..CONNECTIONS {
        let (mut socket, path) = listen(server.address, &stage).await?;
        socket.rest();
        listeners.push((socket, Signature::post(&path, &host, &BODY)));
    }
    sleep(Duration::from_secs(2)).await;
    let (before, memory) = (Usage::of(server.pid()?)?, server.resident_bytes()?);
    let start = Instant::now();
    let mut client = Talk::connect(server.address).await?;
    let mut chance = 1_u64;
    let mut late = Duration::ZERO;
    for number in 0..POSTS_PER_SECOND * SECONDS {
        let due = start + Duration::from_millis(u64::from(number * 1000 / POSTS_PER_SECOND));
        sleep_until(due).await;
        chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let one = usize::try_from(chance >> 33)? % CONNECTIONS;
        let (socket, post) = &mut listeners[one];
        let posted = Instant::now();
        let head = client.http(post).await?;
        ensure!(head.starts_with("HTTP/1.1 200"), "refused: {head}");
        socket.receive(framed_length(BODY.len())).await?;
        late = late.max(posted.elapsed());
    }
    let used = Usage::of(server.pid()?)?.since(before);
    let grown = i128::from(server.resident_bytes()?) - i128::from(memory);
    let posts = usize::try_from(POSTS_PER_SECOND * SECONDS)?;
    report.add(
        "10,000 connections, 1,000 posts/s to any of them, 30 s",
        format!(
            "RSS {:+.1} MB, {:.1} µs of CPU a post",
            megabytes(grown),
            used.cpu_micros_per(posts)
        ),
        &format!("slowest {:.1} ms; aim: RSS flat", late.as_secs_f64() * 1e3),
    );
    drop(listeners);
    server.stop().await
}

#[expect(clippy::cast_precision_loss, reason = "memory is far below 2^52 bytes")]
fn megabytes(bytes: i128) -> f64 {
    bytes as f64 / 1e6
}
