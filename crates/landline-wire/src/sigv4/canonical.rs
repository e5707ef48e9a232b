//! The canonical request: what a signature is computed over.
//!
//! Clients disagree about the path. Most services sign it encoded a second time,
//! S3 signs it as it is, and `@connections/…=` was seen both as `%40…%3D` and as
//! `%2540…%253D`. So a small fixed set of forms is tried, with one law that a
//! property test holds: two paths that decode differently never have a form in common.

use std::borrow::Cow;
use std::iter::{once, once_with};

use http::HeaderMap;
use percent_encoding::percent_decode_str;

use super::WireRequest;
use super::key::sha256_hex;
use super::refusal::Refusal;

/// All canonical requests that `request` may have been signed as, the likeliest first:
/// nearly always it is the right one, so that the others are only made on demand.
pub(super) fn canonical_requests<'a>(
    request: &'a WireRequest<'_>,
    queries: &'a [String],
    headers: &'a str,
    signed_headers: &'a str,
    payload_hash: &'a str,
    signing_name: &'a str,
) -> impl Iterator<Item = String> + 'a {
    let likeliest = once(likeliest_path(request.path, signing_name));
    let others = once_with(|| path_forms(request.path, signing_name)).flatten();
    likeliest.chain(others.skip(1)).flat_map(move |path| {
        queries.iter().map(move |query| {
            let method = request.method;
            format!("{method}\n{path}\n{query}\n{headers}\n{signed_headers}\n{payload_hash}")
        })
    })
}

/// The first of [`path_forms`].
fn likeliest_path(path: &str, signing_name: &str) -> String {
    match (path, signing_name) {
        ("", _) => "/".to_owned(),
        (path, "s3") => path.to_owned(),
        (path, _) => encode_path(&collapse_slashes(path)),
    }
}

/// The string to sign for one canonical request.
pub(super) fn string_to_sign(date: &str, scope: &str, canonical_request: &str) -> String {
    let hash = sha256_hex(canonical_request.as_bytes());
    format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{hash}")
}

/// The forms in which `path`, as it came over the wire, may have been signed.
pub(super) fn path_forms(path: &str, signing_name: &str) -> Vec<String> {
    let path = if path.is_empty() { "/" } else { path };
    if signing_name == "s3" {
        // An object's key may hold doubled slashes, and the path is encoded once.
        return without_repeats(vec![path.to_owned(), encode_decoded(path)]);
    }
    let mut forms = Vec::new();
    for path in [collapse_slashes(path), Cow::Borrowed(path)] {
        let decoded_once = encode_decoded(&path);
        forms.push(encode_path(&path));
        forms.push(encode_path(&decoded_once));
        // A path that holds `%25` cannot be told from a doubly encoded one.
        for once in [path.into_owned(), decoded_once] {
            if !once.contains("%25") {
                forms.push(once);
            }
        }
    }
    without_repeats(forms)
}

/// Whether a path climbs. Such paths are refused before anything is computed:
/// clients normalise them, so none that is honest arrives.
pub(super) fn has_dot_segments(path: &str) -> bool {
    path.split('/').any(|segment| {
        let is = |dots: &[u8]| percent_decode_str(segment).eq(dots.iter().copied());
        is(b".") || is(b"..")
    })
}

/// The forms in which `query` may have been signed: its parts sorted as they are,
/// and sorted with the usual encoding. `without` names parameters that never count.
pub(super) fn query_forms(query: &str, without: &[&str]) -> Vec<String> {
    if query.is_empty() {
        return vec![String::new()];
    }
    let parts = || {
        query
            .split('&')
            .filter(|part| !part.is_empty())
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .filter(|(name, _)| !without.contains(name))
    };
    let as_it_is = parts().map(|(name, value)| (name.to_owned(), value.to_owned()));
    // A plus is a blank in a query; encoding it as one keeps the two spellings of a
    // blank alike, and both apart from `%2B`.
    let encoded = parts().map(|(name, value)| {
        let plain = |text: &str| encode_bytes(&decode(&text.replace('+', "%20")), b"");
        (plain(name), plain(value))
    });
    without_repeats(vec![joined(encoded.collect()), joined(as_it_is.collect())])
}

/// The canonical headers, each ended by a line feed.
///
/// `host` must be signed, and so must every `x-amz-*` header that arrived:
/// otherwise somebody on the way could add one.
pub(super) fn canonical_headers(
    headers: &HeaderMap,
    signed_headers: &[String],
) -> Result<String, Refusal> {
    let must_be_signed = |name: &str| name == "host" || name.starts_with("x-amz-");
    if !signed_headers.iter().any(|name| name == "host") {
        return Err(not_signed("Host' or ':authority"));
    }
    for name in headers.keys().map(http::HeaderName::as_str) {
        if must_be_signed(name) && !signed_headers.iter().any(|signed| signed == name) {
            return Err(not_signed(name));
        }
    }
    let mut text = String::new();
    for name in signed_headers {
        text.push_str(name);
        text.push(':');
        for (position, value) in headers.get_all(name).iter().enumerate() {
            if position > 0 {
                text.push(',');
            }
            push_trimmed(&mut text, value.as_bytes());
        }
        text.push('\n');
    }
    Ok(text)
}

fn not_signed(name: &str) -> Refusal {
    Refusal::Signature(format!(
        "'{name}' must be a 'SignedHeader' in the AWS Authorization."
    ))
}

/// A header's value without the blanks around it, and with single blanks inside.
fn push_trimmed(text: &mut String, value: &[u8]) {
    let value = String::from_utf8_lossy(value);
    let words = value.split([' ', '\t']).filter(|word| !word.is_empty());
    for (position, word) in words.enumerate() {
        if position > 0 {
            text.push(' ');
        }
        text.push_str(word);
    }
}

fn joined(mut parts: Vec<(String, String)>) -> String {
    parts.sort();
    let parts: Vec<String> = parts
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    parts.join("&")
}

fn collapse_slashes(path: &str) -> Cow<'_, str> {
    if !path.contains("//") {
        return Cow::Borrowed(path);
    }
    let mut collapsed = String::with_capacity(path.len());
    for character in path.chars() {
        if character != '/' || !collapsed.ends_with('/') {
            collapsed.push(character);
        }
    }
    Cow::Owned(collapsed)
}

fn without_repeats(forms: Vec<String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::with_capacity(forms.len());
    for form in forms {
        if !distinct.contains(&form) {
            distinct.push(form);
        }
    }
    distinct
}

fn decode(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

/// Each segment decoded, then encoded: one spelling for all of one meaning.
fn encode_decoded(path: &str) -> String {
    let segments: Vec<String> = path
        .split('/')
        .map(|segment| encode_bytes(&decode(segment), b""))
        .collect();
    segments.join("/")
}

/// Encodes what stands there, percent signs included, but for the slashes.
pub(super) fn encode_path(path: &str) -> String {
    encode_bytes(path.as_bytes(), b"/")
}

/// Percent-encodes all but the unreserved characters and `keep`.
pub(super) fn encode_bytes(bytes: &[u8], keep: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() + 8);
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || keep.contains(&byte) {
            text.push(char::from(byte));
        } else {
            const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
            text.push('%');
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    text
}
