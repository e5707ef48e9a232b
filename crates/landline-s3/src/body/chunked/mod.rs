//! `aws-chunked`: the framing in which SDKs send a body whose checksum follows it.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html>

use std::fmt::Write as _;

use bytes::{Buf as _, Bytes, BytesMut};
use landline_wire::ServiceError;
use landline_wire::sigv4::ChunkSignatures;
use sha2::{Digest as _, Sha256};

/// Takes the framing off, and holds the chunks against their signatures where they have some.
#[derive(Debug)]
pub(super) struct ChunkDecoder {
    buffer: BytesMut,
    state: State,
    signatures: Option<ChunkSignatures>,
    /// Of the chunk that is passing.
    hash: Sha256,
    signature: String,
    trailer: Vec<(String, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Size,
    Data(u64),
    EndOfData,
    Trailer,
    Done,
}

/// What came of the bytes so far.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    Data(Bytes),
    /// Nothing, until more has come.
    More,
    Done,
}

impl ChunkDecoder {
    pub(super) fn new(signatures: Option<ChunkSignatures>) -> Self {
        Self {
            buffer: BytesMut::new(),
            state: State::Size,
            signatures,
            hash: Sha256::new(),
            signature: String::new(),
            trailer: Vec::new(),
        }
    }

    pub(super) fn feed(&mut self, bytes: &Bytes) {
        self.buffer.extend_from_slice(bytes);
    }

    /// The header fields that followed the body.
    pub(super) fn into_trailer(self) -> Vec<(String, String)> {
        self.trailer
    }

    pub(super) fn step(&mut self) -> Result<Step, ServiceError> {
        loop {
            match self.state {
                State::Size => {
                    let Some(line) = self.line()? else {
                        return Ok(Step::More);
                    };
                    self.begin_chunk(&line)?;
                }
                State::Data(left) => {
                    if self.buffer.is_empty() {
                        return Ok(Step::More);
                    }
                    let length = usize::try_from(left).unwrap_or(usize::MAX);
                    let data = self.buffer.split_to(length.min(self.buffer.len())).freeze();
                    if self.signatures.is_some() {
                        self.hash.update(&data);
                    }
                    let left = left - data.len() as u64;
                    self.state = if left == 0 {
                        State::EndOfData
                    } else {
                        State::Data(left)
                    };
                    return Ok(Step::Data(data));
                }
                State::EndOfData => {
                    if self.buffer.len() < 2 {
                        return Ok(Step::More);
                    }
                    if !self.buffer.starts_with(b"\r\n") {
                        return Err(malformed());
                    }
                    self.buffer.advance(2);
                    self.check_chunk()?;
                    self.state = State::Size;
                }
                State::Trailer => {
                    let Some(line) = self.line()? else {
                        return Ok(Step::More);
                    };
                    self.take_trailer(&line)?;
                }
                State::Done => return Ok(Step::Done),
            }
        }
    }

    /// `400;chunk-signature=…`
    fn begin_chunk(&mut self, line: &str) -> Result<(), ServiceError> {
        let (size, extension) = line.split_once(';').unwrap_or((line, ""));
        let size = u64::from_str_radix(size.trim(), 16).map_err(|_| malformed())?;
        let signature = extension.trim().strip_prefix("chunk-signature=");
        signature
            .unwrap_or_default()
            .clone_into(&mut self.signature);
        if size > 0 {
            self.state = State::Data(size);
            return Ok(());
        }
        self.check_chunk()?;
        self.state = State::Trailer;
        Ok(())
    }

    fn check_chunk(&mut self) -> Result<(), ServiceError> {
        let hash = std::mem::take(&mut self.hash);
        let Some(signatures) = &mut self.signatures else {
            return Ok(());
        };
        if signatures.takes_chunk(hash, &self.signature) {
            return Ok(());
        }
        Err(unsigned())
    }

    /// A field after the body, or the empty line that ends it all.
    fn take_trailer(&mut self, line: &str) -> Result<(), ServiceError> {
        if line.is_empty() {
            self.state = State::Done;
            return Ok(());
        }
        let (name, value) = line.split_once(':').ok_or_else(malformed)?;
        let (name, value) = (name.trim().to_ascii_lowercase(), value.trim());
        if name == "x-amz-trailer-signature" {
            let mut fields = String::new();
            for (name, value) in &self.trailer {
                let _ = writeln!(fields, "{name}:{value}");
            }
            let Some(signatures) = &mut self.signatures else {
                return Ok(());
            };
            if signatures.takes_trailer(&fields, value) {
                return Ok(());
            }
            return Err(unsigned());
        }
        if self.trailer.len() >= TRAILER_FIELDS_MAX {
            return Err(malformed());
        }
        self.trailer.push((name, value.to_owned()));
        Ok(())
    }

    /// The next line, when it is whole.
    fn line(&mut self) -> Result<Option<String>, ServiceError> {
        let Some(end) = self.buffer.iter().position(|byte| *byte == b'\n') else {
            return match self.buffer.len() {
                0..LINE_BYTES_MAX => Ok(None),
                _ => Err(malformed()),
            };
        };
        let line = self.buffer.split_to(end + 1);
        let line = line.trim_ascii_end();
        let text = std::str::from_utf8(line).map_err(|_| malformed())?;
        Ok(Some(text.to_owned()))
    }
}

fn malformed() -> ServiceError {
    ServiceError::new(
        "InvalidRequest",
        400,
        "The body is not in aws-chunked form.",
    )
}

fn unsigned() -> ServiceError {
    let text = "The request signature we calculated does not match the signature you provided. Check your key and signing method.";
    ServiceError::new("SignatureDoesNotMatch", 403, text)
}

const LINE_BYTES_MAX: usize = 4096;
const TRAILER_FIELDS_MAX: usize = 16;

#[cfg(test)]
mod tests;
