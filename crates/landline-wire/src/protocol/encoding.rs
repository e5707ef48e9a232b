//! Bodies that come compressed.

use std::io::Read;

use bytes::Bytes;
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};

use super::Request;
use crate::{ServiceError, ServiceMeta};

/// The request with its body as it was before compression; `None` when it did not come compressed.
///
/// # Errors
///
/// `InternalServerError`, as DynamoDB answers to what it cannot decompress.
pub(crate) fn decompress(
    request: &Request,
    service: &ServiceMeta,
) -> Result<Option<Request>, ServiceError> {
    let Some(encoding) = request.headers().get(CONTENT_ENCODING) else {
        return Ok(None);
    };
    let encoding = encoding.to_str().unwrap_or_default().to_ascii_lowercase();
    let body = match encoding.as_str() {
        "gzip" => inflate(MultiGzDecoder::new(request.body().as_ref())),
        "deflate" => inflate(ZlibDecoder::new(request.body().as_ref())),
        "identity" => return Ok(None),
        _ if service.protocol.dynamodb_version().is_some() => None,
        // Others have encodings of their own, which are no compression.
        _ => return Ok(None),
    };
    let body = body.ok_or_else(|| {
        ServiceError::new(
            "InternalServerError",
            500,
            "The request cannot be decompressed",
        )
    })?;
    let mut decompressed = request.clone();
    *decompressed.body_mut() = body;
    decompressed.headers_mut().remove(CONTENT_ENCODING);
    decompressed.headers_mut().remove(CONTENT_LENGTH);
    Ok(Some(decompressed))
}

/// A small body may become a large one: what is larger than any request may be is no request.
fn inflate(decoder: impl Read) -> Option<Bytes> {
    let mut body = Vec::new();
    let read = decoder
        .take(MAX_INFLATED_BYTES + 1)
        .read_to_end(&mut body)
        .ok()?;
    let fits = u64::try_from(read).is_ok_and(|read| read > 0 && read <= MAX_INFLATED_BYTES);
    fits.then(|| body.into())
}

/// DynamoDB's limit; `PutMetricData`, the other operation that SDKs compress, has one of 1 MB.
const MAX_INFLATED_BYTES: u64 = super::dynamodb::MAX_BODY_BYTES as u64;
