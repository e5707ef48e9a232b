//! Memory per idle connection, at ten thousand of them.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::sleep;

use crate::application::api_without_functions;
use crate::report::Report;
use crate::server::Server;

const CONNECTIONS: usize = 10_000;
/// What the first connections leave in the allocator is not theirs alone.
const WARM_UP: usize = 100;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    let stage = api_without_functions(server.address).await?;

    let mut sockets = Vec::new();
    for _ in 0..WARM_UP {
        sockets.push(handshake(server.address, &stage).await?);
    }
    let before = server.resident_bytes()?;
    for _ in 0..CONNECTIONS {
        sockets.push(handshake(server.address, &stage).await?);
    }
    sleep(Duration::from_secs(2)).await;
    let after = server.resident_bytes()?;
    let each = after.saturating_sub(before) / CONNECTIONS as u64;
    report.add(
        "RSS per idle connection, at 10,000",
        format!("{each} bytes"),
        "aim ≤ 10 KB",
    );
    drop(sockets);
    server.stop().await
}

/// By hand: a client library would need more memory than the server.
async fn handshake(address: SocketAddr, stage: &str) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "GET {stage} HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
         Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::new();
    while !answer.ends_with(b"\r\n\r\n") {
        ensure!(
            stream.read_buf(&mut answer).await? > 0,
            "the server hung up in the handshake"
        );
    }
    ensure!(
        answer.starts_with(b"HTTP/1.1 101"),
        "refused: {}",
        String::from_utf8_lossy(&answer)
    );
    Ok(stream)
}
