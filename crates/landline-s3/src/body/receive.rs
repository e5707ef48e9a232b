//! Receiving a body: its framing taken off, its digests computed on the way, and held
//! against all that the client said of it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;
use http_body_util::BodyExt as _;
use landline_wire::ServiceError;
use landline_wire::hex;
use md5::{Digest as _, Md5};
use sha2::Sha256;

use super::checksum::{ALL, Algorithm, Hasher};
use super::chunked::{ChunkDecoder, Step};
use super::{BodyError, Payload, RequestBody};
use crate::error::{bad_digest, disk, invalid_request, malformed_form, too_large};
use crate::files::{FileId, Files, Pending};

/// What a client says of a body.
#[derive(Debug, Default)]
pub(crate) struct Expected {
    length: Option<u64>,
    md5: Option<Vec<u8>>,
    sha256: Option<String>,
    /// The algorithm that the client names, and the value, unless a trailer brings it.
    checksum: Option<(Algorithm, Option<String>)>,
}

impl Expected {
    pub(crate) fn of(headers: &HeaderMap, payload: &Payload) -> Result<Self, ServiceError> {
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        let length = match payload {
            Payload::Chunked(_) => text("x-amz-decoded-content-length"),
            _ => text(CONTENT_LENGTH.as_str()),
        };
        let md5 = text("content-md5").map(|value| {
            let bytes = STANDARD.decode(value).ok().filter(|it| it.len() == 16);
            bytes.ok_or_else(|| {
                let text = "The Content-MD5 you specified was invalid.";
                ServiceError::new("InvalidDigest", 400, text)
            })
        });
        Ok(Self {
            length: length.and_then(|length| length.parse().ok()),
            md5: md5.transpose()?,
            sha256: match payload {
                Payload::Sha256(hash) => Some(hash.clone()),
                _ => None,
            },
            checksum: checksum(headers)?,
        })
    }

    /// The algorithm that the client names.
    pub(crate) fn algorithm(&self) -> Option<Algorithm> {
        self.checksum.as_ref().map(|(algorithm, _)| *algorithm)
    }
}

fn checksum(headers: &HeaderMap) -> Result<Option<(Algorithm, Option<String>)>, ServiceError> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let mut given = ALL
        .into_iter()
        .filter_map(|it| Some((it, Some(text(it.header())?.to_owned()))));
    if let Some(first) = given.next() {
        if given.next().is_some() {
            return Err(invalid_request(
                "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.",
            ));
        }
        return Ok(Some(first));
    }
    let trailer = text("x-amz-trailer").unwrap_or_default().trim();
    let in_trailer = ALL.into_iter().find(|it| it.header() == trailer);
    if let Some(algorithm) = in_trailer {
        return Ok(Some((algorithm, None)));
    }
    match text("x-amz-sdk-checksum-algorithm").or_else(|| text("x-amz-checksum-algorithm")) {
        None => Ok(None),
        Some(name) => match Algorithm::parse(name) {
            Some(algorithm) => Ok(Some((algorithm, None))),
            None => Err(invalid_request(
                "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]",
            )),
        },
    }
}

/// A body that is on the disk, in a file that goes unless it is kept.
#[derive(Debug)]
pub(crate) struct Received {
    /// `None` for a body of no bytes.
    pub(crate) pending: Option<(Pending, FileId)>,
    pub(crate) size: u64,
    /// In hexadecimal.
    pub(crate) md5: String,
    pub(crate) checksum: (Algorithm, String),
}

/// Receives a body into a file. `algorithm` is what is computed when the client names none.
pub(crate) async fn into_file(
    files: &Arc<Files>,
    body: RequestBody,
    payload: Payload,
    expected: &Expected,
    algorithm: Algorithm,
    bytes_max: u64,
) -> Result<Received, ServiceError> {
    if let Some(length) = expected.length.filter(|length| *length > bytes_max) {
        return Err(too_large(length, bytes_max));
    }
    let mut source = Source::new(body, payload);
    let mut digests = Digests::new(expected, algorithm);
    let mut pending: Option<Pending> = None;
    while let Some(piece) = source.next().await? {
        digests.update(&piece);
        if digests.size > bytes_max {
            return Err(too_large(digests.size, bytes_max));
        }
        let file = match &mut pending {
            Some(file) => file,
            None => pending.insert(files.create().await.map_err(|error| disk(&error))?),
        };
        file.write(&piece).await.map_err(|error| disk(&error))?;
    }
    let size = digests.size;
    let (md5, checksum) = digests.check(expected, &source.into_trailer())?;
    let pending = match pending {
        Some(mut file) => {
            let id = file.settle().await.map_err(|error| disk(&error))?;
            Some((file, id))
        }
        None => None,
    };
    Ok(Received {
        pending,
        size,
        md5,
        checksum,
    })
}

/// Receives a body into memory.
pub(crate) async fn into_memory(
    body: RequestBody,
    payload: Payload,
    expected: &Expected,
    bytes_max: usize,
) -> Result<Bytes, ServiceError> {
    let mut source = Source::new(body, payload);
    let mut digests = Digests::new(expected, Algorithm::Crc32);
    let mut collected = BytesMut::new();
    while let Some(piece) = source.next().await? {
        digests.update(&piece);
        if collected.len() + piece.len() > bytes_max {
            let text = "Your request was too large.";
            return Err(ServiceError::new("MaxMessageLengthExceeded", 400, text));
        }
        collected.extend_from_slice(&piece);
    }
    digests.check(expected, &source.into_trailer())?;
    Ok(collected.freeze())
}

/// A body without its framing.
struct Source {
    body: RequestBody,
    decoder: Option<ChunkDecoder>,
}

impl Source {
    fn new(body: RequestBody, payload: Payload) -> Self {
        let decoder = match payload {
            Payload::Chunked(signatures) => Some(ChunkDecoder::new(signatures)),
            Payload::Unsigned | Payload::Sha256(_) => None,
        };
        Self { body, decoder }
    }

    async fn next(&mut self) -> Result<Option<Bytes>, ServiceError> {
        loop {
            if let Some(decoder) = &mut self.decoder {
                match decoder.step()? {
                    Step::Data(data) => return Ok(Some(data)),
                    Step::Done => return Ok(None),
                    Step::More => {}
                }
            }
            let piece = loop {
                match self.body.frame().await {
                    None => break None,
                    Some(Ok(frame)) => match frame.into_data() {
                        Ok(data) if data.is_empty() => {}
                        Ok(data) => break Some(data),
                        Err(_) => {}
                    },
                    Some(Err(BodyError::TooSlow)) => return Err(timed_out()),
                    Some(Err(BodyError::Broken)) => return Err(incomplete()),
                    Some(Err(BodyError::Unfinished)) => return Err(malformed_form()),
                }
            };
            match (piece, &mut self.decoder) {
                (Some(piece), None) => return Ok(Some(piece)),
                (None, None) => return Ok(None),
                (Some(piece), Some(decoder)) => decoder.feed(&piece),
                (None, Some(_)) => return Err(incomplete()),
            }
        }
    }

    fn into_trailer(self) -> Vec<(String, String)> {
        let decoder = self.decoder.map(ChunkDecoder::into_trailer);
        decoder.unwrap_or_default()
    }
}

/// All that is computed of a body while it passes.
struct Digests {
    size: u64,
    md5: Md5,
    sha256: Option<Sha256>,
    algorithm: Algorithm,
    checksum: Hasher,
}

impl Digests {
    fn new(expected: &Expected, algorithm: Algorithm) -> Self {
        let algorithm = expected.algorithm().unwrap_or(algorithm);
        Self {
            size: 0,
            md5: Md5::new(),
            sha256: expected.sha256.as_ref().map(|_| Sha256::new()),
            algorithm,
            checksum: Hasher::new(algorithm),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        self.size += bytes.len() as u64;
        self.md5.update(bytes);
        self.checksum.update(bytes);
        if let Some(sha256) = &mut self.sha256 {
            sha256.update(bytes);
        }
    }

    /// The MD5 in hexadecimal and the checksum, if the body is what was announced.
    fn check(
        self,
        expected: &Expected,
        trailer: &[(String, String)],
    ) -> Result<(String, (Algorithm, String)), ServiceError> {
        if expected.length.is_some_and(|length| length != self.size) {
            return Err(incomplete());
        }
        if let (Some(sha256), Some(wanted)) = (self.sha256, &expected.sha256) {
            let computed = hex(&sha256.finalize());
            if !computed.eq_ignore_ascii_case(wanted) {
                let text =
                    "The provided 'x-amz-content-sha256' header does not match what was computed.";
                return Err(ServiceError::new("XAmzContentSHA256Mismatch", 400, text)
                    .with_field("ClientComputedContentSHA256", wanted.as_str())
                    .with_field("S3ComputedContentSHA256", computed));
            }
        }
        let md5 = self.md5.finalize();
        if expected.md5.as_ref().is_some_and(|wanted| **wanted != *md5) {
            return Err(bad_digest(
                "The Content-MD5 you specified did not match what we received.",
            ));
        }
        let name = self.algorithm.header();
        let trailing = trailer.iter().find(|(field, _)| field == name);
        let given = expected.checksum.as_ref();
        let wanted = given
            .and_then(|(_, value)| value.as_ref())
            .or(trailing.map(|(_, value)| value));
        let computed = self.checksum.finish();
        if wanted.is_some_and(|wanted| *wanted != computed) {
            return Err(bad_digest(&format!(
                "The {} you specified did not match the calculated checksum.",
                self.algorithm.name()
            )));
        }
        Ok((hex(&md5), (self.algorithm, computed)))
    }
}

pub(super) fn incomplete() -> ServiceError {
    let text =
        "You did not provide the number of bytes specified by the Content-Length HTTP header";
    ServiceError::new("IncompleteBody", 400, text)
}

pub(super) fn timed_out() -> ServiceError {
    let text = "Your socket connection to the server was not read from or written to within the timeout period. Idle connections will be closed.";
    ServiceError::new("RequestTimeout", 400, text)
}
