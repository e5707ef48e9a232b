//! One message to a hundred clients through the chat handler.

use std::path::Path;

use anyhow::{Result, ensure};
use tokio::time::Instant;

use crate::application::{CHATS, chat_message};
use crate::report::Report;
use crate::sample::Sample;
use crate::server::Server;
use crate::web_socket::WebSocket;

const CLIENTS: usize = 100;
const WARM_UP: usize = 5;
const TIMES: usize = 30;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    for chat in &CHATS {
        let data_dir = tempfile::tempdir()?;
        let (server, url) = Server::dev(binary, data_dir.path(), chat.template).await?;
        let mut sockets = Vec::new();
        for _ in 0..CLIENTS {
            sockets.push(WebSocket::connect(&url).await?);
        }
        let mut times = Vec::new();
        for number in 0..WARM_UP + TIMES {
            let text = format!("message {number}");
            let start = Instant::now();
            sockets[0].send(&chat_message(&text)).await?;
            for socket in &mut sockets {
                let answer = socket.receive().await?;
                ensure!(answer.as_str() == text, "got {answer:?} for {text:?}");
            }
            times.push(start.elapsed());
        }
        server.stop().await?;
        let name = format!(
            "one message to {CLIENTS} clients, until the last has it, {}",
            chat.language
        );
        report.add(&name, Sample::of(times.split_off(WARM_UP))?.to_string(), "");
    }
    Ok(())
}
