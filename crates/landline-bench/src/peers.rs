//! Other servers beside which Landline is measured, each a process of its own.

use std::net::SocketAddr;
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::{Child, Command};
use tokio_tungstenite::accept_async_with_config;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

/// What sends back whatever it gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Peer {
    /// Bytes, on the same runtime as Landline.
    Tcp,
    /// Messages, by tungstenite.
    Tungstenite,
    /// Messages, by the npm package `ws`.
    NodeWs,
}

/// A peer that runs.
pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) pid: u32,
    _child: Child,
}

impl Peer {
    pub(crate) const ALL: [Self; 3] = [Self::Tcp, Self::Tungstenite, Self::NodeWs];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Tcp => "tcp-echo",
            Self::Tungstenite => "tungstenite",
            Self::NodeWs => "node-ws",
        }
    }

    pub(crate) fn named(name: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|peer| peer.name() == name);
        found.with_context(|| format!("there is no peer {name}"))
    }

    /// Starts it; it ends with this process.
    pub(crate) async fn start(self) -> Result<Running> {
        let mut command = match self {
            Self::NodeWs => {
                let mut node = Command::new("node");
                node.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("reference/ws-echo.mjs"));
                node
            }
            own => {
                let mut this = Command::new(std::env::current_exe()?);
                this.args(["--peer", own.name()]);
                this
            }
        };
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let spawned = command.kill_on_drop(true).spawn();
        let mut child = spawned.with_context(|| format!("cannot start {}", self.name()))?;
        let output = child.stdout.take().context("the output is piped")?;
        let port = BufReader::new(output).lines().next_line().await?;
        let Some(port) = port.and_then(|port| port.parse::<u16>().ok()) else {
            bail!("{} told no port", self.name());
        };
        Ok(Running {
            address: ([127, 0, 0, 1], port).into(),
            pid: child.id().context("the peer has ended")?,
            _child: child,
        })
    }

    /// Is the peer, until the process is killed.
    pub(crate) async fn serve(self) -> Result<()> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        println!("{}", listener.local_addr()?.port());
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            drop(tokio::task::spawn(async move {
                // A client that hangs up is how every connection ends.
                let _ = match self {
                    Self::Tcp => echo_bytes(stream).await,
                    _ => echo_messages(stream).await,
                };
            }));
        }
    }
}

async fn echo_bytes(mut stream: TcpStream) -> Result<()> {
    let mut buffer = vec![0; 16 * 1024 + 64];
    loop {
        let length = stream.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        stream.write_all(&buffer[..length]).await?;
    }
}

async fn echo_messages(stream: TcpStream) -> Result<()> {
    // The default buffer of 128 KB would be filled with zeros on each read.
    let config = WebSocketConfig::default().read_buffer_size(4096);
    let mut socket = accept_async_with_config(stream, Some(config)).await?;
    while let Some(message) = socket.next().await {
        let message = message?;
        if message.is_close() {
            break;
        }
        socket.send(message).await?;
    }
    Ok(())
}
