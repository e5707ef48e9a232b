//! A client that speaks raw frames, so that it may break every rule.

use http::header::HeaderMap;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream};

/// A client after its handshake.
#[derive(Debug)]
pub(crate) struct Client {
    stream: DuplexStream,
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    /// The body of a refusal.
    pub(crate) body: String,
}

/// What the server sends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Frame {
    Text(String),
    Pong(Vec<u8>),
    /// Code and reason.
    Close(Option<(u16, String)>),
    /// The end of the stream.
    End,
}

impl Client {
    /// Sends a handshake and reads its answer.
    pub(crate) async fn handshake(mut stream: DuplexStream, target: &str, lines: &str) -> Self {
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n{lines}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        Self::read_answer(stream).await
    }

    /// Sends whatever bytes and reads an HTTP answer.
    pub(crate) async fn raw(mut stream: DuplexStream, request: &str) -> Self {
        stream.write_all(request.as_bytes()).await.unwrap();
        Self::read_answer(stream).await
    }

    async fn read_answer(mut stream: DuplexStream) -> Self {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        let head = String::from_utf8(head).unwrap();
        let mut lines = head.lines();
        let status = lines
            .next()
            .unwrap()
            .split(' ')
            .nth(1)
            .unwrap()
            .parse()
            .unwrap();
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            let name = http::HeaderName::from_bytes(name.as_bytes()).unwrap();
            headers.append(name, value.parse().unwrap());
        }
        let length = headers
            .get("content-length")
            .map_or(0, |value| value.to_str().unwrap().parse().unwrap());
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await.unwrap();
        let body = String::from_utf8(body).unwrap();
        Self {
            stream,
            status,
            headers,
            body,
        }
    }

    pub(crate) fn expect_open(self) -> Self {
        assert_eq!(self.status, 101, "{}", self.body);
        self
    }

    pub(crate) async fn text(&mut self, text: &str) {
        self.frame(0x81, text.as_bytes()).await;
    }

    /// Sends one masked frame with the given first byte.
    pub(crate) async fn frame(&mut self, first: u8, payload: &[u8]) {
        self.stream
            .write_all(&encode(first, payload))
            .await
            .unwrap();
    }

    /// Sends bytes as they are; an error means that the server has hung up.
    pub(crate) async fn bytes(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.stream.write_all(bytes).await
    }

    pub(crate) async fn close(&mut self, payload: &[u8]) {
        self.frame(0x88, payload).await;
    }

    /// The next message, its fragments joined.
    pub(crate) async fn next(&mut self) -> Frame {
        let mut message = Vec::new();
        loop {
            let Ok(first) = self.stream.read_u8().await else {
                return Frame::End;
            };
            let payload = self.payload().await;
            message.extend_from_slice(&payload);
            match first & 0x0F {
                _ if first & 0x80 == 0 => {}
                0x0 | 0x1 => return Frame::Text(String::from_utf8(message).unwrap()),
                0x8 => return Frame::Close(close(&payload)),
                0xA => return Frame::Pong(payload),
                opcode => panic!("unexpected opcode {opcode}"),
            }
        }
    }

    /// The next message, which must be text.
    pub(crate) async fn next_text(&mut self) -> String {
        match self.next().await {
            Frame::Text(text) => text,
            other => panic!("expected text, got {other:?}"),
        }
    }

    async fn payload(&mut self) -> Vec<u8> {
        let length = match self.stream.read_u8().await.unwrap() {
            126 => usize::from(self.stream.read_u16().await.unwrap()),
            short => usize::from(short),
        };
        assert!(length <= crate::quotas::FRAME_BYTES);
        let mut payload = vec![0; length];
        self.stream.read_exact(&mut payload).await.unwrap();
        payload
    }
}

/// A client's frame, masked.
pub(crate) fn encode(first: u8, payload: &[u8]) -> Vec<u8> {
    let key = [0x37, 0xFA, 0x21, 0x3D];
    let mut bytes = vec![first];
    if let Ok(short @ ..=125) = u8::try_from(payload.len()) {
        bytes.push(0x80 | short);
    } else {
        bytes.push(0xFE);
        bytes.extend(u16::try_from(payload.len()).unwrap().to_be_bytes());
    }
    bytes.extend(key);
    bytes.extend(
        payload
            .iter()
            .zip(key.iter().cycle())
            .map(|(byte, key)| byte ^ key),
    );
    bytes
}

fn close(payload: &[u8]) -> Option<(u16, String)> {
    let (code, reason) = payload.split_first_chunk::<2>()?;
    Some((
        u16::from_be_bytes(*code),
        String::from_utf8(reason.to_vec()).unwrap(),
    ))
}
