//! Messages by hand: a client library would need more time than the server.
//!
//! Each connection sends one message and waits for its answer, over and over.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, ensure};
use futures_util::future::try_join_all;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// One connection, its request and how long the answer is.
pub(crate) struct Talk<S = TcpStream> {
    stream: S,
    answer: Vec<u8>,
}

impl Talk {
    /// A plain TCP connection.
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self::over(stream))
    }

    /// A WebSocket connection.
    pub(crate) async fn handshake(address: SocketAddr, path: &str) -> Result<Self> {
        let mut talk = Self::connect(address).await?;
        talk.upgrade(&address.to_string(), path).await?;
        Ok(talk)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Talk<S> {
    pub(crate) fn over(stream: S) -> Self {
        Self {
            stream,
            answer: Vec::new(),
        }
    }

    /// Asks for a WebSocket.
    pub(crate) async fn upgrade(&mut self, host: &str, path: &str) -> Result<()> {
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        );
        let head = self.http(request.as_bytes()).await?;
        ensure!(head.starts_with("HTTP/1.1 101"), "refused: {head}");
        Ok(())
    }

    /// Sends an HTTP request; the head of its answer. Whoever gets a body is refused, and goes no further.
    pub(crate) async fn http(&mut self, request: &[u8]) -> Result<String> {
        self.stream.write_all(request).await?;
        let mut head = Vec::new();
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            let read = self.stream.read_buf(&mut head).await?;
            ensure!(read > 0, "the server hung up");
        }
        Ok(String::from_utf8_lossy(&head).into_owned())
    }

    /// Sends an HTTP request; the head and the body of its answer, which must say its length.
    pub(crate) async fn http_whole(&mut self, request: &[u8]) -> Result<(String, &[u8])> {
        self.stream.write_all(request).await?;
        self.answer.clear();
        let end = loop {
            let read = self.stream.read_buf(&mut self.answer).await?;
            ensure!(read > 0, "the server hung up");
            let mut windows = self.answer.windows(4);
            if let Some(end) = windows.position(|end| end == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let head = String::from_utf8_lossy(&self.answer[..end]).into_owned();
        let length = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            let is_length = name.eq_ignore_ascii_case("content-length");
            is_length.then(|| value.trim().parse::<usize>().ok())?
        });
        let whole = end + length.context("an answer without a length")?;
        let read = self.answer.len();
        self.answer.resize(whole, 0);
        if read < whole {
            self.stream.read_exact(&mut self.answer[read..]).await?;
        }
        Ok((head, &self.answer[end..]))
    }

    /// Sends bytes and waits for an answer of `length` bytes.
    pub(crate) async fn exchange(&mut self, bytes: &[u8], length: usize) -> Result<&[u8]> {
        self.stream.write_all(bytes).await?;
        self.receive(length).await
    }

    pub(crate) async fn receive(&mut self, length: usize) -> Result<&[u8]> {
        self.answer.resize(length, 0);
        self.stream.read_exact(&mut self.answer).await?;
        Ok(&self.answer)
    }

    /// Sends a text and gives the text that comes back, of whatever length.
    pub(crate) async fn ask(&mut self, text: &str) -> Result<String> {
        self.stream.write_all(&frame(text.as_bytes())).await?;
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).await?;
        let length = match head[1] {
            126 => usize::from(self.stream.read_u16().await?),
            short => usize::from(short),
        };
        let text = self.receive(length).await?;
        Ok(String::from_utf8_lossy(text).into_owned())
    }

    /// Gives up the buffer for answers, which an idle connection does not need.
    pub(crate) fn rest(&mut self) {
        self.answer = Vec::new();
    }
}

/// Lets every connection exchange `times` messages.
pub(crate) async fn exchange_all(
    talks: &mut [Talk],
    bytes: &[u8],
    length: usize,
    times: usize,
) -> Result<()> {
    try_join_all(talks.iter_mut().map(|talk| async move {
        for _ in 0..times {
            talk.exchange(bytes, length).await?;
        }
        anyhow::Ok(())
    }))
    .await?;
    Ok(())
}

/// A text in one masked frame.
pub(crate) fn frame(text: &[u8]) -> Vec<u8> {
    let key = [0x37, 0xFA, 0x21, 0x3D];
    let mut bytes = vec![0x81];
    match u16::try_from(text.len()) {
        Ok(short @ ..=125) => bytes.push(0x80 | short.to_be_bytes()[1]),
        Ok(length) => {
            bytes.push(0xFE);
            bytes.extend(length.to_be_bytes());
        }
        Err(_) => {
            bytes.push(0xFF);
            bytes.extend((text.len() as u64).to_be_bytes());
        }
    }
    bytes.extend(key);
    let masked = text.iter().zip(key.iter().cycle());
    bytes.extend(masked.map(|(byte, key)| byte ^ key));
    bytes
}

/// How long a text is in a server's frame of at most 64 KB.
pub(crate) fn framed_length(text: usize) -> usize {
    text + if text < 126 { 2 } else { 4 }
}
