//! Framed bodies, in pieces of every length.

use bytes::Bytes;

use super::{ChunkDecoder, Step};

/// The data and the trailer of a framed body that comes `piece` bytes at a time.
fn decode(framed: &str, piece: usize) -> Result<(String, Vec<(String, String)>), String> {
    let mut decoder = ChunkDecoder::new(None);
    let mut data = Vec::new();
    let mut pieces = framed.as_bytes().chunks(piece);
    loop {
        match decoder.step().map_err(|error| error.to_string())? {
            Step::Data(bytes) => data.extend_from_slice(&bytes),
            Step::Done => break,
            Step::More => match pieces.next() {
                Some(piece) => decoder.feed(&Bytes::copy_from_slice(piece)),
                None => return Err("too short".to_owned()),
            },
        }
    }
    Ok((String::from_utf8(data).unwrap(), decoder.into_trailer()))
}

#[test]
fn the_framing_is_taken_off_and_the_trailer_read() {
    let framed = "3\r\nabc\r\nA;chunk-signature=00\r\n0123456789\r\n0\r\nX-Amz-Checksum-CRC32:AAAAAA==\r\n\r\n";
    for piece in 1..framed.len() {
        let (data, trailer) = decode(framed, piece).unwrap();
        assert_eq!(data, "abc0123456789");
        let field = ("x-amz-checksum-crc32".to_owned(), "AAAAAA==".to_owned());
        assert_eq!(trailer, [field]);
    }
}

#[test]
fn a_body_without_a_trailer_ends_with_an_empty_line() {
    assert_eq!(decode("0\r\n\r\n", 1).unwrap(), (String::new(), vec![]));
}

#[test]
fn what_is_not_framed_is_refused() {
    for framed in [
        "abc\r\n",
        "3\r\nabcd\r\n",
        "3\r\nab",
        "0\r\nno field\r\n\r\n",
        "0\r\n",
    ] {
        assert!(decode(framed, 2).is_err(), "{framed:?}");
    }
    assert!(decode(&"1".repeat(5000), 1000).is_err());
}
