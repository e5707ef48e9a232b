//! A WebSocket client that waits for one message at a time.

use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;
use tokio_tungstenite::tungstenite::{Message, Utf8Bytes};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async_with_config};

const PATIENCE: Duration = Duration::from_mins(1);

pub(crate) struct WebSocket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl WebSocket {
    pub(crate) async fn connect(url: &str) -> Result<Self> {
        // The default buffer of 128 KB would be filled with zeros on each read.
        let config = WebSocketConfig::default().read_buffer_size(4096);
        let (stream, _) = connect_async_with_config(url, Some(config), true).await?;
        Ok(Self(stream))
    }

    pub(crate) async fn send(&mut self, text: &str) -> Result<()> {
        Ok(self.0.send(Message::text(text)).await?)
    }

    pub(crate) async fn receive(&mut self) -> Result<Utf8Bytes> {
        let next = timeout(PATIENCE, self.0.next())
            .await
            .context("no message came")?;
        match next.context("the server closed the connection")?? {
            Message::Text(text) => Ok(text),
            other => bail!("not a text message: {other:?}"),
        }
    }
}
