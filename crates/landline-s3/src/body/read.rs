//! Reading objects: segments of files as the body of an answer, or through digests.

use std::fs::File;
use std::future::Future;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt as _;
use landline_wire::hex;
use md5::{Digest as _, Md5};
use serde::{Deserialize, Serialize};

use super::ResponseBody;
use super::checksum::{Algorithm, Hasher};
use crate::files::{self, FileId, Files};

/// A piece of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Segment {
    pub(crate) file: FileId,
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

/// The part of `segments` from `start` on, `length` bytes long.
pub(crate) fn cut(segments: &[Segment], start: u64, length: u64) -> Vec<Segment> {
    let (mut skip, mut left) = (start, length);
    let mut cut = Vec::new();
    for segment in segments {
        if left == 0 {
            break;
        }
        if skip >= segment.length {
            skip -= segment.length;
            continue;
        }
        let taken = (segment.length - skip).min(left);
        cut.push(Segment {
            file: segment.file.clone(),
            offset: segment.offset + skip,
            length: taken,
        });
        left -= taken;
        skip = 0;
    }
    cut
}

/// Reads segments one after the other.
#[derive(Debug)]
pub(crate) struct Reader {
    files: Arc<Files>,
    /// Keeps the files from going.
    _pin: files::Pin,
    segments: std::vec::IntoIter<Segment>,
    open: Option<(File, u64)>,
}

impl Reader {
    pub(crate) fn new(files: &Arc<Files>, segments: Vec<Segment>) -> Self {
        let ids = segments.iter().map(|it| it.file.clone()).collect();
        Self {
            _pin: files.pin(ids),
            files: files.clone(),
            segments: segments.into_iter(),
            open: None,
        }
    }

    /// The next piece, at most [`PIECE_BYTES`]; empty at the end.
    fn read(&mut self) -> io::Result<Bytes> {
        loop {
            let Some((file, left)) = &mut self.open else {
                let Some(segment) = self.segments.next() else {
                    return Ok(Bytes::new());
                };
                let mut file = self.files.open_file(&segment.file)?;
                file.seek(SeekFrom::Start(segment.offset))?;
                self.open = Some((file, segment.length));
                continue;
            };
            if *left == 0 {
                self.open = None;
                continue;
            }
            let length = usize::try_from(*left)
                .unwrap_or(usize::MAX)
                .min(PIECE_BYTES);
            let mut piece = vec![0; length];
            file.read_exact(&mut piece)?;
            *left -= length as u64;
            return Ok(piece.into());
        }
    }

    /// The next piece, read on a thread that may wait for the disk.
    pub(crate) async fn next(mut self) -> (Option<Self>, io::Result<Bytes>) {
        let reading = tokio::task::spawn_blocking(move || {
            let piece = self.read();
            (self, piece)
        });
        match reading.await {
            Ok((reader, piece)) => (Some(reader), piece),
            Err(error) => (None, Err(io::Error::other(error))),
        }
    }
}

/// The MD5 in hexadecimal and the checksum of what a reader gives.
pub(crate) async fn digest(reader: Reader, algorithm: Algorithm) -> io::Result<(String, String)> {
    let mut reader = reader;
    let digesting = tokio::task::spawn_blocking(move || {
        let (mut md5, mut checksum) = (Md5::new(), Hasher::new(algorithm));
        loop {
            let piece = reader.read()?;
            if piece.is_empty() {
                return Ok((hex(&md5.finalize()), checksum.finish()));
            }
            md5.update(&piece);
            checksum.update(&piece);
        }
    });
    digesting.await.map_err(io::Error::other)?
}

/// The bytes of a reader as the body of an answer.
pub(crate) fn body(reader: Reader, length: u64) -> ResponseBody {
    FileBody {
        reading: Box::pin(reader.next()),
        left: length,
    }
    .boxed_unsync()
}

type Reading = Pin<Box<dyn Future<Output = (Option<Reader>, io::Result<Bytes>)> + Send>>;

struct FileBody {
    reading: Reading,
    left: u64,
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        if self.left == 0 {
            return Poll::Ready(None);
        }
        let Poll::Ready((reader, piece)) = self.reading.as_mut().poll(context) else {
            return Poll::Pending;
        };
        match (reader, piece) {
            (Some(reader), Ok(piece)) if !piece.is_empty() => {
                self.left = self.left.saturating_sub(piece.len() as u64);
                self.reading = Box::pin(reader.next());
                Poll::Ready(Some(Ok(Frame::data(piece))))
            }
            (_, piece) => {
                // The connection ends before the length that was announced.
                if let Err(error) = piece {
                    tracing::error!(%error, "an object cannot be read");
                }
                self.left = 0;
                Poll::Ready(None)
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.left == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left)
    }
}

const PIECE_BYTES: usize = 256 * 1024;
