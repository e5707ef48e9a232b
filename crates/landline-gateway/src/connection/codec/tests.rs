//! Frames in every order and every cut: the same events, the same refusals.

use super::*;
use crate::quotas::{self, MessageLimits};
use proptest::prelude::*;
use std::borrow::Cow;

/// A client's frame, masked with a key that is not zero.
fn frame(first: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![first];
    match payload.len() {
        short @ ..=125 => bytes.push(0x80 | u8::try_from(short).unwrap()),
        medium @ ..=0xFFFF => {
            bytes.push(LENGTH_16);
            bytes.extend(u16::try_from(medium).unwrap().to_be_bytes());
        }
        long => {
            bytes.push(LENGTH_64);
            bytes.extend(u64::try_from(long).unwrap().to_be_bytes());
        }
    }
    bytes.extend(KEY);
    bytes.extend(
        payload
            .iter()
            .zip(KEY.iter().cycle())
            .map(|(byte, key)| byte ^ key),
    );
    bytes
}

const KEY: [u8; 4] = [0x37, 0xFA, 0x21, 0x3D];
/// Masked, with a length in two or eight bytes.
const LENGTH_16: u8 = 0xFE;
const LENGTH_64: u8 = 0xFF;
const TEXT: u8 = 0x81;
const TEXT_BEGIN: u8 = 0x01;
const CONTINUE: u8 = 0x00;
const CONTINUE_END: u8 = 0x80;
const BINARY: u8 = 0x82;
const CLOSE: u8 = 0x88;
const PING: u8 = 0x89;
const PONG: u8 = 0x8A;

const LIMITS: MessageLimits = MessageLimits {
    frame_bytes: quotas::FRAME_BYTES,
    message_bytes: quotas::MESSAGE_BYTES,
    fragments: quotas::FRAGMENTS,
};

type Outcome = (Vec<Event<'static>>, Option<Failure>);

fn owned(event: Event<'_>) -> Event<'static> {
    match event {
        Event::Text(text) => Event::Text(Cow::Owned(text.into_owned())),
        Event::Ping(payload) => Event::Ping(Cow::Owned(payload.into_owned())),
        Event::Pong => Event::Pong,
        Event::Close(close) => Event::Close(close),
    }
}

/// Decodes `bytes` in pieces of the given sizes, over and over.
fn decode_in_pieces(bytes: &[u8], sizes: &[usize]) -> Outcome {
    let mut decoder = Decoder::default();
    let (mut events, mut failure) = (Vec::new(), None);
    let mut bytes = bytes.to_vec();
    let mut rest = bytes.as_mut_slice();
    for size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at_mut((*size).min(rest.len()));
        rest = after;
        let mut input = Input(piece);
        loop {
            match decoder.decode(&mut input, &LIMITS) {
                Ok(Some(event)) => events.push(owned(event)),
                Ok(None) => break,
                Err(error) => failure = failure.or(Some(error)),
            }
        }
        assert!(input.rest().is_empty(), "input was left over");
    }
    (events, failure)
}

/// Decodes `frames` whole and byte by byte, which must come to the same.
fn decode(frames: &[Vec<u8>]) -> Outcome {
    let bytes = frames.concat();
    let whole = decode_in_pieces(&bytes, &[usize::MAX]);
    assert_eq!(whole, decode_in_pieces(&bytes, &[1]));
    whole
}

fn refuses(frames: &[Vec<u8>], code: u16) {
    let (_, failure) = decode(frames);
    assert_eq!(failure.map(|failure| failure.close().code), Some(code));
}

fn text(text: &str) -> Event<'static> {
    Event::Text(Cow::Owned(text.to_owned()))
}

#[test]
fn a_message_in_one_frame_is_one_event() {
    assert_eq!(
        decode(&[frame(TEXT, b"hello")]),
        (vec![text("hello")], None)
    );
    assert_eq!(decode(&[frame(TEXT, b"")]), (vec![text("")], None));
}

#[test]
fn a_whole_frame_is_not_copied() {
    let mut bytes = frame(TEXT, b"hello");
    let mut input = Input(bytes.as_mut_slice());
    let event = Decoder::default().decode(&mut input, &LIMITS).unwrap();
    assert!(matches!(event, Some(Event::Text(Cow::Borrowed("hello")))));
}

#[test]
fn many_messages_in_one_read_are_many_events() {
    let frames = [frame(TEXT, b"a"), frame(TEXT, b"b"), frame(TEXT, b"c")];
    assert_eq!(decode(&frames).0, [text("a"), text("b"), text("c")]);
}

#[test]
fn fragments_become_one_message() {
    let frames = [
        frame(TEXT_BEGIN, b"one "),
        frame(CONTINUE, b""),
        frame(CONTINUE, "zw\u{f6}".as_bytes()),
        frame(CONTINUE_END, b" three"),
    ];
    assert_eq!(decode(&frames), (vec![text("one zw\u{f6} three")], None));
}

#[test]
fn a_ping_may_come_between_fragments() {
    let frames = [
        frame(TEXT_BEGIN, b"a"),
        frame(PING, b"now"),
        frame(PONG, b""),
        frame(CONTINUE_END, b"b"),
    ];
    let ping = Event::Ping(Cow::Borrowed(b"now".as_slice()));
    assert_eq!(decode(&frames), (vec![ping, Event::Pong, text("ab")], None));
}

#[test]
fn a_character_may_be_cut_by_a_frame() {
    let euro = "\u{20ac}".as_bytes();
    let frames = [
        frame(TEXT_BEGIN, &euro[..1]),
        frame(CONTINUE, &euro[1..2]),
        frame(CONTINUE_END, &euro[2..]),
    ];
    assert_eq!(decode(&frames), (vec![text("\u{20ac}")], None));
}

#[test]
fn text_that_is_not_utf8_is_refused_with_1007() {
    refuses(&[frame(TEXT, b"\xFF")], 1007);
    refuses(&[frame(TEXT, b"\xE2\x82")], 1007);
    refuses(
        &[frame(TEXT_BEGIN, b"\xE2\x82"), frame(CONTINUE_END, b"")],
        1007,
    );
    refuses(&[frame(TEXT_BEGIN, b"\xED\xA0")], 1007);
}

#[test]
fn bad_text_fails_before_its_frame_ends() {
    let mut bytes = frame(TEXT, b"good \xFF and much more");
    bytes.truncate(14);
    assert_eq!(
        decode_in_pieces(&bytes, &[usize::MAX]).1,
        Some(Failure::NotUtf8)
    );
}

#[test]
fn a_binary_frame_is_refused_with_1003() {
    refuses(&[frame(BINARY, b"x")], 1003);
    refuses(&[frame(BINARY, b"")], 1003);
}

#[test]
fn a_frame_beyond_32_kib_is_refused_by_its_header() {
    let largest = vec![b'x'; quotas::FRAME_BYTES];
    assert_eq!(
        decode_in_pieces(&frame(TEXT, &largest), &[usize::MAX]).1,
        None
    );
    let header = &frame(TEXT, &vec![b'x'; quotas::FRAME_BYTES + 1])[..4];
    assert_eq!(decode(&[header.to_vec()]).1, Some(Failure::TooBig));
}

#[test]
fn a_message_beyond_128_kib_is_refused_by_the_last_header() {
    let chunk = vec![b'x'; quotas::FRAME_BYTES];
    let mut frames = vec![
        frame(TEXT_BEGIN, &chunk),
        frame(CONTINUE, &chunk),
        frame(CONTINUE, &chunk),
    ];
    let mut fits = frames.clone();
    fits.push(frame(CONTINUE_END, &chunk));
    let (events, failure) = decode_in_pieces(&fits.concat(), &[4096]);
    assert_eq!((events.len(), failure), (1, None));
    frames.push(frame(CONTINUE, &chunk));
    frames.push(frame(CONTINUE_END, b"y"));
    assert_eq!(
        decode_in_pieces(&frames.concat(), &[4096]).1,
        Some(Failure::TooBig)
    );
}

#[test]
fn a_message_of_too_many_fragments_is_refused_with_1009() {
    let mut frames = vec![frame(TEXT_BEGIN, b"")];
    frames.resize(quotas::FRAGMENTS, frame(CONTINUE, b""));
    assert_eq!(decode(&frames), (vec![], None));
    frames.push(frame(CONTINUE_END, b""));
    refuses(&frames, 1009);
}

#[test]
fn what_the_owner_has_raised_is_taken() {
    let raised = MessageLimits {
        frame_bytes: usize::MAX,
        message_bytes: 1 << 20,
        fragments: usize::MAX,
    };
    let mut bytes = frame(TEXT, &vec![b'x'; 1 << 20]);
    let event = Decoder::default().decode(&mut Input(&mut bytes), &raised);
    assert!(matches!(event, Ok(Some(Event::Text(text))) if text.len() == 1 << 20));
    let mut header = frame(TEXT, &vec![b'x'; (1 << 20) + 1]);
    let refused = Decoder::default().decode(&mut Input(&mut header[..10]), &raised);
    assert_eq!(refused, Err(Failure::TooBig));
}

#[test]
fn what_breaks_the_protocol_is_refused_with_1002() {
    let unmasked = vec![TEXT, 1, b'x'];
    refuses(&[unmasked], 1002);
    refuses(&[frame(TEXT | 0x40, b"compressed")], 1002);
    refuses(&[frame(0x83, b"reserved opcode")], 1002);
    refuses(&[frame(0x8B, b"reserved control")], 1002);
    refuses(&[frame(0x09, b"fragmented ping")], 1002);
    refuses(&[frame(PING, &[0; 126])], 1002);
    refuses(&[frame(CONTINUE_END, b"of nothing")], 1002);
    refuses(&[frame(TEXT_BEGIN, b"a"), frame(TEXT, b"b")], 1002);
    refuses(&[vec![TEXT, LENGTH_16, 0, 5]], 1002);
    refuses(&[vec![TEXT, LENGTH_64, 0x80, 0, 0, 0, 0, 0, 0, 0]], 1002);
}

#[test]
fn a_close_carries_code_and_reason() {
    let close = |payload: &[u8]| decode(&[frame(CLOSE, payload)]);
    assert_eq!(close(b""), (vec![Event::Close(None)], None));
    let expected = Close::new(1000, "bye");
    assert_eq!(
        close(b"\x03\xE8bye"),
        (vec![Event::Close(Some(expected))], None)
    );
    let custom = Close::new(4242, "");
    assert_eq!(
        close(&4242u16.to_be_bytes()),
        (vec![Event::Close(Some(custom))], None)
    );
}

#[test]
fn invalid_closes_are_refused() {
    refuses(&[frame(CLOSE, b"\x03")], 1002);
    for code in [
        0u16,
        999,
        1004,
        1005,
        1006,
        1015,
        1016,
        2999,
        5000,
        u16::MAX,
    ] {
        refuses(&[frame(CLOSE, &code.to_be_bytes())], 1002);
    }
    refuses(&[frame(CLOSE, b"\x03\xE8\xFF")], 1007);
}

#[test]
fn nothing_follows_a_close_or_a_failure() {
    let frames = [frame(CLOSE, b""), frame(TEXT, b"late")];
    assert_eq!(decode(&frames), (vec![Event::Close(None)], None));
    let frames = [frame(BINARY, b""), frame(TEXT, b"late")];
    assert_eq!(decode(&frames), (vec![], Some(Failure::Binary)));
}

#[test]
fn a_decoder_between_messages_holds_no_memory() {
    let mut decoder = Decoder::default();
    for byte in frame(TEXT, b"hello") {
        assert!(decoder.decode(&mut Input(&mut [byte]), &LIMITS).is_ok());
    }
    assert!(!decoder.is_within_message());
}

#[test]
fn a_large_message_is_sent_in_frames_of_32_kib() {
    let mut output = Vec::new();
    encode::text(&vec![b'x'; quotas::MESSAGE_BYTES], &mut output);
    let mut heads = Vec::new();
    let mut at = 0;
    while at < output.len() {
        let length = usize::from(u16::from_be_bytes([output[at + 2], output[at + 3]]));
        heads.push((output[at], length));
        at += 4 + length;
    }
    let full = quotas::FRAME_BYTES;
    assert_eq!(
        heads,
        [
            (TEXT_BEGIN, full),
            (CONTINUE, full),
            (CONTINUE, full),
            (CONTINUE_END, full)
        ]
    );
}

#[test]
fn short_frames_have_short_headers() {
    let mut output = Vec::new();
    encode::text(b"hi", &mut output);
    encode::pong(b"p", &mut output);
    encode::close(Some(&Close::new(1000, "x")), &mut output);
    encode::close(None, &mut output);
    assert_eq!(output, b"\x81\x02hi\x8A\x01p\x88\x03\x03\xE8x\x88\x00");
}

#[test]
fn a_long_reason_is_cut_between_characters() {
    let close = Close::new(1000, &"\u{20ac}".repeat(60));
    assert_eq!(close.reason.len(), 123);
    assert_eq!(Close::new(1000, &"\u{e9}".repeat(80)).reason.len(), 122);
}

fn any_frame() -> impl Strategy<Value = Vec<u8>> {
    let first = prop_oneof![
        6 => prop::sample::select(vec![TEXT, TEXT_BEGIN, CONTINUE, CONTINUE_END, PING, PONG]),
        1 => any::<u8>(),
    ];
    let payload = prop_oneof![
        4 => "\\PC{0,40}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..200),
    ];
    (first, payload).prop_map(|(first, payload)| frame(first, &payload))
}

proptest! {
    #[test]
    fn events_do_not_depend_on_how_the_bytes_are_cut(
        frames in prop::collection::vec(any_frame(), 0..8),
        sizes in prop::collection::vec(1usize..70, 1..6),
    ) {
        let bytes = frames.concat();
        prop_assert_eq!(decode_in_pieces(&bytes, &[usize::MAX]), decode_in_pieces(&bytes, &sizes));
    }

    #[test]
    fn arbitrary_bytes_never_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
        sizes in prop::collection::vec(1usize..70, 1..6),
    ) {
        prop_assert_eq!(decode_in_pieces(&bytes, &[usize::MAX]), decode_in_pieces(&bytes, &sizes));
    }

    #[test]
    fn unmasking_undoes_masking_from_any_offset(
        payload in prop::collection::vec(any::<u8>(), 0..64),
        cut in 0usize..64,
    ) {
        let mut masked: Vec<u8> =
            payload.iter().zip(KEY.iter().cycle()).map(|(byte, key)| byte ^ key).collect();
        let cut = cut.min(payload.len());
        let (front, back) = masked.split_at_mut(cut);
        mask::unmask(front, KEY, 0);
        mask::unmask(back, KEY, cut);
        prop_assert_eq!(masked, payload);
    }
}
