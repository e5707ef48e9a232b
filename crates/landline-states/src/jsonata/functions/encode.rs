//! Functions that write texts another way: Base64, URLs, digests; and what is drawn by lot.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use landline_wire::{hex, request_id};
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::super::Trouble;
use super::super::evaluate::{Evaluation, Found};
use super::super::item::Item;
use super::{Arguments, Entry, bounded};

pub(super) const ALL: &[Entry] = &[
    ("base64decode", 1, 1, decode),
    ("base64encode", 1, 1, encode),
    ("decodeUrl", 1, 1, decode_url),
    ("decodeUrlComponent", 1, 1, decode_url),
    ("encodeUrl", 1, 1, |_, arguments| {
        encode_url(arguments, "-_.!~*'();/?:@&=+$,#")
    }),
    ("encodeUrlComponent", 1, 1, |_, arguments| {
        encode_url(arguments, "-_.!~*'()")
    }),
    ("hash", 1, 2, hash),
    ("uuid", 0, 0, |_, _| {
        Ok(Some(Item::text(&request_id::uuid())))
    }),
];

fn encode(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    match arguments.text(0)? {
        None => Ok(None),
        Some(text) => bounded(STANDARD.encode(text.as_bytes())),
    }
}

fn decode(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    match STANDARD.decode(text.as_bytes()) {
        Ok(bytes) => bounded(String::from_utf8_lossy(&bytes).into_owned()),
        Err(_) => Err(Trouble::new("D3137", "The string is not valid Base64")),
    }
}

fn encode_url(mut arguments: Arguments, kept: &str) -> Found {
    use std::fmt::Write as _;
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let mut encoded = String::new();
    for byte in text.bytes() {
        let letter = char::from(byte);
        if letter.is_ascii_alphanumeric() || (byte.is_ascii() && kept.contains(letter)) {
            encoded.push(letter);
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    bounded(encoded)
}

fn decode_url(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(text) = arguments.text(0)? else {
        return Ok(None);
    };
    let malformed = || {
        let text = format!("Malformed URL passed to ${}(): {text:?}", arguments.name);
        Trouble::new("D3140", text)
    };
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first != b'%' {
            bytes.push(*first);
            rest = after;
            continue;
        }
        let digits = after.get(..2).and_then(|it| std::str::from_utf8(it).ok());
        let byte = digits.and_then(|it| u8::from_str_radix(it, 16).ok());
        bytes.push(byte.ok_or_else(malformed)?);
        rest = &after[2..];
    }
    bounded(String::from_utf8(bytes).map_err(|_| malformed())?)
}

fn hash(_: &mut Evaluation, mut arguments: Arguments) -> Found {
    let Some(data) = arguments.get(0) else {
        return Ok(None);
    };
    let data = super::text_of(&data)?;
    let algorithm = arguments.text(1)?.unwrap_or_else(|| "SHA-256".into());
    let data = data.as_bytes();
    let digest = match &*algorithm {
        "MD5" => hex(&Md5::digest(data)),
        "SHA-1" => hex(&Sha1::digest(data)),
        "SHA-256" => hex(&Sha256::digest(data)),
        "SHA-384" => hex(&Sha384::digest(data)),
        "SHA-512" => hex(&Sha512::digest(data)),
        other => {
            let text = format!("{other} is not a hashing algorithm");
            return Err(Trouble::new("D3137", text));
        }
    };
    Ok(Some(Item::text(&digest)))
}
