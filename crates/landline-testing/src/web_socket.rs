//! A WebSocket client for tests: every wait has an end, every surprise a name.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use http::header::HOST;
use http::{HeaderName, HeaderValue, Response};
use serde_json::Value;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};
use tokio_tungstenite::tungstenite::protocol::frame::{Frame, FrameHeader};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long a test waits to be sure that nothing comes.
const SILENCE: Duration = Duration::from_millis(150);

/// An open connection.
#[derive(Debug)]
pub struct WsClient {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    /// The answer to the handshake.
    pub handshake: Response<()>,
}

/// The close frame that a client saw; code 1005 stands for one without a code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// The code.
    pub code: u16,
    /// The reason.
    pub reason: String,
}

/// A handshake that was refused.
#[derive(Debug)]
pub struct Refused {
    /// The HTTP status.
    pub status: u16,
    /// The headers of the answer.
    pub headers: http::HeaderMap,
    /// The body of the answer.
    pub body: String,
}

impl WsClient {
    /// Connects, or tells how the handshake was refused.
    ///
    /// # Panics
    ///
    /// When there is no answer at all.
    pub async fn try_connect(url: &str, headers: &[(&str, &str)]) -> Result<Self, Refused> {
        let mut request = url.into_client_request().expect("a WebSocket URL");
        for (name, value) in headers {
            let name = HeaderName::try_from(*name).expect("a header name");
            let value = HeaderValue::try_from(*value).expect("a header value");
            if name == HOST {
                request.headers_mut().insert(name, value);
            } else {
                request.headers_mut().append(name, value);
            }
        }
        let connecting = tokio_tungstenite::connect_async(request);
        let connected = tokio::time::timeout(PATIENCE, connecting).await;
        match connected.unwrap_or_else(|_| panic!("no answer to the handshake of {url}")) {
            Ok((socket, response)) => Ok(Self {
                socket,
                handshake: response.map(|_| ()),
            }),
            Err(tungstenite::Error::Http(response)) => {
                let (parts, body) = response.into_parts();
                let body = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
                Err(Refused {
                    status: parts.status.as_u16(),
                    headers: parts.headers,
                    body,
                })
            }
            Err(error) => panic!("cannot connect to {url}: {error}"),
        }
    }

    /// Connects.
    ///
    /// # Panics
    ///
    /// When the handshake is refused.
    pub async fn connect(url: &str) -> Self {
        match Self::try_connect(url, &[]).await {
            Ok(client) => client,
            Err(refused) => panic!("{url} refused: {refused:?}"),
        }
    }

    /// Sends a text message.
    pub async fn send(&mut self, text: impl Into<String>) {
        let text: String = text.into();
        self.send_message(Message::text(text)).await;
    }

    /// Sends a value as JSON.
    pub async fn send_json(&mut self, value: &Value) {
        self.send(value.to_string()).await;
    }

    /// Sends a message of any kind.
    ///
    /// # Panics
    ///
    /// When the socket is closed.
    pub async fn send_message(&mut self, message: Message) {
        self.socket.send(message).await.expect("the socket is open");
    }

    /// Sends one text in frames of at most `frame_bytes`.
    pub async fn send_in_frames(&mut self, text: &str, frame_bytes: usize) {
        let chunks: Vec<&[u8]> = text.as_bytes().chunks(frame_bytes).collect();
        for (index, chunk) in chunks.iter().enumerate() {
            let opcode = if index == 0 {
                Data::Text
            } else {
                Data::Continue
            };
            let header = FrameHeader {
                is_final: index + 1 == chunks.len(),
                opcode: OpCode::Data(opcode),
                mask: Some([1, 2, 3, 4]),
                ..FrameHeader::default()
            };
            let frame = Frame::from_payload(header, chunk.to_vec().into());
            self.send_message(Message::Frame(frame)).await;
        }
    }

    /// The next text message.
    ///
    /// # Panics
    ///
    /// When something else comes, or nothing.
    pub async fn text(&mut self) -> String {
        match self.next().await {
            Some(Ok(Message::Text(text))) => text.as_str().to_owned(),
            other => panic!("a text message was due, not {other:?}"),
        }
    }

    /// The next text message, as JSON.
    ///
    /// # Panics
    ///
    /// When it is none.
    pub async fn json(&mut self) -> Value {
        let text = self.text().await;
        serde_json::from_str(&text).unwrap_or_else(|_| panic!("JSON was due, not {text}"))
    }

    /// The close frame that ends the connection.
    ///
    /// # Panics
    ///
    /// When something else comes, or nothing.
    pub async fn closed(&mut self) -> Closed {
        match self.next().await {
            Some(Ok(Message::Close(frame))) => Closed::of(frame),
            other => panic!("a close frame was due, not {other:?}"),
        }
    }

    /// Asserts that nothing comes for a while.
    ///
    /// # Panics
    ///
    /// When something does.
    pub async fn hears_nothing(&mut self) {
        if let Ok(message) = tokio::time::timeout(SILENCE, self.socket.next()).await {
            panic!("nothing was due, but {message:?} came");
        }
    }

    /// Closes with a code and a reason, and gives the close frame that answers.
    ///
    /// # Panics
    ///
    /// When none does.
    pub async fn close(&mut self, code: u16, reason: &str) -> Closed {
        let frame = CloseFrame {
            code: code.into(),
            reason: reason.to_owned().into(),
        };
        self.socket
            .close(Some(frame))
            .await
            .expect("the socket is open");
        self.closed().await
    }

    /// Closes without a code, and gives the close frame that answers.
    ///
    /// # Panics
    ///
    /// When none does.
    pub async fn close_without_code(&mut self) -> Closed {
        self.socket.close(None).await.expect("the socket is open");
        self.closed().await
    }

    async fn next(&mut self) -> Option<Result<Message, tungstenite::Error>> {
        let next = tokio::time::timeout(PATIENCE, self.socket.next()).await;
        next.unwrap_or_else(|_| panic!("a message was due, and none came"))
    }
}

impl Closed {
    fn of(frame: Option<CloseFrame>) -> Self {
        frame.map_or_else(
            || Self {
                code: 1005,
                reason: String::new(),
            },
            |frame| Self {
                code: frame.code.into(),
                reason: frame.reason.as_str().to_owned(),
            },
        )
    }
}
