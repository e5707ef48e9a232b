//! Message → function → table → `@connections` → client, beside the time that the handler needs on its own.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use tokio::process::Command;
use tokio::time::Instant;

use crate::application::{CHATS, Chat, chat_message};
use crate::report::Report;
use crate::sample::{Sample, milliseconds};
use crate::server::Server;
use crate::stand_in;
use crate::web_socket::WebSocket;

const WARM_UP: usize = 50;
const TIMES: usize = 200;

pub(super) async fn measure(binary: &Path, report: &mut Report) -> Result<()> {
    for chat in &CHATS {
        let alone = handler_alone(chat).await?;
        let data_dir = tempfile::tempdir()?;
        let (server, url) = Server::dev(binary, data_dir.path(), chat.template).await?;
        let whole = round_trips(&url).await?;
        server.stop().await?;

        let ours = whole.median().saturating_sub(alone);
        let reference = format!(
            "handler alone in a bare interpreter {}; Landline adds {} (aim ≤ 3 ms)",
            milliseconds(alone),
            milliseconds(ours)
        );
        report.add(
            &format!("round trip, {}", chat.language),
            whole.to_string(),
            &reference,
        );
    }
    Ok(())
}

async fn round_trips(url: &str) -> Result<Sample> {
    let mut socket = WebSocket::connect(url).await?;
    let mut times = Vec::new();
    for number in 0..WARM_UP + TIMES {
        let text = format!("message {number}");
        let start = Instant::now();
        socket.send(&chat_message(&text)).await?;
        let answer = socket.receive().await?;
        times.push(start.elapsed());
        ensure!(answer.as_str() == text, "got {answer:?} for {text:?}");
    }
    Sample::of(times.split_off(WARM_UP))
}

/// The median of the handler's own time, called in a loop by a bare interpreter against a server that answers at once.
async fn handler_alone(chat: &Chat) -> Result<Duration> {
    let stand_in = stand_in::start().await?;
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/reference"));
    let mut command = match chat.language {
        "Python" => interpreter("../../../.dev/venv/bin/python", &folder, "loop.py"),
        _ => interpreter("node", &folder, "loop.mjs"),
    };
    command
        .arg(stand_in.to_string())
        .arg(WARM_UP.to_string())
        .arg(TIMES.to_string());
    let output = command
        .output()
        .await
        .context("cannot start the interpreter")?;
    ensure!(
        output.status.success(),
        "the bare interpreter failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let milliseconds: f64 = String::from_utf8(output.stdout)?.trim().parse()?;
    Ok(Duration::from_secs_f64(milliseconds / 1e3))
}

fn interpreter(program: &str, folder: &Path, script: &str) -> Command {
    let program = if program.contains('/') {
        folder.join(program)
    } else {
        PathBuf::from(program)
    };
    let mut command = Command::new(program);
    command.arg(folder.join(script));
    command
}
