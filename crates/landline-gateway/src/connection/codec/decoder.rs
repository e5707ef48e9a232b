//! Bytes from a client, in whatever pieces they come, to messages and control frames.
//!
//! A frame that lies whole in the input is unmasked in place and handed out without
//! a copy. Only what is incomplete is kept, so that an idle decoder owns no memory.

use std::borrow::Cow;

use super::header::{Before, HEADER_BYTES, Header};
use super::mask::unmask;
use super::{Close, Failure, Opcode};
use crate::quotas::MessageLimits;

/// What a client sent.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Event<'b> {
    /// A whole message.
    Text(Cow<'b, str>),
    /// A ping, to be answered with the same payload.
    Ping(Cow<'b, [u8]>),
    /// A pong, which nobody asked for.
    Pong,
    /// The client's close frame; nothing follows it.
    Close(Option<Close>),
}

/// Bytes from a client, of which the front is taken.
#[derive(Debug)]
pub(crate) struct Input<'b>(pub(crate) &'b mut [u8]);

impl<'b> Input<'b> {
    /// What nobody has taken yet.
    pub(crate) fn rest(&self) -> &[u8] {
        self.0
    }

    fn take_front(&mut self, count: usize) -> &'b mut [u8] {
        let (front, rest) = std::mem::take(&mut self.0).split_at_mut(count);
        self.0 = rest;
        front
    }
}

/// The state of one connection between two reads.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    partial: Option<Box<Partial>>,
    has_ended: bool,
}

/// What has come of a frame or a message that is not complete.
#[derive(Debug, Default)]
struct Partial {
    header_bytes: [u8; HEADER_BYTES],
    header_len: usize,
    frame: Option<Header>,
    /// How much of the frame's payload has come.
    received: usize,
    control: Vec<u8>,
    message: Option<Message>,
}

/// A message of which parts have come.
#[derive(Debug, Default)]
struct Message {
    bytes: Vec<u8>,
    /// How much of it is known to be UTF-8; a character may be cut by a frame's end.
    checked: usize,
    fragments: usize,
}

impl Decoder {
    /// Takes bytes from the front of `input` until they make an event.
    /// `None` means that `input` is used up. A decoder knows no limits of its own,
    /// because those of all connections are the same.
    ///
    /// After an error and after [`Event::Close`] whatever else comes is dropped.
    ///
    /// # Errors
    ///
    /// What the client did wrong; the connection is to be closed for it.
    pub(crate) fn decode<'b>(
        &mut self,
        input: &mut Input<'b>,
        limits: &MessageLimits,
    ) -> Result<Option<Event<'b>>, Failure> {
        if self.has_ended {
            input.0 = &mut [];
            return Ok(None);
        }
        let event = self.next_event(input, limits);
        if matches!(event, Err(_) | Ok(Some(Event::Close(_)))) {
            self.has_ended = true;
            self.partial = None;
        }
        event
    }

    /// Whether a message has begun and not ended.
    pub(crate) fn is_within_message(&self) -> bool {
        self.partial.is_some()
    }

    fn next_event<'b>(
        &mut self,
        input: &mut Input<'b>,
        limits: &MessageLimits,
    ) -> Result<Option<Event<'b>>, Failure> {
        if self.partial.is_none() {
            if input.rest().is_empty() {
                return Ok(None);
            }
            if let Some(event) = whole_frame(input, limits)? {
                return Ok(Some(event));
            }
        }
        while !input.rest().is_empty() {
            let partial = self.partial.get_or_insert_default();
            let Some(frame) = partial.header(input, limits)? else {
                break;
            };
            if !partial.payload(frame, input)? {
                break;
            }
            let event = partial.end_frame(frame)?;
            if partial.message.is_none() {
                self.partial = None;
            }
            if event.is_some() {
                return Ok(event);
            }
        }
        Ok(None)
    }
}

impl Partial {
    fn before(&self) -> Before {
        self.message
            .as_ref()
            .map_or_else(Before::default, |message| Before {
                message_bytes: Some(message.bytes.len()),
                fragments: message.fragments,
            })
    }

    /// The header of the frame under way, once all of it has come.
    fn header(
        &mut self,
        input: &mut Input<'_>,
        limits: &MessageLimits,
    ) -> Result<Option<Header>, Failure> {
        if let Some(frame) = self.frame {
            return Ok(Some(frame));
        }
        let had = self.header_len;
        let taken = input.rest().len().min(HEADER_BYTES - had);
        self.header_bytes[had..had + taken].copy_from_slice(&input.rest()[..taken]);
        let parsed = Header::parse(&self.header_bytes[..had + taken], self.before(), limits)?;
        let Some((frame, header_len)) = parsed else {
            self.header_len = had + taken;
            input.take_front(taken);
            return Ok(None);
        };
        // More may have been copied than the header needs; `had` bytes came earlier.
        input.take_front(header_len - had);
        self.header_len = 0;
        self.received = 0;
        self.frame = Some(frame);
        if !frame.opcode.is_control() {
            self.message.get_or_insert_default().fragments += 1;
        }
        Ok(Some(frame))
    }

    /// Takes what has come of the payload; whether it is complete.
    fn payload(&mut self, frame: Header, input: &mut Input<'_>) -> Result<bool, Failure> {
        let taken = input.rest().len().min(frame.length - self.received);
        let piece = input.take_front(taken);
        unmask(piece, frame.mask, self.received);
        self.received += taken;
        if frame.opcode.is_control() {
            self.control.extend_from_slice(piece);
        } else {
            self.message.get_or_insert_default().append(piece)?;
        }
        Ok(self.received == frame.length)
    }

    /// Ends a frame whose payload is complete.
    fn end_frame(&mut self, frame: Header) -> Result<Option<Event<'static>>, Failure> {
        self.frame = None;
        if frame.opcode.is_control() {
            let payload = std::mem::take(&mut self.control);
            return control_event(frame.opcode, Cow::Owned(payload)).map(Some);
        }
        if !frame.is_final {
            return Ok(None);
        }
        let bytes = self.message.take().unwrap_or_default().bytes;
        let text = String::from_utf8(bytes).map_err(|_| Failure::NotUtf8)?;
        Ok(Some(Event::Text(Cow::Owned(text))))
    }
}

impl Message {
    /// Adds a piece and fails as soon as the text cannot become UTF-8 any more.
    fn append(&mut self, piece: &[u8]) -> Result<(), Failure> {
        self.bytes.extend_from_slice(piece);
        match simdutf8::compat::from_utf8(&self.bytes[self.checked..]) {
            Ok(_) => self.checked = self.bytes.len(),
            Err(error) if error.error_len().is_none() => self.checked += error.valid_up_to(),
            Err(_) => return Err(Failure::NotUtf8),
        }
        Ok(())
    }
}

/// Takes an unfragmented frame that lies whole at the front of `input`.
fn whole_frame<'b>(
    input: &mut Input<'b>,
    limits: &MessageLimits,
) -> Result<Option<Event<'b>>, Failure> {
    let Some((header, header_len)) = Header::parse(input.rest(), Before::default(), limits)? else {
        return Ok(None);
    };
    let frame_len = header_len.saturating_add(header.length);
    if !header.is_final || input.rest().len() < frame_len {
        return Ok(None);
    }
    let payload = &mut input.take_front(frame_len)[header_len..];
    unmask(payload, header.mask, 0);
    let payload: &'b [u8] = payload;
    if header.opcode.is_control() {
        return control_event(header.opcode, Cow::Borrowed(payload)).map(Some);
    }
    let text = simdutf8::basic::from_utf8(payload).map_err(|_| Failure::NotUtf8)?;
    Ok(Some(Event::Text(Cow::Borrowed(text))))
}

fn control_event(opcode: Opcode, payload: Cow<'_, [u8]>) -> Result<Event<'_>, Failure> {
    match opcode {
        Opcode::Close => Close::parse(&payload).map(Event::Close),
        Opcode::Ping => Ok(Event::Ping(payload)),
        _ => Ok(Event::Pong),
    }
}
