//! Signatures, version 4, of requests whose path and headers need no care.

use std::fmt::Write as _;
use std::time::UNIX_EPOCH;

use hmac::{Hmac, Mac as _};
use sha2::{Digest as _, Sha256};

pub(crate) const ACCESS_KEY_ID: &str = "AKIABENCH00000000000";
pub(crate) const SECRET_ACCESS_KEY: &str = "bench-bench-bench-bench-bench-bench-0000";
const REGION: &str = "us-east-1";

/// The two headers that sign a request.
pub(crate) struct Signature {
    pub(crate) date: String,
    pub(crate) authorization: String,
}

impl Signature {
    /// Signs now; good for some minutes.
    pub(crate) fn of(service: &str, method: &str, path: &str, host: &str, body: &[u8]) -> Self {
        let date = now();
        let day = &date[..8];
        let scope = format!("{day}/{REGION}/{service}/aws4_request");
        let body_hash = hex(&Sha256::digest(body));
        // The path is encoded once more than it was sent.
        let path = path.replace('%', "%25").replace('@', "%40");
        let canonical = format!(
            "{method}\n{path}\n\nhost:{host}\nx-amz-date:{date}\n\nhost;x-amz-date\n{body_hash}"
        );
        let hash = hex(&Sha256::digest(canonical));
        let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{hash}");
        let secret = format!("AWS4{SECRET_ACCESS_KEY}").into_bytes();
        let words = [day, REGION, service, "aws4_request", &to_sign];
        let signature = words.iter().fold(secret, |key, word| hmac(&key, word));
        let authorization = format!(
            "AWS4-HMAC-SHA256 Credential={ACCESS_KEY_ID}/{scope}, SignedHeaders=host;x-amz-date, Signature={}",
            hex(&signature)
        );
        Self {
            date,
            authorization,
        }
    }

    /// A whole signed POST, to be sent again and again.
    pub(crate) fn post(path: &str, host: &str, body: &[u8]) -> Vec<u8> {
        let Self {
            date,
            authorization,
        } = Self::of("execute-api", "POST", path, host, body);
        let length = body.len();
        let mut request = format!(
            "POST {path} HTTP/1.1\r\nHost: {host}\r\nX-Amz-Date: {date}\r\nAuthorization: {authorization}\r\n\
             User-Agent: Boto3/1.43.11 md/Botocore#1.43.11 ua/2.1 os/linux#6.18 md/arch#x86_64 lang/python#3.11\r\n\
             Accept-Encoding: identity\r\nContent-Type: application/octet-stream\r\nContent-Length: {length}\r\n\r\n"
        )
        .into_bytes();
        request.extend(body);
        request
    }
}

/// The date as signatures have it.
#[expect(
    clippy::disallowed_methods,
    reason = "a client's date is the machine's"
)]
fn now() -> String {
    let since = std::time::SystemTime::now().duration_since(UNIX_EPOCH);
    let seconds = since.unwrap_or_default().as_secs();
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    // Years that begin in March, in cycles of 400: the leap day is the last one.
    let day = days + 719_468;
    let (cycle, day) = (day / 146_097, day % 146_097);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let march = (5 * day + 2) / 153;
    let month = if march < 10 { march + 3 } else { march - 9 };
    let year = cycle * 400 + year + u64::from(month < 3);
    let day = day - (153 * march + 2) / 5 + 1;
    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
    format!("{year:04}{month:02}{day:02}T{hour:02}{minute:02}{second:02}Z")
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}
