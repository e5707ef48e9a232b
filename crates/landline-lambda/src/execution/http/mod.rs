//! Reads HTTP/1.1 requests of runtimes off a buffer, however they are cut.
//!
//! Written for the Runtime API alone: small heads, bodies up to an answer's limit, pipelining.
//! A body beyond the limit is counted and thrown away, so that the runtime can send it to its end
//! and be told.

use bytes::{Buf, Bytes, BytesMut};

use crate::quotas::MAX_PAYLOAD_BYTES;

/// One request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// Whether the method is `GET`; every other call of the Runtime API is a `POST`.
    pub(crate) is_get: bool,
    pub(crate) path: String,
    pub(crate) content_type: Option<String>,
    /// `Lambda-Runtime-Function-Error-Type`
    pub(crate) error_type: Option<String>,
    pub(crate) body: Body,
}

/// What a runtime tells of an error at the end of an answer that it has streamed.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Trailers {
    pub(crate) error_type: Option<String>,
    /// Base64.
    pub(crate) error_body: Option<String>,
}

/// A request's body.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Body {
    Whole(Bytes),
    /// It had this many bytes, too many to keep.
    TooLarge(u64),
}

/// What the bytes so far amount to.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// A whole request.
    Request(Request),
    /// The head of an answer that is streamed: its parts follow.
    Begins(Request),
    /// Some of a streamed answer.
    Part(Bytes),
    /// The end of a streamed answer.
    Ends(Trailers),
    /// The client waits for `100 Continue` before it sends the body.
    ExpectsContinue,
    /// More bytes are needed.
    Partial,
}

/// The bytes are not HTTP.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the runtime sent something that is not an HTTP request")]
pub(crate) struct Malformed;

/// Reads requests off the bytes in `buffer`.
#[derive(Debug, Default)]
pub(crate) struct RequestReader {
    /// Bytes received and not yet understood.
    pub(crate) buffer: BytesMut,
    state: State,
}

#[derive(Debug, Default)]
enum State {
    #[default]
    Head,
    /// A body of known length, kept.
    Sized { head: Request, length: usize },
    /// A body of known length, thrown away.
    Skipped {
        head: Request,
        length: u64,
        left: u64,
    },
    Chunked {
        head: Request,
        body: BytesMut,
        total: u64,
        part: Part,
    },
    /// A chunked body that is handed on as it comes.
    Streamed { trailers: Trailers, part: Part },
}

/// Where in a chunked body the reader stands.
#[derive(Debug, Clone, Copy)]
enum Part {
    Size,
    Data(u64),
    DataEnd,
    Trailers,
}

impl RequestReader {
    /// Takes the next request off the buffer, if it is whole.
    pub(crate) fn advance(&mut self) -> Result<Progress, Malformed> {
        if let State::Head = self.state {
            match read_head(&mut self.buffer)? {
                None => return Ok(Progress::Partial),
                Some(Begun::Streams(head)) => {
                    self.state = State::Streamed {
                        trailers: Trailers::default(),
                        part: Part::Size,
                    };
                    return Ok(Progress::Begins(head));
                }
                Some(Begun::Waits(state)) => {
                    self.state = state;
                    return Ok(Progress::ExpectsContinue);
                }
                Some(Begun::Goes(state)) => self.state = state,
            }
        }
        let request = match std::mem::take(&mut self.state) {
            State::Head => None,
            State::Sized { head, length } => self.read_sized(head, length),
            State::Skipped { head, length, left } => self.skip(head, length, left),
            State::Chunked {
                head,
                body,
                total,
                part,
            } => self.read_chunks(head, body, total, part)?,
            State::Streamed { trailers, part } => return self.read_streamed(trailers, part),
        };
        Ok(request.map_or(Progress::Partial, Progress::Request))
    }

    fn read_sized(&mut self, mut head: Request, length: usize) -> Option<Request> {
        if self.buffer.len() < length {
            self.buffer.reserve(length - self.buffer.len());
            self.state = State::Sized { head, length };
            return None;
        }
        head.body = Body::Whole(self.buffer.split_to(length).freeze());
        Some(head)
    }

    fn skip(&mut self, mut head: Request, length: u64, left: u64) -> Option<Request> {
        let here = left.min(as_u64(self.buffer.len()));
        self.buffer.advance(usize::try_from(here).unwrap_or(0));
        if here < left {
            self.state = State::Skipped {
                head,
                length,
                left: left - here,
            };
            return None;
        }
        head.body = Body::TooLarge(length);
        Some(head)
    }

    fn read_chunks(
        &mut self,
        mut head: Request,
        mut body: BytesMut,
        mut total: u64,
        mut part: Part,
    ) -> Result<Option<Request>, Malformed> {
        loop {
            part = match part {
                Part::Size => match take_line(&mut self.buffer)? {
                    None => break,
                    Some(line) => match chunk_size(&line)? {
                        0 => Part::Trailers,
                        size => Part::Data(size),
                    },
                },
                Part::Data(0) => Part::DataEnd,
                Part::Data(_) if self.buffer.is_empty() => break,
                Part::Data(left) => {
                    let here = left.min(as_u64(self.buffer.len()));
                    let data = self.buffer.split_to(usize::try_from(here).unwrap_or(0));
                    total += here;
                    if total <= as_u64(MAX_PAYLOAD_BYTES) {
                        body.extend_from_slice(&data);
                    }
                    Part::Data(left - here)
                }
                Part::DataEnd => match take_line(&mut self.buffer)? {
                    None => break,
                    Some(line) if line.is_empty() => Part::Size,
                    Some(_) => return Err(Malformed),
                },
                Part::Trailers => match take_line(&mut self.buffer)? {
                    None => break,
                    Some(line) if line.is_empty() => {
                        head.body = if total <= as_u64(MAX_PAYLOAD_BYTES) {
                            Body::Whole(body.freeze())
                        } else {
                            Body::TooLarge(total)
                        };
                        return Ok(Some(head));
                    }
                    Some(line) => {
                        take_error_trailer(&mut head, &line);
                        Part::Trailers
                    }
                },
            };
        }
        self.state = State::Chunked {
            head,
            body,
            total,
            part,
        };
        Ok(None)
    }

    fn read_streamed(
        &mut self,
        mut trailers: Trailers,
        mut part: Part,
    ) -> Result<Progress, Malformed> {
        loop {
            part = match part {
                Part::Size => match take_line(&mut self.buffer)? {
                    None => break,
                    Some(line) => match chunk_size(&line)? {
                        0 => Part::Trailers,
                        size => Part::Data(size),
                    },
                },
                Part::Data(0) => Part::DataEnd,
                Part::Data(_) if self.buffer.is_empty() => break,
                Part::Data(left) => {
                    let here = left.min(as_u64(self.buffer.len()));
                    let data = self.buffer.split_to(usize::try_from(here).unwrap_or(0));
                    let part = Part::Data(left - here);
                    self.state = State::Streamed { trailers, part };
                    return Ok(Progress::Part(data.freeze()));
                }
                Part::DataEnd => match take_line(&mut self.buffer)? {
                    None => break,
                    Some(line) if line.is_empty() => Part::Size,
                    Some(_) => return Err(Malformed),
                },
                Part::Trailers => match take_line(&mut self.buffer)? {
                    None => break,
                    Some(line) if line.is_empty() => return Ok(Progress::Ends(trailers)),
                    Some(line) => {
                        trailers.take(&line);
                        Part::Trailers
                    }
                },
            };
        }
        self.state = State::Streamed { trailers, part };
        Ok(Progress::Partial)
    }
}

impl Trailers {
    fn take(&mut self, line: &[u8]) {
        let line = String::from_utf8_lossy(line);
        let Some((name, value)) = line.split_once(':') else {
            return;
        };
        let value = value.trim().to_owned();
        if name.eq_ignore_ascii_case(ERROR_TYPE) {
            self.error_type = Some(value);
        } else if name.eq_ignore_ascii_case(ERROR_BODY) {
            self.error_body = Some(value);
        }
    }
}

/// What a head says of the body behind it.
enum Begun {
    /// It comes.
    Goes(State),
    /// It comes after a `100 Continue`.
    Waits(State),
    /// It is an answer that is streamed.
    Streams(Request),
}

/// The head of a request, if it is whole.
fn read_head(buffer: &mut BytesMut) -> Result<Option<Begun>, Malformed> {
    let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
    let mut parsed = httparse::Request::new(&mut headers);
    let head_length = match parsed.parse(buffer) {
        Ok(httparse::Status::Complete(length)) => length,
        Ok(httparse::Status::Partial) if buffer.len() <= MAX_HEAD_BYTES => return Ok(None),
        Ok(httparse::Status::Partial) | Err(_) => return Err(Malformed),
    };
    let mut head = Request {
        is_get: parsed.method == Some("GET"),
        path: parsed.path.unwrap_or_default().to_owned(),
        content_type: None,
        error_type: None,
        body: Body::Whole(Bytes::new()),
    };
    let (mut length, mut chunked) = (0, false);
    let (mut expects_continue, mut streams) = (false, false);
    for header in parsed.headers.iter() {
        let text = || String::from_utf8_lossy(header.value).trim().to_owned();
        if header.name.eq_ignore_ascii_case("content-length") {
            length = text().parse::<u64>().map_err(|_| Malformed)?;
        } else if header.name.eq_ignore_ascii_case("transfer-encoding") {
            chunked = text().eq_ignore_ascii_case("chunked");
        } else if header.name.eq_ignore_ascii_case("expect") {
            expects_continue = text().eq_ignore_ascii_case("100-continue");
        } else if header.name.eq_ignore_ascii_case(ERROR_TYPE) {
            head.error_type = Some(text());
        } else if header.name.eq_ignore_ascii_case("content-type") {
            head.content_type = Some(text());
        } else if header.name.eq_ignore_ascii_case(RESPONSE_MODE) {
            streams = text().eq_ignore_ascii_case("streaming");
        }
    }
    buffer.advance(head_length);
    if chunked && streams && !expects_continue && head.path.ends_with("/response") {
        return Ok(Some(Begun::Streams(head)));
    }
    let state = match usize::try_from(length) {
        _ if chunked => State::Chunked {
            head,
            body: BytesMut::new(),
            total: 0,
            part: Part::Size,
        },
        Ok(length) if length <= MAX_PAYLOAD_BYTES => State::Sized { head, length },
        _ => State::Skipped {
            head,
            length,
            left: length,
        },
    };
    Ok(Some(if expects_continue {
        Begun::Waits(state)
    } else {
        Begun::Goes(state)
    }))
}

/// A runtime that streams its answer tells a late error in a trailer.
fn take_error_trailer(head: &mut Request, line: &[u8]) {
    let line = String::from_utf8_lossy(line);
    if let Some((name, value)) = line.split_once(':')
        && name.eq_ignore_ascii_case(ERROR_TYPE)
    {
        head.error_type = Some(value.trim().to_owned());
    }
}

fn take_line(buffer: &mut BytesMut) -> Result<Option<BytesMut>, Malformed> {
    let Some(end) = memchr::memchr(b'\n', buffer) else {
        return if buffer.len() > MAX_HEAD_BYTES {
            Err(Malformed)
        } else {
            Ok(None)
        };
    };
    let mut line = buffer.split_to(end + 1);
    line.truncate(end);
    if line.last() == Some(&b'\r') {
        line.truncate(end - 1);
    }
    Ok(Some(line))
}

fn chunk_size(line: &[u8]) -> Result<u64, Malformed> {
    let digits = line.split(|&byte| byte == b';').next().unwrap_or_default();
    let digits = std::str::from_utf8(digits).map_err(|_| Malformed)?;
    u64::from_str_radix(digits.trim(), 16).map_err(|_| Malformed)
}

fn as_u64(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

const ERROR_TYPE: &str = "lambda-runtime-function-error-type";
const ERROR_BODY: &str = "lambda-runtime-function-error-body";
const RESPONSE_MODE: &str = "lambda-runtime-function-response-mode";
const MAX_HEADERS: usize = 64;
const MAX_HEAD_BYTES: usize = 64 * 1024;

#[cfg(test)]
mod tests;
