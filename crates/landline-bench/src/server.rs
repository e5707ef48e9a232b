//! The server under measurement, as a child process.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use tokio::io::{AsyncBufReadExt as _, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};
use tokio::time::{Instant, sleep, timeout};

use crate::http_client::HttpClient;
use crate::process::resident_bytes;
use crate::signature::{ACCESS_KEY_ID, SECRET_ACCESS_KEY};

/// A first start may install the SDKs that functions find in Lambda.
const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    child: Child,
    /// Kept so that the server can go on writing.
    lines: Lines<BufReader<ChildStdout>>,
}

impl Server {
    /// An empty server. Returns when it answers its health check; how long that took is the second value.
    pub(crate) async fn serve(binary: &Path, data_dir: &Path) -> Result<(Self, Duration)> {
        let start = Instant::now();
        let server = Self::spawn(binary, &["serve"], data_dir, &[])?;
        server.wait_until_healthy().await?;
        Ok((server, start.elapsed()))
    }

    /// An empty server that checks signatures.
    pub(crate) async fn serve_signed(binary: &Path, data_dir: &Path) -> Result<Self> {
        let credentials = [
            ("LANDLINE_ACCESS_KEY_ID", ACCESS_KEY_ID),
            ("LANDLINE_SECRET_ACCESS_KEY", SECRET_ACCESS_KEY),
        ];
        let server = Self::spawn(binary, &["serve"], data_dir, &credentials)?;
        server.wait_until_healthy().await?;
        Ok(server)
    }

    /// A server with a template deployed; the second value is the WebSocket URL of its application.
    pub(crate) async fn dev(
        binary: &Path,
        data_dir: &Path,
        template: &str,
    ) -> Result<(Self, String)> {
        let mut server = Self::spawn(binary, &["dev", template], data_dir, &[])?;
        let url = timeout(PATIENCE, server.first_url())
            .await
            .context("no URL was printed")??;
        server.wait_until_healthy().await?;
        Ok((server, url))
    }

    fn spawn(
        binary: &Path,
        arguments: &[&str],
        data_dir: &Path,
        environment: &[(&str, &str)],
    ) -> Result<Self> {
        let address = free_address()?;
        let mut command = Command::new(binary);
        command
            .envs(environment.iter().copied())
            .args(arguments)
            .arg("--listen")
            .arg(address.to_string());
        command.arg("--data-dir").arg(data_dir);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let spawned = command.kill_on_drop(true).spawn();
        let mut child = spawned.with_context(|| format!("cannot start {}", binary.display()))?;
        let output = child.stdout.take().context("the output is piped")?;
        Ok(Self {
            address,
            child,
            lines: BufReader::new(output).lines(),
        })
    }

    async fn first_url(&mut self) -> Result<String> {
        while let Some(line) = self.lines.next_line().await? {
            if let Some(start) = line.find("ws://") {
                let url = line[start..].split_whitespace().next().unwrap_or_default();
                return Ok(url.to_owned());
            }
        }
        bail!("the server ended: {:?}", self.child.wait().await?)
    }

    async fn wait_until_healthy(&self) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            if let Ok(mut client) = HttpClient::connect(self.address).await {
                let health = client.get("/_landline/health").await?;
                if health.status.is_success() {
                    return Ok(());
                }
            }
            if Instant::now() > deadline {
                bail!("the server did not become healthy");
            }
            sleep(Duration::from_millis(1)).await;
        }
    }

    pub(crate) fn pid(&self) -> Result<u32> {
        self.child.id().context("the server has ended")
    }

    /// Resident memory of the server itself, without its functions.
    pub(crate) fn resident_bytes(&self) -> Result<u64> {
        resident_bytes(self.pid()?)
    }

    pub(crate) async fn stop(mut self) -> Result<()> {
        if let Some(pid) = self
            .child
            .id()
            .and_then(|id| rustix::process::Pid::from_raw(id.cast_signed()))
        {
            rustix::process::kill_process(pid, rustix::process::Signal::TERM)?;
        }
        timeout(Duration::from_secs(20), self.child.wait())
            .await
            .context("the server ignored SIGTERM")??;
        Ok(())
    }
}

/// A port that was free a moment ago.
fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}
