//! Signed `@connections` POSTs on keep-alive connections: how many, and what one costs.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use futures_util::future::try_join_all;
use serde_json::Value;
use tokio::time::Instant;

use crate::application::api_without_functions;
use crate::load::{Talk, framed_length};
use crate::peers::Peer;
use crate::process::Usage;
use crate::report::Report;
use crate::server::Server;
use crate::signature::Signature;

const FOR: Duration = Duration::from_secs(3);
const CONNECTIONS: [usize; 2] = [1, 16];
const BODY: [u8; 100] = [b'x'; 100];

pub(super) async fn measure(binary: &Path, one_in: u32, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let server = Server::serve_signed(binary, data_dir.path()).await?;
    let stage = api_without_functions(server.address).await?;
    let echo = Peer::Tcp.start().await?;
    for connections in CONNECTIONS {
        let mut posts = Vec::new();
        let mut readers = Vec::new();
        for _ in 0..connections {
            let (socket, path) = listen(server.address, &stage).await?;
            posts.push(Signature::post(&path, &server.address.to_string(), &BODY));
            readers.push(tokio::task::spawn(read(socket)));
        }
        let before = Usage::of(server.pid()?)?;
        let (count, rate) = post_all(server.address, &posts, FOR / one_in).await?;
        let used = Usage::of(server.pid()?)?.since(before);
        let before = Usage::of(echo.pid)?;
        let (echoed, floor) = echo_all(echo.address, &posts, FOR / one_in).await?;
        let echoing = Usage::of(echo.pid)?.since(before);
        readers.iter().for_each(tokio::task::JoinHandle::abort);
        let micros = used.cpu_micros_per(count);
        report.add(
            &format!("signed @connections POST, {connections} keep-alive connections"),
            format!("{rate:.0}/s, {micros:.1} µs of CPU, {:.0}/s a core", 1e6 / micros),
            &format!(
                "the same client to a TCP echo {floor:.0}/s, {:.1} µs; aim ≤ 20 µs, ≥ 40,000/s a core",
                echoing.cpu_micros_per(echoed)
            ),
        );
    }
    server.stop().await
}

/// A WebSocket, and the path to post to it.
pub(super) async fn listen(address: SocketAddr, stage: &str) -> Result<(Talk, String)> {
    let mut socket = Talk::handshake(address, stage).await?;
    // The error frame of a message without a route tells the id.
    let told: Value = serde_json::from_str(&socket.ask("{}").await?)?;
    let id = told["connectionId"].as_str().unwrap_or_default();
    let path = format!("{stage}/@connections/{}", id.replace('=', "%3D"));
    Ok((socket, path))
}

async fn post_all(address: SocketAddr, posts: &[Vec<u8>], time: Duration) -> Result<(usize, f64)> {
    let start = Instant::now();
    let counts = try_join_all(posts.iter().map(async |post| {
        let mut client = Talk::connect(address).await?;
        let mut count = 0;
        while start.elapsed() < time {
            let head = client.http(post).await?;
            ensure!(head.starts_with("HTTP/1.1 200"), "refused: {head}");
            count += 1;
        }
        anyhow::Ok(count)
    }));
    Ok(rate(&counts.await?, start))
}

async fn echo_all(address: SocketAddr, posts: &[Vec<u8>], time: Duration) -> Result<(usize, f64)> {
    let start = Instant::now();
    let counts = try_join_all(posts.iter().map(async |post| {
        let mut client = Talk::connect(address).await?;
        let mut count = 0;
        while start.elapsed() < time {
            client.exchange(post, post.len()).await?;
            count += 1;
        }
        anyhow::Ok(count)
    }));
    Ok(rate(&counts.await?, start))
}

fn rate(counts: &[u32], start: Instant) -> (usize, f64) {
    let count: u32 = counts.iter().sum();
    let rate = f64::from(count) / start.elapsed().as_secs_f64();
    (usize::try_from(count).unwrap_or(usize::MAX), rate)
}

async fn read(mut socket: Talk) -> Result<()> {
    loop {
        socket.receive(framed_length(BODY.len())).await?;
    }
}
