//! The Lambda Runtime API of one worker: a listener of its own on loopback, and what its runtime
//! asks there.
//!
//! There is no task per connection: the worker's one task polls its listener and connections, so a
//! warm invocation crosses no queue between the socket and the caller.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>

use std::io;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes, BytesMut};
use tokio::net::{TcpListener, TcpStream};

use super::http::{Body, Progress, Request, RequestReader, Trailers};
use super::invocation::Invocation;
use crate::quotas::MAX_RUNTIME_CONNECTIONS;

/// What a runtime asks or tells.
#[derive(Debug)]
pub(crate) enum Call {
    /// `GET /runtime/invocation/next`
    Next,
    /// `POST /runtime/invocation/{id}/response`
    Response {
        request_id: String,
        body: Body,
    },
    /// The same, streamed: the parts of the answer follow.
    ResponseBegins {
        request_id: String,
        content_type: Option<String>,
    },
    ResponsePart(Bytes),
    ResponseEnds(Trailers),
    /// `POST /runtime/invocation/{id}/error`
    Error {
        request_id: String,
        error_type: Option<String>,
        body: Body,
    },
    /// `POST /runtime/init/error`
    InitError {
        error_type: Option<String>,
        body: Body,
    },
}

/// The server side of one worker's Runtime API.
#[derive(Debug)]
pub(crate) struct RuntimeApi {
    listener: TcpListener,
    connections: Vec<Connection>,
    /// The connection that waits for the next event, by its number.
    waiting: Option<u64>,
    last_number: u64,
}

#[derive(Debug)]
struct Connection {
    number: u64,
    stream: TcpStream,
    reader: RequestReader,
    outbound: BytesMut,
    closed: bool,
}

impl RuntimeApi {
    /// Listens on a port of its own.
    pub(crate) async fn bind() -> io::Result<Self> {
        Ok(Self {
            listener: TcpListener::bind(("127.0.0.1", 0)).await?,
            connections: Vec::new(),
            waiting: None,
            last_number: 0,
        })
    }

    /// `AWS_LAMBDA_RUNTIME_API`
    pub(crate) fn address(&self) -> io::Result<String> {
        Ok(self.listener.local_addr()?.to_string())
    }

    /// Whether the runtime waits for an event.
    pub(crate) fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Moves bytes in both directions until the runtime has made a whole call.
    pub(crate) fn poll_call(&mut self, cx: &mut Context<'_>) -> Poll<Call> {
        for connection in &mut self.connections {
            while let Poll::Ready(received) = connection.poll_received(cx) {
                let Some(received) = received else { break };
                if let Some(call) = understand(received, connection) {
                    if matches!(call, Call::Next) {
                        self.waiting = Some(connection.number);
                    }
                    return Poll::Ready(call);
                }
            }
        }
        let waiting = self.waiting;
        self.connections.retain(|connection| !connection.closed);
        if !self.connections.iter().any(|c| Some(c.number) == waiting) {
            self.waiting = None;
        }
        while let Poll::Ready(Ok((stream, _))) = self.listener.poll_accept(cx) {
            if self.connections.len() >= MAX_RUNTIME_CONNECTIONS {
                continue;
            }
            // Without it the kernel holds back the second of two small writes.
            let _ = stream.set_nodelay(true);
            self.last_number += 1;
            self.connections.push(Connection {
                number: self.last_number,
                stream,
                reader: RequestReader::default(),
                outbound: BytesMut::new(),
                closed: false,
            });
            // Polled again at once, so that the new connection is registered.
            cx.waker().wake_by_ref();
        }
        Poll::Pending
    }

    /// Hands an event to the runtime that waits for one.
    pub(crate) fn deliver(&mut self, invocation: &Invocation, deadline_millis: i64) {
        let Some(number) = self.waiting.take() else {
            return;
        };
        let Some(connection) = self.connections.iter_mut().find(|c| c.number == number) else {
            return;
        };
        write_event(&mut connection.outbound, invocation, deadline_millis);
        connection.flush();
    }
}

impl Connection {
    /// The next request, or part of one; `None` when the connection has ended.
    fn poll_received(&mut self, cx: &mut Context<'_>) -> Poll<Option<Progress>> {
        loop {
            if self.closed || self.poll_flush(cx).is_err() {
                self.closed = true;
                return Poll::Ready(None);
            }
            match self.reader.advance() {
                Ok(Progress::ExpectsContinue) => {
                    self.outbound
                        .extend_from_slice(b"HTTP/1.1 100 Continue\r\n\r\n");
                    self.flush();
                    continue;
                }
                Ok(Progress::Partial) => {}
                Ok(received) => return Poll::Ready(Some(received)),
                Err(error) => {
                    tracing::debug!(%error, "runtime connection closed");
                    self.closed = true;
                    continue;
                }
            }
            // Receipts that were held back for the next event go out when no request follows.
            self.flush();
            if ready!(self.poll_fill(cx)).is_err() {
                self.closed = true;
            }
        }
    }

    /// Reads what there is; an error when the other side has ended.
    fn poll_fill(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        loop {
            ready!(self.stream.poll_read_ready(cx))?;
            self.reader.buffer.reserve(READ_BYTES);
            match self.stream.try_read_buf(&mut self.reader.buffer) {
                Ok(0) => return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into())),
                Ok(_) => return Poll::Ready(Ok(())),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }

    /// Writes what the kernel takes now; the rest waits for [`poll_flush`](Self::poll_flush).
    fn flush(&mut self) {
        while !self.outbound.is_empty() {
            match self.stream.try_write(&self.outbound) {
                Ok(written) => self.outbound.advance(written),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => {
                    self.closed = true;
                    return;
                }
            }
        }
    }

    /// Goes on with a large event; registers for writing only when something is left.
    fn poll_flush(&mut self, cx: &mut Context<'_>) -> io::Result<()> {
        while self.outbound.len() > HELD_BYTES {
            match self.stream.poll_write_ready(cx) {
                Poll::Pending => return Ok(()),
                Poll::Ready(ready) => ready?,
            }
            match self.stream.try_write(&self.outbound) {
                Ok(written) => self.outbound.advance(written),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// What a request asks for. The receipt of an answer is written here, and not yet sent: it leaves
/// with the next event when the runtime has asked for that in the same write.
fn understand(received: Progress, connection: &mut Connection) -> Option<Call> {
    let call = match received {
        Progress::Request(request) => parse_call(request),
        Progress::Begins(request) => parse_begun(request),
        Progress::Part(bytes) => Some(Call::ResponsePart(bytes)),
        Progress::Ends(trailers) => Some(Call::ResponseEnds(trailers)),
        Progress::ExpectsContinue | Progress::Partial => return None,
    };
    match &call {
        None => connection.outbound.extend_from_slice(NOT_FOUND),
        Some(Call::Next | Call::ResponseBegins { .. } | Call::ResponsePart(_)) => {}
        Some(Call::Response {
            body: Body::TooLarge(_),
            ..
        }) => connection.outbound.extend_from_slice(TOO_LARGE),
        Some(_) => connection.outbound.extend_from_slice(ACCEPTED),
    }
    call
}

fn parse_call(request: Request) -> Option<Call> {
    let path = request.path.strip_prefix("/2018-06-01/runtime/")?;
    let Request {
        is_get,
        error_type,
        body,
        ..
    } = request;
    if path == "invocation/next" {
        return is_get.then_some(Call::Next);
    }
    if is_get {
        return None;
    }
    if path == "init/error" {
        return Some(Call::InitError { error_type, body });
    }
    let (request_id, outcome) = path.strip_prefix("invocation/")?.split_once('/')?;
    let request_id = request_id.to_owned();
    match outcome {
        "response" => Some(Call::Response { request_id, body }),
        "error" => Some(Call::Error {
            request_id,
            error_type,
            body,
        }),
        _ => None,
    }
}

/// An answer that is streamed; an error that is sent so is as whole as any other.
fn parse_begun(request: Request) -> Option<Call> {
    let content_type = request.content_type.clone();
    match parse_call(request)? {
        Call::Response { request_id, .. } => Some(Call::ResponseBegins {
            request_id,
            content_type,
        }),
        _ => None,
    }
}

fn write_event(out: &mut BytesMut, invocation: &Invocation, deadline_millis: i64) {
    out.reserve(invocation.payload.len() + 512);
    let mut header = |name: &str, value: &str| {
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(b": ");
        // A header cannot hold a line end; nothing that comes here should have one.
        out.extend(value.bytes().filter(|byte| *byte >= b' '));
        out.extend_from_slice(b"\r\n");
    };
    header("HTTP/1.1 200 OK\r\nContent-Type", "application/json");
    header("Lambda-Runtime-Aws-Request-Id", &invocation.request_id);
    header("Lambda-Runtime-Deadline-Ms", &deadline_millis.to_string());
    header(
        "Lambda-Runtime-Invoked-Function-Arn",
        &invocation.function_arn,
    );
    if let Some(trace_id) = &invocation.trace_id {
        header("Lambda-Runtime-Trace-Id", trace_id);
    }
    if let Some(context) = &invocation.client_context {
        header("Lambda-Runtime-Client-Context", context);
    }
    header("Content-Length", &invocation.payload.len().to_string());
    out.extend_from_slice(b"\r\n");
    out.extend_from_slice(&invocation.payload);
}

const ACCEPTED: &[u8] = b"HTTP/1.1 202 Accepted\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"OK\"}\n";
const NOT_FOUND: &[u8] = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 19\r\n\r\n404 page not found\n";
const TOO_LARGE: &[u8] = b"HTTP/1.1 413 Request Entity Too Large\r\nContent-Type: application/json\r\nContent-Length: 16\r\n\r\n{\"status\":\"NO\"}\n";
const READ_BYTES: usize = 8 * 1024;
/// Receipts up to this size may wait for the next event.
const HELD_BYTES: usize = 1024;
