//! A handshake with a `$connect` function, when no worker runs yet and when one does.

use std::path::Path;

use anyhow::Result;
use tokio::time::Instant;

use crate::application::CHATS;
use crate::report::Report;
use crate::sample::Sample;
use crate::server::Server;
use crate::web_socket::WebSocket;

const COLD: usize = 5;
const WARM: usize = 200;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    for chat in &CHATS {
        let mut cold = Vec::new();
        let mut warm = Vec::new();
        let data_dir = tempfile::tempdir()?;
        for round in 0..COLD {
            let (server, url) = Server::dev(binary, data_dir.path(), chat.template).await?;
            let start = Instant::now();
            // Kept open: a $disconnect in the background would be measured too.
            let mut sockets = vec![WebSocket::connect(&url).await?];
            cold.push(start.elapsed());
            for _ in 0..if round == 0 { WARM } else { 0 } {
                let start = Instant::now();
                sockets.push(WebSocket::connect(&url).await?);
                warm.push(start.elapsed());
            }
            server.stop().await?;
        }
        let name = |kind| format!("{kind} $connect, {}", chat.language);
        report.add(&name("cold"), Sample::of(cold)?.to_string(), "");
        report.add(&name("warm"), Sample::of(warm)?.to_string(), "aim ≤ 5 ms");
    }
    Ok(())
}
