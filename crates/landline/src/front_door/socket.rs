//! A client's socket: TCP or TLS, or either of them inside a tunnel.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Buf as _, Bytes};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio_rustls::server::TlsStream;

use super::first_head::{FirstHead, Wants};

/// A socket with what was already read from it, and its place among the
/// connections that the node can hold.
#[derive(Debug)]
pub struct Socket {
    read_before: Bytes,
    stream: Stream,
    first_head: Option<FirstHead>,
    _place: Option<OwnedSemaphorePermit>,
}

#[derive(Debug)]
enum Stream {
    Tcp(TcpStream),
    Tls(Box<TlsStream<Socket>>),
}

impl Socket {
    /// A socket that was just accepted.
    pub fn accepted(stream: TcpStream, place: OwnedSemaphorePermit) -> Self {
        Self {
            read_before: Bytes::new(),
            stream: Stream::Tcp(stream),
            first_head: None,
            _place: Some(place),
        }
    }

    /// What a TLS handshake over a socket gave.
    pub(super) fn secured(stream: TlsStream<Self>) -> Self {
        Self {
            read_before: Bytes::new(),
            stream: Stream::Tls(Box::new(stream)),
            first_head: None,
            _place: None,
        }
    }

    /// Lets what is read from now on be seen as the head of a first request.
    pub(super) fn record_first_head(&mut self) -> FirstHead {
        self.first_head.insert(FirstHead::default()).clone()
    }

    /// The socket without what only requests need.
    #[must_use]
    pub(super) fn settled(mut self) -> Self {
        self.first_head = None;
        self
    }

    /// Puts bytes back, to be read first.
    #[must_use]
    pub(super) fn unread(mut self, bytes: Bytes) -> Self {
        debug_assert!(self.read_before.is_empty(), "nothing is put back twice");
        self.read_before = bytes;
        self
    }

    /// The first byte, left in place; `None` when the client closed.
    pub(super) async fn peek(&mut self) -> io::Result<Option<u8>> {
        if self.read_before.is_empty() {
            let mut first = [0; 1];
            if self.read(&mut first).await? == 0 {
                return Ok(None);
            }
            self.read_before = Bytes::copy_from_slice(&first);
        }
        Ok(self.read_before.first().copied())
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let polled = this.poll_read_bytes(cx, buf);
        if let Some(first_head) = &this.first_head
            && first_head.record(&buf.filled()[before..]) == Wants::Nothing
        {
            this.first_head = None;
        }
        polled
    }
}

impl Socket {
    fn poll_read_bytes(
        &mut self,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if !self.read_before.is_empty() {
            let length = self.read_before.len().min(buf.remaining());
            buf.put_slice(&self.read_before[..length]);
            self.read_before.advance(length);
            if self.read_before.is_empty() {
                self.read_before = Bytes::new();
            }
            return Poll::Ready(Ok(()));
        }
        match &mut self.stream {
            Stream::Tcp(stream) => Pin::new(stream).poll_read(cx, buf),
            Stream::Tls(stream) => Pin::new(stream).poll_read(cx, buf),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().stream {
            Stream::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Stream::Tls(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        match &mut self.get_mut().stream {
            Stream::Tcp(stream) => Pin::new(stream).poll_write_vectored(cx, parts),
            Stream::Tls(stream) => Pin::new(stream).poll_write_vectored(cx, parts),
        }
    }

    fn is_write_vectored(&self) -> bool {
        match &self.stream {
            Stream::Tcp(stream) => stream.is_write_vectored(),
            Stream::Tls(stream) => stream.is_write_vectored(),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().stream {
            Stream::Tcp(stream) => Pin::new(stream).poll_flush(cx),
            Stream::Tls(stream) => Pin::new(stream).poll_flush(cx),
        }
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.get_mut().stream {
            Stream::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Stream::Tls(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}
