//! The task that owns one socket: it reads, decodes, hands messages on, and writes.
//!
//! One task per connection and one write per wake-up. Buffers belong to the worker
//! thread, so that an idle connection owns none.

use std::cell::Cell;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::codec::{Close, Decoder, Event, Input, encode};
use super::outbound::Taken;
use super::registry::Registration;
use super::{Connection, NEVER, millis, sweep};
use crate::gateway::DataPlane;
use crate::message;
use crate::throttle::Bucket;

/// The state of one connection's socket.
#[derive(Debug)]
pub(crate) struct Session<S> {
    _registration: Registration,
    plane: Arc<DataPlane>,
    connection: Arc<Connection>,
    stream: S,
    decoder: Decoder,
    /// Bytes that wait for calls in flight to end; never more than one read.
    backlog: Vec<u8>,
    /// What the kernel did not take yet.
    unsent: Vec<u8>,
    /// Answers to pings, encoded.
    pongs: Vec<u8>,
    control_frames: Bucket,
    ending: Ending,
    write_deadline: u64,
    message_deadline: u64,
    close_deadline: u64,
}

/// How far the closing of a connection has come.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Ending {
    /// Messages come and go.
    NotYet,
    /// A close frame is in the output; the client has still to answer or to hang up.
    AwaitClient,
    /// Both sides have closed; only the output remains.
    Flush,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Session<S> {
    /// Takes over the socket of a connection whose handshake is done.
    pub(crate) fn new(registration: Registration, stream: S) -> Self {
        let plane = Arc::clone(&registration.plane);
        let connection = Arc::clone(&registration.connection);
        connection.outbound.open();
        if plane.is_draining() {
            // The drain has already asked all others.
            connection.outbound.close(sweep::going_away());
        }
        Self {
            _registration: registration,
            plane,
            connection,
            stream,
            decoder: Decoder::default(),
            backlog: Vec::new(),
            unsent: Vec::new(),
            pongs: Vec::new(),
            control_frames: Bucket::default(),
            ending: Ending::NotYet,
            write_deadline: NEVER,
            message_deadline: NEVER,
            close_deadline: NEVER,
        }
    }

    fn run(&mut self, cx: &mut Context<'_>, buffers: &mut Buffers) -> Poll<io::Result<()>> {
        if self.connection.outbound.attend(cx.waker()) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        loop {
            let is_flushed = self.write(cx, &mut buffers.output)?.is_ready();
            if is_flushed && self.ending != Ending::NotYet {
                // The client reads an end of stream right after the close frame.
                let is_shut = Pin::new(&mut self.stream).poll_shutdown(cx)?.is_ready();
                if is_shut && self.ending == Ending::Flush {
                    return Poll::Ready(Ok(()));
                }
            }
            ready!(self.read(cx, &mut buffers.input))?;
        }
    }

    /// Sends what is due; ready when the kernel has taken all of it.
    fn write(&mut self, cx: &mut Context<'_>, output: &mut Vec<u8>) -> Poll<io::Result<()>> {
        loop {
            while !self.unsent.is_empty() {
                let sent = match Pin::new(&mut self.stream).poll_write(cx, &self.unsent)? {
                    Poll::Ready(0) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                    Poll::Ready(sent) => sent,
                    Poll::Pending => return Poll::Pending,
                };
                self.unsent.drain(..sent);
                self.write_deadline = self.in_future(self.plane.limits.write_stall);
            }
            self.unsent = Vec::new();
            self.write_deadline = NEVER;
            output.clear();
            self.collect(output);
            if output.is_empty() {
                return Pin::new(&mut self.stream).poll_flush(cx);
            }
            let sent = match Pin::new(&mut self.stream).poll_write(cx, output)? {
                Poll::Ready(sent) => sent,
                Poll::Pending => 0,
            };
            if sent < output.len() {
                self.unsent = output[sent..].to_vec();
                self.write_deadline = self.in_future(self.plane.limits.write_stall);
            }
        }
    }

    /// Encodes what is queued, after the pongs.
    fn collect(&mut self, output: &mut Vec<u8>) {
        output.append(&mut self.pongs);
        self.pongs = Vec::new();
        if self.ending != Ending::NotYet {
            return;
        }
        if let Taken::Close(close) = self.connection.outbound.take(output, BATCH_BYTES) {
            encode::close(Some(&close), output);
            self.end(Ending::AwaitClient, close.code, &close.reason);
        }
    }

    /// Reads once and hands on what came; ready when there may be more.
    fn read(&mut self, cx: &mut Context<'_>, input: &mut [u8]) -> Poll<io::Result<()>> {
        if self.is_saturated() {
            return Poll::Pending;
        }
        if !self.backlog.is_empty() {
            let mut backlog = std::mem::take(&mut self.backlog);
            self.receive(&mut backlog);
            return Poll::Ready(Ok(()));
        }
        let mut buffer = ReadBuf::new(input);
        ready!(Pin::new(&mut self.stream).poll_read(cx, &mut buffer))?;
        let received = buffer.filled_mut();
        if received.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::UnexpectedEof.into()));
        }
        self.receive(received);
        Poll::Ready(Ok(()))
    }

    /// Whether so many calls are in flight that the socket is left alone: the
    /// client's own TCP then slows it down.
    fn is_saturated(&self) -> bool {
        self.ending == Ending::NotYet
            && self.connection.calls_in_flight() >= self.plane.limits.calls_in_flight
    }

    fn receive(&mut self, bytes: &mut [u8]) {
        let mut input = Input(bytes);
        loop {
            if self.is_saturated() {
                self.backlog.extend_from_slice(input.rest());
                break;
            }
            match self.decoder.decode(&mut input, &self.plane.limits.messages) {
                Ok(None) => break,
                Ok(Some(event)) => self.take_event(event),
                Err(failure) => self.fail(&failure.close()),
            }
        }
        match (self.decoder.is_within_message(), self.message_deadline) {
            (false, _) => self.message_deadline = NEVER,
            (true, NEVER) => {
                self.message_deadline = self.in_future(self.plane.limits.message_duration);
            }
            (true, _) => {}
        }
    }

    fn take_event(&mut self, event: Event<'_>) {
        match event {
            Event::Close(close) => self.client_closed(close),
            // After our own close frame messages come too late.
            _ if self.ending != Ending::NotYet => {}
            Event::Text(text) => {
                self.connection.touch(&self.plane);
                message::receive(&self.plane, &self.connection, &text);
            }
            Event::Ping(_) | Event::Pong if self.has_too_many_control_frames() => {
                self.fail(&Close::new(1008, "Too many control frames"));
            }
            Event::Ping(payload) => self.answer_ping(&payload),
            Event::Pong => {}
        }
    }

    /// Answers the client's close frame with the same code and reason.
    fn client_closed(&mut self, close: Option<Close>) {
        if self.ending != Ending::NotYet {
            self.ending = Ending::Flush;
            return;
        }
        encode::close(close.as_ref(), &mut self.unsent);
        match close {
            Some(close) => self.end(Ending::Flush, close.code, &close.reason),
            None => self.end(
                Ending::Flush,
                1005,
                "Client-side close frame status not set",
            ),
        }
    }

    /// Closes for something that the client did wrong.
    fn fail(&mut self, close: &Close) {
        if self.ending != Ending::NotYet {
            return;
        }
        encode::close(Some(close), &mut self.unsent);
        self.end(Ending::AwaitClient, close.code, &close.reason);
    }

    /// The connection counts as closed from here on; what remains is transport.
    /// It stays registered while that lasts, so that the sweep keeps its deadline.
    fn end(&mut self, ending: Ending, code: u16, reason: &str) {
        if self.ending != Ending::NotYet {
            return;
        }
        self.ending = ending;
        self.backlog = Vec::new();
        self.pongs = Vec::new();
        self.close_deadline = self.in_future(self.plane.limits.close_wait);
        self.connection.outbound.shut();
        message::disconnected(&self.plane, &self.connection, code, reason);
    }

    /// Every ping gets its pong, unless the client takes none of them: then only the
    /// newest, as RFC 6455 §5.5.3 allows.
    fn answer_ping(&mut self, payload: &[u8]) {
        if self.pongs.len() > PONGS_BYTES {
            self.pongs.clear();
        }
        encode::pong(payload, &mut self.pongs);
    }

    fn has_too_many_control_frames(&self) -> bool {
        let rate = self.plane.limits.control_frames;
        !self.control_frames.admit(self.plane.uptime(), rate)
    }

    fn in_future(&self, after: std::time::Duration) -> u64 {
        millis(self.plane.uptime() + after)
    }
}

impl<S: AsyncRead + AsyncWrite + Unpin> Future for Session<S> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let this = self.get_mut();
        let mut buffers = BUFFERS.take().unwrap_or_default();
        let polled = this.run(cx, &mut buffers);
        buffers.output.shrink_to(BATCH_BYTES);
        BUFFERS.set(Some(buffers));
        if polled.is_pending() {
            let deadline = this
                .write_deadline
                .min(this.message_deadline)
                .min(this.close_deadline);
            this.connection.deadline.store(deadline, Ordering::Relaxed);
            return Poll::Pending;
        }
        // Without a close frame of either side the connection was lost.
        this.end(Ending::Flush, 1006, "");
        Poll::Ready(())
    }
}

impl<S> Drop for Session<S> {
    fn drop(&mut self) {
        if self.ending == Ending::NotYet && std::thread::panicking() {
            message::disconnected(&self.plane, &self.connection, 1011, "Internal server error");
        }
    }
}

/// The buffers of one worker thread.
#[derive(Debug)]
struct Buffers {
    input: Box<[u8]>,
    output: Vec<u8>,
}

impl Default for Buffers {
    fn default() -> Self {
        Self {
            input: vec![0; READ_BYTES].into(),
            output: Vec::new(),
        }
    }
}

thread_local! {
    static BUFFERS: Cell<Option<Box<Buffers>>> = const { Cell::new(None) };
}

const READ_BYTES: usize = 256 * 1024;
/// A burst of the largest pongs.
const PONGS_BYTES: usize = 8 * 1024;
const BATCH_BYTES: usize = 256 * 1024;
