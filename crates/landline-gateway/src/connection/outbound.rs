//! What waits to be sent to one client.
//!
//! The queue lies in the connection itself, bounded in messages and in bytes: a
//! channel per connection would cost more memory than all the rest of it.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use parking_lot::Mutex;

use super::codec::{Close, encode};
use crate::quotas::Limits;

/// The way from everybody to the session that owns the socket.
#[derive(Debug, Default)]
pub(crate) struct Outbound(Mutex<Queue>);

#[derive(Debug, Default)]
struct Queue {
    phase: Phase,
    messages: VecDeque<Bytes>,
    bytes: usize,
    /// Asked for by the server; it follows the messages before it.
    close: Option<Close>,
    is_aborted: bool,
    session: Option<Waker>,
    /// Senders that wait for room or for the end of the handshake.
    senders: Vec<Waker>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Phase {
    #[default]
    Connecting,
    Open,
    Closed,
}

/// Why a message was not queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SendFailure {
    /// The connection is closed, or its handshake is not done.
    Gone,
    /// The client takes its messages too slowly.
    Full,
}

/// What the session takes from the queue.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// Messages were encoded, or there were none.
    Messages,
    /// After the encoded messages the connection is to be closed.
    Close(Close),
}

enum Attempt {
    Queued,
    Connecting,
    Full,
    Gone,
}

impl Outbound {
    /// Queues a message, waiting a little for a handshake in flight and for room.
    pub(crate) async fn send(&self, message: Bytes, limits: &Limits) -> Result<(), SendFailure> {
        match self.attempt(&message, limits, None) {
            Attempt::Queued => return Ok(()),
            Attempt::Gone => return Err(SendFailure::Gone),
            Attempt::Connecting => {
                let opened = poll_fn(|cx| self.poll_opened(cx));
                tokio::time::timeout(limits.handshake_wait, opened)
                    .await
                    .map_err(|_| SendFailure::Gone)?;
            }
            Attempt::Full => {}
        }
        let queued = poll_fn(|cx| match self.attempt(&message, limits, Some(cx)) {
            Attempt::Queued => Poll::Ready(Ok(())),
            Attempt::Gone => Poll::Ready(Err(SendFailure::Gone)),
            Attempt::Connecting | Attempt::Full => Poll::Pending,
        });
        tokio::time::timeout(limits.queue_wait, queued)
            .await
            .unwrap_or(Err(SendFailure::Full))
    }

    /// Queues a message if there is room at once.
    pub(crate) fn try_send(&self, message: &Bytes, limits: &Limits) -> Result<(), SendFailure> {
        match self.attempt(message, limits, None) {
            Attempt::Queued => Ok(()),
            Attempt::Full => Err(SendFailure::Full),
            Attempt::Connecting | Attempt::Gone => Err(SendFailure::Gone),
        }
    }

    fn attempt(&self, message: &Bytes, limits: &Limits, cx: Option<&mut Context<'_>>) -> Attempt {
        let mut queue = self.0.lock();
        let attempt = match queue.phase {
            Phase::Closed => Attempt::Gone,
            Phase::Connecting => Attempt::Connecting,
            Phase::Open if queue.close.is_some() => Attempt::Gone,
            Phase::Open => {
                let has_room = queue.messages.len() < limits.queued_messages
                    && queue.bytes + message.len() <= limits.queued_bytes;
                if has_room {
                    queue.bytes += message.len();
                    queue.messages.push_back(message.clone());
                    queue.wake_session();
                    Attempt::Queued
                } else {
                    Attempt::Full
                }
            }
        };
        if let (Attempt::Full | Attempt::Connecting, Some(cx)) = (&attempt, cx) {
            queue.await_change(cx);
        }
        attempt
    }

    fn poll_opened(&self, cx: &mut Context<'_>) -> Poll<()> {
        let mut queue = self.0.lock();
        if queue.phase != Phase::Connecting {
            return Poll::Ready(());
        }
        queue.await_change(cx);
        Poll::Pending
    }

    /// The handshake is done: messages may be queued.
    pub(crate) fn open(&self) {
        let mut queue = self.0.lock();
        if queue.phase == Phase::Connecting {
            queue.phase = Phase::Open;
        }
        queue.wake_senders();
    }

    /// Nothing is taken any more, and what waits is dropped.
    pub(crate) fn shut(&self) {
        let mut queue = self.0.lock();
        queue.phase = Phase::Closed;
        queue.messages = VecDeque::new();
        queue.bytes = 0;
        queue.wake_senders();
    }

    /// Asks the session to close after what is queued; false when it is closed already.
    pub(crate) fn close(&self, close: Close) -> bool {
        let mut queue = self.0.lock();
        if queue.phase != Phase::Open || queue.close.is_some() {
            return false;
        }
        queue.close = Some(close);
        queue.wake_session();
        queue.wake_senders();
        true
    }

    /// Ends the session at once, without any further frame.
    pub(crate) fn abort(&self) {
        let mut queue = self.0.lock();
        queue.is_aborted = true;
        queue.wake_session();
    }

    pub(crate) fn is_open(&self) -> bool {
        let queue = self.0.lock();
        queue.phase == Phase::Open && queue.close.is_none()
    }

    pub(crate) fn wake_session(&self) {
        self.0.lock().wake_session();
    }

    /// Lets the session be woken by `waker`; whether it is to end at once.
    pub(crate) fn attend(&self, waker: &Waker) -> bool {
        let mut queue = self.0.lock();
        match &queue.session {
            Some(known) if known.will_wake(waker) => {}
            _ => queue.session = Some(waker.clone()),
        }
        queue.is_aborted
    }

    /// Encodes what is queued, up to about `batch` bytes.
    pub(crate) fn take(&self, output: &mut Vec<u8>, batch: usize) -> Taken {
        let mut queue = self.0.lock();
        while output.len() < batch {
            let Some(message) = queue.messages.pop_front() else {
                break;
            };
            queue.bytes -= message.len();
            encode::text(&message, output);
        }
        if !output.is_empty() {
            queue.wake_senders();
        }
        if !queue.messages.is_empty() {
            return Taken::Messages;
        }
        // An idle connection keeps no buffer for a queue that is empty.
        queue.messages = VecDeque::new();
        let Some(close) = queue.close.take() else {
            return Taken::Messages;
        };
        // Closed from here on: what came in before the session says so would be lost.
        queue.phase = Phase::Closed;
        queue.wake_senders();
        Taken::Close(close)
    }
}

impl Queue {
    fn wake_session(&self) {
        if let Some(waker) = &self.session {
            waker.wake_by_ref();
        }
    }

    fn wake_senders(&mut self) {
        for sender in std::mem::take(&mut self.senders) {
            sender.wake();
        }
    }

    fn await_change(&mut self, cx: &Context<'_>) {
        let waker = cx.waker();
        if !self.senders.iter().any(|known| known.will_wake(waker)) {
            self.senders.push(waker.clone());
        }
    }
}
