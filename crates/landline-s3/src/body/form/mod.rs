//! Forms of browsers, `multipart/form-data`: the fields before the file in memory, the file
//! as a stream. What follows the file is ignored, as S3 ignores it.
//! <https://www.rfc-editor.org/rfc/rfc7578>

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Body, Frame};
use http_body_util::BodyExt as _;
use landline_wire::ServiceError;
use memchr::memmem;

use super::receive::{incomplete, timed_out};
use super::{BodyError, RequestBody};
use crate::error::{malformed_form, too_many_fields};
use crate::quotas::{FORM_BYTES_MAX, FORM_REST_BYTES_MAX};

/// A form, as far as it has been read.
pub(crate) struct Form {
    /// Names and values, in their order.
    pub(crate) fields: Vec<(String, String)>,
    /// The file, unless the form has none.
    pub(crate) file: Option<FormFile>,
}

/// The file of a form.
pub(crate) struct FormFile {
    /// Its name where it comes from; may be empty.
    pub(crate) name: String,
    /// Its bytes, still to come.
    pub(crate) body: RequestBody,
}

/// The boundary in a `Content-Type` of `multipart/form-data`; `None` for all others.
pub(crate) fn boundary(content_type: &str) -> Option<String> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    let is_usable = !boundary.is_empty() && boundary.len() <= BOUNDARY_BYTES_MAX;
    is_usable.then_some(boundary)
}

/// Reads a form up to its file.
pub(crate) async fn read(body: RequestBody, boundary: &str) -> Result<Form, ServiceError> {
    let mut reader = Reader {
        body,
        // So that the first boundary, which nothing goes before, looks as all the others.
        buffer: BytesMut::from(&b"\r\n"[..]),
        delimiter: format!("\r\n--{boundary}").into_bytes(),
        taken: 0,
    };
    let delimiter = reader.delimiter.clone();
    let mut fields = Vec::new();
    reader.take_until(&delimiter).await?;
    loop {
        let line = reader.take_until(b"\r\n").await?;
        let mark = std::str::from_utf8(&line).map_err(|_| malformed_form())?;
        match mark.trim_end_matches([' ', '\t']) {
            "" => {}
            "--" => return Ok(Form { fields, file: None }),
            _ => return Err(malformed_form()),
        }
        let head = reader.take_head().await?;
        let (name, file_name) = disposition(&head).ok_or_else(malformed_form)?;
        if name.eq_ignore_ascii_case("file") {
            let file = FormFile {
                name: file_name.unwrap_or_default(),
                body: reader.into_file(),
            };
            return Ok(Form {
                fields,
                file: Some(file),
            });
        }
        let value = reader.take_until(&delimiter).await?;
        let value = String::from_utf8(value.to_vec()).map_err(|_| malformed_form())?;
        fields.push((name, value));
    }
}

/// What comes before the file.
struct Reader {
    body: RequestBody,
    buffer: BytesMut,
    delimiter: Vec<u8>,
    taken: usize,
}

impl Reader {
    /// What stands before `mark`; the mark is taken, too.
    async fn take_until(&mut self, mark: &[u8]) -> Result<BytesMut, ServiceError> {
        let mut searched = 0;
        loop {
            if let Some(at) = memmem::find(&self.buffer[searched..], mark) {
                let taken = self.buffer.split_to(searched + at);
                let _ = self.buffer.split_to(mark.len());
                self.taken += taken.len() + mark.len();
                if self.taken > FORM_BYTES_MAX {
                    return Err(too_many_fields());
                }
                return Ok(taken);
            }
            if self.taken + self.buffer.len() > FORM_BYTES_MAX {
                return Err(too_many_fields());
            }
            searched = self.buffer.len().saturating_sub(mark.len() - 1);
            self.more().await?;
        }
    }

    /// The header fields of a part, each ended by a line feed.
    async fn take_head(&mut self) -> Result<String, ServiceError> {
        let mut head = String::new();
        loop {
            let line = self.take_until(b"\r\n").await?;
            if line.is_empty() {
                return Ok(head);
            }
            head.push_str(std::str::from_utf8(&line).map_err(|_| malformed_form())?);
            head.push('\n');
        }
    }

    async fn more(&mut self) -> Result<(), ServiceError> {
        match self.body.frame().await {
            Some(Ok(frame)) => {
                if let Ok(data) = frame.into_data() {
                    self.buffer.extend_from_slice(&data);
                }
                Ok(())
            }
            Some(Err(BodyError::TooSlow)) => Err(timed_out()),
            Some(Err(BodyError::Broken)) => Err(incomplete()),
            None | Some(Err(BodyError::Unfinished)) => Err(malformed_form()),
        }
    }

    fn into_file(self) -> RequestBody {
        // A file of no bytes has its boundary right behind the head's empty line.
        let mut buffer = BytesMut::from(&b"\r\n"[..]);
        buffer.extend_from_slice(&self.buffer);
        FileBody {
            body: self.body,
            buffer,
            delimiter: self.delimiter,
            place: Place::Start,
        }
        .boxed_unsync()
    }
}

/// The bytes of the file, up to the next boundary.
struct FileBody {
    body: RequestBody,
    buffer: BytesMut,
    delimiter: Vec<u8>,
    place: Place,
}

#[derive(Debug, Clone, Copy)]
enum Place {
    /// The buffer begins with a line's end that is not the file's.
    Start,
    Inside,
    /// Behind the file, and so many bytes of the rest are read.
    Behind(usize),
}

impl FileBody {
    /// What of the buffer is certainly the file's; `None` where more has to come.
    fn step(&mut self) -> Option<Bytes> {
        let found = memmem::find(&self.buffer, &self.delimiter);
        if let Place::Start = self.place {
            if found.is_none() && self.buffer.len() < self.delimiter.len() {
                return None;
            }
            if found != Some(0) {
                let _ = self.buffer.split_to(2);
            }
            self.place = Place::Inside;
            return Some(Bytes::new());
        }
        if let Some(at) = found {
            self.place = Place::Behind(0);
            return Some(self.buffer.split_to(at).freeze());
        }
        let sure = (self.buffer.len() + 1).saturating_sub(self.delimiter.len());
        (sure > 0).then(|| self.buffer.split_to(sure).freeze())
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = BodyError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BodyError>>> {
        loop {
            let read = match self.place {
                // The client is heard out, so that it hears the answer.
                Place::Behind(read) if read > FORM_REST_BYTES_MAX => return Poll::Ready(None),
                Place::Behind(read) => Some(read),
                Place::Start | Place::Inside => match self.step() {
                    Some(piece) if piece.is_empty() => continue,
                    Some(piece) => return Poll::Ready(Some(Ok(Frame::data(piece)))),
                    None => None,
                },
            };
            let frame = ready!(Pin::new(&mut self.body).poll_frame(context));
            match (read, frame) {
                (None, None) => return Poll::Ready(Some(Err(BodyError::Unfinished))),
                (None, Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                (None, Some(Ok(frame))) => {
                    if let Ok(data) = frame.into_data() {
                        self.buffer.extend_from_slice(&data);
                    }
                }
                (Some(_), None | Some(Err(_))) => return Poll::Ready(None),
                (Some(read), Some(Ok(frame))) => {
                    let bytes = frame.data_ref().map_or(0, Bytes::len);
                    self.place = Place::Behind(read + bytes);
                }
            }
        }
    }
}

/// The names of the field and of the file in a part's `Content-Disposition`.
fn disposition(head: &str) -> Option<(String, Option<String>)> {
    let value = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let is_it = name.trim().eq_ignore_ascii_case("content-disposition");
        is_it.then_some(value)
    })?;
    let (kind, parameters) = value.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("form-data") {
        return None;
    }
    let name = parameter(parameters, "name")?;
    Some((name, parameter(parameters, "filename")))
}

/// A parameter of a header field, in quotes or without. Browsers leave backslashes as they
/// are, but for those before a quote.
fn parameter(text: &str, wanted: &str) -> Option<String> {
    let mut rest = text;
    loop {
        let (name, after) = rest.split_once('=')?;
        let name = name.trim_matches([' ', '\t', ';']);
        let after = after.trim_start();
        let (value, behind) = if let Some(quoted) = after.strip_prefix('"') {
            unquote(quoted)?
        } else {
            let end = after.find(';').unwrap_or(after.len());
            (after[..end].trim().to_owned(), &after[end..])
        };
        if name.eq_ignore_ascii_case(wanted) {
            return Some(value);
        }
        rest = behind;
    }
}

/// A quoted text whose first quote is taken, and what follows it.
fn unquote(text: &str) -> Option<(String, &str)> {
    let mut value = String::new();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, &text[at + 1..])),
            '\\' if characters.peek().is_some_and(|(_, next)| *next == '"') => {
                characters.next();
                value.push('"');
            }
            other => value.push(other),
        }
    }
    None
}

/// RFC 2046 has 70; clients are not held to it.
const BOUNDARY_BYTES_MAX: usize = 200;

#[cfg(test)]
mod tests;
