//! `@connections` POSTs per second on keep-alive connections, beside what the client can send at all.

use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::{Result, ensure};
use bytes::Bytes;
use futures_util::future::try_join_all;
use http::Method;
use tokio::time::Instant;

use crate::application::api_without_functions;
use crate::http_client::HttpClient;
use crate::report::Report;
use crate::server::Server;
use crate::stand_in;
use crate::web_socket::WebSocket;

const FOR: Duration = Duration::from_secs(3);
const CONNECTIONS: [usize; 2] = [1, 16];

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    let data_dir = tempfile::tempdir()?;
    let (server, _) = Server::serve(binary, data_dir.path()).await?;
    let stage = api_without_functions(server.address).await?;
    let nothing = stand_in::start().await?;

    for connections in CONNECTIONS {
        let mut senders = Vec::new();
        let mut readers = Vec::new();
        for _ in 0..connections {
            let mut socket = WebSocket::connect(&format!("ws://{}{stage}", server.address)).await?;
            let id = socket.connection_id().await?.replace('=', "%3D");
            senders.push(format!("{stage}/@connections/{id}"));
            readers.push(tokio::task::spawn(read(socket)));
        }
        let ours = posts_per_second(server.address, &senders).await?;
        let floor = posts_per_second(nothing, &senders).await?;
        readers.iter().for_each(tokio::task::JoinHandle::abort);
        let name = format!("@connections POST, {connections} keep-alive connections");
        report.add(
            &name,
            format!("{ours:.0}/s"),
            &format!("to a server that does nothing, in the client's own thread: {floor:.0}/s"),
        );
    }
    server.stop().await
}

async fn posts_per_second(address: SocketAddr, paths: &[String]) -> Result<f64> {
    let start = Instant::now();
    let counts = try_join_all(paths.iter().map(|path| post(address, path, start + FOR))).await?;
    let posts: u32 = counts.into_iter().sum();
    Ok(f64::from(posts) / start.elapsed().as_secs_f64())
}

async fn post(address: SocketAddr, path: &str, until: Instant) -> Result<u32> {
    let mut client = HttpClient::connect(address).await?;
    let body = Bytes::from_static(&[b'x'; 100]);
    let mut count = 0;
    while Instant::now() < until {
        let answer = client
            .call("execute-api", Method::POST, path, body.clone())
            .await?;
        ensure!(answer.status.is_success(), "POST {path}: {}", answer.status);
        count += 1;
    }
    Ok(count)
}

async fn read(mut socket: WebSocket) -> Result<()> {
    loop {
        socket.receive().await?;
    }
}
