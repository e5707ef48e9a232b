//! A body that its service reads as it comes: one that stalls or trickles ends here.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use hyper::body::Incoming;
use landline_s3::BodyError;
use tokio::time::{Instant, Sleep, sleep};

use super::limits;

/// A body under the limits of time that collected bodies have.
pub(super) struct Paced {
    body: Incoming,
    pause: Pin<Box<Sleep>>,
    began: Option<Instant>,
    bytes: usize,
}

impl Paced {
    pub(super) fn new(body: Incoming) -> Self {
        Self {
            body,
            pause: Box::pin(sleep(limits::BODY_PAUSE_MAX)),
            began: None,
            bytes: 0,
        }
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        let began = *self.began.get_or_insert_with(Instant::now);
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.bytes += frame.data_ref().map_or(0, Bytes::len);
                if limits::is_too_slow(began.elapsed(), self.bytes) {
                    return Poll::Ready(Some(Err(BodyError::TooSlow)));
                }
                let until = Instant::now() + limits::BODY_PAUSE_MAX;
                self.pause.as_mut().reset(until);
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(Some(Err(_))) => Poll::Ready(Some(Err(BodyError::Broken))),
            Poll::Ready(None) => Poll::Ready(None),
            Poll::Pending => {
                let is_over = self.pause.as_mut().poll(context).is_ready();
                if is_over {
                    return Poll::Ready(Some(Err(BodyError::TooSlow)));
                }
                Poll::Pending
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
